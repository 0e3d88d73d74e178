import type { ViewId } from '../../../src/kernel/versioned-store.js';
import { NotJsonError, type JsonValue } from '../../../src/kernel/json.js';
import type { Subject } from './subject.js';
import { at, keys, positions, put, unwrapped, version } from './samples.js';

/** Keys with special characters, ordered by code point. */
const someKeys = [
  '',
  '\0',
  '\0\0',
  'A',
  'a',
  'a\0',
  'a\0b',
  'a b',
  'a/',
  'a/1',
  'a/10',
  'a/2',
  'a0',
  'a\u007f',
  'aé',
  'b',
  '\u0301',
  '中',
  '中国',
  '丽水',
  '丽水/莲都',
  '丽水/龙泉',
  '丽水市',
  '低保标准',
  '\ud7ff',
  '\ud7ff!',
  '\ue000',
  '\uffff',
  '\uffff\uffff',
  '😀',
  '😀a',
  '😁',
  '𠮷',
  '\u{10FFFE}',
  '\u{10FFFF}',
  '\u{10FFFF}a',
  '\u{10FFFF}\u{10FFFF}',
].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));

const prefixes = [...someKeys, '丽', 'zzz', '\u{10FFFF}\u{10FFFF}\u{10FFFF}', 'a\u{10FFFF}', '\ud7ff\u{10FFFF}'];

export function listing(subject: Subject): void {
  let view: ViewId;
  beforeEach(async () => {
    view = await subject.store.createView('figures', 1);
  });

  describe('keys with special characters', () => {
    beforeEach(async () => {
      const versions = someKeys.map((key, index) => version(key, index + 1, index, key));
      await put(subject.store, view, ...versions.reverse());
    });

    it('finds each document by its exact key', async () => {
      for (const key of someKeys) {
        expect(await subject.store.get(view, key)).toMatchObject({ key, body: key });
        expect(await subject.store.history(view, key)).toMatchObject([{ key, body: key }]);
      }
    });

    it('lists the keys under each prefix in the order of code points', async () => {
      for (const prefix of prefixes) {
        expect(keys(await subject.store.list(view, prefix))).toEqual(someKeys.filter((key) => key.startsWith(prefix)));
      }
    });

    it('lists in pages', async () => {
      for (const prefix of ['', 'a', '丽水', '\u{10FFFF}', 'zzz']) {
        for (const limit of [1, 2, 5, someKeys.length]) {
          const read: string[] = [];
          for (;;) {
            const page = keys(await subject.store.list(view, prefix, { after: read.at(-1), limit }));
            expect(page.length).toBeLessThanOrEqual(limit);
            if (page.length === 0) break;
            read.push(...page);
          }
          expect(read).toEqual(someKeys.filter((key) => key.startsWith(prefix)));
        }
      }
    });

    it('lists in reverse, in pages', async () => {
      for (const prefix of ['', 'a', '丽水', '\u{10FFFF}', 'zzz']) {
        for (const limit of [1, 2, 5, someKeys.length]) {
          const read: string[] = [];
          for (;;) {
            const page = keys(await subject.store.list(view, prefix, { after: read.at(-1), limit, reverse: true }));
            expect(page.length).toBeLessThanOrEqual(limit);
            if (page.length === 0) break;
            read.push(...page);
          }
          expect(read).toEqual(someKeys.filter((key) => key.startsWith(prefix)).reverse());
        }
      }
    });

    it('in reverse, accepts as `after` a key that does not exist, or lies outside the prefix', async () => {
      const under = (prefix: string, after: string) =>
        someKeys.filter((key) => key.startsWith(prefix) && Buffer.compare(Buffer.from(key), Buffer.from(after)) < 0);
      for (const prefix of ['', 'a', 'a/', '丽水', '😀']) {
        for (const after of ['', 'A', 'a', 'a/15', 'a/zzz', 'b', '丽水/云和', '😀', '\u{10FFFF}']) {
          const found = await subject.store.list(view, prefix, { after, reverse: true });
          expect(keys(found)).toEqual(under(prefix, after).reverse());
        }
      }
    });

    it('accepts as `after` a key that does not exist, or lies outside the prefix', async () => {
      const under = (prefix: string, after: string) =>
        someKeys.filter((key) => key.startsWith(prefix) && Buffer.compare(Buffer.from(key), Buffer.from(after)) > 0);
      for (const prefix of ['', 'a', 'a/', '丽水', '😀']) {
        for (const after of ['', 'A', 'a', 'a/15', 'a/zzz', 'b', '丽水/云和', '😀', '\u{10FFFF}']) {
          expect(keys(await subject.store.list(view, prefix, { after }))).toEqual(under(prefix, after));
        }
      }
    });

    it('returns nothing for limit 0', async () => {
      expect(await subject.store.list(view, '', { limit: 0 })).toEqual([]);
    });
  });

  it('refuses a key with a lone surrogate, which would be stored as U+FFFD', async () => {
    await put(subject.store, view, version('\ufffd', 1, 1));
    await expect(put(subject.store, view, version('\ud83d', 2, 2))).rejects.toThrow(NotJsonError);
    await expect(subject.store.get(view, '\ud83d')).rejects.toThrow(NotJsonError);
    await expect(subject.store.history(view, '\ud83d')).rejects.toThrow(NotJsonError);
    await expect(subject.store.list(view, '\ud83d')).rejects.toThrow(NotJsonError);
  });

  it('omits documents that did not exist as of the moment, and does not count them for the limit', async () => {
    // Every third document has a later known time and position.
    const versions = Array.from({ length: 30 }, (_, index) => {
      const late = index % 3 === 0;
      return version(`f/${String(index).padStart(2, '0')}`, (late ? 1_000 : 0) + index + 1, late ? 500 : 100);
    });
    await put(subject.store, view, ...versions);
    const early = keys(versions).filter((_, index) => index % 3 !== 0);

    for (const asOf of [{ knownAt: at(499) }, { position: '999' }, { knownAt: at(100), position: '999' }]) {
      expect(keys(await subject.store.list(view, 'f/', { asOf }))).toEqual(early);
      expect(keys(await subject.store.list(view, 'f/', { asOf, limit: 7 }))).toEqual(early.slice(0, 7));
      const after = early[6];
      expect(keys(await subject.store.list(view, 'f/', { asOf, limit: 7, after }))).toEqual(early.slice(7, 14));
      const back = await subject.store.list(view, 'f/', { asOf, limit: 4, after, reverse: true });
      expect(keys(back)).toEqual(early.slice(2, 6).reverse());
    }
    expect(await subject.store.list(view, 'f/', { asOf: { knownAt: at(99) } })).toEqual([]);
    expect(keys(await subject.store.list(view, 'f/', { asOf: { knownAt: at(500) } }))).toEqual(keys(versions));
  });

  it('listWritten returns the same documents as list', async () => {
    const bodies: JsonValue[] = [
      '',
      '"',
      '\\',
      '\u2028',
      '中文 😀',
      { 名称: '低保标准', 值: [1, 2.5, null, true] },
      [],
      {},
      0,
    ];
    const versions = Array.from({ length: 1_200 }, (_, index) =>
      version(`f/${String(index).padStart(4, '0')}`, index + 1, index, bodies[index % bodies.length]),
    );
    await put(subject.store, view, ...versions);
    for (const options of [{}, { limit: 700 }, { after: 'f/0500', limit: 20 }, { asOf: { knownAt: at(600) } }]) {
      const listed = await subject.store.list(view, 'f/', options);
      expect(unwrapped(await subject.store.listWritten(view, 'f/', options))).toEqual(
        listed.map(({ key, body }) => ({ key, body })),
      );
    }
    expect(await subject.store.listWritten('unknown', '')).toEqual([]);
  });

  it('returns each document in its version as of the moment', async () => {
    for (let round = 0; round < 5; round++) {
      const versions = ['a', 'b', 'c'].map((key, index) => version(key, round * 10 + index + 1, round * 100));
      await put(subject.store, view, ...versions);
    }
    for (let round = 0; round < 5; round++) {
      const expected = [1, 2, 3].map((index) => String(round * 10 + index));
      const known = await subject.store.list(view, '', { asOf: { knownAt: at(round * 100 + 99) } });
      expect(positions(known)).toEqual(expected);
      const stood = await subject.store.list(view, '', { asOf: { position: String(round * 10 + 9) } });
      expect(stood).toEqual(known);
    }
  });
}
