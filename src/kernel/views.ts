import type { Projection } from './projection.js';
import type { AsOf, ListOptions, Version, VersionedStore, WrittenDocument } from './versioned-store.js';

export const VIEWS = Symbol('Views');

/**
 * Typed reading of what projections wrote: the live view of each, as of any moment. What a projection of another version
 * wrote is refused (`ViewOfAnotherVersion`).
 */
export class Views {
  constructor(private readonly store: VersionedStore) {}

  async get<Body>(projection: Projection<Body>, key: string, asOf?: AsOf): Promise<Version<Body> | undefined> {
    return (await this.store.get(projection, key, asOf)) as Version<Body> | undefined;
  }

  async list<Body>(projection: Projection<Body>, prefix: string, options?: ListOptions): Promise<Version<Body>[]> {
    return (await this.store.list(projection, prefix, options)) as Version<Body>[];
  }

  /** For those who pass the documents on as they are. */
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
