import { figureProjection, type FigureDocument } from '../figures/figure.projection.js';
import { indicatorProjection, type IndicatorDocument } from '../indicators/indicator.projection.js';
import { notFound } from '../kernel/errors.js';
import { closing, endInYears, findPeriod, parsePeriod, periodsBetween } from '../kernel/period.js';
import type { AsOf, Version } from '../kernel/versioned-store.js';
import type { Views } from '../kernel/views.js';
import type { Unit } from '../plans/plan.decider.js';
import { isMeasured, measuredByUnit, type Finding } from './measured.js';
import { readPlan } from '../plans/read-plan.js';
import { composeRow, type Cell } from './overview.js';

/** How a value became known and changed: from this moment on it read so. */
export interface ValueChange {
  readonly knownAt: string;
  /** Absent where there was none from then on. */
  readonly shown?: string;
}

export interface HistoryPoint {
  readonly period: string;
  readonly value: Finding;
  readonly target?: string;
  /** What the trajectory asks for by the end of the period. */
  readonly required?: string;
  readonly status: string;
  /** Oldest first: the first entry is as first reported, the last as it reads at the moment asked for. */
  readonly changes: readonly ValueChange[];
}

export interface IndicatorHistory {
  readonly plan: string;
  readonly code: string;
  readonly name: string;
  readonly unit: string;
  readonly unitOfMeasure: string;
  readonly targets: Cell['targets'];
  readonly points: readonly HistoryPoint[];
  readonly demo: boolean;
}

/** One indicator at one unit over all periods: as first reported, as corrected, against its targets. */
export async function indicatorHistory(
  views: Views,
  planCode: string,
  code: string,
  unit: string,
  asOf?: AsOf,
): Promise<IndicatorHistory> {
  const plan = await readPlan(views, planCode, asOf);
  const indicator = (await views.get(indicatorProjection, `${planCode}/${code}`, asOf))?.body;
  if (!indicator) throw notFound('indicator.unknown', `规划 ${planCode} 没有指标 ${code}：请核对指标代码`);
  if (!plan.units.some((enrolled) => enrolled.code === unit)) {
    throw notFound('unit.unknown', `规划 ${planCode} 没有单位 ${unit}：请核对单位代码`);
  }
  const figures = await views.list(figureProjection, `${planCode}/${code}/`, { asOf });
  const baseline = closing(parsePeriod(plan.baseline), indicator.frequency)!;
  const periods = [
    ...new Set([
      baseline.text,
      ...periodsBetween(indicator.frequency, plan.startYear, plan.endYear).map(({ text }) => text),
      ...figures.map(({ body }) => body.period),
    ]),
  ].sort((a, b) => endInYears(findPeriod(a)!) - endInYears(findPeriod(b)!));

  const judged = plan.units.filter(({ level }) => level !== 'reference');
  const points: HistoryPoint[] = [];
  let targets: Cell['targets'] = [];
  for (const period of periods) {
    const row = await composeRow(views, plan, indicator, judged, findPeriod(period)!, asOf);
    const cell = row?.cells.find((found) => found.unit === unit);
    const histories = await Promise.all(
      figures.filter(({ body }) => body.period === period).map(({ key }) => views.history(figureProjection, key, asOf)),
    );
    const isBaseline = period === baseline.text;
    const latest = histories.map((versions) => versions.at(-1)!.body);
    const value = cell?.value ?? measuredByUnit(indicator, plan.units, latest, { isBaseline }).get(unit)!;
    targets = cell?.targets ?? [];
    const target = targets.find((entry) => entry.period === period)?.value;
    const required = cell?.assessment.requiredNow;
    points.push({
      period,
      value,
      ...(target !== undefined && { target }),
      ...(required !== undefined && { required }),
      status: cell?.assessment.status ?? 'not-applicable',
      changes: changesOf(indicator, plan.units, unit, histories, isBaseline),
    });
  }
  const { name, definitions } = indicator;
  return {
    plan: planCode,
    code,
    name,
    unit,
    unitOfMeasure: definitions.at(-1)!.definition.unitOfMeasure,
    targets,
    points,
    demo: points.some(({ value }) => value.demo) || targets.some(({ demo }) => demo),
  };
}

/** Reckons the value anew at every moment at which any figure behind it changed, and keeps the moments it did. */
function changesOf(
  indicator: IndicatorDocument,
  units: readonly Unit[],
  unit: string,
  histories: readonly Version<FigureDocument>[][],
  isBaseline: boolean,
): ValueChange[] {
  const moments = [...new Set(histories.flat().map(({ knownAt }) => knownAt))].sort();
  const changes: ValueChange[] = [];
  for (const knownAt of moments) {
    const figures = histories.flatMap(
      (versions) => versions.findLast((version) => version.knownAt <= knownAt)?.body ?? [],
    );
    const finding = measuredByUnit(indicator, units, figures, { isBaseline }).get(unit);
    const shown = finding && isMeasured(finding) ? finding.shown : undefined;
    if (shown !== changes.at(-1)?.shown) changes.push({ knownAt, ...(shown !== undefined && { shown }) });
  }
  return changes;
}
