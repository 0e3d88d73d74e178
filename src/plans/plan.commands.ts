import {
  ChoiceList,
  DateText,
  DecimalText,
  Free,
  Identifier,
  LanguageTag,
  ListOf,
  Nested,
  OneOf,
  PeriodText,
  PlanSlug,
  Text,
  Translations,
  Whole,
} from '../slice/field.js';
import type { Frequency } from '../kernel/period.js';
import { Command } from '../slice/command.js';
import type { EvaluationRules } from './evaluation-rules.js';
import type { SetPublication } from './publication.commands.js';
import { approvalLevels, unapprovedChoices, visibilityChoices, type ReportingRules } from './reporting-rules.js';
import type { UnitChangeCommand } from './unit-change.commands.js';
import { unitLevels } from './unit-levels.js';

const lineField = () => Whole({ label: '行号', description: '规划文本行号', min: 1, max: 1_000_000, optional: true });

export class AssumptionInput {
  @Text({ label: '字段' })
  field: string;

  @Text({ label: '假设', max: 500 })
  text: string;
}

class ActionPlanInput {
  @Identifier({ label: '行动计划代码' })
  code: string;

  @Text({ label: '行动计划名称' })
  name: string;

  @lineField()
  line?: number;
}

class PreviousResultInput {
  @Text({ label: '序号', max: 20 })
  row: string;

  @Text({ label: '指标名称' })
  name: string;

  @Text({ label: '计量单位', max: 40 })
  unit: string;

  @DecimalText({ label: '完成值' })
  value: string;

  @lineField()
  line?: number;

  @Text({ label: '说明', max: 500, optional: true })
  note?: string;
}

class GlossaryTermInput {
  @Text({ label: '名词' })
  term: string;

  @Text({ label: '释义', max: 1000 })
  gist: string;

  @lineField()
  line?: number;
}

export class FiscalYearInput {
  @Whole({ label: '财政年度首月', min: 2, max: 12, example: 4 })
  firstMonth: number;

  @OneOf(['start', 'end'], {
    label: '财政年度的名称',
    description: '以起始年（start）或结束年（end）为名',
    optional: true,
  })
  namedAfter?: 'start' | 'end';
}

export class MoneyInput {
  @Text({ label: '金额单位', max: 40, example: '百万美元' })
  unit: string;
}

abstract class OnPlan extends Command {
  @PlanSlug({ label: '规划', example: 'lishui-civil-affairs-2021-2025' })
  plan: string;
}

export abstract class PlanContent extends OnPlan {
  override get about() {
    return { kind: 'plan', id: this.plan };
  }

  @Text({ label: '规划名称' })
  title: string;

  @LanguageTag({
    label: '语言',
    description: '规划文本的语言，BCP 47 标签；不填即 zh-CN',
    optional: true,
    example: 'en',
  })
  language?: string;

  @Translations()
  translations?: Record<string, string>;

  @Text({ label: '地域', max: 60 })
  territory: string;

  @Text({ label: '时区', max: 60, example: 'Asia/Shanghai' })
  timeZone: string;

  @Whole({ label: '起始年', min: 1900, max: 2999 })
  startYear: number;

  @Whole({ label: '结束年', min: 1900, max: 2999 })
  endYear: number;

  @Nested(() => FiscalYearInput, {
    label: '财政年度',
    description: '不按日历年计期的规划填写，期间写作 FY2024',
    optional: true,
  })
  fiscalYear?: FiscalYearInput;

  @Nested(() => MoneyInput, { label: '金额', description: '项目投资的计量单位，不填即万元', optional: true })
  money?: MoneyInput;

  @PeriodText({ label: '基期', example: '2020' })
  baseline: string;

  @PeriodText({ label: '中期', example: '2022', optional: true })
  midterm?: string;

  @ListOf(() => AssumptionInput, { label: '假设', max: 100, optional: true })
  assumptions?: AssumptionInput[];

  @ListOf(() => ActionPlanInput, { label: '行动计划', max: 100, optional: true })
  actionPlans?: ActionPlanInput[];

  @ListOf(() => PreviousResultInput, { label: '上期规划完成情况', max: 500, optional: true })
  previousResults?: PreviousResultInput[];

  @ListOf(() => GlossaryTermInput, { label: '名词解释', max: 500, optional: true })
  glossary?: GlossaryTermInput[];
}

export class DraftPlan extends PlanContent {
  get type() {
    return 'DraftPlan' as const;
  }
}

/** States the whole of what the plan says of itself anew. */
export class AmendPlan extends PlanContent {
  get type() {
    return 'AmendPlan' as const;
  }
}

abstract class ApprovalContent extends OnPlan {
  @Text({ label: '批准机关' })
  approvedBy: string;

  @Text({ label: '文号', max: 60, optional: true })
  documentNumber?: string;

  @DateText({ label: '批准日期', optional: true })
  approvedOn?: string;
}

export class ApprovePlan extends ApprovalContent {
  get type() {
    return 'ApprovePlan' as const;
  }
}

/** States the approval anew: it was stated wrongly, or the amended plan was approved. */
export class AmendApproval extends ApprovalContent {
  get type() {
    return 'AmendApproval' as const;
  }
}

abstract class OnArea extends OnPlan {
  override get about() {
    return { kind: 'area', id: this.code };
  }

  @Identifier({ label: '标杆区代码', example: 'A1' })
  code: string;
}

export abstract class AreaContent extends OnArea {
  @Text({ label: '标杆区名称' })
  name: string;

  @Translations()
  translations?: Record<string, string>;

  @Identifier({ label: '行动计划代码', optional: true })
  actionPlan?: string;

  @lineField()
  line?: number;
}

export class DefineArea extends AreaContent {
  get type() {
    return 'DefineArea' as const;
  }
}

export class AmendArea extends AreaContent {
  get type() {
    return 'AmendArea' as const;
  }
}

export class RetireArea extends OnArea {
  get type() {
    return 'RetireArea' as const;
  }
}

export abstract class UnitContent extends OnPlan {
  override get about() {
    return { kind: 'unit', id: this.code };
  }

  @Identifier({ label: '单位代码', description: 'GB/T 2260', example: '331102' })
  code: string;

  @Text({ label: '单位名称', max: 60 })
  name: string;

  @Translations()
  translations?: Record<string, string>;

  @Text({ label: '责任部门', optional: true })
  bureau?: string;

  @OneOf(unitLevels, { label: '层级' })
  level: (typeof unitLevels)[number];

  @Identifier({ label: '上级单位代码', optional: true })
  parent?: string;

  @DateText({ label: '设立日期', description: '规划期内设立的单位填写', optional: true })
  from?: string;
}

export class EnrolUnit extends UnitContent {
  get type() {
    return 'EnrolUnit' as const;
  }
}

/** Corrects what was wrong about a unit when it was enrolled. */
export class AmendUnit extends UnitContent {
  get type() {
    return 'AmendUnit' as const;
  }
}

export class SetEvaluationRules extends OnPlan {
  get type() {
    return 'SetEvaluationRules' as const;
  }

  @Free({ label: '评估规则', description: '见文档“评估规则”：阈值、趋势、指数' })
  rules: EvaluationRules;
}

export class SetReportingRules extends OnPlan {
  get type() {
    return 'SetReportingRules' as const;
  }

  @ChoiceList(approvalLevels, {
    label: '审核层级',
    description: '由下而上依次审核的单位层级，如 [county, city]；空即上报后直接使用',
    example: ['county', 'city'],
  })
  approval: ReportingRules['approval'];

  @OneOf(unapprovedChoices, {
    label: '未审核的数据',
    description: 'marked 使用并标明（默认）；excluded 不使用',
    optional: true,
  })
  unapproved?: ReportingRules['unapproved'];

  @OneOf(visibilityChoices, {
    label: '已审核数据的可见范围',
    description: 'plan 规划内可见（默认）；unit 本单位及其上级可见',
    optional: true,
  })
  visibility?: ReportingRules['visibility'];
}

abstract class OnUnlocked extends OnPlan {
  @Identifier({ label: '单位代码', example: '331102' })
  unit: string;

  @PeriodText({ label: '期间', description: '及其中的较短期间', example: '2022' })
  period: string;

  @Identifier({ label: '指标代码', description: '不填即全部指标', optional: true, example: '02' })
  code?: string;
}

export class UnlockFigures extends OnUnlocked {
  get type() {
    return 'UnlockFigures' as const;
  }

  @DateText({ label: '解锁截止日期', description: '含当日', example: '2023-09-15' })
  until: string;
}

export class EndUnlocking extends OnUnlocked {
  get type() {
    return 'EndUnlocking' as const;
  }
}

const dueDays = (label: string) => Whole({ label, min: 0, max: 366, optional: true, example: 45 });

export class DueDaysInput {
  @dueDays('年报期末后天数')
  A?: number;

  @dueDays('半年报期末后天数')
  S?: number;

  @dueDays('季报期末后天数')
  Q?: number;

  @dueDays('月报期末后天数')
  M?: number;
}

export class SetDeadlines extends OnPlan {
  get type() {
    return 'SetDeadlines' as const;
  }

  @Nested(() => DueDaysInput, {
    label: '期末后天数',
    description: '各频次的报送期限：期末后多少天；不填的频次没有期限',
    example: { A: 45, Q: 15 },
  })
  days: DueDaysInput;

  @OneOf(['A', 'S', 'Q', 'M'], {
    label: '进展频次',
    description: '项目、政策、任务的进展按何频次报送；不填即每一期都报',
    optional: true,
  })
  programme?: Frequency;
}

export class ClosePlan extends OnPlan {
  get type() {
    return 'ClosePlan' as const;
  }
}

export type PlanCommand =
  | DraftPlan
  | AmendPlan
  | ApprovePlan
  | AmendApproval
  | DefineArea
  | AmendArea
  | RetireArea
  | EnrolUnit
  | AmendUnit
  | UnitChangeCommand
  | SetEvaluationRules
  | SetReportingRules
  | UnlockFigures
  | EndUnlocking
  | SetDeadlines
  | SetPublication
  | ClosePlan;
