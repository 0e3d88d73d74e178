import type { RecordedEvent } from '../kernel/event.js';

export const UNIT_SIGHT = Symbol('UnitSight');

/** What of a unit, and of an event, the sender of the request at hand sees. */
export interface UnitSight {
  /** Whether values of the unit that are not approved are seen. */
  seesUnit(plan: string, unit: string): Promise<boolean>;
  /** Whether the event changed anything that is seen. */
  seesChange(event: EventMark): Promise<boolean>;
}

/** Where an event stands, and since when what it says is known. */
export type EventMark = Pick<RecordedEvent, 'stream' | 'position' | 'knownAt'>;
