import { DateTime } from 'luxon';
import { wrongFrequency } from '../indicators/read-indicators.js';
import {
  closing,
  endInYears,
  firstDayOf,
  parsePeriod,
  periodsBetween,
  wholeYear,
  type Period,
} from '../kernel/period.js';
import type { Instant } from '../kernel/time.js';
import type { AsOf } from '../kernel/versioned-store.js';
import { periodOfPlan } from '../plans/lookup.js';
import type { PlanDocument } from '../plans/plan.projection.js';
import type { PlanReader } from './plan-reader.js';
import type { OpenReader } from './plan-readers.js';

interface Asking {
  readonly asOf: AsOf;
  readonly now: Instant;
  readonly field?: string;
}

/**
 * The period that a query asks for, or the latest one with figures where it names none. Besides years, a period is of a
 * frequency that some indicator has.
 * @throws {DomainError} `period.malformed`, `period.calendar`, `period.outside-plan`, `period.frequency`
 */
export async function askedPeriod(
  open: OpenReader,
  plan: PlanDocument,
  text: string | undefined,
  { asOf, now, field = 'period' }: Asking,
): Promise<Period> {
  if (text === undefined) return latestPeriod(await open(plan.plan, asOf), asOf.knownAt ?? now);
  // The plan itself names that one.
  if (text === plan.midterm) return parsePeriod(text);
  const period = periodOfPlan(plan, text, field);
  if (period.frequency === 'A') return period;
  const known = new Set((await open(plan.plan, asOf)).indicators.map(({ frequency }) => frequency));
  if (known.has(period.frequency)) return period;
  throw wrongFrequency(`规划的指标没有一项按此频次填报`, period, ['A', ...known], field);
}

/**
 * The latest year at whose end an indicator of the plan has a value. In a plan that has none yet, the latest shorter
 * period with a value; without any value, the year of the moment, or the year of the plan that is next to it.
 */
async function latestPeriod(reader: PlanReader, moment: Instant): Promise<Period> {
  const { plan } = reader;
  const { startYear, endYear, timeZone } = plan;
  const judged = reader.indicators.filter(({ role }) => role !== 'context');
  const frequencies = new Set(judged.map(({ frequency }) => frequency));
  const day = DateTime.fromISO(moment, { zone: timeZone }).toISODate()!;
  // No figure is of a period that has not begun.
  const begun = (frequency: Period['frequency']) =>
    periodsBetween(frequency, startYear, endYear, plan).filter((period) => firstDayOf(period, plan) <= day);
  const years = begun('A');
  const shorter = [...frequencies].filter((frequency) => frequency !== 'A').flatMap(begun);
  const latestFirst = (a: Period, b: Period) => endInYears(b) - endInYears(a);
  for (const period of [...years.sort(latestFirst), ...shorter.sort(latestFirst)]) {
    for (const { code, frequency } of judged) {
      const own = closing(period, frequency);
      if (own && (await reader.hasValue({ code, period: own }))) return period;
    }
  }
  return years[0] ?? wholeYear(startYear, plan);
}
