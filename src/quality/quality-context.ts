import { Decimal } from '../kernel/decimal.js';
import { endInYears, periodBefore, periodsPerYear, yearBefore, type Calendar, type Period } from '../kernel/period.js';
import { parseFormula, referencesOf, type Reference } from '../indicators/formula.js';
import type { Definition, IndicatorDefined } from '../indicators/indicator.events.js';
import { scaleOf } from '../indicators/scale-of.js';
import type { QualityKind, QualityRule } from './quality-rules.js';

/** A figure's numbers as they were entered. */
export type Numbers = { readonly value: string } | { readonly numerator: string; readonly denominator: string };

/** What the rules read of an indicator. */
export interface QualityIndicator extends Pick<
  (typeof IndicatorDefined)['example'],
  'name' | 'kind' | 'direction' | 'decimals'
> {
  readonly code: string;
  /** The definition that holds now, and its version. */
  readonly definition: Definition;
  readonly definitionVersion: number;
}

export interface FigureName {
  readonly code: string;
  readonly unit: string;
  readonly period: Period;
}

/** A value in use. */
export interface KnownValue {
  readonly reported: Numbers;
  readonly definitionVersion: number;
}

/** Where the figures beside the one that is checked come from: streams for a decision, views for a reader. */
export interface QualitySource {
  value(figure: FigureName): Promise<KnownValue | undefined>;
  indicator(code: string): Promise<QualityIndicator | undefined>;
}

/** What surrounds the figure that is checked. */
export interface Surroundings extends FigureName {
  readonly calendar: Calendar;
  /** Before this period there is nothing to compare with. */
  readonly since: Period;
  /** The day on which it is known, in the plan's time zone. */
  readonly day: string;
  readonly indicator: QualityIndicator;
  /** The target of the unit for the period, where it is a plain number. */
  readonly target?: string;
  /** The units right below in the period, without those that only lend figures. */
  readonly below: readonly string[];
}

/** What the rules look at, without the figure itself. */
export interface QualityKnown extends Surroundings {
  /** The last value in use of an earlier period. */
  readonly previous?: { readonly period: Period; readonly exact: Decimal; readonly definitionVersion: number };
  /** The values of the units below, where each of them has one. */
  readonly parts?: readonly Numbers[];
  /** Values of other indicators of the unit, by `code/previous`. */
  readonly others: ReadonlyMap<string, Decimal>;
  /** What ranges of the rules the indicator has. */
  readonly ranges: readonly QualityRule[];
}

export interface QualityContext extends QualityKnown {
  readonly reported: Numbers;
  readonly exact: Decimal;
}

/** The exact value of numbers under a definition. */
export function exactUnder(definition: Definition, reported: Numbers): Decimal {
  if ('value' in reported) return new Decimal(reported.value);
  return new Decimal(reported.numerator).times(scaleOf(definition)).div(reported.denominator);
}

export const contextOf = (known: QualityKnown, reported: Numbers): QualityContext => ({
  ...known,
  reported,
  exact: exactUnder(known.indicator.definition, reported),
});

/** The rules that concern an indicator. */
export const rulesFor = (rules: readonly QualityRule[], code: string): QualityRule[] =>
  rules.filter(({ indicator = code }) => indicator === code);

export const referenceKey = ({ code, previous }: Reference) => `${code}/${previous}`;

const comparing: readonly QualityKind[] = ['jump', 'running-total-falls', 'definition-changed', 'just-past-threshold'];

/** Reads what the rules need, and no more. */
export async function readKnown(
  source: QualitySource,
  surroundings: Surroundings,
  rules: readonly QualityRule[],
): Promise<QualityKnown> {
  const { indicator, below } = surroundings;
  const own = rulesFor(rules, indicator.code);
  const needs = (kinds: readonly QualityKind[]) => own.some(({ kind }) => kinds.includes(kind));
  const [previous, parts, others] = await Promise.all([
    needs(comparing) ? previousOf(source, surroundings) : undefined,
    needs(['parts-sum']) && below.length > 0 ? partsOf(source, surroundings) : undefined,
    othersOf(source, surroundings, own),
  ]);
  return {
    ...surroundings,
    ...(previous && { previous }),
    ...(parts && { parts }),
    others,
    ranges: own.filter(({ kind }) => kind === 'range'),
  };
}

async function previousOf(
  source: QualitySource,
  { code, unit, period, since, indicator }: Surroundings,
): Promise<QualityKnown['previous']> {
  const first = endInYears(since) - 1 / periodsPerYear[since.frequency];
  for (let at = periodBefore(period); endInYears(at) > first; at = periodBefore(at)) {
    const found = await source.value({ code, unit, period: at });
    if (!found) continue;
    const { reported, definitionVersion } = found;
    return { period: at, exact: exactUnder(indicator.definition, reported), definitionVersion };
  }
  return undefined;
}

async function partsOf(
  source: QualitySource,
  { code, period, below }: Surroundings,
): Promise<readonly Numbers[] | undefined> {
  const found = await Promise.all(below.map((unit) => source.value({ code, unit, period })));
  return found.every((each) => each !== undefined) ? found.map(({ reported }) => reported) : undefined;
}

async function othersOf(
  source: QualitySource,
  { code: ownCode, unit, period }: Surroundings,
  rules: readonly QualityRule[],
): Promise<ReadonlyMap<string, Decimal>> {
  const formulas = rules.flatMap(({ formula }) => (formula === undefined ? [] : [parseFormula(formula)]));
  const references = new Map(formulas.flatMap(referencesOf).map((each) => [referenceKey(each), each]));
  const found = await Promise.all(
    [...references].map(async ([key, { code, previous }]) => {
      if (code === ownCode && !previous) return [];
      const at = previous ? yearBefore(period) : period;
      const [indicator, value] = await Promise.all([source.indicator(code), source.value({ code, unit, period: at })]);
      return indicator && value ? [[key, exactUnder(indicator.definition, value.reported)] as const] : [];
    }),
  );
  return new Map(found.flat());
}
