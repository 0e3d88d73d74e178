import { isDeepStrictEqual } from 'node:util';
import type { SqliteEventLog } from '../../src/event-log/sqlite/sqlite-event-log.js';
import type { NewEvent, RecordedEvent } from '../../src/kernel/event.js';
import { canonicalJson } from '../../src/kernel/json.js';
import { assertThat, shown } from './violation.js';

/** The model of the log: an array of events. Every event in the log must equal one that was given to `append`. */
export class Ledger {
  readonly events: RecordedEvent[] = [];
  /** Events given to `append`: id → canonical JSON of the contents. */
  private readonly attempted = new Map<string, string>();
  private readonly ids = new Set<string>();
  private readonly streams = new Map<string, RecordedEvent>();

  readonly recordAttempt = (stream: string, events: readonly NewEvent[]): void => {
    for (const event of events) this.attempted.set(event.id, contentsOf({ ...event, stream }));
  };

  /** The last event of a stream. */
  last(stream: string): RecordedEvent | undefined {
    return this.streams.get(stream);
  }

  /** Reads the events that the model does not have yet, checks and adds them, and returns them. */
  async follow(log: SqliteEventLog): Promise<RecordedEvent[]> {
    const newEvents = await log.readAll({ after: this.events.at(-1)?.position, limit: 10_000 });
    for (const event of newEvents) this.apply(event);
    return newEvents;
  }

  /** Compares the whole log with the model, and verifies its hash chain. */
  async compare(log: SqliteEventLog): Promise<void> {
    for (let after: string | undefined, at = 0; ;) {
      const page = await log.readAll({ after, limit: 5_000 });
      if (page.length === 0) {
        assertThat(at === this.events.length, () => `the log ends after ${at} of ${this.events.length} events`);
        break;
      }
      for (const event of page) {
        const expected = this.events[at++];
        assertThat(isDeepStrictEqual(event, expected), () => `the log now has ${shown(event)}, not ${shown(expected)}`);
      }
      after = page.at(-1)!.position;
    }
    const { damage } = await log.verify();
    assertThat(damage === undefined, () => `the log is damaged: ${shown(damage)}`);
  }

  private apply(event: RecordedEvent): void {
    const { id, type, metadata, stream, revision, position, recordedAt, knownAt } = event;
    const where = `event ${position} (${type}, ${stream} ${revision})`;
    const attempted = this.attempted.get(id);
    const contents = contentsOf(event);
    assertThat(contents === attempted, () => `${where} is not what was appended: ${contents}, not ${attempted}`);
    assertThat(!this.ids.has(id), () => `${where} occurs twice`);
    const before = this.events.at(-1);
    assertThat(position === String(this.events.length + 1), () => `${where} follows position ${before?.position}`);
    assertThat(!before || before.recordedAt <= recordedAt, () => `${where} is recorded before ${before?.recordedAt}`);
    assertThat(knownAt === (metadata.knownAt ?? recordedAt), () => `${where} is known at ${knownAt}`);
    const last = this.streams.get(stream);
    assertThat(revision === (last ? last.revision + 1 : 0), () => `${where} follows revision ${last?.revision}`);
    assertThat(!last || last.knownAt <= knownAt, () => `${where}: known ${knownAt}, before ${last?.knownAt}`);
    this.ids.add(id);
    this.streams.set(stream, event);
    this.events.push(event);
  }
}

const contentsOf = ({ id, type, data, metadata, stream }: NewEvent & { stream: string }) =>
  canonicalJson({ id, type, data, metadata, stream });
