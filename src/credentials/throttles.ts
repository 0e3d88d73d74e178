/** What attempts are counted by: an account's name or a person, and a network address. */
export type Throttled = 'account' | 'address';

export interface ThrottleLimit {
  /** How many attempts are free within the time. */
  readonly attempts: number;
  readonly seconds: number;
}

export type ThrottleLimits = Readonly<Record<Throttled, ThrottleLimit>>;

/**
 * OWASP ASVS 4.0.3, 2.2.1 allows at most 100 failed attempts an hour at an account; these are 40. A county's offices may
 * share one address.
 */
export const throttleLimits: ThrottleLimits = {
  account: { attempts: 10, seconds: 15 * 60 },
  address: { attempts: 200, seconds: 15 * 60 },
};

/** Counts attempts to sign in. */
export interface Throttles {
  /** Counts an attempt. Returns the seconds to wait where there were too many, which then begin anew. */
  attempt(by: Throttled, key: string): Promise<number | undefined>;
  /** Forgets what was counted. */
  forget(by: Throttled, key: string): Promise<void>;
}
