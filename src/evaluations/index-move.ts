import type { Trail } from '../audit/trail.js';
import type { TrailEntry } from '../audit/trail-entry.js';
import type { EventLog } from '../kernel/event-log.js';
import { parsePeriod } from '../kernel/period.js';
import type { AsOf } from '../kernel/versioned-store.js';
import { composeIndexed, type IndexedPlan } from '../overview/overview.js';
import type { OpenReader } from '../overview/plan-readers.js';
import { reasonsByIndicator } from './comparison.js';
import { causedBy, indexChange, joined, type IndexChange, type IndexScope, type IndexSide } from './index-change.js';

/** What moved an index, with the events behind each indicator's part. */
export interface IndexMove extends Omit<IndexChange, 'parts' | 'from' | 'to'> {
  readonly plan: string;
  readonly title: string;
  readonly unitName: string;
  readonly from: IndexSide & { readonly asOf?: string };
  readonly to: IndexSide & { readonly asOf?: string };
  readonly parts: readonly (IndexChange['parts'][number] & {
    /** The events known on one side and not on the other, oldest first. */
    readonly because: readonly TrailEntry[];
  })[];
  readonly demo: boolean;
}

/** A period as known at a moment. */
export interface IndexMoment {
  readonly period: string;
  readonly asOf: AsOf;
}

/**
 * What moved an index between two periods, two moments, or both: first the period, as it was known at the earlier
 * question's moment; then the units, as they are known since; and then what else became known. A step to a state without
 * an index is taken together with the next one.
 */
export async function indexMove(
  { open, log }: { readonly open: OpenReader; readonly log: EventLog },
  trail: Trail,
  [from, to]: readonly [IndexMoment, IndexMoment],
  { plan, ...scope }: IndexScope & { readonly plan: string },
): Promise<IndexMove> {
  const { unit } = scope;
  const before = await open(plan, from.asOf);
  const after = await open(plan, to.asOf);
  const first = await composeIndexed(before, parsePeriod(from.period), unit);
  const last = await composeIndexed(after, parsePeriod(to.period), unit);
  const between = from.period === to.period ? first : await composeIndexed(before, parsePeriod(to.period), unit);
  const rearranged = before.withUnitsOf(after);
  const renewed = rearranged === before ? between : await composeIndexed(rearranged, parsePeriod(to.period), unit);
  const change = inSteps({ first, between, renewed, last }, scope);
  const sides = [
    { asOf: from.asOf, state: between },
    { asOf: to.asOf, state: last },
  ] as const;
  const codes = change.parts.map(({ indicator }) => indicator);
  const reasons = await reasonsByIndicator(sides, { unit, codes }, trail, log);
  const moment = ({ asOf: { knownAt } }: IndexMoment) => (knownAt === undefined ? {} : { asOf: knownAt });
  return {
    ...change,
    plan,
    title: last.plan.title,
    unitName: last.units.find(({ code }) => code === unit)?.name ?? unit,
    from: { ...change.from, ...moment(from) },
    to: { ...change.to, ...moment(to) },
    parts: change.parts.map((part) => ({ ...part, because: reasons.get(part.indicator) ?? [] })),
    demo: first.demo || last.demo,
  };
}

interface States {
  readonly first: IndexedPlan;
  /** The later period, as known at the earlier moment. */
  readonly between: IndexedPlan;
  /** The same with the units as known at the later moment. */
  readonly renewed: IndexedPlan;
  readonly last: IndexedPlan;
}

function inSteps({ first, between, renewed, last }: States, scope: IndexScope): IndexChange {
  const changes: IndexChange[] = [];
  let start = first;
  for (const state of [between, renewed, last]) {
    if (state === start) continue;
    const change = indexChange(start, state, scope);
    if (state !== last && change.change === undefined) continue;
    changes.push(state === renewed && start === between ? causedBy('units', change) : change);
    start = state;
  }
  return changes.reduce(joined);
}
