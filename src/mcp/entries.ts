import * as z from 'zod';
import type { TrailEntry } from '../audit/trail-entry.js';
import type { PlanThen } from './asking.js';
import { defined, event } from './numbers.js';
import { address } from './tool.js';

/** An entry of the audit trail without what the event says word for word. */
export const entry = z.object({
  ...event.shape,
  action: z.string(),
  type: z.string(),
  subject: z.object({
    code: z.string().optional(),
    unit: z.string().optional(),
    period: z.string().optional(),
    id: z.string().optional(),
  }),
  from: z.string().optional(),
  to: z.string().optional(),
  knownAt: z.string().describe('自何时起掌握 / known since'),
  recordedAt: z.string().describe('何时录入 / recorded at'),
  backfilled: z.boolean().describe('补录 / entered later than it was known'),
  by: z.object({ id: z.string(), name: z.string(), unit: z.string().optional() }),
  reason: z.string().optional(),
  evidence: z.array(z.string()).optional(),
  demo: z.boolean(),
  page: address.page.optional(),
  api: address.api.optional(),
});

/** Its address is for those who may follow it. */
export function entryOf(found: TrailEntry, { at, showsEvents }: PlanThen): z.infer<typeof entry> {
  const { eventId, position, type, label, subject, from, to, knownAt, recordedAt } = found;
  const { backfilled, actor, reason, evidence, demo } = found;
  return {
    ...{ eventId, position, action: label, type, subject: defined(subject) },
    ...defined({ from, to, knownAt, recordedAt, backfilled, reason, demo }),
    by: defined({ id: actor.id, name: actor.name, unit: actor.unit }),
    ...(evidence && { evidence: evidence.map(({ title, locator }) => [title, locator].filter(Boolean).join(' ')) }),
    ...(showsEvents && at.event(position)),
  };
}
