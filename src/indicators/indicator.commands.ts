import { Command } from '../slice/command.js';
import {
  DateText,
  DecimalText,
  Flag,
  Identifier,
  ListOf,
  Nested,
  OneOf,
  PeriodText,
  PlanSlug,
  TargetText,
  Text,
  Translations,
  Whole,
} from '../slice/field.js';
import { AssumptionInput } from '../plans/plan.commands.js';
import { longestFormula } from './formula.js';
import {
  aggregations,
  attributes,
  continuedDefinitions,
  directions,
  frequencies,
  kinds,
  roles,
  targetScopes,
  trajectories,
  valueTypes,
} from './indicator.events.js';

type OneOfThese<Values extends readonly string[]> = Values[number];

class ComponentInput {
  @Text({ label: '数据项名称' })
  name: string;

  @Text({ label: '数据项单位', max: 40 })
  unit: string;

  @Flag({
    label: '是否整数',
    description: '不填时按单位：以人、户、个等计的为整数，其他不限',
    optional: true,
  })
  whole?: boolean;
}

class MeasurementInput {
  @OneOf(['direct', 'ratio', 'formula'], {
    label: '计量方式',
    description: 'direct 直接填报；ratio 由分子、分母计算；formula 由其他指标的数计算',
  })
  type: 'direct' | 'ratio' | 'formula';

  @Nested(() => ComponentInput, { label: '分子', optional: true })
  numerator?: ComponentInput;

  @Nested(() => ComponentInput, { label: '分母', optional: true })
  denominator?: ComponentInput;

  @DecimalText({ label: '倍数', optional: true, example: '100' })
  scale?: string;

  @Text({ label: '公式', max: longestFormula, optional: true, example: 'value("A1")/value("B1")*100' })
  formula?: string;
}

class BreakdownPartInput {
  @Identifier({ label: '组代码', example: 'f' })
  code: string;

  @Text({ label: '组名称', max: 40, example: '女' })
  name: string;
}

class BreakdownInput {
  @Identifier({ label: '分组代码', example: 'sex' })
  code: string;

  @Text({ label: '分组名称', max: 40, example: '性别' })
  name: string;

  @ListOf(() => BreakdownPartInput, { label: '各组', description: '互不重叠，合起来即总体', min: 2, max: 100 })
  parts: BreakdownPartInput[];
}

class DefinitionInput {
  @Text({ label: '口径', max: 2000 })
  text: string;

  @Text({ label: '计量单位', max: 40 })
  unitOfMeasure: string;

  @OneOf(valueTypes, { label: '数值类型' })
  valueType: OneOfThese<typeof valueTypes>;

  @DecimalText({ label: '下限', optional: true })
  minimum?: string;

  @DecimalText({ label: '上限', optional: true })
  maximum?: string;

  @Nested(() => MeasurementInput, { label: '计量' })
  measurement: MeasurementInput;

  @OneOf(aggregations, { label: '汇总方式', description: '上级单位的数如何由下级得出' })
  aggregation: OneOfThese<typeof aggregations>;

  @ListOf(() => BreakdownInput, { label: '分组', description: '按性别、年龄、城乡等', min: 1, max: 20, optional: true })
  breakdowns?: BreakdownInput[];
}

abstract class OnIndicator extends Command {
  @PlanSlug({ label: '规划' })
  plan: string;

  @Identifier({ label: '指标代码', example: '02' })
  code: string;

  override get about() {
    return { kind: 'indicator', id: this.code };
  }
}

export abstract class IndicatorContent extends OnIndicator {
  @Text({ label: '指标名称' })
  name: string;

  @Translations()
  translations?: Record<string, string>;

  @Text({ label: '原文名称', optional: true })
  printedName?: string;

  @OneOf(roles, {
    label: '用途',
    description: 'main 规划指标；promise 文本任务目标，评价但不计入指数；context 背景数据，不评价',
  })
  role: OneOfThese<typeof roles>;

  @Identifier({ label: '标杆区代码', optional: true })
  area?: string;

  @OneOf(attributes, { label: '属性', description: 'binding 约束性；expected 预期性' })
  attribute: OneOfThese<typeof attributes>;

  @OneOf(kinds, { label: '指标类型' })
  kind: OneOfThese<typeof kinds>;

  @OneOf(directions, { label: '方向', description: 'higher 越高越好；lower 越低越好' })
  direction: OneOfThese<typeof directions>;

  @OneOf(frequencies, { label: '频次', description: 'A 年 S 半年 Q 季 M 月' })
  frequency: OneOfThese<typeof frequencies>;

  @Whole({ label: '小数位', description: '填报的数值至多几位小数，计算的数值显示几位', min: 0, max: 20 })
  decimals: number;

  @Nested(() => DefinitionInput, { label: '口径' })
  definition: DefinitionInput;

  @OneOf(targetScopes, { label: '目标范围', description: 'all 规划目标适用于各单位；own 各单位另行分解' })
  targetScope: OneOfThese<typeof targetScopes>;

  @OneOf(trajectories, { label: '序时路径' })
  trajectory: OneOfThese<typeof trajectories>;

  @DecimalText({ label: '权重', example: '1' })
  weight: string;

  @Identifier({ label: '责任单位', optional: true })
  owner?: string;

  @Whole({ label: '行号', min: 1, max: 1_000_000, optional: true })
  line?: number;

  @ListOf(() => AssumptionInput, { label: '假设', max: 50, optional: true })
  assumptions?: AssumptionInput[];
}

export class DefineIndicator extends IndicatorContent {
  get type() {
    return 'DefineIndicator' as const;
  }
}

/** States the whole indicator anew. */
export class AmendIndicator extends IndicatorContent {
  get type() {
    return 'AmendIndicator' as const;
  }

  @Flag({ label: '可比', description: '口径有变时填：新旧口径的数值是否可以直接比较', optional: true, open: true })
  comparable?: boolean;
}

export class RedefineIndicator extends OnIndicator {
  get type() {
    return 'RedefineIndicator' as const;
  }

  @Nested(() => DefinitionInput, { label: '新口径' })
  definition: DefinitionInput;

  @Flag({ label: '可比', description: '新旧口径的数值是否可以直接比较' })
  comparable: boolean;
}

abstract class OnTarget extends OnIndicator {
  @Identifier({ label: '单位代码', example: '331100' })
  unit: string;

  @PeriodText({ label: '期间', example: '2025' })
  period: string;

  override get about() {
    return { kind: 'target', id: `${this.code}/${this.unit}/${this.period}` };
  }
}

abstract class TargetValue extends OnTarget {
  @TargetText({
    label: '目标值',
    description:
      '数，或如规划所印：>7、≥7、<5.5、[13.5]（累计类）；区间 5..6（仅限“保持”类）；或以 = 开头的规则（仅限“保持”类），如 =1.3*value("04")',
    example: '58',
  })
  value: string;
}

export class SetTarget extends TargetValue {
  get type() {
    return 'SetTarget' as const;
  }

  @Whole({ label: '行号', min: 1, max: 1_000_000, optional: true })
  line?: number;
}

const documentNumberField = () => Text({ label: '调整文号', max: 60, optional: true });
const approvedByField = () => Text({ label: '批准机关', optional: true });
const approvedOnField = () => DateText({ label: '批准日期', optional: true });

export class ReviseTarget extends TargetValue {
  get type() {
    return 'ReviseTarget' as const;
  }

  @documentNumberField()
  documentNumber?: string;

  @approvedByField()
  approvedBy?: string;

  @approvedOnField()
  approvedOn?: string;
}

export class WithdrawTarget extends OnTarget {
  get type() {
    return 'WithdrawTarget' as const;
  }

  @documentNumberField()
  documentNumber?: string;

  @approvedByField()
  approvedBy?: string;

  @approvedOnField()
  approvedOn?: string;
}

export class SetIndicatorScope extends OnIndicator {
  get type() {
    return 'SetIndicatorScope' as const;
  }

  @Identifier({ label: '单位代码', example: '331127' })
  unit: string;

  @Flag({ label: '是否适用' })
  applies: boolean;

  @PeriodText({ label: '起始期间', description: '不填即自始', optional: true, example: '2023' })
  fromPeriod?: string;
}

export class RetireIndicator extends OnIndicator {
  get type() {
    return 'RetireIndicator' as const;
  }

  @PeriodText({ label: '停用起始期间', example: '2024' })
  fromPeriod: string;
}

export class ContinueIndicator extends OnIndicator {
  get type() {
    return 'ContinueIndicator' as const;
  }

  @PlanSlug({ label: '原规划', description: '在先的规划的代码' })
  formerPlan: string;

  @Identifier({ label: '原指标代码', example: '02' })
  formerIndicator: string;

  @OneOf(continuedDefinitions, {
    label: '与原口径',
    description: 'same 口径相同，数值可直接比较；other 口径不同，有折算系数的折算后可比，没有的不可比',
  })
  continuedDefinition: OneOfThese<typeof continuedDefinitions>;

  @DecimalText({
    label: '折算系数',
    description: '原口径的数值乘以它，即为本口径的数值；仅在口径不同时填',
    optional: true,
    example: '0.98',
  })
  factor?: string;

  @Text({ label: '折算依据', description: '有折算系数时必填', max: 2000, optional: true })
  basis?: string;
}

export class WithdrawContinuation extends OnIndicator {
  get type() {
    return 'WithdrawContinuation' as const;
  }
}

export type IndicatorCommand =
  | DefineIndicator
  | AmendIndicator
  | RedefineIndicator
  | SetTarget
  | ReviseTarget
  | WithdrawTarget
  | SetIndicatorScope
  | RetireIndicator
  | ContinueIndicator
  | WithdrawContinuation;
