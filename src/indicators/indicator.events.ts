import { Type, type Static } from '@sinclair/typebox';
import { defineEvent, type EventOf } from '../kernel/event.js';
import { streamName } from '../kernel/stream-name.js';
import { assumptionSchema } from '../plans/plan.events.js';
import { translationsSchema } from '../plans/translations.js';

export const indicatorStream = (plan: string, code: string) => streamName('indicator', plan, code);

const closed = { additionalProperties: false } as const;
const oneOf = <Value extends string>(values: readonly Value[]) =>
  Type.Union(values.map((value) => Type.Literal(value)));

export const kinds = ['level', 'cumulative', 'growth', 'hold'] as const;
export const attributes = ['binding', 'expected'] as const;
export const directions = ['higher', 'lower'] as const;
export const frequencies = ['A', 'S', 'Q', 'M'] as const;
export const valueTypes = ['percentage', 'count', 'decimal'] as const;
export const aggregations = ['ratio-of-sums', 'sum', 'common', 'none'] as const;
export const targetScopes = ['all', 'own'] as const;
export const trajectories = ['milestones', 'linear', 'geometric'] as const;
/**
 * `main`: an indicator of the plan's main table. `promise` (文本承诺): judged like `main`, but not part of the main table
 * or the index. `context`: background figures, not judged.
 */
export const roles = ['main', 'promise', 'context'] as const;

const component = Type.Object(
  {
    name: Type.String(),
    unit: Type.String(),
    whole: Type.Optional(
      Type.Boolean({
        description: 'Whether it is a whole number; absent: if it is counted in a unit such as 人, 户 or 个',
      }),
    ),
  },
  closed,
);
export type Component = Static<typeof component>;

export const measurementSchema = Type.Union([
  Type.Object({ type: Type.Literal('direct') }, closed),
  Type.Object(
    {
      type: Type.Literal('ratio'),
      numerator: component,
      denominator: component,
      scale: Type.String({ description: 'Factor applied to the ratio: 100 for percent, 10000 for 每万人' }),
    },
    closed,
  ),
  Type.Object(
    {
      type: Type.Literal('formula'),
      formula: Type.String({
        description: 'Formula over figures of other indicators for the same unit: `value("A")/value("B")*100`',
      }),
    },
    closed,
  ),
]);
export type Measuring = Static<typeof measurementSchema>;

/** A way in which figures are broken down. The parts exclude each other and together make up the whole. */
const breakdown = Type.Object(
  {
    code: Type.String(),
    name: Type.String(),
    parts: Type.Array(Type.Object({ code: Type.String(), name: Type.String() }, closed), { minItems: 2 }),
  },
  closed,
);
export type Breakdown = Static<typeof breakdown>;

/**
 * Meaning, unit, valid range, measurement and aggregation of an indicator's figures. Any change makes a new version.
 */
export const definitionSchema = Type.Object(
  {
    text: Type.String({ description: '口径' }),
    unitOfMeasure: Type.String(),
    valueType: oneOf(valueTypes),
    minimum: Type.Optional(Type.String()),
    maximum: Type.Optional(Type.String()),
    measurement: measurementSchema,
    aggregation: oneOf(aggregations),
    breakdowns: Type.Optional(
      Type.Array(breakdown, { minItems: 1, description: '分组: by sex, age, urban and rural …' }),
    ),
  },
  closed,
);
export type Definition = Static<typeof definitionSchema>;

export const IndicatorDefined = defineEvent({
  name: 'IndicatorDefined',
  label: '定义指标',
  version: 6,
  meaning: 'An indicator of the plan was defined: its definition, measurement, kind, trajectory and weight',
  schema: Type.Object(
    {
      name: Type.String(),
      translations: translationsSchema,
      printedName: Type.Optional(Type.String({ description: 'As the plan prints it' })),
      role: oneOf(roles),
      area: Type.Optional(Type.String()),
      attribute: oneOf(attributes),
      kind: oneOf(kinds),
      direction: oneOf(directions),
      frequency: oneOf(frequencies),
      decimals: Type.Integer({
        minimum: 0,
        maximum: 20,
        description:
          'Decimal places: a computed value is rounded to them for display, a reported value has at most these',
      }),
      definition: definitionSchema,
      targetScope: oneOf(targetScopes),
      trajectory: oneOf(trajectories),
      weight: Type.String(),
      owner: Type.Optional(Type.String()),
      line: Type.Optional(Type.Integer({ minimum: 1 })),
      assumptions: Type.Array(assumptionSchema),
    },
    closed,
  ),
  example: {
    name: '护理型床位占养老机构床位比例',
    printedName: '护理型床位占养老机构床位比例（%）',
    role: 'main',
    area: 'A1',
    attribute: 'expected',
    kind: 'level',
    direction: 'higher',
    frequency: 'A',
    decimals: 1,
    definition: {
      text: '年末护理型床位数占养老机构床位总数的百分比',
      unitOfMeasure: '%',
      valueType: 'percentage',
      measurement: {
        type: 'ratio',
        numerator: { name: '护理型床位数', unit: '张' },
        denominator: { name: '养老机构床位数', unit: '张' },
        scale: '100',
      },
      aggregation: 'ratio-of-sums',
    },
    targetScope: 'all',
    trajectory: 'milestones',
    weight: '1',
    owner: '331100',
    line: 100,
    assumptions: [],
  },
  upcasts: {
    // Version 1 had no `trajectory`: every indicator used milestones.
    1: (data) => ({ ...data, trajectory: 'milestones' }),
    // Version 3 only added the role `promise` and measurement by formula.
    2: (data) => data,
    // Version 4 only added `whole` to components.
    3: (data) => data,
    // Version 5 only raised the limit of `decimals` from 10 to 20.
    4: (data) => data,
    // Version 6 only added breakdowns to definitions, and translations of the name.
    5: (data) => data,
  },
});

const { definition: _, ...attributesOfExample } = IndicatorDefined.example;

export const IndicatorAmended = defineEvent({
  name: 'IndicatorAmended',
  label: '修改指标',
  meaning:
    'What is said of an indicator besides its definition (口径) changed: the whole of it as it is now, with the reason in the metadata',
  schema: Type.Omit(IndicatorDefined.schema, ['definition'], closed),
  example: { ...attributesOfExample, weight: '2' },
});

export const IndicatorRedefined = defineEvent({
  name: 'IndicatorRedefined',
  label: '口径变更',
  version: 4,
  meaning:
    'The definition (口径) changed; earlier figures are 不可比 until restated, unless the change is marked comparable',
  schema: Type.Object(
    { definitionVersion: Type.Integer({ minimum: 2 }), definition: definitionSchema, comparable: Type.Boolean() },
    closed,
  ),
  example: {
    definitionVersion: 2,
    definition: {
      ...IndicatorDefined.example.definition,
      text: '年末护理型床位数占养老机构核定床位总数的百分比',
      breakdowns: [
        {
          code: 'area',
          name: '城乡',
          parts: [
            { code: 'u', name: '城镇' },
            { code: 'r', name: '农村' },
          ],
        },
      ],
    },
    comparable: false,
  },
  upcasts: {
    // Version 2 only added measurement by formula.
    1: (data) => data,
    // Version 3 only added `whole` to components.
    2: (data) => data,
    // Version 4 only added breakdowns to definitions.
    3: (data) => data,
  },
});

export const TargetSet = defineEvent({
  name: 'TargetSet',
  label: '设定目标',
  version: 2,
  meaning: 'A target of one unit for one period was set',
  schema: Type.Object(
    {
      unit: Type.String(),
      period: Type.String(),
      value: Type.String({
        description:
          'A decimal number; one to be passed: `>7`, `<5.5`; a range with both ends: `5..6`; or a rule over other figures of the same unit: `=1.3*value("04")`',
      }),
      targetVersion: Type.Integer({ minimum: 1 }),
      line: Type.Optional(Type.Integer({ minimum: 1 })),
    },
    closed,
  ),
  example: { unit: '331100', period: '2025', value: '58', targetVersion: 1, line: 103 },
  upcasts: {
    // Version 2 only added numbers to be passed and ranges.
    1: (data) => data,
  },
});

/** The document under which a target is changed. */
const approvalOfChange = {
  documentNumber: Type.Optional(Type.String()),
  approvedBy: Type.Optional(Type.String()),
  approvedOn: Type.Optional(Type.String()),
};

export const TargetRevised = defineEvent({
  name: 'TargetRevised',
  label: '目标调整',
  version: 2,
  meaning: 'A target was revised; history and earlier evaluations keep the old value',
  schema: Type.Object(
    {
      unit: Type.String(),
      period: Type.String(),
      from: Type.String(),
      to: Type.String(),
      targetVersion: Type.Integer({ minimum: 2 }),
      ...approvalOfChange,
    },
    closed,
  ),
  example: {
    unit: '331100',
    period: '2025',
    from: '58',
    to: '60',
    targetVersion: 2,
    documentNumber: '示例〔2023〕1号',
    approvedBy: '某市人民政府',
  },
  upcasts: {
    // Version 2 only added numbers to be passed and ranges.
    1: (data) => data,
  },
});

export const TargetWithdrawn = defineEvent({
  name: 'TargetWithdrawn',
  label: '撤销目标',
  meaning: 'The plan has this target no more; history and earlier evaluations keep it',
  schema: Type.Object(
    {
      unit: Type.String(),
      period: Type.String(),
      value: Type.String({ description: 'The target as it stood' }),
      ...approvalOfChange,
    },
    closed,
  ),
  example: { unit: '331100', period: '2022', value: '55', documentNumber: '示例〔2023〕1号' },
});

export const IndicatorScopeSet = defineEvent({
  name: 'IndicatorScopeSet',
  label: '适用范围',
  meaning:
    'An indicator applies or does not apply (不适用) to a unit and the units below, from a period on; sums leave out a unit to which it does not apply',
  schema: Type.Object(
    {
      unit: Type.String(),
      applies: Type.Boolean(),
      fromPeriod: Type.Optional(Type.String({ description: 'Absent: all periods' })),
    },
    closed,
  ),
  example: { unit: '331127', applies: false, fromPeriod: '2023' },
});

export const IndicatorRetired = defineEvent({
  name: 'IndicatorRetired',
  label: '指标停用',
  meaning: 'The indicator is not reported any more, starting with the named period',
  schema: Type.Object({ fromPeriod: Type.String() }, closed),
  example: { fromPeriod: '2024' },
});

export const continuedDefinitions = ['same', 'other'] as const;

/** Which indicator of an earlier plan this one continues, and how figures of that one compare with figures of this one. */
const continuationSchema = Type.Object(
  {
    plan: Type.String({ description: 'The earlier plan' }),
    indicator: Type.String({ description: 'Its indicator' }),
    definition: oneOf(continuedDefinitions),
    factor: Type.Optional(
      Type.String({
        description:
          '折算系数: a value under the earlier definition times this is a value under the present one. Only under another definition; absent there: the values do not compare',
      }),
    ),
    basis: Type.Optional(Type.String({ description: 'Why the factor, or why the definitions differ' })),
  },
  closed,
);
export type Continuation = Static<typeof continuationSchema>;

export const IndicatorContinued = defineEvent({
  name: 'IndicatorContinued',
  label: '衔接原规划',
  meaning: 'The indicator continues one of an earlier plan: their series run on; what was said before is replaced',
  schema: continuationSchema,
  example: {
    plan: 'lishui-civil-affairs-2016-2020',
    indicator: '02',
    definition: 'other',
    factor: '0.98',
    basis: '按两种口径同时统计的2020年数之比',
  },
});

export const ContinuationWithdrawn = defineEvent({
  name: 'ContinuationWithdrawn',
  label: '撤销衔接',
  meaning: 'The indicator does not continue that of an earlier plan after all',
  schema: Type.Pick(continuationSchema, ['plan', 'indicator'], closed),
  example: { plan: 'lishui-civil-affairs-2016-2020', indicator: '02' },
});

export const indicatorEvents = [
  IndicatorDefined,
  IndicatorAmended,
  IndicatorRedefined,
  TargetSet,
  TargetRevised,
  TargetWithdrawn,
  IndicatorScopeSet,
  IndicatorRetired,
  IndicatorContinued,
  ContinuationWithdrawn,
] as const;
export type IndicatorEvent = EventOf<typeof indicatorEvents>;
