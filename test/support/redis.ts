import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { Redis } from 'ioredis';
import { temporaryFolder } from '../temporary-folder.js';
import { until } from './until.js';

export interface TestRedis {
  /** Without namespace: each test takes one of its own. */
  readonly url: string;
  /** The address in a namespace that no other has, with other settings behind it. */
  namespaceUrl(...settings: string[]): string;
  /** A client of its own for what a test wants to see or set. The server's end closes it. */
  readonly client: Redis;
  /** A file of its folder. */
  path(...names: string[]): string;
  /** Ends it as an operator would. Its files stay for `restart`. */
  stop(): Promise<void>;
  /** Ends it as a crash of the process does. */
  kill(): Promise<void>;
  /** Starts it again on its port and its files; with others of its settings, if any are given. */
  restart(settings?: Settings): Promise<void>;
  /** It neither answers nor ends, until it goes on. */
  pause(): void;
  resume(): void;
  /** Ends it and removes its files. */
  remove(): Promise<void>;
}

type Settings = Readonly<Record<string, string>>;

/** A real Redis on a port and in a folder of its own, with these settings of its configuration. */
export async function startRedis(settings: Settings = {}): Promise<TestRedis> {
  const folder = await temporaryFolder();
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  const cluster = settings['cluster-enabled'] === 'yes';
  // A node that has met no other does not know its own address.
  const own = {
    port: String(port),
    dir: folder.path(),
    bind: '127.0.0.1',
    save: '',
    'cluster-announce-ip': '127.0.0.1',
  };
  let namespaces = 0;
  let server: ChildProcess;

  const client = new Redis(port, { maxRetriesPerRequest: null, retryStrategy: () => 20, lazyConnect: true });
  client.on('error', () => undefined);

  async function start(chosen: Settings): Promise<void> {
    const words = Object.entries({ ...own, ...chosen });
    server = spawn(
      'redis-server',
      words.flatMap(([name, value]) => [`--${name}`, value]),
      { stdio: 'ignore' },
    );
    guard(server);
    const failed = new Promise<never>((_, reject) => server.once('error', reject));
    await Promise.race([failed, until(() => isUp(port, server))]);
    if (!cluster) return;
    // It has them already when it starts again.
    await client.call('CLUSTER', 'ADDSLOTSRANGE', '0', '16383').catch(() => undefined);
    await until(async () => (await client.cluster('INFO')).includes('cluster_state:ok'));
  }

  async function ended(signal: NodeJS.Signals): Promise<void> {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const exit = once(server, 'exit');
    server.kill(signal);
    await exit;
  }

  await start(settings);
  return {
    url,
    client,
    path: folder.path,
    namespaceUrl: (...more) => `${url}?${[`namespace=test-${++namespaces}`, ...more].join('&')}`,
    stop: () => ended('SIGTERM'),
    kill: () => ended('SIGKILL'),
    restart: (others = {}) => start({ ...settings, ...others }),
    pause: () => void server.kill('SIGSTOP'),
    resume: () => void server.kill('SIGCONT'),
    async remove() {
      client.disconnect();
      await ended('SIGKILL');
      await folder.remove();
    },
  };
}

/** However the tests end, be it that they are killed, the server does not outlive them: the guard's input ends with them. */
function guard(server: ChildProcess): void {
  if (server.pid === undefined) return;
  const stdio = ['pipe', 'ignore', 'ignore'] as const;
  const guard = spawn('sh', ['-c', `cat > /dev/null; kill -9 ${server.pid}`], { stdio: [...stdio], detached: true });
  guard.unref();
  server.once('exit', () => guard.kill());
}

/** Whether it answers: also that it wants a password first. */
async function isUp(port: number, server: ChildProcess): Promise<boolean> {
  if (server.exitCode !== null) throw new Error(`redis-server ended with ${server.exitCode}`);
  const socket = connect(port, '127.0.0.1');
  socket.write('PING\r\n');
  try {
    const [answer] = (await once(socket, 'data')) as [Buffer];
    return /^(\+PONG|-NOAUTH)/.test(answer.toString());
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
