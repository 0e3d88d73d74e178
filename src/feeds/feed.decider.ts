import { isDeepStrictEqual } from 'node:util';
import type { Decider } from '../kernel/decider.js';
import { notFound } from '../kernel/errors.js';
import { drafted, missingUnit, type PlanState } from '../plans/plan.state.js';
import type { FeedCommand } from './feed.commands.js';
import { FeedPaused, FeedRemoved, FeedResumed, FeedSet, type FeedEvent } from './feed.events.js';
import { evolveFeed, type FeedDocument } from './feed.projection.js';
import { settingsOf } from './feed-source.js';

export interface FeedState {
  readonly feed?: FeedDocument;
  /** The contents that were taken under the settings of now, by SHA-256. */
  readonly taken: ReadonlySet<string>;
}

export const noFeed: FeedState = { taken: new Set() };

/** The settings of a feed; its fetches are decided by `fetchDecider`, on the same state. */
export const feedDecider: Decider<FeedCommand, FeedEvent, FeedState, { readonly plan: PlanState }> = {
  initialState: noFeed,

  decide(command, { feed }, { known }) {
    const { plan, id } = command;
    drafted(plan, known.plan);
    const isThere = feed !== undefined && feed.standing !== 'removed';
    if (command.type === 'SetFeed') {
      const settings = settingsOf(command);
      const { unit } = settings;
      if (!known.plan.units.has(unit)) {
        const { missing, meant } = missingUnit(unit, known.plan);
        throw notFound('unit.unknown', `规划 ${plan} 没有单位 ${unit}：请核对单位代码${meant}`, 'unit', missing);
      }
      return isThere && says(feed, settings) ? [] : [FeedSet.of(settings)];
    }
    if (!isThere) throw unknownFeed(plan, id);
    switch (command.type) {
      case 'PauseFeed':
        return feed.standing === 'paused' ? [] : [FeedPaused.of({})];
      case 'ResumeFeed':
        return feed.standing === 'active' ? [] : [FeedResumed.of({})];
      case 'RemoveFeed':
        return [FeedRemoved.of({})];
    }
  },

  evolve: evolveFeedState,
};

export function evolveFeedState({ feed, taken }: FeedState, event: Parameters<typeof evolveFeed>[1]): FeedState {
  const after = evolveFeed(feed, event);
  if (event.type === FeedSet.name) return { ...noFeed, feed: after };
  const sha256 = event.type === 'FeedTaken' ? after.taken!.sha256 : undefined;
  return { feed: after, taken: sha256 === undefined ? taken : new Set([...taken, sha256]) };
}

export const unknownFeed = (plan: string, id: string) =>
  notFound('feed.unknown', `规划 ${plan} 没有数据源 ${id}，或已删除：请核对编号`, 'id');

const says = (feed: FeedDocument, settings: FeedDocument | object): boolean =>
  isDeepStrictEqual(
    settings,
    Object.fromEntries(Object.keys(settings).map((key) => [key, feed[key as keyof FeedDocument]])),
  ) && ['address', 'folder', 'pointer'].every((key) => key in settings === key in feed);
