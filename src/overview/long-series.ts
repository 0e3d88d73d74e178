import { Decimal, exactly, shownWith } from '../assessment/decimals.js';
import { isMeasured, type Finding } from '../assessment/measured.js';
import { askedValue } from '../assessment/rule-targets.js';
import { currentDefinition, type IndicatorDocument } from '../indicators/indicator.projection.js';
import type { Continuation } from '../indicators/indicator.events.js';
import type { AsOf } from '../kernel/versioned-store.js';
import type { DocumentReading } from '../kernel/views.js';
import { planProjection } from '../plans/plan.projection.js';
import { basePeriodOf, periodValues, type PeriodValue } from './period-values.js';
import type { PlanReader } from './plan-reader.js';

/** A value of one period, as its own plan has it, and under the definition of the indicator that was asked for. */
export interface LongPoint {
  readonly period: string;
  /** Whether it is the base of its plan. */
  readonly isBase?: true;
  /** For display; absent where there is no value. */
  readonly shown?: string;
  /** With all its digits. */
  readonly exact?: string;
  /** Why there is none. */
  readonly absent?: Extract<Finding, { absent: unknown }>['absent'];
  /** 折算: the value times the factor, with the decimals of the indicator that was asked for. */
  readonly rebased?: string;
  readonly target?: string;
  readonly targetDemo?: true;
  /** Of the value. */
  readonly demo: boolean;
}

/** The part of a series that one plan has. */
export interface LongPart {
  readonly plan: string;
  readonly title: string;
  readonly code: string;
  readonly name: string;
  readonly unitOfMeasure: string;
  readonly startYear: number;
  readonly endYear: number;
  readonly baseline: string;
  /** How the next part continues this one; absent of the last. */
  readonly continued?: Pick<Continuation, 'definition' | 'factor' | 'basis'>;
  /**
   * What makes its values values under the definition of the indicator that was asked for: the product of the stated
   * factors, 1 where the definition is the same. Absent where they do not compare.
   */
  readonly factor?: string;
  /** A cumulative indicator counts from the start of each plan anew. */
  readonly startsAnew?: true;
  readonly points: readonly LongPoint[];
}

/** Where the base of a plan is compared with the value of the same period in the plan before. */
export interface BaseAgreement {
  readonly plan: string;
  readonly period: string;
  readonly shown: string;
  readonly former: { readonly plan: string; readonly shown: string; readonly rebased?: string };
  /** Whether the base is the former value, under the definition of the plan of the base. */
  readonly outcome: 'agrees' | 'differs' | 'not-comparable';
}

/** An indicator at one unit through the plans that it continues. */
export interface LongSeries {
  readonly plan: string;
  readonly code: string;
  readonly name: string;
  readonly unit: string;
  readonly unitOfMeasure: string;
  /** The oldest first; the plan's own is the last. */
  readonly parts: readonly LongPart[];
  readonly bases: readonly BaseAgreement[];
  /** An earlier plan with which the series would go on, and why it does not: it, or the unit or indicator in it. */
  readonly beyond?: { readonly plan: string; readonly indicator: string; readonly why: 'not-seen' | 'not-there' };
  readonly demo: boolean;
}

export interface LongSeriesSources {
  readonly views: DocumentReading;
  readonly asOf: AsOf;
  /** Opens the reader of a plan as of the moment, and keeps it for the next indicator. */
  readonly open: (plan: string) => Promise<PlanReader>;
  /** Whether a plan may be read. */
  readonly isSeen: (plan: string) => boolean;
}

/** A part while the chain is followed: its values are not yet those of the indicator that was asked for. */
interface Link {
  readonly reader: PlanReader;
  readonly indicator: IndicatorDocument;
  readonly values: readonly PeriodValue[];
  readonly continued?: Continuation;
}

/**
 * Follows an indicator through the plans that it continues. Each part is read as of the same moment. Undefined where the
 * plan has no such indicator or unit, or where it continues none.
 * @throws {DomainError} the errors of `readPlan`, of the plan itself
 */
export async function longSeries(
  sources: LongSeriesSources,
  plan: string,
  code: string,
  unit: string,
): Promise<LongSeries | undefined> {
  const { isSeen, open } = sources;
  const own = await linkOf(sources, await open(plan), code, unit);
  if (!own?.indicator.continues) return undefined;
  const links: Link[] = [own];
  let beyond: LongSeries['beyond'];
  for (let next: Continuation | undefined = own.indicator.continues; next;) {
    const { plan: former, indicator }: Continuation = next;
    const link: Link | undefined = isSeen(former) ? await formerLink(sources, next, unit) : undefined;
    if (!link) {
      beyond = { plan: former, indicator, why: isSeen(former) ? 'not-there' : 'not-seen' };
      break;
    }
    links.unshift({ ...link, continued: next });
    next = link.indicator.continues;
  }
  const parts = partsOf(links);
  const { name, definitions } = own.indicator;
  return {
    ...{ plan, code, name, unit, unitOfMeasure: definitions.at(-1)!.definition.unitOfMeasure },
    parts,
    bases: basesOf(links),
    ...(beyond && { beyond }),
    demo: parts.some(({ points }) => points.some(({ demo, targetDemo }) => demo || targetDemo)),
  };
}

/** The series of all indicators of a plan that continue one of an earlier plan, at one unit. */
export async function allLongSeries(sources: LongSeriesSources, plan: string, unit: string): Promise<LongSeries[]> {
  const found: LongSeries[] = [];
  for (const { code, continues } of (await sources.open(plan)).indicators) {
    const series = continues && (await longSeries(sources, plan, code, unit));
    if (series) found.push(series);
  }
  return found;
}

async function formerLink(
  sources: LongSeriesSources,
  { plan, indicator }: Continuation,
  unit: string,
): Promise<Link | undefined> {
  if (!(await sources.views.get(planProjection, plan, sources.asOf))) return undefined;
  return linkOf(sources, await sources.open(plan), indicator, unit);
}

async function linkOf(
  { views, asOf }: LongSeriesSources,
  reader: PlanReader,
  code: string,
  unit: string,
): Promise<Link | undefined> {
  const indicator = reader.indicator(code);
  const enrolled = reader.plan.units.find((each) => each.code === unit);
  if (!indicator || !enrolled) return undefined;
  const values = await periodValues(views, reader, { indicator, unit: enrolled, asOf });
  return { reader, indicator, values };
}

/** From the last part back, so that the factors multiply. */
function partsOf(links: readonly Link[]): LongPart[] {
  const { decimals } = links.at(-1)!.indicator;
  const parts: LongPart[] = [];
  let factor: Decimal | undefined = new Decimal(1);
  for (const link of links.toReversed()) {
    const { continued } = link;
    if (continued) factor = factor && factorOf(continued)?.times(factor);
    parts.unshift(partOf(link, factor, decimals));
  }
  return parts;
}

const factorOf = ({ definition, factor }: Continuation): Decimal | undefined =>
  definition === 'same' ? new Decimal(1) : factor === undefined ? undefined : new Decimal(factor);

function partOf(
  { reader, indicator, values, continued }: Link,
  factor: Decimal | undefined,
  decimals: number,
): LongPart {
  const { plan, title, startYear, endYear, baseline } = reader.plan;
  const base = basePeriodOf(reader.plan, indicator.frequency);
  return {
    ...{ plan, title, code: indicator.code, name: indicator.name, startYear, endYear, baseline },
    unitOfMeasure: currentDefinition(indicator).definition.unitOfMeasure,
    ...(continued && { continued: statedOf(continued) }),
    ...(factor && { factor: exactly(factor) }),
    ...(indicator.kind === 'cumulative' && { startsAnew: true as const }),
    points: values.map((value) => pointOf(value, { base, factor, decimals })),
  };
}

const statedOf = ({ definition, factor, basis }: Continuation): LongPart['continued'] => ({
  definition,
  ...(factor !== undefined && { factor }),
  ...(basis !== undefined && { basis }),
});

interface Rebasing {
  readonly base: string;
  readonly factor: Decimal | undefined;
  readonly decimals: number;
}

function pointOf({ period, cell, value }: PeriodValue, { base, factor, decimals }: Rebasing): LongPoint {
  const due = cell?.targets.find((entry) => entry.period === period.text);
  const target = due && askedValue(due);
  return {
    period: period.text,
    ...(period.text === base && { isBase: true as const }),
    ...(isMeasured(value)
      ? { shown: value.shown, exact: value.exact, ...rebasedOf(value.exact, factor, decimals) }
      : { absent: value.absent }),
    ...(target !== undefined && { target, ...(due!.demo && { targetDemo: true as const }) }),
    demo: value.demo,
  };
}

const rebasedOf = (exact: string, factor: Decimal | undefined, decimals: number): Pick<LongPoint, 'rebased'> =>
  factor && !factor.equals(1) ? { rebased: shownWith(decimals, factor.times(exact)) } : {};

/** Each base beside what the plan before has for the same period. */
function basesOf(links: readonly Link[]): BaseAgreement[] {
  return links.slice(1).flatMap((link, at) => {
    const before = links[at]!;
    const period = basePeriodOf(link.reader.plan, link.indicator.frequency);
    const [own, former] = [valueIn(link, period), valueIn(before, period)];
    if (!own || !former) return [];
    const factor = factorOf(before.continued!);
    const { decimals } = link.indicator;
    const expected = factor && shownWith(decimals, factor.times(former.exact));
    const ownShown = shownWith(decimals, new Decimal(own.exact));
    return [
      {
        ...{ plan: link.reader.plan.plan, period, shown: own.shown },
        former: {
          plan: before.reader.plan.plan,
          shown: former.shown,
          ...rebasedOf(former.exact, factor, decimals),
        },
        outcome: expected === undefined ? 'not-comparable' : expected === ownShown ? 'agrees' : 'differs',
      },
    ];
  });
}

function valueIn({ values }: Link, period: string) {
  const value = values.find((each) => each.period.text === period)?.value;
  return value && isMeasured(value) ? value : undefined;
}
