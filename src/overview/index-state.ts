import type { CompositeIndex } from '../assessment/composite-index.js';
import type { AsOf } from '../kernel/versioned-store.js';
import type { IndexedPlan } from './overview.js';

interface IndexValue {
  readonly name: string;
  /** Absent where no indicator has a score. */
  readonly value?: string;
  /** Percent of the weights that have a score; a value is never to be shown without it. */
  readonly coverage: string;
  /** Red 约束性 indicators (否决). */
  readonly vetoed: readonly string[];
}

/** The index of a plan, of each unit and each of its areas. */
export interface IndexState {
  readonly plan: string;
  readonly title: string;
  readonly period: string;
  readonly asOf?: string;
  readonly atPosition?: string;
  /** On whose authority the thresholds and scores stand. */
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
