import { Decimal } from '../kernel/decimal.js';
import { invalid } from '../kernel/errors.js';

export const scaleColours = ['red', 'orange', 'yellow', 'green', 'blue', 'grey'] as const;

export interface ScaleStep {
  readonly code: string;
  readonly word: string;
  readonly colour: (typeof scaleColours)[number];
  /** Of a scale of points: the lowest number of points of the step, a decimal. */
  readonly from?: string;
}

/** An ordered scale of verdicts; the lowest step comes first. */
export interface Scale {
  readonly code: string;
  readonly label: string;
  readonly steps: readonly ScaleStep[];
  /** Of a scale of points: the highest number of points. */
  readonly upTo?: string;
}

/** The scale on which qualitative criteria are scored. */
export const criteriaScale = 'criteria';

/** The scales that every evaluation may use. Their words and bands are our own. */
export const defaultScales: readonly Scale[] = [
  {
    code: 'five',
    label: '五档',
    steps: [
      { code: 'severely-behind', word: '严重滞后', colour: 'red' },
      { code: 'behind', word: '进展滞后', colour: 'orange' },
      { code: 'nearly', word: '基本完成', colour: 'yellow' },
      { code: 'completed', word: '完成', colour: 'green' },
      { code: 'early', word: '提前完成', colour: 'blue' },
    ],
  },
  {
    code: 'pass',
    label: '合格–不合格',
    steps: [
      { code: 'failed', word: '不合格', colour: 'red' },
      { code: 'passed', word: '合格', colour: 'green' },
    ],
  },
  {
    code: 'points',
    label: '百分制',
    steps: [
      { code: 'poor', word: '差', colour: 'red', from: '0' },
      { code: 'fair', word: '中', colour: 'yellow', from: '60' },
      { code: 'good', word: '良', colour: 'green', from: '75' },
      { code: 'excellent', word: '优', colour: 'blue', from: '90' },
    ],
    upTo: '100',
  },
  {
    code: criteriaScale,
    label: '定性评分 1–5',
    steps: [
      { code: '1', word: '1 很差', colour: 'red' },
      { code: '2', word: '2 较差', colour: 'orange' },
      { code: '3', word: '3 一般', colour: 'yellow' },
      { code: '4', word: '4 较好', colour: 'green' },
      { code: '5', word: '5 很好', colour: 'blue' },
    ],
  },
];

/**
 * Checks the scales that a scheme declares.
 * @throws {DomainError} `scale.code-taken`, `scale.steps`, `scale.points`
 */
export function assertDeclarable(declared: readonly Scale[]): void {
  const known = new Set(defaultScales.map(({ code }) => code));
  declared.forEach(({ code, steps, upTo }, at) => {
    const field = `scales.${at}`;
    if (known.has(code)) throw invalid('scale.code-taken', `等级 ${code} 已有：请换一个代码`, `${field}.code`);
    known.add(code);
    if (new Set(steps.map((step) => step.code)).size < steps.length) {
      throw invalid('scale.steps', `等级 ${code} 各档的代码不能重复`, `${field}.steps`);
    }
    const bounds = [...steps.map(({ from }) => from), upTo];
    if (bounds.every((bound) => bound === undefined)) return;
    const isRising = bounds.every(
      (bound, place) =>
        bound !== undefined && (place === 0 || new Decimal(bound).greaterThan(new Decimal(bounds[place - 1] ?? bound))),
    );
    if (!isRising) {
      const message = `等级 ${code} 按分数分档的，须写明各档的最低分（from）和最高分（upTo），由低到高递增`;
      throw invalid('scale.points', message, `${field}.steps`);
    }
  });
}

/** Where a verdict stands on its scale: a step, and the points that led to it on a scale of points. */
export interface Placed {
  readonly step: string;
  readonly points?: string;
}

/**
 * The step of a verdict. On a scale of points it follows from the points, and is not stated.
 * @throws {DomainError} `verdict.step`, `verdict.points`
 */
export function placedOn({ code, label, steps, upTo }: Scale, step?: string, points?: string): Placed {
  if (upTo === undefined) {
    if (points !== undefined) throw invalid('verdict.points', `等级“${label}”不用分数：请写等次`, 'points');
    if (steps.some((each) => each.code === step)) return { step: step! };
    const words = steps.map((each) => `${each.code}（${each.word}）`).join('、');
    throw invalid('verdict.step', `等级“${label}”（${code}）的等次须为 ${words} 之一`, 'step');
  }
  const lowest = steps[0]!.from!;
  const isWithin =
    points !== undefined && !new Decimal(points).lessThan(lowest) && !new Decimal(points).greaterThan(upTo);
  if (step !== undefined || !isWithin) {
    const message = `等级“${label}”按分数分档：请只写分数，${lowest} 至 ${upTo}`;
    throw invalid('verdict.points', message, step === undefined ? 'points' : 'step');
  }
  const reached = steps.findLast(({ from }) => !new Decimal(points).lessThan(from!))!;
  return { step: reached.code, points };
}

/** How far apart the highest and the lowest of these steps are: 0 where fewer than two differ. */
export function spread({ steps }: Scale, taken: readonly string[]): number {
  const places = taken.map((step) => steps.findIndex(({ code }) => code === step));
  return places.length === 0 ? 0 : Math.max(...places) - Math.min(...places);
}
