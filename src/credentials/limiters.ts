import { RateLimiterRes, type RateLimiterStoreAbstract } from 'rate-limiter-flexible';
import { hashOfSecret } from './secrets.js';
import type { Throttled, ThrottleLimits, Throttles } from './throttles.js';

/** What a limiter is made with, besides its store. */
export interface LimiterOptions {
  readonly keyPrefix: string;
  readonly points: number;
  readonly duration: number;
  readonly blockDuration: number;
}

type Limiter = Pick<RateLimiterStoreAbstract, 'consume' | 'delete'>;

/** Throttles by rate-limiter-flexible on some store. Times are of the machine's clock. */
export class Limiters implements Throttles {
  private readonly limiters: Readonly<Record<Throttled, Limiter>>;

  constructor(limits: ThrottleLimits, make: (options: LimiterOptions) => Limiter, prefix = '') {
    const limiter = (by: Throttled) => {
      const { attempts: points, seconds } = limits[by];
      return make({ keyPrefix: `${prefix}${by}`, points, duration: seconds, blockDuration: seconds });
    };
    this.limiters = { account: limiter('account'), address: limiter('address') };
  }

  async attempt(by: Throttled, key: string): Promise<number | undefined> {
    try {
      await this.limiters[by].consume(keyOf(key));
      return undefined;
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      return Math.max(1, Math.ceil(error.msBeforeNext / 1_000));
    }
  }

  async forget(by: Throttled, key: string): Promise<void> {
    await this.limiters[by].delete(keyOf(key));
  }
}

/** Hashed, because people type passwords into the field of the account's name. */
const keyOf = (key: string): string => hashOfSecret(key);
