import { withChanges, type EventLog } from '../../src/kernel/event-log.js';

/** Wraps a log with some methods replaced. `close` does not close the wrapped log. */
export const meddled = (log: EventLog, meddling: Partial<EventLog>): EventLog =>
  withChanges(log, { close: () => Promise.resolve(), ...meddling });
