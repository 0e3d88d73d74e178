import type { Projection } from './projection.js';
import type { AsOf, ListOptions, Version, VersionedStore, WrittenDocument } from './versioned-store.js';

export const VIEWS = Symbol('Views');

/** What an answer is composed from: the documents of each projection, as of any moment. */
export interface DocumentReading {
  get<Body>(projection: Projection<Body>, key: string, asOf?: AsOf): Promise<Version<Body> | undefined>;
  /** The documents whose key starts with `prefix`, ordered by key. */
  list<Body>(projection: Projection<Body>, prefix: string, options?: ListOptions): Promise<Version<Body>[]>;
}

/**
 * Typed access to the live view of each projection, as of any moment. Reads throw `ViewOfAnotherVersion` if another
 * version of the projection built the view.
 */
export class Views implements DocumentReading {
  constructor(private readonly store: VersionedStore) {}

  async get<Body>(projection: Projection<Body>, key: string, asOf?: AsOf): Promise<Version<Body> | undefined> {
    return (await this.store.get(projection, key, asOf)) as Version<Body> | undefined;
  }

  async list<Body>(projection: Projection<Body>, prefix: string, options?: ListOptions): Promise<Version<Body>[]> {
    return (await this.store.list(projection, prefix, options)) as Version<Body>[];
  }

  /** Like `list`, but returns the bodies as serialised JSON. */
  async listWritten<Body>(
    projection: Projection<Body>,
    prefix: string,
    options?: ListOptions,
  ): Promise<WrittenDocument<Body>[]> {
    return (await this.store.listWritten(projection, prefix, options)) as WrittenDocument<Body>[];
  }

  async history<Body>(projection: Projection<Body>, key: string, asOf?: AsOf): Promise<Version<Body>[]> {
    return (await this.store.history(projection, key, asOf)) as Version<Body>[];
  }
}
