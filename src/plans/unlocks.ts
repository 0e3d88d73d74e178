import { Type, type Static } from '@sinclair/typebox';
import type { RecordedEvent } from '../kernel/event.js';
import { liesWithin, parsePeriod } from '../kernel/period.js';

const closed = { additionalProperties: false } as const;

/** The figures that an unlocking is about: those of a unit in a period, of one indicator or of all. */
export const unlockedSchema = {
  unit: Type.String(),
  period: Type.String({ description: 'The period, and every shorter one within it' }),
  code: Type.Optional(Type.String({ description: 'Code of the indicator; absent: all of them' })),
};
export const unlockSchema = Type.Object(
  { ...unlockedSchema, until: Type.String({ description: 'The last day of it, in the plan’s time zone' }) },
  closed,
);

export type Unlocked = Pick<Static<typeof unlockSchema>, 'unit' | 'period' | 'code'>;

/** An unlocking: who opened which figures, why, and until which day. */
export interface Unlock extends Unlocked {
  readonly until: string;
  readonly by: { readonly id: string; readonly name: string };
  readonly knownAt: string;
  readonly reason?: string;
}

const isSame = (a: Unlocked, b: Unlocked) => a.unit === b.unit && a.period === b.period && a.code === b.code;

/** What an event of an unlocking says. */
export function unlockOf(
  { metadata: { actor, reason }, knownAt }: Pick<RecordedEvent, 'metadata' | 'knownAt'>,
  data: Static<typeof unlockSchema>,
): Unlock {
  return { ...data, by: { id: actor.id, name: actor.name }, knownAt, ...(reason !== undefined && { reason }) };
}

export const without = (unlocks: readonly Unlock[] = [], unlocked: Unlocked): Unlock[] =>
  unlocks.filter((each) => !isSame(each, unlocked));

export const sameUnlock = (unlocks: readonly Unlock[], unlocked: Unlocked): Unlock | undefined =>
  unlocks.find((each) => isSame(each, unlocked));

/** The unlocking that is in force on a day for a figure, the one that ends last. */
export function unlockFor(
  unlocks: readonly Unlock[] = [],
  figure: { readonly unit: string; readonly period: string; readonly code: string },
  day: string,
): Unlock | undefined {
  const period = parsePeriod(figure.period);
  return unlocks
    .filter(
      (each) =>
        each.unit === figure.unit &&
        (each.code ?? figure.code) === figure.code &&
        each.until >= day &&
        liesWithin(period, parsePeriod(each.period)),
    )
    .toSorted((a, b) => (a.until < b.until ? 1 : -1))[0];
}
