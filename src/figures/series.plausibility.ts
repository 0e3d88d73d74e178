import type { Decimal } from '../kernel/decimal.js';
import { factorBetween } from '../kernel/magnitude.js';
import { numbersOf, shownTarget } from '../kernel/target-value.js';
import { scaleOfUnits } from '../indicators/definition.plausibility.js';
import { isRule } from '../indicators/formula.js';
import { indicatorSide, nameOf, targetSide, type DefinedIndicator } from '../indicators/indicator-sight.js';
import type { Oddity } from '../slice/plausibility.js';
import { figureSide, type Figure, type FigureSight } from './figure-sight.js';
import { isJump } from './target-path.plausibility.js';
import { addedUp } from './values.js';

/** How many times a value may be the one of the period before, or the nearest target; ours. */
const farOff = 100;
/** How many times a denominator may be the one of the period before; ours. What is measured changes, its basis hardly. */
const denominatorFarOff = 10;
/** How many times the computed values may be the nearest target or printed value, before the scale is doubted; ours. */
const scaleFarOff = 50;
/** How many times a unit's own figure may be what its parts add up to; ours. */
const totalFarOff = 5;

/** Values that are of another magnitude than the scale of the ratio lets expect. Whatever follows from it is not said. */
export function scaleOddities(indicator: DefinedIndicator, sight: FigureSight): Oddity[] {
  const figures = [...(sight.figures.get(indicator.code)?.values() ?? [])].flat();
  const { code, definition } = indicator;
  // Said already of its definition.
  if (scaleOfUnits(indicator)) return [];
  const odd = unlikeParts(indicator, figures, sight) ?? farFromPrinted(indicator, figures, sight);
  if (!odd) return [];
  const isRatio = definition.measurement.type === 'ratio';
  const scale = definition.measurement.type === 'ratio' ? `（倍数 scale 为 ${definition.measurement.scale}）` : '';
  return [
    {
      ...(isRatio ? { code: 'indicator.scale' } : { code: 'figure.total-far-off' }),
      subject: code,
      message: `${nameOf(indicator)}：由${isRatio ? `分子、分母算出的数${scale}` : '下级相加的数'} ${shown(odd.computed)} 与${odd.what} ${shown(odd.printed)} 相差 ${odd.times} 倍：请核对${isRatio ? ' scale、' : ''}数值和计量单位`,
      sides: [
        ...(isRatio ? [indicatorSide(sight, code, 'definition.measurement.scale')] : []),
        odd.printedSide,
        odd.computedSide,
      ],
    },
  ];
}

const shown = (value: Decimal) => value.toSignificantDigits(6).toFixed();
const timesOf = (a: Decimal, b: Decimal) => factorBetween(a, b)!.toDecimalPlaces(0).toFixed();

type Side = Oddity['sides'][number];

interface Unlike {
  readonly computed: Decimal;
  readonly computedSide: Side;
  readonly printed: Decimal;
  readonly printedSide: Side;
  readonly what: string;
  readonly times: string;
}

function unlikeParts(indicator: DefinedIndicator, figures: readonly Figure[], sight: FigureSight): Unlike | undefined {
  for (const own of figures) {
    const sum = addedUp(indicator, own.unit, own.period, sight);
    if (!sum || !factorBetween(own.exact, sum.exact)?.greaterThanOrEqualTo(totalFarOff)) continue;
    return {
      ...{ computed: sum.exact, computedSide: sum.side, printed: own.exact, printedSide: figureSide(own) },
      what: `单位 ${own.unit} ${own.period.text} 自报的`,
      times: timesOf(own.exact, sum.exact),
    };
  }
  return undefined;
}

/** Even the value that is nearest to a target or to a value given as it is. */
function farFromPrinted(
  indicator: DefinedIndicator,
  figures: readonly Figure[],
  sight: FigureSight,
): Unlike | undefined {
  if (indicator.definition.measurement.type !== 'ratio') return undefined;
  const { code, defined, targets } = indicator;
  const ofTargets =
    defined.kind === 'level' || defined.kind === 'hold'
      ? [...targets.values()].filter(({ value }) => !isRule(value))
      : [];
  const printed = [
    ...ofTargets.flatMap(({ unit, period, value: target }) =>
      numbersOf(target).map((value) => ({
        value,
        side: targetSide(sight, code, unit, period),
        what: `${period} 的目标`,
      })),
    ),
    ...figures
      .filter(({ reported }) => 'value' in reported)
      .map((figure) => ({ value: figure.exact, side: figureSide(figure), what: `${figure.period.text} 直接填报的` })),
  ];
  const computed = figures.filter(({ reported }) => 'numerator' in reported);
  const pairs = computed.flatMap((figure) =>
    printed.flatMap((other) => {
      const factor = factorBetween(figure.exact, other.value);
      return factor ? { figure, other, factor } : [];
    }),
  );
  const [first, ...rest] = pairs;
  if (!first) return undefined;
  const { figure, other, factor } = rest.reduce((a, b) => (b.factor.lessThan(a.factor) ? b : a), first);
  if (factor.lessThan(scaleFarOff)) return undefined;
  return {
    ...{ computed: figure.exact, computedSide: figureSide(figure), printed: other.value, printedSide: other.side },
    what: other.what,
    times: factor.toDecimalPlaces(0).toFixed(),
  };
}

/** A value that is a hundred times the one before. One warning for each indicator. */
export function jumpOddities(indicator: DefinedIndicator, sight: FigureSight): Oddity[] {
  const pairs = [...(sight.figures.get(indicator.code)?.values() ?? [])].flatMap((figures) =>
    figures.slice(1).map((to, at) => ({ from: figures[at]!, to })),
  );
  const jumps = pairs.filter(({ from, to }) => isJump(from.exact, to.exact, indicator, farOff));
  const bases = pairs.filter(({ from, to }) => denominatorFactor(from, to)?.greaterThanOrEqualTo(denominatorFarOff));
  return [
    ...pairOddity({ code: 'figure.magnitude' }, jumps, indicator, ({ exact }) => shown(exact), ''),
    ...(jumps.length > 0
      ? []
      : pairOddity({ code: 'figure.denominator' }, bases, indicator, (figure) => denominatorOf(figure)!, '分母')),
  ];
}

const denominatorOf = ({ reported }: Figure) => ('denominator' in reported ? reported.denominator : undefined);

function denominatorFactor(a: Figure, b: Figure): Decimal | undefined {
  const [x, y] = [denominatorOf(a), denominatorOf(b)];
  return x === undefined || y === undefined ? undefined : factorBetween(x, y);
}

function pairOddity(
  { code }: Pick<Oddity, 'code'>,
  pairs: readonly { readonly from: Figure; readonly to: Figure }[],
  indicator: DefinedIndicator,
  valueOf: (figure: Figure) => string,
  what: string,
): Oddity[] {
  const [first] = pairs;
  if (!first) return [];
  const { from, to } = first;
  const field = code === 'figure.denominator' ? '分母' : undefined;
  const sideOf = (figure: Figure): Side =>
    field && figure.asked ? { asked: figure.asked, field } : figureSide(figure);
  const units = new Set(pairs.map((pair) => pair.to.unit)).size;
  const times = factorBetween(valueOf(from), valueOf(to))!.toDecimalPlaces(0).toFixed();
  return [
    {
      code,
      subject: `${indicator.code}/${to.unit}/${to.period.text}`,
      message: `${nameOf(indicator)}（单位 ${to.unit}${units > 1 ? ` 等 ${units} 个` : ''}）：${to.period.text} 的${what || '数值'} ${valueOf(to)} 与 ${from.period.text} 的 ${valueOf(from)} 相差 ${times} 倍：请核对数值和计量单位`,
      sides: [sideOf(to), sideOf(from)],
    },
  ];
}

/** Reported values none of which comes near any target of its unit. One warning for each indicator. */
export function targetDistance(indicator: DefinedIndicator, sight: FigureSight): Oddity[] {
  const { code, defined, targets } = indicator;
  if (defined.kind !== 'level' && defined.kind !== 'hold') return [];
  for (const [unit, figures] of sight.figures.get(code) ?? []) {
    const own = [...targets.values()].filter((target) => target.unit === unit && !isRule(target.value));
    const values = figures.filter(({ exact }) => !exact.isZero());
    const [figure] = values.toReversed();
    const [target] = own.toReversed();
    if (!figure || !target) continue;
    const isFar = values.every(({ exact }) =>
      own.every(({ value }) => numbersOf(value).every((number) => isJump(exact, number, indicator, farOff))),
    );
    if (!isFar) continue;
    return [
      {
        code: 'figure.far-from-target',
        subject: `${code}/${unit}/${figure.period.text}`,
        message: `${nameOf(indicator)}（单位 ${unit}）：${figure.period.text} 的数值 ${shown(figure.exact)} 与 ${target.period} 的目标 ${shownTarget(target.value)} 相差 ${timesOf(figure.exact, numbersOf(target.value)[0])} 倍：请核对是否同为“${indicator.definition.unitOfMeasure}”`,
        sides: [figureSide(figure), targetSide(sight, code, unit, target.period)],
      },
    ];
  }
  return [];
}
