import { numbersOf, shownTarget } from '../kernel/target-value.js';
import type { Oddity } from '../slice/plausibility.js';
import { isRule } from './formula.js';
import { SetTarget } from './indicator.commands.js';
import type { Target } from './indicator.state.js';
import { indicatorSide, nameOf, targetSide, type DefinedIndicator, type IndicatorSight } from './indicator-sight.js';

/** Targets that contradict the definition of their indicator, or say the same twice. */
export function targetOddities(sight: IndicatorSight): Oddity[] {
  const single = [...sight.targets.values()].flatMap((asked) => {
    const { code, unit, period } = asked[0]!.command;
    const indicator = sight.states.get(code);
    const target = indicator?.targets.get(`${unit}/${period}`);
    if (!indicator || !target || isRule(target.value)) return [];
    const odd = targetDoubt(target, indicator);
    if (!odd) return [];
    const { field, ...about } = odd;
    const sides = [targetSide(sight, code, unit, period), indicatorSide(sight, code, field)];
    return { ...about, subject: `${code}/${unit}/${period}`, sides };
  });
  return [...single, ...setTwice(sight)];
}

/** What one target contradicts in the definition, and the field that says so. */
export function targetDoubt(
  { unit, period, value }: Target,
  indicator: DefinedIndicator,
): { code: string; message: string; field: string } | undefined {
  const { defined, definition } = indicator;
  const { unitOfMeasure } = definition;
  const what = `${nameOf(indicator)}（单位 ${unit}）${period} 的目标 ${shownTarget(value)}`;
  const numbers = numbersOf(value);
  if (defined.kind === 'growth') {
    const [number] = numbers;
    const wrong = defined.direction === 'higher' ? number.lessThan(0) : number.greaterThan(0);
    if (!wrong) return undefined;
    const message = `${what} 是${number.isNegative() ? '负' : '正'}增长，方向 direction 却是 ${defined.direction}：请核对目标和方向`;
    return { code: 'target.growth-sign', message, field: 'direction' };
  }
  const lowest = definition.minimum ?? '0';
  const highest = definition.maximum ?? (isShare(indicator) ? '100' : undefined);
  if (numbers.some((each) => each.lessThan(lowest) || (highest !== undefined && each.greaterThan(highest)))) {
    const range = highest === undefined ? `不小于 ${lowest}` : `在 ${lowest} 到 ${highest} 之间`;
    return {
      code: 'target.out-of-range',
      message: `${what} ${unitOfMeasure} 超出取值范围：该指标的数值须${range}；请核对目标，确可如此的请在指标写明 minimum、maximum`,
      field: definition.maximum === undefined ? 'definition.unitOfMeasure' : 'definition.maximum',
    };
  }
  if (isWhole(indicator) && !numbers.every((each) => each.isInteger())) {
    return {
      code: 'target.not-whole',
      message: `${what} 不是整数，而按定义该指标的数值（${unitOfMeasure}）须为整数：请核对目标和小数位 decimals`,
      field: definition.valueType === 'count' ? 'definition.valueType' : 'decimals',
    };
  }
  return undefined;
}

const isShare = ({ definition }: DefinedIndicator) =>
  definition.valueType === 'percentage' || definition.unitOfMeasure === '%';

/** Whether the definition admits whole values only. */
const isWhole = ({ defined, definition }: DefinedIndicator): boolean =>
  definition.valueType === 'count' || (definition.measurement.type === 'direct' && defined.decimals === 0);

/** The same target in two rows that differ in nothing that matters; equal rows are noticed when the table is read. */
function setTwice({ targets }: IndicatorSight): Oddity[] {
  return [...targets.values()].flatMap((asked) => {
    const [first, second] = asked.filter(({ command }) => command instanceof SetTarget);
    if (!first || !second || first.sender.commandId === second.sender.commandId) return [];
    const { code, unit, period } = second.command;
    return {
      code: 'target.set-twice',
      subject: `${code}/${unit}/${period}`,
      message: `指标 ${code} 单位 ${unit} ${period} 的目标写了两次：第二行不起作用，请删去，或改为本来要写的单位、期间`,
      sides: [
        { asked: second, field: 'period' },
        { asked: first, field: 'period' },
      ],
    };
  });
}
