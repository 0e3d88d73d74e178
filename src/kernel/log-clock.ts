import { EventLogUnavailable, timeNow } from './event-log.js';
import type { LogPresence } from './log-presence.js';
import { laterOf, type Clock, type Instant } from './time.js';

export const LOG_CLOCK = Symbol('LogClock');

/** What time it is for a reader: never before what is recorded, as far as this process knows while the log is unavailable. */
export class LogClock {
  private last: Instant = '';

  constructor(
    private readonly presence: Pick<LogPresence, 'ask'>,
    private readonly clock: Clock,
  ) {}

  async now(): Promise<Instant> {
    try {
      return (this.last = await this.presence.ask((log) => timeNow(log, this.clock)));
    } catch (error) {
      if (!(error instanceof EventLogUnavailable)) throw error;
      return laterOf(this.clock.now(), this.last);
    }
  }

  /** Whether `isAhead` holds now. The log is asked only where it holds by this process's own clock. */
  async still(isAhead: (now: Instant) => boolean): Promise<boolean> {
    return isAhead(this.clock.now()) && isAhead(await this.now());
  }
}
