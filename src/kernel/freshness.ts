import { setTimeout as delay } from 'node:timers/promises';
import { hasReached } from './position.js';
import type { LogPresence } from './log-presence.js';
import type { ViewsFollower } from './projector.js';
import type { Clock, Instant } from './time.js';

/** Milliseconds: for how long an answer is reused, how long log and store have to answer, and how far views may lag. */
const times = { holds: 1_000, answers: 1_000, lag: 5_000 };

export const FRESHNESS = Symbol('Freshness');

/**
 * How old the views are. They are current while they have everything in the log, but for a few seconds. They are of an
 * earlier time while nobody projects new events, or the log cannot be asked.
 */
export class Freshness {
  private asked = -Infinity;
  private asking: Promise<void> | undefined;
  private answered = true;
  private currentAt: { readonly instant: Instant; readonly elapsed: number } | undefined;

  constructor(
    private readonly presence: Pick<LogPresence, 'ask'>,
    private readonly follower: ViewsFollower,
    private readonly clock: Clock,
    /** Milliseconds since any moment: `clock` may be set back. */
    private readonly elapsed: () => number = () => performance.now(),
  ) {}

  /**
   * Up to when the views are known to have everything; `unknown` if this process never saw them complete; undefined while
   * they are current.
   */
  async viewsAsOf(): Promise<string | undefined> {
    if (this.elapsed() - this.asked > times.holds) {
      this.asking ??= this.ask().finally(() => (this.asking = undefined));
      // After a question without answer, callers do not wait for the next one.
      if (this.answered) await this.asking;
    }
    if (this.currentAt === undefined) return 'unknown';
    const { instant, elapsed } = this.currentAt;
    const lags = this.elapsed() - elapsed > times.lag;
    return this.answered && !lags ? undefined : instant;
  }

  private async ask(): Promise<void> {
    const instant = this.clock.now();
    const elapsed = this.elapsed();
    const current = await Promise.race([this.areCurrent(), delay(times.answers, undefined, { ref: false })]);
    this.answered = current !== undefined;
    if (current) this.currentAt = { instant, elapsed };
    this.asked = this.elapsed();
  }

  /** Undefined if the log or the store does not answer. */
  private async areCurrent(): Promise<boolean | undefined> {
    try {
      const head = await this.presence.ask((log) => log.head());
      const views = await this.follower.status();
      return views.every(({ checkpoint, stopped }) => !stopped && hasReached(checkpoint, head));
    } catch {
      return undefined;
    }
  }
}
