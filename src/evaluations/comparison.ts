import { isDeepStrictEqual } from 'node:util';
import { currentMethod } from '../assessment/method.js';
import { concludedIn } from '../attribution/attribution.js';
import type { Trail } from '../audit/trail.js';
import type { TrailEntry } from '../audit/trail-entry.js';
import { indicatorStream } from '../indicators/indicator.events.js';
import type { EventLog } from '../kernel/event-log.js';
import type { AsOf } from '../kernel/versioned-store.js';
import type { IndexedPlan, Overview } from '../overview/overview.js';
import { moneyUnit } from '../plans/money.js';
import { planStream } from '../plans/plan.events.js';
import { thresholdIn, thresholds, thresholdWords } from '../plans/thresholds.js';
import { attributeDifferences, planDifferences } from './amended.js';
import { betweenReader, together, type Between } from './between.js';
import { cellDifferences, type Facts } from './cell-differences.js';
import type { Aspect, Difference } from './difference.js';
import { originsIn, type Origins } from './origins.js';
import { programmeDifferences } from './programme-differences.js';
import type { Pair } from './sides.js';
import { isTaken, type Takeable } from './taken-over.js';
import { unitsDifferences, withoutRenamings } from './unit-differences.js';

/** One of the two states compared: what was concluded, and as of when. */
export interface Side {
  readonly label: string;
  readonly asOf: AsOf;
  readonly overview: Overview;
  /** The method by which the overview was computed, by default the current one. */
  readonly method?: number;
}

export interface Comparison {
  readonly left: { readonly label: string; readonly period: string };
  readonly right: { readonly label: string; readonly period: string };
  readonly differences: readonly Difference[];
}

/** Compares two states that a reader named. */
export async function comparePair(
  { labels, states, methods, documents, only }: Pair,
  trail: Trail,
  log: EventLog,
): Promise<Comparison> {
  const [left, right] = await Promise.all(
    states.map(async (state, at): Promise<Side> => {
      const overview = await concludedIn(documents, state);
      return { label: labels[at]!, asOf: state.documents, overview, method: methods[at]! };
    }),
  );
  return compare(left!, right!, trail, log, only);
}

/**
 * Names each figure, target, rule and verdict that differs, with the events, people and reasons behind it; where one side
 * only takes something over from the other's moment, with the events about that.
 */
export async function compare(
  left: Side,
  right: Side,
  trail: Trail,
  log: EventLog,
  only?: ReadonlySet<Takeable>,
): Promise<Comparison> {
  const all = betweenReader(left.asOf, right.asOf, trail, log);
  const between: Between = only
    ? (streams, concerns) => all(streams, (entry) => isTaken(only, entry) && concerns(entry))
    : all;
  const origins = await originsIn(log, left.overview.plan.plan);
  const differences = [...methodDifferences(left, right), ...(await differencesOf([left, right], between, origins))];
  const side = ({ label, overview }: Side) => ({ label, period: overview.period });
  return { left: side(left), right: side(right), differences };
}

/** What differs between two states of a plan, each with what `between` has of the streams that explain it. */
export async function differencesOf(
  [left, right]: readonly [Pick<Side, 'overview'>, Pick<Side, 'overview'>],
  between: Between,
  origins: Origins,
): Promise<Difference[]> {
  const plan = left.overview.plan.plan;
  const rules = await rulesDifferences(left.overview, right.overview, between);
  const units = await unitsDifferences(left.overview, right.overview, between);
  const shared = [...rules, ...units.map(withoutRenamings)];
  const differences: Difference[] = [
    ...(await planDifferences(left.overview, right.overview, between)),
    ...rules,
    ...units,
  ];
  for (const code of codesOf(left.overview, right.overview)) {
    differences.push(
      ...(await indicatorDifferences(code, [left.overview, right.overview], { shared, origins }, between)),
    );
  }
  for (const unit of unitsOf(left.overview, right.overview)) {
    const from = indexText(left.overview, unit);
    const to = indexText(right.overview, unit);
    const causes = [...differences.filter(({ aspect }) => aspect !== 'units'), ...shared];
    const moved = causes.filter(({ unit: of, aspect }) => of === unit || ofAllUnits.has(aspect));
    if (from !== to) differences.push({ aspect: 'index', unit, from, to, because: together(moved) });
  }
  const things = { plan, units: right.overview.units.map(({ code }) => code), money: moneyUnit(right.overview.plan) };
  for (const { streams, ...difference } of programmeDifferences(
    left.overview.programme,
    right.overview.programme,
    things,
  )) {
    differences.push({ ...difference, because: await between(streams, () => true) });
  }
  return differences;
}

/** Aspects that move the index of every unit. */
const ofAllUnits: ReadonlySet<Aspect> = new Set(['rules', 'indicator']);

/** Explains what differs without an event. */
function methodDifferences(...sides: readonly [Side, Side]): Difference[] {
  const [from, to] = sides.map(({ method = currentMethod.number }) => `第 ${method} 版`);
  return from === to ? [] : [{ aspect: 'method', from, to, because: [] }];
}

/** A state of a plan's indicators, and as of when it was composed. */
interface IndexedSide {
  readonly asOf: AsOf;
  readonly state: IndexedPlan;
}

/** The events between two states that concern each of these indicators at one unit, oldest first. */
export async function reasonsByIndicator(
  [left, right]: readonly [IndexedSide, IndexedSide],
  { unit, codes }: { unit: string; codes: readonly string[] },
  trail: Trail,
  log: EventLog,
): Promise<ReadonlyMap<string, readonly TrailEntry[]>> {
  const between = betweenReader(left.asOf, right.asOf, trail, log);
  const states = [atUnit(left.state, unit), atUnit(right.state, unit)] as const;
  const units = await unitsDifferences(...states, between);
  const rules = [...(await rulesDifferences(...states, between)), ...units.map(withoutRenamings)];
  const facts = { shared: rules, origins: await originsIn(log, left.state.plan.plan) };
  const reasons = new Map<string, readonly TrailEntry[]>();
  for (const code of codes) {
    reasons.set(code, together([...rules, ...(await indicatorDifferences(code, states, facts, between))]));
  }
  return reasons;
}

const atUnit = (state: IndexedPlan, unit: string): IndexedPlan => ({
  ...state,
  indicators: state.indicators.map((row) => ({ ...row, cells: row.cells.filter((cell) => cell.unit === unit) })),
});

async function rulesDifferences(left: IndexedPlan, right: IndexedPlan, between: Between): Promise<Difference[]> {
  if (isDeepStrictEqual(left.rules, right.rules)) return [];
  return [
    {
      aspect: 'rules',
      from: rulesText(left.rules, right.rules),
      to: rulesText(right.rules, left.rules),
      because: await between([planStream(left.plan.plan)], ({ type }) => type === 'EvaluationRulesSet'),
    },
  ];
}

/** The version of the rules; of one version with other contents, the thresholds that `other` has differently. */
function rulesText({ version, rules }: Overview['rules'], other: Overview['rules']): string {
  const text = `第 ${version} 版`;
  if (version !== other.version) return text;
  const differing = thresholds.filter((path) => thresholdIn(rules, path) !== thresholdIn(other.rules, path));
  return [text, ...differing.map((path) => `${thresholdWords[path]} ${thresholdIn(rules, path) ?? '未设'}`)].join(
    ' · ',
  );
}

/** What differs of one indicator; `shared` is what concerns all of them. */
async function indicatorDifferences(
  code: string,
  [left, right]: readonly [IndexedPlan, IndexedPlan],
  { shared, origins }: Pick<Facts, 'shared' | 'origins'>,
  between: Between,
): Promise<Difference[]> {
  const { plan } = left.plan;
  const before = left.indicators.find((row) => row.code === code);
  const after = right.indicators.find((row) => row.code === code);
  const indicator = indicatorStream(plan, code);
  if (!before || !after) {
    const because = await between([indicator], () => true);
    return [{ aspect: 'presence', indicator: code, from: before && '有', to: after && '有', because }];
  }
  const redefined: Difference[] = [];
  if (before.definitionVersion !== after.definitionVersion) {
    redefined.push({
      ...{ aspect: 'definition', indicator: code, from: before.definition.text, to: after.definition.text },
      because: await between([indicator], ({ type }) => type === 'IndicatorRedefined'),
    });
  }
  const amended = await attributeDifferences(plan, before, after, between);
  const concerning = { shared: [...shared, ...redefined, ...amended], redefined, origins };
  const facts = { plan: right.plan, units: right.units, ...concerning };
  return [...redefined, ...amended, ...(await cellDifferences(facts, before, after, between))];
}

function indexText({ indexes }: Overview, unit: string): string | undefined {
  const value = indexes.find((entry) => entry.unit === unit)?.index.value;
  return value === undefined ? undefined : Number(value).toFixed(2);
}

const unitsOf = (...overviews: Overview[]) => [
  ...new Set(overviews.flatMap(({ indexes }) => indexes.map(({ unit }) => unit))),
];
const codesOf = (...overviews: Overview[]) => [
  ...new Set(overviews.flatMap(({ indicators }) => indicators.map(({ code }) => code))),
];
