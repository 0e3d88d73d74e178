import type { Instant } from '../kernel/time.js';

/** The sheets of all units for a year as they were stored; the content has this SHA-256. */
export interface StoredAppraisal {
  /** The year. */
  readonly period: string;
  readonly asOf: Instant;
  readonly rulesVersion: number;
  readonly contentHash: string;
  /** In bytes. */
  readonly size: number;
}

/** Something of the sheets of a year that is open when its annual evaluation is published. It is accepted by its id. */
export interface OpenOfAppraisal {
  readonly id: string;
  /** Chinese, for display. */
  readonly text: string;
}

export const APPRAISALS = Symbol('Appraisals');

/** The 考核 sheets of a plan, for the slice of the evaluations, which lies below what computes them. */
export interface Appraisals {
  /** What is open of the sheets of a year; nothing of a period that is no year. */
  open(plan: string, period: string): Promise<readonly OpenOfAppraisal[]>;
  /** Computes and stores the sheets of all units as they are now; undefined for a period that is no year. */
  store(plan: string, period: string): Promise<StoredAppraisal | undefined>;
}
