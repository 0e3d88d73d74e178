import { codeMeant, orMeant } from '../kernel/did-you-mean.js';
import { invalid, notFound, type DomainError } from '../kernel/errors.js';
import type { Instant } from '../kernel/time.js';
import type { EvaluationRules } from './evaluation-rules.js';
import type { AreaDefined, Deadlines, PlanApproved, PlanDrafted } from './plan.events.js';
import type { Publication } from './publication.js';
import type { ReportingRules } from './reporting-rules.js';
import type { Unlock } from './unlocks.js';
import type { TerritoryChange, UnitInTime, Units } from './units-in-time.js';

export type Area = (typeof AreaDefined)['example'];

export interface PlanState {
  readonly drafted?: (typeof PlanDrafted)['example'];
  /** Since when the plan is known. */
  readonly knownAt?: Instant;
  readonly approval?: (typeof PlanApproved)['example'];
  readonly areas: ReadonlyMap<string, Area>;
  readonly units: ReadonlyMap<string, UnitInTime>;
  readonly territoryChanges: readonly TerritoryChange[];
  readonly rules?: { readonly version: number; readonly rules: EvaluationRules; readonly knownAt: Instant };
  /** Absent while the plan sets none: figures have one approval, by anybody. */
  readonly reporting?: { readonly rules: ReportingRules; readonly knownAt: Instant };
  /** Those that were not ended early; each is over after its last day. */
  readonly unlocks: readonly Unlock[];
  readonly deadlines?: Deadlines;
  readonly publication?: Publication;
  readonly closed: boolean;
}

export const nothingYet: PlanState = {
  areas: new Map(),
  units: new Map(),
  territoryChanges: [],
  unlocks: [],
  closed: false,
};

/** The refusal of a plan that does not exist, or of which the caller may not know: the two are not told apart. */
export const unknownPlan = (plan: string): DomainError =>
  notFound('plan.unknown', `没有规划 ${plan}：请核对规划代码，或先装载该规划`, 'plan', { kind: 'plan', id: plan });

/** The plan as drafted. @throws {DomainError} `plan.unknown` */
export function drafted(plan: string, state: PlanState): NonNullable<PlanState['drafted']> {
  if (!state.drafted) throw unknownPlan(plan);
  return state.drafted;
}

/** The units with the calendar of their periods. */
export const unitsOf = ({ drafted: plan, units }: PlanState): Pick<Units, 'units' | 'fiscalYear'> => ({
  units: [...units.values()],
  ...(plan?.fiscalYear && { fiscalYear: plan.fiscalYear }),
});

/** For a refusal because the plan has no such unit: what is missing, and the end of the message with what may be meant. */
export const missingUnit = (code: string, { units }: PlanState) => ({
  missing: { kind: 'unit', id: code },
  meant: orMeant(codeMeant(code, units.keys())),
});

export function unknownActionPlan(code: string, { drafted: plan }: PlanState): DomainError {
  const meant = orMeant(
    codeMeant(
      code,
      (plan?.actionPlans ?? []).map((known) => known.code),
    ),
  );
  const missing = { kind: 'action-plan', id: code };
  return invalid('plan.unknown-action-plan', `规划中没有行动计划 ${code}${meant}`, 'actionPlan', missing);
}
