import { EventLogUnavailable, withChanges, WrongExpectedRevision, type EventLog } from '../kernel/event-log.js';

/**
 * The outcome of an append.
 * - `appended`: the events are in the log, from this call or an earlier identical one.
 * - `conflict`: the stream was not at the expected revision; the command is then decided again.
 * - `unavailable`: the log did not store the events, or the outcome is unknown.
 * - `refused`: any other error.
 */
export type AppendOutcome = 'appended' | 'conflict' | 'unavailable' | 'refused';

/** Called after each append, with the number of events and the duration in seconds. */
export type AppendObserver = (outcome: AppendOutcome, events: number, seconds: number) => void;

/** Wraps a log and calls `observe` after each append. */
export function watchedLog(log: EventLog, observe: AppendObserver): EventLog {
  return withChanges(log, {
    async append(stream, expected, events) {
      const begun = performance.now();
      let outcome: AppendOutcome = 'appended';
      try {
        return await log.append(stream, expected, events);
      } catch (error) {
        outcome = outcomeOf(error);
        throw error;
      } finally {
        observe(outcome, events.length, (performance.now() - begun) / 1_000);
      }
    },
  });
}

function outcomeOf(error: unknown): AppendOutcome {
  if (error instanceof WrongExpectedRevision) return 'conflict';
  return error instanceof EventLogUnavailable ? 'unavailable' : 'refused';
}
