import type { Assessment } from '../assessment/assessment.js';
import type { CompositeIndex } from '../assessment/composite-index.js';
import type { EvaluationDocument, SnapshotEntry } from '../evaluations/evaluation.projection.js';
import type { Light, Status } from '../assessment/judgement.js';
import type { Finding } from '../assessment/measured.js';
import type { Cell } from '../assessment/cell.js';
import type { IndicatorRow } from '../overview/indicator-row.js';
import type { Overview, UnitIndex } from '../overview/overview.js';
import { topUnit } from '../plans/plan.projection.js';
import type { SnapshotContent } from '../evaluations/snapshot.js';
import { endInYears, findPeriod } from '../kernel/period.js';
import { canonicalJson, sha256 } from '../kernel/json.js';
import type { Unit } from '../plans/plan.decider.js';

/** One indicator as the unit above all others has it. */
export interface TopRow {
  readonly row: IndicatorRow;
  readonly cell: Cell;
  readonly assessment: Assessment;
}

/** What every part of the report is written from: the frozen content, read once. */
export interface Subject {
  readonly content: SnapshotContent;
  readonly evaluation: EvaluationDocument;
  readonly entry: SnapshotEntry;
  readonly overview: Overview;
  readonly zone: string;
  /** The unit above all others, and those below it that are judged. */
  readonly top: Unit;
  readonly below: readonly Unit[];
  /** What the units below are called together: 县（市、区）. */
  readonly belowWord: string;
  readonly rows: readonly TopRow[];
  readonly index: CompositeIndex | undefined;
  readonly indexes: readonly UnitIndex[];
  /** The periods for which there are targets, in the order of time. */
  readonly targetPeriods: readonly string[];
  /** The leads at which another status begins, and the progress at which another verdict does. */
  readonly leadBounds: readonly string[];
  readonly progressBounds: readonly string[];
  readonly demo: boolean;
  /** The content still has the hash that the event names. */
  readonly intact: boolean;
}

const levelWords: Readonly<Record<Unit['level'], string>> = {
  province: '省（区、市）',
  city: '市（州）',
  county: '县（市、区）',
  town: '乡镇（街道）',
  reference: '单位',
};

const nobody: Unit = { code: '', name: '本规划', level: 'reference' };

export function readSubject(content: SnapshotContent, evaluation: EvaluationDocument, entry: SnapshotEntry): Subject {
  const { overview } = content;
  const code = topUnit(overview);
  const top = overview.units.find((unit) => unit.code === code) ?? nobody;
  const below = overview.units.filter((unit) => unit.level !== 'reference' && unit.code !== code);
  const levels = new Set(below.map(({ level }) => level));
  const rows = overview.indicators.flatMap((row) => {
    const cell = cellOf(row, top.code);
    return cell ? [{ row, cell, assessment: cell.assessment }] : [];
  });
  const periods = new Set(rows.flatMap(({ cell }) => cell.targets.map(({ period }) => period)));
  return {
    content,
    evaluation,
    entry,
    overview,
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
    intact: sha256(canonicalJson(content)) === entry.contentHash,
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

/** 责任单位 as people call it. */
export const ownerOf = (subject: Subject, { owner }: IndicatorRow): string | undefined =>
  owner === undefined ? undefined : unitOwner(subject, owner);

/** The bureau that answers for a unit; where nobody is named so, the word as it was written. */
export function unitOwner({ overview }: Subject, owner: string): string {
  const unit = overview.units.find(({ code }) => code === owner);
  return unit?.bureau ?? unit?.name ?? owner;
}

export const namesOf = (subject: Subject, codes: readonly string[]): string =>
  codes.length === subject.below.length && codes.length > 1 && codes.every((code) => code !== subject.top.code)
    ? `全部 ${codes.length} 个${subject.belowWord}`
    : codes.map((code) => nameOf(subject, code)).join('、');

/** The units below whose cell answers, in the plan's order. */
export const unitsWhere = ({ below }: Subject, row: IndicatorRow, test: (cell: Cell) => boolean): string[] =>
  below.flatMap(({ code }) => {
    const cell = cellOf(row, code);
    return cell && test(cell) ? [code] : [];
  });

export const redUnits = (subject: Subject, row: IndicatorRow): string[] =>
  unitsWhere(subject, row, ({ assessment }) => assessment.light === 'red');

/** Things by a word of theirs, in the order of the words given. */
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

/** What was found for every unit that is judged: the period's values, then the bases. */
export function everythingFound({ overview }: Subject): Found[] {
  return overview.indicators.flatMap((row) => [
    ...row.cells.map(({ unit, value }) => ({ row, unit, finding: value, isBase: false })),
    ...row.cells.map(({ unit, base }) => ({ row, unit, finding: base, isBase: true })),
  ]);
}
