import { LRUCache } from 'lru-cache';
import { currentPrincipal, sightKey } from '../access/principal.js';
import type { MomentQuery } from '../http/moment.js';
import type { Reading } from '../http/reading.js';
import type { LogClock } from '../kernel/log-clock.js';
import { firstDayOf, periodsBetween } from '../kernel/period.js';
import type { Position } from '../kernel/position.js';
import type { ViewsFollower } from '../kernel/projector.js';
import { dayOf, type Instant } from '../kernel/time.js';
import type { AsOf } from '../kernel/versioned-store.js';
import type { Views } from '../kernel/views.js';
import type { PlanDocument } from '../plans/plan.projection.js';
import { readPlan } from '../plans/read-plan.js';
import { askedPeriod } from './asked-period.js';
import { changedFigures } from './changed-figures.js';
import { withLater, type OverviewNow } from './overview-later.js';
import { composeIndexed, composeOverview, type IndexedPlan } from './overview.js';
import { PlanReader } from './plan-reader.js';

export const OVERVIEWS = Symbol('Overviews');

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
  private readonly overviews = new LRUCache<string, Promise<OverviewNow>>({ max: 64 });
  private readonly years = new LRUCache<string, Promise<readonly IndexedPlan[]>>({ max: 64 });

  constructor(
    private readonly reading: Reading,
    private readonly views: Views,
    private readonly follower: ViewsFollower,
    private readonly clock: LogClock,
  ) {}

  /** @throws {DomainError} what `Reading.moment`, `readPlan` and `askedPeriod` throw */
  async find({ plan: code, period, moment, position }: OverviewQuestion): Promise<FoundOverview> {
    const asOf = await this.reading.moment(code, moment, position);
    const now = await this.clock.now();
    const plan = await readPlan(this.views, code, asOf);
    const asked = await askedPeriod(this.views, plan, period, { asOf, now });
    return { overview: await this.composed(plan, asked.text, asOf, now), plan, asOf, now };
  }

  /** The indicators and indexes of each year of the plan that has begun by the moment. */
  async yearsOf({ plan, asOf, now }: Omit<FoundOverview, 'overview'>): Promise<readonly IndexedPlan[]> {
    return kept(this.years, await this.keyOf(plan, asOf, now), async () => {
      const reader = await PlanReader.open(this.views, plan.plan, asOf);
      const day = dayOf(asOf.knownAt ?? now, plan.timeZone);
      const begun = periodsBetween('A', plan.startYear, plan.endYear, plan).filter(
        (year) => firstDayOf(year, plan) <= day,
      );
      return Promise.all(begun.map((year) => composeIndexed(reader, year)));
    });
  }

  private async composed(plan: PlanDocument, period: string, asOf: AsOf, now: Instant): Promise<OverviewNow> {
    return kept(this.overviews, await this.keyOf(plan, asOf, now, period), async () => {
      const isToday = asOf.knownAt === undefined && asOf.position === undefined;
      const [found, today] = await Promise.all([
        composeOverview(this.views, plan.plan, period, asOf, now),
        isToday ? undefined : this.composed(plan, period, {}, now),
      ]);
      return {
        ...(today ? withLater(found, asOf, today) : found),
        changedSinceApproval: await changedFigures(this.views, found, asOf),
      };
    });
  }

  private async keyOf(
    { plan, timeZone }: PlanDocument,
    { knownAt, position }: AsOf,
    now: Instant,
    period = '',
  ): Promise<string> {
    const checkpoints = (await this.follower.status()).map(({ checkpoint }) => checkpoint ?? '');
    const sight = sightKey(currentPrincipal()!, plan);
    return JSON.stringify([plan, period, sight, knownAt, position, dayOf(now, timeZone), ...checkpoints]);
  }
}

function kept<Value>(
  cache: LRUCache<string, Promise<Value>>,
  key: string,
  compose: () => Promise<Value>,
): Promise<Value> {
  const known = cache.get(key);
  if (known) return known;
  const composing = compose();
  cache.set(key, composing);
  composing.catch(() => cache.delete(key));
  return composing;
}
