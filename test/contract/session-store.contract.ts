import { toInstant } from '../../src/kernel/time.js';
import type { Session, SessionStore } from '../../src/credentials/session-store.js';

/** Some stores remove what has ended by the machine's clock, so the sessions are of now. */
const start = Date.now();
const after = (minutes: number) => toInstant(start + minutes * 60_000);

const session = (id: string, person = 'p_zhou', more: Partial<Session> = {}): Session => ({
  id,
  person,
  createdAt: after(0),
  usedAt: after(0),
  endsAt: after(720),
  secondFactor: false,
  rights: '',
  ...more,
});

/** The behaviour of every store of sessions. An adapter's spec calls this once. */
export function sessionStoreContract(
  name: string,
  open: () => Promise<{ sessions: SessionStore; other: SessionStore; remove: () => Promise<void> }>,
): void {
  describe(`${name} as a store of sessions`, () => {
    let sessions: SessionStore;
    /** The same store, as another process opens it. */
    let other: SessionStore;
    let remove: () => Promise<void>;

    beforeEach(async () => {
      ({ sessions, other, remove } = await open());
    });
    afterEach(() => remove());

    it('finds a session by its hash only, as it was added', async () => {
      const whole = session('s_1', 'p_zhou', {
        device: 'Firefox “139”\n丽水',
        address: '::1',
        secondFactor: true,
        rights: 'g1 g2',
      });
      await sessions.add('hash 1', whole);
      await sessions.add('hash 2', session('s_2'));
      expect(await sessions.find('hash 1', after(0))).toEqual(whole);
      expect(await sessions.find('hash 2', after(0))).toEqual(session('s_2'));
      expect(await sessions.find('s_1', after(0))).toBeUndefined();
      expect(await other.find('hash 1', after(0))).toEqual(whole);
    });

    it('notes a use, of a session that is there', async () => {
      await sessions.add('hash 1', session('s_1'));
      await sessions.touch('hash 1', after(5));
      await sessions.touch('hash 2', after(5));
      expect(await sessions.find('hash 1', after(0))).toEqual(session('s_1', 'p_zhou', { usedAt: after(5) }));
      expect(await sessions.find('hash 2', after(0))).toBeUndefined();
      expect(await sessions.of('p_zhou')).toHaveLength(1);
    });

    it('puts a session under another hash; the old one is nothing more', async () => {
      await sessions.add('hash 1', session('s_1'));
      expect(await sessions.rotate('hash 1', 'hash 2', true, after(0))).toBe(true);
      expect(await sessions.find('hash 1', after(0))).toBeUndefined();
      expect(await sessions.find('hash 2', after(0))).toEqual(session('s_1', 'p_zhou', { secondFactor: true }));
      expect(await sessions.rotate('hash 1', 'hash 3', true, after(0))).toBe(false);
      expect(await sessions.find('hash 3', after(0))).toBeUndefined();
      expect(await sessions.end('p_zhou', 's_1')).toBe(true);
      expect(await sessions.find('hash 2', after(0))).toBeUndefined();
    });

    it('puts a session under another hash for other rights; the old one holds until its end', async () => {
      await sessions.add('hash 1', session('s_1'));
      expect(await sessions.renew('hash 1', 'hash 2', 'g1', after(6))).toBe(true);
      const renewed = session('s_1', 'p_zhou', { rights: 'g1' });
      expect(await other.find('hash 2', after(0))).toEqual(renewed);
      expect(await sessions.find('hash 1', after(0))).toEqual(renewed);
      expect(await sessions.renew('hash 1', 'hash 3', 'g2', after(1))).toBe(false);
      await sessions.touch('hash 1', after(5));
      expect(await other.of('p_zhou')).toEqual([{ ...renewed, usedAt: after(5) }]);
      expect(await sessions.renew('hash 2', 'hash 4', 'g1 g2', after(-1))).toBe(true);
      for (const hash of ['hash 1', 'hash 2', 'hash 3']) {
        expect({ hash, found: await sessions.find(hash, after(0)) }).toEqual({ hash });
        await sessions.touch(hash, after(9));
        expect(await sessions.rotate(hash, 'hash 5', true, after(0))).toBe(false);
      }
      expect(await sessions.find('hash 4', after(0))).toEqual({ ...renewed, usedAt: after(5), rights: 'g1 g2' });
      expect(await other.end('p_zhou', 's_1')).toBe(true);
      expect(await sessions.find('hash 4', after(0))).toBeUndefined();
    });

    it('ends a session under the hash before, too', async () => {
      await sessions.add('hash 1', session('s_1'));
      await sessions.renew('hash 1', 'hash 2', 'g1', after(1));
      await sessions.endAll('p_zhou');
      for (const hash of ['hash 1', 'hash 2']) expect(await other.find(hash, after(0))).toBeUndefined();
    });

    it('rotates a session by the hash before; then neither that one nor the present one holds', async () => {
      for (const by of ['old', 'present']) {
        await sessions.add(`${by}: old`, session(`s_${by}`));
        await sessions.renew(`${by}: old`, `${by}: present`, 'g1', after(1));
        expect(await other.rotate(`${by}: ${by}`, `${by}: new`, true, after(0))).toBe(true);
        for (const hash of ['old', 'present']) expect(await sessions.find(`${by}: ${hash}`, after(0))).toBeUndefined();
        const rotated = session(`s_${by}`, 'p_zhou', { rights: 'g1', secondFactor: true });
        expect(await sessions.find(`${by}: new`, after(0))).toEqual(rotated);
      }
    });

    it('lets one of several renewals of a session through', async () => {
      await sessions.add('hash', session('s_1'));
      const renewals = Array.from({ length: 8 }, (_, at) =>
        (at % 2 ? other : sessions).renew('hash', `new ${at}`, 'g1', after(1)),
      );
      expect((await Promise.all(renewals)).filter(Boolean)).toHaveLength(1);
      expect(await sessions.of('p_zhou')).toHaveLength(1);
    });

    it('lets one of several rotations of a session through', async () => {
      await sessions.add('hash', session('s_1'));
      const rotations = Array.from({ length: 8 }, (_, at) =>
        (at % 2 ? other : sessions).rotate('hash', `new ${at}`, false, after(0)),
      );
      expect((await Promise.all(rotations)).filter(Boolean)).toHaveLength(1);
      expect(await sessions.of('p_zhou')).toHaveLength(1);
    });

    it('lists the sessions of a person, the last used first', async () => {
      await sessions.add('hash 1', session('s_1'));
      await sessions.add('hash 2', session('s_2'));
      await sessions.add('hash 3', session('s_3', 'p_wu'));
      await sessions.touch('hash 2', after(1));
      expect((await sessions.of('p_zhou')).map(({ id }) => id)).toEqual(['s_2', 's_1']);
      expect((await other.of('p_wu')).map(({ id }) => id)).toEqual(['s_3']);
      expect(await sessions.of('p_nobody')).toEqual([]);
    });

    it('ends a session of its own person only', async () => {
      await sessions.add('hash 1', session('s_1'));
      await sessions.add('hash 2', session('s_2', 'p_wu'));
      expect(await sessions.end('p_wu', 's_1')).toBe(false);
      expect(await sessions.find('hash 1', after(0))).toBeDefined();
      expect(await other.end('p_zhou', 's_1')).toBe(true);
      expect(await sessions.find('hash 1', after(0))).toBeUndefined();
      expect(await sessions.end('p_zhou', 's_1')).toBe(false);
      expect(await sessions.of('p_zhou')).toEqual([]);
    });

    it('ends all sessions of a person, or all but one', async () => {
      for (const at of [1, 2, 3]) await sessions.add(`hash ${at}`, session(`s_${at}`));
      await sessions.add('hash 4', session('s_4', 'p_wu'));
      await sessions.endAll('p_zhou', 's_2');
      expect((await sessions.of('p_zhou')).map(({ id }) => id)).toEqual(['s_2']);
      expect(await sessions.find('hash 1', after(0))).toBeUndefined();
      await other.endAll('p_zhou');
      expect(await sessions.of('p_zhou')).toEqual([]);
      expect(await sessions.find('hash 2', after(0))).toBeUndefined();
      expect(await sessions.find('hash 4', after(0))).toBeDefined();
    });

    it('removes those whose latest end has passed', async () => {
      await sessions.add('hash 1', session('s_1', 'p_zhou', { endsAt: after(-1) }));
      await sessions.add('hash 2', session('s_2'));
      await sessions.removeEnded(after(0));
      expect(await sessions.find('hash 1', after(0))).toBeUndefined();
      expect((await sessions.of('p_zhou')).map(({ id }) => id)).toEqual(['s_2']);
      await sessions.add('hash 3', session('s_3'));
      expect((await sessions.of('p_zhou')).map(({ id }) => id).sort()).toEqual(['s_2', 's_3']);
    });
  });
}
