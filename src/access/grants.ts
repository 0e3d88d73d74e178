import type { Instant } from '../kernel/time.js';
import { roleOf, type Permission, type RoleName } from './roles.js';

/** A role of a person over a scope, for a time. */
export interface Grant {
  /** Unique among the person's grants: `g1`, `g2`, … */
  readonly grant: string;
  readonly role: RoleName;
  /** Absent: all plans. */
  readonly plan?: string;
  /** With all units below it; absent: all units. */
  readonly unit?: string;
  readonly from: Instant;
  /** The first moment at which it holds no more; absent: open. */
  readonly until?: Instant;
  /** The latest known time that an external evaluator may look at. */
  readonly moment?: Instant;
  /** The evaluations in which an external evaluator takes part. */
  readonly evaluations?: readonly string[];
}

/** What a command or query is about, as far as rights go by it. */
export interface Over {
  readonly plan?: string;
  /** The unit and those above it, nearest first; absent for what concerns a plan whole. */
  readonly units?: readonly string[];
  readonly evaluation?: string;
}

export const isInForce = ({ from, until }: Pick<Grant, 'from' | 'until'>, at: Instant): boolean =>
  from <= at && (until === undefined || at < until);

/** Names what a person holds: grants never change but for their end, so their ids do. */
export const grantIds = (grants: readonly Grant[]): string =>
  grants
    .map(({ grant }) => grant)
    .sort()
    .join(' ');

/** Whether two grants hold at the same time at any moment. */
export const overlap = (a: Pick<Grant, 'from' | 'until'>, b: Pick<Grant, 'from' | 'until'>): boolean =>
  (b.until === undefined || a.from < b.until) && (a.until === undefined || b.from < a.until);

/** Whether two grants can concern the same plan. */
export const sharePlan = (a: Pick<Grant, 'plan'>, b: Pick<Grant, 'plan'>): boolean =>
  a.plan === undefined || b.plan === undefined || a.plan === b.plan;

/** A grant for all units covers what concerns the plan whole; one for a unit covers what concerns that unit or one below. */
export function covers({ plan, unit, evaluations }: Grant, over: Over): boolean {
  if (plan !== undefined && plan !== over.plan) return false;
  if (evaluations && over.evaluation !== undefined && !evaluations.includes(over.evaluation)) return false;
  return unit === undefined || (over.units?.includes(unit) ?? false);
}

/** Whether the grant is for the plan, whichever unit it is for. Roles of the installation are for no plan. */
export const isForPlan = ({ role, plan }: Grant, asked: string): boolean =>
  roleOf(role)?.scope !== 'installation' && (plan === undefined || plan === asked);

/** Whether the grant is for all plans, or for the installation. */
export const isForAll = ({ plan }: Grant): boolean => plan === undefined;

export const gives = ({ role }: Pick<Grant, 'role'>, permission: Permission): boolean =>
  roleOf(role)?.may.includes(permission) ?? false;
