import { isDeepStrictEqual } from 'node:util';
import type { Trail, TrailEntry } from '../audit/trail.js';
import { figureStream } from '../figures/figure.events.js';
import { indicatorStream } from '../indicators/indicator.events.js';
import type { EventLog } from '../kernel/event-log.js';
import { endInYears, parsePeriod, periodsBetween } from '../kernel/period.js';
import { shownTarget } from '../kernel/target-value.js';
import { originsIn, type Origins } from './origins.js';
import { attributeDifferences, planDifferences } from './amended.js';
import type { Aspect, Difference } from './difference.js';
import type { AsOf } from '../kernel/versioned-store.js';
import { planStream } from '../plans/plan.events.js';
import { unitChangeEvents } from '../plans/unit-change.events.js';
import { Decimal, shownWith } from '../assessment/decimals.js';
import { figuresBehind, madeOf, type FigureAt } from '../assessment/figures-behind.js';
import type { BrokenDownPart } from '../assessment/broken-down.js';
import { isMeasured, type Finding, type FormulaInput, type Measured } from '../assessment/measured.js';
import { currentMethod } from '../assessment/method.js';
import type { Cell } from '../assessment/cell.js';
import type { IndexedPlan, Overview } from '../overview/overview.js';
import type { IndicatorRow } from '../overview/indicator-row.js';
import { moneyUnit } from '../plans/money.js';
import { betweenReader, together, type Between } from './between.js';
import { programmeDifferences } from './programme-differences.js';
import type { CellTarget } from '../assessment/rule-targets.js';

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

/** Names each figure, target, rule and verdict that differs, with the events, people and reasons behind it. */
export async function compare(left: Side, right: Side, trail: Trail, log: EventLog): Promise<Comparison> {
  const between = betweenReader(left.asOf, right.asOf, trail, log);
  const plan = left.overview.plan.plan;
  const rules = await rulesDifferences(left.overview, right.overview, between);
  const units = await unitsDifferences(left.overview, right.overview, between);
  const shared = [...rules, ...units.map(withoutRenamings)];
  const origins = await originsIn(log, plan);
  const differences: Difference[] = [
    ...methodDifferences(left, right),
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
  const side = ({ label, overview }: Side) => ({ label, period: overview.period });
  return { left: side(left), right: side(right), differences };
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
      from: `第 ${left.rules.version} 版`,
      to: `第 ${right.rules.version} 版`,
      because: await between([planStream(left.plan.plan)], ({ type }) => type === 'EvaluationRulesSet'),
    },
  ];
}

const unitChanges: ReadonlySet<string> = new Set([
  ...unitChangeEvents.map(({ name }) => name),
  'UnitEnrolled',
  'UnitAmended',
]);
/** What a unit is called moves no number. */
const isRenaming = ({ type }: TrailEntry) => type === 'UnitRenamed';
const withoutRenamings = (difference: Difference): Difference => ({
  ...difference,
  because: difference.because.filter((entry) => !isRenaming(entry)),
});

/** The events about the units of a plan that may move a number. */
const rearranging = (plan: string, between: Between) =>
  between([planStream(plan)], (entry) => unitChanges.has(entry.type) && !isRenaming(entry));

const names = ({ data: { code, units, into } }: TrailEntry, unit: string): boolean =>
  [code, units, into].flat().includes(unit);

/** The units that only one state has, or that have another name or another unit above. */
async function unitsDifferences(left: IndexedPlan, right: IndexedPlan, between: Between): Promise<Difference[]> {
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

interface Facts {
  readonly plan: Overview['plan'];
  readonly units: Overview['units'];
  /** What concerns every cell of the indicator. */
  readonly shared: readonly Difference[];
  readonly redefined: readonly Difference[];
  readonly origins: Origins;
}

async function cellDifferences(
  { plan: ofPlan, units, shared, redefined, origins }: Facts,
  before: IndicatorRow,
  after: IndicatorRow,
  between: Between,
): Promise<Difference[]> {
  const differences: Difference[] = [];
  const { code, decimals } = after;
  const { plan, baseline } = ofPlan;
  for (const cell of after.cells) {
    const old = before.cells.find(({ unit }) => unit === cell.unit);
    if (!old) continue;
    const { unit } = cell;
    const first = differences.length;
    const targets = [...old.targets, ...cell.targets];
    const applied = new Set(targets.map((target) => target.unit));
    const ofFigureOrTarget = ({ category, type, subject }: TrailEntry) =>
      category === 'figure' || (type.startsWith('Target') && applied.has(subject.unit ?? ''));
    // A total rests on every period so far.
    const periods = after.kind === 'cumulative' ? periodsUntil(after, ofPlan) : [after.period];
    const figures = (period: string, ...findings: Finding[]) =>
      findings.flatMap((finding) => streamsBehind(plan, units, { code, unit, period }, finding));
    // What is made of other units, or has changed without a figure, has changed with the units.
    const explained = async (from: Finding, to: Finding, streams: readonly string[]) => {
      const because = await between(streams, () => true);
      const isRearranged = because.length === 0 || madeOf(from) !== madeOf(to);
      return isRearranged ? together([{ because: await rearranging(plan, between) }, { because }]) : because;
    };

    // Of an earlier period, the units out of which one was made may have reported instead of it.
    const valueStreams = () =>
      periods.flatMap((period) => {
        const of = period === after.period ? () => [] : origins;
        return [old.value, cell.value].flatMap((value) =>
          streamsBehind(plan, units, { code, unit, period }, value, of),
        );
      });

    const bases = findingTexts(old.base, cell.base, decimals);
    if (bases.from !== bases.to) {
      differences.push({
        ...{ aspect: 'base', indicator: code, unit, ...bases },
        because: await explained(old.base, cell.base, figures(baseline, old.base, cell.base)),
      });
    }
    const own = findingTexts(old.value, cell.value, decimals);
    const values = { from: withSum(own.from, old, decimals), to: withSum(own.to, cell, decimals) };
    if (values.from !== values.to) {
      differences.push({
        ...{ aspect: 'value', indicator: code, unit, ...values },
        because: await explained(old.value, cell.value, valueStreams()),
      });
    }
    const parts = { from: partsText(old.value), to: partsText(cell.value) };
    if (parts.from !== parts.to) {
      const because = await explained(old.value, cell.value, figures(after.period, old.value, cell.value));
      differences.push({
        ...{ aspect: 'parts', indicator: code, unit, ...parts },
        because: together([...redefined, { because }]),
      });
    }
    const asked = { from: targetText(old, decimals), to: targetText(cell, decimals) };
    if (asked.from !== asked.to) {
      differences.push({
        ...{ aspect: 'targets', indicator: code, unit, ...asked },
        because: await between(
          [
            indicatorStream(plan, code),
            ...targets
              .flatMap(({ rule }) => rule?.inputs ?? [])
              .flatMap((input) => inputStreams(plan, units, unit, input)),
          ],
          ofFigureOrTarget,
        ),
      });
    }
    if (old.assessment.status !== cell.assessment.status) {
      const { status: from } = old.assessment;
      const restated =
        comparability(old) === comparability(cell)
          ? []
          : await between(
              [...figures(baseline, old.base, cell.base), ...valueStreams(), indicatorStream(plan, code)],
              ofFigureOrTarget,
            );
      const because = together([...shared, ...differences.slice(first), { because: restated }]);
      differences.push({ aspect: 'status', indicator: code, unit, from, to: cell.assessment.status, because });
    }
  }
  return differences;
}

/** What of a cell is incomparable with the current definition. Restating may change it without changing any number. */
const comparability = ({ base, value, targets, sumComparable }: Cell): string =>
  JSON.stringify([
    [base, value].map((finding) => isMeasured(finding) && finding.comparable),
    ...[targets.map(({ comparable }) => comparable ?? true), sumComparable ?? true],
  ]);

/** The streams of the figures that a value was made of, and of those of the units that stood in their place. */
const streamsBehind = (
  plan: string,
  units: Overview['units'],
  figure: FigureAt,
  finding?: Finding,
  origins: Origins = () => [],
): string[] =>
  figuresBehind(
    figure,
    (at) => (at === figure ? finding : undefined),
    () => units,
  ).flatMap((at) => [at.unit, ...origins(at.unit)].map((unit) => figureStream({ plan, ...at, unit })));

/** The same of a figure that a rule stands on, and of those that this one does. */
const inputStreams = (
  plan: string,
  units: Overview['units'],
  unit: string,
  { code, period, inputs = [] }: FormulaInput,
): string[] => [
  ...streamsBehind(plan, units, { code, unit, period }),
  ...inputs.flatMap((input) => inputStreams(plan, units, unit, input)),
];

/**
 * A value is the same when its digits are; a value that only changed hands is not a difference. A computed value is
 * written from its exact number, because methods differ in what they show.
 */
function findingText(finding: Finding, decimals: number): string | undefined {
  if (!isMeasured(finding)) return undefined;
  const { shown, exact, source, disagreement } = finding;
  const precise = source === 'computed' ? preciseText(exact, decimals) : shown;
  return disagreement ? `${precise}（自报 ${disagreement.reported}）` : precise;
}

/**
 * Of ratios that are shown with the same digits, and are not the same, numerator and denominator tell the difference. The
 * same number is the same, whether it was reported or made up of others.
 */
function findingTexts(from: Finding, to: Finding, decimals: number): { from?: string; to?: string } {
  const texts = { from: findingText(from, decimals), to: findingText(to, decimals) };
  if (!isMeasured(from) || !isMeasured(to)) return texts;
  const isSame = from.exact === to.exact && from.disagreement?.reported === to.disagreement?.reported;
  if (isSame) return { from: texts.to, to: texts.to };
  return texts.from === texts.to ? { from: ratioText(from), to: ratioText(to) } : texts;
}

const ratioText = ({ shown, components }: Measured): string =>
  components ? `${shown}（${components.numerator} ÷ ${components.denominator}）` : shown;

/** The breakdowns that the value has, with all digits of their parts. */
function partsText(finding: Finding): string | undefined {
  const breakdowns = (isMeasured(finding) ? finding.breakdowns : undefined) ?? [];
  const texts = breakdowns.flatMap(({ name, parts }) => (parts ? `${name}：${parts.map(partText).join('、')}` : []));
  return texts.length === 0 ? undefined : texts.join('；');
}

const partText = ({ name, exact, components }: BrokenDownPart): string =>
  `${name} ${components ? `${components.numerator} ÷ ${components.denominator}` : exact}`;

/** A computed number with the decimals of its definition, and with eight digits if those are not all. */
function preciseText(exact: string, decimals: number): string {
  const number = new Decimal(exact);
  const shown = shownWith(decimals, number);
  return number.equals(shown) ? shown : `${shown}（${number.toSignificantDigits(8).toString()}）`;
}

/** With the sum of a total, which may change though the period's own value does not. */
const withSum = (own: string | undefined, { cumulativeSum }: Cell, decimals: number): string | undefined =>
  cumulativeSum === undefined ? own : `${own ?? '—'}（累计 ${preciseText(cumulativeSum, decimals)}）`;

const periodsUntil = ({ frequency, period }: IndicatorRow, plan: Overview['plan']): string[] => {
  const until = parsePeriod(period);
  return periodsBetween(frequency, plan.startYear, until.year, plan)
    .filter((each) => endInYears(each) <= endInYears(until))
    .map(({ text }) => text);
};

const targetText = ({ targets }: Cell, decimals: number): string =>
  targets.map((target) => `${target.period}: ${ruleText(target, decimals)}`).join('，');

/** A rule with what it asks for; else the number. */
const ruleText = ({ value, rule }: CellTarget, decimals: number): string => {
  if (!rule) return shownTarget(value);
  return `${value}（${rule.value === undefined ? '无法计算' : shownWith(decimals, new Decimal(rule.value))}）`;
};

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
