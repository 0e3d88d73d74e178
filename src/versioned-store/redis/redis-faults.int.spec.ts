import { stat, truncate } from 'node:fs/promises';
import { StoreUnavailable, type ViewId } from '../../kernel/versioned-store.js';
import { keys, put, version } from '../../../test/contract/versioned-store/samples.js';
import { Chance } from '../../../test/support/chance.js';
import { startRedis, type TestRedis } from '../../../test/support/redis.js';
import { until } from '../../../test/support/until.js';
import { RedisVersionedStore } from './redis-versioned-store.js';

let redis: TestRedis;
let url: string;
let store: RedisVersionedStore;

async function expectAway(call: Promise<unknown>, ...said: string[]): Promise<void> {
  const error: unknown = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(StoreUnavailable);
  for (const each of said) expect((error as Error).message).toContain(each);
}

const answers = (asked = store) =>
  asked.views().then(
    () => true,
    () => false,
  );

describe('a Redis that goes away', () => {
  beforeAll(async () => {
    redis = await startRedis({ appendonly: 'yes', appendfsync: 'always' });
  });
  afterAll(() => redis.remove());
  beforeEach(() => {
    url = redis.namespaceUrl();
    store = RedisVersionedStore.open(url);
  });
  afterEach(() => store.close());

  it('is not needed to open, and found once it is there', async () => {
    await redis.stop();
    await expectAway(store.views(), '127.0.0.1:', 'ECONNREFUSED');
    await expectAway(store.list('figures', ''), 'ECONNREFUSED');
    const givenUp = RedisVersionedStore.open(url);
    await expectAway(givenUp.views());
    await givenUp.close();
    await expectAway(givenUp.views());
    await RedisVersionedStore.open(url).close();
    await redis.restart();
    await until(() => answers());
    expect(await store.views()).toEqual([]);
  });

  it('fails all calls while it is stopped, and goes on with the same client after the restart', async () => {
    const view = await store.createView('figures', 1);
    await put(store, view, version('a', 1, 1));
    await redis.stop();
    const calls = [
      () => store.views(),
      () => store.createView('figures', 2),
      () => store.switchTo(view),
      () => store.dropView(view),
      () => store.commit(view, [], { from: '1', to: '2' }),
      () => store.get('figures', 'a'),
      () => store.list('figures', ''),
      () => store.history('figures', 'a'),
    ];
    for (const call of calls) await expectAway(call());
    await redis.restart();
    await until(() => answers());
    expect(await store.history(view, 'a')).toEqual([version('a', 1, 1)]);
    // Its scripts are gone, and come back by themselves.
    await put(store, view, version('b', 2, 2));
    expect(keys(await store.list('figures', ''))).toEqual(['a', 'b']);
  });

  it('holds up nobody while it is frozen', async () => {
    const view = await store.createView('figures', 1);
    await put(store, view, version('a', 1, 1));
    const hasty = RedisVersionedStore.open(url, { connecting: 500, answer: 500 });
    await until(() => answers(hasty));
    redis.pause();
    const started = performance.now();
    await Promise.all(Array.from({ length: 50 }, () => expectAway(hasty.get('figures', 'a'))));
    await expectAway(hasty.commit(view, [version('b', 2, 2)], { from: '1', to: '2' }));
    // A call each, of half a second at most, with time to spare on a busy machine.
    expect(performance.now() - started).toBeLessThan(10_000);
    redis.resume();
    await until(() => answers(hasty));
    expect((await hasty.get('figures', 'a'))?.position).toBe('1');
    await hasty.close();
  });

  it('has each commit whole or not at all when it is killed, and all that it answered', async () => {
    const chance = new Chance(11);
    const view = await store.createView('figures', 1);
    const audit = await store.createView('audit', 1, { once: true });
    for (let round = 0; round < 6; round++) {
      let [sent, answered] = [0, 0];
      const first = Number((await standing(view)) ?? 0);
      const committing = (async () => {
        for (let step = first + 1; ; step++) {
          sent = step;
          const checkpoint = { from: step === 1 ? undefined : String(step - 1), to: String(step) };
          const three = ['a', 'b', 'c'].map((key) => version(key, step, step));
          await store.commit(view, three, checkpoint);
          await store.commit(audit, [version(`${step}/a`, step, step), version(`${step}/b`, step, step)], checkpoint);
          answered = step;
        }
      })();
      const enough = first + 5 + chance.below(30);
      await until(() => answered >= enough);
      await redis.kill();
      await expectAway(committing);
      await redis.restart();
      await until(() => answers());

      const [figures, entries] = [Number(await standing(view)), Number((await standing(audit)) ?? 0)];
      expect(entries).toBeGreaterThanOrEqual(answered);
      expect(figures).toBeGreaterThanOrEqual(entries);
      expect(figures).toBeLessThanOrEqual(sent);
      const steps = Array.from({ length: figures }, (_, at) => String(at + 1));
      for (const key of ['a', 'b', 'c']) {
        expect((await store.history(view, key)).map(({ position }) => position)).toEqual(steps);
      }
      expect(await store.list(audit, '')).toHaveLength(2 * entries);
      if (entries < figures) {
        const rest = [version(`${figures}/a`, figures, figures), version(`${figures}/b`, figures, figures)];
        await store.commit(audit, rest, { from: String(entries), to: String(figures) });
      }
    }
  });

  it('has documents and checkpoint together, only older, when the newest writes are lost', async () => {
    const view = await store.createView('figures', 1);
    const start = (await stat(incremental())).size;
    for (let step = 1; step <= 20; step++) {
      const checkpoint = { from: step === 1 ? undefined : String(step - 1), to: String(step) };
      const three = ['a', 'b', 'c'].map((key) => version(key, step, step));
      await store.commit(view, three, checkpoint);
    }
    const chance = new Chance(5);
    let reached = 20;
    for (let cut = 0; cut < 4; cut++) {
      await redis.kill();
      const { size } = await stat(incremental());
      await truncate(incremental(), Math.max(start, size - 1 - chance.below(2_000)));
      await redis.restart();
      await until(() => answers());
      const now = Number((await standing(view)) ?? 0);
      expect(now).toBeLessThanOrEqual(reached);
      const steps = Array.from({ length: now }, (_, at) => String(at + 1));
      for (const key of ['a', 'b', 'c']) {
        expect((await store.history(view, key)).map(({ position }) => position)).toEqual(steps);
      }
      reached = now;
    }
    expect(reached).toBeLessThan(20);
    await put(store, view, version('a', 21, 21));
    expect((await store.get('figures', 'a'))?.position).toBe('21');
  });

  const incremental = () => redis.path('appendonlydir', 'appendonly.aof.1.incr.aof');
  const standing = async ({ generation }: ViewId) =>
    (await store.views()).find((view) => view.generation === generation)!.checkpoint;

  it('leaves no connection open once it is closed, and takes no more calls', async () => {
    const connected = async () => ((await redis.client.client('LIST')) as string).includes('name=tongjian');
    await store.views();
    expect(await connected()).toBe(true);
    await store.close();
    await until(async () => !(await connected()));
    await expectAway(store.views());
    await store.close();
  });
});

describe('a Redis that refuses', () => {
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

  const rights = ['+@read', '+@write', '+@scripting', '+@connection', '+info'];
  const withUser = (user: string, settings = '') => url.replace('//', `//${user}@`) + settings;
  async function expectRefused(address: string, ...said: string[]): Promise<void> {
    const refused = RedisVersionedStore.open(address);
    await expectAway(refused.views(), ...said);
    await refused.close();
  }

  it('says that user or password are wrong, and never which password', async () => {
    await redis.client.call('ACL', 'SETUSER', 'views', 'on', '>s3cret', '~v2:{test-*', ...rights);
    await redis.client.config('SET', 'requirepass', 'other');
    await expectRefused(withUser('views:wr0ng'), 'user or the password');
    await expectRefused(withUser(':wr0ng'), 'user or the password');
    await expectRefused(url, 'user or the password');
    const granted = RedisVersionedStore.open(withUser('views:s3cret'));
    await put(granted, await granted.createView('figures', 1), version('a', 1, 1));
    expect(keys(await granted.list('figures', ''))).toEqual(['a']);
    await granted.close();
    await redis.client.call('ACL', 'SETUSER', 'views', '-evalsha');
    const lacking = RedisVersionedStore.open(withUser('views:s3cret'));
    await expectAway(lacking.list('figures', ''), 'lacks a right');
    await lacking.close();
    await redis.client.config('SET', 'requirepass', '');
  });

  it('says that it is no cluster, or has no such database', async () => {
    await expectRefused(`${url}&cluster=true`, 'cluster=true');
    await expectRefused(url.replace('?', '/99?'), 'database');
  });

  it('takes no commit when its memory is full, whole or in part, still answers, and goes on with more', async () => {
    const view = await store.createView('figures', 1);
    const beside = await store.createView('figures', 1);
    await put(store, view, version('a', 1, 1));
    await redis.client.config('SET', 'maxmemory', '1mb');

    const commit = () => store.commit(view, [version('a', 2, 2), version('b', 2, 2)], { from: '1', to: '2' });
    await expectAway(commit(), 'memory', 'maxmemory');
    await expectAway(store.createView('projects', 1), 'memory');
    expect(await store.history('figures', 'a')).toEqual([version('a', 1, 1)]);
    expect((await store.views()).map(({ checkpoint }) => checkpoint)).toEqual(['1', undefined]);
    // What makes room is never refused.
    await store.dropView(beside);
    await redis.client.config('SET', 'maxmemory', '0');
    await commit();
    expect(keys(await store.list('figures', ''))).toEqual(['a', 'b']);
  });

  it('is not used where it would throw documents away, until it is told not to', async () => {
    await redis.client.config('SET', 'maxmemory', '100mb', 'maxmemory-policy', 'allkeys-lru');
    await expectAway(store.views(), 'noeviction', 'allkeys-lru');
    await expectAway(store.list('figures', ''), 'noeviction');
    await redis.client.config('SET', 'maxmemory-policy', 'noeviction');
    expect(await store.views()).toEqual([]);
    await redis.client.config('SET', 'maxmemory', '0');
  });

  it('reads from a replica, and says that it takes no writes', async () => {
    const view = await store.createView('figures', 1);
    await put(store, view, version('a', 1, 1));
    await redis.client.call('REPLICAOF', '127.0.0.1', '1');
    await expectAway(store.commit(view, [version('b', 2, 2)], { from: '1', to: '2' }), 'replica', 'primary');
    expect(keys(await store.list('figures', ''))).toEqual(['a']);
    await redis.client.call('REPLICAOF', 'NO', 'ONE');
    await put(store, view, version('b', 2, 2));
    expect(keys(await store.list('figures', ''))).toEqual(['a', 'b']);
  });
});

it('says that a cluster is one, where the address does not', async () => {
  redis = await startRedis({ 'cluster-enabled': 'yes' });
  await redis.client.call('CLUSTER', 'DELSLOTSRANGE', '0', '16383');
  store = RedisVersionedStore.open(redis.namespaceUrl('cluster=true'));
  await expectAway(store.views());
  await store.close();
  store = RedisVersionedStore.open(redis.namespaceUrl());
  await expectAway(store.views(), 'cluster');
  await store.close();
  await redis.remove();
});
