import { assertComponents, assertValue, type Admitted } from '../figures/checked-numbers.js';
import {
  figureStream,
  IndicatorMeasured,
  MeasurementAccepted,
  MeasurementWithdrawn,
  type FigureId,
  type Reported,
} from '../figures/figure.events.js';
import { figureKey, figureProjection, inUse, type FigureDocument } from '../figures/figure.projection.js';
import { enteredText, shownOf } from '../figures/reported.js';
import { currentDefinition, type IndicatorDocument } from '../indicators/indicator.projection.js';
import { figurePeriod, readIndicator } from '../indicators/read-indicators.js';
import { scaleOf } from '../indicators/scale-of.js';
import { Decimal } from '../kernel/decimal.js';
import { invalid, refused } from '../kernel/errors.js';
import { assertUnitThen } from '../plans/lookup.js';
import type { SupposedChange } from './question.js';
import type { Supposed, Supposing } from './supposed.js';

/**
 * A figure without its value.
 * @throws {DomainError} those of `subject`, and `what-if.no-value`
 */
export async function withdrawal(change: SupposedChange, context: Supposing): Promise<Supposed> {
  const { indicator, id, figure } = await subject(change, context);
  const standing = inUse(figure);
  if (!standing) {
    const { code, unit, period } = id;
    throw invalid('what-if.no-value', `指标 ${code} 单位 ${unit} ${period} 届时没有数值：没有可撤回的`, 'period');
  }
  const events = [MeasurementWithdrawn.of({ reported: standing.reported })];
  return { stream: figureStream(id), events, from: shown(standing.reported, indicator) };
}

/**
 * A figure with a hypothetical value, in use at once, under the present definition and without breakdowns. A ratio of a unit
 * with others above it that is given as a value keeps its denominator.
 * @throws {DomainError} those of `subject`, `assertValue` and `assertComponents`, `figure.components-needed`,
 * `what-if.not-a-number`
 */
export async function valuation(change: SupposedChange, context: Supposing): Promise<Supposed> {
  const { indicator, id, figure } = await subject(change, context);
  const { definition, version: definitionVersion } = currentDefinition(indicator);
  const standing = inUse(figure);
  const admitted = { definition, decimals: indicator.decimals };
  const isPart = context.plan.units.find(({ code }) => code === id.unit)?.parent !== undefined;
  const reported =
    change.value === undefined
      ? componentsIn(change, admitted)
      : valueIn(change.value, { admitted, isPart, standing: standing?.reported });
  return {
    stream: figureStream(id),
    events: [IndicatorMeasured.of({ reported, definitionVersion }), MeasurementAccepted.of({ reported })],
    ...(standing && { from: shown(standing.reported, indicator) }),
    to: shown(reported, indicator),
  };
}

/** A ratio that goes into those of the units above is that of its present denominator. */
function valueIn(
  text: string,
  { admitted, isPart, standing }: { admitted: Admitted; isPart: boolean; standing?: Reported },
): Reported {
  const value = number(text, 'value');
  const { aggregation, measurement } = admitted.definition;
  assertValue(value, admitted);
  if (!isPart || aggregation !== 'ratio-of-sums' || measurement.type !== 'ratio') return { value };
  if (!standing || !('denominator' in standing)) {
    const message = '该指标由分子、分母汇总计算，届时没有可沿用的分母：请写 numerator 和 denominator';
    throw invalid('figure.components-needed', message, 'value');
  }
  const { denominator } = standing;
  const numerator = new Decimal(value).times(denominator).div(measurement.scale).toDecimalPlaces(20).toFixed();
  return { numerator, denominator };
}

function componentsIn(change: SupposedChange, admitted: Admitted): Reported {
  const numerator = number(change.numerator!, 'numerator');
  const denominator = number(change.denominator!, 'denominator');
  assertComponents({ numerator, denominator }, admitted);
  return { numerator, denominator };
}

/** @throws {DomainError} `what-if.not-a-number` */
export function number(text: string, field: string): string {
  if (/^(?!-0+(\.0+)?$)-?(0|[1-9]\d{0,14})(\.\d{1,20})?$/.test(text)) return text;
  throw invalid('what-if.not-a-number', `“${text.slice(0, 40)}”不是数：请写十进制数，如 55.3`, field);
}

function shown(reported: Reported, indicator: IndicatorDocument): string {
  const value = shownOf(reported, scaleOf(currentDefinition(indicator).definition), indicator.decimals);
  return 'value' in reported ? value : `${value}（${enteredText(reported)}）`;
}

/**
 * The figure that a change is about, as it stands.
 * @throws {DomainError} `indicator.unknown`, `unit.unknown`, `unit.not-then`, `figure.computed`, those of `figurePeriod`
 */
async function subject(change: SupposedChange, { views, plan, asOf }: Supposing) {
  const indicator = await readIndicator(views, plan.plan, change.code!, asOf);
  const { measurement } = currentDefinition(indicator).definition;
  if (measurement.type === 'formula') {
    throw refused(
      'figure.computed',
      `指标 ${indicator.code} 由公式 ${measurement.formula} 计算，没有填报数：请假设公式所用指标的数据`,
      'code',
    );
  }
  const period = figurePeriod(plan, indicator, change.period!);
  assertUnitThen(plan, change.unit!, period);
  const id: FigureId = { plan: plan.plan, code: indicator.code, unit: change.unit!, period: period.text };
  const figure: FigureDocument | undefined = (await views.get(figureProjection, figureKey(id), asOf))?.body;
  return { indicator, id, figure };
}
