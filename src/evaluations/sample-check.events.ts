import { Type } from '@sinclair/typebox';
import { defineEvent } from '../kernel/event.js';

/** 属实 · 须更正 · 无依据 */
export const checkOutcomes = ['confirmed', 'corrected', 'unsupported'] as const;
export type CheckOutcome = (typeof checkOutcomes)[number];

export const SampledFigureChecked = defineEvent({
  name: 'SampledFigureChecked',
  label: '核对抽查数据',
  meaning:
    'A figure of a snapshot was checked against its sources: the value is confirmed, is to be corrected, or nothing supports it. It replaces an earlier check of the figure, which stays readable',
  schema: Type.Object(
    {
      snapshot: Type.Integer({ minimum: 1 }),
      code: Type.String(),
      unit: Type.String(),
      period: Type.String(),
      outcome: Type.Union(checkOutcomes.map((value) => Type.Literal(value))),
      found: Type.Optional(Type.String({ description: 'The value by the sources, where it is another one' })),
    },
    { additionalProperties: false },
  ),
  example: { snapshot: 1, code: '02', unit: '331102', period: '2022', outcome: 'corrected', found: '54.2' },
});

export type SampleCheck = (typeof SampledFigureChecked)['example'];
