import { CATALOGUE, type Catalogue } from '../kernel/catalogue.js';
import { EVENT_LOG, LOG_KEEPING, type EventLog, type LogKeeping } from '../kernel/event-log.js';
import { VIEWS, type Views } from '../kernel/views.js';
import type { Slice } from '../slice/slice.js';
import { AuditController } from './audit.controller.js';
import { auditProjection } from './audit.projection.js';
import { TrailController } from './trail.controller.js';
import { TRAIL, Trail } from './trail.js';

export const auditSlice: Slice = {
  name: 'audit',
  events: [],
  projections: [auditProjection],
  controllers: [AuditController, TrailController],
  providers: [
    {
      provide: TRAIL,
      inject: [EVENT_LOG, VIEWS, CATALOGUE, LOG_KEEPING],
      useFactory: (log: EventLog, views: Views, catalogue: Catalogue, keeping: LogKeeping | undefined) =>
        new Trail(log, views, catalogue, keeping),
    },
  ],
};
