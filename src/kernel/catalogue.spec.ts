import { Type } from '@sinclair/typebox';
import { MemoryEventLog } from '../event-log/memory/memory-event-log.js';
import { recorded } from '../../test/support/recorded.js';
import { Catalogue, UncataloguedEvent, UnreadableEvent, catalogued } from './catalogue.js';
import { defineEvent, type NewEvent } from './event.js';
import type { JsonObject } from './json.js';

/** Version 1 counted in persons, 2 in tens of thousands, 3 says of which population. */
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
  meaning: 'It is over',
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
  it('is refused where a name stands twice, or a way up is missing', () => {
    expect(() => new Catalogue([Closed, Closed])).toThrow('Closed is defined twice');
    expect(() => new Catalogue([{ ...Counted, upcasts: { 2: (data) => data } }])).toThrow('no upcast from version 1');
    for (const version of [0, 3]) {
      const upcasts = { ...Counted.upcasts, [version]: (data: JsonObject) => data };
      expect(() => new Catalogue([{ ...Counted, upcasts }])).toThrow(`upcast from version ${version}, and is at 3`);
    }
  });

  it('knows the present version of each type', () => {
    expect(catalogue.versionOf('Counted')).toBe(3);
    expect(catalogue.types.map(({ name }) => name)).toEqual(['Counted', 'Closed']);
    expect(() => catalogue.versionOf('Unknown')).toThrow(UncataloguedEvent);
  });
});

describe('writing', () => {
  it.each<[string, NewEvent]>([
    ['a type that is not in it', offered({}, 1, 'Unknown')],
    ['an old version', offered({ count: '1' }, 2)],
    ['a version yet to come', offered({ count: '1', of: '户籍' }, 4)],
    ['data of another shape', offered({ count: 1, of: '户籍' })],
    ['data that lacks something', offered({ count: '1' })],
    ['data with more than it says', offered({ count: '1', of: '户籍', note: '' })],
    ['data that JSON cannot carry', offered({ count: '\ud83d', of: '户籍' })],
  ])('refuses %s, and nothing is stored', async (_, event) => {
    const log = new MemoryEventLog();
    await expect(catalogued(log, catalogue).append('figure-a', 'none', [event])).rejects.toThrow(UncataloguedEvent);
    expect(await log.head()).toBeUndefined();
  });

  it('refuses the whole append for one event', async () => {
    const log = new MemoryEventLog();
    const events = [offered({ count: '1', of: '户籍' }), offered({})];
    await expect(catalogued(log, catalogue).append('figure-a', 'none', events)).rejects.toThrow(UncataloguedEvent);
    expect(await log.head()).toBeUndefined();
  });
});

describe('reading', () => {
  it('lifts every version to the present one, step by step', () => {
    expect(catalogue.read(stored({ persons: '2689000' }, 1)).data).toEqual({ count: '268.9', of: '户籍' });
    expect(catalogue.read(stored({ count: '252.8' }, 2)).data).toEqual({ count: '252.8', of: '户籍' });
    const present = stored({ count: '252.8', of: '常住' }, 3);
    expect(catalogue.read(present)).toBe(present);
  });

  it('says the present version, and leaves everything else as recorded', () => {
    const event = stored({ count: '252.8' }, 2);
    const { data: _, metadata, ...rest } = catalogue.read(event);
    expect(rest).toEqual(expect.objectContaining({ id: event.id, position: '41', knownAt: event.knownAt }));
    expect(metadata).toEqual({ ...event.metadata, schemaVersion: 3 });
    expect(event).toEqual(stored({ count: '252.8' }, 2));
  });

  it('says which step of the way up failed, and why', () => {
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
      'event at position 41: Counted version 1 cannot be lifted from version 2: Error: of whom?',
    );
  });

  it.each<[string, ReturnType<typeof stored>]>([
    ['half a version', stored({ count: '1' }, 1.5)],
    ['an unknown type', stored({}, 1, 'Unknown')],
    ['a newer version', stored({ count: '1', of: '户籍' }, 4)],
    ['no version that ever was', stored({}, 0)],
    ['what does not fit after upcasting', stored({ count: 5 }, 2)],
  ])('stops at %s and names the position', (_, event) => {
    expect(() => catalogue.read(event)).toThrow(UnreadableEvent);
    expect(() => catalogue.read(event)).toThrow(/position 41/);
  });

  it('by any way: a stream, the whole log, following it', async () => {
    const log = new MemoryEventLog();
    await log.append('figure-a', 'none', [offered({ persons: '2689000' }, 1)]);
    const lifting = catalogued(log, catalogue);
    const present = { count: '268.9', of: '户籍' };
    expect((await lifting.readStream('figure-a'))[0]?.data).toEqual(present);
    expect((await lifting.readAll())[0]?.data).toEqual(present);
    const following = new AbortController();
    for await (const [event] of lifting.subscribe(undefined, following.signal)) {
      expect(event?.data).toEqual(present);
      following.abort();
    }
    expect((await log.readAll())[0]?.data).toEqual({ persons: '2689000' });
  });

  it('never skips what it does not know: everything behind it waits', async () => {
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
