import type { DomainEvent } from '../kernel/event.js';
import type { Instant } from '../kernel/time.js';
import type { AsOf } from '../kernel/versioned-store.js';
import type { Views } from '../kernel/views.js';
import type { PlanDocument } from '../plans/plan.projection.js';

/** The state of a plan in which something is supposed to be otherwise. */
export interface Supposing {
  readonly views: Views;
  readonly plan: PlanDocument;
  readonly asOf: AsOf;
  readonly now: Instant;
}

/** What a change would record, and the words for what it changes. */
export interface Supposed {
  readonly stream: string;
  readonly events: readonly DomainEvent<string, object>[];
  readonly from?: string;
  readonly to?: string;
}
