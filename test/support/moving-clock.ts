import { toInstant, toMilliseconds, type Clock, type Instant } from '../../src/kernel/time.js';

/** A clock that only moves when a test moves it. */
export class MovingClock implements Clock {
  private milliseconds: number;

  constructor(start: Instant = '2026-10-01T00:00:00.000Z') {
    this.milliseconds = toMilliseconds(start);
  }

  now(): Instant {
    return toInstant(this.milliseconds);
  }

  moveTo(instant: Instant): void {
    this.milliseconds = toMilliseconds(instant);
  }

  advance(milliseconds: number): void {
    this.milliseconds += milliseconds;
  }
}
