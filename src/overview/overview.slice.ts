import { READING, type Reading } from '../http/reading.js';
import { LOG_CLOCK, type LogClock } from '../kernel/log-clock.js';
import { VIEWS_FOLLOWER, type ViewsFollower } from '../kernel/projector.js';
import { VIEWS, type Views } from '../kernel/views.js';
import type { Slice } from '../slice/slice.js';
import { LatestChangesController } from './latest-changes.controller.js';
import { OverviewController } from './overview.controller.js';
import { OVERVIEWS, Overviews } from './overviews.js';

/** The state of a plan, composed from the documents of other slices. */
export const overviewSlice: Slice = {
  name: 'overview',
  events: [],
  projections: [],
  controllers: [OverviewController, LatestChangesController],
  providers: [
    {
      provide: OVERVIEWS,
      inject: [READING, VIEWS, VIEWS_FOLLOWER, LOG_CLOCK],
      useFactory: (reading: Reading, views: Views, follower: ViewsFollower, clock: LogClock) =>
        new Overviews(reading, views, follower, clock),
    },
  ],
};
