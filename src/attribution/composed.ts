import { isDeepStrictEqual } from 'node:util';
import type { Method } from '../assessment/method.js';
import type { RecordedEvent } from '../kernel/event.js';
import { parsePeriod } from '../kernel/period.js';
import { parseStreamName } from '../kernel/stream-name.js';
import type { Instant } from '../kernel/time.js';
import type { AsOf } from '../kernel/versioned-store.js';
import type { DocumentReading } from '../kernel/views.js';
import { judgedPart, overviewIn, type Overview } from '../overview/overview.js';
import { PlanReader } from '../overview/plan-reader.js';
import { isRead, type MovableDocuments, type Moves, type Reads } from './moved-documents.js';
import { told, type Told } from './moves.js';
import { Parts } from './parts.js';

/** What of a plan is composed, whatever documents it is composed from. */
export interface Question {
  readonly plan: string;
  readonly period: string;
  /** Facts of days after that of `knownAt` do not count. */
  readonly asOf: AsOf;
  readonly now?: Instant;
  readonly method: Method;
}

/** An overview, with the parts that it was composed of: what an event does not concern is kept for the next one. */
export interface Composed {
  readonly overview: Overview;
  /** Its numbers and conclusions, found when they are asked for. */
  readonly told: () => Told;
  readonly parts: Parts;
  /** The documents that were read; `judgedReads`: for what is judged. */
  readonly reads: Reads;
  readonly judgedReads: Reads;
}

/** Composes the overview of a question from documents of which some streams are moved. */
export const composed = (documents: MovableDocuments, moves: Moves, question: Question): Promise<Composed> =>
  composedOf(new Parts(documents.with(moves), readerFor(question)), question);

/**
 * Composes the overview after further events, of whose streams `moves` already tell. What rests on nothing that they concern
 * is kept. On the plan itself everything rests.
 */
export async function recomposed(
  documents: MovableDocuments,
  moves: Moves,
  events: readonly RecordedEvent[],
  question: Question,
  before: Composed,
): Promise<Composed> {
  if (!events.some((event) => isRead(event, before.reads))) return before;
  if (events.some(({ stream }) => parseStreamName(stream).category === 'plan')) {
    return composed(documents, moves, question);
  }
  const parts = new Parts(documents.with(moves), readerFor(question), { parts: before.parts, events });
  const next = await composedOf(parts, question);
  const { overview, told: toldBefore } = before;
  return isSame(before, next) ? { ...next, overview, told: toldBefore } : next;
}

const readerFor =
  ({ plan, asOf, method }: Question) =>
  (views: DocumentReading) =>
    PlanReader.open(views, plan, asOf, method);

async function composedOf(parts: Parts, { period, asOf, now }: Question): Promise<Composed> {
  const asked = { period: parsePeriod(period), asOf, now };
  const { value: overview, reads } = await parts.compose((own) => overviewIn(own, asked));
  let known: Told | undefined;
  return {
    overview,
    told: () => (known ??= told(overview)),
    ...{ parts, reads, judgedReads: parts.readsOf(judgedPart) },
  };
}

/** Whether two overviews are the same to the last field. */
export const isSame = (one: Composed, other: Composed): boolean => isDeepStrictEqual(one.overview, other.overview);
