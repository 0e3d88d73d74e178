import type { Instant } from '../kernel/time.js';

/** An account of this installation: a name and a password. */
export interface LocalAccount {
  /** As `accountName` writes it. */
  readonly name: string;
  readonly person: string;
  /** argon2id in the PHC form, with its parameters. */
  readonly passwordHash: string;
  readonly changedAt: Instant;
}

/** An account of an OpenID provider. */
export interface Subject {
  readonly issuer: string;
  readonly subject: string;
}

/** How persons sign in. A person has any number of accounts, an account belongs to one person. */
export interface Accounts {
  local(name: string): Promise<LocalAccount | undefined>;
  /** The local accounts of a person, by name. */
  localOf(person: string): Promise<LocalAccount[]>;
  /** Adds an account, or gives it another password. Returns false where the name is another person's. */
  putLocal(account: LocalAccount): Promise<boolean>;
  personOf(subject: Subject): Promise<string | undefined>;
  subjectsOf(person: string): Promise<Subject[]>;
  /** Whether anybody has an account. */
  hasAny(): Promise<boolean>;
}
