import { LRUCache } from 'lru-cache';
import { attributionOf, type Attribution } from '../attribution/answer.js';
import { attribute, type State } from '../attribution/attribution.js';
import type { Trail } from '../audit/trail.js';
import type { EventLog } from '../kernel/event-log.js';
import { sha256 } from '../kernel/json.js';
import { dayOf } from '../kernel/time.js';
import type { DocumentReading, Views } from '../kernel/views.js';
import { kept } from '../overview/kept.js';
import type { Overview } from '../overview/overview.js';
import type { PlanReaders } from '../overview/plan-readers.js';
import { readPlan } from '../plans/read-plan.js';

export const ATTRIBUTIONS = Symbol('Attributions');

/** The difference of two states split by its causes, and what was found on the way. */
export interface FoundAttribution {
  readonly attribution: Attribution;
  /** The first state as it is composed from what the reader sees. */
  readonly first: Overview;
  /** 示例数据 is in one of the two states. */
  readonly demo: boolean;
}

interface Asked {
  readonly states: readonly [State, State];
  /** How many causes are told one by one. */
  readonly limit: number;
  /** What both states are composed from, by default the views. `key` tells it from other documents. */
  readonly from?: { readonly documents: DocumentReading; readonly key: string };
}

/**
 * Splits differences by their causes, which takes seconds, and keeps the latest: the same question is answered once for
 * those who see the same of the plan, as long as the views stay where they are.
 */
export class Attributions {
  private readonly latest = new LRUCache<string, Promise<FoundAttribution>>({ max: 8 });

  constructor(
    private readonly views: Views,
    private readonly readers: PlanReaders,
    private readonly log: EventLog,
    private readonly trail: Trail,
  ) {}

  async between(asked: Asked): Promise<FoundAttribution> {
    return kept(this.latest, await this.keyOf(asked), async () => {
      const { states, limit, from } = asked;
      const found = await attribute({ views: from?.documents ?? this.views, log: this.log }, states, limit);
      const { first, demo } = found;
      return { attribution: await attributionOf(found, this.trail), first, demo };
    });
  }

  private async keyOf({ states, limit, from }: Asked): Promise<string> {
    const { plan } = states[0].question;
    const { timeZone } = await readPlan(this.views, plan);
    const parts = states.map(({ question: { period, asOf, now, method }, documents, stored }) => [
      ...[period, asOf, now && dayOf(now, timeZone), method.number, documents],
      stored && sha256(JSON.stringify(stored)),
    ]);
    return JSON.stringify([await this.readers.keyOf(plan, {}), parts, limit, from?.key]);
  }
}
