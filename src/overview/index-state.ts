import type { CompositeIndex } from '../assessment/composite-index.js';
import type { AsOf } from '../kernel/versioned-store.js';
import type { IndexedPlan } from './overview.js';

interface IndexValue {
  readonly name: string;
  /** Absent if no indicator has a score. */
  readonly value?: string;
  /** Share of the weights with a score, percent. Must always be shown together with the value. */
  readonly coverage: string;
  /** Codes of red 约束性 indicators (否决). */
  readonly vetoed: readonly string[];
}

/** The index of each unit of a plan, in total and by area. */
export interface IndexState {
  readonly plan: string;
  readonly title: string;
  readonly period: string;
  readonly asOf?: string;
  readonly atPosition?: string;
  /** Source of the thresholds and scores. */
  readonly source: string;
  readonly units: readonly (IndexValue & {
    readonly unit: string;
    readonly areas: readonly (IndexValue & { readonly area: string })[];
  })[];
  readonly demo: boolean;
}

export function indexState(
  { plan, period, rules, areas, units, indexes, demo }: IndexedPlan,
  { knownAt, position }: AsOf,
): IndexState {
  const of = (name: string, { value, coverage, vetoed }: CompositeIndex): IndexValue => ({
    name,
    ...(value !== undefined && { value }),
    coverage,
    vetoed,
  });
  const named = (list: readonly { code: string; name: string }[], code: string) =>
    list.find((each) => each.code === code)?.name ?? code;
  return {
    ...{ plan: plan.plan, title: plan.title, period, source: rules.rules.source, demo },
    ...(knownAt !== undefined && { asOf: knownAt }),
    ...(position !== undefined && { atPosition: position }),
    units: indexes.map(({ unit, index, byArea }) => ({
      unit,
      ...of(named(units, unit), index),
      areas: byArea.map(({ area, index: own }) => ({ area, ...of(named(areas, area), own) })),
    })),
  };
}
