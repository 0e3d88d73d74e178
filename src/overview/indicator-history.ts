import { figureProjection, type FigureDocument } from '../figures/figure.projection.js';
import { unknownIndicator } from '../indicators/read-indicators.js';
import type { Period } from '../kernel/period.js';
import { languageIn, languagesFor, named, nameIn, type Translations } from '../kernel/language.js';
import type { AsOf, Version } from '../kernel/versioned-store.js';
import type { Views } from '../kernel/views.js';
import { unitOf } from '../plans/lookup.js';
import { namingOf } from '../plans/units-in-time.js';
import { isMeasured, type Finding } from '../assessment/measured.js';
import { Measurements, type Source } from '../assessment/measurements.js';
import type { Cell } from '../assessment/cell.js';
import { periodValues } from './period-values.js';
import { PlanReader } from './plan-reader.js';
import { askedValue } from '../assessment/rule-targets.js';

/** A change of a value: its text from this known time on. */
export interface ValueChange {
  readonly knownAt: string;
  /** Absent if the value ceased to exist. */
  readonly shown?: string;
}

export interface HistoryPoint {
  readonly period: string;
  /** The unit's name of that time, if it was another one. */
  readonly unitName?: string;
  readonly value: Finding;
  readonly target?: string;
  /** The value that the trajectory requires by the end of the period. */
  readonly required?: string;
  /** In place of a value: the range in which it has to be, both ends included. */
  readonly range?: { readonly lower: string; readonly upper: string };
  readonly status: string;
  /** Oldest first. The first entry is the first reported value, the last one the value as of the requested moment. */
  readonly changes: readonly ValueChange[];
}

export interface IndicatorHistory {
  readonly plan: string;
  readonly code: string;
  readonly name: string;
  readonly translations?: Translations;
  /** Of the name, where one was asked for. */
  readonly language?: string;
  readonly unit: string;
  readonly unitOfMeasure: string;
  readonly decimals: number;
  readonly targets: Cell['targets'];
  readonly points: readonly HistoryPoint[];
  readonly demo: boolean;
}

/**
 * Values, targets, status and changes of one indicator at one unit, for all periods; the names in a language, where the
 * plan has them in it.
 * @throws {DomainError} the errors of `readPlan`, `indicator.unknown`, `unit.unknown`
 */
export async function indicatorHistory(
  views: Views,
  planCode: string,
  code: string,
  unit: string,
  asOf?: AsOf,
  language?: string,
): Promise<IndicatorHistory> {
  const reader = await PlanReader.open(views, planCode, asOf);
  const { plan } = reader;
  const indicator = reader.indicator(code);
  if (!indicator) throw unknownIndicator(planCode, code, reader.indicators);
  const enrolled = unitOf(plan, unit);

  const languages = languagesFor(language, plan.language);
  const points: HistoryPoint[] = [];
  let targets: Cell['targets'] = [];
  const found = await periodValues(views, reader, { indicator, unit: enrolled, ...(asOf && { asOf }) });
  for (const { period, then, within, cell, value } of found) {
    targets = cell?.targets ?? [];
    const due = targets.find((entry) => entry.period === period.text);
    const target = due && askedValue(due);
    const { requiredNow: required, range } = cell?.assessment ?? {};
    points.push({
      period: period.text,
      ...(then && then.name !== enrolled.name && { unitName: nameIn(then, languages) }),
      value,
      ...(target !== undefined && { target }),
      ...(required !== undefined && { required }),
      ...(range && { range: { lower: range.lower, upper: range.upper } }),
      status: cell?.assessment.status ?? 'not-applicable',
      changes: await changesOf(views, reader, { code, period }, { unit, within }, asOf),
    });
  }
  const { definitions, decimals } = indicator;
  return {
    plan: planCode,
    code,
    ...namingOf(named(indicator, languages)),
    ...(language !== undefined && { language: languageIn([indicator], languages, plan.language) }),
    unit,
    unitOfMeasure: definitions.at(-1)!.definition.unitOfMeasure,
    decimals,
    targets,
    points,
    demo: points.some(({ value }) => value.demo) || targets.some(({ demo }) => demo),
  };
}

/**
 * Computes the value at each known time at which a figure it depends on changed; returns the times at which it changed.
 */
async function changesOf(
  views: Views,
  reader: PlanReader,
  source: Source,
  { unit, within }: { unit: string; within: Period },
  asOf: AsOf | undefined,
): Promise<ValueChange[]> {
  const histories = new Map<string, Version<FigureDocument>[][]>();
  for (const { code, period } of reader.sourcesOf(source)) {
    const prefix = `${reader.plan.plan}/${code}/${period.text}/`;
    const found = await views.list(figureProjection, prefix, { asOf });
    histories.set(prefix, await Promise.all(found.map(({ key }) => views.history(figureProjection, key, asOf))));
  }
  const moments = [...new Set([...histories.values()].flat(2).map(({ knownAt }) => knownAt))].sort();
  const changes: ValueChange[] = [];
  for (const knownAt of moments) {
    const figures = ({ code, period }: Source) =>
      (histories.get(`${reader.plan.plan}/${code}/${period.text}/`) ?? []).flatMap(
        (versions) => versions.findLast((version) => version.knownAt <= knownAt)?.body ?? [],
      );
    const finding = new Measurements(reader.plan, reader.byCode, figures).of(source, within).get(unit);
    const shown = finding && isMeasured(finding) ? finding.shown : undefined;
    if (shown !== changes.at(-1)?.shown) changes.push({ knownAt, ...(shown !== undefined && { shown }) });
  }
  return changes;
}
