import type { Slice } from '../slice/slice.js';
import { LatestChangesController } from './latest-changes.controller.js';
import { OverviewController } from './overview.controller.js';

/** The state of a plan, composed from the documents of other slices. */
export const overviewSlice: Slice = {
  name: 'overview',
  events: [],
  projections: [],
  controllers: [OverviewController, LatestChangesController],
};
