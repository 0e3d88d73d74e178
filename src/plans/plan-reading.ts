import type { MomentQuery } from '../http/moment.js';
import type { Reading } from '../http/reading.js';
import { DomainError, notFound } from '../kernel/errors.js';
import type { LogPresence } from '../kernel/log-presence.js';
import { comparePositions } from '../kernel/position.js';
import type { ViewsFollower } from '../kernel/projector.js';
import { parseKnownTime } from '../kernel/time.js';
import type { AsOf } from '../kernel/versioned-store.js';
import type { Views } from '../kernel/views.js';
import { readPlan } from './read-plan.js';

/** Milliseconds that a query waits for the views to reach a position. */
const timeoutMs = 10_000;

export class PlanReading implements Reading {
  constructor(
    private readonly views: Views,
    private readonly follower: ViewsFollower,
    private readonly presence: Pick<LogPresence, 'ask'>,
  ) {}

  async wait(position: string | undefined): Promise<void> {
    if (position === undefined) return;
    if (!/^(0|[1-9]\d{0,18})$/.test(position))
      throw new DomainError('invalid', 'position.malformed', 'Tongjian-Position 须为日志位置');
    // What the views already have needs no log.
    if (await this.follower.reached(position, 0)) return;
    const head = await this.presence.ask((log) => log.head());
    if (!head || comparePositions(head, position) < 0) {
      throw notFound('position.beyond-log', `日志还没有位置 ${position}`);
    }
    if (!(await this.follower.reached(position, timeoutMs))) {
      throw new DomainError('unavailable', 'views.behind', '视图尚未跟上日志：请稍后再试');
    }
  }

  async moment(plan: string, { asOf, atPosition }: MomentQuery, position?: string): Promise<AsOf> {
    await this.wait(position);
    return {
      ...(asOf !== undefined && { knownAt: parseKnownTime(asOf, (await readPlan(this.views, plan)).timeZone) }),
      ...(atPosition !== undefined && { position: atPosition }),
    };
  }

  async momentOfPlan(plan: string, query: MomentQuery, position?: string): Promise<AsOf> {
    const asOf = await this.moment(plan, query, position);
    await readPlan(this.views, plan, asOf);
    return asOf;
  }
}
