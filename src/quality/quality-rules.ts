import { Type, type Static } from '@sinclair/typebox';

/** What a rule of data quality looks at. */
export const qualityKinds = [
  'range',
  'jump',
  'running-total-falls',
  'numerator-over-denominator',
  'whole-numbers',
  'parts-sum',
  'formula',
  'overdue',
  'definition-changed',
  'just-past-threshold',
] as const;
export type QualityKind = (typeof qualityKinds)[number];

const closed = { additionalProperties: false } as const;
const optionalText = (description: string) => Type.Optional(Type.String({ description }));

export const qualityRuleSchema = Type.Object(
  {
    id: Type.String({ description: 'Names the rule in marks and explanations' }),
    kind: Type.Union(qualityKinds.map((kind) => Type.Literal(kind))),
    indicator: optionalText('Code of the indicator; absent: every indicator to which the rule can apply'),
    minimum: optionalText('range: lowest value; formula: lowest result'),
    maximum: optionalText('range: highest value; formula: highest result'),
    percent: optionalText('jump: most that a value may differ from the last one, in percent of it'),
    points: optionalText('jump: the same in the indicator’s unit of measure'),
    formula: optionalText('formula: over figures of the same unit, as formulas of indicators are'),
    days: optionalText('overdue: days after the end of the period'),
    margin: optionalText('just-past-threshold: how far past the target or limit is just past, in percent of it'),
    note: optionalText('What the rule is for; told with its marks'),
    required: Type.Optional(
      Type.Literal('explanation', { description: 'A report with its mark is refused unless the mark is explained' }),
    ),
  },
  closed,
);
export type QualityRule = Static<typeof qualityRuleSchema>;

/** The parameters of each kind: those that it needs, and those of which it needs at least one. */
export const parametersOf: Readonly<
  Record<QualityKind, { readonly all?: readonly Parameter[]; readonly some?: readonly Parameter[] }>
> = {
  range: { some: ['minimum', 'maximum'] },
  jump: { some: ['percent', 'points'] },
  'running-total-falls': {},
  'numerator-over-denominator': {},
  'whole-numbers': {},
  'parts-sum': {},
  formula: { all: ['formula'], some: ['minimum', 'maximum'] },
  overdue: { all: ['days'] },
  'definition-changed': {},
  'just-past-threshold': { all: ['margin'] },
};

export const parameters = ['minimum', 'maximum', 'percent', 'points', 'formula', 'days', 'margin'] as const;
export type Parameter = (typeof parameters)[number];

/** The Chinese name of each kind. */
export const kindWords: Readonly<Record<QualityKind, string>> = {
  range: '数值范围',
  jump: '与上期相比变动过大',
  'running-total-falls': '累计数下降',
  'numerator-over-denominator': '分子大于分母',
  'whole-numbers': '人数、件数须为整数',
  'parts-sum': '与下级合计不符',
  formula: '表间关系',
  overdue: '逾期上报',
  'definition-changed': '口径已变更',
  'just-past-threshold': '刚过目标或限值',
};

/** The rules of a plan that sets none: the kinds that need no parameters. Each has the name of its kind. */
export const defaultQualityRules: readonly QualityRule[] = qualityKinds.flatMap((kind) => {
  const { all = [], some = [] } = parametersOf[kind];
  return all.length + some.length === 0 ? [{ id: kind, kind }] : [];
});
