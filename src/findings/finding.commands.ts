import { Command } from '../slice/command.js';
import { DateText, Identifier, OneOf, PlanSlug, Text, WholeList } from '../slice/field.js';
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

abstract class SaidOfFinding extends OnFinding {
  @DateText({ label: '日期', description: '事情发生之日', example: '2022-03-15' })
  on: string;

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

export type FindingCommand = RaiseFinding | AmendFinding | AnswerFinding | CloseFinding | WithdrawFinding;
