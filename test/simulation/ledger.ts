import { isDeepStrictEqual } from 'node:util';
import type { SqliteEventLog } from '../../src/event-log/sqlite/sqlite-event-log.js';
import type { NewEvent, RecordedEvent } from '../../src/kernel/event.js';
import { canonicalJson } from '../../src/kernel/json.js';
import { assertThat, shown } from './violation.js';

/** The model of the log: an array of events. Whatever the log shows must be what somebody asked it to append. */
export class Ledger {
  readonly events: RecordedEvent[] = [];
  /** By id, as canonical JSON: nobody changes it afterwards. */
  private readonly asked = new Map<string, string>();
  private readonly ids = new Set<string>();
  private readonly streams = new Map<string, RecordedEvent>();

  readonly ask = (stream: string, events: readonly NewEvent[]): void => {
    for (const event of events) this.asked.set(event.id, contentsOf({ ...event, stream }));
  };

  /** The last event of a stream. */
  last(stream: string): RecordedEvent | undefined {
    return this.streams.get(stream);
  }

  /** Takes what the log holds beyond the model, and returns it. */
  async follow(log: SqliteEventLog): Promise<RecordedEvent[]> {
    const news = await log.readAll({ after: this.events.at(-1)?.position, limit: 10_000 });
    for (const event of news) this.take(event);
    return news;
  }

  /** The whole log once more, byte for byte what it was, its chain unbroken. */
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

  private take(event: RecordedEvent): void {
    const { id, type, metadata, stream, revision, position, recordedAt, knownAt } = event;
    const where = `event ${position} (${type}, ${stream} ${revision})`;
    const asked = this.asked.get(id);
    const contents = contentsOf(event);
    assertThat(contents === asked, () => `${where} is not what was appended: ${contents}, not ${asked}`);
    assertThat(!this.ids.has(id), () => `${where} stands twice`);
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
