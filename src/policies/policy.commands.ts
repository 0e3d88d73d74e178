import { Command } from '../slice/command.js';
import { DateText, EventId, Identifier, OneOf, PeriodText, PlanSlug, Text, Whole } from '../slice/field.js';
import { policyIntents, policyLevels } from './policy.events.js';

abstract class OnPolicy extends Command {
  @PlanSlug({ label: '规划' })
  plan: string;

  @Identifier({ label: '政策编号', example: 'R01' })
  id: string;

  override get about() {
    return { kind: 'policy', id: this.id };
  }
}

abstract class OnPolicyDay extends OnPolicy {
  @DateText({ label: '日期', description: '事情发生之日', example: '2022-09-30' })
  on: string;
}

abstract class NamedPolicy extends OnPolicy {
  @Text({ label: '政策名称' })
  name: string;

  @Text({ label: '文种', max: 60, optional: true })
  policyType?: string;

  @OneOf(policyLevels, { label: '层级', optional: true })
  level?: (typeof policyLevels)[number];

  @Text({ label: '说明', max: 500, optional: true })
  note?: string;

  @Whole({ label: '行号', min: 1, max: 1_000_000, optional: true })
  line?: number;
}

/** What a policy to make is: the fields of its planning and of an amendment. */
export abstract class PlannedContent extends NamedPolicy {
  @OneOf(policyIntents, {
    label: '制定方式',
    description: 'new 新制定；revision 修订；unremarked 附表未注明；announced 仅见于正文',
  })
  intent: (typeof policyIntents)[number];

  @Identifier({ label: '责任单位', optional: true })
  owner?: string;

  @PeriodText({ label: '计划起始期间', optional: true, example: '2022' })
  from?: string;

  @PeriodText({ label: '计划完成期间', optional: true, example: '2024' })
  to?: string;

  @Whole({ label: '附表序号', min: 1, max: 10_000, optional: true })
  number?: number;

  @Text({ label: '原文时间', max: 60, optional: true })
  printedDate?: string;

  @Text({ label: '原文备注', max: 100, optional: true })
  remark?: string;
}

export class PlanPolicy extends PlannedContent {
  get type() {
    return 'PlanPolicy' as const;
  }
}

export class AmendPolicy extends PlannedContent {
  get type() {
    return 'AmendPolicy' as const;
  }
}

/** What a cited policy is: the fields of its citation and of an amendment. */
export abstract class CitedContent extends NamedPolicy {
  @Text({ label: '在规划中的作用', max: 500, optional: true })
  role?: string;
}

export class CitePolicy extends CitedContent {
  get type() {
    return 'CitePolicy' as const;
  }
}

export class AmendCitedPolicy extends CitedContent {
  get type() {
    return 'AmendCitedPolicy' as const;
  }
}

export class DraftPolicy extends OnPolicyDay {
  get type() {
    return 'DraftPolicy' as const;
  }
}

export class IssuePolicy extends OnPolicyDay {
  get type() {
    return 'IssuePolicy' as const;
  }

  @Text({ label: '文号', max: 60, example: '丽民〔2022〕18号' })
  documentNumber: string;

  @Text({ label: '所修订的文件', description: '修订类政策须写明修订的是哪一件', optional: true })
  revises?: string;
}

export class RevisePolicy extends OnPolicyDay {
  get type() {
    return 'RevisePolicy' as const;
  }

  @Text({ label: '文号', max: 60 })
  documentNumber: string;

  @Text({ label: '所修订的文号', description: '现行版本的文号', max: 60 })
  revises: string;
}

export class PostponePolicy extends OnPolicy {
  get type() {
    return 'PostponePolicy' as const;
  }

  @PeriodText({ label: '推迟至', example: '2024' })
  to: string;
}

export class DropPolicy extends OnPolicyDay {
  get type() {
    return 'DropPolicy' as const;
  }
}

export class RepealPolicy extends OnPolicyDay {
  get type() {
    return 'RepealPolicy' as const;
  }
}

export class WithdrawPolicyReport extends OnPolicy {
  get type() {
    return 'WithdrawPolicyReport' as const;
  }

  @EventId({
    label: '登记',
    description: '所撤回的登记，以其事件编号',
    example: '0f4c51d2-6a0e-5a1b-9a53-7c1a2f0e9d11',
  })
  report: string;
}

export type PolicyCommand =
  | PlanPolicy
  | AmendPolicy
  | CitePolicy
  | AmendCitedPolicy
  | DraftPolicy
  | IssuePolicy
  | RevisePolicy
  | PostponePolicy
  | DropPolicy
  | RepealPolicy
  | WithdrawPolicyReport;
