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
import { composeRow, type IndicatorRow } from './indicator-row.js';
import { PlanReader } from './plan-reader.js';
import { composeProgramme, type Programme } from './programme/programme.js';
import type { RowOfWhole } from './programme/promises.js';

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
export async function overviewFrom(
  reader: PlanReader,
  views: DocumentReading,
  { period, asOf, now }: { readonly period: Period; readonly asOf?: AsOf; readonly now?: Instant },
): Promise<Overview> {
  const { plan, method } = reader;
  const judged = await composeJudged(reader, period);
  return withProgramme(views, judged, rowsOfWhole(reader, period), { plan, asOf, now, method });
}

/** What an overview holds besides the programme: it rests on the plan, its indicators and their figures. */
export type JudgedPlan = Omit<Overview, 'programme'>;

export async function composeJudged(reader: PlanReader, period: Period): Promise<JudgedPlan> {
  const indexed = await composeIndexed(reader, period);
  const context = await Promise.all(
    reader.indicators
      .filter(({ role }) => role === 'context')
      .map((indicator) => composeContext(reader, indicator, period)),
  );
  return { ...indexed, context: context.flat() };
}

/** The rows of the units at the top of a period, by which promises are judged. Each is composed once. */
export function rowsOfWhole(reader: PlanReader, period: Period): RowOfWhole {
  const top = judgedUnits({ units: unitsIn(reader.plan, period) }).filter(({ parent }) => parent === undefined);
  const rows = new Map<string, Promise<IndicatorRow | undefined>>();
  const composing = async (code: string, at: Period) => {
    const indicator = reader.indicator(code);
    return indicator && composeRow(reader, indicator, top, at);
  };
  return (code, at) => {
    const key = `${code} ${at.text}`;
    const row = rows.get(key) ?? composing(code, at);
    rows.set(key, row);
    return row;
  };
}

/** An overview of what is judged and of the programme beside it. */
export async function withProgramme(
  views: DocumentReading,
  { demo, ...judged }: JudgedPlan,
  rowOf: RowOfWhole,
  {
    plan,
    asOf,
    now,
    method,
  }: {
    readonly plan: PlanDocument;
    readonly asOf: AsOf | undefined;
    readonly now: Instant | undefined;
    readonly method: Method;
  },
): Promise<Overview> {
  const { indicators, period } = judged;
  const of = { period: parsePeriod(period), asOf, now, indicators, rowOf, method };
  const programme = await composeProgramme(views, plan, of);
  return { ...judged, programme, demo: demo || programme.demo };
}

/** The main indicators of a plan in one period, and the indexes made of them: of every unit that is judged, or of one. */
export async function composeIndexed(reader: PlanReader, period: Period, unit?: string): Promise<IndexedPlan> {
  const { plan, indicators } = reader;
  const { areas, rules } = plan;
  const units = unitsIn(plan, period);
  const judged = judgedUnits({ units }).filter(({ code }) => unit === undefined || code === unit);
  const rows = await Promise.all(
    indicators.filter(({ role }) => role === 'main').map((indicator) => composeRow(reader, indicator, judged, period)),
  );
  const main = rows.filter((row) => row !== undefined);
  return {
    plan: headOf(plan),
    period: period.text,
    rules,
    areas,
    units,
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
