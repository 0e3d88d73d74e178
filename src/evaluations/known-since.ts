import type { Attribution } from '../attribution/answer.js';
import { methodNumbered, type Method } from '../assessment/method.js';
import { canonicalJson, sha256 } from '../kernel/json.js';
import type { Instant } from '../kernel/time.js';
import type { AsOf } from '../kernel/versioned-store.js';
import type { Attributions, FoundAttribution } from './attributions.js';
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
export async function knownSince(attributions: Attributions, asked: Asked, method: Method): Promise<KnownSince> {
  return answerOf(asked, await attributed(attributions, asked, method));
}

/**
 * The same of a snapshot, by its method and with its cut-off.
 * @throws {DomainError} `snapshot.unknown-method`
 */
export async function knownSinceSnapshot(
  attributions: Attributions,
  { id, kind, title }: EvaluationDocument,
  entry: SnapshotEntry,
  asked: Asked,
): Promise<KnownSinceSnapshot> {
  const found = await attributed(attributions, asked, methodNumbered(entry.method));
  const content = { format: 'tongjian-snapshot/1', kind, title, asOf: entry.asOf, overview: found.first };
  return {
    ...{ evaluation: id, title, snapshot: entry.number },
    isWhole: sha256(canonicalJson(content)) === entry.contentHash,
    ...answerOf(asked, found),
  };
}

function attributed(attributions: Attributions, { until, limit, ...asked }: Asked, method: Method) {
  const question = { ...asked, method };
  const state = (documents: AsOf) => ({ question, documents });
  return attributions.between({ states: [state(asked.asOf), state(until)], limit });
}

const answerOf = ({ period, asOf, until }: Asked, { attribution, demo }: FoundAttribution): KnownSince => ({
  period,
  ...(asOf.knownAt !== undefined && { asOf: asOf.knownAt }),
  ...(until.knownAt !== undefined && { until: until.knownAt }),
  ...attribution,
  demo,
});
