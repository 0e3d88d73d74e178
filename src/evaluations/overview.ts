import { readIndicators } from '../indicators/read-indicators.js';
import { figureProjection } from '../figures/figure.projection.js';
import { currentDefinition, type IndicatorDocument, type TargetEntry } from '../indicators/indicator.projection.js';
import { closing, endInYears, parsePeriod, periodsBetween, type Period } from '../kernel/period.js';
import type { AsOf } from '../kernel/versioned-store.js';
import type { Views } from '../kernel/views.js';
import type { Unit } from '../plans/plan.decider.js';
import type { PlanDocument } from '../plans/plan.projection.js';
import { readPlan } from '../plans/read-plan.js';
import { assess, type Assessment, type Gap } from './assessment.js';
import { compositeIndex, type CompositeIndex } from './composite-index.js';
import { Decimal, text } from './decimals.js';
import { isMeasured, measuredByUnit, type Finding } from './measured.js';

/** One indicator at one unit: what was aimed at, what was found, and what the rules make of it. */
export interface Cell {
  readonly unit: string;
  readonly base: Finding;
  readonly value: Finding;
  readonly targets: readonly TargetEntry[];
  readonly assessment: Assessment;
}

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
  /** 示例数据 is in it. */
  readonly demo: boolean;
}

export async function composeOverview(
  views: Views,
  planCode: string,
  periodText: string,
  asOf?: AsOf,
): Promise<Overview> {
  const period = parsePeriod(periodText);
  const plan = await readPlan(views, planCode, asOf);
  const indicators = await readIndicators(views, planCode, asOf);
  const judged = plan.units.filter(({ level }) => level !== 'reference');
  const rows = await Promise.all(
    indicators
      .filter(({ role }) => role === 'main')
      .map((indicator) => composeRow(views, plan, indicator, judged, period, asOf)),
  );
  const main = rows.filter((row) => row !== undefined);
  const context = await Promise.all(
    indicators
      .filter(({ role }) => role === 'context')
      .map((indicator) => composeContext(views, plan, indicator, period, asOf)),
  );
  const { title, territory, timeZone, startYear, endYear, baseline, midterm, rules, areas } = plan;
  return {
    plan: { plan: planCode, title, territory, timeZone, startYear, endYear, baseline, ...(midterm && { midterm }) },
    period: period.text,
    rules,
    areas,
    units: plan.units,
    indicators: main,
    context: context.flat(),
    indexes: judged.map(({ code }) => indexOf(code, plan, main)),
    demo: main.some(({ cells }) =>
      cells.some(({ base, value, targets }) => base.demo || value.demo || targets.some(({ demo }) => demo)),
    ),
  };
}

/** One indicator in the period that closes the one asked for; undefined where its frequency has none such. */
export async function composeRow(
  views: Views,
  plan: PlanDocument,
  indicator: IndicatorDocument,
  units: readonly Unit[],
  asked: Period,
  asOf: AsOf | undefined,
): Promise<IndicatorRow | undefined> {
  const period = closing(asked, indicator.frequency);
  if (!period) return undefined;
  const baseline = closing(parsePeriod(plan.baseline), indicator.frequency)!;
  const bases = await readMeasured(views, plan, indicator, units, baseline, asOf);
  const values =
    period.text === baseline.text ? bases : await readMeasured(views, plan, indicator, units, period, asOf);
  const sums =
    indicator.kind === 'cumulative' ? await readSums(views, plan, indicator, units, period, asOf) : undefined;

  const cells = units.map(({ code }): Cell => {
    const base = bases.get(code)!;
    const value = values.get(code)!;
    const targets = targetsOf(indicator, units, code);
    return {
      unit: code,
      base,
      value,
      targets,
      assessment: assess(
        {
          kind: indicator.kind,
          direction: indicator.direction,
          attribute: indicator.attribute,
          trajectory: indicator.trajectory,
          base: isMeasured(base) && base.comparable ? { value: base.exact, period: baseline.text } : undefined,
          targets: targets.map((target) => ({ period: target.period, value: target.value })),
          period: period.text,
          value: isMeasured(value) ? value.exact : undefined,
          cumulativeSum: sums?.get(code),
          gap: gapOf(indicator, value, period),
        },
        plan.rules.rules,
      ),
    };
  });
  const { definitions: _, targets: __, plan: ___, ...rest } = indicator;
  const { definition, version } = currentDefinition(indicator);
  return { ...rest, definition, definitionVersion: version, period: period.text, cells };
}

/** The values of an indicator in one period, for every unit, as of a moment. */
export async function readMeasured(
  views: Views,
  plan: Pick<PlanDocument, 'plan' | 'baseline'>,
  indicator: IndicatorDocument,
  units: readonly Unit[],
  period: Period,
  asOf?: AsOf,
): Promise<ReadonlyMap<string, Finding>> {
  const figures = await views.list(figureProjection, `${plan.plan}/${indicator.code}/${period.text}/`, { asOf });
  const isBaseline = period.text === closing(parsePeriod(plan.baseline), indicator.frequency)?.text;
  return measuredByUnit(
    indicator,
    units,
    figures.map(({ body }) => body),
    { isBaseline },
  );
}

/** ΣX from the plan's start to the end of the period, where every period so far has a value. */
async function readSums(
  views: Views,
  plan: PlanDocument,
  indicator: IndicatorDocument,
  units: readonly Unit[],
  until: Period,
  asOf: AsOf | undefined,
): Promise<ReadonlyMap<string, string>> {
  const sums = new Map<string, Decimal | undefined>(units.map(({ code }) => [code, new Decimal(0)]));
  const periods = periodsUntil(indicator, plan.startYear, until);
  for (const period of periods) {
    const values = await readMeasured(views, plan, indicator, units, period, asOf);
    for (const [unit, sum] of sums) {
      const value = values.get(unit);
      sums.set(unit, sum && value && isMeasured(value) ? sum.plus(value.exact) : undefined);
    }
  }
  return new Map([...sums].flatMap(([unit, sum]) => (sum ? [[unit, text(sum)]] : [])));
}

function periodsUntil(indicator: IndicatorDocument, startYear: number, until: Period): Period[] {
  return periodsBetween(indicator.frequency, startYear, until.year).filter(
    (period) => endInYears(period) <= endInYears(until),
  );
}

/** A unit's own targets; where the plan's target holds for all, those of the nearest unit above that has any. */
function targetsOf(indicator: IndicatorDocument, units: readonly Unit[], unit: string): TargetEntry[] {
  for (let at: string | undefined = unit; at !== undefined; at = units.find(({ code }) => code === at)?.parent) {
    const own = indicator.targets.filter((target) => target.unit === at);
    if (own.length > 0)
      return own.sort((a, b) => endInYears(parsePeriod(a.period)) - endInYears(parsePeriod(b.period)));
    if (indicator.targetScope === 'own') break;
  }
  return [];
}

function gapOf(indicator: IndicatorDocument, value: Finding, period: Period): Gap | undefined {
  const { retiredFrom } = indicator;
  if (retiredFrom !== undefined && endInYears(period) >= endInYears(parsePeriod(retiredFrom))) return 'not-applicable';
  if (isMeasured(value)) return value.comparable ? undefined : 'incomparable';
  return value.because === 'not-applicable' ? 'not-applicable' : 'no-data';
}

async function composeContext(
  views: Views,
  plan: PlanDocument,
  indicator: IndicatorDocument,
  asked: Period,
  asOf: AsOf | undefined,
): Promise<Overview['context']> {
  const period = closing(asked, indicator.frequency);
  if (!period) return [];
  const values = await readMeasured(views, plan, indicator, plan.units, period, asOf);
  const { code, name } = indicator;
  const { unitOfMeasure } = currentDefinition(indicator).definition;
  return [...values].flatMap(([unit, value]) =>
    isMeasured(value) ? [{ code, name, unit, period: period.text, unitOfMeasure, value }] : [],
  );
}

function indexOf(unit: string, plan: PlanDocument, rows: readonly IndicatorRow[]): UnitIndex {
  const entries = (area?: string) =>
    rows
      .filter((row) => area === undefined || row.area === area)
      .map(({ code, weight, attribute, cells }) => {
        const { assessment } = cells.find((cell) => cell.unit === unit)!;
        return { indicator: code, weight, attribute, score: assessment.score, status: assessment.status };
      });
  return {
    unit,
    index: compositeIndex(entries(), plan.rules.rules),
    byArea: plan.areas.map(({ code }) => ({ area: code, index: compositeIndex(entries(code), plan.rules.rules) })),
  };
}
