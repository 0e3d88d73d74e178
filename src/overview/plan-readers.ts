import { LRUCache } from 'lru-cache';
import { currentPrincipal, knowsPlan, sightKey } from '../access/principal.js';
import type { ViewsFollower } from '../kernel/projector.js';
import type { AsOf } from '../kernel/versioned-store.js';
import type { Views } from '../kernel/views.js';
import { kept } from './kept.js';
import type { LongSeriesSources } from './long-series.js';
import { PlanReader } from './plan-reader.js';

export const PLAN_READERS = Symbol('PlanReaders');

/** What opens a reader of a plan as of a moment. */
export type OpenReader = (plan: string, asOf: AsOf) => Promise<PlanReader>;

/**
 * Opens readers and keeps the latest: the requests that a page sends together read the same moment, and most of them
 * today beside it. Few are kept, since a reader holds all figures that it read.
 */
export class PlanReaders {
  private readonly readers = new LRUCache<string, Promise<PlanReader>>({ max: 4 });

  constructor(
    private readonly views: Views,
    private readonly follower: ViewsFollower,
  ) {}

  readonly open: OpenReader = async (plan, asOf) =>
    kept(this.readers, await this.keyOf(plan, asOf), () => PlanReader.open(this.views, plan, asOf));

  /** From where series through several plans are read, for who asks. */
  readonly longSeriesAsOf = (asOf: AsOf): LongSeriesSources => ({
    ...{ views: this.views, asOf },
    open: (plan) => this.open(plan, asOf),
    isSeen: (plan) => knowsPlan(currentPrincipal()!, plan),
  });

  /** The same for the same moment as long as the views stay where they are, to those who see the same of the plan. */
  async keyOf(plan: string, { knownAt, position }: AsOf): Promise<string> {
    const checkpoints = (await this.follower.status()).map(({ checkpoint }) => checkpoint ?? '');
    return JSON.stringify([plan, sightKey(currentPrincipal()!, plan), knownAt, position, ...checkpoints]);
  }
}
