import { comparePositions } from '../../src/kernel/position.js';
import type { RecordedEvent } from '../../src/kernel/event.js';
import type { JsonValue } from '../../src/kernel/json.js';
import { concerns, type Projection } from '../../src/kernel/projection.js';
import type { AsOf, Version, VersionedStore } from '../../src/kernel/versioned-store.js';
import { assertThat, shown } from './violation.js';

/** A document of a view. */
export interface DocumentName {
  readonly view: string;
  readonly key: string;
}

/** The model of the views: a plain fold that keeps every version of every document in an array. */
export class ReferenceViews {
  private readonly views: ReadonlyMap<string, Map<string, Version[]>>;

  constructor(private readonly projections: readonly Projection[]) {
    this.views = new Map(projections.map(({ name }) => [name, new Map()]));
  }

  /** Applies an event, and returns the documents of which it made a new version. */
  apply(event: RecordedEvent): DocumentName[] {
    return this.projections
      .filter((projection) => concerns(projection, event))
      .flatMap((projection) =>
        projection.keys(event).map((key) => {
          const versions = this.versions({ view: projection.name, key });
          const before = versions.at(-1);
          const { position, knownAt } = event;
          const body = JSON.parse(JSON.stringify(projection.evolve(before?.body, event))) as JsonValue;
          versions.push({ key, position, knownAt, body });
          return { view: projection.name, key };
        }),
      );
  }

  /** Compares the latest version of a document in the store with the model. */
  async compareLast(store: VersionedStore, { view, key }: DocumentName): Promise<void> {
    this.assertSame(`${view} ${key}`, await store.get(view, key), this.versions({ view, key }).at(-1));
  }

  async compareAll(store: VersionedStore): Promise<void> {
    for (const [view, documents] of this.views) {
      const found = (await store.list(view, '')).map(({ key }) => key);
      const expected = [...documents.keys()].sort();
      this.assertSame(`the keys of ${view}`, found.sort(), expected);
      for (const [key, versions] of documents) {
        this.assertSame(`the versions of ${view} ${key}`, await store.history(view, key), versions);
      }
    }
  }

  /** Compares a whole view as of a moment with the model. */
  async compareAsOf(store: VersionedStore, view: string, asOf: AsOf): Promise<void> {
    const expected = [...this.views.get(view)!]
      .flatMap(([, versions]) => versions.filter((version) => isWithin(version, asOf)).at(-1) ?? [])
      .sort((a, b) => (a.key < b.key ? -1 : 1));
    this.assertSame(`${view} as of ${shown(asOf)}`, await store.list(view, '', { asOf }), expected);
  }

  private versions({ view, key }: DocumentName): Version[] {
    const documents = this.views.get(view)!;
    let versions = documents.get(key);
    if (!versions) documents.set(key, (versions = []));
    return versions;
  }

  private assertSame(what: string, found: unknown, expected: unknown): void {
    // Compared as text, because the store must also keep the order of members.
    assertThat(
      JSON.stringify(found) === JSON.stringify(expected),
      () => `${what}: ${shown(found)} instead of ${shown(expected)}`,
    );
  }
}

const isWithin = ({ knownAt, position }: Version, asOf: AsOf): boolean =>
  (asOf.knownAt === undefined || knownAt <= asOf.knownAt) &&
  (asOf.position === undefined || comparePositions(position, asOf.position) <= 0);
