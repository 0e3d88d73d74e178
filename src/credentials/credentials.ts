import type { AccessLog } from './access-log.js';
import type { Accounts } from './accounts.js';
import type { Directory } from './directory.js';
import type { Follows } from './follows.js';
import type { Links } from './links.js';
import type { SecondFactorStore } from './second-factor-store.js';
import type { SessionStore } from './session-store.js';
import type { Throttles } from './throttles.js';
import type { TokenStore } from './token-store.js';

/** The credential store: who somebody is and how they show it. It is apart from events, views and their backups. */
export interface Credentials {
  readonly directory: Directory;
  readonly accounts: Accounts;
  readonly links: Links;
  readonly secondFactors: SecondFactorStore;
  readonly sessions: SessionStore;
  readonly tokens: TokenStore;
  readonly throttles: Throttles;
  readonly accessLog: AccessLog;
  readonly follows: Follows;
  close(): Promise<void>;
}
