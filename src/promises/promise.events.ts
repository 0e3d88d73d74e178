import { Type } from '@sinclair/typebox';
import { defineEvent, type EventOf } from '../kernel/event.js';
import { streamName } from '../kernel/stream-name.js';

export const promiseStream = (plan: string, id: string) => streamName('promise', plan, id);

/** Strength of the commitment: `firm` 达到, `strive` 力争, `exploratory` 探索. */
export const commitments = ['firm', 'strive', 'exploratory'] as const;
export const comparators = ['=', '>=', '>', '<=', '<', '≈'] as const;

const text = Type.Optional(Type.String());

export const PromiseRecorded = defineEvent({
  name: 'PromiseRecorded',
  label: '登记规划任务目标',
  meaning: 'A quantified or dated promise of the plan’s text was recorded, with the indicator or task that tracks it',
  schema: Type.Object(
    {
      statement: Type.String(),
      section: text,
      indicator: Type.Optional(
        Type.String({ description: 'Indicator whose figures decide whether the promise is kept' }),
      ),
      task: Type.Optional(Type.String({ description: 'Task whose state decides whether the promise is kept' })),
      period: Type.Optional(
        Type.String({ description: 'Period by whose end the promise is due; absent if the text states none' }),
      ),
      comparator: Type.Optional(Type.Union(comparators.map((value) => Type.Literal(value)))),
      value: Type.Optional(Type.String({ description: 'Value as written in the text' })),
      unitOfMeasure: text,
      commitment: Type.Union(commitments.map((value) => Type.Literal(value))),
      repeats: Type.Boolean({ description: 'The promise repeats a target of the main indicator table' }),
      note: text,
      line: Type.Optional(Type.Integer({ minimum: 1 })),
    },
    { additionalProperties: false },
  ),
  example: {
    statement: '到2025年智慧养老院不少于20家',
    section: '创新智慧养老服务模式',
    indicator: 'T09',
    period: '2025',
    comparator: '>=',
    value: '20',
    unitOfMeasure: '家',
    commitment: 'firm',
    repeats: false,
    line: 175,
  },
});

export const PromiseAmended = defineEvent({
  name: 'PromiseAmended',
  label: '修改规划任务目标',
  meaning: 'The content of the promise was amended for the reason in metadata; holds the whole new content',
  schema: PromiseRecorded.schema,
  example: { ...PromiseRecorded.example, statement: '到2025年智慧养老院不少于25家', value: '25' },
});

export const PromiseWithdrawn = defineEvent({
  name: 'PromiseWithdrawn',
  label: '撤销规划任务目标',
  meaning: 'The promise was withdrawn for the reason in metadata. It is not judged any more, whatever the period',
  schema: Type.Object({}, { additionalProperties: false }),
  example: {},
});

export const promiseEvents = [PromiseRecorded, PromiseAmended, PromiseWithdrawn] as const;
export type PromiseEvent = EventOf<typeof promiseEvents>;
