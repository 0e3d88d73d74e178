import { figureKey, figureProjection, type FigureDocument } from '../figures/figure.projection.js';
import type { IndicatorDocument } from '../indicators/indicator.projection.js';
import { lastDayOf, periodsBetween, type Period } from '../kernel/period.js';
import { daysBetween, dayOf } from '../kernel/time.js';
import type { AsOf, Version } from '../kernel/versioned-store.js';
import type { Views } from '../kernel/views.js';
import type { PlanDocument } from '../plans/plan.projection.js';
import { figureTimes, type FigureTime } from '../digests/punctuality.js';
import type { Fact } from './appraise.js';

interface Question {
  readonly plan: PlanDocument;
  readonly indicators: readonly IndicatorDocument[];
  readonly unit: string;
  readonly year: Period;
  readonly asOf: AsOf;
  /** The day as of which something is due. */
  readonly day: string;
}

/** When the unit reported what it owed for the periods of the year, what came back, and what was corrected once approved. */
export async function figureFacts(views: Views, question: Question): Promise<Fact[]> {
  const { plan, indicators, year, day } = question;
  const frequencies = [...new Set(indicators.map(({ frequency }) => frequency))];
  const periods = frequencies
    .flatMap((frequency) => periodsBetween(frequency, year.year, year.year, plan))
    .filter((period) => lastDayOf(period, plan) < day);
  const found = periods.map(async (period) => {
    const times = await figureTimes(views, question, period);
    return Promise.all(times.map((time) => factsOf(views, question, { ...time, period: period.text })));
  });
  return (await Promise.all(found)).flat(2);
}

async function factsOf(
  views: Views,
  { plan, unit, asOf, day }: Question,
  { indicator: { code, name }, state, due, period }: FigureTime & { readonly period: string },
): Promise<Fact[]> {
  const about = { kind: 'figure', id: code, unit, period } as const;
  const of = { unit, about };
  const what = `${code} ${name} ${period}`;
  if (state === 'owed' || state === 'missing') return [];
  if (state === 'overdue') {
    const text = `${what}：期限 ${due}，逾期 ${daysBetween(due!, day)} 天未报`;
    return [
      { ...of, count: 'owed', text: what },
      { ...of, count: 'overdue', text },
      { ...of, count: 'lateDays', text, amount: daysBetween(due!, day) },
    ];
  }
  const history = await views.history(figureProjection, figureKey({ plan: plan.plan, code, period, unit }), asOf);
  const [first] = history.filter(({ body }) => body.latest !== undefined);
  const at = first && { position: first.position };
  const on = first && dayOf((first.body.first ?? first.body.latest!).knownAt, plan.timeZone);
  const days = state === 'late' ? daysBetween(due!, on!) : 0;
  const late = `${what}：期限 ${due}，${on} 上报，逾期 ${days} 天`;
  return [
    // Without a deadline nothing is late, and nothing is in time.
    ...(due === undefined ? [] : [{ ...of, count: 'owed', text: what } as const]),
    { ...of, count: 'reported', text: what },
    ...(state === 'late'
      ? [
          { ...of, ...at, count: 'late', text: late } as const,
          { ...of, ...at, count: 'lateDays', text: late, amount: days } as const,
        ]
      : []),
    ...changesIn(history).map(({ count, version }): Fact => {
      const { body, position, knownAt } = version;
      const said = count === 'returned' ? '退回' : '审核后更正';
      const why = count === 'returned' ? body.note : body.latest?.reason;
      const text = `${what}：${dayOf(knownAt, plan.timeZone)} ${said}${why === undefined ? '' : `（${why}）`}`;
      return { ...of, count, text, position, mark: position };
    }),
  ];
}

/** The versions by which a figure was returned, or corrected after its approval. */
function changesIn(history: readonly Version<FigureDocument>[]) {
  return history.flatMap((version, at) => {
    const before = history[at - 1]?.body;
    if (!before) return [];
    const isReturned = version.body.standing === 'returned' && before.standing !== 'returned';
    const isCorrected = before.approved !== undefined && version.body.corrections > before.corrections;
    if (!isReturned && !isCorrected) return [];
    return [{ count: isReturned ? ('returned' as const) : ('corrected' as const), version }];
  });
}
