import type { RecordedEvent } from '../kernel/event.js';
import type { Account, Part } from './account.js';
import { isSame, recomposed, type Composed, type Question } from './composed.js';
import type { Step } from './events-apart.js';
import { isRead, type MovableDocuments, type Moved } from './moved-documents.js';

/** An event that one side knows; `taken` where it is the first one. */
export interface EventCause {
  readonly kind: 'event';
  readonly event: RecordedEvent;
  readonly taken: boolean;
}

interface Walking {
  readonly documents: MovableDocuments;
  readonly question: Question;
  readonly account: Account;
  /** So many events are told; ten times as many are tried. */
  readonly limit: number;
}

const batchSize = 64;

/**
 * Puts in one event after another, and each alone. Most events about the programme change nothing of a content, such as
 * reports of later days: those of different streams are tried together, and told only if they change something together.
 */
export class Walk {
  readonly parts: (Part & { readonly cause: EventCause })[] = [];
  private readonly moves = new Map<string, Moved>();
  /** What single streams make of the start, where that is something else. */
  private readonly alone = new Map<string, Composed>();
  private now: Composed;
  private tried = 0;

  constructor(
    private readonly walking: Walking,
    private readonly start: Composed,
  ) {
    this.now = start;
  }

  /** How many of the steps were tried, from the first one on. */
  async through(steps: readonly Step[]): Promise<number> {
    for (let at = 0; at < steps.length && !this.isFull; at = this.tried) await this.take(this.batchFrom(steps, at));
    return this.tried;
  }

  private get isFull(): boolean {
    const { limit } = this.walking;
    return this.parts.length >= limit || this.tried >= 10 * limit;
  }

  /** The next step; with those that follow it, as long as they are about other streams and nothing that is judged. */
  private batchFrom(steps: readonly Step[], at: number): readonly Step[] {
    const streams = new Set<string>();
    let end = at;
    for (; end < steps.length && end - at < batchSize; end++) {
      const { event } = steps[end]!;
      if (streams.has(event.stream) || this.alone.has(event.stream) || isRead(event, this.now.judgedReads)) break;
      streams.add(event.stream);
    }
    return steps.slice(at, Math.max(end, at + 1));
  }

  private async take(batch: readonly Step[]): Promise<void> {
    if (this.isFull) return;
    // Composing needs no I/O once the documents are read: others are served in between.
    await new Promise((resolve) => setImmediate(resolve));
    if (batch.length === 1) return this.takeOne(batch[0]!);
    if (await this.isQuiet(batch)) return;
    const middle = batch.length >> 1;
    await this.take(batch.slice(0, middle));
    await this.take(batch.slice(middle));
  }

  /** Puts the events in together if that changes nothing, neither now nor at the start. */
  private async isQuiet(batch: readonly Step[]): Promise<boolean> {
    const { documents, question } = this.walking;
    const events = batch.map(({ event }) => event);
    const own = new Map(batch.map(({ event, after }) => [event.stream, after]));
    const moves = new Map([...this.moves, ...own]);
    const next = await recomposed(documents, moves, events, question, this.now);
    if (!isSame(this.now, next)) return false;
    const alone = await recomposed(documents, own, events, question, this.start);
    if (!isSame(this.start, alone)) return false;
    for (const [stream, moved] of own) this.moves.set(stream, moved);
    this.now = next;
    this.tried += batch.length;
    return true;
  }

  private async takeOne({ event, taken, after }: Step): Promise<void> {
    const { documents, question, account } = this.walking;
    this.moves.set(event.stream, after);
    this.tried++;
    const before = this.now;
    this.now = await recomposed(documents, this.moves, [event], question, before);
    const isFirst = this.moves.size === 1;
    const without = this.alone.get(event.stream) ?? this.start;
    const own = new Map([[event.stream, after]]);
    const alone = isFirst ? this.now : await recomposed(documents, own, [event], question, without);
    if (!isSame(without, alone)) this.alone.set(event.stream, alone);
    else if (isSame(before, this.now)) return;
    const cause = { kind: 'event', event, taken } as const;
    this.parts.push({ cause, ...account.step(this.now.told(), [without.told(), alone.told()]) });
  }
}
