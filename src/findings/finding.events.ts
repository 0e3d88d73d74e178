import { Type } from '@sinclair/typebox';
import { defineEvent, type EventOf } from '../kernel/event.js';
import type { JsonObject } from '../kernel/json.js';
import { streamName } from '../kernel/stream-name.js';

export const findingStream = (plan: string, id: string) => streamName('finding', plan, id);

export const findingSeverities = ['high', 'medium', 'low'] as const;
export const findingSubjects = ['plan', 'indicator', 'project', 'policy', 'promise', 'task'] as const;
export type FindingSubject = (typeof findingSubjects)[number];

const closed = { additionalProperties: false } as const;
const on = Type.String({ description: 'Day on which it happened (valid time), YYYY-MM-DD' });
const day = (description: string) => Type.String({ description: `${description}, YYYY-MM-DD` });
/** A finding had no grounds in version 1. */
const upcasts = { 1: (data: JsonObject) => data };

export const FindingRaised = defineEvent({
  name: 'FindingRaised',
  label: '提出问题',
  version: 2,
  meaning:
    'A problem of the plan, an indicator, a project, a policy, a promise or a task was raised, outside any evaluation',
  schema: Type.Object(
    {
      severity: Type.Union(findingSeverities.map((value) => Type.Literal(value))),
      subjectType: Type.Union(findingSubjects.map((value) => Type.Literal(value))),
      subject: Type.Optional(
        Type.String({ description: 'Code or id of the subject; absent if the finding is about the plan itself' }),
      ),
      title: Type.String(),
      detail: Type.Optional(Type.String()),
      lines: Type.Array(Type.Integer({ minimum: 1 }), { description: 'Lines of the plan document' }),
      grounds: Type.Optional(
        Type.Array(Type.String(), {
          description: 'What the finding rests on: figures, things of the plan, cells of snapshots, see `groundForm`',
        }),
      ),
    },
    closed,
  ),
  upcasts,
  example: {
    severity: 'high',
    subjectType: 'promise',
    subject: 'T36',
    title: '农村社区服务覆盖率目标低于基数',
    detail: '十三五表2020年已达93%，正文2025年目标为80%以上',
    lines: [48, 200],
  },
});

export const FindingAmended = defineEvent({
  name: 'FindingAmended',
  label: '修改问题',
  version: 2,
  meaning:
    'The content of the finding was amended for the reason in metadata; holds the whole new content. Answers and closing stay as they were',
  schema: FindingRaised.schema,
  upcasts,
  example: { ...FindingRaised.example, severity: 'medium' },
});

export const FindingAnswered = defineEvent({
  name: 'FindingAnswered',
  label: '答复问题',
  meaning: 'The responsible unit answered the finding or reported what it did about it',
  schema: Type.Object({ on, text: Type.String() }, closed),
  example: { on: '2022-03-15', text: '两处口径不同，已在年度监测中分别列示' },
});

export const FindingClosed = defineEvent({
  name: 'FindingClosed',
  label: '办结问题',
  meaning: 'The finding was closed; the text says whether it was corrected, explained or left unchanged',
  schema: Type.Object({ on, text: Type.String() }, closed),
  example: { on: '2023-07-20', text: '中期评估已按93%为基数重述' },
});

export const FindingWithdrawn = defineEvent({
  name: 'FindingWithdrawn',
  label: '撤销问题',
  meaning: 'The finding, raised by mistake, was withdrawn for the reason in metadata; answers and closing are kept',
  schema: Type.Object({}, closed),
  example: {},
});

export const FindingAssigned = defineEvent({
  name: 'FindingAssigned',
  label: '交办整改',
  meaning:
    'The finding was assigned to a unit, which is to rectify it by a day. A later one hands it to another unit, for the reason in metadata',
  schema: Type.Object({ on, owner: Type.String(), dueOn: day('Last day on which the work is in time') }, closed),
  example: { on: '2023-07-03', owner: '331102', dueOn: '2023-09-30' },
});

export const FindingDueMoved = defineEvent({
  name: 'FindingDueMoved',
  label: '调整整改期限',
  meaning: 'The due day of the rectification was moved for the reason in metadata',
  schema: Type.Object({ from: day('The due day before'), to: day('The due day from now on') }, closed),
  example: { from: '2023-09-30', to: '2023-10-31' },
});

export const MeasuresReported = defineEvent({
  name: 'MeasuresReported',
  label: '报送整改情况',
  meaning: 'The owner reported what was done about the finding, with evidence in metadata; it waits for acceptance',
  schema: Type.Object({ on, text: Type.String({ description: 'The measures' }) }, closed),
  example: { on: '2023-09-12', text: '已按同一口径重述，附表加列合计' },
});

export const MeasuresAccepted = defineEvent({
  name: 'MeasuresAccepted',
  label: '验收整改',
  meaning: 'Somebody else than those who did the work accepted what was last reported',
  schema: Type.Object({ on, text: Type.Optional(Type.String()) }, closed),
  example: { on: '2023-09-18', text: '附表与正文一致' },
});

export const MeasuresSentBack = defineEvent({
  name: 'MeasuresSentBack',
  label: '退回整改',
  meaning: 'What was last reported, or accepted, was sent back to the owner for the reason in metadata',
  schema: Type.Object({ on }, closed),
  example: { on: '2023-09-18' },
});

/** The steps of a 整改, from its assignment on. A finding that was assigned is closed only after them. */
export const rectificationEvents = [
  FindingAssigned,
  FindingDueMoved,
  MeasuresReported,
  MeasuresAccepted,
  MeasuresSentBack,
] as const;
export type RectificationEvent = EventOf<typeof rectificationEvents>;

export const findingEvents = [
  FindingRaised,
  FindingAmended,
  FindingAnswered,
  FindingClosed,
  FindingWithdrawn,
  ...rectificationEvents,
] as const;
export type FindingEvent = EventOf<typeof findingEvents>;
