import type Database from 'better-sqlite3';
import { closeSync, openSync } from 'node:fs';
import { adapterOn, openDatabase, unusable } from '../../sqlite/open-database.js';
import type { Credentials } from '../credentials.js';
import { throttleLimits, type ThrottleLimits } from '../throttles.js';
import { SqliteAccessLog } from './sqlite-access-log.js';
import { SqliteAccounts } from './sqlite-accounts.js';
import { SqliteDirectory } from './sqlite-directory.js';
import { SqliteFollows } from './sqlite-follows.js';
import { SqliteSecondFactors } from './sqlite-second-factors.js';
import { SqliteSessions } from './sqlite-sessions.js';
import { sqliteThrottles } from './sqlite-throttles.js';
import { SqliteTokens } from './sqlite-tokens.js';
import { credentialsSchema } from './schema.js';

/**
 * Opens or creates a credential store in one SQLite file, which several processes of a machine may share. Only the
 * file's owner may read it.
 * @throws {DatabaseUnusable}
 */
export function openSqliteCredentials(path: string, limits: ThrottleLimits = throttleLimits): Credentials {
  if (path !== ':memory:') createPrivately(path);
  const db = openDatabase(path, credentialsSchema);
  return adapterOn(db, () => {
    // What is removed is overwritten: an erased name, an ended secret.
    db.pragma('secure_delete = ON');
    return partsOn(db, limits);
  });
}

/** SQLite gives the files beside it the same rights. */
function createPrivately(path: string): void {
  try {
    closeSync(openSync(path, 'a', 0o600));
  } catch (error) {
    throw unusable(`${path} cannot be opened`, error);
  }
}

function partsOn(db: Database.Database, limits: ThrottleLimits): Credentials {
  const accounts = new SqliteAccounts(db);
  return {
    directory: new SqliteDirectory(db),
    accounts,
    links: accounts,
    secondFactors: new SqliteSecondFactors(db),
    sessions: new SqliteSessions(db),
    tokens: new SqliteTokens(db),
    throttles: sqliteThrottles(db, limits),
    accessLog: new SqliteAccessLog(db),
    follows: new SqliteFollows(db),
    close: async () => void db.close(),
  };
}
