import fc from 'fast-check';
import type { RecordedEvent } from '../kernel/event.js';
import type { Projection } from '../kernel/projection.js';
import type { ListOptions } from '../kernel/versioned-store.js';
import { Views } from '../kernel/views.js';
import { MemoryVersionedStore } from '../versioned-store/memory/memory-versioned-store.js';
import { Overlay } from './overlay.js';
import { supposedEvent } from './supposed-event.js';

const at = '2023-01-01T00:00:00.000Z';

/** A document counts the events of its stream. */
const counts: Projection<number> = {
  ...{ name: 'counts', version: 1, category: 'figure' },
  keys: ({ stream }) => [stream.replace('figure-', '').replaceAll('.', '/')],
  evolve: (before = 0) => before + 1,
};

const eventOf = (key: string, place: number): RecordedEvent =>
  supposedEvent(place, `figure-${key.replaceAll('/', '.')}`, { type: 'IndicatorMeasured', data: {} }, at);

async function viewsWith(documents: ReadonlyMap<string, number>): Promise<Views> {
  const store = new MemoryVersionedStore();
  const view = await store.createView(counts.name, counts.version);
  const versions = [...documents].map(([key, body], place) => ({
    key,
    body,
    position: String(place + 1),
    knownAt: at,
  }));
  await store.commit(view, versions, { from: undefined, to: String(documents.size + 1) });
  return new Views(store);
}

const keys = fc.uniqueArray(fc.constantFrom('p/a', 'p/b', 'p/c', 'p/d', 'p/e', 'q/a', 'q/b'));
const options = fc.record(
  {
    after: fc.constantFrom('p/a', 'p/b', 'p/c', 'p/cc', 'p/e'),
    reverse: fc.boolean(),
    limit: fc.integer({ min: 1, max: 4 }),
  },
  { requiredKeys: [] },
);

describe('property: what is read through an overlay', () => {
  it('is what would be read if the events had been recorded, page by page and one by one', () =>
    fc.assert(
      fc.asyncProperty(
        keys,
        fc.array(fc.constantFrom('p/a', 'p/b', 'p/d', 'p/f', 'q/b')),
        options,
        async (...given) => {
          const [standing, supposed, asked] = given as [string[], string[], ListOptions];
          const documents = new Map(standing.map((key) => [key, 1]));
          const overlay = new Overlay(await viewsWith(documents), supposed.map(eventOf));
          for (const key of supposed) documents.set(key, (documents.get(key) ?? 0) + 1);
          const recorded = await viewsWith(documents);
          const bodies = (read: readonly { key: string; body: number }[]) => read.map(({ key, body }) => [key, body]);
          expect(bodies(await overlay.list(counts, 'p/', asked))).toEqual(
            bodies(await recorded.list(counts, 'p/', asked)),
          );
          for (const key of ['p/a', 'p/f', 'q/a']) {
            expect((await overlay.get(counts, key))?.body).toBe((await recorded.get(counts, key))?.body);
          }
        },
      ),
    ));
});
