import { join } from 'node:path';
import './collector.js';
import { ConfigError, isShareable, redacted, type Config, type LogAddress } from '../config.js';
import { EventStoreDbAddressError } from '../event-log/eventstoredb/address.js';
import { EventStoreDbEventLog } from '../event-log/eventstoredb/eventstoredb-event-log.js';
import { SqliteEventLog } from '../event-log/sqlite/sqlite-event-log.js';
import { watchedLog, type AppendObserver } from '../event-log/watched-log.js';
import { FolderFileStore } from '../file-store/folder/folder-file-store.js';
import type { EventLog, LogKeeping } from '../kernel/event-log.js';
import type { FileStore } from '../kernel/file-store.js';
import { systemClock, type Clock } from '../kernel/time.js';
import type { StoreDamaged, VersionedStore } from '../kernel/versioned-store.js';
import { WrongRedisUrl } from '../versioned-store/redis/redis-url.js';
import { RedisVersionedStore } from '../versioned-store/redis/redis-versioned-store.js';
import { markViewsDamaged, openViews } from './views-file.js';

/** What the engine runs on. */
export interface Adapters {
  readonly log: EventLog;
  /** Present where the log is kept on a disk of this machine. */
  readonly keeping?: LogKeeping;
  readonly store: VersionedStore;
  /** Called once, when the store is found damaged: it has to be rebuilt at the next start. */
  readonly onStoreDamage?: (damage: StoreDamaged) => void;
  readonly files: FileStore;
  readonly clock?: Clock;
  /** Whether this process writes the views, alone or with others, or leaves that to projectors elsewhere. */
  readonly projecting?: 'alone' | 'shared' | 'elsewhere';
}

/** Callbacks for appends. */
export interface LogObservers {
  readonly onAppend?: AppendObserver;
  /** Called when an append is repeated because its outcome is unknown. */
  readonly onRepeat?: () => void;
}

/**
 * Opens the adapters that the configuration names. A server that cannot be reached is not an error here; the first call
 * to it fails.
 * @throws {DatabaseUnusable} an embedded file cannot be opened
 * @throws {EventLogDamaged} the last event of an embedded log is damaged
 * @throws {ConfigError} an address is invalid
 */
export function openAdapters(
  config: Config,
  clock: Clock = systemClock,
  { onAppend, onRepeat }: LogObservers = {},
): Adapters {
  const { data, role, log: address, views } = config;
  const { log, keeping } = openLog(address, clock, onRepeat);
  return {
    log: onAppend ? watchedLog(log, onAppend) : log,
    keeping,
    ...openStore(views),
    files: new FolderFileStore(join(data, 'files')),
    clock,
    projecting: role === 'web' ? 'elsewhere' : isShareable(config) ? 'shared' : 'alone',
  };
}

function openLog(address: LogAddress, clock: Clock, onRepeat?: () => void): Pick<Adapters, 'log' | 'keeping'> {
  if (address.kind === 'eventstoredb') {
    return { log: openEventStoreDb(address.url, 'TONGJIAN_EVENT_LOG', onRepeat) };
  }
  const log = SqliteEventLog.open(address.path, { clock });
  log.assertSoundEnd();
  return { log, keeping: log };
}

/** @throws {ConfigError} the address is invalid; the message names `setting` */
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
