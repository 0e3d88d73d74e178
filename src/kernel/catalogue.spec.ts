import { Type } from '@sinclair/typebox';
import { MemoryEventLog } from '../event-log/memory/memory-event-log.js';
import { recorded } from '../../test/support/recorded.js';
import { Catalogue, UncataloguedEvent, UnreadableEvent, catalogued } from './catalogue.js';
import { defineEvent, type NewEvent } from './event.js';
import type { JsonObject } from './json.js';

/** Version 1 counts persons, version 2 counts tens of thousands, version 3 adds the population (`of`). */
const Counted = defineEvent({
  name: 'Counted',
  label: '计数',
  version: 3,
  meaning: 'People were counted',
  schema: Type.Object({ count: Type.String(), of: Type.String() }, { additionalProperties: false }),
  example: { count: '268.9', of: '户籍' },
  upcasts: {
    1: ({ persons }) => ({ count: String(Number(persons) / 10_000) }),
    2: (data) => ({ ...data, of: '户籍' }),
  },
});
const Closed = defineEvent({
  name: 'Closed',
  label: '结束',
  meaning: 'Counting ended',
  schema: Type.Object({}, { additionalProperties: false }),
  example: {},
});
const catalogue = new Catalogue([Counted, Closed]);

const stored = (data: JsonObject, schemaVersion: number, type = 'Counted') =>
  recorded([{ type, data }], { schemaVersion, after: 40 })[0]!;
const offered = (data: JsonObject, schemaVersion = 3, type = 'Counted'): NewEvent => {
  const { id, metadata } = stored(data, schemaVersion);
  return { id, type, data, metadata };
};

describe('a catalogue', () => {
  it('throws on a duplicate event type, a missing upcast or an upcast of an unknown version', () => {
    expect(() => new Catalogue([Closed, Closed])).toThrow('Closed is defined twice');
    expect(() => new Catalogue([{ ...Counted, upcasts: { 2: (data) => data } }])).toThrow('no upcast from version 1');
    for (const version of [0, 3]) {
      const upcasts = { ...Counted.upcasts, [version]: (data: JsonObject) => data };
      expect(() => new Catalogue([{ ...Counted, upcasts }])).toThrow(
        `upcast from version ${version}, but its current version is 3`,
      );
    }
  });

  it('knows the current version of each type', () => {
    expect(catalogue.versionOf('Counted')).toBe(3);
    expect(catalogue.types.map(({ name }) => name)).toEqual(['Counted', 'Closed']);
    expect(() => catalogue.versionOf('Unknown')).toThrow(UncataloguedEvent);
  });
});

describe('writing', () => {
  it.each<[string, NewEvent]>([
    ['an unknown type', offered({}, 1, 'Unknown')],
    ['an old version', offered({ count: '1' }, 2)],
    ['a future version', offered({ count: '1', of: '户籍' }, 4)],
    ['a member of the wrong type', offered({ count: 1, of: '户籍' })],
    ['a missing member', offered({ count: '1' })],
    ['an extra member', offered({ count: '1', of: '户籍', note: '' })],
    ['data that is not strict JSON', offered({ count: '\ud83d', of: '户籍' })],
  ])('refuses %s and stores nothing', async (_, event) => {
    const log = new MemoryEventLog();
    await expect(catalogued(log, catalogue).append('figure-a', 'none', [event])).rejects.toThrow(UncataloguedEvent);
    expect(await log.head()).toBeUndefined();
  });

  it('refuses the whole append if one event is invalid', async () => {
    const log = new MemoryEventLog();
    const events = [offered({ count: '1', of: '户籍' }), offered({})];
    await expect(catalogued(log, catalogue).append('figure-a', 'none', events)).rejects.toThrow(UncataloguedEvent);
    expect(await log.head()).toBeUndefined();
  });
});

describe('reading', () => {
  it('upcasts every older version to the current one, step by step', () => {
    expect(catalogue.read(stored({ persons: '2689000' }, 1)).data).toEqual({ count: '268.9', of: '户籍' });
    expect(catalogue.read(stored({ count: '252.8' }, 2)).data).toEqual({ count: '252.8', of: '户籍' });
    const present = stored({ count: '252.8', of: '常住' }, 3);
    expect(catalogue.read(present)).toBe(present);
  });

  it('returns the current schema version and leaves all other fields as recorded', () => {
    const event = stored({ count: '252.8' }, 2);
    const { data: _, metadata, ...rest } = catalogue.read(event);
    expect(rest).toEqual(expect.objectContaining({ id: event.id, position: '41', knownAt: event.knownAt }));
    expect(metadata).toEqual({ ...event.metadata, schemaVersion: 3 });
    expect(event).toEqual(stored({ count: '252.8' }, 2));
  });

  it('names the upcast that failed and the cause', () => {
    const failing = new Catalogue([
      {
        ...Counted,
        upcasts: {
          ...Counted.upcasts,
          2: () => {
            throw new Error('of whom?');
          },
        },
      },
    ]);
    expect(() => failing.read(stored({ persons: '1' }, 1))).toThrow(
      'event at position 41: Counted version 1: the upcast from version 2 failed: Error: of whom?',
    );
  });

  it.each<[string, ReturnType<typeof stored>]>([
    ['a fractional version', stored({ count: '1' }, 1.5)],
    ['an unknown type', stored({}, 1, 'Unknown')],
    ['a newer version', stored({ count: '1', of: '户籍' }, 4)],
    ['version 0', stored({}, 0)],
    ['data that does not fit the schema after upcasting', stored({ count: 5 }, 2)],
  ])('stops at %s and names the position', (_, event) => {
    expect(() => catalogue.read(event)).toThrow(UnreadableEvent);
    expect(() => catalogue.read(event)).toThrow(/position 41/);
  });

  it('upcasts in readStream, readAll and subscribe', async () => {
    const log = new MemoryEventLog();
    await log.append('figure-a', 'none', [offered({ persons: '2689000' }, 1)]);
    const upcasting = catalogued(log, catalogue);
    const present = { count: '268.9', of: '户籍' };
    expect((await upcasting.readStream('figure-a'))[0]?.data).toEqual(present);
    expect((await upcasting.readAll())[0]?.data).toEqual(present);
    const following = new AbortController();
    for await (const [event] of upcasting.subscribe(undefined, following.signal)) {
      expect(event?.data).toEqual(present);
      following.abort();
    }
    expect((await log.readAll())[0]?.data).toEqual({ persons: '2689000' });
  });

  it('never skips an unknown event: readers of the whole log stop there', async () => {
    const log = new MemoryEventLog();
    await log.append('figure-a', 'none', [offered({}, 1, 'FromTheFuture')]);
    await log.append('figure-b', 'none', [{ ...offered({ count: '1', of: '户籍' }), id: crypto.randomUUID() }]);
    const reading = catalogued(log, catalogue);
    await expect(reading.readAll()).rejects.toThrow(UnreadableEvent);
    await expect(reading.readStream('figure-a')).rejects.toThrow(UnreadableEvent);
    expect(await reading.readStream('figure-b')).toHaveLength(1);
    const follow = async () => {
      for await (const _ of reading.subscribe(undefined, new AbortController().signal)) throw new Error('skipped');
    };
    await expect(follow()).rejects.toThrow(UnreadableEvent);
  });
});
