import { comparePositions, type Position } from '../../kernel/position.js';
import { strictJson, WrittenJson, type JsonValue } from '../../kernel/json.js';
import { toInstant, toMilliseconds } from '../../kernel/time.js';
import {
  CheckpointConflict,
  SecondVersion,
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
import { assertNotBehind } from '../checkpoints.js';
import { assertKey, compareKeys } from '../keys.js';

/**
 * A stored version. The body is JSON text, so that a caller that changes a returned object does not change the store.
 */
interface Stored extends Version<string> {
  /** Known time in milliseconds since 1970. */
  readonly known: number;
}

interface Generation {
  readonly id: ViewId;
  readonly version: number;
  readonly once: boolean;
  /** Versions by document key, ordered by known time, then position. */
  readonly documents: Map<string, Stored[]>;
  checkpoint: Position | undefined;
  live: boolean;
}

/** In-memory store for tests: simple, not fast. It is the reference for the other adapters. */
export class MemoryVersionedStore implements VersionedStore {
  private generations: Generation[] = [];
  private lastGeneration = 0;

  async views(): Promise<ViewInfo[]> {
    return this.generations.map(({ id, version, checkpoint, live }) => ({ ...id, version, checkpoint, live }));
  }

  async createView(name: string, version: number, { once }: ViewOptions = {}): Promise<ViewId> {
    const id = { name, generation: ++this.lastGeneration };
    const live = !this.generations.some((generation) => generation.id.name === name && generation.live);
    this.generations.push({ id, version, once: once ?? false, documents: new Map(), checkpoint: undefined, live });
    return id;
  }

  async switchTo(view: ViewId, { notBehind }: SwitchOptions = {}): Promise<void> {
    const chosen = this.known(view);
    if (notBehind) assertNotBehind(view, chosen.checkpoint, this.reading(view.name)?.checkpoint);
    this.generations = this.generations.filter(
      (generation) => generation.id.name !== view.name || generation === chosen,
    );
    chosen.live = true;
  }

  async dropView(view: ViewId): Promise<void> {
    this.generations = this.generations.filter(({ id }) => !same(id, view));
  }

  async commit(
    view: ViewId,
    versions: readonly Version[],
    checkpoint: { from: Position | undefined; to: Position },
  ): Promise<void> {
    const generation = this.known(view);
    if (generation.checkpoint !== checkpoint.from) {
      throw new CheckpointConflict(view, checkpoint.from, generation.checkpoint);
    }
    // All versions are validated and serialised before any is stored.
    const stored = versions.map(({ key, position, knownAt, body }): Stored => {
      assertKey(key);
      const known = toMilliseconds(knownAt);
      return { key, position, known, knownAt: toInstant(known), body: strictJson(body) };
    });
    if (generation.once) assertFirst(generation, stored);
    for (const version of stored) {
      const document = generation.documents.get(version.key) ?? [];
      const isThere = (other: Stored) => generation.once || compareVersions(other, version) === 0;
      if (!document.some(isThere)) document.push(version);
      generation.documents.set(version.key, document.sort(compareVersions));
    }
    generation.checkpoint = checkpoint.to;
  }

  async get(view: ReadView, key: string, asOf?: AsOf): Promise<Version | undefined> {
    return (await this.history(view, key, asOf)).at(-1);
  }

  async list(view: ReadView, prefix: string, options?: ListOptions): Promise<Version[]> {
    return this.found(view, prefix, options).map(toVersion);
  }

  async listWritten(view: ReadView, prefix: string, options?: ListOptions): Promise<WrittenDocument[]> {
    return this.found(view, prefix, options).map(({ key, body }) => ({ key, body: new WrittenJson(body) }));
  }

  private found(view: ReadView, prefix: string, options: ListOptions = {}): Stored[] {
    const { after, reverse = false } = options;
    assertKey(prefix);
    const order = (a: string, b: string) => (reverse ? compareKeys(b, a) : compareKeys(a, b));
    return [...(this.reading(view)?.documents.values() ?? [])]
      .flatMap((document) => upTo(document, options.asOf).slice(-1))
      .filter(({ key }) => key.startsWith(prefix) && (after === undefined || order(key, after) > 0))
      .sort((a, b) => order(a.key, b.key))
      .slice(0, Math.max(0, options.limit ?? Infinity));
  }

  async history(view: ReadView, key: string, asOf?: AsOf): Promise<Version[]> {
    assertKey(key);
    return upTo(this.reading(view)?.documents.get(key) ?? [], asOf).map(toVersion);
  }

  async close(): Promise<void> {}

  private reading(view: ReadView): Generation | undefined {
    if (isGeneration(view)) return this.known(view);
    const live = this.generations.find(({ id, live }) => id.name === nameOf(view) && live);
    if (live) assertVersion(view, live.version);
    return live;
  }

  private known(view: ViewId): Generation {
    const generation = this.generations.find(({ id }) => same(id, view));
    if (!generation) throw new UnknownView(`view ${view.name}@${view.generation} does not exist`);
    return generation;
  }
}

/** @throws {SecondVersion} a document would get a second version */
function assertFirst({ id, documents }: Generation, versions: readonly Stored[]): void {
  const first = new Map<string, Position>();
  for (const { key, position } of versions) {
    const existing = documents.get(key)?.[0]?.position ?? first.get(key);
    if (existing !== undefined && existing !== position) throw new SecondVersion(id, key);
    first.set(key, position);
  }
}

const same = (a: ViewId, b: ViewId) => a.name === b.name && a.generation === b.generation;

const compareVersions = (a: Stored, b: Stored) => a.known - b.known || comparePositions(a.position, b.position);

function upTo(document: readonly Stored[], { knownAt, position }: AsOf = {}): Stored[] {
  const until = knownAt === undefined ? Infinity : toMilliseconds(knownAt);
  return document.filter(
    (version) =>
      version.known <= until && (position === undefined || comparePositions(version.position, position) <= 0),
  );
}

const toVersion = ({ key, position, knownAt, body }: Stored): Version => ({
  key,
  position,
  knownAt,
  body: JSON.parse(body) as JsonValue,
});
