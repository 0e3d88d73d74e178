import type { Slice } from '../slice/slice.js';
import { ReportingController } from './reporting.controller.js';

/** What units owe, the workbooks in which they fill it in, and the rows that come back. It has no events of its own. */
export const reportingSlice: Slice = {
  name: 'reporting',
  events: [],
  projections: [],
  controllers: [ReportingController],
};
