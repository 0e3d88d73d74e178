import { redisServer } from '../redis-server.mjs';

/** Redis Streams, one per figure, on a separate server that syncs every write to the disk. */
export async function redisStreams(folder) {
  const { client: redis, stop } = await redisServer(folder, { appendonly: 'yes', appendfsync: 'always' });
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
    close: stop,
  };
}
