import { MemoryEventLog } from '../event-log/memory/memory-event-log.js';
import { MemoryVersionedStore } from '../versioned-store/memory/memory-versioned-store.js';
import { MovingClock } from '../../test/support/moving-clock.js';
import { until } from '../../test/support/until.js';
import { TallyDesk, tallyProjection, type TallyDocument } from '../../test/support/tally.js';
import type { Projection } from './projection.js';
import { Projector, foldInto } from './projector.js';
import type { VersionedStore } from './versioned-store.js';

const clock = new MovingClock();
let log: MemoryEventLog;
let desk: TallyDesk;
let store: MemoryVersionedStore;
const running: Projector[] = [];

beforeEach(() => {
  log = new MemoryEventLog({ clock });
  desk = new TallyDesk(log, clock);
  store = new MemoryVersionedStore();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((projector) => projector.close()));
});

async function started(projections: readonly Projection[] = [tallyProjection()], into: VersionedStore = store) {
  const projector = new Projector(log, into, projections);
  await projector.start();
  running.push(projector);
  return projector;
}

async function stopped(projector: Projector): Promise<void> {
  running.splice(running.indexOf(projector), 1);
  await projector.close();
}

const add = (by: number, to = 'tally-a') => desk.send({ type: 'Add', by }, {}, to);
const caughtUp = async (projector: Projector) =>
  expect(await projector.reached((await log.head())!, 10_000)).toBe(true);
const read = async (name = 'tallies', key = 'tally-a') =>
  (await store.get(name, key))?.body as TallyDocument | undefined;
const history = async (name = 'tallies') =>
  (await store.history(name, 'tally-a')).map(({ position, body }) => [
    position,
    (body as unknown as TallyDocument).total,
  ]);

/** A projection that fails on events that add `number`. */
const failingOn = (number: number, name: string): Projection<TallyDocument> => {
  const plain = tallyProjection(name);
  return {
    ...plain,
    evolve(document, event) {
      if (event.data['by'] === number) throw new Error(`not ${number}`);
      return plain.evolve(document, event);
    },
  };
};
const failingOn13 = (name: string) => failingOn(13, name);

describe('a projector', () => {
  it('catches up with the log from an empty view, then follows it', async () => {
    await add(1);
    await add(2);
    const projector = await started();
    expect(await history()).toEqual([
      ['1', 1],
      ['2', 3],
    ]);
    await add(4);
    await caughtUp(projector);
    expect(await read()).toEqual({ total: 7, added: [1, 2, 4] });
    expect(projector.status()).toEqual([{ name: 'tallies', version: 1, checkpoint: '3' }]);
  });

  it('continues from its checkpoint and processes no event twice', async () => {
    await add(1);
    await stopped(await started());
    await add(2);
    const seen: string[] = [];
    const plain = tallyProjection();
    const watched: Projection<TallyDocument> = {
      ...plain,
      evolve: (document, event) => {
        seen.push(event.position);
        return plain.evolve(document, event);
      },
    };
    await started([watched]);
    expect(seen).toEqual(['2']);
    expect(await read()).toEqual({ total: 3, added: [1, 2] });
  });

  it('that knows a projection more than before gives it all events', async () => {
    for (const by of [1, 2]) await add(by);
    await stopped(await started([tallyProjection('old')]));
    const projector = await started([tallyProjection('old'), tallyProjection('new')]);
    expect(await read('new')).toEqual({ total: 3, added: [1, 2] });
    await add(4);
    await caughtUp(projector);
    expect(await read('new')).toEqual({ total: 7, added: [1, 2, 4] });
    expect(await read('old')).toEqual({ total: 7, added: [1, 2, 4] });
  });

  it('builds one document per stream', async () => {
    await add(1, 'tally-a');
    await add(5, 'tally-b');
    await add(2, 'tally-a');
    await started();
    expect(await read()).toEqual({ total: 3, added: [1, 2] });
    expect(await read('tallies', 'tally-b')).toEqual({ total: 5, added: [5] });
  });

  it('resolves `reached` at once, when the position is reached, or false after the timeout', async () => {
    await add(1);
    const projector = await started();
    expect(await projector.reached('1', 0)).toBe(true);
    expect(await projector.reached('2', 1)).toBe(false);
    const waiting = projector.reached('2', 10_000);
    await add(1);
    expect(await waiting).toBe(true);
  });
});

describe('an event that a projection cannot process', () => {
  it('stops only that projection, and the status shows where and why', async () => {
    await add(1);
    await add(13);
    await add(2);
    const projector = await started([failingOn13('strict'), tallyProjection('lenient')] as Projection[]);
    await add(4);
    await caughtUp(projector);
    expect(projector.status()).toEqual([
      { name: 'strict', version: 1, checkpoint: '1', stopped: { position: '2', error: 'not 13' } },
      { name: 'lenient', version: 1, checkpoint: '4' },
    ]);
    expect(await read('strict')).toEqual({ total: 1, added: [1] });
    expect(await read('lenient')).toEqual({ total: 20, added: [1, 13, 2, 4] });
    expect(projector.failure).toBeUndefined();
  });

  it('stops the projection while it follows the log, too', async () => {
    const projector = await started([failingOn13('strict'), tallyProjection('lenient')] as Projection[]);
    await add(13);
    await add(1);
    await caughtUp(projector);
    expect(projector.status()[0]).toEqual({
      ...{ name: 'strict', version: 1, checkpoint: undefined },
      stopped: { position: '1', error: 'not 13' },
    });
    expect(await read('strict')).toBeUndefined();
    expect(await read('lenient')).toEqual({ total: 14, added: [13, 1] });
  });

  it('stops the projection again after a restart, until it can process the event; then no event is missing', async () => {
    await add(1);
    await add(13);
    await add(2);
    await stopped(await started([failingOn13('strict')] as Projection[]));
    const again = await started([failingOn13('strict')] as Projection[]);
    expect(again.status()[0]?.stopped).toEqual({ position: '2', error: 'not 13' });
    await stopped(again);
    await started([tallyProjection('strict')]);
    expect(await read('strict')).toEqual({ total: 16, added: [1, 13, 2] });
  });

  it('lets a projector whose projections have all stopped wait for new events only', async () => {
    for (const by of [1, 13, 2, 7, 4]) await add(by);
    const subscribed: (string | undefined)[] = [];
    const subscribe = log.subscribe.bind(log);
    log.subscribe = (after, signal) => {
      subscribed.push(after);
      return subscribe(after, signal);
    };
    const projector = await started([failingOn(7, 'late'), failingOn13('early')] as Projection[]);
    await until(() => subscribed.length > 0);
    expect(projector.status().map(({ checkpoint }) => checkpoint)).toEqual(['3', '1']);
    expect(subscribed).toEqual(['3']);
  });

  it('writes none of its documents, not even those that succeeded', async () => {
    const plain = tallyProjection();
    const failingAtSecondKey: Projection<TallyDocument> = {
      ...plain,
      keys: ({ stream, data }) => (data['by'] === 13 ? [stream, `${stream}/second`] : [stream]),
      evolve(document, event) {
        if (!document && event.data['by'] === 13) throw new Error('no second document');
        return plain.evolve(document, event);
      },
    };
    await add(1);
    await add(13);
    const projector = await started([failingAtSecondKey] as Projection[]);
    expect(projector.status()[0]).toMatchObject({ checkpoint: '1', stopped: { position: '2' } });
    expect(await history()).toEqual([['1', 1]]);
    expect(await read('tallies', 'tally-a/second')).toBeUndefined();
  });
});

describe('a temporary failure of the store or the log', () => {
  /** Error message with which the listed methods fail; undefined: they succeed. */
  let fault: string | undefined;
  const failing = <T extends object>(whole: T, ...methods: readonly (keyof T)[]): T =>
    new Proxy(whole, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]) => {
          const fails = fault !== undefined && methods.includes(name as keyof T);
          return fails ? Promise.reject(new Error(fault)) : (value.apply(target, args) as unknown);
        };
      },
    });
  beforeEach(() => (fault = undefined));

  it.each([['commit'], ['get']] as const)('delays the views, which catch up once it is over (%s)', async (method) => {
    await add(1);
    // The first projector writes the document, so that the second one has to read it from the store.
    await stopped(await started([failingOn13('strict'), tallyProjection()] as Projection[]));
    const projector = await started([failingOn13('strict'), tallyProjection()] as Projection[], failing(store, method));
    fault = 'disk is full';
    await add(2);
    await add(13);
    await until(() => projector.failure !== undefined);
    expect(projector.failure?.message).toBe('disk is full');
    // The store failed, not a projection, so none is stopped.
    for (const status of projector.status()) expect(status).toMatchObject({ checkpoint: '1' });
    for (const { stopped } of projector.status()) expect(stopped).toBeUndefined();
    expect(await history()).toEqual([['1', 1]]);

    fault = undefined;
    await caughtUp(projector);
    await until(() => projector.failure === undefined);
    expect(await history()).toEqual([
      ['1', 1],
      ['2', 3],
      ['3', 16],
    ]);
    expect(projector.status()[0]).toMatchObject({ checkpoint: '2', stopped: { position: '3', error: 'not 13' } });
  });

  it('ends without the need for a new event', async () => {
    const readAll = log.readAll.bind(log);
    log.readAll = (options) => (fault === undefined ? readAll(options) : Promise.reject(new Error(fault)));
    const projector = await started();
    fault = 'input/output error';
    await desk.send({ type: 'Add', by: 1 }, {}, 'tally-a');
    await until(() => projector.failure !== undefined);
    fault = undefined;
    await until(() => projector.failure === undefined);
    expect(await read()).toEqual({ total: 1, added: [1] });
  });
});

describe('an outdated view', () => {
  it('of another projection version is rebuilt beside the old one and then replaces it', async () => {
    await add(1);
    await stopped(await started());
    await add(2);
    const doubled: Projection<TallyDocument> = {
      ...tallyProjection('tallies', 2),
      evolve: (document = { total: 0, added: [] }, { data }) => ({
        total: document.total + 2 * Number(data['by']),
        added: [],
      }),
    };
    const projector = await started([doubled] as Projection[]);
    expect(await history()).toEqual([
      ['1', 2],
      ['2', 6],
    ]);
    expect(projector.status()).toEqual([{ name: 'tallies', version: 2, checkpoint: '2' }]);
    expect(await store.views()).toEqual([expect.objectContaining({ name: 'tallies', version: 2, live: true })]);
  });

  it('ahead of the log (an older log was restored) is rebuilt', async () => {
    for (const by of [1, 2, 4]) await add(by);
    await stopped(await started());
    log = new MemoryEventLog({ clock });
    desk = new TallyDesk(log, clock);
    await add(8);
    const projector = await started();
    expect(await read()).toEqual({ total: 8, added: [8] });
    expect(projector.status()[0]?.checkpoint).toBe('1');
    await add(16);
    await caughtUp(projector);
    expect(await read()).toEqual({ total: 24, added: [8, 16] });
  });

  it('is emptied if the log is empty', async () => {
    await add(1);
    await stopped(await started());
    log = new MemoryEventLog({ clock });
    await started();
    expect(await read()).toBeUndefined();
  });

  it('left incomplete by an interrupted rebuild is dropped', async () => {
    await add(1);
    await stopped(await started());
    await store.createView('tallies', 1);
    await started();
    expect(await store.views()).toHaveLength(1);
    expect(await read()).toEqual({ total: 1, added: [1] });
  });
});

describe('folding into an empty store', () => {
  it('folds the log up to and including a position', async () => {
    for (const by of [1, 2, 4]) await add(by);
    const scratch = new MemoryVersionedStore();
    expect(await foldInto(scratch, log, [tallyProjection()] as Projection[], '2')).toBe(2);
    expect((await scratch.get('tallies', 'tally-a'))?.body).toEqual({ total: 3, added: [1, 2] });
  });

  it('fails if a projection cannot process an event', async () => {
    await add(13);
    const folding = foldInto(new MemoryVersionedStore(), log, [failingOn13('strict')] as Projection[], '1');
    await expect(folding).rejects.toThrow('projection strict stopped at position 1: not 13');
  });
});
