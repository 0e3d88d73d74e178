import type { Decider } from '../kernel/decider.js';
import { toMilliseconds, type Instant } from '../kernel/time.js';
import { evolveFeedState, noFeed, type FeedState } from './feed.decider.js';
import { FeedFailed, FeedFetchBegun, FeedFetched, FeedTaken, FeedUnchanged, type FeedEvent } from './feed.events.js';
import type { FeedDocument } from './feed.projection.js';
import { retriedAfter, scheduledAfter } from './schedule.js';

/** What a fetch was found to have led to, and all that follows but for the time of the next one. */
export type FetchOutcome =
  | { readonly fetched: Omit<(typeof FeedFetched)['example'], 'attempt'> }
  | { readonly unchanged: true }
  | {
      readonly taken: Omit<(typeof FeedTaken)['example'], 'attempt' | 'next'>;
      /** Whether the folder has more files that wait. */
      readonly more: boolean;
    }
  | { readonly failed: Omit<(typeof FeedFailed)['example'], 'attempt' | 'next'> };

export type FetchCommand =
  /** `manual`: somebody asks for it now, whatever the schedule says. */
  | { readonly type: 'BeginFetch'; readonly manual: boolean }
  | { readonly type: 'NoteFetch'; readonly attempt: number; readonly outcome: FetchOutcome };

/** Milliseconds after which a fetch without an outcome is taken for one whose process died. */
const abandoned = 10 * 60_000;

/** Decides on the state of `feedDecider`. What comes too late, because another process took over, is not noted. */
export const fetchDecider: Decider<FetchCommand, FeedEvent, FeedState, { readonly timeZone: string }> = {
  initialState: noFeed,

  decide(command, { feed }, { now, known: { timeZone } }) {
    if (!feed) return [];
    if (command.type === 'BeginFetch') {
      const isAsked = command.manual ? !isUnderway(feed, now) && feed.standing !== 'removed' : isDue(feed, now);
      return isAsked ? [FeedFetchBegun.of({ attempt: feed.attempts + 1 })] : [];
    }
    const { attempt, outcome } = command;
    if (feed.begunAt === undefined || feed.attempts !== attempt) return [];
    const scheduled = scheduledAfter(feed.schedule, now, timeZone);
    if ('fetched' in outcome) return feed.received ? [] : [FeedFetched.of({ attempt, ...outcome.fetched })];
    if ('unchanged' in outcome) return [FeedUnchanged.of({ attempt, next: scheduled })];
    if ('taken' in outcome) {
      return [FeedTaken.of({ attempt, ...outcome.taken, next: outcome.more ? now : scheduled })];
    }
    const failures = (feed.failure?.times ?? 0) + 1;
    return [FeedFailed.of({ attempt, ...outcome.failed, next: retriedAfter(failures, feed.schedule, now, timeZone) })];
  },

  evolve: evolveFeedState,
};

export const isUnderway = ({ begunAt }: FeedDocument, now: Instant): boolean =>
  begunAt !== undefined && toMilliseconds(begunAt) + abandoned > toMilliseconds(now);

/** Whether the schedule, or a fetch that was cut off, asks for a fetch now. */
export const isDue = (feed: FeedDocument, now: Instant): boolean =>
  feed.standing === 'active' && !isUnderway(feed, now) && (feed.begunAt !== undefined || feed.next <= now);
