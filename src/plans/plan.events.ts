import { Type, type Static } from '@sinclair/typebox';
import { defineEvent, type EventOf } from '../kernel/event.js';
import { streamName } from '../kernel/stream-name.js';
import { translationsSchema } from './translations.js';
import { unitChangeEvents } from './unit-change.events.js';
import { unitLevels } from './unit-levels.js';
import { defaultEvaluationRules, evaluationRulesSchema } from './evaluation-rules.js';
import { publicationSchema } from './publication.js';
import { reportingRulesSchema } from './reporting-rules.js';
import { unlockedSchema, unlockSchema } from './unlocks.js';

export const planStream = (plan: string) => streamName('plan', plan);

const closed = { additionalProperties: false } as const;
const line = Type.Optional(Type.Integer({ minimum: 1, description: 'Line of the plan document' }));

/**
 * An assumption about a field (`field`) that the plan's text does not state. Pages and reports mark the field's value
 * as an assumption.
 */
export const assumptionSchema = Type.Object({ field: Type.String(), text: Type.String() }, closed);

const fiscalYearSchema = Type.Object(
  {
    firstMonth: Type.Integer({ minimum: 2, maximum: 12, description: 'Calendar month in which each year begins' }),
    namedAfter: Type.Union([Type.Literal('start'), Type.Literal('end')], {
      description: 'Whether a year has the number of the calendar year in which it starts or ends',
    }),
  },
  { ...closed, description: 'Years of the plan that begin in another month than January; periods are written FY2024' },
);

const moneySchema = Type.Object(
  { unit: Type.String({ description: 'A currency with its scale, such as 百万美元' }) },
  { ...closed, description: 'Unit of the amounts of projects; absent: 万元' },
);

/** What a plan says of itself. */
const draftSchema = Type.Object(
  {
    title: Type.String(),
    language: Type.Optional(
      Type.String({ description: 'BCP 47 tag of the language in which the plan is written; absent: zh-CN' }),
    ),
    translations: translationsSchema,
    territory: Type.String(),
    timeZone: Type.String(),
    startYear: Type.Integer(),
    endYear: Type.Integer(),
    fiscalYear: Type.Optional(fiscalYearSchema),
    money: Type.Optional(moneySchema),
    baseline: Type.String({ description: 'Period of the base values' }),
    midterm: Type.Optional(Type.String({ description: 'Period of the mid-term evaluation' })),
    assumptions: Type.Array(assumptionSchema),
    actionPlans: Type.Array(Type.Object({ code: Type.String(), name: Type.String(), line }, closed)),
    previousResults: Type.Array(
      Type.Object(
        {
          row: Type.String(),
          name: Type.String(),
          unit: Type.String(),
          value: Type.String(),
          line,
          note: Type.Optional(Type.String()),
        },
        closed,
      ),
    ),
    glossary: Type.Array(Type.Object({ term: Type.String(), gist: Type.String(), line }, closed)),
  },
  closed,
);

export const PlanDrafted = defineEvent({
  name: 'PlanDrafted',
  label: '建立规划',
  version: 2,
  meaning: 'A plan was created: title, years, time zone, glossary, previous results and assumptions',
  schema: draftSchema,
  example: {
    title: '丽水市民政事业发展“十四五”规划',
    territory: '丽水市',
    timeZone: 'Asia/Shanghai',
    startYear: 2021,
    endYear: 2025,
    baseline: '2020',
    midterm: '2022',
    assumptions: [],
    actionPlans: [{ code: 'P1', name: '山区养老融合推进计划', line: 163 }],
    previousResults: [{ row: '1', name: '每千名老年人拥有社会养老床位数', unit: '张', value: '60', line: 20 }],
    glossary: [{ term: '康养联合体', gist: '整合康复、护理人才的机构', line: 260 }],
  },
  upcasts: {
    // Version 2 only added the fiscal year, the unit of money, the language and the translations of the title.
    1: (data) => data,
  },
});

export const PlanAmended = defineEvent({
  name: 'PlanAmended',
  label: '规划修订',
  meaning:
    'What the plan says of itself changed: the whole of it as it is now, with the reason in the metadata; the time zone, the fiscal year and the unit of money never change',
  schema: draftSchema,
  example: { ...PlanDrafted.example, title: '丽水市民政事业发展“十四五”规划（修订）' },
});

export const PlanApproved = defineEvent({
  name: 'PlanApproved',
  label: '规划批准',
  meaning:
    'The named body approved the plan, optionally under a document number; again, after the approval was stated wrongly or the plan was amended',
  schema: Type.Object(
    {
      approvedBy: Type.String(),
      documentNumber: Type.Optional(Type.String()),
      approvedOn: Type.Optional(Type.String()),
    },
    closed,
  ),
  example: { approvedBy: '某市人民政府', documentNumber: '示例〔2021〕1号', approvedOn: '2021-06-30' },
});

const areaSchema = Type.Object(
  {
    code: Type.String(),
    name: Type.String(),
    translations: translationsSchema,
    actionPlan: Type.Optional(Type.String()),
    line,
  },
  closed,
);

export const AreaDefined = defineEvent({
  name: 'AreaDefined',
  label: '定义标杆区',
  version: 2,
  meaning: 'An area (标杆区) of the plan was defined; indicators are grouped by area',
  schema: areaSchema,
  example: { code: 'A1', name: '幸福颐养标杆区', actionPlan: 'P1', line: 164 },
  upcasts: {
    // Version 2 only added translations of the name.
    1: (data) => data,
  },
});

export const AreaAmended = defineEvent({
  name: 'AreaAmended',
  label: '修改标杆区',
  meaning: 'An area of the plan is described differently from now on: the whole of it as it is now',
  schema: areaSchema,
  example: { code: 'A1', name: '幸福养老标杆区', actionPlan: 'P1', line: 164 },
});

export const AreaRetired = defineEvent({
  name: 'AreaRetired',
  label: '取消标杆区',
  meaning: 'The plan has this area no more; its indicators belong to no area',
  schema: Type.Object({ code: Type.String() }, closed),
  example: { code: 'A4' },
});

const unitSchema = Type.Object(
  {
    code: Type.String(),
    name: Type.String(),
    translations: translationsSchema,
    bureau: Type.Optional(Type.String()),
    level: Type.Union(unitLevels.map((level) => Type.Literal(level))),
    parent: Type.Optional(Type.String()),
    from: Type.Optional(Type.String({ description: 'The unit’s first day; absent: since before the plan' })),
  },
  closed,
);

export const UnitEnrolled = defineEvent({
  name: 'UnitEnrolled',
  label: '纳入单位',
  version: 3,
  meaning:
    'A unit (in China by its GB/T 2260 code) takes part in the plan; a reference unit only supplies figures for comparison',
  schema: unitSchema,
  example: { code: '331102', name: '莲都区', bureau: '莲都区民政局', level: 'county', parent: '331100' },
  upcasts: {
    // Version 2 only added the level `national` and the first day.
    1: (data) => data,
    // Version 3 only added translations of the name.
    2: (data) => data,
  },
});

export const UnitAmended = defineEvent({
  name: 'UnitAmended',
  label: '更正单位',
  meaning:
    'A unit was enrolled with a mistake: the whole of it as it was from its first day on; what changes on a day is a change of the unit and no correction',
  schema: unitSchema,
  example: { ...UnitEnrolled.example, bureau: '莲都区民政和社会事业局' },
});

export const EvaluationRulesSet = defineEvent({
  name: 'EvaluationRulesSet',
  label: '设定评估规则',
  meaning: 'New evaluation rules (thresholds, index) apply from now on; earlier evaluations keep the rules they used',
  version: 3,
  schema: Type.Object({ version: Type.Integer({ minimum: 1 }), rules: evaluationRulesSchema }, closed),
  example: { version: 1, rules: defaultEvaluationRules },
  upcasts: {
    // Version 1 had no project rules: use the engine's default threshold for 资金超前.
    1: (data) => ({ ...data, rules: { ...(data.rules as object), projects: { moneyAhead: '20' } } }),
    // Version 3 added the margins of a limit. Without them nothing lies between met and missed, as before.
    2: (data) => data,
  },
});

export const ReportingRulesSet = defineEvent({
  name: 'ReportingRulesSet',
  label: '设定填报规则',
  meaning:
    'From now on figures are approved at these levels one after another; values that were never approved count or not; approved values are seen by all of the plan or not',
  schema: reportingRulesSchema,
  example: { approval: ['county', 'city'], unapproved: 'marked', visibility: 'plan' },
});

export const FiguresUnlocked = defineEvent({
  name: 'FiguresUnlocked',
  label: '解除锁定',
  meaning:
    'Locked figures of a unit and period can be corrected by whoever may correct, up to the end of a day; why is in the metadata',
  schema: unlockSchema,
  example: { unit: '331102', period: '2022', code: '02', until: '2023-09-15' },
});

export const UnlockingEnded = defineEvent({
  name: 'UnlockingEnded',
  label: '恢复锁定',
  meaning: 'An unlocking ended before its last day',
  schema: Type.Object(unlockedSchema, closed),
  example: { unit: '331102', period: '2022', code: '02' },
});

const days = Type.Optional(Type.Integer({ minimum: 0, maximum: 366 }));
const deadlinesSchema = Type.Object(
  {
    days: Type.Object(
      { A: days, S: days, Q: days, M: days },
      { ...closed, description: 'Days after the end of a period of each frequency by which its reports are due' },
    ),
    programme: Type.Optional(
      Type.Union(
        (['A', 'S', 'Q', 'M'] as const).map((frequency) => Type.Literal(frequency)),
        { description: 'How often projects, policies and tasks are reported; absent: in every period' },
      ),
    ),
  },
  closed,
);
/** Until when what happened in a period is to be reported. */
export type Deadlines = Static<typeof deadlinesSchema>;

export const DeadlinesSet = defineEvent({
  name: 'DeadlinesSet',
  label: '设定报送期限',
  meaning:
    'From now on reports are due so many days after the end of their period; what is overdue is computed from it',
  schema: deadlinesSchema,
  example: { days: { A: 45, S: 20, Q: 15 }, programme: 'S' },
});

export const PublicationSet = defineEvent({
  name: 'PublicationSet',
  label: '设定公开范围',
  meaning:
    'From now on these parts of published evaluations are public, besides the index, the main indicators at the unit of the plan and the overall verdict',
  schema: publicationSchema,
  example: { parts: ['judgements', 'projects'], indicators: ['01', '02'] },
});

export const PlanClosed = defineEvent({
  name: 'PlanClosed',
  label: '规划结束',
  meaning: 'The plan was closed: its figures can still be corrected, but nothing new can be defined or reported',
  schema: Type.Object({}, closed),
  example: {},
});

export const planEvents = [
  PlanDrafted,
  PlanAmended,
  PlanApproved,
  AreaDefined,
  AreaAmended,
  AreaRetired,
  UnitEnrolled,
  UnitAmended,
  ...unitChangeEvents,
  EvaluationRulesSet,
  ReportingRulesSet,
  FiguresUnlocked,
  UnlockingEnded,
  DeadlinesSet,
  PublicationSet,
  PlanClosed,
] as const;
export type PlanEvent = EventOf<typeof planEvents>;
