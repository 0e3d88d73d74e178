import { knownPlan, planTimeZone } from '../plans/known-plan.js';
import type { PlanState } from '../plans/plan.state.js';
import { deciding, type Slice } from '../slice/slice.js';
import { PauseFeed, RemoveFeed, ResumeFeed, SetFeed, type FeedCommand } from './feed.commands.js';
import { feedDecider, type FeedState } from './feed.decider.js';
import { feedEvents, feedStream, type FeedEvent } from './feed.events.js';
import { feedProjection } from './feed.projection.js';
import { FeedsController } from './feeds.controller.js';

const path = 'plans/:plan/feeds/:id';
const permission = 'plans.define';

/** 大数据评估: sources whose figures are fetched by a schedule, and wait for approval. `FeedRunner` fetches them. */
export const feedSlice: Slice = {
  name: 'feeds',
  events: feedEvents,
  projections: [feedProjection],
  deciding: deciding<FeedCommand, FeedEvent, FeedState, { readonly plan: PlanState }>({
    decider: feedDecider,
    commands: [
      { type: SetFeed, path, permission, summary: '设定数据源（定时获取 CSV 或 JSON，所得数据待审核）' },
      { type: PauseFeed, path: `${path}/pause`, permission, summary: '停用数据源' },
      { type: ResumeFeed, path: `${path}/resumption`, permission, summary: '恢复数据源' },
      { type: RemoveFeed, path: `${path}/removal`, permission, summary: '删除数据源' },
    ],
    stream: ({ plan, id }) => feedStream(plan, id),
    known: async (command, load) => ({ plan: await knownPlan(command, load) }),
    timeZone: planTimeZone,
  }),
  controllers: [FeedsController],
};
