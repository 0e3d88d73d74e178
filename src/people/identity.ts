import { Authentication } from '../credentials/authentication.js';
import type { Credentials } from '../credentials/credentials.js';
import { OwnAccounts } from '../credentials/own-accounts.js';
import { SecondFactor } from '../credentials/second-factor.js';
import type { Entrance } from '../credentials/entrance.js';
import type { SecretKey } from '../credentials/secret-key.js';
import { sessionCookie, type SecretCookie } from '../credentials/session-cookie.js';
import { Sessions, type SessionEnds } from '../credentials/sessions.js';
import { SignIn } from '../credentials/sign-in.js';
import { Tokens } from '../credentials/tokens.js';
import type { Clock } from '../kernel/time.js';

export const IDENTITY = Symbol('Identity');

/** What the credential store is used through: all services on it, with the rights that say who may enter. */
export class Identity<Rights extends Entrance = Entrance> {
  readonly cookie: SecretCookie;
  readonly sessions: Sessions;
  readonly tokens: Tokens;
  readonly secondFactor: SecondFactor;
  readonly signIn: SignIn;
  readonly accounts: OwnAccounts;
  readonly authentication: Authentication;

  /** `tls`: people reach the server over TLS, which a proxy in front of it ends. */
  constructor(
    readonly credentials: Credentials,
    readonly key: SecretKey,
    readonly rights: Rights,
    readonly clock: Clock,
    tls: boolean,
    ends?: Partial<SessionEnds>,
  ) {
    this.cookie = sessionCookie(tls);
    this.sessions = new Sessions(credentials.sessions, clock, ends);
    this.tokens = new Tokens(credentials.tokens);
    this.secondFactor = new SecondFactor(credentials, key, clock);
    this.signIn = new SignIn(credentials, this.secondFactor, this.sessions, rights, clock);
    this.accounts = new OwnAccounts(credentials, this.sessions, rights, clock);
    this.authentication = new Authentication(credentials, this.sessions, this.tokens, rights, this.cookie, clock);
  }
}
