import type { Instant } from '../kernel/time.js';
import type { LocalAccount, Subject } from './accounts.js';

/** What a one-time link is for: an account for whom has none, or another password. */
export type LinkPurpose = 'invitation' | 'password-reset';

export interface Link {
  readonly purpose: LinkPurpose;
  readonly person: string;
  readonly endsAt: Instant;
}

/** `used`: the link was used or has ended. `taken`: the account is another person's; the link stays. */
export type LinkUse = 'done' | 'used' | 'taken';

/** One-time links by the hash of their secret. */
export interface Links {
  add(hash: string, link: Link): Promise<void>;
  /** A link that was neither used nor has ended. */
  find(hash: string, now: Instant): Promise<Link | undefined>;
  /** Sets an account of the link's person and uses the link, both or neither. Of several calls for a link, one is done. */
  useForLocal(hash: string, account: Omit<LocalAccount, 'person'>): Promise<LinkUse>;
  /** Links an OpenID subject to the link's person and uses the link, both or neither. */
  useForSubject(hash: string, subject: Subject, at: Instant): Promise<LinkUse>;
  /** Ends all links of a person. */
  endAll(person: string): Promise<void>;
}
