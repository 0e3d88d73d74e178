import { Redis } from 'ioredis';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** Whether there is a Redis to measure. */
export const hasRedis = () => spawnSync('redis-server', ['--version']).status === 0;

/** A Redis of its own, with these settings, and a client of it over a socket in the folder. */
export async function redisServer(folder, settings = {}) {
  const port = await freePort();
  const socket = join(folder, 'redis.sock');
  const all = { port, bind: '127.0.0.1', unixsocket: socket, dir: folder, save: '', ...settings };
  const server = spawn(
    'redis-server',
    Object.entries(all).flatMap(([name, value]) => [`--${name}`, String(value)]),
    { stdio: 'ignore' },
  );
  const client = new Redis(socket, { retryStrategy: () => 20, maxRetriesPerRequest: null });
  // It is tried again until the server is there.
  client.on('error', () => undefined);
  await client.ping();
  return {
    url: `redis://127.0.0.1:${port}`,
    client,
    async stop() {
      await client.quit();
      server.kill();
      await once(server, 'exit');
    },
  };
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
