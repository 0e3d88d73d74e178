import { grouped } from '../kernel/grouped.js';
import { nameOf, type DefinedIndicator } from '../indicators/indicator-sight.js';
import type { Breakdown } from '../indicators/indicator.events.js';
import type { Oddity } from '../slice/plausibility.js';
import { partsOf } from './breakdown.js';
import { figureSide, partsOf as unitsBelow, type Figure, type FigureSight } from './figure-sight.js';
import { ownFigure } from './values.js';

/** Units that report a figure without the parts that others report: of their sum there are no parts. */
export function lackingParts(indicator: DefinedIndicator, sight: FigureSight): Oddity[] {
  const { breakdowns = [] } = indicator.definition;
  if (breakdowns.length === 0) return [];
  const figures = [...(sight.figures.get(indicator.code)?.values() ?? [])]
    .flat()
    .filter((figure) => isByItself(figure, sight));
  return [...grouped(figures, ({ period }) => period.text).values()].flatMap((ofPeriod) =>
    breakdowns.flatMap((breakdown) => ofBreakdown(indicator, breakdown, ofPeriod)),
  );
}

/** A figure that is also made up of units that report needs no parts of its own; a reference unit is in no sum. */
const isByItself = ({ code, unit, period }: Figure, sight: FigureSight): boolean =>
  sight.plan.units.get(unit)?.level !== 'reference' &&
  unitsBelow(unit, period, sight).every((below) => !ownFigure(code, below, period, sight));

function ofBreakdown(indicator: DefinedIndicator, breakdown: Breakdown, figures: readonly Figure[]): Oddity[] {
  const has = ({ reported }: Figure) => partsOf(reported.parts, breakdown) !== undefined;
  const given = figures.find(has);
  const without = figures.filter((figure) => figure.asked && !has(figure));
  const [first] = without;
  if (!given || !first) return [];
  const units = without.map(({ unit }) => unit);
  const named = `${units.slice(0, 3).join('、')}${units.length > 3 ? ` 等 ${units.length} 个单位` : ''}`;
  const period = first.period.text;
  return [
    {
      code: 'figure.parts-lacking',
      subject: `${indicator.code}/${period}/${breakdown.code}`,
      message: `${nameOf(indicator)} ${period}：${named} 没有按${breakdown.name}填报分组，而 ${given.unit} 等填了：汇总数因此没有分组，请补填`,
      sides: [figureSide(first), figureSide(given), ...without.slice(1).map(figureSide)],
    },
  ];
}
