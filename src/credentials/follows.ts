import type { Instant } from '../kernel/time.js';

/** Something of a plan that a person follows. */
export interface Follow {
  /** A kind of things that are followed; one that is no more is passed over. */
  readonly kind: string;
  readonly id: string;
}

/** What persons follow of plans. It is theirs: no event tells of it, and it goes with their names. */
export interface Follows {
  /** The one followed last comes first. */
  of(person: string, plan: string): Promise<Follow[]>;
  /** Nothing is done where it is followed already. */
  add(person: string, plan: string, follow: Follow, at: Instant): Promise<void>;
  remove(person: string, plan: string, follow: Follow): Promise<void>;
}
