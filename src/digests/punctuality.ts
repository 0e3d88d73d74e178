import { figureKey, figureProjection } from '../figures/figure.projection.js';
import type { IndicatorDocument } from '../indicators/indicator.projection.js';
import { endInYears, lastDayOf, periodsBetween, type Period } from '../kernel/period.js';
import { dayOf } from '../kernel/time.js';
import type { AsOf } from '../kernel/versioned-store.js';
import type { Views } from '../kernel/views.js';
import type { PlanDocument } from '../plans/plan.projection.js';
import { unitsIn } from '../plans/units-in-time.js';
import { dueDay, indicatorsOwed } from '../reporting/obligations.js';

/** How many figures of a period a unit reported, and when. */
export interface PeriodPunctuality {
  readonly period: string;
  /** The last day on which a report was in time; absent where the plan sets no deadline. */
  readonly due?: string;
  /** First reported by the due day; all that was reported where there is none. */
  readonly onTime: number;
  readonly late: number;
  /** Not reported, and due. */
  readonly overdue: number;
  /** Not reported, and not due yet. */
  readonly owed: number;
  /** Declared to have no value. */
  readonly missing: number;
}

export interface Punctuality extends Omit<PeriodPunctuality, 'period' | 'due'> {
  /** The periods that have ended, latest first. */
  readonly periods: readonly PeriodPunctuality[];
}

interface Question {
  readonly plan: PlanDocument;
  readonly indicators: readonly IndicatorDocument[];
  readonly unit: string;
  readonly asOf: AsOf;
  /** The day as of which something is overdue. */
  readonly day: string;
}

/** When a unit reported the figures that it owed, by the day on which each first became known. */
export async function punctualityOf(views: Views, question: Question): Promise<Punctuality> {
  const { plan, indicators, day } = question;
  const frequencies = [...new Set(indicators.map(({ frequency }) => frequency))];
  const ended = frequencies
    .flatMap((frequency) => periodsBetween(frequency, plan.startYear, plan.endYear, plan))
    .filter((period) => lastDayOf(period, plan) < day)
    .toSorted((a, b) => endInYears(b) - endInYears(a));
  const periods = (await Promise.all(ended.map((period) => ofPeriod(views, question, period)))).filter(
    ({ onTime, late, overdue, owed, missing }) => onTime + late + overdue + owed + missing > 0,
  );
  const sum = (of: (period: PeriodPunctuality) => number) => periods.reduce((total, each) => total + of(each), 0);
  return {
    onTime: sum(({ onTime }) => onTime),
    late: sum(({ late }) => late),
    overdue: sum(({ overdue }) => overdue),
    owed: sum(({ owed }) => owed),
    missing: sum(({ missing }) => missing),
    periods,
  };
}

/** When the unit first reported one of the figures that it owed. */
export interface FigureTime {
  readonly indicator: IndicatorDocument;
  readonly state: 'onTime' | 'late' | 'overdue' | 'owed' | 'missing';
  readonly due?: string;
}

/** Of each figure that the unit owes for the period, whether it was reported in time. */
export async function figureTimes(
  views: Views,
  { plan, indicators, unit, asOf, day }: Question,
  period: Period,
): Promise<FigureTime[]> {
  const units = unitsIn(plan, period);
  const exists = units.some(({ code }) => code === unit);
  const owing = exists ? indicatorsOwed({ indicators, period }, units, unit) : [];
  const due = dueDay(plan, period);
  const stateOf = async ({ code }: IndicatorDocument): Promise<FigureTime['state']> => {
    const key = figureKey({ plan: plan.plan, code, period: period.text, unit });
    const figure = (await views.get(figureProjection, key, asOf))?.body;
    if (figure?.standing === 'missing') return 'missing';
    // Those who see approved values only do not see a first report that was corrected since.
    const entered = figure?.first ?? figure?.latest;
    if (!entered || figure?.standing === 'withdrawn') return due !== undefined && day > due ? 'overdue' : 'owed';
    return due !== undefined && dayOf(entered.knownAt, plan.timeZone) > due ? 'late' : 'onTime';
  };
  return Promise.all(
    owing.map(async (indicator) => ({
      ...{ indicator, state: await stateOf(indicator) },
      ...(due !== undefined && { due }),
    })),
  );
}

async function ofPeriod(views: Views, question: Question, period: Period): Promise<PeriodPunctuality> {
  const due = dueDay(question.plan, period);
  const times = await figureTimes(views, question, period);
  const count = (of: FigureTime['state']) => times.filter(({ state }) => state === of).length;
  return {
    period: period.text,
    ...(due !== undefined && { due }),
    ...{ onTime: count('onTime'), late: count('late'), overdue: count('overdue') },
    ...{ owed: count('owed'), missing: count('missing') },
  };
}
