import type { TrailEntry } from '../audit/trail-entry.js';
import type { IndexedPlan } from '../overview/overview.js';
import { planStream } from '../plans/plan.events.js';
import { unitChangeEvents } from '../plans/unit-change.events.js';
import type { Between } from './between.js';
import type { Difference } from './difference.js';

const unitChanges: ReadonlySet<string> = new Set([
  ...unitChangeEvents.map(({ name }) => name),
  'UnitEnrolled',
  'UnitAmended',
]);
/** What a unit is called moves no number. */
const isRenaming = ({ type }: TrailEntry) => type === 'UnitRenamed';
export const withoutRenamings = (difference: Difference): Difference => ({
  ...difference,
  because: difference.because.filter((entry) => !isRenaming(entry)),
});

/** The events about the units of a plan that may move a number. */
export const rearranging = (plan: string, between: Between) =>
  between([planStream(plan)], (entry) => unitChanges.has(entry.type) && !isRenaming(entry));

const names = ({ data: { code, units, into } }: TrailEntry, unit: string): boolean =>
  [code, units, into].flat().includes(unit);

/** The units that only one state has, or that have another name or another unit above. */
export async function unitsDifferences(left: IndexedPlan, right: IndexedPlan, between: Between): Promise<Difference[]> {
  const of = ({ units }: IndexedPlan, code: string) => {
    const unit = units.find((each) => each.code === code);
    return unit && `${unit.name}${unit.parent === undefined ? '' : `（上级 ${unit.parent}）`}`;
  };
  const differences = [...new Set([...left.units, ...right.units].map(({ code }) => code))].flatMap((unit) => {
    const [from, to] = [of(left, unit), of(right, unit)];
    return from === to ? [] : [{ aspect: 'units' as const, unit, from, to }];
  });
  if (differences.length === 0) return [];
  const events = await between([planStream(left.plan.plan)], ({ type }) => unitChanges.has(type));
  return differences.map((difference) => {
    const own = events.filter((event) => names(event, difference.unit));
    // A withdrawal names one of the units that the change concerned.
    return { ...difference, because: own.length > 0 ? own : events };
  });
}
