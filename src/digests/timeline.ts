import { LRUCache } from 'lru-cache';
import { currentPrincipal, sightKey } from '../access/principal.js';
import { auditKeys, auditProjection } from '../audit/audit.projection.js';
import type { UnitSight } from '../http/unit-sight.js';
import { comparePositions, type Position } from '../kernel/position.js';
import { dayOf } from '../kernel/time.js';
import type { Views } from '../kernel/views.js';
import { planProjection, type PlanDocument } from '../plans/plan.projection.js';
import type { ChangeFeed } from './change-feed.js';

export const KNOWN_DAYS = Symbol('KnownDays');

/** A day on which something became known. */
export interface TimelineDay {
  readonly day: string;
  /** How many changes of what the reader sees became known on it. */
  readonly count: number;
}

/** What a bar of days needs: from when the plan is known, on which days something became known, and what today is. */
export interface Timeline {
  readonly plan: string;
  /** The days are in this time zone (IANA). */
  readonly timeZone: string;
  /** The first day as of which the plan can be read. */
  readonly firstDay: string;
  readonly today: string;
  readonly asOf?: string;
  readonly atPosition?: string;
  /** The latest period with figures as of the moment. */
  readonly period: string;
  /** The position that all views have: with it an address stays what it is. Absent while there is none. */
  readonly position?: string;
  /**
   * In order; all up to today, whatever the moment is, and up to `atPosition`. What was known before the plan itself is
   * counted on the first day: as of that day it is read first.
   */
  readonly days: readonly TimelineDay[];
}

/** How far the index was counted. */
interface Counted {
  readonly counts: Map<string, number>;
  after: string | undefined;
  counting: Promise<void>;
}

const readTogether = 1_000;

/**
 * Counts what became known by day, out of the index of the audit trail, as far as the sender of the request sees it. What
 * was counted is kept by who sees it, and only what came since is counted anew.
 */
export class KnownDays {
  private readonly kept = new LRUCache<string, Counted>({ max: 64 });

  constructor(
    private readonly views: Views,
    private readonly sight: UnitSight,
    private readonly feed: Pick<ChangeFeed, 'head'>,
  ) {}

  async of(plan: PlanDocument, firstDay: string, position?: Position): Promise<TimelineDay[]> {
    const counted = position === undefined ? await this.keptFor(plan) : begun();
    counted.counting = counted.counting.catch(() => undefined).then(() => this.count(plan, counted, position));
    await counted.counting;
    const days = new Map<string, number>();
    for (const [known, count] of [...counted.counts].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const day = known < firstDay ? firstDay : known;
      days.set(day, (days.get(day) ?? 0) + count);
    }
    return [...days].map(([day, count]) => ({ day, count }));
  }

  /** What is seen depends on the plan, too: on its units, and on who sees approved values. */
  private async keptFor({ plan }: PlanDocument): Promise<Counted> {
    const version = await this.views.get(planProjection, plan);
    const key = JSON.stringify([plan, sightKey(currentPrincipal()!, plan), version?.position]);
    const known = this.kept.get(key) ?? begun();
    this.kept.set(key, known);
    return known;
  }

  private async count(plan: PlanDocument, counted: Counted, position: Position | undefined): Promise<void> {
    // Of what only some views have, it cannot be told whether it is seen.
    const head = await this.feed.head();
    const asOf = { position: position !== undefined && comparePositions(position, head) < 0 ? position : head };
    for (;;) {
      const options = { asOf, limit: readTogether, ...(counted.after !== undefined && { after: counted.after }) };
      const page = await this.views.list(auditProjection, auditKeys.byRecorded(plan.plan), options);
      for (const { key, body, position: at, knownAt } of page) {
        if (await this.sight.seesChange({ stream: body.stream, position: at, knownAt })) {
          const day = dayOf(knownAt, plan.timeZone);
          counted.counts.set(day, (counted.counts.get(day) ?? 0) + 1);
        }
        // Last: what failed before is counted the next time.
        counted.after = key;
      }
      if (page.length < readTogether) return;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

const begun = (): Counted => ({ counts: new Map(), after: undefined, counting: Promise.resolve() });
