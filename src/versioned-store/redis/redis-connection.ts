import { Cluster, Redis, type ClusterOptions, type RedisOptions } from 'ioredis';
import { once } from 'node:events';
import { StoreDamaged, StoreUnavailable } from '../../kernel/versioned-store.js';
import type { RedisPlace } from './redis-url.js';
import type { Script } from './scripts.js';

/** Timeouts in milliseconds. */
export interface Timeouts {
  /** For opening a connection. */
  readonly connectMs: number;
  /** For the reply to a command. */
  readonly commandMs: number;
}

/** Milliseconds before a reconnect: doubled from `first` up to `longest`. */
const pauses = { first: 50, longest: 2_000 };
const pauseBefore = (attempt: number): number =>
  Math.min(pauses.longest, pauses.first * 2 ** Math.min(attempt - 1, 10));

export type Argument = string | Buffer;

/**
 * A connection to one Redis server or a cluster. It is opened by the first call and reconnects automatically. While it is
 * broken, calls fail at once; otherwise a call fails after its timeout.
 */
export class RedisConnection {
  private readonly redis: Redis | Cluster;
  private opening: Promise<void> | undefined;
  private checking: Promise<void> | undefined;
  private lastError: Error | undefined;

  constructor(
    private readonly place: RedisPlace,
    private readonly timeouts: Timeouts,
  ) {
    this.redis = connect(place, timeouts);
    this.redis.on('error', (error: Error) => (this.lastError = error));
    this.redis.on('node error', (error: Error) => (this.lastError = error));
    this.redis.on('connect', () => (this.lastError = undefined));
    this.redis.on('close', () => (this.checking = undefined));
  }

  /**
   * Runs a Lua script, by its SHA-1 if the server has it cached.
   * @throws {StoreUnavailable} Redis cannot be reached or refuses the call
   * @throws {StoreDamaged} a key has the wrong type
   */
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

  /**
   * Runs a command once the connection is ready.
   * @throws {StoreUnavailable} Redis cannot be reached or refuses the call
   * @throws {StoreDamaged} a key has the wrong type
   */
  async call<Answer>(command: (redis: Redis | Cluster) => Promise<Answer>): Promise<Answer> {
    await this.ready();
    try {
      return await command(this.redis);
    } catch (error) {
      throw this.translate(error);
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
    await (this.checking ??= this.assertUsable().catch((error: unknown) => {
      this.checking = undefined;
      throw error;
    }));
  }

  private async open(): Promise<void> {
    const { redis } = this;
    // A failure is reported by the `error` and `close` events.
    if (redis.status === 'wait') redis.connect().catch(() => undefined);
    else if (!['connecting', 'connect'].includes(redis.status)) throw this.unavailable(this.lastError);
    const settled = new AbortController();
    const { signal } = settled;
    const timer = setTimeout(() => settled.abort(), this.timeouts.connectMs);
    try {
      await Promise.race([once(redis, 'ready', { signal }), once(redis, 'close', { signal })]);
    } catch (error) {
      throw this.unavailable(this.lastError ?? error);
    } finally {
      clearTimeout(timer);
      settled.abort();
    }
    if ((redis.status as string) !== 'ready') throw this.unavailable(this.lastError);
  }

  /** Refuses a Redis that may evict keys, which would silently lose documents, and a database that does not exist. */
  private async assertUsable(): Promise<void> {
    // If ioredis cannot select the database, it continues with database 0.
    if (this.lastError?.message.includes('DB index')) throw this.unavailable(this.lastError);
    const nodes = this.redis instanceof Cluster ? this.redis.nodes('master') : [this.redis];
    for (const node of nodes) {
      const info = await node.info('memory').catch((error: unknown) => {
        // The user may lack the right to run INFO.
        if (isReply(error) && /^(NOPERM|ERR unknown)/.test(error.message)) return '';
        throw this.translate(error);
      });
      const setting = (name: string) => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1] ?? '';
      const policy = setting('maxmemory_policy');
      if (Number(setting('maxmemory')) > 0 && policy !== 'noeviction') {
        throw new StoreUnavailable(
          `Redis would evict documents when its memory is full (maxmemory-policy ${policy}): set it to noeviction`,
        );
      }
    }
  }

  /**
   * Translates an error of ioredis to `StoreUnavailable` or `StoreDamaged`; an unexpected reply is returned unchanged.
   */
  private translate(error: unknown): unknown {
    if (!isReply(error)) return this.unavailable(error);
    if (error.message.includes('WRONGTYPE')) {
      return new StoreDamaged(`a key of the namespace ${this.place.namespace} has the wrong type`, { cause: error });
    }
    return explanationOf(error.message) === undefined ? error : this.unavailable(error);
  }

  private unavailable(cause: unknown): StoreUnavailable {
    const { host, port } = this.place;
    const text = messageOf(cause);
    return new StoreUnavailable(`Redis at ${host}:${port}: ${explanationOf(text) ?? text}`, { cause });
  }
}

function connect(
  { host, port, db, username, password, tls, cluster }: RedisPlace,
  timeouts: Timeouts,
): Redis | Cluster {
  const options: RedisOptions = {
    db,
    username,
    password,
    ...(tls && { tls: {} }),
    connectTimeout: timeouts.connectMs,
    disconnectTimeout: 100,
    commandTimeout: timeouts.commandMs,
    // Closes a silent connection, so that it is reopened.
    socketTimeout: timeouts.commandMs,
    // A command that was in flight when the connection broke fails; it is never sent twice.
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
    // No DNS lookup with TLS: certificates contain host names, not addresses.
    ...(tls && { dnsLookup: (address, callback) => callback(null, address) }),
  };
  return new Cluster([{ host, port }], clusterOptions);
}

/** Checked by name, because `instanceof` fails for errors of another realm (as in jest). */
const isReply = (error: unknown): error is Error => (error as Error | undefined)?.name === 'ReplyError';

/**
 * The useful message: of a cluster error, that of `lastNodeError`; of a host with several addresses, the first one's.
 */
function messageOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'no reply';
  const { name, message, lastNodeError, errors } = error as Error & { lastNodeError?: unknown; errors?: unknown[] };
  return lastNodeError ? messageOf(lastNodeError) : message || (errors ? messageOf(errors[0]) : name);
}

/** Errors of Redis with their explanation for the operator. */
const explanations: readonly [pattern: RegExp, explanation: string][] = [
  [/\bOOM\b/, 'out of memory, writes are refused: raise maxmemory'],
  [/\bLOADING\b/, 'still loading its data'],
  [/\bREADONLY\b/, 'read-only replica: use the address of the primary'],
  [/\bMASTERDOWN\b/, 'replica without connection to its primary'],
  [/\bNOREPLICAS\b/, 'too few replicas are connected, writes are refused'],
  [/\bMISCONF\b/, 'cannot save to its disk, writes are refused: free disk space, and see the log of Redis'],
  [/\bCLUSTERDOWN\b/, 'the cluster is down, or not all of its slots are served'],
  [
    /\bNOAUTH\b|WRONGPASS|without any password configured/,
    'wrong user or password: correct the user or the password in the address',
  ],
  [/\bNOPERM\b/, 'the user lacks a right to the keys or to a command'],
  [/\bBUSY\b/, 'busy with a script'],
  [/\bTRYAGAIN\b/, 'the cluster is moving slots'],
  [/\b(MOVED|ASK) \d|CROSSSLOT/, 'the server is a cluster: add cluster=true to the address'],
  [/cluster support disabled/, 'the server is not a cluster: remove cluster=true from the address'],
  [/max number of clients/, 'too many clients: raise maxclients'],
  [/DB index/, 'the database does not exist: correct the number in the address'],
];

/** The explanation of an error of Redis; undefined for an unexpected error. */
const explanationOf = (message: string): string | undefined =>
  explanations.find(([pattern]) => pattern.test(message))?.[1];
