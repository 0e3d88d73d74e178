import type { LoadState } from '../kernel/handling.js';
import type { Instant } from '../kernel/time.js';
import type { AsOf } from '../kernel/versioned-store.js';
import type { StoredAppraisal } from './appraisals.js';

/** That an evaluation of a period of a plan was published. */
export interface Publication {
  /** The evaluation's id. */
  readonly evaluation: string;
  readonly title: string;
  readonly period: string;
  readonly knownAt: Instant;
  /** The 考核 sheets that were frozen with it. */
  readonly appraisal?: StoredAppraisal;
}

export const PUBLICATIONS = Symbol('Publications');

/** What slices below that of the evaluations ask of it: which were published, and how many snapshots one has. */
export interface Publications {
  /** As the streams say now, for a decision. */
  now(plan: string, load: LoadState): Promise<readonly Publication[]>;
  /** As the views say of a moment. */
  asOf(plan: string, asOf?: AsOf): Promise<readonly Publication[]>;
  /** How many snapshots an evaluation has, published or not; none where there is no such evaluation. */
  snapshots(plan: string, evaluation: string, load: LoadState): Promise<number>;
}
