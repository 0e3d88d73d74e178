import type { AsOf } from '../kernel/versioned-store.js';

/** One line of what of an evaluation is not ready, with how many things it counts; none of a count of 0. */
export interface OpenLine {
  readonly line: string;
  readonly count: number;
  /** Chinese, for display: `待审核 3 项`. */
  readonly text: string;
}

export const READINESS = Symbol('Readiness');

/** What of a plan is not ready to be evaluated, for the slice of the evaluations, which lies below what counts it. */
export interface Readiness {
  open(of: { readonly plan: string; readonly period: string; readonly asOf: AsOf }): Promise<readonly OpenLine[]>;
}
