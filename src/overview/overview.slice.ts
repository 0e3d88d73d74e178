import { READING, type Reading } from '../http/reading.js';
import { LOG_CLOCK, type LogClock } from '../kernel/log-clock.js';
import { VIEWS_FOLLOWER, type ViewsFollower } from '../kernel/projector.js';
import { VIEWS, type Views } from '../kernel/views.js';
import type { Slice } from '../slice/slice.js';
import { LatestChangesController } from './latest-changes.controller.js';
import { OverviewController } from './overview.controller.js';
import { OVERVIEWS, Overviews } from './overviews.js';
import { PLAN_READERS, PlanReaders } from './plan-readers.js';

/** The state of a plan, composed from the documents of other slices. */
export const overviewSlice: Slice = {
  name: 'overview',
  events: [],
  projections: [],
  controllers: [OverviewController, LatestChangesController],
  providers: [
    {
      provide: PLAN_READERS,
      inject: [VIEWS, VIEWS_FOLLOWER],
      useFactory: (views: Views, follower: ViewsFollower) => new PlanReaders(views, follower),
    },
    {
      provide: OVERVIEWS,
      inject: [READING, VIEWS, PLAN_READERS, LOG_CLOCK],
      useFactory: (reading: Reading, views: Views, readers: PlanReaders, clock: LogClock) =>
        new Overviews(reading, views, readers, clock),
    },
  ],
};
