import { DomainError, type Problem } from '../kernel/errors.js';
import { endInYears, parsePeriod } from '../kernel/period.js';
import { targetValue, type TargetValue } from '../kernel/target-value.js';
import { Decimal, decimal, hundred, zero } from './decimals.js';

export type IndicatorKind = 'level' | 'cumulative' | 'growth' | 'hold';
/** Whether higher or lower values are better. */
export type Direction = 'higher' | 'lower';
/**
 * 序时路径, how values are planned to develop from base to target. Explicit data of an indicator, because it changes
 * verdicts.
 */
export type Trajectory = 'milestones' | 'linear' | 'geometric';

export interface DatedValue {
  readonly period: string;
  /** A number; of a target also one to be passed (`>7`, `<5.5`) or a range (`5..6`). */
  readonly value: string;
}

/**
 * Base, targets and trajectory of an indicator. The target of a `growth` is its rate in percent per year; a
 * `cumulative` starts from 0.
 */
export interface Course {
  readonly kind: IndicatorKind;
  readonly direction: Direction;
  readonly trajectory: Trajectory;
  readonly base?: DatedValue;
  readonly targets: readonly DatedValue[];
}

export interface Point extends TargetValue {
  readonly period: string;
  /** The period's end in whole months from year 0, so that shares of time are exact. */
  readonly end: number;
}

/** A parsed and checked course. */
export interface Path {
  readonly kind: IndicatorKind;
  readonly direction: Direction;
  readonly trajectory: Trajectory;
  /**
   * The kind used for judging. It is `hold` if the target is no better than the base (a floor below the base, a ceiling
   * on growth or on a five-year total). Progress does not exist then; the value must only stay within the bound.
   */
  readonly treatedAs: IndicatorKind;
  readonly start?: Point;
  /** Ordered by time; the last one is the final target. */
  readonly targets: readonly Point[];
  readonly final: Point;
}

/** Months from year 0 to the end of the period. */
export function endInMonths(period: string, field?: string): number {
  return Math.round(endInYears(parsePeriod(period, field)) * 12);
}

/** 1 if `value` is better than `reference`, 0 if equal, −1 if worse. */
export function compare(direction: Direction, value: Decimal, reference: Decimal): number {
  return direction === 'higher' ? value.cmp(reference) : reference.cmp(value);
}

/** The level that `from` reaches after `months` at `rate` percent per year: B (1 + g)^n. */
export function grown(from: Decimal, rate: Decimal, months: number): Decimal {
  return from.times(power(rate.div(hundred).plus(1), months, 12));
}

/**
 * The constant growth rate that leads from one level to another in `months`, percent per year: (to / from)^(1/n) − 1.
 * If the level changed its sign, the rate is −100.
 */
export function growthRate(from: Decimal, to: Decimal, months: number): Decimal {
  return power(Decimal.max(to.div(from), zero), 12, months)
    .minus(1)
    .times(hundred);
}

/** base^(numerator / denominator), rounded to 30 digits, so that the root of a perfect power is exact. */
function power(base: Decimal, numerator: number, denominator: number): Decimal {
  return base.pow(new Decimal(numerator).div(denominator)).toSignificantDigits(30);
}

/**
 * Refuses an impossible course: two targets with the same end, a target not after the base, or a geometric trajectory
 * (which includes growth) from, to or through 0.
 * @throws {DomainError} `trajectory.geometric-zero`, `trajectory.target-repeated`, `trajectory.target-before-base`,
 * `period.malformed`, `number.malformed`
 */
export function checkTrajectory(course: Course): void {
  parseCourse(course);
}

function assertUsable(path: Path): void {
  const problems: Problem[] = [];
  path.targets.forEach(({ period, end }, index) => {
    if (index > 0 && end === path.targets[index - 1]!.end)
      problems.push(problem('target-repeated', `${period} 有两个目标值：同一时点只能有一个`, 'targets'));
    if (path.start && end <= path.start.end)
      problems.push(problem('target-before-base', `目标期 ${period} 不晚于基期 ${path.start.period}`, 'targets'));
  });
  if (passesZero(path))
    problems.push(
      problem(
        'geometric-zero',
        '按几何级数（年均增速）推算的路径不能始于、终于或穿过 0：请改用分段或线性路径',
        'trajectory',
      ),
    );
  if (problems.length > 0)
    throw new DomainError('invalid', problems[0]!.code, problems.map(({ message }) => message).join('；'), {
      problems,
    });
}

const problem = (code: string, message: string, field: string): Problem => ({
  code: `trajectory.${code}`,
  message,
  field,
});

function passesZero({ kind, trajectory, start, targets, final }: Path): boolean {
  if (kind === 'growth') return start?.value.lte(0) || targets.some(({ value }) => value.lte(-100));
  if (kind === 'hold' || trajectory !== 'geometric') return false;
  return final.value.isZero() || (start !== undefined && start.value.times(final.value).lte(0));
}

/**
 * Parses and checks a course; undefined if it has no target.
 * @throws {DomainError} the errors of `checkTrajectory`
 */
export function parseCourse(course: Course): Path | undefined {
  const dated = ({ period }: DatedValue, field: string, value: TargetValue): Point => ({
    period,
    end: endInMonths(period, field),
    ...value,
  });
  const targets = course.targets
    .map((target) => dated(target, 'targets', targetOf(target)))
    .sort((a, b) => a.end - b.end);
  const final = targets.at(-1);
  if (!final) return undefined;
  const base = course.base && dated(course.base, 'base', { value: decimal(course.base.value, 'base') });
  const start = base && course.kind === 'cumulative' ? { ...base, value: zero } : base;
  const { kind, direction, trajectory } = course;
  const path = { kind, direction, trajectory, treatedAs: treatedAs(course, start, final), start, targets, final };
  assertUsable(path);
  return path;
}

const targetOf = ({ value }: DatedValue): TargetValue =>
  /^[<>]|\.\./.test(value) ? targetValue(value) : { value: decimal(value, 'targets') };

function treatedAs({ kind, direction }: Course, start: Point | undefined, final: Point): IndicatorKind {
  // There is no way into a range, it can only be kept.
  if (final.upper) return 'hold';
  const from = kind === 'growth' ? zero : start?.value;
  return from && compare(direction, final.value, from) <= 0 ? 'hold' : kind;
}

/** The target that has to be kept at `end`: the next one due. Undefined if a value has to follow a trajectory. */
function keptAt({ kind, treatedAs, targets, final }: Path, end: number): Point | undefined {
  const isKept = kind === 'hold' || (kind === 'level' && treatedAs === 'hold');
  return isKept ? (targets.find((target) => target.end >= end) ?? final) : undefined;
}

/** What a value has to keep at `end`: a target, or the value that the trajectory of a total or a rate requires. */
export function boundAt(path: Path, end: number): TargetValue | undefined {
  const kept = keptAt(path, end);
  if (kept) return kept;
  const value = requiredAt(path, end);
  return value && { value, ...(path.final.strict && end >= path.final.end && { strict: true }) };
}

/**
 * X*, the value required by `end` (months from year 0), in the indicator's unit. For a bound it is the next target due.
 * Undefined for a range, which requires no single value.
 * After the final target's period, the target value (for growth the target rate) stays required. Undefined before the
 * base and, except for a bound or a due target, without a base.
 */
export function requiredAt(path: Path, end: number): Decimal | undefined {
  const { kind, start, targets, final } = path;
  const kept = keptAt(path, end);
  if (kept) return kept.upper ? undefined : kept.value;
  if (kind !== 'growth' && end >= final.end) return final.value;
  if (!start || end < start.end) return undefined;
  if (kind === 'growth') return grown(start.value, final.value, end - start.end);
  if (path.trajectory === 'geometric')
    return start.value.times(power(final.value.div(start.value), end - start.end, final.end - start.end));
  return interpolated(path.trajectory === 'milestones' ? [start, ...targets] : [start, final], end);
}

/** Piecewise linear interpolation between points. */
function interpolated(points: readonly Point[], end: number): Decimal {
  const next = points.findIndex((point) => point.end >= end);
  const to = points[next]!;
  const from = points[next - 1];
  if (!from || to.end === end) return to.value;
  return from.value.plus(
    to.value
      .minus(from.value)
      .times(end - from.end)
      .div(to.end - from.end),
  );
}
