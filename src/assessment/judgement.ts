import type { EvaluationRules } from '../plans/evaluation-rules.js';
import { Decimal, hundred, settled, zero } from './decimals.js';
import type { Standing } from './standing.js';
import { growthRate, grown, type Way } from './trajectory.js';

/** Where an indicator is on its way; the last three are reasons for saying nothing. */
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
/** What is said of a target once its final period has come. */
export type Verdict = 'completed' | 'basically-completed' | 'not-completed';

/** From here on: what each remaining year must bring, and what each year so far has brought. */
export interface Pace {
  /** Undefined where no even growth leads from here to the target. */
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
 * By the lead Δ, with the thresholds of the rules (the defaults are [ours]). A value worse than the base is severe, but
 * not while the plan's own milestones lead through there. A bound not kept is behind, and severely so when what is missing, in
 * percent of the bound, exceeds the same threshold [ours]; a bound of 0 has no percentage, to miss it at all is severe.
 * Undefined without a base, before the target is due: a level alone does not say how far one has come.
 */
export function statusOf(standing: Standing, { status }: EvaluationRules): Status | undefined {
  const { treatedAs, due, met, lead, progress, scheduled, kept } = standing;
  if (met) return due ? 'completed' : treatedAs === 'hold' ? 'as-expected' : 'completed-early';
  if (lead && progress && scheduled) {
    if (lead.lt(status.severe) || (progress.lt(0) && scheduled.gte(0))) return 'severely-behind';
    if (lead.gte(status.ahead)) return 'ahead';
    if (lead.gte(status.asExpected)) return 'as-expected';
    return lead.gte(status.roughly) ? 'roughly' : 'behind';
  }
  if (treatedAs !== 'hold' && !due) return undefined;
  return settled((kept ?? zero).minus(hundred)).lt(status.severe) ? 'severely-behind' : 'behind';
}

/** Once the final target is due: met; nearly, by progress P [ours] (so a bound has no “nearly”); not. */
export function verdictOf({ due, met, progress }: Standing, { verdict }: EvaluationRules): Verdict | undefined {
  if (!due) return undefined;
  if (met) return 'completed';
  const nearly = progress && settled(progress).gte(verdict.basicallyCompleted);
  return nearly ? 'basically-completed' : 'not-completed';
}

/** (T − X) / (N − n) against (X − B) / n; where growth is even, (T / X)^(1/(N−n)) − 1 against (X / B)^(1/n) − 1. */
export function paceOf(way: Way, end: number, value: Decimal): Pace | undefined {
  const { start, final } = way;
  if (!start || way.treatedAs === 'hold' || end <= start.end || end >= final.end) return undefined;
  const [past, left] = [end - start.end, final.end - end];
  if (way.kind !== 'growth' && way.trajectory !== 'geometric') {
    const perYear = (change: Decimal, months: number) => change.times(12).div(months);
    return {
      needed: perYear(final.value.minus(value), left),
      observed: perYear(value.minus(start.value), past),
      per: 'unit-per-year',
    };
  }
  const target = way.kind === 'growth' ? grown(start.value, final.value, final.end - start.end) : final.value;
  return {
    needed: value.times(target).gt(0) ? growthRate(value, target, left) : undefined,
    observed: growthRate(start.value, value, past),
    per: 'percent-per-year',
  };
}

/**
 * The pace needed against the pace observed, by the ratios of the rules [ours]. A bound knows no pace: kept it is reachable, missed it needs an effort, missed
 * severely it is hardly reachable. Nothing is said of a target already due.
 */
export function outlookOf(
  { direction }: Way,
  standing: Standing,
  pace: Pace | undefined,
  rules: EvaluationRules,
): Outlook | undefined {
  if (standing.due) return undefined;
  if (standing.met) return 'reachable';
  if (standing.treatedAs === 'hold')
    return statusOf(standing, rules) === 'behind' ? 'needs-effort' : 'hardly-reachable';
  if (!pace) return undefined;
  const { needed, observed } = pace;
  if (!needed) return 'hardly-reachable';
  // Paces count in the direction that is better, so that a retreat is negative and no multiple of it suffices.
  const better = (number: Decimal) => (direction === 'higher' ? number : number.neg());
  const suffices = (times: string) => settled(better(needed).minus(better(observed).times(times))).lte(0);
  if (suffices(rules.outlook.reachable)) return 'reachable';
  return suffices(rules.outlook.needsEffort) ? 'needs-effort' : 'hardly-reachable';
}

/**
 * The indicator's score for the index, 0 … cap [ours, after 功效系数法]: base + slope · P / S, so the base score at the base and full
 * marks on schedule. A bound kept or a target met has full marks; a bound missed has its level rate.
 * Where nothing is due yet (S ≤ 0) P / S says nothing: full marks on schedule, below it the base score less the slope's
 * share of the shortfall.
 */
export function scoreOf(standing: Standing, { index }: EvaluationRules): Decimal | undefined {
  const { treatedAs, due, met, progress, scheduled, lead, kept } = standing;
  const cap = new Decimal(index.cap);
  const clamped = (score: Decimal) => settled(Decimal.max(0, Decimal.min(cap, score)));
  if (met) return cap;
  if (progress && scheduled && lead) {
    if (scheduled.gt(0)) return clamped(progress.div(scheduled).times(index.slope).plus(index.baseScore));
    return lead.gte(0) ? cap : clamped(lead.div(hundred).times(index.slope).plus(index.baseScore));
  }
  if (treatedAs !== 'hold' && !due) return undefined;
  return clamped((kept ?? zero).div(hundred).times(cap));
}
