import { Type } from '@sinclair/typebox';
import { defineEvent, type EventOf } from '../kernel/event.js';
import { streamName } from '../kernel/stream-name.js';

export const findingStream = (plan: string, id: string) => streamName('finding', plan, id);

export const findingSeverities = ['high', 'medium', 'low'] as const;
export const findingSubjects = ['plan', 'indicator', 'project', 'policy', 'promise', 'task'] as const;
export type FindingSubject = (typeof findingSubjects)[number];

const closed = { additionalProperties: false } as const;
const on = Type.String({ description: 'Day on which it happened (valid time), YYYY-MM-DD' });

export const FindingRaised = defineEvent({
  name: 'FindingRaised',
  label: '提出问题',
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
    },
    closed,
  ),
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
  meaning:
    'The content of the finding was amended for the reason in metadata; holds the whole new content. Answers and closing stay as they were',
  schema: FindingRaised.schema,
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

export const findingEvents = [FindingRaised, FindingAmended, FindingAnswered, FindingClosed, FindingWithdrawn] as const;
export type FindingEvent = EventOf<typeof findingEvents>;
