import { shownOf } from '../figures/reported.js';
import type { Reported } from '../figures/figure.events.js';
import { currentDefinition, type IndicatorDocument } from '../indicators/indicator.projection.js';
import { scaleOf } from '../indicators/scale-of.js';
import type { JsonObject, JsonValue } from '../kernel/json.js';

/** The numbers of a change, beside its words. */
export interface TrailNumbers {
  readonly from?: string;
  readonly to?: string;
  /** The components of `to`, if it is a ratio. */
  readonly numerator?: string;
  readonly denominator?: string;
  readonly unitOfMeasure?: string;
}

/** The numbers of a figure before and after an event, as displayed. */
export function figureNumbers(
  from: Reported | undefined,
  to: Reported | undefined,
  indicator: IndicatorDocument | undefined,
): TrailNumbers {
  const definition = indicator && currentDefinition(indicator).definition;
  const scale = definition ? scaleOf(definition) : '1';
  const shown = (reported: Reported) => shownOf(reported, scale, indicator?.decimals ?? 4);
  return {
    ...(from && { from: shown(from) }),
    ...(to && { to: shown(to) }),
    ...(to && 'numerator' in to && { numerator: to.numerator, denominator: to.denominator }),
    ...((from ?? to) && definition && { unitOfMeasure: definition.unitOfMeasure }),
  };
}

/** Where an event that is not about a figure has its numbers; its unit, if it is no target and no amount of money. */
const places: Readonly<Record<string, { from?: string; to: string; unit?: string }>> = {
  TargetSet: { to: 'value' },
  TargetRevised: { from: 'from', to: 'to' },
  InvestmentReported: { to: 'amount' },
  InvestmentCorrected: { from: 'from', to: 'to' },
  ProjectProgressReported: { to: 'percent', unit: '%' },
  TaskProgressReported: { to: 'percent', unit: '%' },
};

/** The numbers of an event that is not about a figure: a target, an amount, a share; `unitOfMeasure` is that of a target or an amount. */
export function numbersIn(type: string, data: JsonObject, unitOfMeasure?: string): TrailNumbers {
  const place = places[type];
  const number = (key: string | undefined) => (key === undefined ? undefined : numberOf(data[key]));
  const [from, to] = [number(place?.from), number(place?.to)];
  const unit = place?.unit ?? unitOfMeasure;
  return {
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...((from ?? to) !== undefined && unit !== undefined && { unitOfMeasure: unit }),
  };
}

export const numberOf = (value: JsonValue | undefined): string | undefined =>
  typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? value : undefined;
