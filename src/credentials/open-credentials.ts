import { join } from 'node:path';
import type { Credentials } from './credentials.js';
import { openRedisCredentials } from './redis/redis-credentials.js';
import { openSqliteCredentials } from './sqlite/sqlite-credentials.js';

/**
 * The credential store of a data folder: `credentials.sqlite`. With the address of a Redis, the sessions and throttles are
 * there, so that the processes of several machines share them.
 * @throws {DatabaseUnusable} the file cannot be opened
 * @throws {WrongRedisUrl} the address is invalid
 */
export function openCredentials(folder: string, redisUrl?: string): Credentials {
  const file = openSqliteCredentials(join(folder, 'credentials.sqlite'));
  if (redisUrl === undefined) return file;
  const { sessions, throttles, close } = openRedisCredentials(redisUrl);
  return {
    ...file,
    sessions,
    throttles,
    async close() {
      await close();
      await file.close();
    },
  };
}
