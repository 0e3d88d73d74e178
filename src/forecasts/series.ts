import { assessmentInput } from '../assessment/cell.js';
import { Decimal, shownWith } from '../assessment/decimals.js';
import { isMeasured, type Measured } from '../assessment/measured.js';
import { endInMonths, parseCourse, type Path } from '../assessment/trajectory.js';
import { askedValue } from '../assessment/rule-targets.js';
import { closing, parsePeriod, wholeYear, type Period } from '../kernel/period.js';
import type { IndicatorRow } from '../overview/indicator-row.js';
import type { PlanReader } from '../overview/plan-reader.js';
import type { PlanDocument } from '../plans/plan.projection.js';
import type { Bounds, ForecastInput, SeriesValue } from './forecast.js';
import type { Observation } from './methods.js';

/** Why an indicator has no forecast at a unit. */
export type NoForecast = 'few-values' | 'no-target' | 'due' | 'retired';

/** The values of one indicator at one unit up to a period, and what is to be forecast from them. */
export interface UnitSeries extends Omit<ForecastInput, 'path'> {
  readonly values: readonly SeriesValue[];
  /** Absent without a target that can be used for judging. */
  readonly path?: Path;
  /** What the final target asks for. */
  readonly target?: { readonly period: string; readonly shown?: string };
  readonly why?: NoForecast;
  readonly demo: boolean;
}

const yearsAt = (period: string): Decimal => new Decimal(endInMonths(period)).div(12);

/**
 * The series of one row at the units of its cells: the base and the period that closes each year, within the borders of
 * the row’s period. What cannot be compared with the present definition is left out. A cumulative indicator has its sum
 * since the plan’s start, which ends where a year has no value.
 */
export async function seriesOf(reader: PlanReader, row: IndicatorRow): Promise<ReadonlyMap<string, UnitSeries>> {
  const { plan } = reader;
  const asked = parsePeriod(row.period);
  const periods = periodsUpTo(plan, row, asked);
  const found = await Promise.all(
    periods.map(async (period) => ({ period, findings: await reader.measured({ code: row.code, period }, asked) })),
  );
  return new Map(
    row.cells.map((cell) => {
      const values = found.flatMap(({ period, findings }): { period: string; finding: Measured }[] => {
        const finding = findings.get(cell.unit);
        return finding && isMeasured(finding) && finding.comparable ? [{ period: period.text, finding }] : [];
      });
      const path = pathOf(row, cell, reader);
      const known = row.kind === 'cumulative' ? sumsOf(values, periods) : values.map(plainOf);
      const final = path && cell.targets.find(({ period }) => period === path.final.period);
      const shown = final && (final.rule?.shown ?? askedValue(final));
      return [
        cell.unit,
        {
          series: known.map(({ period, value }): Observation => ({ at: yearsAt(period), value })),
          values: known.map(({ period, value, demo }) => ({ period, shown: shownWith(row.decimals, value), demo })),
          ahead: path ? periodsAhead(plan, row, known.at(-1)?.period ?? row.period, path) : [],
          bounds: boundsOf(row, known, path),
          decimals: row.decimals,
          ...(path && { path, target: { period: path.final.period, ...(shown !== undefined && { shown }) } }),
          ...whyNot(row, asked, path),
          demo: known.some(({ demo }) => demo) || (final?.demo ?? false),
        },
      ];
    }),
  );
}

interface Known {
  readonly period: string;
  readonly value: Decimal;
  readonly demo: boolean;
}

const plainOf = ({ period, finding }: { period: string; finding: Measured }): Known => ({
  period,
  value: new Decimal(finding.exact),
  demo: finding.demo,
});

/** Running sums from 0 at the base, up to the first period without a value. */
function sumsOf(
  values: readonly { period: string; finding: Measured }[],
  [base, ...periods]: readonly Period[],
): Known[] {
  const sums: Known[] = [{ period: base!.text, value: new Decimal(0), demo: false }];
  for (const { text } of periods) {
    const found = values.find(({ period }) => period === text);
    if (!found) break;
    const last = sums.at(-1)!;
    sums.push({ period: text, value: last.value.plus(found.finding.exact), demo: last.demo || found.finding.demo });
  }
  return sums;
}

/** The base period and, of each year up to the asked one, the period that closes it; of its own year the asked one. */
function periodsUpTo(plan: PlanDocument, { frequency, kind }: IndicatorRow, asked: Period): Period[] {
  const base = closing(parsePeriod(plan.baseline), frequency)!;
  const first = kind === 'cumulative' ? plan.startYear : base.year + 1;
  const years = Array.from({ length: Math.max(0, asked.year - first) }, (_, index) => wholeYear(first + index, plan));
  return [
    base,
    ...years.flatMap((year) => closing(year, frequency) ?? []),
    ...(asked.text === base.text ? [] : [asked]),
  ];
}

/** Ends of the years after the last value, up to the period of the final target. */
function periodsAhead(
  plan: PlanDocument,
  { frequency }: IndicatorRow,
  last: string,
  { final }: Path,
): ForecastInput['ahead'] {
  const from = parsePeriod(last);
  const to = parsePeriod(final.period);
  const years = Array.from({ length: Math.max(0, to.year - from.year + 1) }, (_, index) =>
    wholeYear(from.year + index, plan),
  );
  const between = years
    .flatMap((year) => closing(year, frequency)?.text ?? [])
    .filter((period) => endInMonths(period) > endInMonths(last) && endInMonths(period) < final.end);
  const ahead = endInMonths(last) < final.end ? [...between, final.period] : [];
  return ahead.map((period) => ({ period, at: yearsAt(period) }));
}

function pathOf(row: IndicatorRow, cell: IndicatorRow['cells'][number], reader: PlanReader): Path | undefined {
  const { fault, missing } = cell.assessment;
  if (fault !== undefined || missing === 'target' || missing === 'base') return undefined;
  const input = assessmentInput(row, cell, reader.plan.baseline, reader.method);
  return input.targetLacking || input.notRestated ? undefined : parseCourse(input);
}

function whyNot({ retiredFrom }: IndicatorRow, asked: Period, path: Path | undefined): { why?: NoForecast } {
  if (retiredFrom !== undefined) return { why: 'retired' };
  if (!path) return { why: 'no-target' };
  return endInMonths(asked.text) >= path.final.end ? { why: 'due' } : {};
}

/**
 * Bounds of a kind: what is counted, and a ratio of counts, is not below 0 if nothing reported is; a share in % is not
 * above 100 if no value and no target is; a sum does not fall below what is reached.
 */
function boundsOf({ kind, definition }: IndicatorRow, known: readonly Known[], path: Path | undefined): Bounds {
  const last = known.at(-1)?.value;
  if (kind === 'cumulative') return last ? { lower: last } : {};
  const numbers = [...known.map(({ value }) => value), ...(kind === 'growth' || !path ? [] : [path.final.value])];
  const isShare = definition.unitOfMeasure === '%' && definition.measurement.type === 'ratio';
  return {
    ...(numbers.every((number) => number.gte(0)) && { lower: new Decimal(0) }),
    ...(isShare && numbers.every((number) => number.lte(100)) && { upper: new Decimal(100) }),
  };
}
