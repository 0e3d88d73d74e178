import { setTimeout as delay } from 'node:timers/promises';
import { EventLogUnavailable, withChanges, type EventLog } from './event-log.js';

/** Milliseconds before each further try. */
const pauses = [50, 100, 200, 400, 800, 1_600];

/** Milliseconds after which there is no further try: well within what a person waits for an answer. */
const patience = 8_000;

/**
 * A log beyond this process. Where it does not answer, it is not known whether it took the append; repeating the very
 * same call settles that, whatever came of the first. So a connection that broke, or a new leader, is not noticed by who
 * gave the command.
 */
export function withRepeatedAppends(
  log: EventLog,
  {
    onRepeat,
    wait = (pause) => delay(pause),
  }: { onRepeat?: () => void; wait?: (milliseconds: number) => Promise<unknown> } = {},
): EventLog {
  return withChanges(log, {
    async append(stream, expected, events) {
      const deadline = performance.now() + patience;
      for (const pause of pauses) {
        try {
          return await log.append(stream, expected, events);
        } catch (error) {
          const passes = error instanceof EventLogUnavailable && error.reason === 'repeat';
          if (!passes || performance.now() > deadline) throw error;
          // Between half and all of it, so that those who failed together do not come again together.
          onRepeat?.();
          await wait(pause * (1 - Math.random() / 2));
        }
      }
      return log.append(stream, expected, events);
    },
  });
}
