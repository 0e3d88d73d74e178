import { isDeepStrictEqual } from 'node:util';
import type { Method } from '../assessment/method.js';
import type { RecordedEvent } from '../kernel/event.js';
import { parsePeriod } from '../kernel/period.js';
import type { Instant } from '../kernel/time.js';
import type { AsOf } from '../kernel/versioned-store.js';
import { composeJudged, rowsOfWhole, withProgramme, type JudgedPlan, type Overview } from '../overview/overview.js';
import { PlanReader } from '../overview/plan-reader.js';
import { isRead, type DocumentsRead, type MovableDocuments, type Moves, type Reads } from './moved-documents.js';
import type { RowOfWhole } from '../overview/programme/promises.js';
import type { PlanDocument } from '../plans/plan.projection.js';
import { told, type Told } from './moves.js';

/** What of a plan is composed, whatever documents it is composed from. */
export interface Question {
  readonly plan: string;
  readonly period: string;
  /** Facts of days after that of `knownAt` do not count. */
  readonly asOf: AsOf;
  readonly now?: Instant;
  readonly method: Method;
}

/** An overview, with what it was composed of: what an event does not concern is kept for the next one. */
export interface Composed {
  readonly overview: Overview;
  /** Its numbers and conclusions, found when they are asked for. */
  readonly told: () => Told;
  /** What is judged, and the rows of promises, with the documents that were read for them. */
  readonly judged: Judged;
  readonly programmeBy: Reads;
}

interface Judged {
  readonly plan: PlanDocument;
  readonly rows: JudgedPlan;
  readonly rowOf: RowOfWhole;
  readonly by: Reads;
}

/** Composes the overview of a question from documents of which some streams are moved. */
export async function composed(documents: MovableDocuments, moves: Moves, question: Question): Promise<Composed> {
  const views = documents.with(moves);
  const reader = await PlanReader.open(views, question.plan, question.asOf, question.method);
  const period = parsePeriod(question.period);
  const rows = await composeJudged(reader, period);
  const judged = { plan: reader.plan, rows, rowOf: rowsOfWhole(reader, period), by: views.reads };
  return beside(judged, documents.with(moves), question);
}

/**
 * Composes the overview after further events, of whose streams `moves` already tell. What rests on nothing that they concern
 * is kept: the whole, or all but the programme.
 */
export async function recomposed(
  documents: MovableDocuments,
  moves: Moves,
  events: readonly RecordedEvent[],
  question: Question,
  before: Composed,
): Promise<Composed> {
  if (events.some((event) => isRead(event, before.judged.by))) return composed(documents, moves, question);
  if (!events.some((event) => isRead(event, before.programmeBy))) return before;
  return beside(before.judged, documents.with(moves), question);
}

async function beside(judged: Judged, views: DocumentsRead, { asOf, now, method }: Question): Promise<Composed> {
  const { plan, rows, rowOf } = judged;
  const overview = await withProgramme(views, rows, rowOf, { plan, asOf, now, method });
  let known: Told | undefined;
  return { overview, told: () => (known ??= told(overview)), judged, programmeBy: views.reads };
}

/** Whether two overviews are the same to the last field. */
export const isSame = (one: Composed, other: Composed): boolean => isDeepStrictEqual(one.overview, other.overview);
