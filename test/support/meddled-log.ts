import type { EventLog } from '../../src/kernel/event-log.js';

/** A log that behaves differently for one who uses it, on the same events; closing it leaves the log open for others. */
export function meddled(log: EventLog, meddling: Partial<EventLog>): EventLog {
  return {
    append: (...input) => log.append(...input),
    readStream: (...input) => log.readStream(...input),
    readAll: (...input) => log.readAll(...input),
    subscribe: (...input) => log.subscribe(...input),
    head: () => log.head(),
    lastEvent: () => log.lastEvent(),
    lastRecordedAt: () => log.lastRecordedAt(),
    close: () => Promise.resolve(),
    ...meddling,
  };
}
