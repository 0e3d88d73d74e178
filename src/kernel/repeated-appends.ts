import { setTimeout as delay } from 'node:timers/promises';
import { EventLogUnavailable } from './event-log.js';

/** Milliseconds before each further attempt. */
const pauses = [50, 100, 200, 400, 800, 1_600];

export interface Repeating {
  /** Milliseconds after which no further attempt is made. */
  readonly patience: number;
  readonly onRepeat?: () => void;
  readonly wait?: (milliseconds: number) => Promise<unknown>;
}

/**
 * Repeats an append of unknown outcome. Where a log beyond this process does not answer, it is not known whether it stored
 * the events; the identical call settles that, whether the first one was stored or not. So the caller does not notice a
 * broken connection or a new leader.
 * @throws whatever the last attempt throws, or the first whose outcome is known
 */
export async function untilAnswered<Answer>(
  attempt: () => Promise<Answer>,
  { patience, onRepeat, wait = (pause) => delay(pause) }: Repeating,
): Promise<Answer> {
  const deadline = performance.now() + patience;
  for (const pause of pauses) {
    try {
      return await attempt();
    } catch (error) {
      const isUnknown = error instanceof EventLogUnavailable && error.reason === 'repeat';
      if (!isUnknown || performance.now() >= deadline) throw error;
      onRepeat?.();
      // Between half of the pause and all of it, so that calls that failed together are not repeated together.
      await wait(pause * (1 - Math.random() / 2));
    }
  }
  return attempt();
}
