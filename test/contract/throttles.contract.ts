import type { ThrottleLimits, Throttles } from '../../src/credentials/throttles.js';
import { until } from '../support/until.js';

const limits: ThrottleLimits = {
  account: { attempts: 3, seconds: 600 },
  address: { attempts: 2, seconds: 1 },
};

/** The behaviour of every counter of attempts. An adapter's spec calls this once. */
export function throttlesContract(
  name: string,
  open: (limits: ThrottleLimits) => Promise<{ throttles: Throttles; other: Throttles; remove: () => Promise<void> }>,
): void {
  describe(`${name} as a counter of attempts`, () => {
    let throttles: Throttles;
    /** The same store, as another process opens it. */
    let other: Throttles;
    let remove: () => Promise<void>;

    beforeEach(async () => {
      ({ throttles, other, remove } = await open(limits));
    });
    afterEach(() => remove());

    it('lets so many attempts through and no more, in all processes together', async () => {
      const attempts = Array.from({ length: 10 }, (_, at) => (at % 2 ? other : throttles).attempt('account', 'zhou'));
      const waits = await Promise.all(attempts);
      expect(waits.filter((wait) => wait === undefined)).toHaveLength(3);
      for (const wait of waits.filter((wait) => wait !== undefined)) {
        expect(wait).toBeGreaterThan(590);
        expect(wait).toBeLessThanOrEqual(600);
      }
    });

    it('counts each key and each kind by itself', async () => {
      for (let time = 0; time < 3; time++) expect(await throttles.attempt('account', '127.0.0.1')).toBeUndefined();
      expect(await throttles.attempt('account', 'wu')).toBeUndefined();
      expect(await throttles.attempt('address', '127.0.0.1')).toBeUndefined();
      expect(await throttles.attempt('account', '127.0.0.1')).toBeDefined();
    });

    it('forgets on request', async () => {
      for (let time = 0; time < 5; time++) await throttles.attempt('account', 'zhou');
      await other.forget('account', 'zhou');
      expect(await throttles.attempt('account', 'zhou')).toBeUndefined();
      await throttles.forget('account', 'nobody');
    });

    it('lets attempts through again after the wait', async () => {
      for (let time = 0; time < 2; time++) await throttles.attempt('address', '::1');
      expect(await throttles.attempt('address', '::1')).toBe(1);
      // Each further attempt is also refused, but does not put off the end.
      await until(async () => (await throttles.attempt('address', '::1')) === undefined);
    });
  });
}
