import type { Clock } from '../kernel/time.js';
import { Authentication } from './authentication.js';
import type { Credentials } from './credentials.js';
import type { Entrance } from './entrance.js';
import { OwnAccounts } from './own-accounts.js';
import { SecondFactor } from './second-factor.js';
import type { SecretKey } from './secret-key.js';
import type { SecretCookie } from './session-cookie.js';
import { Sessions, type SessionEnds } from './sessions.js';
import { SignIn } from './sign-in.js';
import { Tokens } from './tokens.js';

/** What the services work on. */
export interface ServiceParts {
  readonly credentials: Credentials;
  readonly key: SecretKey;
  readonly entrance: Entrance;
  readonly cookie: SecretCookie;
  readonly clock: Clock;
  readonly ends?: SessionEnds;
}

/** The credential store and all that is done with it. */
export interface CredentialServices extends ServiceParts {
  readonly sessions: Sessions;
  readonly tokens: Tokens;
  readonly secondFactor: SecondFactor;
  readonly signIn: SignIn;
  readonly ownAccounts: OwnAccounts;
  readonly authentication: Authentication;
}

export function credentialServices(parts: ServiceParts): CredentialServices {
  const { credentials, key, entrance, cookie, clock, ends } = parts;
  const sessions = new Sessions(credentials.sessions, clock, ends);
  const tokens = new Tokens(credentials.tokens);
  const secondFactor = new SecondFactor(credentials, key, clock);
  return {
    ...parts,
    sessions,
    tokens,
    secondFactor,
    signIn: new SignIn(credentials, secondFactor, sessions, entrance, clock),
    ownAccounts: new OwnAccounts(credentials, sessions, entrance, clock),
    authentication: new Authentication(credentials, sessions, tokens, entrance, cookie, clock),
  };
}
