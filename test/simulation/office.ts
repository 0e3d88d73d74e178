import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Engine } from '../../src/engine.js';
import { SqliteEventLog } from '../../src/event-log/sqlite/sqlite-event-log.js';
import type { EventLog } from '../../src/kernel/event-log.js';
import type { NewEvent } from '../../src/kernel/event.js';
import type { VersionedStore } from '../../src/kernel/versioned-store.js';
import { SqliteVersionedStore } from '../../src/versioned-store/sqlite/sqlite-versioned-store.js';
import { MemoryFileStore } from '../support/memory-file-store.js';
import type { MovingClock } from '../support/moving-clock.js';
import { Faults, FaultyFiles, FaultyLog, FaultyStore } from './faults.js';

/** State of the views after a crash. Views may be deleted at any time, and after a power failure they may be older. */
export type ViewsAfterCrash = 'kept' | 'older' | 'deleted';

/** Defects that a spec introduces on purpose, to test that the simulation finds them. */
export interface Sabotage {
  readonly log?: (log: EventLog) => EventLog;
  readonly store?: (store: VersionedStore) => VersionedStore;
}

interface Running {
  readonly folder: string;
  readonly faults: Faults;
  readonly sqlite: SqliteEventLog;
  readonly engine: Engine;
}

/**
 * An engine with its files, simulating a process that can crash. On a crash the files are copied as they are at that
 * moment, calls in flight are lost, and a new engine starts on the copy.
 */
export class Office {
  /** Number of folders created so far. */
  private folders = 0;
  private running!: Running;
  // In memory, because the order in which file operations complete is not deterministic.
  private readonly files = new MemoryFileStore();

  constructor(
    private readonly root: string,
    private readonly clock: MovingClock,
    private readonly onAppend: (stream: string, events: readonly NewEvent[]) => void,
    private readonly sabotage: Sabotage = {},
  ) {}

  get engine(): Engine {
    return this.running.engine;
  }

  get faults(): Faults {
    return this.running.faults;
  }

  /** The log without fault injection. */
  get sqlite(): SqliteEventLog {
    return this.running.sqlite;
  }

  async open(folder = this.newFolder()): Promise<void> {
    const { log: sabotagedLog = (log) => log, store: sabotagedStore = (store) => store } = this.sabotage;
    const faults = new Faults();
    const sqlite = SqliteEventLog.open(join(folder, 'log.sqlite'), { clock: this.clock });
    const store = SqliteVersionedStore.open(join(folder, 'views.sqlite'));
    const engine = new Engine({
      log: new FaultyLog(sabotagedLog(sqlite), faults, this.onAppend),
      store: new FaultyStore(sabotagedStore(store), faults),
      files: new FaultyFiles(this.files, faults),
      clock: this.clock,
    });
    this.running = { folder, faults, sqlite, engine };
    await engine.start();
  }

  async restart(): Promise<void> {
    const { folder } = this.running;
    await this.close();
    await this.open(folder);
  }

  async crash(views: ViewsAfterCrash): Promise<void> {
    const { folder, faults, engine } = this.running;
    const next = this.newFolder();
    copy('log.sqlite', folder, next);
    if (views === 'kept') copy('views.sqlite', folder, next);
    if (views === 'older') copy('views.sqlite', join(this.root, 'older'), next);
    mkdirSync(join(this.root, 'older'), { recursive: true });
    copy('views.sqlite', folder, join(this.root, 'older'));
    faults.crashed = true;
    await engine.close();
    rmSync(folder, { recursive: true });
    await this.open(next);
  }

  async close(): Promise<void> {
    await this.running.engine.close();
  }

  private newFolder(): string {
    const folder = join(this.root, `run-${++this.folders}`);
    mkdirSync(folder);
    return folder;
  }
}

/** Copies a database with its write-ahead log. Synchronous, so the copy is consistent. */
function copy(database: string, from: string, to: string): void {
  for (const file of [database, `${database}-wal`]) {
    rmSync(join(to, file), { force: true });
    if (existsSync(join(from, file))) copyFileSync(join(from, file), join(to, file));
  }
}
