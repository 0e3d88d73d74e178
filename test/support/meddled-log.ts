import { withChanges, type EventLog } from '../../src/kernel/event-log.js';

/** A log that behaves differently for one who uses it, on the same events; closing it leaves the log open for others. */
export const meddled = (log: EventLog, meddling: Partial<EventLog>): EventLog =>
  withChanges(log, { close: () => Promise.resolve(), ...meddling });
