import { EventLogUnavailable, withChanges, type EventLog } from '../../src/kernel/event-log.js';

/** Wraps a log with some methods replaced. `close` does not close the wrapped log. */
export const meddled = (log: EventLog, meddling: Partial<EventLog>): EventLog =>
  withChanges(log, { close: () => Promise.resolve(), ...meddling });

/** A log whose process dies after so many appends. */
export function dying(log: EventLog, after: number): EventLog {
  let appends = 0;
  return meddled(log, {
    append: async (...given) => {
      if (appends++ >= after) throw new EventLogUnavailable('killed');
      return log.append(...given);
    },
  });
}
