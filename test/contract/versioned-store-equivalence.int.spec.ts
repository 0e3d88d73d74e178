import fc from 'fast-check';
import { isStrictJson, type JsonValue } from '../../src/kernel/json.js';
import type { VersionedStore, ViewId } from '../../src/kernel/versioned-store.js';
import { MemoryVersionedStore } from '../../src/versioned-store/memory/memory-versioned-store.js';
import { RedisVersionedStore } from '../../src/versioned-store/redis/redis-versioned-store.js';
import { SqliteVersionedStore } from '../../src/versioned-store/sqlite/sqlite-versioned-store.js';
import { startRedis, type TestRedis } from '../support/redis.js';
import { at, unwrapped } from './versioned-store/samples.js';

/** Few characters, including those around the ranges that UTF-8 and UTF-16 order differently. */
const key = fc.string({
  unit: fc.constantFrom('a', '/', '\0', '中', '\ud7ff', '\ue000', '\uffff', '😀', '\u{10FFFF}'),
  maxLength: 4,
});
const name = fc.constantFrom('figures', 'projects');
const position = fc.oneof(
  fc.integer({ min: 0, max: 60 }).map(String),
  fc.constantFrom('9007199254740993', '9007199254740992'),
);
const knownAt = fc.integer({ min: 0, max: 12 }).map(at);
/** Known time as a function of the position: both never decrease along a document, but known time grows more slowly. */
const knownSince = (position: string) => at(Math.min(12, Math.floor(Number(position) / 5)));
const asOf = fc.option(fc.record({ knownAt, position }, { requiredKeys: [] }), { nil: undefined });
/** Always strict JSON: if a commit has two mistakes, the contract does not say which one is reported. */
const body = fc.jsonValue({ maxDepth: 2 }).filter(isStrictJson) as fc.Arbitrary<JsonValue>;
const version = fc.record({ key, position, body }).map((each) => ({ ...each, knownAt: knownSince(each.position) }));

const step = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('create' as const),
      name,
      version: fc.nat(3),
      once: fc.option(fc.constant(true as const), { nil: undefined }),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('commit' as const),
      view: fc.nat(),
      versions: fc.array(version, { maxLength: 8 }),
      from: fc.option(position, { freq: 4 }),
      to: position,
    }),
  },
  fc.record({
    do: fc.constant('switch' as const),
    view: fc.nat(),
    notBehind: fc.option(fc.constant(true as const), { nil: undefined }),
  }),
  fc.record({ do: fc.constant('drop' as const), view: fc.nat() }),
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('read' as const),
      view: fc.oneof(name, fc.nat()),
      key,
      asOf,
      after: fc.option(key, { nil: undefined }),
      limit: fc.option(fc.nat(6), { nil: undefined }),
    }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

async function play(steps: readonly Step[], store: VersionedStore): Promise<unknown[]> {
  const created: ViewId[] = [{ name: 'unknown', generation: 99 }];
  const viewOf = (view: number | string) => (typeof view === 'string' ? view : created[view % created.length]!);
  const seen: unknown[] = [];
  // Generation numbers differ between stores, so they are replaced by the order of creation.
  const ordinal = (generation: number) => created.findIndex((view) => view.generation === generation);
  const see = async (answer: Promise<unknown>) =>
    seen.push(
      await answer.catch(({ name, message, ...error }: Error) => {
        return { ...error, name, text: message.replace(/@(\d+)/, (_, number) => `@${ordinal(Number(number))}`) };
      }),
    );

  for (const step of steps) {
    switch (step.do) {
      case 'create':
        created.push(await store.createView(step.name, step.version, { once: step.once }));
        break;
      case 'commit': {
        const view = viewOf(step.view) as ViewId;
        const current = (await store.views()).find(({ generation }) => generation === view.generation);
        // Mostly the actual checkpoint.
        const from = step.from ?? current?.checkpoint;
        await see(store.commit(view, step.versions, { from, to: step.to }));
        break;
      }
      case 'switch':
        await see(store.switchTo(viewOf(step.view) as ViewId, { notBehind: step.notBehind }));
        break;
      case 'drop':
        await see(store.dropView(viewOf(step.view) as ViewId));
        break;
      case 'read': {
        const { key, asOf, after, limit } = step;
        const view = viewOf(step.view);
        await see(store.get(view, key, asOf));
        await see(store.history(view, key, asOf));
        await see(store.list(view, key, { asOf, after, limit }));
        await see(store.list(view, '', { asOf, after, limit }));
        await see(store.listWritten(view, '', { asOf, after, limit }).then(unwrapped));
      }
    }
    await see(store.views().then((views) => views.map((view) => ({ ...view, generation: ordinal(view.generation) }))));
  }
  await store.close();
  return seen;
}

let redis: TestRedis;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.remove());

it.each<[string, number, () => VersionedStore]>([
  ['SQLite', 300, () => SqliteVersionedStore.open(':memory:')],
  ['Redis', 300, () => RedisVersionedStore.open(redis.namespaceUrl())],
])('%s behaves like the in-memory store for random steps', async (_, numRuns, open) => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const memory = await play(steps, new MemoryVersionedStore());
      expect(await play(steps, open())).toEqual(memory);
    }),
    { numRuns },
  );
});
