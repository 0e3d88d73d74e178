import type { TrailEntry } from '../audit/trail-entry.js';
import type { ProgrammeAspect } from './programme-differences.js';

/** In what two states differ. */
export type Aspect =
  | 'base'
  | 'value'
  | 'parts'
  | 'targets'
  | 'status'
  | 'index'
  | 'rules'
  | 'units'
  | 'plan'
  | 'indicator'
  | 'method'
  | 'definition'
  | 'presence'
  | ProgrammeAspect;

/** One thing that differs between two states. */
export interface Difference {
  readonly aspect: Aspect;
  readonly indicator?: string;
  readonly unit?: string;
  /** Id and name of a promise, project, policy, task or finding. */
  readonly subject?: string;
  readonly name?: string;
  readonly from?: string;
  readonly to?: string;
  /** The events that lie between the two states and explain it, oldest first. */
  readonly because: readonly TrailEntry[];
}
