import { Decimal } from '../kernel/decimal.js';
import { grouped } from '../kernel/grouped.js';
import { quotient, readUnit, unitsIn } from '../kernel/unit-of-measure.js';
import type { Oddity } from '../slice/plausibility.js';
import { indicatorSide, nameOf, type DefinedIndicator, type IndicatorSight } from './indicator-sight.js';
import { isCounted } from './whole-components.js';

/** What contradicts itself in the definitions of a folder. */
export function definitionOddities(sight: IndicatorSight): Oddity[] {
  const defined = [...sight.defined.keys()].flatMap((code) => sight.states.get(code) ?? []);
  return [
    ...defined.flatMap((indicator) => [
      ...sumOfRates(indicator, sight),
      ...negativeMinimum(indicator, sight),
      ...scaleUnlikeUnits(indicator, sight),
    ]),
    ...namesakes(defined, sight),
    ...emptyAreas(defined, sight),
    ...retiredAreas(defined, sight),
    ...(sight.draft && defined.length === 0
      ? [
          {
            code: 'plan.no-indicators',
            subject: sight.draft.command.plan,
            message: '规划没有任何指标：请检查是否漏了 indicators.yaml，或其中没有内容',
            sides: [{ asked: sight.draft }, { file: 'indicators.yaml' }],
          },
        ]
      : []),
  ];
}

/** A unit of measure per something that is not time: 人/万人, but not 吨/年. */
const perSomething = /[/每](?!(年|月|日|天|周|小时)$)/u;
const perTime = /[/每](年|月|日|天|周|小时)$/u;

/** Why values of the indicator cannot be added up. */
function notAdditive({ definition, defined }: DefinedIndicator): string | undefined {
  const { unitOfMeasure, valueType, measurement } = definition;
  if (measurement.type === 'ratio') return '由分子、分母计算的比率';
  if (valueType === 'percentage' || /[%‰％]/u.test(unitOfMeasure)) return '百分比';
  if (perSomething.test(unitOfMeasure)) return `比率（${unitOfMeasure}）`;
  if (perTime.test(unitOfMeasure) && defined.name.includes('标准')) return '统一的标准';
  return undefined;
}

function sumOfRates(indicator: DefinedIndicator, sight: IndicatorSight): Oddity[] {
  const why = indicator.definition.aggregation === 'sum' ? notAdditive(indicator) : undefined;
  if (why === undefined) return [];
  const { code, definition } = indicator;
  const other = definition.measurement.type === 'ratio' ? 'measurement' : 'unitOfMeasure';
  return [
    {
      code: 'indicator.sum-of-rates',
      subject: code,
      message: `${nameOf(indicator)}的数值是${why}，汇总方式却是各单位相加（sum）：比率用 ratio-of-sums，统一标准用 common，不汇总用 none`,
      sides: [indicatorSide(sight, code, 'definition.aggregation'), indicatorSide(sight, code, `definition.${other}`)],
    },
  ];
}

/**
 * The scale that the units of measure of a ratio ask for, 人 ÷ 人 in %: 100. Undefined if it is the one that is set, or if
 * the units do not tell.
 */
export function scaleOfUnits({ definition }: Pick<DefinedIndicator, 'definition'>): Decimal | undefined {
  const { measurement, unitOfMeasure } = definition;
  if (measurement.type !== 'ratio') return undefined;
  const { numerator, denominator, scale } = measurement;
  const asked = unitsIn(quotient(readUnit(numerator.unit), readUnit(denominator.unit)), readUnit(unitOfMeasure));
  return asked?.equals(scale) ? undefined : asked;
}

function scaleUnlikeUnits(indicator: DefinedIndicator, sight: IndicatorSight): Oddity[] {
  const { code, definition } = indicator;
  const asked = scaleOfUnits(indicator);
  if (!asked || definition.measurement.type !== 'ratio') return [];
  const { numerator, denominator, scale } = definition.measurement;
  return [
    {
      code: 'indicator.scale',
      subject: code,
      message: `${nameOf(indicator)}：分子（${numerator.unit}）÷ 分母（${denominator.unit}）以“${definition.unitOfMeasure}”计，倍数 scale 应为 ${asked.toFixed()}，却是 ${scale}：请核对 scale 和各计量单位`,
      sides: [
        indicatorSide(sight, code, 'definition.measurement.scale'),
        indicatorSide(sight, code, 'definition.unitOfMeasure'),
      ],
    },
  ];
}

function negativeMinimum(indicator: DefinedIndicator, sight: IndicatorSight): Oddity[] {
  const { code, defined, definition } = indicator;
  const { minimum = '0', unitOfMeasure } = definition;
  const falls = defined.kind === 'cumulative' || defined.kind === 'growth';
  if (falls || !isCounted(unitOfMeasure) || !new Decimal(minimum).isNegative() || Number(minimum) === 0) return [];
  return [
    {
      code: 'indicator.minimum-negative',
      subject: code,
      message: `${nameOf(indicator)}以“${unitOfMeasure}”计，不会是负数，下限却是 ${minimum}：请核对 minimum 和 unitOfMeasure`,
      sides: [indicatorSide(sight, code, 'definition.minimum'), indicatorSide(sight, code, 'definition.unitOfMeasure')],
    },
  ];
}

function namesakes(defined: readonly DefinedIndicator[], sight: IndicatorSight): Oddity[] {
  return [...grouped(defined, ({ defined: { name } }) => name).values()].flatMap(([first, ...others]) =>
    others.slice(0, 1).map((other) => ({
      code: 'indicator.same-name',
      subject: other.code,
      message: `指标 ${first!.code} 与 ${other.code}${others.length > 1 ? ` 等 ${others.length + 1} 项` : ''} 都叫“${other.defined.name}”：请核对名称和代码，重复的请删去`,
      sides: [...others, first!].map(({ code }) => indicatorSide(sight, code, 'name')),
    })),
  );
}

/** Indicators in an area that the plan has no more. */
function retiredAreas(defined: readonly DefinedIndicator[], sight: IndicatorSight): Oddity[] {
  return defined.flatMap(({ code, defined: { name, area } }) =>
    area === undefined || sight.plan.areas.has(area)
      ? []
      : [
          {
            code: 'indicator.area-retired',
            subject: code,
            message: `指标 ${code} ${name} 仍属标杆区 ${area}，而规划已没有该标杆区：请改 area，或恢复该标杆区；不改则归入“未归入标杆区”`,
            sides: [
              indicatorSide(sight, code, 'area'),
              ...sight.retiredAreas.filter(({ command }) => command.code === area).map((asked) => ({ asked })),
            ],
          },
        ],
  );
}

/** Areas of the folder without an indicator, where it has indicators at all. */
function emptyAreas(defined: readonly DefinedIndicator[], sight: IndicatorSight): Oddity[] {
  const [first] = defined;
  if (!first) return [];
  const used = new Set(defined.map(({ defined: { area } }) => area));
  return sight.areas
    .filter(({ command }) => !used.has(command.code))
    .map((asked) => ({
      code: 'area.no-indicator',
      subject: asked.command.code,
      message: `标杆区 ${asked.command.code} ${asked.command.name} 没有任何指标：请检查各指标的 area，或删去该标杆区`,
      sides: [{ asked }, indicatorSide(sight, first.code, 'area')],
    }));
}
