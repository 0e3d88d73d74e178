import type { Slice } from '../slice/slice.js';
import { SiteController } from './site.controller.js';

/** Writes published evaluations as sites for everybody. */
export const siteSlice: Slice = {
  name: 'site',
  events: [],
  projections: [],
  controllers: [SiteController],
};
