import type { Instant } from '../kernel/time.js';

export interface Session {
  /** For lists and for ending it: `s_` and 20 characters. It is no secret, and stays when the secret is changed. */
  readonly id: string;
  readonly person: string;
  readonly createdAt: Instant;
  /** Last use, up to a minute old. */
  readonly usedAt: Instant;
  /** The latest end, whatever its use. */
  readonly endsAt: Instant;
  /** The browser's `User-Agent`, shortened. */
  readonly device?: string;
  /** The network address of the sign-in. */
  readonly address?: string;
  /** Whether a second factor was given. */
  readonly secondFactor: boolean;
  /** The rights of the person when the secret was given, see `Entrance`. */
  readonly rights: string;
}

/** Sessions by the hash of their secret. */
export interface SessionStore {
  add(hash: string, session: Session): Promise<void>;
  /** By its hash, or by the one before until its end. May return a session whose end has passed. */
  find(hash: string, now: Instant): Promise<Session | undefined>;
  /** Notes a use; nothing where the session is gone. */
  touch(hash: string, usedAt: Instant): Promise<void>;
  /**
   * Puts the session under another hash, for other rights; it is still found by this one until `oldEnd`, and no more by
   * one before. Of several calls for one hash, one returns true.
   */
  renew(hash: string, newHash: string, rights: string, oldEnd: Instant): Promise<boolean>;
  /**
   * Puts the session under another hash; it is found by no earlier one. The hash may be the one before until its end. Of
   * several calls for one hash, one returns true.
   */
  rotate(hash: string, newHash: string, secondFactor: boolean, now: Instant): Promise<boolean>;
  /** The sessions of a person, the last used first. */
  of(person: string): Promise<Session[]>;
  /** Ends a session of that person. Returns false where the person has none with that id. */
  end(person: string, id: string): Promise<boolean>;
  /** Ends all sessions of a person but, where given, one. */
  endAll(person: string, exceptId?: string): Promise<void>;
  /** Removes sessions whose latest end has passed; a store that does so by itself does nothing. */
  removeEnded(now: Instant): Promise<void>;
}
