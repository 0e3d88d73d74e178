import { Type } from '@sinclair/typebox';
import { defineEvent, type EventOf } from '../kernel/event.js';
import { streamName } from '../kernel/stream-name.js';

export const promiseStream = (plan: string, id: string) => streamName('promise', plan, id);

/** How firmly the text speaks: 达到, 力争, 探索. */
export const commitments = ['firm', 'strive', 'exploratory'] as const;
export const comparators = ['=', '>=', '>', '<=', '<', '≈'] as const;

const text = Type.Optional(Type.String());

export const PromiseRecorded = defineEvent({
  name: 'PromiseRecorded',
  label: '登记承诺',
  meaning: 'A quantified or dated promise in the words of the plan, and the indicator or task by which it is followed',
  schema: Type.Object(
    {
      statement: Type.String(),
      section: text,
      indicator: Type.Optional(Type.String({ description: 'The indicator whose figures say whether it is kept' })),
      task: Type.Optional(Type.String({ description: 'The task whose state says so' })),
      period: Type.Optional(
        Type.String({ description: 'Period by whose end it is promised; none: the text is undated' }),
      ),
      comparator: Type.Optional(Type.Union(comparators.map((value) => Type.Literal(value)))),
      value: Type.Optional(Type.String({ description: 'As the text has it' })),
      unitOfMeasure: text,
      commitment: Type.Union(commitments.map((value) => Type.Literal(value))),
      repeats: Type.Boolean({ description: 'It says again what the main indicator table says' }),
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

export const promiseEvents = [PromiseRecorded] as const;
export type PromiseEvent = EventOf<typeof promiseEvents>;
