import { Decimal } from '../kernel/decimal.js';
import { grouped } from '../kernel/grouped.js';
import { isRange, targetValue } from '../kernel/target-value.js';
import { parsePeriod } from '../kernel/period.js';
import { unitsOf } from '../plans/plan.state.js';
import { unitsIn, type Unit } from '../plans/units-in-time.js';
import { unitSide } from '../plans/unit.plausibility.js';
import type { Oddity } from '../slice/plausibility.js';
import { isRule } from './formula.js';
import { indicatorSide, nameOf, targetSide, type DefinedIndicator, type IndicatorSight } from './indicator-sight.js';

/** Units beside each other, from which on one without a target stands out; ours. */
const fewest = 3;

/** The units below each unit, without those that only lend figures for comparison. */
type Below = ReadonlyMap<string, readonly Unit[]>;

/** Targets that are missing: of an indicator, or of one unit of several; and parts that fall short of the whole. */
export function coverageOddities(sight: IndicatorSight): Oddity[] {
  const touched = new Set([...sight.targets.values()].flatMap(([asked]) => asked!.command.code));
  const indicators = [...touched].flatMap((code) => sight.states.get(code) ?? []);
  const periods = new Set(indicators.flatMap(({ targets }) => [...targets.values()].map(({ period }) => period)));
  const belowIn = new Map([...periods].map((period) => [period, belowUnits(sight, period)]));
  return [
    ...withoutTarget(sight),
    ...unitsLeftOut(indicators, belowIn, sight),
    ...indicators.flatMap((indicator) => partsShort(indicator, belowIn, sight)),
  ];
}

/** As the units are at the end of the period. */
function belowUnits({ plan }: IndicatorSight, period: string): Below {
  const units = unitsIn(unitsOf(plan), parsePeriod(period));
  const below = units.filter(({ parent, level }) => parent !== undefined && level !== 'reference');
  return grouped(below, ({ parent }) => parent!);
}

/** Indicators that are judged, and have nothing to be judged by. */
function withoutTarget(sight: IndicatorSight): Oddity[] {
  const judged = [...sight.defined.keys()]
    .flatMap((code) => sight.states.get(code) ?? [])
    .filter(({ defined }) => defined.role !== 'context');
  const without = judged.filter(({ targets }) => targets.size === 0);
  const [first] = without;
  if (!first) return [];
  if (without.length === judged.length && sight.targets.size === 0) {
    return [
      {
        code: 'targets.missing',
        subject: 'targets.csv',
        message: `${judged.length} 项指标都没有目标，无法评价：请检查是否漏了 targets.csv，或其中只有表头`,
        sides: [{ file: 'targets.csv' }, indicatorSide(sight, first.code, 'code')],
      },
    ];
  }
  return without.map((indicator) => ({
    code: 'indicator.no-target',
    subject: indicator.code,
    message: `${nameOf(indicator)}没有目标，无法评价：请在 targets.csv 补上，或把用途 role 改为 context`,
    sides: [indicatorSide(sight, indicator.code, 'code'), { file: 'targets.csv' }],
  }));
}

/** One unit has no target where all units beside it have one: one warning for each unit. */
function unitsLeftOut(
  indicators: readonly DefinedIndicator[],
  belowIn: ReadonlyMap<string, Below>,
  sight: IndicatorSight,
): Oddity[] {
  const leftOut = indicators.flatMap(({ code, targets }) => {
    const periods = new Set([...targets.values()].map(({ period }) => period));
    return [...periods].flatMap((period) =>
      [...belowIn.get(period)!.values()].flatMap((units) => {
        const without = units.filter((unit) => !targets.has(`${unit.code}/${period}`));
        const [unit] = without;
        if (units.length < fewest || without.length !== 1 || !unit) return [];
        return { unit, code, period, beside: units.find((other) => other !== unit)! };
      }),
    );
  });
  return [...grouped(leftOut, ({ unit }) => unit.code)].map(([code, gaps]) => {
    const { unit, beside, ...first } = gaps[0]!;
    const lacking = gaps.map((gap) => `${gap.code}（${gap.period}）`).join('、');
    return {
      code: 'target.unit-left-out',
      subject: code,
      message: `单位 ${code} ${unit.name} 没有指标 ${lacking} 的目标，同级的其他单位都有：请在 targets.csv 补上`,
      sides: [targetSide(sight, first.code, beside.code, first.period), unitSide(code, sight.units)],
    };
  });
}

/** What the units below are to reach does not make up what the unit above is to reach. */
function partsShort(
  { code, defined, definition, targets }: DefinedIndicator,
  belowIn: ReadonlyMap<string, Below>,
  sight: IndicatorSight,
): Oddity[] {
  if (definition.aggregation !== 'sum' || defined.kind === 'growth') return [];
  return [...targets.values()].flatMap(({ unit, period, value }) => {
    const below = belowIn.get(period)!.get(unit) ?? [];
    const parts = below.flatMap((each) => targets.get(`${each.code}/${period}`) ?? []);
    const isNumber = [value, ...parts.map((part) => part.value)].every((text) => !isRule(text) && !isRange(text));
    if (below.length === 0 || parts.length < below.length || !isNumber) return [];
    const sum = parts.reduce((total, part) => total.plus(targetValue(part.value).value), new Decimal(0));
    const whole = targetValue(value).value;
    if (defined.direction === 'higher' ? sum.greaterThanOrEqualTo(whole) : sum.lessThanOrEqualTo(whole)) return [];
    return {
      code: 'target.parts-short',
      subject: `${code}/${unit}/${period}`,
      message: `指标 ${code} ${defined.name} ${period}：${parts.length} 个下级单位的目标合计 ${sum.toFixed()}，够不上 ${unit} 的目标 ${value}；请核对分解的目标`,
      sides: [
        targetSide(sight, code, unit, period),
        ...parts.map((part) => targetSide(sight, code, part.unit, part.period)),
      ],
    };
  });
}
