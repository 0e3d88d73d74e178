import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { DomainError } from '../../kernel/errors.js';
import { toMilliseconds, type Instant } from '../../kernel/time.js';
import { StoreUnavailable } from '../../kernel/versioned-store.js';
import { RedisConnection, type Timeouts } from '../../versioned-store/redis/redis-connection.js';
import { parseRedisUrl } from '../../versioned-store/redis/redis-url.js';
import type { Script } from '../../versioned-store/redis/scripts.js';
import { Limiters, type LimiterOptions } from '../limiters.js';
import type { Session, SessionStore } from '../session-store.js';
import { throttleLimits, type ThrottleLimits, type Throttles } from '../throttles.js';
import * as scripts from './scripts.js';

/** Sessions and throttles that the processes of several machines share. */
export interface RedisCredentials {
  readonly sessions: SessionStore;
  readonly throttles: Throttles;
  close(): Promise<void>;
}

/** Does not wait for the connection. @throws {WrongRedisUrl} the address is invalid */
export function openRedisCredentials(
  url: string,
  limits: ThrottleLimits = throttleLimits,
  { connectMs = 2_000, commandMs = 5_000 }: Partial<Timeouts> = {},
): RedisCredentials {
  const place = parseRedisUrl(url);
  const redis = new RedisConnection(place, { connectMs, commandMs });
  const prefix = `c1:{${place.namespace}:credentials}`;
  return {
    sessions: new RedisSessions(redis, prefix),
    throttles: new Limiters(limits, (options) => new LazyLimiter(redis, options), `${prefix}:throttle:`),
    close: () => redis.close(),
  };
}

/** `rights` is missing of a session that an earlier version began. */
type Row = readonly [body: Buffer, usedAt: Buffer, secondFactor: Buffer, rights: Buffer | null];

class RedisSessions implements SessionStore {
  constructor(
    private readonly redis: RedisConnection,
    private readonly prefix: string,
  ) {}

  async add(hash: string, { usedAt, secondFactor, rights, ...body }: Session): Promise<void> {
    const end = String(toMilliseconds(body.endsAt));
    const changing = [usedAt, flag(secondFactor), rights, end];
    await this.run(scripts.addSession, hash, body.id, body.person, JSON.stringify(body), ...changing);
  }

  async find(hash: string): Promise<Session | undefined> {
    const row = (await this.run(scripts.findSession, hash)) as Row | readonly [];
    return row.length === 0 ? undefined : toSession(row);
  }

  async touch(hash: string, usedAt: Instant): Promise<void> {
    await this.run(scripts.touchSession, hash, usedAt);
  }

  async renew(hash: string, newHash: string, rights: string, oldEnd: Instant): Promise<boolean> {
    const end = String(toMilliseconds(oldEnd));
    return (await this.run(scripts.renewSession, hash, newHash, rights, end)) === 1;
  }

  async rotate(hash: string, newHash: string, secondFactor: boolean): Promise<boolean> {
    return (await this.run(scripts.rotateSession, hash, newHash, flag(secondFactor))) === 1;
  }

  async of(person: string): Promise<Session[]> {
    const rows = (await this.run(scripts.sessionsOf, person)) as Row[];
    return rows
      .map(toSession)
      .sort((a, b) => (a.usedAt === b.usedAt ? (a.id < b.id ? -1 : 1) : a.usedAt < b.usedAt ? 1 : -1));
  }

  async end(person: string, id: string): Promise<boolean> {
    return (await this.run(scripts.endSession, person, id)) === 1;
  }

  async endAll(person: string, exceptId = ''): Promise<void> {
    await this.run(scripts.endSessions, person, exceptId);
  }

  /** Redis does so. */
  async removeEnded(): Promise<void> {}

  private run(script: Script, ...values: string[]): Promise<unknown> {
    return translated(this.redis.run(script, [this.prefix], values));
  }
}

const flag = (holds: boolean) => (holds ? '1' : '0');

const toSession = ([body, usedAt, secondFactor, rights]: Row): Session => ({
  ...(JSON.parse(body.toString()) as Omit<Session, 'usedAt' | 'secondFactor' | 'rights'>),
  usedAt: usedAt.toString(),
  secondFactor: secondFactor.toString() === '1',
  rights: rights?.toString() ?? '',
});

/** A limiter of rate-limiter-flexible on a connection that is opened by its first use. */
class LazyLimiter {
  private limiter: RateLimiterRedis | undefined;

  constructor(
    private readonly redis: RedisConnection,
    private readonly options: LimiterOptions,
  ) {}

  async consume(key: string): Promise<RateLimiterRes> {
    const outcome = await this.call(async (limiter) => {
      try {
        return { passed: await limiter.consume(key) };
      } catch (error) {
        // Too many attempts are no failure of the connection.
        if (error instanceof RateLimiterRes) return { refused: error };
        throw error;
      }
    });
    // The library refuses by throwing what is no error.
    // eslint-disable-next-line @typescript-eslint/only-throw-error
    if (outcome.refused) throw outcome.refused;
    return outcome.passed;
  }

  delete(key: string): Promise<boolean> {
    return this.call((limiter) => limiter.delete(key));
  }

  private call<Answer>(use: (limiter: RateLimiterRedis) => Promise<Answer>): Promise<Answer> {
    return translated(
      this.redis.call((storeClient) => use((this.limiter ??= new RateLimiterRedis({ ...this.options, storeClient })))),
    );
  }
}

async function translated<Answer>(call: Promise<Answer>): Promise<Answer> {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error;
    throw new DomainError('unavailable', 'credentials.unavailable', '登录服务暂时不可用：请稍后再试');
  }
}
