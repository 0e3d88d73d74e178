import { toInstant, toMilliseconds, type Clock } from '../kernel/time.js';
import type { AccessLog } from './access-log.js';

const day = 86_400_000;

/**
 * Removes entries of the access log that are older than so many days, now and every day. Returns the function that stops
 * it. `onFailure` is told what went wrong; the next day tries again.
 */
export async function retainAccessLog(
  log: Pick<AccessLog, 'removeBefore'>,
  days: number,
  clock: Clock,
  onFailure: (error: unknown) => void,
): Promise<() => void> {
  const remove = () => log.removeBefore(toInstant(toMilliseconds(clock.now()) - days * day));
  await remove();
  const timer = setInterval(() => void remove().catch(onFailure), day).unref();
  return () => clearInterval(timer);
}
