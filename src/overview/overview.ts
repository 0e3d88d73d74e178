import { hasDemo } from '../assessment/cell.js';
import { compositeIndex, type CompositeIndex } from '../assessment/composite-index.js';
import { isMeasured, type Finding } from '../assessment/measured.js';
import { currentMethod, type Method } from '../assessment/method.js';
import { currentDefinition, type IndicatorDocument } from '../indicators/indicator.projection.js';
import { closing, parsePeriod, type Period } from '../kernel/period.js';
import type { Translations } from '../kernel/language.js';
import type { Instant } from '../kernel/time.js';
import type { AsOf } from '../kernel/versioned-store.js';
import type { DocumentReading } from '../kernel/views.js';
import type { EvaluationRules } from '../plans/evaluation-rules.js';
import { namingOf, type Unit, unitsIn } from '../plans/units-in-time.js';
import type { PlanDocument } from '../plans/plan.projection.js';
import { judgedUnits } from '../plans/plan.projection.js';
import { directly, type Composing } from './composing.js';
import { composeRow, type IndicatorRow } from './indicator-row.js';
import { PlanReader } from './plan-reader.js';
import { composeProgramme, type Programme } from './programme/programme.js';

export interface UnitIndex {
  readonly unit: string;
  readonly index: CompositeIndex;
  readonly byArea: readonly { readonly area: string; readonly index: CompositeIndex }[];
}

/** What an overview repeats of its plan. */
const headFields = [
  'plan',
  'title',
  'language',
  'translations',
  'territory',
  'timeZone',
  'startYear',
  'endYear',
  'fiscalYear',
  'money',
  'baseline',
  'midterm',
] as const;
type PlanHead = Pick<PlanDocument, (typeof headFields)[number]>;

/**
 * The state of a plan in one period as it was known at one moment. Plain JSON, built from nothing but documents as of that
 * moment: the content of a snapshot.
 */
export interface Overview {
  readonly plan: PlanHead;
  readonly period: string;
  readonly rules: PlanDocument['rules'];
  readonly areas: PlanDocument['areas'];
  /** The units of the period, as they were then. */
  readonly units: readonly Unit[];
  readonly indicators: readonly IndicatorRow[];
  /** Figures that lend background and are not judged. */
  readonly context: readonly {
    code: string;
    name: string;
    translations?: Translations;
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
  views: DocumentReading,
  planCode: string,
  periodText: string,
  asOf?: AsOf,
  now?: Instant,
  method: Method = currentMethod,
): Promise<Overview> {
  const reader = await PlanReader.open(views, planCode, asOf, method);
  return overviewFrom(reader, views, { period: parsePeriod(periodText), asOf, now });
}

/** The overview of what a reader reads; `views` and `asOf` are the reader's. */
export const overviewFrom = (
  reader: PlanReader,
  views: DocumentReading,
  { period, asOf, now }: { readonly period: Period; readonly asOf?: AsOf; readonly now?: Instant },
): Promise<Overview> => overviewIn(directly(reader, views), { period, asOf, now });

/** What is judged: the part of an overview that rests on the plan, its indicators and their figures. */
export const judgedPart = 'judged';

/** The overview of what a composing reads; `asOf` is that of its reader. */
export async function overviewIn(
  own: Composing,
  {
    period,
    asOf,
    now,
  }: { readonly period: Period; readonly asOf: AsOf | undefined; readonly now: Instant | undefined },
): Promise<Overview> {
  const { demo, ...judged } = await own.part(judgedPart, (ofJudged) => composeJudged(ofJudged, period));
  const { plan, method } = await own.reader();
  const { indicators } = judged;
  const programme = await composeProgramme(own, plan, { period, asOf, now, indicators, method });
  return { ...judged, programme, demo: demo || programme.demo };
}

async function composeJudged(own: Composing, period: Period): Promise<Omit<Overview, 'programme'>> {
  const reader = await own.reader();
  const units = judgedUnits({ units: unitsIn(reader.plan, period) });
  const of = <Value>(
    kind: string,
    { code }: IndicatorDocument,
    compose: (from: PlanReader, indicator: IndicatorDocument) => Promise<Value>,
  ) =>
    own.part(`${kind} ${code}`, async (ofIndicator) => {
      const from = await ofIndicator.reader();
      return compose(from, from.indicator(code)!);
    });
  const indexed = await indexedOf(reader, period, units, (indicator) =>
    of('row', indicator, (from, each) => composeRow(from, each, units, period)),
  );
  const context = await Promise.all(
    reader.indicators
      .filter(({ role }) => role === 'context')
      .map((indicator) => of('context', indicator, (from, each) => composeContext(from, each, period))),
  );
  return { ...indexed, context: context.flat() };
}

/** The main indicators of a plan in one period, and the indexes made of them: of every unit that is judged, or of one. */
export function composeIndexed(reader: PlanReader, period: Period, unit?: string): Promise<IndexedPlan> {
  const judged = judgedUnits({ units: unitsIn(reader.plan, period) });
  const units = judged.filter(({ code }) => unit === undefined || code === unit);
  return indexedOf(reader, period, units, (indicator) => composeRow(reader, indicator, units, period));
}

async function indexedOf(
  { plan, indicators }: PlanReader,
  period: Period,
  judged: readonly Unit[],
  rowOf: (indicator: IndicatorDocument) => Promise<IndicatorRow | undefined>,
): Promise<IndexedPlan> {
  const { areas, rules } = plan;
  const rows = await Promise.all(indicators.filter(({ role }) => role === 'main').map(rowOf));
  const main = rows.filter((row) => row !== undefined);
  return {
    plan: headOf(plan),
    period: period.text,
    rules,
    areas,
    units: unitsIn(plan, period),
    indicators: main,
    indexes: judged.map(({ code }) => indexOf(code, { areas, rules: rules.rules }, main)),
    demo: main.some(({ cells }) => cells.some(hasDemo)),
  };
}

const headOf = (plan: PlanDocument) =>
  Object.fromEntries(
    headFields.flatMap((field) => (plan[field] === undefined ? [] : [[field, plan[field]]])),
  ) as PlanHead;

async function composeContext(
  reader: PlanReader,
  indicator: IndicatorDocument,
  asked: Period,
): Promise<Overview['context']> {
  const { code } = indicator;
  const naming = namingOf(indicator);
  const period = closing(asked, indicator.frequency);
  if (!period) return [];
  const values = await reader.measured({ code, period });
  const { unitOfMeasure } = currentDefinition(indicator).definition;
  return [...values].flatMap(([unit, value]) =>
    isMeasured(value) ? [{ code, ...naming, unit, period: period.text, unitOfMeasure, value }] : [],
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
