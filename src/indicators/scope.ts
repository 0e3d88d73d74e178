import { endInYears, parsePeriod, type Period } from '../kernel/period.js';

/** Whether an indicator applies to a unit and the units below it, from a period on. */
export interface Scope {
  readonly unit: string;
  readonly applies: boolean;
  /** Absent: all periods. */
  readonly fromPeriod?: string;
}

/** The scopes after one was set: one for each unit and period, ordered by period. */
export function withScope(scopes: readonly Scope[], set: Scope): Scope[] {
  const others = scopes.filter(({ unit, fromPeriod }) => unit !== set.unit || fromPeriod !== set.fromPeriod);
  return [...others, set].sort((a, b) => begin(a) - begin(b));
}

/** Whether an indicator applies to a unit in a period; `above` gives the units above it, nearest first. */
export function applies(
  scopes: readonly Scope[],
  unit: string,
  above: () => readonly string[],
  period: Period,
): boolean {
  // Most indicators apply to all units.
  if (scopes.length === 0) return true;
  for (const code of [unit, ...above()]) {
    const last = scopes.findLast((scope) => scope.unit === code && begin(scope) <= endInYears(period));
    if (last) return last.applies;
  }
  return true;
}

const begin = ({ fromPeriod }: Scope) => (fromPeriod === undefined ? 0 : endInYears(parsePeriod(fromPeriod)));
