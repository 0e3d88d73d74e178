import { Redis } from 'ioredis';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** Whether redis-server is installed. */
export const hasRedis = () => spawnSync('redis-server', ['--version']).status === 0;

/** Starts a redis-server with the given settings, and a client that uses a Unix socket in the folder. */
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
  // Errors are ignored, because the client reconnects until the server is up.
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
