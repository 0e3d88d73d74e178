import { Decimal } from '../kernel/decimal.js';
import { endInYears, parsePeriod } from '../kernel/period.js';
import { isRange, targetValue } from '../kernel/target-value.js';
import { readUnit, unitsIn } from '../kernel/unit-of-measure.js';
import { isRule } from '../indicators/formula.js';
import {
  indicatorSight,
  targetSide,
  type DefinedIndicator,
  type IndicatorSight,
} from '../indicators/indicator-sight.js';
import type { Target } from '../indicators/indicator.state.js';
import { plausibility, type AskedCommand, type Oddity } from '../slice/plausibility.js';
import { PromiseContent } from './promise.commands.js';

interface PromiseSight extends IndicatorSight {
  readonly promises: readonly AskedCommand<PromiseContent>[];
}

export const promisePlausibility = plausibility<PromiseSight>({
  async gather(asked, load) {
    const promises = asked.of(PromiseContent);
    const codes = promises.flatMap(({ command }) => command.indicator ?? []);
    return { ...(await indicatorSight(asked, load, codes)), promises };
  },
  oddities: (sight) =>
    sight.promises.flatMap((asked) => [...withoutTarget(asked, sight), ...unlikeTarget(asked, sight)]),
});

/** The whole plan's target of the period; without a period, the last one. */
function targetOf({ indicator, period }: PromiseContent, sight: PromiseSight): [DefinedIndicator, Target?] | undefined {
  const followed = indicator === undefined ? undefined : sight.states.get(indicator);
  const top = [...sight.plan.units.values()].find(({ level, parent }) => level !== 'reference' && !parent);
  if (!followed || !top) return undefined;
  const targets = [...followed.targets.values()]
    .filter(({ unit }) => unit === top.code)
    .toSorted((a, b) => endInYears(parsePeriod(a.period)) - endInYears(parsePeriod(b.period)));
  return [followed, period === undefined ? targets.at(-1) : targets.find((target) => target.period === period)];
}

/** A promise is judged by a target; without one it stays without judgement. */
function withoutTarget(asked: AskedCommand<PromiseContent>, sight: PromiseSight): Oddity[] {
  const { id, statement, period } = asked.command;
  const [indicator, target] = targetOf(asked.command, sight) ?? [];
  // An indicator without any target is said there.
  if (!indicator || target || indicator.targets.size === 0) return [];
  return [
    {
      code: 'promise.no-target',
      subject: id,
      message: `规划任务目标 ${id}“${statement}”由指标 ${indicator.code} 跟踪，而该指标没有 ${period ?? '全规划'} 的目标，无法评价：请核对期限，或在 targets.csv 补上目标`,
      sides: [{ asked, field: 'period' }, { file: 'targets.csv' }],
    },
  ];
}

/** Whether a target holds what the promise says: a promise of more than 60 has the target 61. */
const holds: Readonly<Record<string, (target: Decimal, promised: Decimal) => boolean>> = {
  '>': (target, promised) => target.greaterThan(promised),
  '<': (target, promised) => target.lessThan(promised),
};

function unlikeTarget(asked: AskedCommand<PromiseContent>, sight: PromiseSight): Oddity[] {
  const { id, statement, value, unitOfMeasure, comparator = '=' } = asked.command;
  const [indicator, target] = targetOf(asked.command, sight) ?? [];
  if (!indicator || !target || value === undefined || isRule(target.value) || isRange(target.value)) return [];
  const own = indicator.definition.unitOfMeasure;
  const factor = unitOfMeasure === undefined ? new Decimal(1) : unitsIn(readUnit(unitOfMeasure), readUnit(own));
  if (!factor) return [];
  const [{ value: set, strict }, promised] = [targetValue(target.value), factor.times(value)];
  // A target that has to be passed says what the promise says.
  if (strict && comparator === target.value[0] && set.equals(promised)) return [];
  if ((holds[comparator] ?? ((a, b) => a.equals(b)))(set, promised)) return [];
  return [
    {
      code: 'promise.unlike-target',
      subject: id,
      message: `规划任务目标 ${id}“${statement}”写的是 ${comparator}${value}${unitOfMeasure ?? ''}，指标 ${indicator.code} ${target.period} 的目标却是 ${target.value}${unitOfMeasure === undefined ? '' : own}：请改成一致`,
      sides: [{ asked, field: 'value' }, targetSide(sight, indicator.code, target.unit, target.period)],
    },
  ];
}
