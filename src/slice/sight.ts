import type { Principal } from '../access/principal.js';
import type { Projection } from '../kernel/projection.js';

/** Who looks at documents of a plan of which they may not see all. */
export interface Looking {
  readonly principal: Principal;
  readonly plan: string;
  /** Whether values of the unit that are not approved are seen. */
  sees(unit: string): boolean;
  /** Whether approved values of the unit are seen. */
  seesApproved(unit: string): boolean;
}

/** What those who may not see all of a plan see of a projection's documents, which have keys `plan/…`. */
export interface Sight<Body = unknown> {
  readonly projection: Projection<Body>;
  /** Third parties see it as it is now, not as of the last moment that they may look at. */
  readonly goesOn?: true;
  /** The document as it is seen, undefined if it is not. */
  seen(body: Body, looking: Looking): Body | undefined;
}

/** A `Sight` whose documents do not matter to its holder. */
export interface AnySight {
  readonly projection: { readonly name: string };
  seen(body: never, looking: Looking): unknown;
}
