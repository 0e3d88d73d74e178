import { setTimeout as delay } from 'node:timers/promises';
import type { EventLog } from './event-log.js';
import { hasReached } from './position.js';
import type { ViewsFollower } from './projector.js';
import type { Clock, Instant } from './time.js';

/** Milliseconds for which an answer holds; in which the log has to answer; by which views may lag without a word. */
const times = { holds: 1_000, answers: 1_000, lag: 5_000 };

export const FRESHNESS = Symbol('Freshness');

/**
 * How old what is read from the views is. They are current while they have all that the log has, give or take a moment;
 * they are of an earlier time while nobody folds what comes in, or the log cannot be asked.
 */
export class Freshness {
  private asked = -Infinity;
  private asking: Promise<void> | undefined;
  private answered = true;
  private currentAt: { readonly instant: Instant; readonly elapsed: number } | undefined;

  constructor(
    private readonly log: EventLog,
    private readonly follower: ViewsFollower,
    private readonly clock: Clock,
    /** Milliseconds, from whenever: the clock may be set. */
    private readonly elapsed: () => number = () => performance.now(),
  ) {}

  /** Up to when the views are known to have everything, or `unknown` if they never were seen so; undefined while they have. */
  async viewsAsOf(): Promise<string | undefined> {
    if (this.elapsed() - this.asked > times.holds) {
      this.asking ??= this.ask().finally(() => (this.asking = undefined));
      // Where there was no answer, nobody waits for the next one.
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

  /** Undefined where log or store cannot be asked. */
  private async areCurrent(): Promise<boolean | undefined> {
    try {
      const head = await this.log.head();
      const views = await this.follower.status();
      return views.every(({ checkpoint, stopped }) => !stopped && hasReached(checkpoint, head));
    } catch {
      return undefined;
    }
  }
}
