import { randomUUID } from 'node:crypto';
import { Type } from '@sinclair/typebox';
import { SqliteEventLog } from '../../src/event-log/sqlite/sqlite-event-log.js';
import { Catalogue, UnreadableEvent } from '../../src/kernel/catalogue.js';
import { defineEvent, type EventType, type NewEvent } from '../../src/kernel/event.js';
import type { JsonObject } from '../../src/kernel/json.js';
import { ProjectionStopped } from '../../src/kernel/folding.js';
import { Projector } from '../../src/kernel/projector.js';
import type { Projection } from '../../src/kernel/projection.js';
import type { VersionedStore } from '../../src/kernel/versioned-store.js';
import { SqliteVersionedStore } from '../../src/versioned-store/sqlite/sqlite-versioned-store.js';
import { metadata } from '../contract/event-log/samples.js';
import { MovingClock } from '../support/moving-clock.js';
import { TallyDesk, tallyCatalogue, tallyProjection, type TallyDocument } from '../support/tally.js';
import { dumpOf } from '../support/view-dump.js';
import { temporaryFolder, type TemporaryFolder } from '../temporary-folder.js';

/** A program version: its event types and its projections. */
interface Program {
  readonly types: readonly EventType[];
  readonly projections: readonly Projection[];
}

const [Added, ...otherTypes] = tallyCatalogue.types as [EventType, ...EventType[]];
const Weighed = defineEvent({
  name: 'Weighed',
  label: '称重',
  meaning: 'An event of a newer program version',
  schema: Type.Object({ by: Type.Integer() }, { additionalProperties: false }),
  example: { by: 13 },
});
const withAdded = (version: number, upcast: (data: JsonObject) => JsonObject = (data) => data): EventType[] => [
  { ...Added, version, upcasts: version === 1 ? {} : { 1: upcast } },
  ...otherTypes,
];
/** Returns the data unchanged, except for events that add 13. */
const not13 = (otherwise: (data: JsonObject) => JsonObject) => (data: JsonObject) =>
  data['by'] === 13 ? otherwise(data) : data;
const endless = (data: JsonObject): JsonObject => ({ ...endless(data) });

/** Two projections of one category each, and one of all streams. */
const projections: readonly Projection<TallyDocument>[] = [
  { ...tallyProjection('tallies'), category: 'tally' },
  { ...tallyProjection('counts'), category: 'count' },
  tallyProjection('all'),
];
const failingOn13 = projections.map((projection): Projection<TallyDocument> => ({
  ...projection,
  evolve(document, event) {
    if (event.data['by'] === 13) throw new Error('not 13');
    return projection.evolve(document, event);
  },
}));
const program = (types: readonly EventType[], withProjections: readonly Projection<TallyDocument>[] = projections) =>
  ({ types, projections: withProjections }) as Program;
const present = program(tallyCatalogue.types);

const added = (by: number, schemaVersion = 1): NewEvent => ({
  id: randomUUID(),
  type: 'Added',
  data: { by, total: by, knownAt: '2026-10-01T00:00:00.000Z' },
  metadata: { ...metadata, schemaVersion },
});

const poisons: Record<string, { event: NewEvent; broken: Program; fixed: Program; message: RegExp }> = {
  'an unknown event type': {
    event: { ...added(13), type: 'Weighed', data: { by: 13 } },
    broken: present,
    fixed: program([...tallyCatalogue.types, Weighed]),
    message: /position 4: unknown type Weighed/,
  },
  'a future schema version': {
    event: added(13, 2),
    broken: present,
    fixed: program(withAdded(2)),
    message: /position 4: Added version 2, this program knows up to 1/,
  },
  'an upcast that throws': {
    event: added(13),
    broken: program(
      withAdded(
        2,
        not13(() => {
          throw new Error('not 13');
        }),
      ),
    ),
    fixed: program(withAdded(2)),
    message: /position 4: Added version 1: the upcast from version 1 failed: Error: not 13/,
  },
  'an upcast with infinite recursion': {
    event: added(13),
    broken: program(withAdded(2, not13(endless))),
    fixed: program(withAdded(2)),
    message: /position 4: Added version 1: the upcast from version 1 failed: RangeError: Maximum call stack/,
  },
  'an upcast whose result does not fit the schema': {
    event: added(13),
    broken: program(
      withAdded(
        2,
        not13(({ by }) => ({ by: [by] as JsonObject['x'] })),
      ),
    ),
    fixed: program(withAdded(2)),
    message: /position 4: Added version 1 does not fit version 2 after upcasting/,
  },
  'a projection that throws': {
    event: added(13),
    broken: program(tallyCatalogue.types, failingOn13),
    fixed: present,
    message: /^not 13$/,
  },
};

let folder: TemporaryFolder;
let log: SqliteEventLog;
let store: SqliteVersionedStore;
const clock = new MovingClock();

beforeEach(async () => {
  folder = await temporaryFolder();
  log = SqliteEventLog.open(folder.path('log.sqlite'), { clock });
  store = SqliteVersionedStore.open(folder.path('views.sqlite'));
});
afterEach(async () => {
  await Promise.all([log.close(), store.close()]);
  await folder.remove();
});

function projector({ types, projections }: Program, into: VersionedStore = store): Projector {
  const catalogue = new Catalogue(types);
  return new Projector(log, into, projections, { read: (event) => catalogue.read(event) });
}

/** Starts a projector of the program, and closes it after `work`. */
async function running<T>(program: Program, work: (projector: Projector) => Promise<T>): Promise<T> {
  const started = projector(program);
  try {
    await started.start();
    return await work(started);
  } finally {
    await started.close();
  }
}

const caughtUp = async (projector: Projector) =>
  expect(await projector.reached((await log.head())!, 10_000)).toBe(true);

/** All documents of the views, built by the program from scratch. */
async function cleanRebuild(program: Program) {
  const fresh = SqliteVersionedStore.open(':memory:');
  const building = projector(program, fresh);
  await building.start();
  await building.close();
  const dump = await dumpOf(fresh);
  await fresh.close();
  return dump;
}

const appendTo = (stream: string, revision: 'none' | number, event: NewEvent) => log.append(stream, revision, [event]);

describe.each(Object.entries(poisons))('%s', (_, { event, broken, fixed, message }) => {
  beforeEach(async () => {
    await appendTo('tally-a', 'none', added(1));
    await appendTo('count-a', 'none', added(10));
    await appendTo('tally-b', 'none', added(5));
    await appendTo('tally-a', 0, event);
    await appendTo('count-a', 0, added(20));
    await appendTo('tally-b', 0, added(6));
  });

  const expectStopped = async (projector: Projector) => {
    const head = (await log.head())!;
    const stopped = { position: '4', error: expect.stringMatching(message) };
    expect(projector.status()).toEqual([
      { name: 'tallies', version: 1, checkpoint: '3', stopped },
      { name: 'counts', version: 1, checkpoint: head },
      { name: 'all', version: 1, checkpoint: '3', stopped },
    ]);
    expect(projector.failure).toBeUndefined();
  };

  it('stops the projections that read the stream, which report where and why; the others continue', async () => {
    await running(broken, async (projector) => {
      await expectStopped(projector);
      await appendTo('count-a', 1, added(30));
      await caughtUp(projector);
      await expectStopped(projector);
      expect((await store.get('counts', 'count-a'))?.body).toEqual({ total: 60, added: [10, 20, 30] });
      expect((await store.get('tallies', 'tally-a'))?.body).toEqual({ total: 1, added: [1] });
      expect((await store.get('tallies', 'tally-b'))?.body).toEqual({ total: 5, added: [5] });
    });
  });

  it('stops them also when it is appended while they follow the log', async () => {
    await running(fixed, async () => undefined);
    await running(broken, async (projector) => {
      await appendTo('tally-a', 1, { ...event, id: randomUUID() });
      await caughtUp(projector);
      await appendTo('count-a', 1, added(30));
      await caughtUp(projector);
      expect(projector.status().map(({ checkpoint, stopped }) => [checkpoint, stopped?.position])).toEqual([
        ['6', '7'],
        ['8', undefined],
        ['6', '7'],
      ]);
    });
  });

  it('stops them again after a restart; the fixed program continues, with the result of a clean rebuild', async () => {
    await running(broken, expectStopped);
    await running(broken, expectStopped);
    await running(fixed, async (projector) => {
      expect(projector.status().map(({ checkpoint, stopped }) => [checkpoint, stopped])).toEqual(
        Array(3).fill(['6', undefined]),
      );
      expect(await dumpOf(store)).toEqual(await cleanRebuild(fixed));
      await appendTo('tally-a', 1, added(100, fixed.types.find(({ name }) => name === 'Added')!.version));
      await caughtUp(projector);
      expect((await store.get('all', 'tally-a'))?.body).toEqual({ total: 114, added: [1, 13, 100] });
    });
  });

  it('makes a rebuild fail, which leaves the complete view live', async () => {
    await running(fixed, async () => undefined);
    const whole = await dumpOf(store);
    await running(broken, async (projector) => {
      const rebuilding = projector.rebuild('tallies');
      await expect(rebuilding).rejects.toThrow(ProjectionStopped);
      await expect(rebuilding).rejects.toMatchObject({ position: '4', why: expect.stringMatching(message) });
      await projector.rebuild('counts');
      expect(await dumpOf(store)).toEqual(whole);
      expect(await store.views()).toHaveLength(3);
    });
  });
});

describe('a command on a stream with an event that the program cannot read', () => {
  it('is refused with the position of the event; commands on other streams are accepted', async () => {
    await appendTo('tally-a', 'none', added(1));
    await appendTo('tally-a', 0, poisons['an unknown event type']!.event);
    const desk = new TallyDesk(log, clock);
    for (let time = 0; time < 2; time++) {
      const sending = desk.send({ type: 'Add', by: 1 });
      await expect(sending).rejects.toThrow(UnreadableEvent);
      await expect(sending).rejects.toMatchObject({ position: '2', why: 'unknown type Weighed' });
    }
    expect(await log.head()).toBe('2');
    await desk.send({ type: 'Add', by: 7 }, {}, 'tally-b');
    expect(await log.head()).toBe('3');
  });
});

/** A store that fails at its n-th write, right before or right after it, and at all later writes, like a crash. */
function crashingAt(
  store: VersionedStore,
  at: number,
  when: 'before' | 'after',
): VersionedStore & { readonly crashed: boolean } {
  let writes = 0;
  const writing = ['createView', 'switchTo', 'dropView', 'commit'];
  return new Proxy(store, {
    get(target, name) {
      if (name === 'crashed') return writes >= at;
      const method = Reflect.get(target, name) as (...input: unknown[]) => Promise<unknown>;
      if (!writing.includes(String(name))) return method.bind(target);
      return async (...input: unknown[]) => {
        writes++;
        if (writes > at || (writes === at && when === 'before')) throw new Error('crashed');
        const result = await method.apply(target, input);
        if (writes === at) throw new Error('crashed');
        return result;
      };
    },
  }) as VersionedStore & { readonly crashed: boolean };
}

describe('a rebuild', () => {
  const renewed = program(
    tallyCatalogue.types,
    projections.map((projection) => ({
      ...projection,
      version: 2,
      evolve: (document, event) => ({ ...projection.evolve(document, event), added: [] }),
    })),
  );

  beforeEach(async () => {
    for (let by = 0; by < 12; by++) await appendTo(`tally-${by}`, 'none', added(by));
    await running(present, async () => undefined);
  });

  /**
   * Runs `attempt` with a crash at its first write, then at its second, until it succeeds. Reopens the store and runs
   * `after` each time. Returns the number of crashes.
   */
  async function crashAtEveryWrite(attempt: (store: VersionedStore) => Promise<unknown>, after: () => Promise<void>) {
    let crashes = 0;
    for (const when of ['before', 'after'] as const) {
      for (let at = 1; ; at++) {
        const crashing = crashingAt(store, at, when);
        await attempt(crashing).catch((error: unknown) => expect(String(error)).toContain('crashed'));
        await store.close();
        store = SqliteVersionedStore.open(folder.path('views.sqlite'));
        await after();
        if (!crashing.crashed) break;
        crashes++;
      }
    }
    return crashes;
  }

  it('that crashes at any write leaves the view unchanged', async () => {
    const whole = await dumpOf(store);
    const crashes = await crashAtEveryWrite(
      async (crashing) => {
        const projecting = projector(present, crashing);
        await projecting.start();
        try {
          await projecting.rebuild('tallies');
        } finally {
          await projecting.close();
        }
      },
      async () => {
        expect(await dumpOf(store)).toEqual(whole);
        await running(present, async () => expect(await dumpOf(store)).toEqual(whole));
        expect((await store.views()).map(({ live }) => live)).toEqual([true, true, true]);
      },
    );
    // Three writes (createView, commit, switchTo), with a crash before and after each.
    expect(crashes).toBe(6);
  });

  it('for new projection versions that crashes at any write is completed by the next start', async () => {
    const [old, fresh] = [await cleanRebuild(present), await cleanRebuild(renewed)];
    expect(old).not.toEqual(fresh);
    const crashes = await crashAtEveryWrite(
      async (crashing) => {
        const projecting = projector(renewed, crashing);
        await projecting.start();
        await projecting.close();
      },
      async () => {
        for (const [name, documents] of Object.entries(await dumpOf(store))) {
          expect([old[name], fresh[name]]).toContainEqual(documents);
        }
        await running(renewed, async () => expect(await dumpOf(store)).toEqual(fresh));
        expect((await store.views()).map(({ version, live }) => [version, live])).toEqual(Array(3).fill([2, true]));
        // Back to the old versions, for the next crash.
        await running(present, async () => expect(await dumpOf(store)).toEqual(old));
      },
    );
    expect(crashes).toBe(18);
  });

  it('that is cancelled leaves the view unchanged, and can be repeated', async () => {
    await running(present, async (projector) => {
      const whole = await dumpOf(store);
      const before = await store.views();
      const cancelled = projector.rebuild('tallies', () => {
        throw new Error('cancelled');
      });
      await expect(cancelled).rejects.toThrow('cancelled');
      expect(await store.views()).toEqual(before);
      await projector.rebuild('tallies');
      expect(await dumpOf(store)).toEqual(whole);
      await appendTo('tally-0', 0, added(7));
      await caughtUp(projector);
      expect((await store.get('tallies', 'tally-0'))?.body).toEqual({ total: 7, added: [0, 7] });
    });
  });

  it('is aborted when the projector is closed', async () => {
    const before = await store.views();
    const projecting = projector(present);
    await projecting.start();
    let closing: Promise<void> | undefined;
    const rebuilding = projecting.rebuild('tallies', () => {
      closing ??= projecting.close();
    });
    await expect(rebuilding).rejects.toThrow('closed');
    await closing;
    expect(await store.views()).toEqual(before);
  });

  it('requested several times concurrently runs each time, one after another', async () => {
    await running(present, async (projector) => {
      const whole = await dumpOf(store);
      await Promise.all(['tallies', 'tallies', 'all', 'tallies'].map((name) => projector.rebuild(name)));
      expect(await dumpOf(store)).toEqual(whole);
      expect((await store.views()).map(({ live }) => live)).toEqual([true, true, true]);
    });
  });
});
