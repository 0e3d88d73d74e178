import { DomainError } from '../kernel/errors.js';
import type { EvaluationRules } from '../plans/evaluation-rules.js';
import { type Decimal, decimal, text } from './decimals.js';
import {
  type Light,
  lightOf,
  type Outlook,
  outlookOf,
  paceOf,
  scoreOf,
  type Status,
  statusOf,
  type Verdict,
  verdictOf,
} from './judgement.js';
import { againstInterim, interimAt, scheduledAt, standingOf } from './standing.js';
import { type Course, endInMonths, type IndicatorKind, readWay, requiredAt, type Way } from './trajectory.js';

export type Attribute = 'binding' | 'expected';
/** Why there is no value that could be compared. */
export type Gap = 'no-data' | 'incomparable' | 'not-applicable';

export interface AssessmentInput extends Course {
  /** Judged alike; what sets a 约束性 indicator apart is the veto of the index. */
  readonly attribute: Attribute;
  /** The period judged. */
  readonly period: string;
  /** The value in use, in the indicator's unit; of a `growth` the level, not the rate. */
  readonly value?: string;
  /** ΣX from the plan's start to the end of the period; a `cumulative` is judged by it. */
  readonly cumulativeSum?: string;
  /** Takes precedence over a value that is there but cannot be compared. */
  readonly gap?: Gap;
  /** A target that has to be kept is a rule over figures that are not there. */
  readonly targetLacking?: boolean;
}

/**
 * What can be said of one indicator at one period. Plain JSON, numbers as `text` writes them: it goes into snapshots that
 * are hashed. What does not exist is undefined, never 0.
 */
export interface Assessment {
  readonly period: string;
  readonly attribute: Attribute;
  /** The kind it was judged as: `hold` too where the final target is no better than the base. */
  readonly treatedAs: IndicatorKind;
  readonly status: Status;
  readonly light: Light;
  /** Why nothing can be judged although all is there: the code of what `checkTrajectory` refuses. */
  readonly fault?: string;
  /** What is not there, where the status is grey because of it. */
  readonly missing?: 'value' | 'base' | 'target';
  /** 目标完成率 against the final target, percent: X / T, T / X, or observed rate ÷ g. */
  readonly completionRate?: string;
  /** P, percent of the way from base to final target; none for a hold. */
  readonly progress?: string;
  /** S 序时进度, percent of that way due by the end of the period; none for a hold. */
  readonly scheduled?: string;
  /** Δ = P − S, percentage points. */
  readonly lead?: string;
  /** X*, the value required by the end of the period, in the indicator's unit. */
  readonly requiredNow?: string;
  /** T − X in the indicator's unit; of a growth g − observed rate, percentage points. */
  readonly gapToTarget?: string;
  /** Growth only: (X / B)^(1/n) − 1, percent per year. */
  readonly observedRate?: string;
  /** Where the period is that of an interim target. */
  readonly interim?: InterimAssessment;
  /** Before the final period. */
  readonly outlook?: Outlook;
  readonly pace?: {
    readonly needed?: string;
    readonly observed: string;
    readonly per: 'unit-per-year' | 'percent-per-year';
  };
  /** From the final target's period on. */
  readonly verdict?: Verdict;
  /** For the index, 0 … 100. */
  readonly score?: string;
}

export interface InterimAssessment {
  readonly period: string;
  readonly target: string;
  readonly met?: boolean;
  /** Against the interim target, percent. */
  readonly completionRate?: string;
}

/**
 * Judges one indicator at one period: a pure function of what was asked, what was found, and the rules.
 * @throws {DomainError} what `checkTrajectory` throws
 */
export function assess(input: AssessmentInput, rules: EvaluationRules): Assessment {
  if (input.targetLacking) {
    const status = input.gap === 'not-applicable' ? input.gap : 'no-data';
    return { ...subject(input, input.kind), ...judged(status), missing: 'target' };
  }
  const way = readWay(input);
  const end = endInMonths(input.period, 'period');
  if (!way) return { ...subject(input, input.kind), ...judged('not-applicable'), missing: 'target' };

  const demanded = { ...subject(input, way.treatedAs), ...demandAt(way, end) };
  if (beforeStart(way, end)) return { ...subject(input, way.treatedAs), ...judged('not-applicable') };

  const value = input.kind === 'cumulative' ? input.cumulativeSum : input.value;
  if (input.gap) return { ...demanded, ...judged(input.gap) };
  if (value === undefined) return { ...demanded, ...judged('no-data'), missing: 'value' };
  if (!way.start && (way.kind === 'growth' || way.kind === 'cumulative'))
    return { ...demanded, ...judged('no-data'), missing: 'base' };

  return { ...demanded, ...judgedBy(way, end, decimal(value, 'value'), rules) };
}

/** Where a course cannot be judged, says so of this one indicator and unit: a county that grew from 0 keeps no page from others. */
export function assessOrFault(input: AssessmentInput, rules: EvaluationRules): Assessment {
  try {
    return assess(input, rules);
  } catch (error) {
    if (!(error instanceof DomainError) || !error.code.startsWith('trajectory.')) throw error;
    return { ...subject(input, input.kind), ...judged('no-data'), fault: error.code };
  }
}

/** Nothing was asked of the time before the base; and a rate takes some time to be one. */
function beforeStart({ kind, start }: Way, end: number): boolean {
  return start !== undefined && (kind === 'growth' ? end <= start.end : end < start.end);
}

const subject = ({ period, attribute }: AssessmentInput, treatedAs: IndicatorKind) => ({
  period,
  attribute,
  treatedAs,
});

const judged = (status: Status) => ({ status, light: lightOf(status) });

const written = (number: Decimal | undefined) => number && text(number);

/** What the plan demands by then, whether or not anything has been reported. */
function demandAt(way: Way, end: number) {
  const interim = interimAt(way, end);
  return {
    scheduled: written(scheduledAt(way, end)),
    requiredNow: written(requiredAt(way, end)),
    interim: interim && { period: interim.period, target: text(interim.value) },
  };
}

function judgedBy(way: Way, end: number, value: Decimal, rules: EvaluationRules) {
  const standing = standingOf(way, end, value);
  const status = statusOf(standing, rules);
  const pace = paceOf(way, end, value);
  return {
    ...judged(status ?? 'no-data'),
    missing: status ? undefined : ('base' as const),
    completionRate: written(standing.completionRate),
    progress: written(standing.progress),
    lead: written(standing.lead),
    gapToTarget: text(standing.gapToTarget),
    observedRate: written(standing.observedRate),
    interim: interimOf(way, end, value),
    outlook: outlookOf(way, standing, pace, rules),
    pace: pace && { needed: written(pace.needed), observed: text(pace.observed), per: pace.per },
    verdict: verdictOf(standing, rules),
    score: written(scoreOf(standing, rules)),
  };
}

function interimOf(way: Way, end: number, value: Decimal): InterimAssessment | undefined {
  const interim = interimAt(way, end);
  if (!interim) return undefined;
  const { met, completionRate } = againstInterim(way, value, interim);
  return { period: interim.period, target: text(interim.value), met, completionRate: written(completionRate) };
}
