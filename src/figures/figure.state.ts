import type { Actor, Recorded } from '../kernel/event.js';
import type { Instant } from '../kernel/time.js';
import type { IndicatorState } from '../indicators/indicator.state.js';
import { unitsOf, type PlanState } from '../plans/plan.state.js';
import type { ApprovalLevel } from '../plans/reporting-rules.js';
import type { QualityKnown } from '../quality/quality-context.js';
import type { QualityRule } from '../quality/quality-rules.js';
import type { Publication } from '../slice/publications.js';
import type { Approving } from './approval-chain.js';
import type { FigureEvent, MissingReason, Reported } from './figure.events.js';

/**
 * Workflow state of a figure: `none` never reported, `reported` waits for approval, `approved` by the last level or by
 * rule, `returned` to the reporter, `missing` declared to have no value, `withdrawn`.
 */
export type Standing = 'none' | 'reported' | 'approved' | 'returned' | 'missing' | 'withdrawn';

export interface FigureState {
  readonly standing: Standing;
  /** The last reported or corrected value, with the person who entered it. */
  readonly latest?: Entered;
  /** The levels that approved the latest value, where others have to follow. */
  readonly passed: readonly ApprovalLevel[];
  /** The value that the last level approved. It stays in use while a correction waits, and when it was returned. */
  readonly approved?: Entered;
  /** Who approved it last, and when; absent where the plan has nobody approve. */
  readonly approval?: { readonly by: Actor; readonly knownAt: Instant };
  /** All who reported or corrected since the last approval. */
  readonly reporters: readonly Actor[];
  readonly because?: MissingReason;
  /** Who declared it missing. */
  readonly declaredBy?: Actor;
}

interface Entered {
  readonly reported: Reported;
  readonly definitionVersion: number;
  readonly by: Actor;
}

export interface FigureKnown {
  readonly plan: PlanState;
  readonly indicator: IndicatorState;
  /** The SHA-256 of the files that the command names as evidence and that are kept for its unit or one above it. */
  readonly kept?: readonly string[];
  /** The published evaluations of the plan; only for what may be locked by them. */
  readonly published?: readonly Publication[];
  /** The rules of data quality, and what those look at whose marks have to be explained; only for reports and corrections. */
  readonly quality?: { readonly rules: readonly QualityRule[]; readonly known?: QualityKnown };
}

export const noFigure: FigureState = { standing: 'none', passed: [], reporters: [] };

export function evolveFigure(state: FigureState, event: Recorded<FigureEvent>): FigureState {
  const { approved, approval, reporters } = state;
  const { actor } = event.metadata;
  switch (event.type) {
    case 'IndicatorMeasured':
    case 'MeasurementCorrected': {
      const reported = event.type === 'IndicatorMeasured' ? event.data.reported : event.data.to;
      const { definitionVersion } = event.data;
      return {
        standing: 'reported',
        latest: { reported, definitionVersion, by: actor },
        passed: [],
        ...(approved && { approved }),
        ...(approval && { approval }),
        reporters: reporters.some(({ id }) => id === actor.id) ? reporters : [...reporters, actor],
      };
    }
    case 'MeasurementDeclaredMissing':
      return { standing: 'missing', because: event.data.because, declaredBy: actor, passed: [], reporters };
    case 'MeasurementPassed':
      return { ...state, passed: [...state.passed, event.data.level] };
    case 'MeasurementApproved':
      return inUse(state, { approval: { by: actor, knownAt: event.knownAt } });
    case 'MeasurementAccepted':
      return inUse(state, {});
    case 'MeasurementReturned':
      return { ...state, standing: 'returned', passed: [] };
    case 'MeasurementWithdrawn':
      return { standing: 'withdrawn', passed: [], reporters };
  }
}

const inUse = ({ latest }: FigureState, approval: Pick<FigureState, 'approval'>): FigureState => ({
  standing: 'approved',
  ...(latest && { latest, approved: latest }),
  ...approval,
  passed: [],
  reporters: [],
});

/** The plan as the chain of approval reads it. */
export const approvingPlan = (plan: PlanState): Approving => ({
  ...unitsOf(plan),
  territoryChanges: plan.territoryChanges,
  ...(plan.reporting && { reporting: plan.reporting.rules }),
});
