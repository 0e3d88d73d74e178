import { Type, type Static } from '@sinclair/typebox';

/** What the engine counts of a unit in a year. Each count is made of facts, which name their events. */
export const countWords = {
  owed: '有期限、已报或到期的数据',
  late: '逾期上报的数据',
  lateDays: '逾期天数',
  overdue: '到期未报的数据',
  reported: '已报的数据',
  returned: '被退回',
  corrected: '审核后更正',
  contradictions: '数据矛盾',
  marks: '未说明的数据提示',
  targets: '已判断的目标',
  bindingMissed: '滞后的约束性目标',
  expectedMissed: '滞后的预期性目标',
  roughly: '基本符合预期的目标',
  undertakings: '到期或已判断的项目、政策、任务',
  projectsBehind: '滞后或逾期的项目',
  policiesLate: '逾期的政策',
  tasksOverdue: '逾期的任务',
  rectifications: '到期或已报送的整改',
  rectificationsLate: '未按期的整改',
} as const;
export type CountName = keyof typeof countWords;
export const countNames = Object.keys(countWords) as CountName[];

/** The counts of which one fact counts more than 1: each fact of `lateDays` counts the days. */
export const countsWithAmounts: ReadonlySet<CountName> = new Set<CountName>(['lateDays']);

const closed = { additionalProperties: false } as const;
const count = Type.Union(countNames.map((name) => Type.Literal(name)));
const decimal = (description: string) => Type.String({ description });

const lossSchema = Type.Object(
  {
    count,
    factor: Type.Optional(decimal('What each counted one takes; absent where there are steps')),
    steps: Type.Optional(
      Type.Array(
        Type.Object(
          { from: Type.Integer({ minimum: 1 }), factor: decimal('What one fact of at least so many takes') },
          closed,
        ),
        { description: 'Of a count with amounts (days): each fact takes the factor of the last step it reaches' },
      ),
    ),
  },
  closed,
);
export type LossRule = Static<typeof lossSchema>;

/**
 * An item of the sheet. Of its weight, `weight × min(1, Σ factor × count ÷ base)` points are lost; an item whose base is 0
 * does not apply.
 */
const itemSchema = Type.Object(
  {
    code: Type.String(),
    name: Type.String(),
    weight: decimal('Points'),
    base: count,
    losses: Type.Array(lossSchema),
    cap: Type.Optional(
      Type.Object(
        { count, share: decimal('From 0 to 1') },
        { ...closed, description: 'Where the count is not 0, the item has at most this share of its weight' },
      ),
    ),
  },
  closed,
);
export type AppraisalItemRule = Static<typeof itemSchema>;

export const appraisalRulesSchema = Type.Object(
  {
    source: Type.String({ description: 'Whose rules they are; shown with every sheet' }),
    objectionDays: Type.Integer({
      minimum: 1,
      description: 'Days after a sheet was put forth within which its unit may object',
    }),
    items: Type.Array(itemSchema),
  },
  closed,
);
export type AppraisalRules = Static<typeof appraisalRulesSchema>;

/** The rules of the 考核 sheet. Weights and factors are Tongjian's own defaults and no rule of any bureau. */
export const defaultAppraisalRules: AppraisalRules = {
  source: '权重、扣分系数和申诉期限是通鉴的默认值，不是民政局的规定；正式考核请以主管部门的办法为准',
  objectionDays: 5,
  items: [
    {
      ...{ code: 'timeliness', name: '报送及时', weight: '20', base: 'owed' },
      losses: [
        { count: 'overdue', factor: '1' },
        { count: 'late', factor: '0.5' },
      ],
    },
    {
      ...{ code: 'quality', name: '数据质量', weight: '20', base: 'reported' },
      losses: [
        { count: 'returned', factor: '0.5' },
        { count: 'corrected', factor: '0.5' },
        { count: 'contradictions', factor: '1' },
        { count: 'marks', factor: '0.5' },
      ],
    },
    {
      ...{ code: 'targets', name: '目标完成', weight: '40', base: 'targets' },
      losses: [
        { count: 'bindingMissed', factor: '1' },
        { count: 'expectedMissed', factor: '1' },
        { count: 'roughly', factor: '0.5' },
      ],
      cap: { count: 'bindingMissed', share: '0.5' },
    },
    {
      ...{ code: 'programme', name: '项目政策任务', weight: '10', base: 'undertakings' },
      losses: [
        { count: 'projectsBehind', factor: '1' },
        { count: 'policiesLate', factor: '1' },
        { count: 'tasksOverdue', factor: '1' },
      ],
    },
    {
      ...{ code: 'rectification', name: '整改', weight: '10', base: 'rectifications' },
      losses: [{ count: 'rectificationsLate', factor: '1' }],
    },
  ],
};
