import type { Slice } from '../slice/slice.js';
import { ExportMoments } from './asked-moment.js';
import { DataPackageController } from './data-package.controller.js';
import { EventsController } from './events.controller.js';
import { PlanFoldersController } from './plan-folders.controller.js';
import { SdmxController } from './sdmx.controller.js';

/** A plan and its log in the forms in which other systems read them. It has no events of its own. */
export const interchangeSlice: Slice = {
  name: 'interchange',
  events: [],
  projections: [],
  providers: [ExportMoments],
  controllers: [SdmxController, DataPackageController, PlanFoldersController, EventsController],
};
