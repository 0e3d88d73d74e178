import { assessOrFault, type AssessmentInput } from '../assessment/assessment.js';
import { assessmentInput, type Cell } from '../assessment/cell.js';
import { Decimal, exactly, shownWith } from '../assessment/decimals.js';
import type { Status } from '../assessment/judgement.js';
import { isMeasured } from '../assessment/measured.js';
import { statusWords } from '../assessment/words.js';
import type { IndicatorRow } from '../overview/indicator-row.js';
import type { EvaluationRules } from '../plans/evaluation-rules.js';
import type { Oddity } from '../quality/mark.js';

/** A value counts as entered right before a cut-off in so many days before it. */
export const daysBefore = 60;

/** So many steps of the last decimal are near. */
const near = 2;

interface Crossing {
  readonly status: Status;
  /** How the value would be judged so many steps of the last decimal to the worse side. */
  readonly otherwise: Status;
  readonly steps: number;
  /** The status of the value before; absent where there was none. */
  readonly earlier?: Status;
}

interface CrossingQuestion {
  readonly at: Decimal;
  /** The value that it replaced. */
  readonly earlier?: Decimal;
  readonly decimals: number;
  readonly direction: 'higher' | 'lower';
  status(exact: Decimal): Status;
}

/**
 * Whether a value moved the status and is no more than two steps of its last decimal on the better side of the threshold
 * that it crossed. A first value moved the status from 暂无数据.
 */
export function justAcross({
  at,
  earlier,
  decimals,
  direction,
  status: statusOf,
}: CrossingQuestion): Crossing | undefined {
  const status = statusOf(at);
  const before = earlier && statusOf(earlier);
  if (before === status) return undefined;
  const step = new Decimal(10).pow(-decimals).times(direction === 'higher' ? -1 : 1);
  for (let steps = 1; steps <= near; steps += 1) {
    const otherwise = statusOf(at.plus(step.times(steps)));
    if (otherwise !== status) return { status, otherwise, steps, ...(before !== undefined && { earlier: before }) };
  }
  return undefined;
}

interface CutOff {
  /** `midterm-2022/1`. */
  readonly snapshot: string;
  readonly day: string;
  readonly enteredOn: string;
  readonly baseline: string;
  readonly rules: EvaluationRules;
}

const unjudged: readonly Status[] = ['no-data', 'incomparable', 'not-applicable'];

/** The mark of one judged cell at the cut-off of an evaluation; undefined where there is none. */
export function thresholdMark(
  row: IndicatorRow,
  cell: Cell,
  earlier: Decimal | undefined,
  { snapshot, day, enteredOn, baseline, rules }: CutOff,
): Oddity | undefined {
  const { value, assessment, cumulativeSum } = cell;
  if (!isMeasured(value) || value.source !== 'reported' || unjudged.includes(assessment.status)) return undefined;
  const at = new Decimal(value.exact);
  const input = assessmentInput(row, cell, baseline);
  const inputOf = (exact: Decimal): AssessmentInput => ({
    ...input,
    value: exactly(exact),
    ...(cumulativeSum !== undefined && { cumulativeSum: exactly(exact.plus(cumulativeSum).minus(at)) }),
  });
  const crossing = justAcross({
    ...{ at, earlier, decimals: row.decimals, direction: row.direction },
    status: (exact) => assessOrFault(inputOf(exact), rules).status,
  });
  if (!crossing) return undefined;
  const word = (status: Status) => statusWords[status].zh;
  const was =
    crossing.earlier === undefined
      ? '此前没有数值'
      : `此前为 ${shownWith(row.decimals, earlier!)}（${word(crossing.earlier)}）`;
  const shift = shownWith(row.decimals, new Decimal(10).pow(-row.decimals).times(crossing.steps));
  return {
    message: `评估 ${snapshot} 截至 ${day}，此值 ${enteredOn} 才报出：${value.shown} 判为“${word(crossing.status)}”，只差 ${shift} 即判为“${word(crossing.otherwise)}”；${was}`,
    numbers: { value: value.shown, shift, ...(earlier && { earlier: exactly(earlier) }) },
  };
}
