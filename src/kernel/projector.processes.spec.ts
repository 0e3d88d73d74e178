import { MemoryEventLog } from '../event-log/memory/memory-event-log.js';
import { MemoryVersionedStore } from '../versioned-store/memory/memory-versioned-store.js';
import { MovingClock } from '../../test/support/moving-clock.js';
import { TallyDesk, tallyProjection, type TallyDocument } from '../../test/support/tally.js';
import { until } from '../../test/support/until.js';
import type { Projection } from './projection.js';
import { Projector, type ViewsFollower } from './projector.js';
import type { VersionedStore } from './versioned-store.js';
import { ViewsWatch } from './views-watch.js';

/** A store that is shared by several processes and can be replaced by another one while they run. */
function replaceable(first: VersionedStore): { store: VersionedStore; replaceBy(other: VersionedStore): void } {
  let current = first;
  const store = new Proxy({} as VersionedStore, {
    get: (_, name: keyof VersionedStore) => current[name].bind(current),
  });
  return { store, replaceBy: (other) => void (current = other) };
}

const clock = new MovingClock();
let log: MemoryEventLog;
let desk: TallyDesk;
let store: VersionedStore;
let replaceBy: (other: VersionedStore) => void;
const running: ViewsFollower[] = [];

beforeEach(() => {
  log = new MemoryEventLog({ clock });
  desk = new TallyDesk(log, clock);
  ({ store, replaceBy } = replaceable(new MemoryVersionedStore()));
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((follower) => follower.close()));
});

async function projector(version = 1, into = store): Promise<Projector> {
  const made = new Projector(log, into, [tallyProjection('tallies', version)], { shared: true, checkIntervalMs: 20 });
  running.push(made);
  await made.start();
  return made;
}

function watch(version = 1): ViewsWatch {
  const projections = [tallyProjection('tallies', version)] as Projection[];
  const made = new ViewsWatch(log, store, projections, (event) => event);
  running.push(made);
  return made;
}

const add = (by: number) => desk.send({ type: 'Add', by });
const head = async () => (await log.head())!;
const caughtUp = async (follower: ViewsFollower) => expect(await follower.reached(await head(), 10_000)).toBe(true);
const totals = async () =>
  (await store.history('tallies', 'tally-a')).map(({ body }) => (body as unknown as TallyDocument).total);
const sums = (count: number) => Array.from({ length: count }, (_, at) => ((at + 1) * (at + 2)) / 2);

describe('projectors of several processes', () => {
  it('that start concurrently build one view', async () => {
    for (let by = 1; by <= 5; by++) await add(by);
    const all = await Promise.all(Array.from({ length: 4 }, () => projector()));
    await add(6);
    await Promise.all(all.map(caughtUp));
    expect(await totals()).toEqual(sums(6));
    expect(await store.views()).toHaveLength(1);
  });

  it('of a new version build one view together beside the old one', async () => {
    for (let by = 1; by <= 5; by++) await add(by);
    const old = await projector(1);
    await caughtUp(old);
    const all = await Promise.all(Array.from({ length: 3 }, () => projector(2)));
    await add(6);
    await Promise.all(all.map(caughtUp));
    expect(await totals()).toEqual(sums(6));
    expect(await store.views()).toMatchObject([{ version: 2, live: true, checkpoint: await head() }]);
  });

  it('continue a generation that another process began to build', async () => {
    await add(1);
    await caughtUp(await projector(1));
    const begun = await store.createView('tallies', 2);
    await projector(2);
    expect(await store.views()).toMatchObject([{ ...begun, version: 2, live: true }]);
    expect(await totals()).toEqual([1]);
  });

  it('of an old version stop once a new version has taken over, and report it', async () => {
    const old = await projector(1);
    await projector(2);
    await add(1);
    await until(() => old.status()[0]?.stopped !== undefined);
    expect(old.status()[0]!.stopped!.error).toContain('another version of the program (2, not 1)');
    expect(old.failure).toBeUndefined();
    expect(await totals()).toEqual([1]);
  });

  it('of an old version that start later do not replace a newer view, except by an explicit rebuild', async () => {
    await add(1);
    const current = await projector(2);
    const old = await projector(1);
    expect(old.status()[0]!.stopped!.error).toContain('another version of the program (2, not 1)');
    await add(2);
    await caughtUp(current);
    expect(await store.views()).toMatchObject([{ version: 2, live: true, checkpoint: await head() }]);

    await old.rebuild('tallies');
    await add(3);
    await caughtUp(old);
    expect(await store.views()).toMatchObject([{ version: 1, live: true, checkpoint: await head() }]);
    await until(() => current.status()[0]?.stopped !== undefined);
    expect(await totals()).toEqual(sums(3));
  });

  it.each(['nothing is written', 'something is written'])(
    'fold events again after the store lost commits, while %s',
    async (also) => {
      for (let by = 1; by <= 3; by++) await add(by);
      const older = new MemoryVersionedStore();
      await (await projector(1, older)).close();
      const [a, b] = [await projector(), await projector()];
      for (let by = 4; by <= 9; by++) await add(by);
      await Promise.all([caughtUp(a), caughtUp(b)]);

      replaceBy(older);
      if (also === 'something is written') await add(10);
      const count = also === 'something is written' ? 10 : 9;
      await until(async () => (await totals()).length === count);
      expect(await totals()).toEqual(sums(count));
    },
  );

  it('rebuild the views after the store lost all of them', async () => {
    const [a, b] = [await projector(), await projector()];
    for (let by = 1; by <= 4; by++) await add(by);
    await Promise.all([caughtUp(a), caughtUp(b)]);

    replaceBy(new MemoryVersionedStore());
    await until(async () => (await totals()).length === 4);
    expect(await totals()).toEqual(sums(4));
    expect(await store.views()).toHaveLength(1);
  });
});

describe('a process that only reads the views', () => {
  it('waits until a projector of another process reaches a position', async () => {
    const reader = watch();
    await add(1);
    expect(await reader.reached(await head(), 0)).toBe(false);
    const waiting = reader.reached(await head(), 10_000);
    await projector();
    expect(await waiting).toBe(true);
    expect(await reader.status()).toEqual([{ name: 'tallies', version: 1, checkpoint: '1' }]);
  });

  it('reports a view that another version of the program built', async () => {
    await add(1);
    await projector(2);
    expect(await watch(1).status()).toEqual([
      {
        name: 'tallies',
        version: 1,
        checkpoint: '1',
        stopped: { position: '1', error: 'built by another version of the program (2, not 1)' },
      },
    ]);
  });

  it('rebuilds a view while projectors keep writing it; readers never go back in time', async () => {
    const [a, b] = [await projector(), await projector()];
    for (let by = 1; by <= 20; by++) await add(by);
    await Promise.all([caughtUp(a), caughtUp(b)]);
    const before = await store.views();
    const seen: number[] = [];
    let rebuilding = true;
    const reading = (async () => {
      while (rebuilding) {
        seen.push((await totals()).length);
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    const writing = (async () => {
      for (let by = 21; by <= 60; by++) {
        await add(by);
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    // Two concurrent rebuilds: both resolve once the faster one has switched.
    for (let again = 1; again <= 3; again++) {
      await Promise.all([watch().rebuild('tallies'), watch().rebuild('tallies')]);
    }
    await writing;
    await caughtUp(watch());
    rebuilding = false;
    await reading;
    expect(seen).toEqual([...seen].sort((one, other) => one - other));
    expect(seen[0]).toBeGreaterThanOrEqual(20);
    expect(await totals()).toEqual(sums(60));
    expect((await store.views())[0]!.generation).toBeGreaterThan(before[0]!.generation);
    expect((await store.views()).filter(({ live }) => live)).toHaveLength(1);
    for (const { failure } of [a, b]) expect(failure).toBeUndefined();
  });
});
