import { invalid, notFound, refused } from '../kernel/errors.js';
import { toInstant, toMilliseconds, type Clock, type Instant } from '../kernel/time.js';
import { hashOfSecret, newOpaqueId, newSecret } from './secrets.js';
import type { Token, TokenStore } from './token-store.js';

/** Begins every token, so that a scanner finds one that was published by mistake. */
export const tokenPrefix = 'tjt_';

/** Tokens in force that a person may have. */
const most = 50;
const longestDays = 366;

export type TokenInput = Pick<Token, 'title' | 'permissions' | 'plan' | 'unit'> & { readonly until: Instant };

/** Credentials of programs. */
export class Tokens {
  constructor(
    private readonly store: TokenStore,
    private readonly clock: Clock,
  ) {}

  /**
   * Issues a token; whether the person has the permissions is for the caller to check. The secret is returned once.
   * @throws {DomainError} `token.until`, `token.too-many`
   */
  async issue(person: string, input: TokenInput): Promise<{ readonly secret: string; readonly token: Token }> {
    const now = this.clock.now();
    const latest = toInstant(toMilliseconds(now) + longestDays * 86_400_000);
    if (input.until <= now || input.until > latest) {
      throw invalid('token.until', `令牌的截止时间须在现在之后、${latest.slice(0, 10)} 之前（至多一年）`, 'until');
    }
    if ((await this.inForce(person)).length >= most) {
      throw refused('token.too-many', `有效的令牌已有 ${most} 个：请先吊销不用的`);
    }
    const secret = `${tokenPrefix}${newSecret()}`;
    const token: Token = { ...input, id: newOpaqueId('t'), person, from: now };
    await this.store.add(hashOfSecret(secret), token);
    return { secret, token };
  }

  /** The token if it is in force. */
  async find(secret: string): Promise<Token | undefined> {
    const token = await this.store.find(hashOfSecret(secret));
    return token && isInForce(token, this.clock.now()) ? token : undefined;
  }

  /** All tokens of a person, ended and revoked ones included, the latest first. */
  of(person: string): Promise<Token[]> {
    return this.store.of(person);
  }

  /** @throws {DomainError} `token.unknown` */
  async revoke(person: string, id: string): Promise<void> {
    const isRevoked = await this.store.revoke(person, id, this.clock.now());
    if (!isRevoked) throw notFound('token.unknown', '没有这个有效的令牌：可能已吊销或已到期');
  }

  /** Returns the ids of those that were in force. */
  revokeAll(person: string): Promise<string[]> {
    return this.store.revokeAll(person, this.clock.now());
  }

  private async inForce(person: string): Promise<Token[]> {
    const now = this.clock.now();
    return (await this.store.of(person)).filter((token) => isInForce(token, now));
  }
}

const isInForce = ({ from, until, revokedAt }: Token, now: Instant): boolean =>
  revokedAt === undefined && from <= now && now < until;
