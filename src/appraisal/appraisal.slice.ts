import type { Slice } from '../slice/slice.js';
import { AppraisalController } from './appraisal.controller.js';

/** What each unit did in a year, in points. It has no events of its own. */
export const appraisalSlice: Slice = {
  name: 'appraisal',
  events: [],
  projections: [],
  controllers: [AppraisalController],
};
