import type { RecordedEvent } from '../kernel/event.js';
import { concerns, type Projection } from '../kernel/projection.js';
import type { AsOf, ListOptions, Version } from '../kernel/versioned-store.js';
import type { DocumentReading } from '../kernel/views.js';

/**
 * Documents as they would be if further events had been recorded after everything that is known at the moment of a read.
 * Each projection folds the supposed events onto the document that `base` has, so nothing is written. A withdrawn figure
 * keeps its document, so the overlay never takes one away.
 */
export class Overlay implements DocumentReading {
  constructor(
    private readonly base: DocumentReading,
    private readonly supposed: readonly RecordedEvent[],
  ) {}

  async get<Body>(projection: Projection<Body>, key: string, asOf?: AsOf): Promise<Version<Body> | undefined> {
    const version = await this.base.get(projection, key, asOf);
    return supposedVersion(projection, key, version, this.byKey(projection).get(key) ?? []);
  }

  async list<Body>(projection: Projection<Body>, prefix: string, options: ListOptions = {}): Promise<Version<Body>[]> {
    const found = await this.base.list(projection, prefix, options);
    const concerned = [...this.byKey(projection)].filter(([key]) => key.startsWith(prefix));
    if (concerned.length === 0) return found;
    const versions = new Map(found.map((version) => [version.key, version]));
    const { after, limit, reverse = false } = options;
    const order = reverse ? -1 : 1;
    for (const [key, events] of concerned) {
      if (after !== undefined && compareKeys(key, after) * order <= 0) continue;
      // Without a document here, the base has none, or one beyond the page: that is cut off again below.
      versions.set(key, supposedVersion(projection, key, versions.get(key), events)!);
    }
    const sorted = [...versions.values()].sort((a, b) => compareKeys(a.key, b.key) * order);
    return limit === undefined ? sorted : sorted.slice(0, limit);
  }

  /** The supposed events that concern each document of a projection. */
  private byKey<Body>(projection: Projection<Body>): ReadonlyMap<string, readonly RecordedEvent[]> {
    const keys = new Map<string, RecordedEvent[]>();
    for (const event of this.supposed) {
      if (projection.category === undefined || !concerns(projection, event)) continue;
      for (const key of projection.keys(event)) keys.set(key, [...(keys.get(key) ?? []), event]);
    }
    return keys;
  }
}

function supposedVersion<Body>(
  projection: Projection<Body>,
  key: string,
  version: Version<Body> | undefined,
  events: readonly RecordedEvent[],
): Version<Body> | undefined {
  const last = events.at(-1);
  if (!last) return version;
  const body = events.reduce<Body | undefined>((before, event) => projection.evolve(before, event), version?.body);
  const { position, knownAt } = version ?? last;
  return { key, position, knownAt, body: body! };
}

/** By code point, as stores order keys, all of which are ASCII. */
const compareKeys = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
