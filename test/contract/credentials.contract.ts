import type { AccessEntry } from '../../src/credentials/access-log.js';
import type { Credentials } from '../../src/credentials/credentials.js';

const day = (at: number) => `2023-06-${String(at).padStart(2, '0')}T00:00:00.000Z`;

/** The behaviour of every store of names, accounts, links, second factors, tokens and of the access log. */
export function credentialsContract(
  name: string,
  open: () => Promise<{ store: Credentials; other: Credentials; remove: () => Promise<void> }>,
): void {
  describe(`${name} as a credential store`, () => {
    let store: Credentials;
    /** The same store, as another process opens it. */
    let other: Credentials;
    let remove: () => Promise<void>;

    beforeEach(async () => {
      ({ store, other, remove } = await open());
    });
    afterEach(() => remove());

    describe('names', () => {
      it('hold from when they were given; the first one before that too', async () => {
        const { directory } = store;
        await directory.rename('p_zhou', '周敏', day(5));
        await directory.rename('p_zhou', '周旻', day(10));
        expect(await directory.nameOf('p_zhou')).toBe('周旻');
        expect(await directory.nameOf('p_zhou', day(10))).toBe('周旻');
        expect(await directory.nameOf('p_zhou', day(9))).toBe('周敏');
        expect(await directory.nameOf('p_zhou', day(1))).toBe('周敏');
        expect(await directory.nameOf('p_wu')).toBeUndefined();
      });

      it('are listed as they are now, also what another process has changed', async () => {
        await store.directory.rename('p_zhou', '周敏', day(5));
        await store.directory.rename('p_zhou', '周旻', day(10));
        await store.directory.rename('p_wu', '吴越', day(1));
        expect(await store.directory.names()).toEqual(new Map([['p_zhou', '周旻'], ['p_wu', '吴越']])); // prettier-ignore
        await other.directory.rename('p_wu', '吴悦', day(11));
        expect((await store.directory.names()).get('p_wu')).toBe('吴悦');
        await store.directory.rename('p_lin', '林岚', day(11));
        expect((await store.directory.names()).get('p_lin')).toBe('林岚');
        expect((await other.directory.names()).get('p_lin')).toBe('林岚');
      });

      it('are searched for as text, present and former ones', async () => {
        await store.directory.rename('p_zhou', '周敏', day(5));
        await store.directory.rename('p_zhou', '周旻', day(10));
        await store.directory.rename('p_li', 'Li 100%_Ming', day(1));
        expect(await store.directory.idsNamed('周')).toEqual(['p_zhou']);
        expect(await store.directory.idsNamed('敏')).toEqual(['p_zhou']);
        expect(await store.directory.idsNamed('MING')).toEqual(['p_li']);
        expect(await store.directory.idsNamed('%_m')).toEqual(['p_li']);
        expect(await store.directory.idsNamed('%周%')).toEqual([]);
      });

      it('are gone for good once erased, with all else of the person', async () => {
        await store.directory.rename('p_zhou', '周敏', day(1));
        await store.accounts.putLocal({ name: 'zhou', person: 'p_zhou', passwordHash: 'x', changedAt: day(1) });
        await store.links.add('hash', { purpose: 'invitation', person: 'p_zhou', endsAt: day(20) });
        await store.secondFactors.putPending('p_zhou', Buffer.from('secret'));
        await store.tokens.add('hash', { person: 'p_zhou', token: 't1' });
        await store.directory.rename('p_wu', '吴越', day(1));
        await store.directory.erase('p_zhou', day(6));
        await store.directory.erase('p_zhou', day(7));

        expect(await store.directory.nameOf('p_zhou')).toBe('已注销人员');
        expect(await store.directory.nameOf('p_zhou', day(2))).toBe('已注销人员');
        expect((await store.directory.names()).get('p_zhou')).toBe('已注销人员');
        expect(await store.directory.idsNamed('周')).toEqual([]);
        await other.directory.rename('p_zhou', '周敏', day(8));
        expect(await other.directory.nameOf('p_zhou')).toBe('已注销人员');
        expect(await store.accounts.local('zhou')).toBeUndefined();
        expect(await store.links.find('hash', day(1))).toBeUndefined();
        expect(await store.secondFactors.find('p_zhou')).toBeUndefined();
        expect(await store.tokens.find('hash')).toBeUndefined();
        expect(await store.directory.nameOf('p_wu')).toBe('吴越');
      });
    });

    describe('accounts', () => {
      const account = (name: string, person: string, passwordHash = 'hash') => ({
        ...{ name, person, passwordHash, changedAt: day(1) },
      });

      it('belong to one person, who may have several', async () => {
        expect(await store.accounts.hasAny()).toBe(false);
        expect(await store.accounts.putLocal(account('zhou', 'p_zhou'))).toBe(true);
        expect(await store.accounts.putLocal(account('min', 'p_zhou'))).toBe(true);
        expect(await other.accounts.putLocal(account('zhou', 'p_wu', 'theirs'))).toBe(false);
        expect(await store.accounts.local('zhou')).toEqual(account('zhou', 'p_zhou'));
        expect((await store.accounts.localOf('p_zhou')).map(({ name }) => name)).toEqual(['min', 'zhou']);
        expect(await store.accounts.putLocal(account('zhou', 'p_zhou', 'new'))).toBe(true);
        expect((await other.accounts.local('zhou'))?.passwordHash).toBe('new');
        expect(await store.accounts.hasAny()).toBe(true);
      });

      it('are set by a link, once', async () => {
        await store.links.add('hash', { purpose: 'invitation', person: 'p_zhou', endsAt: day(2) });
        const { person, ...given } = account('zhou', 'p_zhou');
        expect(await other.links.find('hash', day(1))).toEqual({ purpose: 'invitation', person, endsAt: day(2) });
        const uses = await Promise.all(
          [1, 2, 3, 4].map((at) => (at % 2 ? other : store).links.useForLocal('hash', given)),
        );
        expect(uses.sort()).toEqual(['done', 'used', 'used', 'used']);
        expect(await store.accounts.local('zhou')).toEqual(account('zhou', 'p_zhou'));
        expect(await store.links.find('hash', day(1))).toBeUndefined();
      });

      it('are not set by a link that has ended, and a name that is taken does not use the link up', async () => {
        await store.accounts.putLocal(account('wu', 'p_wu'));
        await store.links.add('hash', { purpose: 'invitation', person: 'p_zhou', endsAt: day(2) });
        const { person: _, ...wu } = account('wu', '');
        expect(await store.links.useForLocal('hash', wu)).toBe('taken');
        expect(await store.links.find('hash', day(2))).toBeUndefined();
        expect(await store.links.useForLocal('hash', { ...wu, name: 'zhou', changedAt: day(2) })).toBe('used');
        expect(await store.accounts.local('zhou')).toBeUndefined();
        expect(await store.links.useForLocal('hash', { ...wu, name: 'zhou' })).toBe('done');
      });

      it('of a provider are linked by a link, and tell issuers apart', async () => {
        const subject = { issuer: 'https://one.example', subject: '7' };
        for (const at of [1, 2]) {
          await store.links.add(`zhou ${at}`, { purpose: 'invitation', person: 'p_zhou', endsAt: day(9) });
        }
        await store.links.add('wu', { purpose: 'invitation', person: 'p_wu', endsAt: day(9) });
        expect(await store.links.useForSubject('zhou 1', subject, day(1))).toBe('done');
        expect(await store.links.useForSubject('zhou 1', subject, day(1))).toBe('used');
        expect(await store.links.useForSubject('zhou 2', subject, day(1))).toBe('done');
        expect(await other.links.useForSubject('wu', subject, day(1))).toBe('taken');
        expect(await other.accounts.personOf(subject)).toBe('p_zhou');
        expect(await other.accounts.personOf({ ...subject, issuer: 'https://two.example' })).toBeUndefined();
        expect(await store.accounts.subjectsOf('p_zhou')).toEqual([subject]);
        expect(await store.accounts.hasAny()).toBe(true);
      });

      it('cannot be set by the links of a person that were ended', async () => {
        await store.links.add('zhou', { purpose: 'password-reset', person: 'p_zhou', endsAt: day(9) });
        await store.links.add('wu', { purpose: 'password-reset', person: 'p_wu', endsAt: day(9) });
        await other.links.endAll('p_zhou');
        expect(await store.links.find('zhou', day(1))).toBeUndefined();
        expect(await store.links.find('wu', day(1))).toBeDefined();
      });
    });

    describe('second factors', () => {
      const [one, two] = [Buffer.from([1, 0, 255]), Buffer.from([2])];

      it('count once confirmed, and an earlier one until then', async () => {
        const { secondFactors } = store;
        expect(await secondFactors.find('p_zhou')).toBeUndefined();
        await secondFactors.putPending('p_zhou', two);
        await secondFactors.putPending('p_zhou', one);
        expect(await secondFactors.find('p_zhou')).toEqual({ pending: one, recoveryCodes: 0 });
        expect(await secondFactors.confirm('p_zhou', two, 7, ['a', 'b'])).toBe(false);
        expect(await secondFactors.confirm('p_zhou', one, 7, ['a', 'b'])).toBe(true);
        expect(await other.secondFactors.find('p_zhou')).toEqual({ secret: one, recoveryCodes: 2 });
        await secondFactors.putPending('p_zhou', two);
        expect(await secondFactors.find('p_zhou')).toEqual({ secret: one, pending: two, recoveryCodes: 2 });
        expect(await secondFactors.confirm('p_zhou', two, 9, ['c'])).toBe(true);
        expect(await secondFactors.find('p_zhou')).toEqual({ secret: two, recoveryCodes: 1 });
        await secondFactors.remove('p_zhou');
        expect(await secondFactors.find('p_zhou')).toBeUndefined();
        expect(await secondFactors.useRecoveryCode('p_zhou', 'c')).toBe(false);
      });

      it('take a code’s step once, and none before it', async () => {
        await store.secondFactors.putPending('p_zhou', one);
        await store.secondFactors.confirm('p_zhou', one, 7, ['a']);
        expect(await store.secondFactors.useStep('p_zhou', 7)).toBe(false);
        const uses = [store, other, store, other].map(({ secondFactors }) => secondFactors.useStep('p_zhou', 9));
        expect((await Promise.all(uses)).filter(Boolean)).toHaveLength(1);
        expect(await store.secondFactors.useStep('p_zhou', 8)).toBe(false);
        expect(await store.secondFactors.useStep('p_zhou', 10)).toBe(true);
      });

      it('take each recovery code once, of its own person', async () => {
        await store.secondFactors.putPending('p_zhou', one);
        await store.secondFactors.confirm('p_zhou', one, 7, ['a', 'b']);
        expect(await store.secondFactors.useRecoveryCode('p_wu', 'a')).toBe(false);
        const uses = [store, other, store].map(({ secondFactors }) => secondFactors.useRecoveryCode('p_zhou', 'a'));
        expect((await Promise.all(uses)).filter(Boolean)).toHaveLength(1);
        expect((await store.secondFactors.find('p_zhou'))?.recoveryCodes).toBe(1);
      });
    });

    describe('tokens', () => {
      const zhous = { person: 'p_zhou', token: 't1' };

      it('are found by the hash of their secret only', async () => {
        await store.tokens.add('hash 1', zhous);
        await store.tokens.add('hash 2', { person: 'p_wu', token: 't1' });
        expect(await other.tokens.find('hash 1')).toEqual(zhous);
        expect(await other.tokens.find('t1')).toBeUndefined();
        await expect(store.tokens.add('hash 3', zhous)).rejects.toBeDefined();
      });

      it('are removed one by one, of their own person, or all together', async () => {
        for (const token of ['t1', 't2', 't3']) await store.tokens.add(`hash ${token}`, { person: 'p_zhou', token });
        await store.tokens.add('hash', { person: 'p_wu', token: 't1' });
        await store.tokens.remove('p_zhou', 't1');
        expect(await other.tokens.find('hash t1')).toBeUndefined();
        expect(await other.tokens.find('hash t2')).toBeDefined();
        await other.tokens.removeAll('p_zhou');
        expect(await store.tokens.find('hash t3')).toBeUndefined();
        expect(await store.tokens.find('hash')).toEqual({ person: 'p_wu', token: 't1' });
      });
    });

    describe('the access log', () => {
      const note = (at: number, person?: string, kind: AccessEntry['kind'] = 'sign-in') =>
        (at % 2 ? store : other).accessLog.append({
          at: day(at),
          person,
          kind,
          detail: { by: '密码' },
          address: '::1',
        });
      const exported = async () => {
        const entries: AccessEntry[] = [];
        for await (const batch of store.accessLog.export()) entries.push(...batch);
        return entries;
      };

      it('keeps what was noted in one chain, whichever process noted it', async () => {
        expect(await store.accessLog.verify()).toMatchObject({ holds: true, entries: 0, end: { sequence: 0 } });
        await Promise.all([1, 2, 3, 4, 5, 6].map((at) => note(at, 'p_zhou')));
        const end = await note(7);
        const entries = await exported();
        expect(entries.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6, 7]);
        expect(entries.at(-1)).toEqual({
          ...end,
          ...{ at: day(7), kind: 'sign-in', detail: { by: '密码' }, address: '::1' },
        });
        expect(await other.accessLog.verify()).toEqual({ holds: true, entries: 7, end });
      });

      it('is read page by page, the latest first, through filters', async () => {
        for (let at = 1; at <= 9; at++) await note(at, at % 3 === 0 ? 'p_wu' : 'p_zhou', at > 6 ? 'export' : 'sign-in');
        const { entries, next } = await store.accessLog.list({}, { limit: 4 });
        expect(entries.map(({ sequence }) => sequence)).toEqual([9, 8, 7, 6]);
        const second = await store.accessLog.list({}, { before: next, limit: 5 });
        expect(second.entries.map(({ sequence }) => sequence)).toEqual([5, 4, 3, 2, 1]);
        expect(second.next).toBeUndefined();
        const found = async (filter: object) =>
          (await store.accessLog.list(filter, { limit: 50 })).entries.map(({ sequence }) => sequence);
        expect(await found({ person: 'p_wu' })).toEqual([9, 6, 3]);
        expect(await found({ kind: 'export' })).toEqual([9, 8, 7]);
        expect(await found({ from: day(3), until: day(5) })).toEqual([4, 3]);
        expect(await found({ address: '127.0.0.1' })).toEqual([]);
        expect(await found({ address: '::1', person: 'p_wu', kind: 'sign-in' })).toEqual([6, 3]);
      });

      it('stays provable when its oldest entries are removed', async () => {
        const seals = [];
        for (let at = 1; at <= 6; at++) seals.push(await note(at));
        expect(await store.accessLog.removeBefore(day(1))).toBe(0);
        expect(await store.accessLog.removeBefore(day(4))).toBe(3);
        expect((await exported()).map(({ sequence }) => sequence)).toEqual([4, 5, 6]);
        expect(await store.accessLog.verify(seals[4])).toEqual({ holds: true, entries: 3, end: seals[5] });
        expect(await store.accessLog.verify(seals[2])).toMatchObject({ holds: true });
        expect(await store.accessLog.verify({ ...seals[2]!, hash: seals[1]!.hash })).toEqual({
          holds: false,
          brokenAt: 3,
        });
        expect(await store.accessLog.removeBefore(day(20))).toBe(3);
        expect(await store.accessLog.removeBefore(day(20))).toBe(0);
        const end = await note(8);
        expect(end.sequence).toBe(7);
        expect(await store.accessLog.verify(seals[5])).toEqual({ holds: true, entries: 1, end });
      });

      it('does not match a seal of another log, or one beyond its end', async () => {
        const seal = await note(1);
        await note(2);
        expect(await store.accessLog.verify(seal)).toMatchObject({ holds: true });
        expect(await store.accessLog.verify({ ...seal, hash: '0'.repeat(64) })).toEqual({ holds: false, brokenAt: 1 });
        expect(await store.accessLog.verify({ sequence: 3, hash: seal.hash })).toEqual({ holds: false, brokenAt: 3 });
      });
    });
  });
}
