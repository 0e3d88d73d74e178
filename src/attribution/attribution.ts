import { isDeepStrictEqual } from 'node:util';
import type { EventLog } from '../kernel/event-log.js';
import type { AsOf } from '../kernel/versioned-store.js';
import type { DocumentReading } from '../kernel/views.js';
import { composed, type Composed, type Question } from './composed.js';
import { stepsBetween, streamsApart } from './events-apart.js';
import { isRead, MovableDocuments, type Moved } from './moved-documents.js';
import { Account, type Part } from './account.js';
import { Walk, type EventCause } from './walk.js';

/** A state of a plan: what is asked, and of the documents of which moment. */
export interface State {
  readonly question: Question;
  readonly documents: AsOf;
}

/** What is behind a part of the difference of two states. */
export type Cause =
  | EventCause
  /** Another method of computing, another period, another day up to which facts count. */
  | { readonly kind: 'method' | 'period' | 'day' }
  /** The events that are not told one by one. */
  | { readonly kind: 'rest'; readonly events: number };

export interface Attributed {
  readonly first: Composed;
  readonly last: Composed;
  readonly parts: readonly (Part & { readonly cause: Cause })[];
}

/**
 * Splits the difference of two states of a plan by its causes [ours]: first the method, the period and the day, then each
 * event that only one side knows, in known order. The change of a number at a step is the part of that cause, so the parts
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
  const account = new Account(first.told(), last.told());
  const parts: (Part & { cause: Cause })[] = [];

  let now = first;
  for (const { kind, question } of questionsBetween(from.question, to.question)) {
    now = await composed(documents, unmoved, question);
    parts.push({ cause: { kind }, ...account.step(now.told()) });
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
  return { first, last, parts };
}

const unmoved: ReadonlyMap<string, Moved> = new Map();

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
