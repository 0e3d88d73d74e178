import { once } from 'node:events';
import type { EventLog } from '../../src/kernel/event-log.js';
import type { DomainEvent, RecordedEvent } from '../../src/kernel/event.js';
import type { Projection } from '../../src/kernel/projection.js';
import { Projector } from '../../src/kernel/projector.js';
import type { Version } from '../../src/kernel/versioned-store.js';
import { MemoryVersionedStore } from '../../src/versioned-store/memory/memory-versioned-store.js';
import { recorded, type Said } from './recorded.js';
import { until } from './until.js';

/** A log whose subscription yields the given batches. Other reads are empty or fail. */
function delivering(batches: readonly RecordedEvent[][]): EventLog {
  const never = () => Promise.reject(new Error('this log only supports subscribe'));
  return {
    append: never,
    readStream: never,
    readAll: () => Promise.resolve([]),
    eventAt: never,
    head: () => Promise.resolve(undefined),
    lastEvent: never,
    lastRecordedAt: never,
    close: () => Promise.resolve(),
    async *subscribe(_, signal) {
      yield* batches;
      if (!signal.aborted) await once(signal, 'abort');
    },
  };
}

/** Ways in which a log may deliver events: in batches of one, two or all, each also with repeated events. */
function deliveries(events: readonly RecordedEvent[]): Record<string, RecordedEvent[][]> {
  const batches = (size: number, overlap = 0) =>
    Array.from({ length: Math.ceil(events.length / size) }, (_, at) =>
      events.slice(Math.max(0, at * size - overlap), (at + 1) * size),
    );
  return {
    'all at once': [[...events]],
    'one by one': batches(1),
    'in pairs': batches(2),
    'one by one, each repeated with the next': batches(1, 1),
    'in pairs, with duplicates': batches(2, 3),
    'all at once, twice': [[...events], [...events]],
  };
}

/** All versions of all documents after these events. Fails if the result depends on how the events are delivered. */
export async function projected<Document>(
  projection: Projection<Document>,
  events: readonly RecordedEvent[],
): Promise<ReadonlyMap<string, readonly Version<Document>[]>> {
  const outcomes: [string, Map<string, Version<Document>[]>][] = [];
  for (const [manner, batches] of Object.entries(deliveries(events))) {
    const store = new MemoryVersionedStore();
    const projector = new Projector(delivering(batches), store, [projection]);
    await projector.start();
    await until(() =>
      projector.status().every(({ checkpoint, stopped }) => stopped ?? checkpoint === events.at(-1)?.position),
    );
    await projector.close();
    const { stopped } = projector.status()[0]!;
    if (stopped) throw new Error(`${projection.name} stopped at ${stopped.position}: ${stopped.error}`);
    const documents = new Map<string, Version<Document>[]>();
    for (const { key } of await store.list(projection.name, '')) {
      documents.set(key, (await store.history(projection.name, key)) as Version<Document>[]);
    }
    outcomes.push([manner, documents]);
  }
  const [, first] = outcomes[0]!;
  for (const [manner, documents] of outcomes) expect([manner, documents]).toEqual([manner, first]);
  return first;
}

/** The latest version of the only document that these events make. */
export async function documentOf<Document>(
  projection: Projection<Document>,
  events: readonly RecordedEvent[],
): Promise<Document> {
  const documents = [...(await projected(projection, events)).values()];
  expect(documents).toHaveLength(1);
  return documents[0]!.at(-1)!.body;
}

/** The document of one stream, folded directly without a store. For specs of code that uses documents. */
export function folded<Document, Event extends DomainEvent>(
  projection: Projection<Document>,
  stream: string,
  events: readonly Said<Event>[],
): Document {
  const document = recorded(events, { stream }).reduce<Document | undefined>(
    (before, event) => projection.evolve(before, event),
    undefined,
  );
  if (document === undefined) throw new Error('no document, because there are no events');
  return document;
}
