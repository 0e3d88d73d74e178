import { Cluster, Redis, type ClusterOptions, type RedisOptions } from 'ioredis';
import { once } from 'node:events';
import { StoreDamaged, StoreUnavailable } from '../../kernel/versioned-store.js';
import type { RedisPlace } from './redis-url.js';
import type { Script } from './scripts.js';

/** How long is waited, in milliseconds. */
export interface Patience {
  /** For a connection that is being made. */
  readonly connecting: number;
  /** For an answer. */
  readonly answer: number;
}

const pauses = { first: 50, longest: 2_000 };
const pauseBefore = (attempt: number): number =>
  Math.min(pauses.longest, pauses.first * 2 ** Math.min(attempt - 1, 10));

export type Argument = string | Buffer;

/**
 * The connection to one Redis, or to a cluster. It is made with the first call and heals by itself; while it is broken,
 * calls fail at once, and none waits longer than the patience it was given.
 */
export class RedisConnection {
  private readonly redis: Redis | Cluster;
  private opening: Promise<void> | undefined;
  private checking: Promise<void> | undefined;
  private lastError: Error | undefined;

  constructor(
    private readonly place: RedisPlace,
    private readonly patience: Patience,
  ) {
    this.redis = connect(place, patience);
    this.redis.on('error', (error: Error) => (this.lastError = error));
    this.redis.on('node error', (error: Error) => (this.lastError = error));
    this.redis.on('connect', () => (this.lastError = undefined));
    this.redis.on('close', () => (this.checking = undefined));
  }

  /** @throws {StoreUnavailable} @throws {StoreDamaged} */
  run({ sha, lua }: Script, keys: readonly string[], values: readonly Argument[] = []): Promise<unknown> {
    const given = [String(keys.length), ...keys, ...values];
    return this.call(async (redis) => {
      try {
        return await redis.callBuffer('evalsha', sha, ...given);
      } catch (error) {
        if (!isReply(error) || !error.message.startsWith('NOSCRIPT')) throw error;
        return redis.callBuffer('eval', lua, ...given);
      }
    });
  }

  /** @throws {StoreUnavailable} @throws {StoreDamaged} */
  async call<Answer>(command: (redis: Redis | Cluster) => Promise<Answer>): Promise<Answer> {
    await this.ready();
    try {
      return await command(this.redis);
    } catch (error) {
      throw this.translated(error);
    }
  }

  async close(): Promise<void> {
    const { redis } = this;
    const isOpen = ['connecting', 'connect', 'ready'].includes(redis.status);
    const ended = isOpen ? new Promise((resolve) => redis.once('end', resolve)) : undefined;
    redis.disconnect();
    await ended;
  }

  private async ready(): Promise<void> {
    if (this.redis.status !== 'ready') {
      await (this.opening ??= this.open().finally(() => (this.opening = undefined)));
    }
    await (this.checking ??= this.assertKeepsAll().catch((error: unknown) => {
      this.checking = undefined;
      throw error;
    }));
  }

  private async open(): Promise<void> {
    const { redis } = this;
    // Its failure is told by the events.
    if (redis.status === 'wait') redis.connect().catch(() => undefined);
    else if (!['connecting', 'connect'].includes(redis.status)) throw this.away(this.lastError);
    const settled = new AbortController();
    const { signal } = settled;
    const timer = setTimeout(() => settled.abort(), this.patience.connecting);
    try {
      await Promise.race([once(redis, 'ready', { signal }), once(redis, 'close', { signal })]);
    } catch (error) {
      throw this.away(this.lastError ?? error);
    } finally {
      clearTimeout(timer);
      settled.abort();
    }
    if ((redis.status as string) !== 'ready') throw this.away(this.lastError);
  }

  /** A Redis that may evict would lose documents unseen, and a database that does not exist is none. */
  private async assertKeepsAll(): Promise<void> {
    // ioredis goes on in database 0 where it could not select another.
    if (this.lastError?.message.includes('DB index')) throw this.away(this.lastError);
    const nodes = this.redis instanceof Cluster ? this.redis.nodes('master') : [this.redis];
    for (const node of nodes) {
      const info = await node.info('memory').catch((error: unknown) => {
        // Not everybody may ask.
        if (isReply(error) && /^(NOPERM|ERR unknown)/.test(error.message)) return '';
        throw this.translated(error);
      });
      const setting = (name: string) => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1] ?? '';
      const policy = setting('maxmemory_policy');
      if (Number(setting('maxmemory')) > 0 && policy !== 'noeviction') {
        throw new StoreUnavailable(
          `Redis would throw documents away when its memory is full (maxmemory-policy ${policy}): set it to noeviction`,
        );
      }
    }
  }

  private translated(error: unknown): unknown {
    if (!isReply(error)) return this.away(error);
    if (error.message.includes('WRONGTYPE')) {
      return new StoreDamaged(`keys of the namespace ${this.place.namespace} hold something else`, { cause: error });
    }
    return advice(error.message) === undefined ? error : this.away(error);
  }

  private away(cause: unknown): StoreUnavailable {
    const { host, port } = this.place;
    const text = messageOf(cause);
    return new StoreUnavailable(`Redis at ${host}:${port}: ${advice(text) ?? text}`, { cause });
  }
}

function connect(
  { host, port, db, username, password, tls, cluster }: RedisPlace,
  patience: Patience,
): Redis | Cluster {
  const options: RedisOptions = {
    db,
    username,
    password,
    ...(tls && { tls: {} }),
    connectTimeout: patience.connecting,
    disconnectTimeout: 100,
    commandTimeout: patience.answer,
    // A connection on which nothing comes is given up, so that a new one may be made.
    socketTimeout: patience.answer,
    // What was under way when the connection broke is said to have failed, and never sent twice.
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    enableOfflineQueue: false,
    connectionName: 'tongjian',
  };
  if (!cluster) return new Redis({ ...options, host, port, lazyConnect: true, retryStrategy: pauseBefore });
  const clusterOptions: ClusterOptions = {
    redisOptions: options,
    lazyConnect: true,
    enableOfflineQueue: false,
    clusterRetryStrategy: pauseBefore,
    // Names in a certificate are names of hosts.
    ...(tls && { dnsLookup: (address, callback) => callback(null, address) }),
  };
  return new Cluster([{ host, port }], clusterOptions);
}

/** By its name: errors of other realms, as tests have them, are of other classes. */
const isReply = (error: unknown): error is Error => (error as Error | undefined)?.name === 'ReplyError';

/** An error of a cluster says in its last node's what is wrong; that of a host with several addresses, in the first's. */
function messageOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'it does not answer';
  const { name, message, lastNodeError, errors } = error as Error & { lastNodeError?: unknown; errors?: unknown[] };
  return lastNodeError ? messageOf(lastNodeError) : message || (errors ? messageOf(errors[0]) : name);
}

const meanings: readonly [said: RegExp, meaning: string][] = [
  [/\bOOM\b/, 'it has no memory left and takes no writes: raise its maxmemory'],
  [/\bLOADING\b/, 'it is still loading its data'],
  [/\bREADONLY\b/, 'it is a read-only replica: name the primary in the address'],
  [/\bMASTERDOWN\b/, 'it is a replica that has lost its primary'],
  [/\bNOREPLICAS\b/, 'it takes no writes, for too few of its replicas answer'],
  [/\bMISCONF\b/, 'it cannot save to its disk and takes no writes: free space, and see its log'],
  [/\bCLUSTERDOWN\b/, 'the cluster is down, or not all of its slots are served'],
  [
    /\bNOAUTH\b|WRONGPASS|without any password configured/,
    'it refuses the user or the password: correct them in the address',
  ],
  [/\bNOPERM\b/, 'the user lacks a right to our keys or to a command'],
  [/\bBUSY\b/, 'it is busy with a script'],
  [/\bTRYAGAIN\b/, 'the cluster is moving slots'],
  [/\b(MOVED|ASK) \d|CROSSSLOT/, 'it is a cluster: add cluster=true to the address'],
  [/cluster support disabled/, 'it is no cluster: take cluster=true out of the address'],
  [/max number of clients/, 'it has as many clients as it takes: raise its maxclients'],
  [/DB index/, 'it does not have this database: correct the number in the address'],
];

/** What an error of Redis means for whoever runs it; undefined for one that should not be. */
const advice = (message: string): string | undefined => meanings.find(([said]) => said.test(message))?.[1];
