import type { Slice } from '../slice/slice.js';
import { ForecastsController } from './forecasts.controller.js';

/** What is expected by the end of the plan. It has no events of its own. */
export const forecastsSlice: Slice = {
  name: 'forecasts',
  events: [],
  projections: [],
  controllers: [ForecastsController],
};
