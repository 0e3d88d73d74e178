import type { Version, ViewId } from '../../../src/kernel/versioned-store.js';
import type { Subject } from './subject.js';
import { at, positions, put, version } from './samples.js';

export function timeTravel(subject: Subject): void {
  let view: ViewId;
  // Position increases along a document; known time never decreases, and several versions may have the same one.
  const versions: Version[] = [
    version('figure', 10, 100),
    version('figure', 13, 200),
    version('figure', 20, 200),
    version('figure', 21, 201),
    version('figure', 40, 900),
  ];

  beforeEach(async () => {
    view = await subject.store.createView('figures', 1);
    await put(subject.store, view, version('another', 1, 1), ...versions, version('figures', 50, 1));
  });

  it('returns the newest version by default', async () => {
    expect(await subject.store.get(view, 'figure')).toEqual(versions[4]);
    expect(await subject.store.get(view, 'figure', {})).toEqual(versions[4]);
  });

  it('returns undefined for an unknown key', async () => {
    expect(await subject.store.get(view, 'figur')).toBeUndefined();
    expect(await subject.store.get(view, 'figure/')).toBeUndefined();
    expect(await subject.store.history(view, 'figur')).toEqual([]);
  });

  it('returns each version as of its known time, and the previous one a millisecond earlier', async () => {
    for (const { knownAt } of versions) {
      const upTo = (moment: number) => versions.filter((each) => Date.parse(each.knownAt) <= moment);
      for (const moment of [Date.parse(knownAt), Date.parse(knownAt) - 1, Date.parse(knownAt) + 1]) {
        const asOf = { knownAt: new Date(moment).toISOString() };
        expect(await subject.store.get(view, 'figure', asOf)).toEqual(upTo(moment).at(-1));
        expect(await subject.store.history(view, 'figure', asOf)).toEqual(upTo(moment));
        expect(await subject.store.list(view, 'figure', { asOf, limit: 1 })).toEqual(
          [upTo(moment).at(-1) ?? version('figures', 50, 1)].slice(0, 1),
        );
      }
    }
  });

  it('returns each version as of its position, and the previous one just before it', async () => {
    for (const [index, { position }] of versions.entries()) {
      const below = String(Number(position) - 1);
      expect(await subject.store.get(view, 'figure', { position })).toEqual(versions[index]);
      expect(await subject.store.get(view, 'figure', { position: below })).toEqual(versions[index - 1]);
      expect(await subject.store.history(view, 'figure', { position })).toEqual(versions.slice(0, index + 1));
    }
  });

  it.each([
    // Of two versions with the same known time, the last one.
    [{ knownAt: at(200) }, '20'],
    // The position bound excludes the version at position 20.
    [{ knownAt: at(200), position: '19' }, '13'],
    [{ knownAt: at(199), position: '99' }, '10'],
    [{ knownAt: at(5_000), position: '21' }, '21'],
    [{ knownAt: at(5_000), position: '9' }, undefined],
    [{ knownAt: at(99), position: '99' }, undefined],
    [{ knownAt: '1900-01-01T00:00:00.000Z' }, undefined],
    [{ knownAt: '2999-12-31T23:59:59.999Z' }, '40'],
    [{ position: '0' }, undefined],
    [{ position: '18446744073709551615' }, '40'],
  ])('applies both bounds: %j', async (asOf, position) => {
    expect((await subject.store.get(view, 'figure', asOf))?.position).toBe(position);
    expect((await subject.store.history(view, 'figure', asOf)).at(-1)?.position).toBe(position);
  });

  it('returns the history, oldest version first', async () => {
    expect(await subject.store.history(view, 'figure')).toEqual(versions);
    expect(await subject.store.history('figures', 'figure')).toEqual(versions);
  });

  it('orders positions as numbers, also beyond 2^53', async () => {
    const large = ['99', '100', '9007199254740992', '9007199254740993', '9223372036854775806'];
    await put(subject.store, view, ...large.map((position) => version('large', position, 1_000)));

    expect(positions(await subject.store.history(view, 'large'))).toEqual(large);
    for (const position of large) {
      expect((await subject.store.get(view, 'large', { position }))?.position).toBe(position);
    }
    const before = await subject.store.get(view, 'large', { position: '9223372036854775805' });
    expect(before?.position).toBe('9007199254740993');
    expect((await subject.store.views())[0]?.checkpoint).toBe('9223372036854775806');
  });

  it('finds the right version among 2,000 versions of one document', async () => {
    const many = Array.from({ length: 2_000 }, (_, index) => version('many', 1_000 + index, 1_000 + index));
    await put(subject.store, view, ...many);
    for (const index of [0, 1, 999, 1_998, 1_999]) {
      expect(await subject.store.get(view, 'many', { knownAt: at(1_000 + index) })).toEqual(many[index]);
      expect(await subject.store.get(view, 'many', { position: String(1_000 + index) })).toEqual(many[index]);
    }
    expect(await subject.store.history(view, 'many')).toEqual(many);
  });

  it('refuses a moment that is not a valid time', async () => {
    await expect(subject.store.get(view, 'figure', { knownAt: 'yesterday' })).rejects.toThrow(RangeError);
  });
}
