import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { Redis } from 'ioredis';
import { temporaryFolder } from '../temporary-folder.js';
import { until } from './until.js';

export interface TestRedis {
  /** Address without namespace. */
  readonly url: string;
  /** Address with a new namespace and further URL parameters. */
  namespaceUrl(...settings: string[]): string;
  /** A client for the test. `remove` closes it. */
  readonly client: Redis;
  /** Path of a file in the server's folder. */
  path(...names: string[]): string;
  /** Stops the server cleanly (SIGTERM); its files remain. */
  stop(): Promise<void>;
  /** Kills the server (SIGKILL); its files remain. */
  kill(): Promise<void>;
  /** Starts the server again with the same port and files. Given settings override the original ones. */
  restart(settings?: Settings): Promise<void>;
  /** Suspends the process (SIGSTOP), so that it does not reply. */
  pause(): void;
  resume(): void;
  /** Kills the server and removes its files. */
  remove(): Promise<void>;
}

type Settings = Readonly<Record<string, string>>;

/** Starts a redis-server with its own port and folder, and the given configuration settings. */
export async function startRedis(settings: Settings = {}): Promise<TestRedis> {
  const folder = await temporaryFolder();
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  const cluster = settings['cluster-enabled'] === 'yes';
  // `cluster-announce-ip`: a cluster node without peers does not know its own address.
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
    const configuration = Object.entries({ ...own, ...chosen });
    server = spawn(
      'redis-server',
      configuration.flatMap(([name, value]) => [`--${name}`, value]),
      { stdio: 'ignore' },
    );
    guard(server);
    const failed = new Promise<never>((_, reject) => server.once('error', reject));
    await Promise.race([failed, until(() => isUp(port, server))]);
    if (!cluster) return;
    // Fails after a restart, because the node already has the slots.
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

/**
 * Ensures that the server ends with the tests, even if they are killed. The guard process waits for the end of its
 * input, which ends with this process, and then kills the server.
 */
function guard(server: ChildProcess): void {
  if (server.pid === undefined) return;
  const stdio = ['pipe', 'ignore', 'ignore'] as const;
  const guard = spawn('sh', ['-c', `cat > /dev/null; kill -9 ${server.pid}`], { stdio: [...stdio], detached: true });
  guard.unref();
  server.once('exit', () => guard.kill());
}

/** Whether the server replies to PING, possibly with a request for authentication. */
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
