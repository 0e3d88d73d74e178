import type { Slice } from '../slice/slice.js';
import { WhatIfController } from './what-if.controller.js';

/** The state of a plan under suppositions. It has no events of its own: nothing of it is recorded. */
export const whatIfSlice: Slice = {
  name: 'what-if',
  events: [],
  projections: [],
  controllers: [WhatIfController],
};
