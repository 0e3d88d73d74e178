import { currentDefinition, type IndicatorDocument } from '../indicators/indicator.projection.js';
import { closing, endInYears, parsePeriod, periodsBetween, type Period } from '../kernel/period.js';
import type { Instant } from '../kernel/time.js';
import type { AsOf } from '../kernel/versioned-store.js';
import type { Views } from '../kernel/views.js';
import type { EvaluationRules } from '../plans/evaluation-rules.js';
import type { Unit } from '../plans/plan.decider.js';
import type { PlanDocument } from '../plans/plan.projection.js';
import { assessOrFault } from '../assessment/assessment.js';
import { assessmentInput, hasDemo, rulesIn, targetsOf, type Cell } from '../assessment/cell.js';
import { compositeIndex, type CompositeIndex } from '../assessment/composite-index.js';
import { Decimal, text } from '../assessment/decimals.js';
import { isMeasured, type Finding } from '../assessment/measured.js';
import { PlanReader } from './plan-reader.js';
import { composeProgramme, type Programme } from './programme/programme.js';
import { ruleOf, type CellTarget } from '../assessment/rule-targets.js';

export type { Cell } from '../assessment/cell.js';

export interface IndicatorRow extends Omit<IndicatorDocument, 'definitions' | 'targets' | 'plan'> {
  readonly definition: ReturnType<typeof currentDefinition>['definition'];
  readonly definitionVersion: number;
  /** The period of the indicator's own frequency that closes the period asked for. */
  readonly period: string;
  readonly cells: readonly Cell[];
}

export interface UnitIndex {
  readonly unit: string;
  readonly index: CompositeIndex;
  readonly byArea: readonly { readonly area: string; readonly index: CompositeIndex }[];
}

/**
 * The state of a plan in one period as it was known at one moment. Plain JSON, built from nothing but documents as of that
 * moment: the content of a snapshot.
 */
export interface Overview {
  readonly plan: Pick<
    PlanDocument,
    'plan' | 'title' | 'territory' | 'timeZone' | 'startYear' | 'endYear' | 'baseline' | 'midterm'
  >;
  readonly period: string;
  readonly rules: PlanDocument['rules'];
  readonly areas: PlanDocument['areas'];
  readonly units: readonly Unit[];
  readonly indicators: readonly IndicatorRow[];
  /** Figures that lend background and are not judged. */
  readonly context: readonly {
    code: string;
    name: string;
    unit: string;
    period: string;
    unitOfMeasure: string;
    value: Finding;
  }[];
  readonly indexes: readonly UnitIndex[];
  /** Promises, projects, policies, tasks and findings. */
  readonly programme: Programme;
  /** 示例数据 is in it. */
  readonly demo: boolean;
}

/** What the index of a plan is made of. */
export type IndexedPlan = Omit<Overview, 'context' | 'programme'>;

export async function composeOverview(
  views: Views,
  planCode: string,
  periodText: string,
  asOf?: AsOf,
  now?: Instant,
): Promise<Overview> {
  const period = parsePeriod(periodText);
  const reader = await PlanReader.open(views, planCode, asOf);
  const { plan, indicators } = reader;
  const indexed = await composeIndexed(reader, period);
  const context = await Promise.all(
    indicators.filter(({ role }) => role === 'context').map((indicator) => composeContext(reader, indicator, period)),
  );
  const top = judgedUnits(plan).filter(({ parent }) => parent === undefined);
  const rowOf = async (code: string, at: Period) => {
    const indicator = reader.indicator(code);
    return indicator && composeRow(reader, indicator, top, at);
  };
  const of = { period, asOf, now, indicators: indexed.indicators, rowOf };
  const programme = await composeProgramme(views, plan, of);
  return { ...indexed, context: context.flat(), programme, demo: indexed.demo || programme.demo };
}

/** The main indicators of a plan in one period, and the indexes made of them. */
export async function composeIndexed(reader: PlanReader, period: Period): Promise<IndexedPlan> {
  const { plan, indicators } = reader;
  const judged = judgedUnits(plan);
  const rows = await Promise.all(
    indicators.filter(({ role }) => role === 'main').map((indicator) => composeRow(reader, indicator, judged, period)),
  );
  const main = rows.filter((row) => row !== undefined);
  const { title, territory, timeZone, startYear, endYear, baseline, midterm, rules, areas, units } = plan;
  return {
    plan: { plan: plan.plan, title, territory, timeZone, startYear, endYear, baseline, ...(midterm && { midterm }) },
    period: period.text,
    rules,
    areas,
    units,
    indicators: main,
    indexes: judged.map(({ code }) => indexOf(code, { areas, rules: rules.rules }, main)),
    demo: main.some(({ cells }) => cells.some(hasDemo)),
  };
}

/** The units that answer for something; a reference unit only lends figures for comparison. */
export const judgedUnits = ({ units }: Pick<PlanDocument, 'units'>): Unit[] =>
  units.filter(({ level }) => level !== 'reference');

/**
 * One indicator in the period that closes the one asked for, at these units; undefined where its frequency has none such.
 * Its values are measured at all units, whatever cells are wanted.
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
  const baseline = closing(parsePeriod(plan.baseline), frequency)!;
  const [bases, values, sums, targets] = await Promise.all([
    reader.measured({ code, period: baseline }),
    reader.measured({ code, period }),
    indicator.kind === 'cumulative' ? readSums(reader, indicator, cellsFor, period) : undefined,
    readTargets(reader, indicator, cellsFor, period),
  ]);
  const { definitions: _, targets: __, plan: ___, ...rest } = indicator;
  const { definition, version } = currentDefinition(indicator);
  const row = { ...rest, definition, definitionVersion: version, period: period.text };
  const cells = cellsFor.map(({ code: unit }): Cell => {
    const cumulativeSum = sums?.get(unit);
    const cell = {
      unit,
      base: bases.get(unit)!,
      value: values.get(unit)!,
      ...(cumulativeSum !== undefined && { cumulativeSum }),
      targets: targets.get(unit)!,
    };
    return { ...cell, assessment: assessOrFault(assessmentInput(row, cell, plan.baseline), plan.rules.rules) };
  });
  return { ...row, cells };
}

/** The targets that hold for each unit; a rule with what it asks for. */
async function readTargets(
  reader: PlanReader,
  indicator: IndicatorDocument,
  units: readonly Unit[],
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
      targetsOf(indicator, reader.plan.units, unit).map((target): CellTarget => {
        const computed = rules.get(target.value)?.get(unit);
        return computed ? { ...target, rule: ruleOf(computed, indicator.decimals) } : target;
      }),
    ]),
  );
}

/** ΣX from the plan's start to the end of the period, where every period so far has a value. */
async function readSums(
  reader: PlanReader,
  { code, frequency }: IndicatorDocument,
  units: readonly Unit[],
  until: Period,
): Promise<ReadonlyMap<string, string>> {
  const periods = periodsBetween(frequency, reader.plan.startYear, until.year).filter(
    (period) => endInYears(period) <= endInYears(until),
  );
  const found = await Promise.all(periods.map((period) => reader.measured({ code, period })));
  return new Map(
    units.flatMap(({ code: unit }) => {
      const values = found.flatMap((findings) => {
        const finding = findings.get(unit);
        return finding && isMeasured(finding) ? [finding.exact] : [];
      });
      return periods.length > 0 && values.length === periods.length
        ? [[unit, text(Decimal.sum(...values))] as const]
        : [];
    }),
  );
}

async function composeContext(
  reader: PlanReader,
  indicator: IndicatorDocument,
  asked: Period,
): Promise<Overview['context']> {
  const { code, name } = indicator;
  const period = closing(asked, indicator.frequency);
  if (!period) return [];
  const values = await reader.measured({ code, period });
  const { unitOfMeasure } = currentDefinition(indicator).definition;
  return [...values].flatMap(([unit, value]) =>
    isMeasured(value) ? [{ code, name, unit, period: period.text, unitOfMeasure, value }] : [],
  );
}

/** The index of a unit, of the whole and by area. */
export function indexOf(
  unit: string,
  { areas, rules }: { areas: Overview['areas']; rules: EvaluationRules },
  rows: readonly IndicatorRow[],
): UnitIndex {
  const entries = (area?: string) =>
    rows
      .filter((row) => area === undefined || row.area === area)
      .map(({ code, weight, attribute, cells }) => {
        const { assessment } = cells.find((cell) => cell.unit === unit)!;
        return { indicator: code, weight, attribute, score: assessment.score, status: assessment.status };
      });
  return {
    unit,
    index: compositeIndex(entries(), rules),
    byArea: areas.map(({ code }) => ({ area: code, index: compositeIndex(entries(code), rules) })),
  };
}
