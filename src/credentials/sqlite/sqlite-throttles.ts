import type Database from 'better-sqlite3';
import { RateLimiterSQLite } from 'rate-limiter-flexible';
import { Limiters } from '../limiters.js';
import type { ThrottleLimits } from '../throttles.js';

/**
 * Counts in the table `throttles`, which the schema creates. Counts that have ended are removed with the next attempt: the
 * library would remove them by a timer, which goes on after the file is closed.
 */
export function sqliteThrottles(db: Database.Database, limits: ThrottleLimits): Limiters {
  const removeEnded = db.prepare('DELETE FROM throttles WHERE expire < ?');
  return new Limiters(limits, (options) => {
    const limiter = new RateLimiterSQLite({
      ...options,
      storeClient: db,
      storeType: 'better-sqlite3',
      tableName: 'throttles',
      tableCreated: true,
      clearExpiredByTimeout: false,
    });
    return {
      consume(key) {
        removeEnded.run(Date.now());
        return limiter.consume(key);
      },
      delete: (key) => limiter.delete(key),
    };
  });
}
