import { DateText, DecimalText, Identifier, OneOf, Text, Whole, pattern } from '../slice/field.js';
import { itemForm } from './items.js';
import { adjustments, standings, statements, type AssessorStanding, type StatementKind } from './judging.events.js';
import { OnEvaluation } from './on-evaluation.js';

const Item = pattern(
  itemForm,
  '须写作 indicator/指标/单位、project|policy|promise|task|area/编号、criterion/准则，或 plan（总体）',
);

/** Where an item stands in somebody's judgement. */
abstract class Judging extends OnEvaluation {
  @Identifier({ label: '等级', description: '等级的代码，如 five（五档）', example: 'five' })
  scale: string;

  @Identifier({ label: '等次', description: '按分数分档的不填', optional: true, example: 'behind' })
  step?: string;

  @DecimalText({ label: '分数', description: '只用于按分数分档的等级', optional: true, example: '82.5' })
  points?: string;

  @Text({ label: '理由', max: 2000 })
  ground: string;
}

export class GiveVerdict extends Judging {
  get type() {
    return 'GiveVerdict' as const;
  }

  @Item({ label: '评估事项', example: 'indicator/05/331102' })
  item: string;

  @OneOf(standings, {
    label: '评估人身份',
    description: 'self 自评；authority 主管部门；third-party 第三方；experts 专家组；public 公众',
  })
  standing: AssessorStanding;
}

export class ReviseVerdict extends Judging {
  get type() {
    return 'ReviseVerdict' as const;
  }

  @Whole({ label: '判断序号', min: 1, max: 10_000 })
  verdict: number;
}

export class WithdrawVerdict extends OnEvaluation {
  get type() {
    return 'WithdrawVerdict' as const;
  }

  @Whole({ label: '判断序号', min: 1, max: 10_000 })
  verdict: number;
}

export class ConcludeItem extends Judging {
  get type() {
    return 'ConcludeItem' as const;
  }

  @Item({ label: '评估事项', example: 'indicator/05/331102' })
  item: string;
}

export class RecordSurvey extends OnEvaluation {
  get type() {
    return 'RecordSurvey' as const;
  }

  @Text({ label: '问题', description: '调查的原题', max: 500 })
  question: string;

  @DateText({ label: '调查日期', example: '2023-06-15' })
  on: string;

  @Text({ label: '调查对象', description: '总体', example: '60 岁以上户籍老人' })
  population: string;

  @Text({ label: '调查方法', max: 500, example: '分层随机入户' })
  method: string;

  @Whole({ label: '有效样本', min: 1, max: 100_000_000 })
  n: number;

  @DecimalText({ label: '满意率', description: '%', example: '87.3' })
  share: string;

  @DecimalText({ label: '设计效应', description: '不填即 1', optional: true, example: '1.5' })
  deff?: string;
}

export class RecordLesson extends OnEvaluation {
  get type() {
    return 'RecordLesson' as const;
  }

  @Text({ label: '经验做法', max: 2000 })
  text: string;

  @Identifier({ label: '单位', optional: true })
  unit?: string;
}

export class AdviseAdjustment extends OnEvaluation {
  get type() {
    return 'AdviseAdjustment' as const;
  }

  @OneOf(adjustments, {
    label: '调整内容',
    description: 'none 不调整；target 目标；indicator 指标；task 任务；project 项目；other 其他',
  })
  adjustment: (typeof adjustments)[number];

  @Text({ label: '意见', max: 2000 })
  text: string;
}

export class WithdrawStatement extends OnEvaluation {
  get type() {
    return 'WithdrawStatement' as const;
  }

  @OneOf(statements, { label: '记载类别', description: 'survey 满意度；lesson 经验做法；adjustment 调整意见' })
  kind: StatementKind;

  @Whole({ label: '序号', min: 1, max: 10_000 })
  number: number;
}

export type JudgingCommand =
  | GiveVerdict
  | ReviseVerdict
  | WithdrawVerdict
  | ConcludeItem
  | RecordSurvey
  | RecordLesson
  | AdviseAdjustment
  | WithdrawStatement;
