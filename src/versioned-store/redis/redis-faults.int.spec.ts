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

async function expectUnavailable(call: Promise<unknown>, ...parts: string[]): Promise<void> {
  const error: unknown = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(StoreUnavailable);
  for (const part of parts) expect((error as Error).message).toContain(part);
}

const answers = (asked = store) =>
  asked.views().then(
    () => true,
    () => false,
  );

describe('a Redis that becomes unavailable', () => {
  beforeAll(async () => {
    redis = await startRedis({ appendonly: 'yes', appendfsync: 'always' });
  });
  afterAll(() => redis.remove());
  beforeEach(() => {
    url = redis.namespaceUrl();
    store = RedisVersionedStore.open(url);
  });
  afterEach(() => store.close());

  it('is not needed to open the store, which connects once Redis is up', async () => {
    await redis.stop();
    await expectUnavailable(store.views(), '127.0.0.1:', 'ECONNREFUSED');
    await expectUnavailable(store.list('figures', ''), 'ECONNREFUSED');
    const closed = RedisVersionedStore.open(url);
    await expectUnavailable(closed.views());
    await closed.close();
    await expectUnavailable(closed.views());
    await RedisVersionedStore.open(url).close();
    await redis.restart();
    await until(() => answers());
    expect(await store.views()).toEqual([]);
  });

  it('fails all calls while it is stopped, and serves the same client after the restart', async () => {
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
    for (const call of calls) await expectUnavailable(call());
    await redis.restart();
    await until(() => answers());
    expect(await store.history(view, 'a')).toEqual([version('a', 1, 1)]);
    // The restart emptied the script cache; the client sends its scripts again.
    await put(store, view, version('b', 2, 2));
    expect(keys(await store.list('figures', ''))).toEqual(['a', 'b']);
  });

  it('fails all calls after the timeout while it does not reply', async () => {
    const view = await store.createView('figures', 1);
    await put(store, view, version('a', 1, 1));
    const impatient = RedisVersionedStore.open(url, { connectMs: 500, commandMs: 500 });
    await until(() => answers(impatient));
    redis.pause();
    const started = performance.now();
    await Promise.all(Array.from({ length: 50 }, () => expectUnavailable(impatient.get('figures', 'a'))));
    await expectUnavailable(impatient.commit(view, [version('b', 2, 2)], { from: '1', to: '2' }));
    // Each call takes half a second at most; the limit leaves room for a busy machine.
    expect(performance.now() - started).toBeLessThan(10_000);
    redis.resume();
    await until(() => answers(impatient));
    expect((await impatient.get('figures', 'a'))?.position).toBe('1');
    await impatient.close();
  });

  it('has every acknowledged commit, and no partial one, after it is killed', async () => {
    const chance = new Chance(11);
    const view = await store.createView('figures', 1);
    const audit = await store.createView('audit', 1, { once: true });
    for (let round = 0; round < 6; round++) {
      let [sent, answered] = [0, 0];
      const first = Number((await checkpointOf(view)) ?? 0);
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
      await expectUnavailable(committing);
      await redis.restart();
      await until(() => answers());

      const [figures, entries] = [Number(await checkpointOf(view)), Number((await checkpointOf(audit)) ?? 0)];
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

  it('has consistent documents and checkpoint of an earlier state when the newest writes are lost', async () => {
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
      const now = Number((await checkpointOf(view)) ?? 0);
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
  const checkpointOf = async ({ generation }: ViewId) =>
    (await store.views()).find((view) => view.generation === generation)!.checkpoint;

  it('has no open connection after the store is closed, which then refuses calls', async () => {
    const connected = async () => ((await redis.client.client('LIST')) as string).includes('name=tongjian');
    await store.views();
    expect(await connected()).toBe(true);
    await store.close();
    await until(async () => !(await connected()));
    await expectUnavailable(store.views());
    await store.close();
  });
});

describe('a Redis that refuses calls', () => {
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
  async function expectRefused(address: string, ...parts: string[]): Promise<void> {
    const refused = RedisVersionedStore.open(address);
    await expectUnavailable(refused.views(), ...parts);
    await refused.close();
  }

  it('reports a wrong user or password, and missing rights', async () => {
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
    await expectUnavailable(lacking.list('figures', ''), 'lacks a right');
    await lacking.close();
    await redis.client.config('SET', 'requirepass', '');
  });

  it('reports that it is not a cluster, or that the database does not exist', async () => {
    await expectRefused(`${url}&cluster=true`, 'cluster=true');
    await expectRefused(url.replace('?', '/99?'), 'database');
  });

  it('refuses whole commits while its memory is full, but serves reads, until it gets more memory', async () => {
    const view = await store.createView('figures', 1);
    const beside = await store.createView('figures', 1);
    await put(store, view, version('a', 1, 1));
    await redis.client.config('SET', 'maxmemory', '1mb');

    const commit = () => store.commit(view, [version('a', 2, 2), version('b', 2, 2)], { from: '1', to: '2' });
    await expectUnavailable(commit(), 'memory', 'maxmemory');
    await expectUnavailable(store.createView('projects', 1), 'memory');
    expect(await store.history('figures', 'a')).toEqual([version('a', 1, 1)]);
    expect((await store.views()).map(({ checkpoint }) => checkpoint)).toEqual(['1', undefined]);
    // A call that frees memory is not refused.
    await store.dropView(beside);
    await redis.client.config('SET', 'maxmemory', '0');
    await commit();
    expect(keys(await store.list('figures', ''))).toEqual(['a', 'b']);
  });

  it('is refused while it may evict keys', async () => {
    await redis.client.config('SET', 'maxmemory', '100mb', 'maxmemory-policy', 'allkeys-lru');
    await expectUnavailable(store.views(), 'noeviction', 'allkeys-lru');
    await expectUnavailable(store.list('figures', ''), 'noeviction');
    await redis.client.config('SET', 'maxmemory-policy', 'noeviction');
    expect(await store.views()).toEqual([]);
    await redis.client.config('SET', 'maxmemory', '0');
  });

  it('serves reads from a replica, and reports that a replica refuses writes', async () => {
    const view = await store.createView('figures', 1);
    await put(store, view, version('a', 1, 1));
    await redis.client.call('REPLICAOF', '127.0.0.1', '1');
    await expectUnavailable(store.commit(view, [version('b', 2, 2)], { from: '1', to: '2' }), 'replica', 'primary');
    expect(keys(await store.list('figures', ''))).toEqual(['a']);
    await redis.client.call('REPLICAOF', 'NO', 'ONE');
    await put(store, view, version('b', 2, 2));
    expect(keys(await store.list('figures', ''))).toEqual(['a', 'b']);
  });
});

it('reports a cluster whose address lacks cluster=true', async () => {
  redis = await startRedis({ 'cluster-enabled': 'yes' });
  await redis.client.call('CLUSTER', 'DELSLOTSRANGE', '0', '16383');
  store = RedisVersionedStore.open(redis.namespaceUrl('cluster=true'));
  await expectUnavailable(store.views());
  await store.close();
  store = RedisVersionedStore.open(redis.namespaceUrl());
  await expectUnavailable(store.views(), 'cluster');
  await store.close();
  await redis.remove();
});
