import type { RecordedEvent } from '../kernel/event.js';
import { concerns, type Projection } from '../kernel/projection.js';
import type { AsOf, ListOptions, Version } from '../kernel/versioned-store.js';
import type { DocumentReading } from '../kernel/views.js';
import { kept } from '../overview/kept.js';

/** A stream whose documents are read as of another event than the moment has. */
export interface Moved {
  /** The events that lie between, by which its documents are found. */
  readonly between: readonly RecordedEvent[];
  /** The last event that is read; undefined: none, so the stream has no documents. */
  readonly last: RecordedEvent | undefined;
}

/** By stream name. */
export type Moves = ReadonlyMap<string, Moved>;

type Reading = readonly Version<unknown>[];

/**
 * The documents of a moment, each read once. With some streams moved, it gives the documents as they would be if of these
 * streams the events up to another one were known. A document is built from one stream, along which position and known
 * time never decrease: so its version after any event of the stream is found in the views, as the reader may see it.
 */
export class MovableDocuments {
  private readonly lists = new Map<string, Promise<Reading>>();
  private readonly documents = new Map<string, Promise<Version<unknown> | undefined>>();

  constructor(
    private readonly views: DocumentReading,
    private readonly moment: AsOf,
  ) {}

  with(moves: Moves): MovedDocuments {
    return new MovedDocuments(this, moves);
  }

  list<Body>(projection: Projection<Body>, prefix: string): Promise<Reading> {
    return kept(this.lists, `${projection.name} ${prefix}`, () =>
      this.views.list(projection, prefix, { asOf: this.moment }),
    );
  }

  get<Body>(projection: Projection<Body>, key: string, { knownAt, position }: AsOf = this.moment) {
    return kept(this.documents, `${projection.name} ${key} ${knownAt ?? ''} ${position ?? ''}`, () =>
      this.views.get(projection, key, {
        ...(knownAt !== undefined && { knownAt }),
        ...(position !== undefined && { position }),
      }),
    );
  }
}

/** What was read of a projection: documents by key, lists by prefix. */
export interface Read {
  readonly keys: Set<string>;
  readonly prefixes: Set<string>;
}
export type Reads = ReadonlyMap<Projection, Read>;

/** The documents with some streams moved, always as of their own moment. */
export class MovedDocuments {
  private readonly moved = new Map<Projection, ReadonlyMap<string, Moved>>();

  constructor(
    readonly documents: MovableDocuments,
    private readonly moves: Moves,
  ) {}

  /** How the documents of a projection are moved, by their keys. */
  of<Body>(projection: Projection<Body>): ReadonlyMap<string, Moved> {
    const known = this.moved.get(projection);
    if (known) return known;
    const found = new Map<string, Moved>();
    for (const moved of this.moves.values()) {
      for (const event of moved.between) {
        if (!isOf(projection, event)) break;
        for (const key of projection.keys(event)) found.set(key, moved);
      }
    }
    this.moved.set(projection, found);
    return found;
  }
}

/** Reads moved documents, and remembers what was read. */
export class DocumentsRead implements DocumentReading {
  readonly reads = new Map<Projection, Read>();

  constructor(private readonly moved: MovedDocuments) {}

  async get<Body>(projection: Projection<Body>, key: string): Promise<Version<Body> | undefined> {
    this.readOf(projection).keys.add(key);
    const { documents } = this.moved;
    const moved = this.moved.of(projection).get(key);
    if (!moved) return (await documents.get(projection, key)) as Version<Body> | undefined;
    return moved.last && ((await documents.get(projection, key, moved.last)) as Version<Body> | undefined);
  }

  async list<Body>(
    projection: Projection<Body>,
    prefix: string,
    { after, limit, reverse = false }: ListOptions = {},
  ): Promise<Version<Body>[]> {
    this.readOf(projection).prefixes.add(prefix);
    const { documents } = this.moved;
    const versions = new Map((await documents.list(projection, prefix)).map((version) => [version.key, version]));
    const { size } = versions;
    for (const [key, { last }] of this.moved.of(projection)) {
      if (!key.startsWith(prefix)) continue;
      const version = last && (await documents.get(projection, key, last));
      if (version) versions.set(key, version);
      else versions.delete(key);
    }
    // Those that were there keep their places.
    const found = [...versions.values()];
    const order = reverse ? -1 : 1;
    if (reverse || size < versions.size) found.sort((a, b) => (a.key < b.key ? -order : order));
    const beyond = after === undefined ? found : found.filter(({ key }) => (reverse ? key < after : key > after));
    return beyond.slice(0, limit) as Version<Body>[];
  }

  /** What was read elsewhere counts as read here. */
  add(reads: Reads): void {
    for (const [projection, { keys, prefixes }] of reads) {
      const own = this.readOf(projection);
      for (const key of keys) own.keys.add(key);
      for (const prefix of prefixes) own.prefixes.add(prefix);
    }
  }

  private readOf<Body>(projection: Projection<Body>): Read {
    const read = this.reads.get(projection) ?? { keys: new Set(), prefixes: new Set() };
    this.reads.set(projection, read);
    return read;
  }
}

/** An index over all streams is none of the documents that an answer is composed from. */
const isOf = (projection: Projection, event: RecordedEvent): boolean =>
  projection.category !== undefined && concerns(projection, event);

/** Whether an event makes a version of a document that was read, or that a list would have held. */
export function isRead(event: RecordedEvent, reads: Reads): boolean {
  return [...reads].some(
    ([projection, { keys, prefixes }]) =>
      isOf(projection, event) &&
      projection.keys(event).some((key) => keys.has(key) || [...prefixes].some((prefix) => key.startsWith(prefix))),
  );
}
