import { Decimal } from '../kernel/decimal.js';
import { grouped } from '../kernel/grouped.js';
import { factorBetween } from '../kernel/magnitude.js';
import { endInYears, parsePeriod, type Period } from '../kernel/period.js';
import { isRange, targetValue } from '../kernel/target-value.js';
import { isRule } from '../indicators/formula.js';
import { indicatorSide, nameOf, targetSide, type DefinedIndicator } from '../indicators/indicator-sight.js';
import { targetDoubt } from '../indicators/target.plausibility.js';
import { isCounted } from '../indicators/whole-components.js';
import type { Oddity, Side } from '../slice/plausibility.js';
import { basePeriod, type FigureSight } from './figure-sight.js';
import { valueOf } from './values.js';

/** How many times a target may be the one before it, or the base; ours. */
const farOff = 50;
/** For a number of things that begins below ten; ours. From 1 to 100 is a plan, no slip. */
const farOffFromFew = 1_000;

/** The base of a unit and its targets, in the order of their periods. */
interface Step {
  readonly isBase: boolean;
  readonly period: Period;
  readonly value: Decimal;
  readonly side: Side;
}

interface Pair {
  readonly unit: string;
  readonly from: Step;
  readonly to: Step;
}

/** Where the way from the base over the targets leads in the wrong direction, or jumps. */
export function pathOddities(indicator: DefinedIndicator, sight: FigureSight): Oddity[] {
  const { kind } = indicator.defined;
  if (kind === 'growth') return [];
  const pairs = pathsOf(indicator, sight).flatMap(({ unit, steps }) =>
    steps.slice(1).map((to, at) => ({ unit, from: steps[at]!, to })),
  );
  const jumps = pairs.filter(({ from, to }) => isJump(from.value, to.value, indicator));
  // What keeps its value may have a target below its base.
  const straight = kind === 'hold' ? [] : pairs.filter(({ unit }) => !jumps.some((jump) => jump.unit === unit));
  return [...jumpOddity(jumps, indicator, sight), ...turnOddities(straight, indicator, sight)];
}

function pathsOf(indicator: DefinedIndicator, sight: FigureSight): { unit: string; steps: Step[] }[] {
  // One that contradicts its definition is said to do that; a range is no step of a way.
  const targets = [...indicator.targets.values()].filter(
    (target) => !isRule(target.value) && !isRange(target.value) && !targetDoubt(target, indicator),
  );
  const period = basePeriod(indicator, sight);
  return [...grouped(targets, ({ unit }) => unit)].map(([unit, own]) => {
    // A total of the years has no way from a base.
    const base =
      period && indicator.defined.kind !== 'cumulative' ? valueOf(indicator, unit, period, sight) : undefined;
    const steps = own
      .map((target) => ({
        isBase: false,
        period: parsePeriod(target.period),
        value: targetValue(target.value).value,
        side: targetSide(sight, indicator.code, unit, target.period),
      }))
      .toSorted((a, b) => endInYears(a.period) - endInYears(b.period));
    return {
      unit,
      steps: [...(base ? [{ isBase: true, period: period!, value: base.exact, side: base.side }] : []), ...steps],
    };
  });
}

/** Whether two values of one indicator are too far apart for both to be meant. */
export function isJump(a: Decimal, b: Decimal, { definition }: DefinedIndicator, limit = farOff): boolean {
  const few = Decimal.min(a.abs(), b.abs()).lessThan(10);
  const counted = definition.valueType === 'count' || isCounted(definition.unitOfMeasure);
  return factorBetween(a, b)?.greaterThanOrEqualTo(few && counted ? Math.max(limit, farOffFromFew) : limit) ?? false;
}

const stepText = ({ isBase, period, value }: Step) =>
  `${isBase ? '基期' : ''} ${period.text} ${isBase ? '' : '的目标 '}${value.toFixed()}`.trim();

/** One warning for each indicator: a wrong unit of measure is wrong for all units. */
function jumpOddity(jumps: readonly Pair[], indicator: DefinedIndicator, sight: FigureSight): Oddity[] {
  const [first] = jumps;
  if (!first) return [];
  const { unit, from, to } = first;
  const units = new Set(jumps.map((jump) => jump.unit)).size;
  const times = factorBetween(from.value, to.value)!.toDecimalPlaces(0).toFixed();
  return [
    {
      code: 'target.magnitude',
      subject: `${indicator.code}/${unit}/${to.period.text}`,
      message: `${nameOf(indicator)}（单位 ${unit}${units > 1 ? ` 等 ${units} 个` : ''}）：${stepText(from)} 与 ${stepText(to)} 相差 ${times} 倍：请核对数值，以及是否同为“${indicator.definition.unitOfMeasure}”`,
      sides: [to.side, from.side, indicatorSide(sight, indicator.code, 'definition.unitOfMeasure')],
    },
  ];
}

function turnOddities(pairs: readonly Pair[], indicator: DefinedIndicator, sight: FigureSight): Oddity[] {
  const { direction } = indicator.defined;
  const sign = direction === 'higher' ? 1 : -1;
  const signOf = ({ from, to }: Pair) => to.value.comparedTo(from.value) * sign;
  const wrong = pairs.filter((pair) => signOf(pair) < 0);
  const right = pairs.filter((pair) => signOf(pair) > 0);
  const [first] = wrong;
  if (!first) return [];
  const should = direction === 'higher' ? '越高越好（higher）' : '越低越好（lower）';
  const way = direction === 'higher' ? '低于' : '高于';
  if (wrong.length > 1 && right.length === 0) {
    return [
      {
        code: 'indicator.direction',
        subject: indicator.code,
        message: `${nameOf(indicator)}的方向是${should}，而目标一路${direction === 'higher' ? '下降' : '上升'}（${stepText(first.from)}，${stepText(first.to)}）：请核对 direction`,
        sides: [indicatorSide(sight, indicator.code, 'direction'), first.to.side, first.from.side],
      },
    ];
  }
  return wrong.map(({ unit, from, to }) => ({
    ...(from.isBase ? { code: 'target.behind-base' } : { code: 'target.path-turns' }),
    subject: `${indicator.code}/${unit}/${to.period.text}`,
    message: `${nameOf(indicator)}（单位 ${unit}）${should}，而 ${stepText(to)} ${way} ${stepText(from)}：请核对目标、${from.isBase ? '基期值' : '前一目标'}和 direction；只须保持的，请把 kind 改为 hold`,
    sides: [to.side, from.side, indicatorSide(sight, indicator.code, 'direction')],
  }));
}
