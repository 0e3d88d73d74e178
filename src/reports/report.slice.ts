import type { Slice } from '../slice/slice.js';
import { ReportsController } from './reports.controller.js';

/** Renders the snapshots of evaluations. */
export const reportSlice: Slice = {
  name: 'reports',
  events: [],
  projections: [],
  controllers: [ReportsController],
};
