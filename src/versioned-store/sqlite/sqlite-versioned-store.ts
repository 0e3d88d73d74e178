import type Database from 'better-sqlite3';
import { LRUCache } from 'lru-cache';
import type { Position } from '../../kernel/event-log.js';
import { strictJson, type JsonValue } from '../../kernel/json.js';
import { toInstant, toMilliseconds } from '../../kernel/time.js';
import {
  CheckpointConflict,
  UnknownView,
  type AsOf,
  type ListOptions,
  type Version,
  type VersionedStore,
  type ViewId,
  type ViewInfo,
} from '../../kernel/versioned-store.js';
import { largestInteger, openDatabase, toInteger } from '../../sqlite/open-database.js';
import { assertKey, keyRange } from '../keys.js';
import {
  createGeneration,
  dropGeneration,
  prepareGenerationStatements,
  prepareViewStatements,
  versionedStoreSchema,
  type GenerationStatements,
  type VersionRow,
  type ViewStatements,
} from './schema.js';

/** Greater than every text, as SQLite orders its types. */
const beyondAllText = Buffer.alloc(0);

/** Views in one SQLite file of their own, apart from the log: they can be thrown away and built again. */
export class SqliteVersionedStore implements VersionedStore {
  private readonly sql: ViewStatements;
  private readonly generations = new Map<number, GenerationStatements>();
  /** What lists have read, by generation and rowid; so many characters of JSON. */
  private readonly versions = new LRUCache<number, Version>({ maxSize: 16 * 2 ** 20 });

  /** @throws {DatabaseUnusable} */
  static open(path: string): SqliteVersionedStore {
    return new SqliteVersionedStore(openDatabase(path, versionedStoreSchema));
  }

  private constructor(private readonly db: Database.Database) {
    this.sql = prepareViewStatements(db);
  }

  async views(): Promise<ViewInfo[]> {
    return this.sql.all.all().map(({ checkpoint, live, ...view }) => ({
      ...view,
      checkpoint: checkpoint ?? undefined,
      live: live === 1,
    }));
  }

  async createView(name: string, version: number): Promise<ViewId> {
    return this.inTransaction(() => {
      const generation = Number(this.sql.add.run(name, version, name).lastInsertRowid);
      this.db.exec(createGeneration(generation));
      return { name, generation };
    });
  }

  async switchTo(view: ViewId): Promise<void> {
    this.inTransaction(() => {
      this.assertKnown(view);
      for (const other of this.sql.others.all(view.name, view.generation)) this.drop(other);
      this.sql.makeLive.run(view.generation);
    });
  }

  async dropView(view: ViewId): Promise<void> {
    this.inTransaction(() => {
      if (this.isKnown(view)) this.drop(view.generation);
    });
  }

  async commit(
    view: ViewId,
    versions: readonly Version[],
    checkpoint: { from: Position | undefined; to: Position },
  ): Promise<void> {
    this.inTransaction(() => {
      this.assertKnown(view);
      const actual = this.sql.checkpoint.get(view.generation) ?? undefined;
      if (actual !== checkpoint.from) throw new CheckpointConflict(view, checkpoint.from, actual);
      const sql = this.statements(view.generation);
      let last = sql.lastDocument.get() ?? 0;
      for (const { key, position, knownAt, body } of versions) {
        assertKey(key);
        let document = sql.document.get(key);
        if (document === undefined) sql.addDocument.run(key, (document = ++last));
        sql.addVersion.run(document, toMilliseconds(knownAt), toInteger(position), strictJson(body));
      }
      this.sql.moveCheckpoint.run(toInteger(checkpoint.to), view.generation);
    });
  }

  async get(view: string | ViewId, key: string, asOf?: AsOf): Promise<Version | undefined> {
    assertKey(key);
    const row = this.reading(view)?.get.get(key, ...bounds(asOf));
    return row && toVersion(row);
  }

  async list(view: string | ViewId, prefix: string, options: ListOptions = {}): Promise<Version[]> {
    const { from, before = beyondAllText } = keyRange(prefix, options.after);
    // A negative limit would mean none to SQLite.
    const limit = Math.max(0, options.limit ?? Number.MAX_SAFE_INTEGER);
    const sql = this.reading(view);
    const found = sql?.list.all(...bounds(options.asOf), from, before, limit) ?? [];
    return found.map(([key, version]) => this.version(sql!, key, version));
  }

  /** A version never changes, so what was read of it once is given again. */
  private version(sql: GenerationStatements, key: string, version: number): Version {
    const name = sql.generation * 2 ** 40 + version;
    const known = this.versions.get(name);
    if (known) return known;
    const [position, knownAt, body] = sql.version.get(version)!;
    const read = toVersion([key, position, knownAt, body]);
    this.versions.set(name, read, { size: body.length });
    return read;
  }

  async history(view: string | ViewId, key: string, asOf?: AsOf): Promise<Version[]> {
    assertKey(key);
    const rows = this.reading(view)?.history.all(key, ...bounds(asOf));
    return rows?.map(toVersion) ?? [];
  }

  async close(): Promise<void> {
    this.db.close();
  }

  /** A bare name is looked up on every call, so that its readers follow a switch, whichever process made it. */
  private reading(view: string | ViewId): GenerationStatements | undefined {
    if (typeof view !== 'string') {
      this.assertKnown(view);
      return this.statements(view.generation);
    }
    const live = this.sql.live.get(view);
    return live === undefined ? undefined : this.statements(live);
  }

  private statements(generation: number): GenerationStatements {
    let statements = this.generations.get(generation);
    if (!statements) this.generations.set(generation, (statements = prepareGenerationStatements(this.db, generation)));
    return statements;
  }

  private drop(generation: number): void {
    this.generations.delete(generation);
    this.db.exec(dropGeneration(generation));
    this.sql.remove.run(generation);
  }

  private isKnown({ name, generation }: ViewId): boolean {
    return this.sql.exists.get(name, generation) !== undefined;
  }

  private assertKnown(view: ViewId): void {
    if (!this.isKnown(view)) throw new UnknownView(`there is no view ${view.name}@${view.generation}`);
  }

  private inTransaction<Result>(work: () => Result): Result {
    return this.db.transaction(work).immediate();
  }
}

function bounds(asOf: AsOf = {}): [knownAt: number, position: bigint] {
  return [
    asOf.knownAt === undefined ? Number.MAX_SAFE_INTEGER : toMilliseconds(asOf.knownAt),
    asOf.position === undefined ? largestInteger : toInteger(asOf.position),
  ];
}

function toVersion([key, position, knownAt, body]: VersionRow): Version {
  return { key, position, knownAt: toInstant(knownAt), body: JSON.parse(body) as JsonValue };
}
