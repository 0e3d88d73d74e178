import { DomainError } from '../../kernel/errors.js';
import { sessionStoreContract } from '../../../test/contract/session-store.contract.js';
import { throttlesContract } from '../../../test/contract/throttles.contract.js';
import { startRedis, type TestRedis } from '../../../test/support/redis.js';
import { until } from '../../../test/support/until.js';
import { openRedisCredentials } from './redis-credentials.js';

describe.each([
  ['a Redis', {}, []],
  ['a Redis cluster', { 'cluster-enabled': 'yes' }, ['cluster=true']],
])('on %s', (_, settings: Record<string, string>, more) => {
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await startRedis(settings);
  });
  afterAll(() => redis.remove());

  sessionStoreContract('Redis', async () => {
    const url = redis.namespaceUrl(...more);
    const [own, another] = [openRedisCredentials(url), openRedisCredentials(url)];
    return {
      sessions: own.sessions,
      other: another.sessions,
      remove: async () => void (await Promise.all([own.close(), another.close()])),
    };
  });

  throttlesContract('Redis', async (limits) => {
    const url = redis.namespaceUrl(...more);
    const [own, another] = [openRedisCredentials(url, limits), openRedisCredentials(url, limits)];
    return {
      throttles: own.throttles,
      other: another.throttles,
      remove: async () => void (await Promise.all([own.close(), another.close()])),
    };
  });
});

describe('a Redis that is away', () => {
  const now = new Date().toISOString();

  it('is said, and is used again once it is back', async () => {
    const redis = await startRedis();
    const { sessions, throttles, close } = openRedisCredentials(redis.namespaceUrl());
    try {
      expect(await sessions.of('p_zhou')).toEqual([]);
      await redis.stop();
      const unavailable = expect.objectContaining({ code: 'credentials.unavailable', kind: 'unavailable' });
      await expect(sessions.find('hash', now)).rejects.toEqual(unavailable);
      await expect(throttles.attempt('account', 'zhou')).rejects.toEqual(unavailable);
      await expect(throttles.forget('account', 'zhou')).rejects.toBeInstanceOf(DomainError);
      await redis.restart();
      const answers = () =>
        throttles.attempt('account', 'zhou').then(
          (wait) => wait === undefined,
          () => false,
        );
      await until(answers);
      expect(await sessions.find('hash', now)).toBeUndefined();
    } finally {
      await close();
      await redis.remove();
    }
  });

  it('keeps namespaces apart', async () => {
    const redis = await startRedis();
    const [one, two] = [openRedisCredentials(redis.namespaceUrl()), openRedisCredentials(redis.namespaceUrl())];
    try {
      const end = new Date(Date.now() + 60_000).toISOString();
      const session = {
        id: 's_1',
        person: 'p_zhou',
        createdAt: now,
        usedAt: now,
        endsAt: end,
        secondFactor: false,
        rights: '',
      };
      await one.sessions.add('hash', session);
      expect(await one.sessions.find('hash', now)).toEqual(session);
      expect(await two.sessions.find('hash', now)).toBeUndefined();
      expect(await two.sessions.of('p_zhou')).toEqual([]);
    } finally {
      await Promise.all([one.close(), two.close()]);
      await redis.remove();
    }
  });
});
