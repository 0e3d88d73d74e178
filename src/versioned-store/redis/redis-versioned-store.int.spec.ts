import type { Version, ViewId } from '../../kernel/versioned-store.js';
import { StoreDamaged, UnknownView } from '../../kernel/versioned-store.js';
import { versionedStoreContract } from '../../../test/contract/versioned-store.contract.js';
import { at, keys, put, version } from '../../../test/contract/versioned-store/samples.js';
import { Chance } from '../../../test/support/chance.js';
import { startRedis, type TestRedis } from '../../../test/support/redis.js';
import { MemoryVersionedStore } from '../memory/memory-versioned-store.js';
import { RedisVersionedStore } from './redis-versioned-store.js';

describe.each([
  ['a Redis', {}, []],
  ['a Redis cluster', { 'cluster-enabled': 'yes' }, ['cluster=true']],
])('on %s', (_, settings: Record<string, string>, more) => {
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await startRedis(settings);
  });
  afterAll(() => redis.remove());

  versionedStoreContract('RedisVersionedStore', { durable: true }, async () => {
    const url = redis.namespaceUrl(...more);
    let store = RedisVersionedStore.open(url);
    return {
      store,
      reopen: async () => {
        await store.close();
        return (store = RedisVersionedStore.open(url));
      },
    };
  });
});

describe('RedisVersionedStore', () => {
  let redis: TestRedis;
  let url: string;
  let store: RedisVersionedStore;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.remove());
  beforeEach(async () => {
    await redis.client.flushall();
    url = redis.namespaceUrl();
    store = RedisVersionedStore.open(url);
  });
  afterEach(() => store.close());

  it('reads histories of many index pages correctly, in whatever order versions were stored', async () => {
    const chance = new Chance(7);
    // Several versions have the same known time; both times grow unevenly.
    let [position, known] = [0, 0];
    const versions = Array.from({ length: 700 }, () => {
      position += 1 + chance.below(3);
      known += chance.below(3);
      return version(chance.of(['long', 'longer', 'longer', 'longer']), position, known);
    });
    const memory = new MemoryVersionedStore();
    const unsorted = versions.map((each) => [chance.next(), each] as const).sort(([a], [b]) => a - b);
    // With these a list of 32 documents ends within the pages of the first long document.
    const short = Array.from({ length: 31 }, (_, index) => version(`a${10 + index}`, 1, 1));
    const shuffled = [...short, ...unsorted.map(([, each]) => each), version('z', 1, 1)];
    const views = await Promise.all([store, memory].map((each) => each.createView('figures', 1)));
    await put(store, views[0]!, ...shuffled);
    await put(memory, views[1]!, ...shuffled);

    for (let time = 0; time < 300; time++) {
      const bound = { knownAt: at(chance.below(known + 10)), position: String(chance.below(position + 10)) };
      const asOf = chance.of([bound, { knownAt: bound.knownAt }, { position: bound.position }]);
      for (const key of ['long', 'longer']) {
        expect(await store.get('figures', key, asOf)).toEqual(await memory.get('figures', key, asOf));
      }
      expect(await store.list('figures', '', { asOf })).toEqual(await memory.list('figures', '', { asOf }));
      for (const limit of [1, 32]) {
        const options = { asOf, limit };
        expect(await store.list('figures', '', options)).toEqual(await memory.list('figures', '', options));
      }
    }
    expect(await store.history('figures', 'longer')).toEqual(await memory.history('figures', 'longer'));
  });

  it('shows a switch to readers of another process, and never a list that mixes generations', async () => {
    const rebuild = async (build: number): Promise<ViewId> => {
      const view = await store.createView('figures', build);
      // More than one page.
      const versions = Array.from({ length: 1_300 }, (_, at) => version(String(at).padStart(4, '0'), at + 1, 1, build));
      await put(store, view, ...versions);
      return view;
    };
    await rebuild(0);
    const reader = RedisVersionedStore.open(url);
    const seen = new Set<unknown>();
    let over = false;
    const reading = (async () => {
      while (!over) {
        const list = await reader.list('figures', '');
        expect(list).toHaveLength(1_300);
        expect(new Set(list.map(({ body }) => body)).size).toBe(1);
        seen.add(list[0]!.body);
      }
    })();
    for (let build = 1; build <= 8; build++) await store.switchTo(await rebuild(build));
    over = true;
    await reading;
    expect(seen.size).toBeGreaterThan(1);
    expect((await reader.list('figures', ''))[0]!.body).toBe(8);
    await reader.close();
  });

  it('restarts a list by name that a switch interrupts; a list of a dropped generation fails', async () => {
    const old = await store.createView('figures', 1);
    const next = await store.createView('figures', 2);
    const many = (body: string): Version[] =>
      Array.from({ length: 600 }, (_, at) => version(`${body}${at}`, 1, 1, body));
    await put(store, old, ...many('old'));
    await put(store, next, ...many('new'));
    // Both lists need two round trips. The switch is sent after their first one and before their second one.
    const [byName, byNumber] = await Promise.allSettled([
      store.list('figures', ''),
      store.list(old, ''),
      store.switchTo(next),
    ]);
    const read = byName.status === 'fulfilled' ? byName.value : [];
    expect(read.map(({ body }) => body)).toEqual(Array.from({ length: 600 }, () => 'new'));
    expect(byNumber).toMatchObject({ status: 'rejected', reason: { name: UnknownView.name } });
  });

  it('lets exactly one of two processes commit each step', async () => {
    const other = RedisVersionedStore.open(url);
    const view = await store.createView('figures', 1);
    const run = async (mine: RedisVersionedStore, name: string): Promise<number> => {
      let won = 0;
      for (let step = 1; step <= 200; step++) {
        const checkpoint = { from: step === 1 ? undefined : String(step - 1), to: String(step) };
        const commit = mine.commit(view, [version('a', step, step, name)], checkpoint);
        won += await commit.then(
          () => 1,
          (error: { name: string }) => {
            expect(error.name).toBe('CheckpointConflict');
            return 0;
          },
        );
      }
      return won;
    };
    const won = await Promise.all([run(store, 'one'), run(other, 'other')]);
    expect(won[0] + won[1]).toBe(200);
    expect((await store.history(view, 'a')).map(({ position }) => Number(position))).toEqual(
      Array.from({ length: 200 }, (_, at) => at + 1),
    );
    await other.close();
  });

  it('deletes all keys of a dropped generation', async () => {
    const before = await redis.client.keys('*');
    const view = await store.createView('figures', 1);
    const single = await store.createView('audit', 1, { once: true });
    await put(store, view, version('a', 1, 1));
    await put(store, single, version('a', 1, 1));
    await store.dropView(view);
    await store.dropView(single);
    expect(before).toEqual([]);
    expect((await redis.client.keys('*')).filter((key) => key.includes('figures') || key.includes('audit'))).toEqual(
      [],
    );
  });

  it('keeps namespaces apart', async () => {
    const other = RedisVersionedStore.open(redis.namespaceUrl());
    await put(store, await store.createView('规划{总}览', 1), version('a', 1, 1));
    expect(await other.views()).toEqual([]);
    expect(await other.list('规划{总}览', '')).toEqual([]);
    await other.close();
  });

  it('never reuses a generation number, even after Redis lost all its data', async () => {
    const held = await store.createView('figures', 1);
    await put(store, held, version('a', 1, 1, 'before'));
    expect(keys(await store.list('figures', ''))).toEqual(['a']);
    await redis.client.flushall();

    expect(await store.views()).toEqual([]);
    const next = await store.createView('figures', 1);
    expect(next.generation).toBeGreaterThan(held.generation);
    await expect(store.get(held, 'a')).rejects.toThrow(UnknownView);
    await put(store, next, version('a', 1, 1, 'after'));
    expect(await store.list('figures', '')).toEqual([version('a', 1, 1, 'after')]);
  });

  it('reports damage if keys are missing, changed or of another type', async () => {
    const view = await store.createView('figures', 1);
    await put(store, view, version('a', 1, 1));
    const readings = () => [
      store.get('figures', 'a'),
      store.list('figures', ''),
      store.listWritten('figures', ''),
      store.history(view, 'a'),
    ];
    const expectDamaged = () => Promise.all(readings().map((reading) => expect(reading).rejects.toThrow(StoreDamaged)));
    const [bodies] = await redis.client.keys('*:bodies');
    const body = (await redis.client.hgetBuffer(bodies!, Buffer.alloc(4)))!;
    // Still valid JSON, with another value.
    const changed = Buffer.from(body.toString('latin1').replace('1', '2'), 'latin1');
    for (const damaged of [changed, body.subarray(0, -1), Buffer.alloc(0)]) {
      await redis.client.hset(bodies!, Buffer.alloc(4), damaged);
      await expectDamaged();
    }
    await redis.client.del(bodies!);
    await expectDamaged();
    await redis.client.set(bodies!, 'another program');
    await expect(store.list(view, '')).rejects.toThrow(StoreDamaged);
  });
});
