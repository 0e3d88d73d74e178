import { join } from 'node:path';
import './collector.js';
import { ConfigError, isShareable, readConfig, redacted, type Config, type LogAddress } from '../config.js';
import { Engine, type Adapters } from '../engine.js';
import { EventStoreDbAddressError } from '../event-log/eventstoredb/address.js';
import { EventStoreDbEventLog } from '../event-log/eventstoredb/eventstoredb-event-log.js';
import { SqliteEventLog } from '../event-log/sqlite/sqlite-event-log.js';
import { watchedLog, type AppendObserver } from '../event-log/watched-log.js';
import { FolderFileStore } from '../file-store/folder/folder-file-store.js';
import { systemClock, type Clock } from '../kernel/time.js';
import { WrongRedisUrl } from '../versioned-store/redis/redis-url.js';
import { RedisVersionedStore } from '../versioned-store/redis/redis-versioned-store.js';
import { markViewsDamaged, openViews } from './views-file.js';

/** Who is told of what is appended. */
export interface LogObservers {
  readonly onAppend?: AppendObserver;
  /** An append without an answer is repeated. */
  readonly onRepeat?: () => void;
}

/**
 * The engine on the log and the views that the configuration names. A server that is away is no error yet: its first use
 * says so.
 * @throws {DatabaseUnusable}
 * @throws {EventLogDamaged} the end of an embedded log is not sound
 * @throws {ConfigError} an address that its client does not understand
 */
export function openEngine(
  config: Config,
  clock: Clock = systemClock,
  { onAppend, onRepeat }: LogObservers = {},
): Engine {
  const { data, role, log: address, views } = config;
  const { log, keeping } = openLog(address, clock, onRepeat);
  return new Engine({
    log: onAppend ? watchedLog(log, onAppend) : log,
    keeping,
    ...openStore(views),
    files: new FolderFileStore(join(data, 'files')),
    clock,
    projecting: role === 'web' ? 'elsewhere' : isShareable(config) ? 'shared' : 'alone',
  });
}

/** The engine with everything in one data folder. */
export const openEmbedded = (folder: string, clock: Clock = systemClock): Engine =>
  openEngine(readConfig({}, { data: folder }), clock);

function openLog(address: LogAddress, clock: Clock, onRepeat?: () => void): Pick<Adapters, 'log' | 'keeping'> {
  if (address.kind === 'eventstoredb') {
    return { log: openEventStoreDb(address.url, 'TONGJIAN_EVENT_LOG', onRepeat) };
  }
  const log = SqliteEventLog.open(address.path, { clock });
  log.assertSoundEnd();
  return { log, keeping: log };
}

/** @throws {ConfigError} naming `setting` */
export function openEventStoreDb(url: string, setting: string, onRepeat?: () => void): EventStoreDbEventLog {
  try {
    return EventStoreDbEventLog.open(url, {}, onRepeat);
  } catch (error) {
    if (!(error instanceof EventStoreDbAddressError)) throw error;
    throw new ConfigError(`${setting}=${redacted(url)} 不能用作 EventStoreDB 的地址：${error.message}`);
  }
}

function openRedis(url: string): RedisVersionedStore {
  try {
    return RedisVersionedStore.open(url);
  } catch (error) {
    if (!(error instanceof WrongRedisUrl)) throw error;
    throw new ConfigError(`TONGJIAN_VIEWS=${redacted(url)} 不能用作 Redis 的地址：${error.message}`);
  }
}

function openStore(address: Config['views']): Pick<Adapters, 'store' | 'onStoreDamage'> {
  if (address.kind === 'redis') return { store: openRedis(address.url) };
  const { path } = address;
  return { store: openViews(path), onStoreDamage: ({ message }) => markViewsDamaged(path, message) };
}
