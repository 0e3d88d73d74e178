import type { EvaluationRules } from '../plans/evaluation-rules.js';
import { Decimal, hundred, rounded, zero } from './decimals.js';
import type { Standing } from './standing.js';
import { growthRate, grown, type Path } from './trajectory.js';

/** Judgement of an indicator against schedule and target; the last three say why it cannot be judged. */
export type Status =
  | 'completed-early'
  | 'completed'
  | 'ahead'
  | 'as-expected'
  | 'roughly'
  | 'behind'
  | 'severely-behind'
  | 'no-data'
  | 'incomparable'
  | 'not-applicable';
export type Light = 'green' | 'yellow' | 'red' | 'grey';
/** Whether the final target can still be met. */
export type Outlook = 'reachable' | 'needs-effort' | 'hardly-reachable';
/** Verdict on the final target, from its period on. */
export type Verdict = 'completed' | 'basically-completed' | 'not-completed';

/** Average yearly change: needed in the remaining years, and observed so far. */
export interface Pace {
  /** Undefined if no constant growth rate leads from the value to the target. */
  readonly needed?: Decimal;
  readonly observed: Decimal;
  /** The indicator's unit per year, or percent per year (growth, geometric). */
  readonly per: 'unit-per-year' | 'percent-per-year';
}

export function lightOf(status: Status): Light {
  switch (status) {
    case 'completed-early':
    case 'completed':
    case 'ahead':
    case 'as-expected':
      return 'green';
    case 'roughly':
      return 'yellow';
    case 'behind':
    case 'severely-behind':
      return 'red';
    case 'no-data':
    case 'incomparable':
    case 'not-applicable':
      return 'grey';
  }
}

/**
 * The status by the lead Δ and the thresholds of the rules (the defaults are [ours]).
 * - A value worse than the base is severely behind, unless the plan's own milestones also lie below the base (S < 0).
 * - A missed bound is behind, or roughly as expected if the shortfall is within the rules' margin [ours]. It is severely behind if the shortfall in percent of the bound exceeds the threshold
 *   `severe` [ours], and always if the bound is 0, where no percentage exists.
 * - Undefined without a base before the target is due, because progress is unknown.
 */
export function statusOf(standing: Standing, { status, limit }: EvaluationRules): Status | undefined {
  const { treatedAs, due, met, lead, progress, scheduled, boundRate } = standing;
  if (met) return due ? 'completed' : treatedAs === 'hold' ? 'as-expected' : 'completed-early';
  if (lead && progress && scheduled) {
    if (lead.lt(status.severe) || (progress.lt(0) && scheduled.gte(0))) return 'severely-behind';
    if (lead.gte(status.ahead)) return 'ahead';
    if (lead.gte(status.asExpected)) return 'as-expected';
    return lead.gte(status.roughly) ? 'roughly' : 'behind';
  }
  if (treatedAs !== 'hold' && !due) return undefined;
  if (within(standing, limit?.roughly)) return 'roughly';
  return rounded((boundRate ?? zero).minus(hundred)).lt(status.severe) ? 'severely-behind' : 'behind';
}

/** Whether a bound is missed by no more than the margin; without a margin in the rules nothing is. */
const within = ({ shortfall }: Standing, margin: string | undefined): boolean =>
  margin !== undefined && (shortfall?.lte(margin) ?? false);

/**
 * The verdict once the final target is due. `basically-completed` depends on progress P, and for a bound, which has no
 * progress, on the margin of the rules [ours].
 */
export function verdictOf(standing: Standing, { verdict, limit }: EvaluationRules): Verdict | undefined {
  const { due, met, progress } = standing;
  if (!due) return undefined;
  if (met) return 'completed';
  const nearly = progress
    ? rounded(progress).gte(verdict.basicallyCompleted)
    : within(standing, limit?.basicallyCompleted);
  return nearly ? 'basically-completed' : 'not-completed';
}

/**
 * Needed pace (T − X) / (N − n) and observed pace (X − B) / n, in units per year. For growth and geometric trajectories
 * the rates (T / X)^(1/(N−n)) − 1 and (X / B)^(1/n) − 1, in percent per year. Undefined for a hold, without a base, and
 * outside the time between base and final target.
 */
export function paceOf(path: Path, end: number, value: Decimal): Pace | undefined {
  const { start, final } = path;
  if (!start || path.treatedAs === 'hold' || end <= start.end || end >= final.end) return undefined;
  const [past, left] = [end - start.end, final.end - end];
  if (path.kind !== 'growth' && path.trajectory !== 'geometric') {
    const perYear = (change: Decimal, months: number) => change.times(12).div(months);
    return {
      needed: perYear(final.value.minus(value), left),
      observed: perYear(value.minus(start.value), past),
      per: 'unit-per-year',
    };
  }
  const target = path.kind === 'growth' ? grown(start.value, final.value, final.end - start.end) : final.value;
  return {
    needed: value.times(target).gt(0) ? growthRate(value, target, left) : undefined,
    observed: growthRate(start.value, value, past),
    per: 'percent-per-year',
  };
}

/**
 * The outlook by the ratio of needed to observed pace, with the thresholds of the rules [ours]. A bound has no pace: it
 * is reachable if met, needs effort if missed, and is hardly reachable if severely missed. Undefined once the target is
 * due.
 */
export function outlookOf(
  { direction }: Path,
  standing: Standing,
  pace: Pace | undefined,
  rules: EvaluationRules,
): Outlook | undefined {
  if (standing.due) return undefined;
  if (standing.met) return 'reachable';
  if (standing.treatedAs === 'hold')
    return statusOf(standing, rules) === 'severely-behind' ? 'hardly-reachable' : 'needs-effort';
  if (!pace) return undefined;
  const { needed, observed } = pace;
  if (!needed) return 'hardly-reachable';
  // Make paces positive in the better direction, so that a worsening is negative and no multiple of it suffices.
  const better = (number: Decimal) => (direction === 'higher' ? number : number.neg());
  const suffices = (times: string) => rounded(better(needed).minus(better(observed).times(times))).lte(0);
  if (suffices(rules.outlook.reachable)) return 'reachable';
  return suffices(rules.outlook.needsEffort) ? 'needs-effort' : 'hardly-reachable';
}

/**
 * The indicator's score for the index, from 0 to `cap` [ours, after the efficacy-coefficient method 功效系数法]:
 * baseScore + slope · P / S. With the default rules this is 60 at the base and 100 on schedule.
 * - A met target or bound scores `cap`; a missed bound scores its completion rate against the bound.
 * - If S ≤ 0, P / S is meaningless: the score is `cap` if on schedule, otherwise baseScore + slope · Δ / 100.
 */
export function scoreOf(standing: Standing, { index }: EvaluationRules): Decimal | undefined {
  const { treatedAs, due, met, progress, scheduled, lead, boundRate } = standing;
  const cap = new Decimal(index.cap);
  const clamped = (score: Decimal) => rounded(Decimal.max(0, Decimal.min(cap, score)));
  if (met) return cap;
  if (progress && scheduled && lead) {
    if (scheduled.gt(0)) return clamped(progress.div(scheduled).times(index.slope).plus(index.baseScore));
    return lead.gte(0) ? cap : clamped(lead.div(hundred).times(index.slope).plus(index.baseScore));
  }
  if (treatedAs !== 'hold' && !due) return undefined;
  return clamped((boundRate ?? zero).div(hundred).times(cap));
}
