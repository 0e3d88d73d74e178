import type { Instant } from '../kernel/time.js';

/** A credential of a program. It acts for the person who issued it, with some of the person's permissions. */
export interface Token {
  /** `t_` and 20 characters; no secret. */
  readonly id: string;
  readonly person: string;
  readonly title: string;
  readonly permissions: readonly string[];
  /** Only in this plan. */
  readonly plan?: string;
  /** Only for this unit and what is below it. */
  readonly unit?: string;
  readonly from: Instant;
  readonly until: Instant;
  readonly revokedAt?: Instant;
}

/** Tokens by the hash of their secret. */
export interface TokenStore {
  add(hash: string, token: Token): Promise<void>;
  /** May return a token that was revoked or whose end has passed. */
  find(hash: string): Promise<Token | undefined>;
  /** All tokens of a person, revoked ones included, the latest first. */
  of(person: string): Promise<Token[]>;
  /** Returns false where the person has no such token in force. */
  revoke(person: string, id: string, at: Instant): Promise<boolean>;
  /** Revokes all tokens of a person. Returns the ids of those that were in force. */
  revokeAll(person: string, at: Instant): Promise<string[]>;
}
