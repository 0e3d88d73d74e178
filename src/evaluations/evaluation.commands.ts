import {
  DateText,
  DecimalText,
  Flag,
  Identifier,
  KnownTimeText,
  ListOf,
  OneOf,
  PeriodText,
  PersonId,
  Text,
  TextList,
  Whole,
} from '../slice/field.js';
import { evaluationKinds, severities, type EvaluationKind } from './evaluation.events.js';
import type { JudgingCommand } from './judging.commands.js';
import { standings, type AssessorStanding } from './judging.events.js';
import { OnEvaluation } from './on-evaluation.js';
import type { CheckSampledFigure } from './sample-check.commands.js';
import { scaleColours, type Scale, type ScaleStep } from './scales.js';

class ScaleStepInput implements ScaleStep {
  @Identifier({ label: '等次代码', example: 'good' })
  code: string;

  @Text({ label: '等次', max: 40, example: '良' })
  word: string;

  @OneOf(scaleColours, { label: '颜色' })
  colour: ScaleStep['colour'];

  @DecimalText({ label: '最低分', description: '只用于按分数分档的等级', optional: true, example: '75' })
  from?: string;
}

class ScaleInput implements Scale {
  @Identifier({ label: '等级代码', example: 'stars' })
  code: string;

  @Text({ label: '等级名称', max: 40 })
  label: string;

  @ListOf(() => ScaleStepInput, { label: '等次', description: '由低到高', min: 2, max: 20 })
  steps: ScaleStepInput[];

  @DecimalText({ label: '最高分', description: '只用于按分数分档的等级', optional: true, example: '100' })
  upTo?: string;
}

class ParticipantInput {
  @OneOf(standings, { label: '评估人身份' })
  standing: AssessorStanding;

  @Text({ label: '参加者', description: '单位或机构的名称' })
  name: string;
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

  @Text({ label: '评估依据', description: '文件和条款', max: 2000, optional: true })
  basis?: string;

  @KnownTimeText({
    label: '数据截止日期',
    description: '存档拟按该日掌握的数据',
    optional: true,
    example: '2023-06-30',
  })
  asOf?: string;

  @ListOf(() => ParticipantInput, { label: '参加者', description: '不填即不限身份', max: 40, optional: true })
  participants?: ParticipantInput[];

  @PersonId({ label: '评估负责人', description: '人员编号；填写的，只有该人作出结论', optional: true })
  lead?: string;

  @ListOf(() => ScaleInput, { label: '自定等级', max: 10, optional: true })
  scales?: ScaleInput[];

  @TextList({ label: '采用的等级', description: '等级代码；不填即全部', max: 20, optional: true })
  useScales?: string[];
}

export class TakeSnapshot extends OnEvaluation {
  get type() {
    return 'TakeSnapshot' as const;
  }

  @KnownTimeText({ label: '截至', description: '按该日掌握的数据；不填即现在', optional: true, example: '2023-06-30' })
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

  @TextList({ label: '接受的警告', description: '逐项写明警告的编号', max: 2000, optional: true })
  acceptWarnings?: string[];
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
  | SupersedeEvaluation
  | JudgingCommand
  | CheckSampledFigure;
