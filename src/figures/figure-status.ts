import type { AsOf } from '../kernel/versioned-store.js';
import { dayOf, type Instant } from '../kernel/time.js';
import type { Views } from '../kernel/views.js';
import type { PlanDocument } from '../plans/plan.projection.js';
import { readPlan } from '../plans/read-plan.js';
import { unlockFor, type Unlock } from '../plans/unlocks.js';
import type { Publication, Publications } from '../slice/publications.js';
import { approvalChain, dueStep, type ApprovalStep } from './approval-chain.js';
import { lockOf, type Lock } from './figure-lock.js';
import type { Entered, FigureDocument } from './figure.projection.js';

/** What of a figure follows from the plan and its evaluations, as of a moment. */
export interface FigureStatus {
  /** Who has to approve it, one after another; empty where nobody has to. */
  readonly chain: readonly ApprovalStep[];
  /** For whom a reported value waits. */
  readonly waitsFor?: ApprovalStep;
  readonly lock?: Lock;
  /** While it is in force, the lock does not hold. */
  readonly unlock?: Unlock;
}

export interface FigureAnswer extends FigureDocument, FigureStatus {
  /** The value that counts; absent where none does. */
  readonly inUse?: Entered;
}

/** What the status of a plan's figures rests on. */
export interface StatusSight {
  readonly plan: PlanDocument;
  readonly published: readonly Publication[];
  /** The day on which unlockings are asked, in the plan's time zone. */
  readonly day: string;
}

export async function statusSight(
  { views, publications }: { readonly views: Views; readonly publications: Publications },
  planCode: string,
  asOf: AsOf,
  now: Instant,
): Promise<StatusSight> {
  const [plan, published] = await Promise.all([readPlan(views, planCode, asOf), publications.asOf(planCode, asOf)]);
  return { plan, published, day: dayOf(asOf.knownAt ?? now, plan.timeZone) };
}

/** For whom a reported value waits; undefined where nothing waits. */
export function waitsFor(plan: PlanDocument, figure: FigureDocument): ApprovalStep | undefined {
  if (figure.standing !== 'reported') return undefined;
  const passed = (figure.approvals ?? []).flatMap(({ level }) => level ?? []);
  return dueStep(approvalChain(plan, figure), passed).step;
}

export function figureStatus(figure: FigureDocument, { plan, published, day }: StatusSight): FigureStatus {
  const due = waitsFor(plan, figure);
  const lock = lockOf(figure, figure, published);
  const unlock = unlockFor(plan.unlocks, figure, day);
  return {
    chain: approvalChain(plan, figure),
    ...(due && { waitsFor: due }),
    ...(lock && { lock }),
    ...(unlock && { unlock }),
  };
}
