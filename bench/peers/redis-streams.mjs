import { Redis } from 'ioredis';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** Whether there is a Redis to measure. */
export const hasRedis = () => spawnSync('redis-server', ['--version']).status === 0;

/** Redis Streams, one a figure, in a server of its own that has every write on the disk before it answers. */
export async function redisStreams(folder) {
  const socket = join(folder, 'redis.sock');
  const settings = { port: 0, unixsocket: socket, dir: folder, appendonly: 'yes', appendfsync: 'always', save: '' };
  const server = spawn(
    'redis-server',
    Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]),
    { stdio: 'ignore' },
  );
  const redis = new Redis(socket, { retryStrategy: () => 20, maxRetriesPerRequest: null });
  // It is tried again until the server is there.
  redis.on('error', () => undefined);
  await redis.ping();
  const fields = (revision, { id, type, data, metadata }, moment) => [
    `${moment}-${revision}`,
    'id',
    id,
    'type',
    type,
    'event',
    JSON.stringify({ data, metadata }),
  ];
  const parsed = (entries) =>
    entries.map(([id, values]) => ({ moment: Number(id.split('-')[0]), ...JSON.parse(values[5]) }));
  const history = async (stream) => parsed(await redis.xrange(stream, '-', '+'));
  return {
    name: 'Redis Streams, appendfsync always',
    append: (stream, revision, event, moment = Date.now()) => redis.xadd(stream, ...fields(revision, event, moment)),
    async load(rows) {
      const pipeline = redis.pipeline();
      for (const { stream, revision, event, moment } of rows) pipeline.xadd(stream, ...fields(revision, event, moment));
      await pipeline.exec();
    },
    history,
    async readAll() {
      let count = 0;
      for await (const keys of redis.scanStream({ count: 1_000 })) {
        const found = await Promise.all(keys.map(history));
        for (const events of found) count += events.length;
      }
      return count;
    },
    async close() {
      await redis.quit();
      server.kill();
      await once(server, 'exit');
    },
  };
}
