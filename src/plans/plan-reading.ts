import { cappedFor } from '../access/principal.js';
import type { MomentQuery } from '../http/moment.js';
import type { Reading } from '../http/reading.js';
import { DomainError, invalid } from '../kernel/errors.js';
import type { LogClock } from '../kernel/log-clock.js';
import type { LogPresence } from '../kernel/log-presence.js';
import { comparePositions } from '../kernel/position.js';
import { untilReached, type ViewsFollower } from '../kernel/projector.js';
import { isFuture, parseKnownTime, type Instant } from '../kernel/time.js';
import type { AsOf } from '../kernel/versioned-store.js';
import type { Views } from '../kernel/views.js';
import { unknownPlan } from './plan.state.js';
import { readPlan } from './read-plan.js';

/** Milliseconds that a query waits for the views to reach a position. */
const timeoutMs = 10_000;

export class PlanReading implements Reading {
  constructor(
    private readonly views: Views,
    private readonly follower: ViewsFollower,
    private readonly presence: Pick<LogPresence, 'ask'>,
    private readonly clock: LogClock,
  ) {}

  async wait(position: string | undefined, field = 'Tongjian-Position'): Promise<void> {
    if (position === undefined) return;
    if (!/^(0|[1-9]\d{0,18})$/.test(position))
      throw new DomainError('invalid', 'position.malformed', `${field} 须为系统记录序号`, { field });
    // What the views already have needs no log.
    if (await this.follower.reached(position, 0)) return;
    const head = await this.presence.ask((log) => log.head());
    if (!head || comparePositions(head, position) < 0) {
      const last = head ? `末位是 ${head}` : '日志是空的';
      throw new DomainError('not-found', 'position.beyond-log', `日志还没有位置 ${position}：${last}`, { field });
    }
    await untilReached(this.follower, position, timeoutMs);
  }

  async moment(
    plan: string,
    { asOf, atPosition }: MomentQuery,
    position?: string,
    field: string = 'asOf',
  ): Promise<AsOf> {
    await this.wait(position);
    // Views that are not there yet would answer with less than the log had at that position.
    await this.wait(atPosition, 'atPosition');
    const knownAt = asOf === undefined ? undefined : await this.knownTime(plan, asOf, field);
    const asked = {
      ...(knownAt !== undefined && { knownAt }),
      ...(atPosition !== undefined && { position: atPosition }),
    };
    const read = cappedFor(plan, asked) ?? asked;
    // What lies after the moment of an invitation is unknown to whom it was made.
    if (knownAt !== undefined && read.knownAt !== knownAt) throw unknownPlan(plan);
    return read;
  }

  private async knownTime(plan: string, text: string, field: string): Promise<Instant> {
    const { timeZone } = await readPlan(this.views, plan);
    const instant = parseKnownTime(text, timeZone, field);
    if (await this.clock.still((now) => isFuture(text, timeZone, now))) {
      throw invalid('time.future', `${text} 在未来：掌握的数据只到现在，请选今日或更早`, field);
    }
    return instant;
  }

  async momentOfPlan(plan: string, query: MomentQuery, position?: string): Promise<AsOf> {
    const asOf = await this.moment(plan, query, position);
    await readPlan(this.views, plan, asOf);
    return asOf;
  }
}
