import type { AppraisalRulesInForce } from '../appraisal-rules/appraisal-rules.projection.js';
import { digestHead, type DigestHead } from '../digests/summary.js';
import type { FileStore } from '../kernel/file-store.js';
import { dayOf } from '../kernel/time.js';
import type { Views } from '../kernel/views.js';
import type { FoundOverview } from '../overview/overviews.js';
import type { Objection, PutForth } from './appraisal.projection.js';
import type { AppraisalScore } from './appraise.js';
import { frozenYear, type FrozenYear } from './frozen-year.js';
import { scoresOf, type AppraisedUnit, type Scores } from './scores.js';
import { sheetChange, type SheetChange } from './sheet-change.js';
import { readSheets } from './stored-sheets.js';
import { yearOf } from './year.js';

/** How the sheets of the year were put forth last. */
export interface LastPutForth extends Pick<PutForth, 'round' | 'asOf' | 'until' | 'contentHash' | 'by' | 'knownAt'> {
  /** Whether units may object on the day of the moment. */
  readonly isOpen: boolean;
}

interface AppraisalHead extends DigestHead {
  /** By which the sheets were made. */
  readonly rules: AppraisalRulesInForce;
  /** The day as of which something is due or overdue. */
  readonly day: string;
  readonly demo: boolean;
  /** Absent while the sheets of the year were not put forth. */
  readonly putForth?: LastPutForth;
  /** Present once the annual evaluation was published: the sheets are those of that moment. */
  readonly frozen?: FrozenYear;
}

/** The 考核 sheet of one unit for a year. */
export interface AppraisalSheet extends AppraisalHead, AppraisalScore {
  readonly unit: string;
  readonly unitName: string;
  /** Of the unit, to deductions of this or an earlier sheet of the year. */
  readonly objections: readonly Objection[];
  /** Only of a frozen sheet: what would be different by what is known at the moment; absent where nothing would. */
  readonly change?: SheetChange;
}

/** The points of each unit whose sheet the reader may see. */
export interface Appraisal extends AppraisalHead {
  /** Whether the reader may see the sheets of all units: only then those that were stored, in which all stand. */
  readonly isWhole: boolean;
  readonly units: readonly UnitAppraisal[];
}

export interface UnitAppraisal extends Omit<AppraisalScore, 'items'> {
  readonly unit: string;
  readonly name: string;
  readonly items: readonly {
    readonly code: string;
    readonly weight: string;
    /** Absent where the item does not apply. */
    readonly points?: string;
  }[];
  readonly objections: { readonly waiting: number; readonly accepted: number; readonly refused: number };
}

interface Stores {
  readonly views: Views;
  readonly files: FileStore;
}

/** The points of the units, in their order. @throws {DomainError} `appraisal.period` */
export async function appraisal(
  stores: Stores,
  found: FoundOverview,
  { units, isWhole }: { readonly units: readonly AppraisedUnit[]; readonly isWhole: boolean },
): Promise<Appraisal> {
  const { head, scores } = await standing(stores, found, units);
  return {
    ...head,
    isWhole,
    units: scores.map(({ unit, score: { items, ...sums }, objections }) => ({
      ...{ unit: unit.code, name: unit.name, ...sums, objections: countsOf(objections) },
      items: items.map(({ code, weight, points }) => ({ code, weight, ...(points !== undefined && { points }) })),
    })),
  };
}

function countsOf(objections: readonly Objection[]): UnitAppraisal['objections'] {
  const of = (accepted: boolean | undefined) =>
    objections.filter(({ decided, withdrawn }) => !withdrawn && decided?.accepted === accepted).length;
  return { waiting: of(undefined), accepted: of(true), refused: of(false) };
}

/** The sheet of one unit. @throws {DomainError} `appraisal.period` */
export async function appraisalSheet(
  stores: Stores,
  found: FoundOverview,
  unit: AppraisedUnit,
): Promise<AppraisalSheet> {
  const { head, scores } = await standing(stores, found, [unit]);
  const [{ score, objections } = { score: noScore, objections: [] }] = scores;
  const sheet = { ...head, unit: unit.code, unitName: unit.name, ...score, objections };
  if (!head.frozen) return sheet;
  const now = await scoresOf(stores.views, found, [unit]);
  const change = sheetChange(
    { score, rulesVersion: head.rules.version },
    { score: now.units[0]!.score, rulesVersion: now.rules.version },
  );
  return { ...sheet, ...(change && { change }) };
}

/** Of a unit that had no sheet when the sheets were frozen. */
const noScore: AppraisalScore = { items: [], points: '0', weight: '0' };

/** The sheets as they stand at the moment: as they were frozen, or computed. */
async function standing(
  { views, files }: Stores,
  found: FoundOverview,
  units: readonly AppraisedUnit[],
): Promise<{ readonly head: AppraisalHead; readonly scores: Scores['units'] }> {
  const { overview, plan, asOf, now } = found;
  const year = yearOf(overview.period).text;
  const frozen = await frozenYear(views, plan.plan, year, asOf);
  const head = digestHead(overview);
  if (!frozen) {
    const { rules, day, rounds, units: scores } = await scoresOf(views, found, units);
    const today = dayOf(asOf.knownAt ?? now, plan.timeZone);
    return { scores, head: { ...head, rules, day, demo: overview.demo, ...lastOf(rounds, today) } };
  }
  const { rules, day, demo, sheets } = await readSheets(files, frozen.contentHash);
  const scores = units.flatMap((unit) => {
    const sheet = sheets.find((each) => each.unit === unit.code);
    if (!sheet) return [];
    const { items, points, weight, total, objections } = sheet;
    const score = { items, points, weight, ...(total !== undefined && { total }) };
    return [{ unit: { code: unit.code, name: sheet.unitName }, score, objections }];
  });
  return { scores, head: { ...head, rules, day, demo, frozen } };
}

function lastOf(rounds: readonly PutForth[], today: string): { readonly putForth?: LastPutForth } {
  const last = rounds.at(-1);
  if (!last) return {};
  const { round, asOf, until, contentHash, by, knownAt } = last;
  return { putForth: { round, asOf, until, contentHash, by, knownAt, isOpen: today <= until } };
}
