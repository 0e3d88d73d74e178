import { alike } from '../kernel/did-you-mean.js';
import type { Thing } from '../kernel/errors.js';

/**
 * What a folder would have brought about but for its mistakes: by rows that were refused, and in files that cannot be read.
 * That such a thing is missing is no mistake of its own.
 */
export class Unmade {
  private readonly kinds: Set<string>;
  private readonly things: Set<string>;

  constructor(from?: Unmade) {
    this.kinds = new Set(from?.kinds);
    this.things = new Set(from?.things);
  }

  /** Without an id: one of that kind, and nobody knows which. */
  add(about: { readonly kind: string; readonly id?: string } | undefined): void {
    if (about?.id === undefined) {
      if (about) this.kinds.add(about.kind);
    } else {
      this.things.add(key(about.kind, about.id));
    }
  }

  /** Whether this thing may be missing only because of a mistake that is known. */
  mayBe({ kind, id }: Thing): boolean {
    return this.kinds.has(kind) || this.things.has(key(kind, id));
  }

  /** Whether a step of this very thing was refused. */
  has({ kind, id }: Thing): boolean {
    return this.things.has(key(kind, id));
  }
}

/** An id that was mistyped where the thing is defined is the one that is meant elsewhere. */
const key = (kind: string, id: string) => `${kind} ${alike(id)}`;
