import type { Assessment } from '../assessment/assessment.js';
import type { CompositeIndex } from '../assessment/composite-index.js';
import type { EvaluationDocument, SnapshotEntry } from '../evaluations/evaluation.projection.js';
import type { Light, Status } from '../assessment/judgement.js';
import type { Finding } from '../assessment/measured.js';
import type { Cell } from '../assessment/cell.js';
import type { IndicatorRow } from '../overview/indicator-row.js';
import type { Overview, UnitIndex } from '../overview/overview.js';
import { overviewIn } from '../overview/overview-in-language.js';
import { topUnit } from '../plans/plan.projection.js';
import type { SnapshotContent } from '../evaluations/snapshot.js';
import { endInYears, findPeriod } from '../kernel/period.js';
import { canonicalJson, sha256 } from '../kernel/json.js';
import { languageIn, languagesFor, type Named } from '../kernel/language.js';
import type { Unit } from '../plans/units-in-time.js';
import type { Line } from './model.js';

/** One indicator with the cell of the top unit. */
export interface TopRow {
  readonly row: IndicatorRow;
  readonly cell: Cell;
  readonly assessment: Assessment;
  /** The JSON pointer (RFC 6901) of the cell in the content of the snapshot. */
  readonly path: string;
}

/** The data from which all chapters are written: the frozen content and values derived from it. */
export interface Subject {
  readonly content: SnapshotContent;
  readonly evaluation: EvaluationDocument;
  readonly entry: SnapshotEntry;
  /** Under its names in the language that is asked for. */
  readonly overview: Overview;
  /** The languages in which its names were looked for. */
  readonly languages: readonly string[];
  readonly zone: string;
  /** The top unit; `below` are the other judged units. */
  readonly top: Unit;
  readonly below: readonly Unit[];
  /** Collective name of the units below, for example 县（市、区）. */
  readonly belowWord: string;
  readonly rows: readonly TopRow[];
  readonly index: CompositeIndex | undefined;
  readonly indexes: readonly UnitIndex[];
  /** The periods of all targets, ordered by time. */
  readonly targetPeriods: readonly string[];
  /** Thresholds of the lead (status) and of the progress (verdict); rounding never moves a number across them. */
  readonly leadBounds: readonly string[];
  readonly progressBounds: readonly string[];
  readonly demo: boolean;
  /** Whether the content has the hash of the event SnapshotTaken. */
  readonly intact: boolean;
  /** Whether the content is only a part of a snapshot: what is not in it is not said to be absent. */
  readonly isPart: boolean;
}

const levelWords: Readonly<Record<Unit['level'], string>> = {
  national: '国家',
  province: '省（区、市）',
  city: '市（州）',
  county: '县（市、区）',
  town: '乡镇（街道）',
  reference: '单位',
};

const unknownUnit: Unit = { code: '', name: '本规划', level: 'reference' };

/** The language of the report, whatever that of the names. */
export const pageLanguage = 'zh-CN';

export function readSubject(
  content: SnapshotContent,
  evaluation: EvaluationDocument,
  entry: SnapshotEntry,
  language?: string,
  isPart = false,
): Subject {
  const overview = overviewIn(content.overview, language);
  const code = topUnit(overview);
  const top = overview.units.find((unit) => unit.code === code) ?? unknownUnit;
  const below = overview.units.filter((unit) => unit.level !== 'reference' && unit.code !== code);
  const levels = new Set(below.map(({ level }) => level));
  const rows = overview.indicators.flatMap((row, at) => {
    const cell = cellOf(row, top.code);
    const path = cell && `/overview/indicators/${at}/cells/${row.cells.indexOf(cell)}`;
    return cell && path ? [{ row, cell, assessment: cell.assessment, path }] : [];
  });
  const periods = new Set(rows.flatMap(({ cell }) => cell.targets.map(({ period }) => period)));
  return {
    content,
    evaluation,
    entry,
    overview,
    languages: languagesFor(language, overview.plan.language),
    zone: overview.plan.timeZone,
    top,
    below,
    belowWord: levels.size === 1 ? levelWords[[...levels][0]!] : '下级单位',
    rows,
    index: overview.indexes.find(({ unit }) => unit === code)?.index,
    indexes: overview.indexes.filter(({ unit }) => below.some((each) => each.code === unit)),
    targetPeriods: [...periods].sort((a, b) => endOf(a) - endOf(b)),
    leadBounds: Object.values(overview.rules.rules.status),
    progressBounds: [overview.rules.rules.verdict.basicallyCompleted],
    demo: overview.demo || evaluation.demo || overview.context.some(({ value }) => value.demo),
    intact: isPart || sha256(canonicalJson(content)) === entry.contentHash,
    isPart,
  };
}

const endOf = (text: string): number => {
  const period = findPeriod(text);
  return period ? endInYears(period) : Infinity;
};

export const cellOf = ({ cells }: IndicatorRow, unit: string): Cell | undefined =>
  cells.find((cell) => cell.unit === unit);

export const nameOf = ({ overview }: Subject, code: string): string =>
  overview.units.find((unit) => unit.code === code)?.name ?? code;

/** A name, marked with its language where that is not the page's. */
export function marked({ overview, languages }: Subject, thing: Named): Line {
  const language = languageIn([thing], languages, overview.plan.language);
  return language === pageLanguage ? thing.name : { kind: 'foreign', language, text: thing.name };
}

/** The marked name of a unit; its code if there is no such unit. */
export function markedUnit(subject: Subject, code: string): Line {
  const unit = subject.overview.units.find((each) => each.code === code);
  return unit ? marked(subject, unit) : code;
}

/** Name of an indicator's responsible unit (责任单位). */
export const ownerOf = (subject: Subject, { owner }: IndicatorRow): string | undefined =>
  owner === undefined ? undefined : unitOwner(subject, owner);

/** The unit's bureau or name; the given text if there is no such unit. */
export function unitOwner({ overview }: Subject, owner: string): string {
  const unit = overview.units.find(({ code }) => code === owner);
  return unit?.bureau ?? unit?.name ?? owner;
}

export const namesOf = (subject: Subject, codes: readonly string[]): string =>
  codes.length === subject.below.length && codes.length > 1 && codes.every((code) => code !== subject.top.code)
    ? `全部 ${codes.length} 个${subject.belowWord}`
    : codes.map((code) => nameOf(subject, code)).join('、');

/** Codes of the units below whose cell passes the test, in the plan's order. */
export const unitsWhere = ({ below }: Subject, row: IndicatorRow, test: (cell: Cell) => boolean): string[] =>
  below.flatMap(({ code }) => {
    const cell = cellOf(row, code);
    return cell && test(cell) ? [code] : [];
  });

export const redUnits = (subject: Subject, row: IndicatorRow): string[] =>
  unitsWhere(subject, row, ({ assessment }) => assessment.light === 'red');

/** Groups items by key, in the given order of keys; empty groups are left out. */
export function grouped<T, K extends string>(
  items: readonly T[],
  order: readonly K[],
  of: (item: T) => K | undefined,
): (readonly [K, readonly T[]])[] {
  return order
    .map((key) => [key, items.filter((item) => of(item) === key)] as const)
    .filter(([, found]) => found.length > 0);
}

export const statusOrder: readonly Status[] = [
  'completed-early',
  'completed',
  'ahead',
  'as-expected',
  'roughly',
  'behind',
  'severely-behind',
  'no-data',
  'incomparable',
  'not-applicable',
];
export const lightOrder: readonly Light[] = ['green', 'yellow', 'red', 'grey'];

export interface Found {
  readonly row: IndicatorRow;
  readonly unit: string;
  readonly finding: Finding;
  readonly isBase: boolean;
}

/** Per indicator, the values of all judged units, then their base values. */
export function allFindings({ overview }: Subject): Found[] {
  return overview.indicators.flatMap((row) => [
    ...row.cells.map(({ unit, value }) => ({ row, unit, finding: value, isBase: false })),
    ...row.cells.map(({ unit, base }) => ({ row, unit, finding: base, isBase: true })),
  ]);
}
