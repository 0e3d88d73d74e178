import { figurePeriod, readIndicator } from '../indicators/read-indicators.js';
import { DomainError, notFound } from '../kernel/errors.js';
import type { AsOf } from '../kernel/versioned-store.js';
import type { Views } from '../kernel/views.js';
import { unitOf } from '../plans/lookup.js';
import { readPlan } from '../plans/read-plan.js';
import type { FigureId } from './figure.events.js';

/**
 * Why there is no figure: the plan has no such indicator, unit or period; or nothing was reported by that moment.
 * `plan.unknown`, `indicator.unknown`, `unit.unknown`, `period.malformed`, `period.outside-plan`, `period.frequency`,
 * `figure.unknown`
 */
export async function absentFigure(
  views: Views,
  { plan, code, unit, period }: FigureId,
  asOf: AsOf,
): Promise<DomainError> {
  try {
    const document = await readPlan(views, plan, asOf);
    const indicator = await readIndicator(views, plan, code, asOf);
    unitOf(document, unit);
    figurePeriod(document, indicator, period);
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  return notFound(
    'figure.unknown',
    `截至所选时间，没有上报过 ${code} ${unit} ${period} 的数据：汇总或计算所得的数见指标历年数值`,
  );
}
