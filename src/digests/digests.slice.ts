import { UNIT_SIGHT, type UnitSight } from '../http/unit-sight.js';
import { CATALOGUE, type Catalogue } from '../kernel/catalogue.js';
import { EVENT_LOG, type EventLog } from '../kernel/event-log.js';
import { VIEWS_FOLLOWER, type ViewsFollower } from '../kernel/projector.js';
import { VIEWS, type Views } from '../kernel/views.js';
import type { Slice } from '../slice/slice.js';
import { CHANGE_FEED, ChangeFeed } from './change-feed.js';
import { ChangesController } from './changes.controller.js';
import { DigestsController } from './digests.controller.js';
import { FollowsController } from './follows.controller.js';
import { listController } from './list.controller.js';
import { listKinds } from './list-kinds.js';
import { KNOWN_DAYS, KnownDays } from './timeline.js';

/** What pages show at once: parts of the overview, lists, days. It has no events of its own. */
export const digestsSlice: Slice = {
  name: 'digests',
  events: [],
  projections: [],
  controllers: [
    DigestsController,
    ChangesController,
    FollowsController,
    ...listKinds.map((kind) => listController(kind)),
  ],
  providers: [
    {
      provide: CHANGE_FEED,
      inject: [EVENT_LOG, VIEWS_FOLLOWER, UNIT_SIGHT, CATALOGUE],
      useFactory: (log: EventLog, follower: ViewsFollower, sight: UnitSight, catalogue: Catalogue) =>
        new ChangeFeed(log, follower, sight, catalogue),
    },
    {
      provide: KNOWN_DAYS,
      inject: [VIEWS, UNIT_SIGHT, CHANGE_FEED],
      useFactory: (views: Views, sight: UnitSight, feed: ChangeFeed) => new KnownDays(views, sight, feed),
    },
  ],
};
