import { hashOfSecret, newSecret } from './secrets.js';
import type { TokenSecret, TokenStore } from './token-store.js';

/** Begins every token's secret, so that a scanner finds one that was published by mistake. */
export const tokenPrefix = 'tjt_';

/** The secrets of programs' tokens. What a token may do is an event of the person who issued it. */
export class Tokens {
  constructor(private readonly store: TokenStore) {}

  /** Makes the secret of a token that the person has issued. It is returned once. */
  async issue(token: TokenSecret): Promise<string> {
    const secret = `${tokenPrefix}${newSecret()}`;
    await this.store.add(hashOfSecret(secret), token);
    return secret;
  }

  /** Whose token it is, until its secret is removed. */
  find(secret: string): Promise<TokenSecret | undefined> {
    return this.store.find(hashOfSecret(secret));
  }

  revoke(person: string, token: string): Promise<void> {
    return this.store.remove(person, token);
  }

  revokeAll(person: string): Promise<void> {
    return this.store.removeAll(person);
  }
}
