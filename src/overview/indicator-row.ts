import { assessOrFault } from '../assessment/assessment.js';
import { assessmentInput, rulesIn, type Cell } from '../assessment/cell.js';
import { Decimal, exactly, text } from '../assessment/decimals.js';
import { isMeasured } from '../assessment/measured.js';
import type { Method } from '../assessment/method.js';
import { ruleOf, type CellTarget } from '../assessment/rule-targets.js';
import { currentDefinition, isComparable, type IndicatorDocument } from '../indicators/indicator.projection.js';
import { targetsOf } from '../indicators/targets-of.js';
import { closing, endInYears, parsePeriod, periodsBetween, type Period } from '../kernel/period.js';
import { type Unit, unitsIn } from '../plans/units-in-time.js';
import type { PlanReader } from './plan-reader.js';

/** One indicator in one period, with a cell for each unit. */
export interface IndicatorRow extends Omit<IndicatorDocument, 'definitions' | 'targets' | 'plan'> {
  readonly definition: ReturnType<typeof currentDefinition>['definition'];
  readonly definitionVersion: number;
  /** The period of the indicator's frequency that ends with the requested period. */
  readonly period: string;
  readonly cells: readonly Cell[];
}

/**
 * Composes the row of one indicator with a cell for each of `cellsFor` that exists then, in the indicator's period that
 * ends with the requested period; undefined if its frequency has no such period. Values are computed for all units of the
 * period. Earlier values, of the base period and in sums, are those within the borders of the period.
 */
export async function composeRow(
  reader: PlanReader,
  indicator: IndicatorDocument,
  cellsFor: readonly Unit[],
  asked: Period,
): Promise<IndicatorRow | undefined> {
  const { plan } = reader;
  const { code, frequency } = indicator;
  const period = closing(asked, frequency);
  if (!period) return undefined;
  const all = unitsIn(plan, period);
  const known = new Set(all.map(({ code: unit }) => unit));
  const units = cellsFor.filter(({ code: unit }) => known.has(unit));
  const baseline = closing(parsePeriod(plan.baseline), frequency)!;
  const [bases, values, sums, targets] = await Promise.all([
    reader.measured({ code, period: baseline }, period),
    reader.measured({ code, period }),
    indicator.kind === 'cumulative' ? readSums(reader, indicator, units, period) : undefined,
    readTargets(reader, indicator, { units, all }, period),
  ]);
  const { definitions: _, targets: __, plan: ___, ...rest } = indicator;
  const { definition, version } = currentDefinition(indicator);
  const row = { ...rest, definition, definitionVersion: version, period: period.text };
  const cells = units.map(({ code: unit }): Cell => {
    const cell = {
      unit,
      // The base period may be after the one that is asked, when the unit is no more.
      base: bases.get(unit) ?? { absent: 'other-borders', demo: false },
      value: values.get(unit)!,
      ...sums?.get(unit),
      targets: targets.get(unit)!,
    };
    const input = assessmentInput(row, cell, plan.baseline, reader.method);
    return { ...cell, assessment: assessOrFault(input, plan.rules.rules) };
  });
  return { ...row, cells };
}

/** The targets that apply to each of `units`, some of `all`; rule targets with their computed values. */
async function readTargets(
  reader: PlanReader,
  indicator: IndicatorDocument,
  { units, all }: { units: readonly Unit[]; all: readonly Unit[] },
  period: Period,
): Promise<ReadonlyMap<string, readonly CellTarget[]>> {
  const codes = units.map(({ code }) => code);
  const rules = new Map(
    await Promise.all(
      rulesIn(indicator.targets).map(async (rule) => [rule, await reader.computed(rule, codes, period)] as const),
    ),
  );
  return new Map(
    codes.map((unit) => [
      unit,
      targetsOf(indicator, all, unit).map((entry): CellTarget => {
        const target = underDefinition(indicator, entry, reader.method);
        const computed = rules.get(target.value)?.get(unit);
        return computed ? { ...target, rule: ruleOf(computed, indicator.decimals, reader.method) } : target;
      }),
    ]),
  );
}

/** The target, marked where it was not restated for the current definition. */
function underDefinition(
  indicator: IndicatorDocument,
  { definitionVersion, ...target }: IndicatorDocument['targets'][number],
  { restated }: Method,
): CellTarget {
  if (restated === 'values') return target;
  return {
    ...target,
    ...(definitionVersion !== undefined && { definitionVersion }),
    ...(!isComparable(indicator, definitionVersion ?? 1) && { comparable: false as const }),
  };
}

/** ΣX from the plan's start to the end of the period; undefined if any period since then has no value. */
async function readSums(
  reader: PlanReader,
  { code, frequency }: IndicatorDocument,
  units: readonly Unit[],
  until: Period,
): Promise<ReadonlyMap<string, Pick<Cell, 'cumulativeSum' | 'sumComparable'>>> {
  const periods = periodsBetween(frequency, reader.plan.startYear, until.year, reader.plan).filter(
    (period) => endInYears(period) <= endInYears(until),
  );
  const found = await Promise.all(periods.map((period) => reader.measured({ code, period }, until)));
  return new Map(
    units.flatMap(({ code: unit }) => {
      const values = found.flatMap((findings) => {
        const finding = findings.get(unit);
        return finding && isMeasured(finding) ? [finding] : [];
      });
      if (periods.length === 0 || values.length < periods.length) return [];
      const stale = reader.method.restated === 'everything' && values.some(({ comparable }) => !comparable);
      const sum = Decimal.sum(...values.map(({ exact }) => exact));
      const cumulativeSum = reader.method.digits === 'twenty' ? text(sum) : exactly(sum);
      return [[unit, { cumulativeSum, ...(stale && { sumComparable: false as const }) }] as const];
    }),
  );
}
