import { UNIT_SIGHT, type UnitSight } from '../http/unit-sight.js';
import { VIEWS, type Views } from '../kernel/views.js';
import type { Slice } from '../slice/slice.js';
import { DigestsController } from './digests.controller.js';
import { listController } from './list.controller.js';
import { listKinds } from './lists.js';
import { KNOWN_DAYS, KnownDays } from './timeline.js';

/** What pages show at once: parts of the overview, lists, days. It has no events of its own. */
export const digestsSlice: Slice = {
  name: 'digests',
  events: [],
  projections: [],
  controllers: [DigestsController, ...listKinds.map((kind) => listController(kind))],
  providers: [
    {
      provide: KNOWN_DAYS,
      inject: [VIEWS, UNIT_SIGHT],
      useFactory: (views: Views, sight: UnitSight) => new KnownDays(views, sight),
    },
  ],
};
