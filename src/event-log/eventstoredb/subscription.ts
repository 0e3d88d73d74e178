import type { ResolvedEvent } from '@eventstore/db-client';
import type { Transform } from 'node:stream';
import { meaningOf } from './client-errors.js';
import { safely } from './client-streams.js';
import { toServedEvent, type ServedEvent } from './served-event.js';

type ClientSubscription = Transform & { unsubscribe(): Promise<void> };

/** A subscription's events, taken at the consumer's pace: what is not taken holds the server back. */
export class Subscription {
  private readonly source: ClientSubscription;
  private failure: unknown;
  private wake = (): void => undefined;

  constructor(source: unknown) {
    this.source = safely(source as ClientSubscription);
    const fail = (error: unknown) => {
      this.failure ??= error;
      this.stir();
    };
    // Attached at once: without a listener a lost connection would end the process.
    this.source.on('error', fail).on('end', () => fail(new Error('the server ended it')));
    this.source.on('readable', () => this.stir());
  }

  /** What has arrived, at most `most` events. @throws {EventLogUnavailable} it was lost, and nothing is left to take */
  take(most: number): ServedEvent[] {
    const events: ServedEvent[] = [];
    while (events.length < most) {
      const resolved = this.source.read() as ResolvedEvent | null;
      if (resolved === null) break;
      events.push(toServedEvent(resolved));
    }
    if (events.length === 0 && this.failure !== undefined) throw meaningOf(this.failure, 'the subscription was lost');
    return events;
  }

  /** Waits until there may be something to take; resolves false if nothing came in time. */
  async comes(milliseconds: number): Promise<boolean> {
    return new Promise((resolve) => {
      const silent = setTimeout(() => resolve(false), milliseconds);
      this.wake = () => {
        clearTimeout(silent);
        resolve(true);
      };
    });
  }

  /** Ends the wait of `comes`. */
  stir(): void {
    this.wake();
  }

  close(): void {
    void this.source.unsubscribe().catch(() => undefined);
  }
}
