import type { AsOf } from '../kernel/versioned-store.js';
import type { MomentQuery } from './moment.js';

export const READING = Symbol('Reading');

/** How every query begins. `position` is the header `Tongjian-Position`: what the caller has seen. */
export interface Reading {
  /**
   * Waits until the views have that position, so that people read their own writes. `field` is what names the position.
   * @throws {DomainError} `position.malformed`, `position.beyond-log`, `views.behind`
   */
  wait(position: string | undefined, field?: string): Promise<void>;
  /**
   * Waits likewise, and gives the moment that the query asks for: one that has come, at a position that the log has. A
   * bare date is meant in the plan's time zone. `field` is the parameter that names the date.
   * @throws {DomainError} what `wait` throws; `plan.unknown`, `time.malformed`, `time.future` where the query names a date
   */
  moment(plan: string, query: MomentQuery, position?: string, field?: string): Promise<AsOf>;
  /**
   * As `moment`, and the plan existed at that moment.
   * @throws {DomainError} what `moment` throws; `plan.unknown`, `plan.not-yet-known`
   */
  momentOfPlan(plan: string, query: MomentQuery, position?: string): Promise<AsOf>;
}
