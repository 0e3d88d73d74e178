import { Command } from '../slice/command.js';
import { DateText, Flag, Identifier, KnownTimeText, OneOf, PeriodText, PlanSlug, Text, Whole } from '../slice/field.js';
import { evaluationKinds, severities, type EvaluationKind } from './evaluation.events.js';

abstract class OnEvaluation extends Command {
  @PlanSlug({ label: '规划' })
  plan: string;

  @Identifier({ label: '评估编号', example: 'midterm-2022' })
  id: string;
}

export class OpenEvaluation extends OnEvaluation {
  get type() {
    return 'OpenEvaluation' as const;
  }

  @OneOf(evaluationKinds, { label: '评估类型', description: 'annual 年度监测；midterm 中期评估；final 总结评估' })
  kind: EvaluationKind;

  @PeriodText({ label: '评估期间', example: '2022' })
  period: string;

  @Text({ label: '标题', optional: true })
  title?: string;

  @Text({ label: '评估目的', max: 2000, optional: true })
  purpose?: string;

  @Text({ label: '评估标准', max: 2000, optional: true })
  standard?: string;

  @Text({ label: '评估方法', max: 2000, optional: true })
  method?: string;

  @Text({ label: '评估单位', optional: true })
  evaluator?: string;

  @Text({ label: '评估时间', optional: true })
  window?: string;
}

export class TakeSnapshot extends OnEvaluation {
  get type() {
    return 'TakeSnapshot' as const;
  }

  @KnownTimeText({ label: '截至', description: '按该日所知冻结；不填即现在', optional: true, example: '2023-06-30' })
  asOf?: string;
}

export class RecordFinding extends OnEvaluation {
  get type() {
    return 'RecordFinding' as const;
  }

  @OneOf(severities, { label: '严重程度' })
  severity: (typeof severities)[number];

  @Text({ label: '对象', description: '指标、单位或规划本身', max: 60 })
  subject: string;

  @Text({ label: '问题', max: 2000 })
  text: string;
}

export class MakeRecommendation extends OnEvaluation {
  get type() {
    return 'MakeRecommendation' as const;
  }

  @Text({ label: '建议', max: 2000 })
  text: string;

  @Identifier({ label: '责任单位', optional: true })
  unit?: string;

  @DateText({ label: '完成时限', optional: true })
  dueOn?: string;
}

export class ReportRectification extends OnEvaluation {
  get type() {
    return 'ReportRectification' as const;
  }

  @Whole({ label: '建议序号', min: 1, max: 10_000 })
  recommendation: number;

  @Text({ label: '整改情况', max: 2000 })
  text: string;

  @Flag({ label: '整改完成' })
  finished: boolean;
}

export class PublishEvaluation extends OnEvaluation {
  get type() {
    return 'PublishEvaluation' as const;
  }

  @Whole({ label: '快照序号', min: 1, max: 10_000 })
  snapshot: number;
}

export class SupersedeEvaluation extends OnEvaluation {
  get type() {
    return 'SupersedeEvaluation' as const;
  }

  @Identifier({ label: '接替的评估编号' })
  by: string;
}

export type EvaluationCommand =
  | OpenEvaluation
  | TakeSnapshot
  | RecordFinding
  | MakeRecommendation
  | ReportRectification
  | PublishEvaluation
  | SupersedeEvaluation;
