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
import { againstInterim, interimAt, outside, scheduledAt, standingOf } from './standing.js';
import {
  boundAt,
  type Course,
  endInMonths,
  type IndicatorKind,
  parseCourse,
  type Point,
  requiredAt,
  type Path,
} from './trajectory.js';

export type Attribute = 'binding' | 'expected';
/** Why an indicator has no value that could be judged. */
export type Gap = 'no-data' | 'incomparable' | 'not-applicable';

export interface AssessmentInput extends Course {
  /** Does not influence the assessment; a red `binding` (约束性) indicator vetoes the index. */
  readonly attribute: Attribute;
  /** The period to judge. */
  readonly period: string;
  /** The value in use, in the indicator's unit; for `growth` the level, not the rate. */
  readonly value?: string;
  /** ΣX from the plan's start to the end of the period; used instead of `value` for `cumulative`. */
  readonly cumulativeSum?: string;
  /** Takes precedence over `value`: a value may exist but be incomparable. */
  readonly gap?: Gap;
  /** The applicable target is a rule whose value cannot be computed. */
  readonly targetLacking?: boolean;
  /** What still belongs to a definition that is incomparable with the current one. */
  readonly notRestated?: 'base' | 'target';
}

/**
 * The assessment of one indicator, unit and period. Plain JSON with numbers formatted by `text`, because it is part of
 * the hashed content of snapshots. A number that does not exist is undefined, never 0. docs/evaluation.md explains the
 * formulas.
 */
export interface Assessment {
  readonly period: string;
  readonly attribute: Attribute;
  /** The kind used for judging: also `hold` if the final target is no better than the base. */
  readonly treatedAs: IndicatorKind;
  readonly status: Status;
  readonly light: Light;
  /** Error code of `checkTrajectory`, if base and targets exist but the trajectory is impossible. */
  readonly fault?: string;
  /** The missing input that makes the status grey. */
  readonly missing?: 'value' | 'base' | 'target';
  /** 目标完成率 against the final target, percent: X / T, lower is better T / X, growth observed rate ÷ g. */
  readonly completionRate?: string;
  /** P = (X − B) / (T − B), percent; for growth the completion rate; undefined for a hold. */
  readonly progress?: string;
  /** S 序时进度, the progress due by the end of the period, percent; undefined for a hold. */
  readonly scheduled?: string;
  /** Δ = P − S, percentage points: 超前/落后序时进度, as published monitoring reports state it. */
  readonly lead?: string;
  /** X*, the value required by the end of the period, in the indicator's unit. Undefined if a range is required. */
  readonly requiredNow?: string;
  /** The range required by the end of the period, both ends included. */
  readonly range?: RangeAssessment;
  /**
   * T − X in the indicator's unit; for growth g − observed rate in percentage points. For a range to its nearer end, 0
   * within.
   */
  readonly gapToTarget?: string;
  /** (X / B)^(1/n) − 1, percent per year; only for growth. */
  readonly observedRate?: string;
  /** Present if the period ends with that of an interim target. */
  readonly interim?: InterimAssessment;
  /** Whether the final target can still be met; undefined from its period on, or if no pace is known. */
  readonly outlook?: Outlook;
  readonly pace?: {
    readonly needed?: string;
    readonly observed: string;
    readonly per: 'unit-per-year' | 'percent-per-year';
  };
  /** Undefined before the final target's period. */
  readonly verdict?: Verdict;
  /** Score for the index, 0 to 100. */
  readonly score?: string;
}

export interface RangeAssessment {
  readonly lower: string;
  readonly upper: string;
  /** How far the value lies outside: above the upper end positive, below the lower end negative, within 0. */
  readonly outside?: string;
}

export interface InterimAssessment {
  readonly period: string;
  /** A number, one to be passed (`>7`), or a range (`5..6`). */
  readonly target: string;
  readonly met?: boolean;
  /** Completion rate against the interim target, percent. */
  readonly completionRate?: string;
}

/**
 * Judges one indicator in one period. A pure function.
 * @throws {DomainError} the errors of `checkTrajectory`
 */
export function assess(input: AssessmentInput, rules: EvaluationRules): Assessment {
  if (input.targetLacking) {
    const status = input.gap === 'not-applicable' ? input.gap : 'no-data';
    return { ...subject(input, input.kind), ...statusAndLight(status), missing: 'target' };
  }
  if (input.notRestated === 'target') {
    return { ...subject(input, input.kind), ...statusAndLight(input.gap ?? 'incomparable'), missing: 'target' };
  }
  const path = parseCourse(input);
  const end = endInMonths(input.period, 'period');
  if (!path) return { ...subject(input, input.kind), ...statusAndLight('not-applicable'), missing: 'target' };

  const required = { ...subject(input, path.treatedAs), ...requirementsAt(path, end) };
  if (beforeStart(path, end)) return { ...subject(input, path.treatedAs), ...statusAndLight('not-applicable') };

  const value = input.kind === 'cumulative' ? input.cumulativeSum : input.value;
  if (input.gap) return { ...required, ...statusAndLight(input.gap) };
  if (value === undefined) return { ...required, ...statusAndLight('no-data'), missing: 'value' };
  if (input.notRestated) return { ...required, ...statusAndLight('incomparable'), missing: input.notRestated };
  if (!path.start && (path.kind === 'growth' || path.kind === 'cumulative'))
    return { ...required, ...statusAndLight('no-data'), missing: 'base' };

  return { ...required, ...judgementOf(path, end, decimal(value, 'value'), rules) };
}

/**
 * Like `assess`, but returns the error code of an impossible trajectory as `fault`. So one county that grew from 0 does
 * not make the whole overview fail.
 */
export function assessOrFault(input: AssessmentInput, rules: EvaluationRules): Assessment {
  try {
    return assess(input, rules);
  } catch (error) {
    if (!(error instanceof DomainError) || !error.code.startsWith('trajectory.')) throw error;
    return { ...subject(input, input.kind), ...statusAndLight('no-data'), fault: error.code };
  }
}

/** Whether the period ends too early to be judged: before the base, or for growth at the base, where no rate exists. */
function beforeStart({ kind, start }: Path, end: number): boolean {
  return start !== undefined && (kind === 'growth' ? end <= start.end : end < start.end);
}

const subject = ({ period, attribute }: AssessmentInput, treatedAs: IndicatorKind) => ({
  period,
  attribute,
  treatedAs,
});

const statusAndLight = (status: Status) => ({ status, light: lightOf(status) });

const optionalText = (number: Decimal | undefined) => number && text(number);

/** What the plan requires by the end of the period; independent of any reported value. */
function requirementsAt(path: Path, end: number) {
  const interim = interimAt(path, end);
  return {
    scheduled: optionalText(scheduledAt(path, end)),
    requiredNow: optionalText(requiredAt(path, end)),
    range: rangeAt(path, end),
    interim: interim && { period: interim.period, target: targetText(path, interim) },
  };
}

function rangeAt(path: Path, end: number, value?: Decimal): RangeAssessment | undefined {
  const bound = path.treatedAs === 'hold' ? boundAt(path, end) : undefined;
  if (!bound?.upper) return undefined;
  const range = { lower: text(bound.value), upper: text(bound.upper) };
  return value ? { ...range, outside: text(outside(bound, value)) } : range;
}

function targetText({ direction }: Path, { value, upper, strict }: Point): string {
  if (upper) return `${text(value)}..${text(upper)}`;
  return strict ? `${direction === 'higher' ? '>' : '<'}${text(value)}` : text(value);
}

function judgementOf(path: Path, end: number, value: Decimal, rules: EvaluationRules) {
  const standing = standingOf(path, end, value);
  const status = statusOf(standing, rules);
  const pace = paceOf(path, end, value);
  return {
    ...statusAndLight(status ?? 'no-data'),
    missing: status ? undefined : ('base' as const),
    completionRate: optionalText(standing.completionRate),
    progress: optionalText(standing.progress),
    lead: optionalText(standing.lead),
    gapToTarget: text(standing.gapToTarget),
    observedRate: optionalText(standing.observedRate),
    range: rangeAt(path, end, value),
    interim: interimOf(path, end, value),
    outlook: outlookOf(path, standing, pace, rules),
    pace: pace && { needed: optionalText(pace.needed), observed: text(pace.observed), per: pace.per },
    verdict: verdictOf(standing, rules),
    score: optionalText(scoreOf(standing, rules)),
  };
}

function interimOf(path: Path, end: number, value: Decimal): InterimAssessment | undefined {
  const interim = interimAt(path, end);
  if (!interim) return undefined;
  const { met, completionRate } = againstInterim(path, value, interim);
  return {
    period: interim.period,
    target: targetText(path, interim),
    met,
    completionRate: optionalText(completionRate),
  };
}
