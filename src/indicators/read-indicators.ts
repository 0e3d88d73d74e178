import { invalid, notFound } from '../kernel/errors.js';
import type { Frequency, Period } from '../kernel/period.js';
import type { AsOf } from '../kernel/versioned-store.js';
import type { DocumentReading } from '../kernel/views.js';
import { periodOfPlan, wayOut } from '../plans/lookup.js';
import type { PlanDocument } from '../plans/plan.projection.js';
import { indicatorProjection, type IndicatorDocument } from './indicator.projection.js';
import { frequencyWords } from './words.js';

/** All indicators of a plan as of a moment (default: now), ordered by code. */
export async function readIndicators(views: DocumentReading, plan: string, asOf?: AsOf): Promise<IndicatorDocument[]> {
  return (await views.list(indicatorProjection, `${plan}/`, { asOf })).map(({ body }) => body);
}

/** One indicator of a plan as it stood. @throws {DomainError} `indicator.unknown` */
export async function readIndicator(
  views: DocumentReading,
  plan: string,
  code: string,
  asOf?: AsOf,
): Promise<IndicatorDocument> {
  const found = await views.get(indicatorProjection, `${plan}/${code}`, asOf);
  if (found) return found.body;
  throw unknownIndicator(plan, code, await readIndicators(views, plan, asOf));
}

export const unknownIndicator = (plan: string, code: string, known: readonly IndicatorDocument[]) =>
  notFound('indicator.unknown', `规划 ${plan} 没有指标 ${code}：${wayOut(known, code)}`);

/**
 * The period of an indicator's figure.
 * @throws {DomainError} `period.malformed`, `period.outside-plan`, `period.frequency`
 */
export function figurePeriod(plan: PlanDocument, { code, frequency }: IndicatorDocument, text: string): Period {
  const period = periodOfPlan(plan, text);
  if (period.frequency !== frequency) throw wrongFrequency(`指标 ${code} 不按此频次填报`, period, [frequency]);
  return period;
}

export function wrongFrequency(what: string, { text }: Period, known: readonly Frequency[], field = 'period') {
  const words = [...new Set(known)].map((frequency) => frequencyWords[frequency]);
  return invalid('period.frequency', `期间 ${text}：${what}，请按${words.join('、')}`, field);
}
