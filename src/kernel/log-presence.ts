import { setTimeout as delay } from 'node:timers/promises';
import { EventLogUnavailable, withChanges, type EventLog } from './event-log.js';
import type { Clock, Instant } from './time.js';

/** Milliseconds: for the answer to a short question, and between two attempts to reach a log that is away. */
const usual = { answer: 1_000, retry: 1_000 };

/** Checks in which an answer is waited for. Checks are counted, not time: a process that was busy itself makes only one. */
const checks = 4;

export const LOG_PRESENCE = Symbol('LogPresence');

/**
 * Whether the log answers, as far as this process knows. A log that hangs would otherwise hold up each query that asks it
 * for as long as its connection is patient. One question waits a second; from then on the log is away: it is asked again in
 * the background, and every query is told so at once until it answers.
 */
export class LogPresence {
  /** Since when the log has not answered, and the last reason; undefined while it answers. */
  private absence: { readonly since: Instant; reason: EventLogUnavailable } | undefined;
  private readonly waiting = new Set<(absence: EventLogUnavailable) => void>();
  private readonly stop = new AbortController();
  private asking = false;

  /** The log for queries that read much of it: a call takes as long as it needs, but fails once the log is away. */
  readonly log: EventLog;

  constructor(
    private readonly source: EventLog,
    private readonly clock: Clock,
    private readonly patience: typeof usual = usual,
  ) {
    this.log = withChanges(source, {
      readStream: (stream, options) => this.whileHere(() => source.readStream(stream, options)),
      readAll: (options) => this.whileHere(() => source.readAll(options)),
      eventAt: (position) => this.whileHere(() => source.eventAt(position)),
      head: () => this.whileHere(() => source.head()),
      lastEvent: () => this.whileHere(() => source.lastEvent()),
      lastRecordedAt: () => this.whileHere(() => source.lastRecordedAt()),
    });
  }

  get awaySince(): Instant | undefined {
    return this.absence?.since;
  }

  /**
   * The answer to a short question, within a second.
   * @throws {EventLogUnavailable} at once while the log is away
   */
  ask<Answer>(question: (log: EventLog) => Promise<Answer>): Promise<Answer> {
    return this.unlessAway(
      () => question(this.source),
      () => this.leave(new EventLogUnavailable(`the log gave no answer within ${this.patience.answer} ms`)),
    );
  }

  /** The same log; what it answers to others is noted here. */
  noting(log: EventLog): EventLog {
    const noted = async <Answer>(call: Promise<Answer>): Promise<Answer> => {
      const answer = await call;
      this.return();
      return answer;
    };
    return withChanges(log, {
      append: (stream, expected, events) => noted(log.append(stream, expected, events)),
      readStream: (stream, options) => noted(log.readStream(stream, options)),
    });
  }

  /** Ends the attempts in the background. The log itself is its owner's to close. */
  close(): void {
    this.stop.abort();
  }

  /** A call that is still not answered after a while has the log asked whether it answers anything. */
  private whileHere<Answer>(call: () => Promise<Answer>): Promise<Answer> {
    return this.unlessAway(call, () => void this.ask((log) => log.head()).catch(() => undefined));
  }

  private async unlessAway<Answer>(call: () => Promise<Answer>, onSilence: () => void): Promise<Answer> {
    if (this.absence) throw unavailable(this.absence);
    let passed = 0;
    const timer = setInterval(() => {
      if (++passed % checks === 0) onSilence();
    }, this.patience.answer / checks);
    let goAway!: (absence: EventLogUnavailable) => void;
    const away = new Promise<never>((_, reject) => (goAway = reject));
    this.waiting.add(goAway);
    try {
      const answered = call();
      // Also an answer that is too late for this caller.
      answered.then(
        () => this.return(),
        () => undefined,
      );
      return await Promise.race([answered, away]);
    } catch (error) {
      if (isAway(error)) this.leave(error);
      throw error;
    } finally {
      clearInterval(timer);
      this.waiting.delete(goAway);
    }
  }

  private leave(reason: EventLogUnavailable): void {
    if (this.absence) return;
    this.absence = { since: this.clock.now(), reason };
    for (const goAway of this.waiting) goAway(unavailable(this.absence));
    void this.askAgain();
  }

  private return(): void {
    this.absence = undefined;
  }

  private async askAgain(): Promise<void> {
    if (this.asking) return;
    this.asking = true;
    const { signal } = this.stop;
    while (this.absence && !signal.aborted) {
      try {
        await this.source.head();
        this.return();
      } catch (error) {
        if (!isAway(error)) this.return();
        else if (this.absence) this.absence.reason = error;
        await delay(this.patience.retry, undefined, { ref: false, signal }).catch(() => undefined);
      }
    }
    this.asking = false;
  }
}

const isAway = (error: unknown): error is EventLogUnavailable =>
  error instanceof EventLogUnavailable && error.reason === 'repeat';

const unavailable = ({ since, reason }: { since: Instant; reason: EventLogUnavailable }): EventLogUnavailable =>
  new EventLogUnavailable(`away since ${since}: ${reason.message}`, { cause: reason });
