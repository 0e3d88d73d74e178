import { LRUCache } from 'lru-cache';
import type { MomentQuery } from '../http/moment.js';
import type { Reading } from '../http/reading.js';
import type { LogClock } from '../kernel/log-clock.js';
import { firstDayOf, parsePeriod, periodsBetween } from '../kernel/period.js';
import type { Position } from '../kernel/position.js';
import { dayOf, type Instant } from '../kernel/time.js';
import type { AsOf } from '../kernel/versioned-store.js';
import type { Views } from '../kernel/views.js';
import type { PlanDocument } from '../plans/plan.projection.js';
import { readPlan } from '../plans/read-plan.js';
import { askedPeriod } from './asked-period.js';
import { changedFigures } from './changed-figures.js';
import { kept } from './kept.js';
import { withLater, type OverviewNow } from './overview-later.js';
import { composeIndexed, overviewFrom, type IndexedPlan } from './overview.js';
import type { PlanReaders } from './plan-readers.js';

export const OVERVIEWS = Symbol('Overviews');

/** Cells of all kept overviews: one of Lishui has 90, one of a province with 100 indicators and 100 units 10,000. */
const mostCells = 60_000;

const cellsOf = ({ indicators }: OverviewNow): number => indicators.reduce((sum, { cells }) => sum + cells.length, 1);

export interface OverviewQuestion {
  readonly plan: string;
  readonly period: string | undefined;
  readonly moment: MomentQuery;
  /** The header `Tongjian-Position`. */
  readonly position: Position | undefined;
}

/** An overview, and of when it is. */
export interface FoundOverview {
  readonly overview: OverviewNow;
  readonly plan: PlanDocument;
  readonly asOf: AsOf;
  readonly now: Instant;
}

/**
 * Composes overviews and keeps them. The same moment reads the same as long as the views stay where they are, to those
 * who see the same of the plan. Every answer about the state of a plan is cut from what is kept here.
 */
export class Overviews {
  private readonly overviews = new LRUCache<string, Promise<OverviewNow>>({ max: 64, maxSize: mostCells });
  private readonly years = new LRUCache<string, Promise<readonly IndexedPlan[]>>({ max: 64 });

  constructor(
    private readonly reading: Reading,
    private readonly views: Views,
    private readonly readers: PlanReaders,
    private readonly clock: LogClock,
  ) {}

  /** @throws {DomainError} what `Reading.moment`, `readPlan` and `askedPeriod` throw */
  async find({ plan: code, period, moment, position }: OverviewQuestion): Promise<FoundOverview> {
    const asOf = await this.reading.moment(code, moment, position);
    const now = await this.clock.now();
    const plan = await readPlan(this.views, code, asOf);
    const asked = await askedPeriod(this.readers.open, plan, period, { asOf, now });
    return { overview: await this.composed(plan, asked.text, asOf, now), plan, asOf, now };
  }

  /** The indicators and the index of one unit in each year of the plan that has begun by the moment. */
  async yearsOf({ plan, asOf, now }: Omit<FoundOverview, 'overview'>, unit: string): Promise<readonly IndexedPlan[]> {
    return kept(this.years, await this.keyOf(plan, asOf, now, unit), async () => {
      const reader = await this.readers.open(plan.plan, asOf);
      const day = dayOf(asOf.knownAt ?? now, plan.timeZone);
      const begun = periodsBetween('A', plan.startYear, plan.endYear, plan).filter(
        (year) => firstDayOf(year, plan) <= day,
      );
      return Promise.all(begun.map((year) => composeIndexed(reader, year, unit)));
    });
  }

  private async composed(plan: PlanDocument, period: string, asOf: AsOf, now: Instant): Promise<OverviewNow> {
    const compose = async (): Promise<OverviewNow> => {
      const isToday = asOf.knownAt === undefined && asOf.position === undefined;
      const reader = await this.readers.open(plan.plan, asOf);
      const [found, today] = await Promise.all([
        overviewFrom(reader, this.views, { period: parsePeriod(period), asOf, now }),
        isToday ? undefined : this.composed(plan, period, {}, now),
      ]);
      return {
        ...(today ? withLater(found, asOf, today) : found),
        changedSinceApproval: await changedFigures(reader, found),
      };
    };
    return kept(this.overviews, await this.keyOf(plan, asOf, now, period), compose, cellsOf);
  }

  private async keyOf(plan: PlanDocument, asOf: AsOf, now: Instant, part: string): Promise<string> {
    return JSON.stringify([await this.readers.keyOf(plan.plan, asOf), part, dayOf(now, plan.timeZone)]);
  }
}
