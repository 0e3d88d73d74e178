import { Decimal } from '../kernel/decimal.js';
import { lastDayOf, type Calendar, type Period } from '../kernel/period.js';
import type { DefinedIndicator } from '../indicators/indicator-sight.js';
import type { Reported } from './figure.events.js';

/** One figure as it is reported, by whatever way. */
export interface ReportedFigure {
  readonly period: Period;
  readonly reported: Reported;
  /** The day on which it became known, in the plan's time zone. */
  readonly knownOn: string;
}

/** What is implausible about one figure by itself. */
export interface FigureDoubt {
  readonly code: string;
  readonly message: string;
  /** The command's field. */
  readonly field: 'value' | 'numerator' | 'knownAt';
  /** The field of the indicator that it contradicts; absent where it contradicts its own period. */
  readonly against?: string;
}

export function figureDoubts(
  figure: ReportedFigure,
  indicator: Pick<DefinedIndicator, 'definition'>,
  calendar: Calendar,
): FigureDoubt[] {
  return [...moreThanWhole(figure, indicator), ...knownEarly(figure, calendar)];
}

/** A share is not more than the whole, unless the definition has a maximum of its own. */
function moreThanWhole(
  { reported }: ReportedFigure,
  { definition }: Pick<DefinedIndicator, 'definition'>,
): FigureDoubt[] {
  const { measurement, unitOfMeasure, maximum } = definition;
  if (unitOfMeasure !== '%' || maximum !== undefined) return [];
  const against = 'definition.unitOfMeasure';
  if ('value' in reported) {
    if (new Decimal(reported.value).lessThanOrEqualTo(100)) return [];
    const message = `数值 ${reported.value}% 超过 100%：请核对；确可超过的，请在指标写明上限 maximum`;
    return [{ code: 'figure.over-whole', message, field: 'value', against }];
  }
  const { numerator, denominator } = reported;
  if (measurement.type !== 'ratio' || new Decimal(numerator).lessThanOrEqualTo(denominator)) return [];
  const message = `分子 ${numerator} 大于分母 ${denominator}：请核对是否填反；确可超过 100% 的，请在指标写明上限 maximum`;
  return [{ code: 'figure.over-whole', message, field: 'numerator', against }];
}

function knownEarly({ period, knownOn }: ReportedFigure, calendar: Calendar): FigureDoubt[] {
  const last = lastDayOf(period, calendar);
  if (knownOn >= last) return [];
  const message = `${knownOn} 就知悉 ${period.text} 的数，而该期间到 ${last} 才结束：请核对知悉日期和期间`;
  return [{ code: 'figure.known-early', message, field: 'knownAt' }];
}
