import type { Slice } from '../slice/slice.js';
import { ContinuityController } from './continuity.controller.js';

/** Indicators through the plans that they continue, and the bases of one plan from the final evaluation of another. */
export const continuitySlice: Slice = {
  name: 'continuity',
  events: [],
  projections: [],
  controllers: [ContinuityController],
};
