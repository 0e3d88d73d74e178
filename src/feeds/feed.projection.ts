import type { RecordedEvent } from '../kernel/event.js';
import type { Projection } from '../kernel/projection.js';
import { parseStreamName } from '../kernel/stream-name.js';
import type { Instant } from '../kernel/time.js';
import type { FeedEvent, FeedFailed, FeedFetched, FeedSettings, FeedTaken } from './feed.events.js';

/** Read model of a feed, keyed by `plan/id`. */
export interface FeedDocument extends FeedSettings {
  readonly plan: string;
  readonly id: string;
  readonly standing: 'active' | 'paused' | 'removed';
  /** From when on it is fetched, while it is active. */
  readonly next: Instant;
  /** Of its stream. */
  readonly revision: number;
  /** How often it was begun to fetch it. */
  readonly attempts: number;
  /** When the fetch that is underway began. */
  readonly begunAt?: Instant;
  /** Content that is kept, and not reported yet. */
  readonly received?: (typeof FeedFetched)['example'];
  /** When it was last fetched without a failure. */
  readonly checkedAt?: Instant;
  /** The content that was reported last. */
  readonly taken?: FeedTakenNote;
  /** Absent while all goes well. */
  readonly failure?: FeedFailure;
}

export interface FeedTakenNote extends Omit<(typeof FeedTaken)['example'], 'attempt' | 'next'> {
  readonly at: Instant;
  readonly etag?: string;
  /** Whether it was mapped by the settings of now: then the same content has nothing new to say. */
  readonly isCurrent: boolean;
}

export interface FeedFailure extends Omit<(typeof FeedFailed)['example'], 'attempt' | 'next'> {
  readonly at: Instant;
  /** Since when it fails without a break, and how often by now. */
  readonly since: Instant;
  readonly times: number;
}

export const feedKey = (plan: string, id: string) => `${plan}/${id}`;

export const feedProjection: Projection<FeedDocument> = {
  name: 'feeds',
  version: 1,
  category: 'feed',

  keys({ stream }) {
    const { plan, parts } = parseStreamName(stream);
    return [feedKey(plan, parts[0]!)];
  },

  evolve: evolveFeed,
};

/** A fold of the stream of one feed: its document, and the state on which it is decided. */
export function evolveFeed(before: FeedDocument | undefined, recorded: RecordedEvent): FeedDocument {
  const event = recorded as RecordedEvent & FeedEvent;
  const { recordedAt: at, revision } = recorded;
  if (event.type === 'FeedSet') {
    const { plan, parts } = parseStreamName(recorded.stream);
    const { attempts = 0, taken } = before ?? {};
    return {
      ...{ plan, id: parts[0]!, ...event.data, revision, attempts, next: at },
      // Stated anew, a paused feed stays paused; a removed one is active again.
      standing: before?.standing === 'paused' ? 'paused' : 'active',
      ...(taken && { taken: { ...taken, isCurrent: false } }),
    };
  }
  const document = { ...before!, revision };
  switch (event.type) {
    case 'FeedPaused':
      return { ...document, standing: 'paused' };
    case 'FeedResumed':
      return { ...document, standing: 'active', next: at };
    case 'FeedRemoved':
      return { ...document, standing: 'removed' };
    case 'FeedFetchBegun':
      return { ...document, attempts: event.data.attempt, begunAt: at };
    case 'FeedFetched':
      return { ...document, received: event.data };
    case 'FeedUnchanged':
      return { ...ended(document), next: event.data.next, checkedAt: at };
    case 'FeedTaken': {
      const { attempt: _, next, ...taken } = event.data;
      const etag = document.received?.etag;
      const note = { ...taken, at, isCurrent: true, ...(etag !== undefined && { etag }) };
      return { ...ended(document), next, checkedAt: at, taken: note };
    }
    case 'FeedFailed': {
      const { attempt: _, next, ...why } = event.data;
      const { since = at, times = 0 } = document.failure ?? {};
      return { ...ended(document), next, failure: { ...why, at, since, times: times + 1 } };
    }
  }
}

function ended({ begunAt: _, received: __, failure: ___, ...document }: FeedDocument): FeedDocument {
  return document;
}
