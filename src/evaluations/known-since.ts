import { attribute, type Attributed } from '../attribution/attribution.js';
import { attributionOf, type Attribution } from '../attribution/answer.js';
import { methodNumbered, type Method } from '../assessment/method.js';
import type { Trail } from '../audit/trail.js';
import type { EventLog } from '../kernel/event-log.js';
import { canonicalJson, sha256 } from '../kernel/json.js';
import type { Instant } from '../kernel/time.js';
import type { AsOf } from '../kernel/versioned-store.js';
import type { DocumentReading } from '../kernel/views.js';
import type { EvaluationDocument, SnapshotEntry } from './evaluation.projection.js';

/** What became known after a moment about what had been concluded then, event by event. */
export interface KnownSince extends Attribution {
  readonly period: string;
  /** The moment of the conclusions; days after it do not count. */
  readonly asOf?: Instant;
  /** Up to which moment events are put in; absent: up to now. */
  readonly until?: Instant;
  /** 示例数据 is in one of the two states. */
  readonly demo: boolean;
}

export interface KnownSinceSnapshot extends KnownSince {
  readonly evaluation: string;
  readonly title: string;
  readonly snapshot: number;
  /**
   * Whether the state from which the parts are counted is the content of the snapshot. It is not where the reader may not
   * see all that was in it, for example figures that wait for approval.
   */
  readonly isWhole: boolean;
}

interface Engine {
  readonly views: DocumentReading;
  readonly log: EventLog;
}

interface Asked {
  readonly plan: string;
  readonly period: string;
  readonly asOf: AsOf;
  /** Now, where the state is no snapshot. */
  readonly now?: Instant;
  readonly until: AsOf;
  readonly limit: number;
}

/** What a moment would have concluded, had the events been known that became known later. */
export async function knownSince(engine: Engine, trail: Trail, asked: Asked, method: Method): Promise<KnownSince> {
  return answerOf(asked, await attributed(engine, asked, method), trail);
}

/**
 * The same of a snapshot, by its method and with its cut-off.
 * @throws {DomainError} `snapshot.unknown-method`
 */
export async function knownSinceSnapshot(
  engine: Engine,
  trail: Trail,
  { id, kind, title }: EvaluationDocument,
  entry: SnapshotEntry,
  asked: Asked,
): Promise<KnownSinceSnapshot> {
  const found = await attributed(engine, asked, methodNumbered(entry.method));
  const content = { format: 'tongjian-snapshot/1', kind, title, asOf: entry.asOf, overview: found.first.overview };
  return {
    ...{ evaluation: id, title, snapshot: entry.number },
    isWhole: sha256(canonicalJson(content)) === entry.contentHash,
    ...(await answerOf(asked, found, trail)),
  };
}

function attributed(engine: Engine, { until, limit, ...asked }: Asked, method: Method): Promise<Attributed> {
  const question = { ...asked, method };
  const state = (documents: AsOf) => ({ question, documents });
  return attribute(engine, [state(asked.asOf), state(until)], limit);
}

async function answerOf({ period, asOf, until }: Asked, found: Attributed, trail: Trail): Promise<KnownSince> {
  const { first, last } = found;
  return {
    period,
    ...(asOf.knownAt !== undefined && { asOf: asOf.knownAt }),
    ...(until.knownAt !== undefined && { until: until.knownAt }),
    ...(await attributionOf(found, trail)),
    demo: first.overview.demo || last.overview.demo,
  };
}
