import { Type } from '@sinclair/typebox';
import { defineEvent } from '../kernel/event.js';
import { translationsSchema } from './translations.js';

const closed = { additionalProperties: false } as const;
const on = Type.String({ description: 'The first day of the new state, in the plan’s time zone' });
const codes = Type.Array(Type.String(), { minItems: 1 });

export const UnitRenamed = defineEvent({
  name: 'UnitRenamed',
  label: '单位更名',
  version: 2,
  meaning:
    'A unit has another name from a day on; earlier periods keep the name of their time, also in other languages',
  schema: Type.Object({ code: Type.String(), name: Type.String(), translations: translationsSchema, on }, closed),
  example: { code: '331127', name: '景宁畲族自治县', on: '2022-07-01' },
  upcasts: {
    // Version 2 only added translations of the name.
    1: (data) => data,
  },
});

export const UnitMoved = defineEvent({
  name: 'UnitMoved',
  label: '单位改隶',
  meaning: 'A unit belongs to another unit from a day on; sums of earlier periods keep the units of their time',
  schema: Type.Object({ code: Type.String(), parent: Type.String(), on }, closed),
  example: { code: '331127', parent: '331100', on: '2022-07-01' },
});

export const UnitsMerged = defineEvent({
  name: 'UnitsMerged',
  label: '单位合并',
  meaning: 'Units were merged: into one of them, or into a new unit; the others exist no more from that day on',
  schema: Type.Object({ units: codes, into: Type.String(), on }, closed),
  example: { units: ['331123', '331124'], into: '331128', on: '2023-07-01' },
});

export const UnitSplit = defineEvent({
  name: 'UnitSplit',
  label: '单位拆分',
  meaning: 'A unit was split into several; unless it is one of them, it exists no more from that day on',
  schema: Type.Object({ code: Type.String(), into: codes, on }, closed),
  example: { code: '331102', into: ['331102', '331129'], on: '2024-01-01' },
});

export const UnitEnded = defineEvent({
  name: 'UnitEnded',
  label: '单位撤销',
  meaning:
    'A unit exists no more from a day on, without a successor in the plan; it is in sums of earlier periods only',
  schema: Type.Object({ code: Type.String(), on }, closed),
  example: { code: '331129', on: '2025-01-01' },
});

/** What a change of a unit is about. */
export const unitChangeAspects = ['name', 'parent', 'territory'] as const;

export const UnitChangeWithdrawn = defineEvent({
  name: 'UnitChangeWithdrawn',
  label: '撤回单位变更',
  meaning:
    'A change of a unit was entered by mistake and never took place: its renaming, its move, or the merger, split or end on that day',
  schema: Type.Object(
    { code: Type.String(), on, change: Type.Union(unitChangeAspects.map((aspect) => Type.Literal(aspect))) },
    closed,
  ),
  example: { code: '331123', on: '2023-07-01', change: 'territory' },
});

export const unitChangeEvents = [
  UnitRenamed,
  UnitMoved,
  UnitsMerged,
  UnitSplit,
  UnitEnded,
  UnitChangeWithdrawn,
] as const;
