import { DomainError, type Problem } from '../kernel/errors.js';
import { endInYears, parsePeriod } from '../kernel/period.js';
import { Decimal, decimal, hundred, zero } from './decimals.js';

export type IndicatorKind = 'level' | 'cumulative' | 'growth' | 'hold';
/** Which way is better. */
export type Direction = 'higher' | 'lower';
/** How the way from base to target is meant to be covered: explicit data, because it changes verdicts. */
export type Trajectory = 'milestones' | 'linear' | 'geometric';

export interface DatedValue {
  readonly period: string;
  readonly value: string;
}

/** What a plan asks of an indicator. The target of a `growth` is its rate, percent per year; a `cumulative` starts from 0. */
export interface Course {
  readonly kind: IndicatorKind;
  readonly direction: Direction;
  readonly trajectory: Trajectory;
  readonly base?: DatedValue;
  readonly targets: readonly DatedValue[];
}

export interface Point {
  readonly period: string;
  /** The period's end in months: whole numbers, so that shares of the time are exact. */
  readonly end: number;
  readonly value: Decimal;
}

/** A course read and understood. */
export interface Way {
  readonly kind: IndicatorKind;
  readonly direction: Direction;
  readonly trajectory: Trajectory;
  /**
   * `hold` also where the target is no better than the base: nothing has to be covered then, so progress does not exist,
   * and a bound must be kept (a floor below today's level, a ceiling on growth or on a five-year total).
   */
  readonly treatedAs: IndicatorKind;
  readonly start?: Point;
  /** In the order of time; the last is the final target. */
  readonly targets: readonly Point[];
  readonly final: Point;
}

/** Months from year 0 to the period's end. */
export function endInMonths(period: string, field?: string): number {
  return Math.round(endInYears(parsePeriod(period, field)) * 12);
}

/** +1 where `value` is better than `reference`, 0 where equal, −1 where worse. */
export function compare(direction: Direction, value: Decimal, reference: Decimal): number {
  return direction === 'higher' ? value.cmp(reference) : reference.cmp(value);
}

/** `from` grown at `rate` (percent per year) for so many months: B (1 + g)^n. */
export function grown(from: Decimal, rate: Decimal, months: number): Decimal {
  return from.times(power(rate.div(hundred).plus(1), months, 12));
}

/**
 * Even growth that leads from one level to another in so many months, percent per year: (to / from)^(1/n) − 1.
 * A level that has changed sign is lost altogether: −100.
 */
export function growthRate(from: Decimal, to: Decimal, months: number): Decimal {
  return power(Decimal.max(to.div(from), zero), 12, months)
    .minus(1)
    .times(hundred);
}

/** base^(numerator / denominator), rid of the last digits in which a root of a round number is not round. */
function power(base: Decimal, numerator: number, denominator: number): Decimal {
  return base.pow(new Decimal(numerator).div(denominator)).toSignificantDigits(30);
}

/**
 * Refuses a course along which nothing can be judged: two targets for the same time, a target not after the base, a
 * geometric way (growth is one) from or to 0 or through it. For the moment an indicator is defined, and again on reading.
 * @throws {DomainError} `trajectory.geometric-zero`, `trajectory.target-repeated`, `trajectory.target-before-base`,
 * `period.malformed`, `number.malformed`
 */
export function checkTrajectory(course: Course): void {
  readWay(course);
}

function refuseBlindWay(way: Way): void {
  const problems: Problem[] = [];
  way.targets.forEach(({ period, end }, index) => {
    if (index > 0 && end === way.targets[index - 1]!.end)
      problems.push(problem('target-repeated', `${period} 有两个目标值：同一时点只能有一个`, 'targets'));
    if (way.start && end <= way.start.end)
      problems.push(problem('target-before-base', `目标期 ${period} 不晚于基期 ${way.start.period}`, 'targets'));
  });
  if (passesZero(way))
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

function passesZero({ kind, trajectory, start, targets, final }: Way): boolean {
  if (kind === 'growth') return start?.value.lte(0) || targets.some(({ value }) => value.lte(-100));
  if (kind === 'hold' || trajectory !== 'geometric') return false;
  return final.value.isZero() || (start !== undefined && start.value.times(final.value).lte(0));
}

/**
 * Reads a course; undefined where the plan sets no target: there is nothing to go by.
 * @throws {DomainError} what `checkTrajectory` throws
 */
export function readWay(course: Course): Way | undefined {
  const point = ({ period, value }: DatedValue, field: string): Point => ({
    period,
    end: endInMonths(period, field),
    value: decimal(value, field),
  });
  const targets = course.targets.map((target) => point(target, 'targets')).sort((a, b) => a.end - b.end);
  const final = targets.at(-1);
  if (!final) return undefined;
  const base = course.base && point(course.base, 'base');
  const start = base && course.kind === 'cumulative' ? { ...base, value: zero } : base;
  const { kind, direction, trajectory } = course;
  const way = { kind, direction, trajectory, treatedAs: treatedAs(course, start, final), start, targets, final };
  refuseBlindWay(way);
  return way;
}

function treatedAs({ kind, direction }: Course, start: Point | undefined, final: Point): IndicatorKind {
  const from = kind === 'growth' ? zero : start?.value;
  return from && compare(direction, final.value, from) <= 0 ? 'hold' : kind;
}

/**
 * X*, what is required by the end of a period (in months), in the indicator's unit. A bound to be kept is the next target
 * from that moment on. After the final target's period its value stays required (of a growth: its rate).
 * Undefined before the base, and on the way from an unknown one.
 */
export function requiredAt(way: Way, end: number): Decimal | undefined {
  const { kind, start, targets, final } = way;
  if (kind === 'hold' || (kind === 'level' && way.treatedAs === 'hold'))
    return (targets.find((target) => target.end >= end) ?? final).value;
  if (kind !== 'growth' && end >= final.end) return final.value;
  if (!start || end < start.end) return undefined;
  if (kind === 'growth') return grown(start.value, final.value, end - start.end);
  if (way.trajectory === 'geometric')
    return start.value.times(power(final.value.div(start.value), end - start.end, final.end - start.end));
  return straight(way.trajectory === 'milestones' ? [start, ...targets] : [start, final], end);
}

/** The value at a moment within a line of straight pieces. */
function straight(points: readonly Point[], end: number): Decimal {
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
