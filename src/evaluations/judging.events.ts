import { Type } from '@sinclair/typebox';
import { defineEvent } from '../kernel/event.js';

const closed = { additionalProperties: false } as const;
const number = Type.Integer({ minimum: 1 });
const literals = <Value extends string>(values: readonly Value[]) =>
  Type.Union(values.map((value) => Type.Literal(value)));

/** 自评 · 主管部门 · 第三方 · 专家组 · 公众 */
export const standings = ['self', 'authority', 'third-party', 'experts', 'public'] as const;
export type AssessorStanding = (typeof standings)[number];

const judged = {
  scale: Type.String(),
  step: Type.String(),
  points: Type.Optional(Type.String({ description: 'On a scale of points' })),
  ground: Type.String({ description: 'Why' }),
};

export const VerdictGiven = defineEvent({
  name: 'VerdictGiven',
  label: '作出评估判断',
  meaning: 'An assessor judged an item of the evaluation on a scale, with a written ground',
  schema: Type.Object({ number, item: Type.String(), standing: literals(standings), ...judged }, closed),
  example: {
    ...{ number: 1, item: 'indicator/05/331102', standing: 'third-party', scale: 'five', step: 'behind' },
    ground: '实地核查，3 项尚未联办',
  },
});

export const VerdictRevised = defineEvent({
  name: 'VerdictRevised',
  label: '修改评估判断',
  meaning: 'The assessor replaced a verdict, and says why; the earlier one stays readable',
  schema: Type.Object({ verdict: number, ...judged }, closed),
  example: { verdict: 1, scale: 'five', step: 'nearly', ground: '补充材料证明 2 项已联办' },
});

export const VerdictWithdrawn = defineEvent({
  name: 'VerdictWithdrawn',
  label: '撤回评估判断',
  meaning: 'The assessor withdrew a verdict, and says why; it stays readable and does not count',
  schema: Type.Object({ verdict: number }, closed),
  example: { verdict: 1 },
});

export const ItemConcluded = defineEvent({
  name: 'ItemConcluded',
  label: '作出评估结论',
  meaning: 'The lead of the evaluation concluded on an item; it replaces an earlier conclusion, which stays readable',
  schema: Type.Object({ item: Type.String(), ...judged }, closed),
  example: { item: 'indicator/05/331102', scale: 'five', step: 'nearly', ground: '以补充核查的结果为准' },
});

export const SurveyRecorded = defineEvent({
  name: 'SurveyRecorded',
  label: '登记满意度调查',
  meaning: 'A survey of the public’s satisfaction was recorded as it was published',
  schema: Type.Object(
    {
      number,
      question: Type.String(),
      on: Type.String(),
      population: Type.String(),
      method: Type.String(),
      n: Type.Integer({ minimum: 1 }),
      share: Type.String({ description: 'Share of the satisfied in percent' }),
      deff: Type.Optional(Type.String({ description: 'Design effect; 1 if absent' })),
    },
    closed,
  ),
  example: {
    ...{ number: 1, question: '您对本地养老服务是否满意？', on: '2023-06-15', population: '60 岁以上户籍老人' },
    ...{ method: '分层随机入户', n: 1200, share: '87.3', deff: '1.5' },
  },
});

export const LessonRecorded = defineEvent({
  name: 'LessonRecorded',
  label: '记录经验做法',
  meaning: 'The evaluation recorded a practice that is worth repeating',
  schema: Type.Object({ number, text: Type.String(), unit: Type.Optional(Type.String()) }, closed),
  example: { number: 1, text: '以村为单位结对帮扶', unit: '331123' },
});

/** Whether the plan should be adjusted, and what of it. */
export const adjustments = ['none', 'target', 'indicator', 'task', 'project', 'other'] as const;

export const AdjustmentAdvised = defineEvent({
  name: 'AdjustmentAdvised',
  label: '提出调整意见',
  meaning: 'The evaluation advised whether and how to adjust the plan',
  schema: Type.Object({ number, adjustment: literals(adjustments), text: Type.String() }, closed),
  example: { number: 1, adjustment: 'target', text: '适当上调机构床位的目标' },
});

export const statements = ['survey', 'lesson', 'adjustment'] as const;
export type StatementKind = (typeof statements)[number];

export const StatementWithdrawn = defineEvent({
  name: 'StatementWithdrawn',
  label: '撤回评估记载',
  meaning: 'A survey, a lesson or an advice on adjusting the plan was withdrawn with a reason; it stays readable',
  schema: Type.Object({ kind: literals(statements), number }, closed),
  example: { kind: 'survey', number: 1 },
});

export const judgingEvents = [
  VerdictGiven,
  VerdictRevised,
  VerdictWithdrawn,
  ItemConcluded,
  SurveyRecorded,
  LessonRecorded,
  AdjustmentAdvised,
  StatementWithdrawn,
] as const;
