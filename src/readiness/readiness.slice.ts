import type { Slice } from '../slice/slice.js';
import { ReadinessController } from './readiness.controller.js';

/** What is not ready before the snapshot of an evaluation. It has no events of its own. */
export const readinessSlice: Slice = {
  name: 'readiness',
  events: [],
  projections: [],
  controllers: [ReadinessController],
};
