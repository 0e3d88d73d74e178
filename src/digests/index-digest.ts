import { Decimal } from '../assessment/decimals.js';
import type { CompositeIndex } from '../assessment/composite-index.js';
import type { Translations } from '../kernel/language.js';
import type { OverviewNow } from '../overview/overview-later.js';
import type { IndexedPlan } from '../overview/overview.js';
import { judgedUnits } from '../plans/plan.projection.js';

/** An index with its coverage, which must always be shown together. */
export interface IndexValueDigest {
  /** Absent if no indicator has a score. */
  readonly value?: string;
  /** Share of the weights with a score, percent. */
  readonly coverage: string;
  /** Codes of red 约束性 indicators (约束性指标一票否决). */
  readonly vetoed: readonly string[];
}

export interface IndexPoint extends IndexValueDigest {
  readonly period: string;
}

export interface AreaIndex extends IndexValueDigest {
  readonly area: string;
  readonly name: string;
  readonly translations?: Translations;
}

export interface UnitValue {
  readonly unit: string;
  readonly name: string;
  readonly value: string;
}

export interface IndexDigest extends IndexValueDigest {
  /** The highest index that the rules allow. */
  readonly cap: string;
  /** Whether a red 约束性 indicator vetoes. */
  readonly bindingVeto: boolean;
  /** Codes of the indicators that have a score. */
  readonly scored: readonly string[];
  /** Codes of the indicators that apply and have none, so that they lower the coverage. */
  readonly unscored: readonly string[];
  /** The years of the plan that have begun. */
  readonly line: readonly IndexPoint[];
  /** Among the units with the same unit above; equal values share a place. */
  readonly rank?: { readonly place: number; readonly of: number; readonly best: UnitValue };
  /** Of the units below; absent if fewer than two of them have an index. */
  readonly below?: { readonly best: UnitValue; readonly worst: UnitValue };
}

export const indexValue = ({ value, coverage, vetoed }: CompositeIndex): IndexValueDigest => ({
  ...(value !== undefined && { value }),
  coverage,
  vetoed,
});

export function indexDigest(overview: OverviewNow, unit: string, years: readonly IndexedPlan[]): IndexDigest {
  const { rules } = overview.rules;
  const { index } = overview.indexes.find((each) => each.unit === unit)!;
  const scored = index.contributions.map(({ indicator }) => indicator);
  const applicable = overview.indicators.filter(({ cells }) =>
    cells.some((cell) => cell.unit === unit && cell.assessment.status !== 'not-applicable'),
  );
  const parent = overview.units.find(({ code }) => code === unit)?.parent;
  const peers = parent === undefined ? [] : ranked(overview, parent);
  const below = ranked(overview, unit);
  const own = peers.find((each) => each.unit === unit);
  return {
    ...indexValue(index),
    ...{ cap: rules.index.cap, bindingVeto: rules.index.bindingVeto, scored },
    unscored: applicable.map(({ code }) => code).filter((code) => !scored.includes(code)),
    line: years.flatMap(({ period, indexes }) => {
      const found = indexes.find((each) => each.unit === unit);
      return found ? [{ period, ...indexValue(found.index) }] : [];
    }),
    ...(own && peers.length > 1 && { rank: { place: placeOf(own, peers), of: peers.length, best: peers[0]! } }),
    ...(below.length > 1 && { below: { best: below[0]!, worst: below.at(-1)! } }),
  };
}

export function areaIndexes({ areas, indexes }: OverviewNow, unit: string): AreaIndex[] {
  const { byArea } = indexes.find((each) => each.unit === unit)!;
  return areas.map(({ code, name, translations }) => ({
    ...{ area: code, name, ...(translations && { translations }) },
    ...indexValue(byArea.find(({ area }) => area === code)!.index),
  }));
}

/** The units directly below one that have an index, highest first. */
function ranked({ units, indexes }: OverviewNow, parent: string): UnitValue[] {
  return judgedUnits({ units })
    .filter((unit) => unit.parent === parent)
    .flatMap(({ code, name }) => {
      const value = indexes.find(({ unit }) => unit === code)?.index.value;
      return value === undefined ? [] : [{ unit: code, name, value }];
    })
    .toSorted((a, b) => new Decimal(b.value).comparedTo(a.value));
}

const placeOf = ({ value }: UnitValue, peers: readonly UnitValue[]): number =>
  1 + peers.filter((peer) => new Decimal(peer.value).gt(value)).length;
