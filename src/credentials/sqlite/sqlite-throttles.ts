import type Database from 'better-sqlite3';
import { RateLimiterSQLite } from 'rate-limiter-flexible';
import { Limiters } from '../limiters.js';
import type { ThrottleLimits } from '../throttles.js';

/** Counts in the table `throttles`, which the schema creates. */
export const sqliteThrottles = (db: Database.Database, limits: ThrottleLimits): Limiters =>
  new Limiters(
    limits,
    (options) =>
      new RateLimiterSQLite({
        ...options,
        storeClient: db,
        storeType: 'better-sqlite3',
        tableName: 'throttles',
        tableCreated: true,
        clearExpiredByTimeout: true,
      }),
  );
