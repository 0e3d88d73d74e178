import { isDeepStrictEqual } from 'node:util';
import type { EventLog } from '../kernel/event-log.js';
import type { AsOf } from '../kernel/versioned-store.js';
import type { DocumentReading } from '../kernel/views.js';
import type { Overview } from '../overview/overview.js';
import { composed, type Composed, type Question } from './composed.js';
import { stepsBetween, streamsApart } from './events-apart.js';
import { isRead, MovableDocuments, type Moved } from './moved-documents.js';
import { Account, type Part } from './account.js';
import { told, type Told, type TwoTold } from './moves.js';
import { Walk, type EventCause } from './walk.js';

/** A state of a plan: what is asked, and of the documents of which moment. */
export interface State {
  readonly question: Question;
  readonly documents: AsOf;
  /** What was concluded then, where it is kept: a reader may not see all that it was composed from. */
  readonly stored?: Overview;
}

/** What is behind a part of the difference of two states. */
export type Cause =
  | EventCause
  /** Another method of computing, another period, another day up to which facts count. */
  | { readonly kind: 'method' | 'period' | 'day' }
  /** What is stored is not what is composed from what the reader sees. */
  | { readonly kind: 'stored' }
  /** The events that are not told one by one. */
  | { readonly kind: 'rest'; readonly events: number };

export interface Attributed {
  /** The numbers and conclusions of both states. */
  readonly ends: TwoTold;
  /** 示例数据 is in one of the two states. */
  readonly demo: boolean;
  /** The first state as it is composed from what the reader sees. */
  readonly first: Overview;
  readonly parts: readonly (Part & { readonly cause: Cause })[];
}

/**
 * Splits the difference of two states of a plan by its causes [ours]: first the method, the period and the day, then each
 * event that only one side knows, in known order. What is stored of a state and not seen by the reader is a part of its own. The change of a number at a step is the part of that cause, so the parts
 * sum exactly to the difference. Beside it stands what the event changes alone: with nothing before it but the earlier
 * events of its own stream. The formulas run over moved documents and know nothing of it; nothing is written.
 *
 * At most `limit` causes are told one by one; the other events are one part, the last.
 */
export async function attribute(
  { views, log }: { readonly views: DocumentReading; readonly log: EventLog },
  [from, to]: readonly [State, State],
  limit: number,
): Promise<Attributed> {
  const documents = new MovableDocuments(views, from.documents);
  const others = new MovableDocuments(views, to.documents);
  const first = await composed(documents, unmoved, from.question);
  const last = await composed(others, unmoved, to.question);
  const ends = [toldOf(from, first), toldOf(to, last)] as const;
  const account = new Account(...ends);
  const parts: (Part & { cause: Cause })[] = [];
  const tell = (cause: Cause, { numbers, verdicts }: Part) => {
    if (numbers.length + verdicts.length > 0) parts.push({ cause, numbers, verdicts });
  };

  tell({ kind: 'stored' }, account.step(first.told()));
  let now = first;
  for (const { kind, question } of questionsBetween(from.question, to.question)) {
    now = await composed(documents, unmoved, question);
    tell({ kind }, account.step(now.told()));
  }

  const start = now;
  const reads = [first, start, last].map((each) => each.reads);
  const streams = await streamsApart(log, [documents, others], reads);
  const steps = (await stepsBetween(log, streams, [from.documents, to.documents])).filter(({ event }) =>
    reads.some((each) => isRead(event, each)),
  );
  const walk = new Walk({ documents, question: to.question, account, limit: limit - parts.length }, start);
  const tried = await walk.through(steps);
  parts.push(...walk.parts);
  const rest = account.step(last.told());
  const events = steps.length - tried;
  if (events > 0 || rest.numbers.length + rest.verdicts.length > 0) {
    parts.push({ cause: { kind: 'rest', events }, ...rest });
  }
  tell({ kind: 'stored' }, account.step(ends[1]));
  const demo = [first.overview, last.overview, from.stored, to.stored].some((overview) => overview?.demo);
  return { ends, demo, first: first.overview, parts };
}

const unmoved: ReadonlyMap<string, Moved> = new Map();

const toldOf = ({ stored }: State, found: Composed): Told => (stored ? told(stored) : found.told());

/** What a state concludes: what is stored, or else what is composed. */
export const concludedIn = async (views: DocumentReading, { question, documents, stored }: State): Promise<Overview> =>
  stored ?? (await composed(new MovableDocuments(views, documents), unmoved, question)).overview;

/** The questions from one to another, by what differs: the method, then the period, then the day. */
function questionsBetween(from: Question, to: Question): { kind: 'method' | 'period' | 'day'; question: Question }[] {
  const { method, period } = to;
  const steps = [
    { kind: 'method', question: { ...from, method } },
    { kind: 'period', question: { ...from, method, period } },
    { kind: 'day', question: to },
  ] as const;
  return steps.filter(({ question }, at) => !isDeepStrictEqual(question, at === 0 ? from : steps[at - 1]!.question));
}
