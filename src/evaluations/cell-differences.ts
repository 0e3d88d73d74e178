import type { TrailEntry } from '../audit/trail-entry.js';
import type { BrokenDownPart } from '../assessment/broken-down.js';
import type { Cell } from '../assessment/cell.js';
import { Decimal, shownWith } from '../assessment/decimals.js';
import { figuresBehind, madeOf, type FigureAt } from '../assessment/figures-behind.js';
import { isMeasured, type Finding, type FormulaInput, type Measured } from '../assessment/measured.js';
import type { CellTarget } from '../assessment/rule-targets.js';
import { figureStream } from '../figures/figure.events.js';
import { indicatorStream } from '../indicators/indicator.events.js';
import { endInYears, parsePeriod, periodsBetween } from '../kernel/period.js';
import { shownTarget } from '../kernel/target-value.js';
import type { IndicatorRow } from '../overview/indicator-row.js';
import type { Overview } from '../overview/overview.js';
import { together, type Between } from './between.js';
import type { Difference } from './difference.js';
import type { Origins } from './origins.js';
import { rearranging } from './unit-differences.js';

/** What the differences of an indicator's cells rest on besides the cells. */
export interface Facts {
  readonly plan: Overview['plan'];
  readonly units: Overview['units'];
  /** What concerns every cell of the indicator. */
  readonly shared: readonly Difference[];
  readonly redefined: readonly Difference[];
  readonly origins: Origins;
}

/** What differs between the cells of one indicator, for the units that both states have. */
export async function cellDifferences(
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
