import { Command } from '../slice/command.js';
import { DateText, Identifier, OneOf, PlanSlug, Text, TextList, WholeList } from '../slice/field.js';
import { findingSeverities, findingSubjects } from './finding.events.js';

abstract class OnFinding extends Command {
  @PlanSlug({ label: '规划' })
  plan: string;

  @Identifier({ label: '问题编号', example: 'I03' })
  id: string;

  override get about() {
    return { kind: 'finding', id: this.id };
  }
}

/** What a finding is: the fields of its raising and of an amendment. */
export abstract class FindingContent extends OnFinding {
  @OneOf(findingSeverities, { label: '轻重' })
  severity: (typeof findingSeverities)[number];

  @OneOf(findingSubjects, { label: '对象类别' })
  subjectType: (typeof findingSubjects)[number];

  @Identifier({ label: '对象编号', description: '关于规划本身的不填', optional: true })
  subject?: string;

  @Text({ label: '问题' })
  title: string;

  @Text({ label: '详情', max: 2000, optional: true })
  detail?: string;

  @WholeList({ label: '行号', max: 50, optional: true })
  lines?: number[];

  @TextList({
    label: '所据',
    description:
      '问题所依据的数据、事项或快照：figure/指标/单位/期间、project/编号、policy/编号、promise/编号、task/编号、snapshot/评估/序号/指标/单位',
    example: ['figure/02/331102/2022'],
    max: 20,
    optional: true,
  })
  grounds?: string[];
}

export class RaiseFinding extends FindingContent {
  get type() {
    return 'RaiseFinding' as const;
  }
}

export class AmendFinding extends FindingContent {
  get type() {
    return 'AmendFinding' as const;
  }
}

abstract class OnFindingDay extends OnFinding {
  @DateText({ label: '日期', description: '事情发生之日', example: '2022-03-15' })
  on: string;
}

abstract class SaidOfFinding extends OnFindingDay {
  @Text({ label: '说明', max: 2000 })
  text: string;
}

export class AnswerFinding extends SaidOfFinding {
  get type() {
    return 'AnswerFinding' as const;
  }
}

export class CloseFinding extends SaidOfFinding {
  get type() {
    return 'CloseFinding' as const;
  }
}

export class WithdrawFinding extends OnFinding {
  get type() {
    return 'WithdrawFinding' as const;
  }
}

export class AssignFinding extends OnFindingDay {
  get type() {
    return 'AssignFinding' as const;
  }

  @Identifier({ label: '整改单位', example: '331102' })
  owner: string;

  @DateText({ label: '整改期限', description: '期限的最后一日', example: '2023-09-30' })
  dueOn: string;
}

export class MoveFindingDue extends OnFinding {
  get type() {
    return 'MoveFindingDue' as const;
  }

  @DateText({ label: '新期限', description: '须写明事由', example: '2023-10-31' })
  to: string;
}

export class ReportMeasures extends SaidOfFinding {
  get type() {
    return 'ReportMeasures' as const;
  }
}

export class AcceptMeasures extends OnFindingDay {
  get type() {
    return 'AcceptMeasures' as const;
  }

  @Text({ label: '验收意见', max: 2000, optional: true })
  text?: string;
}

export class SendBackMeasures extends OnFindingDay {
  get type() {
    return 'SendBackMeasures' as const;
  }
}

export type RectificationCommand = AssignFinding | MoveFindingDue | ReportMeasures | AcceptMeasures | SendBackMeasures;
export type FindingCommand =
  RaiseFinding | AmendFinding | AnswerFinding | CloseFinding | WithdrawFinding | RectificationCommand;
