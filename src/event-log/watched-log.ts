import { EventLogUnavailable, withChanges, WrongExpectedRevision, type EventLog } from '../kernel/event-log.js';

/**
 * What became of an append.
 * - `appended`: its events stand in the log, from now on or since an identical call.
 * - `conflict`: the stream stood elsewhere; a command is decided again then.
 * - `unavailable`: the log did not take it, or did not say.
 * - `refused`: everything else.
 */
export type AppendOutcome = 'appended' | 'conflict' | 'unavailable' | 'refused';

/** Told of each append, with its number of events and how long it took, in seconds. */
export type AppendObserver = (outcome: AppendOutcome, events: number, seconds: number) => void;

/** The same log, of which somebody is told what is appended. */
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
