import { MemoryEventLog } from '../event-log/memory/memory-event-log.js';
import { MemoryVersionedStore } from '../versioned-store/memory/memory-versioned-store.js';
import { MovingClock } from '../../test/support/moving-clock.js';
import { TallyDesk, tallyProjection, type TallyDocument } from '../../test/support/tally.js';
import { until } from '../../test/support/until.js';
import { catalogued, Catalogue } from './catalogue.js';
import type { Projection } from './projection.js';
import { Projector } from './projector.js';

/** A store that can fail right before or right after each commit, like a crash. It counts rejected commits. */
class DyingStore extends MemoryVersionedStore {
  dies: 'before' | 'after' | undefined;
  conflicts = 0;

  override async commit(...input: Parameters<MemoryVersionedStore['commit']>): Promise<void> {
    if (this.dies === 'before') throw new Error('died');
    await super.commit(...input).catch((error: unknown) => {
      this.conflicts++;
      throw error;
    });
    if (this.dies === 'after') throw new Error('died');
  }
}

const clock = new MovingClock();
let log: MemoryEventLog;
let desk: TallyDesk;
let store: DyingStore;
const running: Projector[] = [];

beforeEach(() => {
  log = new MemoryEventLog({ clock });
  desk = new TallyDesk(log, clock);
  store = new DyingStore();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((projector) => projector.close()));
});

async function started(projections: readonly Projection<TallyDocument>[] = [tallyProjection()]): Promise<Projector> {
  const projector = new Projector(log, store, projections);
  running.push(projector);
  await projector.start();
  return projector;
}

const add = (by: number) => desk.send({ type: 'Add', by });
const caughtUp = async (projector: Projector) =>
  expect(await projector.reached((await log.head())!, 10_000)).toBe(true);
const totals = async () =>
  (await store.history('tallies', 'tally-a')).map(({ body }) => (body as unknown as TallyDocument).total);

describe('a projector that crashes', () => {
  it.each(['before', 'after'] as const)('%s a commit: the next projector applies each event once', async (dies) => {
    await add(1);
    await add(2);
    store.dies = dies;
    await expect(started()).rejects.toThrow('died');
    store.dies = undefined;
    await started();
    expect(await totals()).toEqual([1, 3]);
  });

  it.each(['before', 'after'] as const)('%s a commit while following reports its failure', async (dies) => {
    const projector = await started();
    store.dies = dies;
    await add(1);
    await until(() => projector.failure !== undefined);
    expect(projector.failure?.message).toBe('died');
    store.dies = undefined;
    await started();
    expect(await totals()).toEqual([1]);
  });
});

describe('two projectors of the same view', () => {
  it('apply each event exactly once', async () => {
    const [a, b] = [await started(), await started()];
    for (let by = 1; by <= 50; by++) await add(by);
    await caughtUp(a);
    await caughtUp(b);
    expect(await totals()).toEqual(Array.from({ length: 50 }, (_, at) => ((at + 1) * (at + 2)) / 2));
    for (const { failure } of [a, b]) expect(failure).toBeUndefined();
    expect(store.conflicts).toBeGreaterThan(0);
  });
});

describe('a rebuild', () => {
  const doubled = (version: number): Projection<TallyDocument> => ({
    ...tallyProjection('tallies', version),
    evolve: (document = { total: 0, added: [] }, { data }) => ({
      total: document.total + Number(data['by']),
      added: [...document.added, version],
    }),
  });

  it('keeps the live view until the new one has caught up; readers never go back in time', async () => {
    const projector = await started();
    for (let by = 1; by <= 20; by++) await add(1);
    await caughtUp(projector);
    const seen: number[] = [];
    let rebuilding = true;
    const reading = (async () => {
      while (rebuilding) {
        seen.push((await totals()).length);
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    const writing = (async () => {
      for (let by = 1; by <= 30; by++) {
        await add(1);
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    for (let again = 1; again <= 5; again++) await projector.rebuild('tallies');
    await writing;
    await caughtUp(projector);
    rebuilding = false;
    await reading;
    expect(Math.min(...seen)).toBeGreaterThanOrEqual(20);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(await totals()).toEqual(Array.from({ length: 50 }, (_, at) => at + 1));
    expect(await store.views()).toHaveLength(1);
  });

  it('reports its progress', async () => {
    await add(1);
    const projector = await started();
    const progress: unknown[] = [];
    await projector.rebuild('tallies', (step) => progress.push(step));
    expect(progress).toEqual([{ projection: 'tallies', events: 1, position: '1', head: '1' }]);
  });

  it('that cannot process an event leaves the live view unchanged', async () => {
    await add(1);
    const switchable: Projection<TallyDocument> = {
      ...doubled(1),
      evolve(document, event) {
        if (broken) throw new Error('broken');
        return doubled(1).evolve(document, event);
      },
    };
    let broken = false;
    const projector = await started([switchable]);
    broken = true;
    await expect(projector.rebuild('tallies')).rejects.toThrow('projection tallies stopped at position 1: broken');
    broken = false;
    expect(await totals()).toEqual([1]);
    expect(await store.views()).toHaveLength(1);
    await add(2);
    await caughtUp(projector);
    expect(await totals()).toEqual([1, 3]);
  });

  it('restarts a projection that had stopped', async () => {
    let strict = true;
    const switchable: Projection<TallyDocument> = {
      ...doubled(1),
      evolve(document, event) {
        if (strict && event.data['by'] === 13) throw new Error('not 13');
        return doubled(1).evolve(document, event);
      },
    };
    const projector = await started([switchable]);
    await add(13);
    await add(1);
    await caughtUp(projector);
    expect(projector.status()[0]?.stopped).toBeDefined();
    strict = false;
    await projector.rebuild('tallies');
    expect(projector.status()[0]).toEqual({ name: 'tallies', version: 1, checkpoint: '2' });
    await add(2);
    await caughtUp(projector);
    expect(await totals()).toEqual([13, 14, 16]);
  });

  it('fails if there is no projection of that name', async () => {
    const projector = await started();
    await expect(projector.rebuild('unknown')).rejects.toThrow('no projection named unknown');
  });
});

it('a log that throws on an unknown event stops the whole projector, which reports the failure', async () => {
  const unknowing = new Projector(catalogued(log, new Catalogue([])), store, [tallyProjection()] as Projection[]);
  running.push(unknowing);
  await unknowing.start();
  await add(1);
  await until(() => unknowing.failure !== undefined);
  expect(unknowing.failure?.message).toMatch(/position 1: unknown type Added/);
  expect(unknowing.status()[0]?.checkpoint).toBeUndefined();
});
