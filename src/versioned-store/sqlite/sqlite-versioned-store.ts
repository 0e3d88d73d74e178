import type Database from 'better-sqlite3';
import type { Position } from '../../kernel/position.js';
import { strictJson } from '../../kernel/json.js';
import { toMilliseconds, type Instant } from '../../kernel/time.js';
import {
  CheckpointConflict,
  UnknownView,
  assertVersion,
  isGeneration,
  nameOf,
  type AsOf,
  type ListOptions,
  type ReadView,
  type SwitchOptions,
  type Version,
  type VersionedStore,
  type ViewId,
  type ViewInfo,
  type ViewOptions,
  type WrittenDocument,
} from '../../kernel/versioned-store.js';
import { adapterOn, openDatabase, toInteger } from '../../sqlite/open-database.js';
import { assertNotBehind } from '../checkpoints.js';
import { assertKey, keyRange } from '../keys.js';
import { boundsOf, checkedBody, type Direction, type Generation, type Range, type StorableRow } from './generation.js';
import { prepareViewStatements, versionedStoreSchema, type ViewStatements } from './schema.js';
import { createSingleVersions, dropSingleVersions, SingleVersions } from './single-versions.js';
import { createVersions, dropVersions, Versions } from './versions.js';

/** Upper bound of all keys: in SQLite a blob is greater than any text. */
const beyondAllText = Buffer.alloc(0);

/** A versioned store in a SQLite file. The file is separate from the log, so that it can be deleted and rebuilt. */
export class SqliteVersionedStore implements VersionedStore {
  private readonly sql: ViewStatements;
  private readonly generations = new Map<number, Generation>();

  /** @throws {DatabaseUnusable} the file cannot be opened or created as a versioned store */
  static open(path: string): SqliteVersionedStore {
    return adapterOn(openDatabase(path, versionedStoreSchema), (db) => new SqliteVersionedStore(db));
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

  async createView(name: string, version: number, { once }: ViewOptions = {}): Promise<ViewId> {
    return this.inTransaction(() => {
      const generation = Number(this.sql.add.run(name, version, once ? 1 : 0, name).lastInsertRowid);
      this.db.exec(once ? createSingleVersions(generation) : createVersions(generation));
      return { name, generation };
    });
  }

  async switchTo(view: ViewId, { notBehind }: SwitchOptions = {}): Promise<void> {
    this.inTransaction(() => {
      this.assertKnown(view);
      const live = this.sql.live.get(view.name);
      if (notBehind && live) assertNotBehind(view, this.checkpoint(view.generation), this.checkpoint(live.generation));
      for (const generation of this.sql.others.all(view.name, view.generation)) this.drop({ ...view, generation });
      this.sql.makeLive.run(view.generation);
    });
  }

  async dropView(view: ViewId): Promise<void> {
    this.inTransaction(() => {
      if (this.isKnown(view)) this.drop(view);
    });
  }

  async commit(
    view: ViewId,
    versions: readonly Version[],
    checkpoint: { from: Position | undefined; to: Position },
  ): Promise<void> {
    try {
      this.inTransaction(() => {
        this.assertKnown(view);
        const actual = this.checkpoint(view.generation);
        if (actual !== checkpoint.from) throw new CheckpointConflict(view, checkpoint.from, actual);
        this.generation(view).add(toRows(versions));
        this.sql.moveCheckpoint.run(toInteger(checkpoint.to), view.generation);
      });
    } catch (error) {
      // Its cache may contain document ids of the transaction that was rolled back.
      this.generations.delete(view.generation);
      throw error;
    }
  }

  async get(view: ReadView, key: string, asOf?: AsOf): Promise<Version | undefined> {
    assertKey(key);
    return this.reading(view)?.get(key, boundsOf(asOf));
  }

  async list(view: ReadView, prefix: string, options: ListOptions = {}): Promise<Version[]> {
    return this.reading(view)?.list(rangeOf(prefix, options), boundsOf(options.asOf), directionOf(options)) ?? [];
  }

  async listWritten(view: ReadView, prefix: string, options: ListOptions = {}): Promise<WrittenDocument[]> {
    return (
      this.reading(view)?.listWritten(rangeOf(prefix, options), boundsOf(options.asOf), directionOf(options)) ?? []
    );
  }

  async history(view: ReadView, key: string, asOf?: AsOf): Promise<Version[]> {
    assertKey(key);
    return this.reading(view)?.history(key, boundsOf(asOf)) ?? [];
  }

  async close(): Promise<void> {
    this.db.close();
  }

  /** Looks up the live generation on every call, so that readers see a switch by another process. */
  private reading(view: ReadView): Generation | undefined {
    if (isGeneration(view)) {
      this.assertKnown(view);
      return this.generation(view);
    }
    const live = this.sql.live.get(nameOf(view));
    if (!live) return undefined;
    assertVersion(view, live.version);
    return this.generation(live);
  }

  private generation(view: ViewId): Generation {
    const known = this.generations.get(view.generation);
    if (known) return known;
    const made = this.isOnce(view) ? new SingleVersions(this.db, view) : new Versions(this.db, view.generation);
    this.generations.set(view.generation, made);
    return made;
  }

  private drop(view: ViewId): void {
    this.generations.delete(view.generation);
    this.db.exec(this.isOnce(view) ? dropSingleVersions(view.generation) : dropVersions(view.generation));
    this.sql.remove.run(view.generation);
  }

  private checkpoint(generation: number): Position | undefined {
    return this.sql.checkpoint.get(generation) ?? undefined;
  }

  private isOnce({ generation }: ViewId): boolean {
    return this.sql.once.get(generation) === 1;
  }

  private isKnown({ name, generation }: ViewId): boolean {
    return this.sql.exists.get(name, generation) !== undefined;
  }

  private assertKnown(view: ViewId): void {
    if (!this.isKnown(view)) throw new UnknownView(`view ${view.name}@${view.generation} does not exist`);
  }

  private inTransaction<Result>(work: () => Result): Result {
    return this.db.transaction(work).immediate();
  }
}

const directionOf = ({ reverse = false }: ListOptions): Direction => (reverse ? 'DESC' : 'ASC');

function rangeOf(prefix: string, { limit = Number.MAX_SAFE_INTEGER, ...options }: ListOptions): Range {
  const { from, before = beyondAllText } = keyRange(prefix, options);
  // SQLite treats a negative limit as no limit.
  return [from, before, Math.max(0, limit)];
}

function toRows(versions: readonly Version[]): StorableRow[] {
  // Versions of one event have the same known time, mostly also those of one append. So it is parsed only when it
  // changes.
  let moment: Instant | undefined;
  let milliseconds = 0;
  return versions.map(({ key, position, knownAt, body }) => {
    assertKey(key);
    if (knownAt !== moment) milliseconds = toMilliseconds((moment = knownAt));
    return [key, milliseconds, toInteger(position), checkedBody(key, milliseconds, position, strictJson(body))];
  });
}
