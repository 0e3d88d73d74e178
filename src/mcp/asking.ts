import { Inject, Injectable, type Type } from '@nestjs/common';
import { allowedSomewhere, currentPrincipal } from '../access/principal.js';
import { CHANGE_FEED, type ChangeFeed } from '../digests/change-feed.js';
import type { MomentQuery } from '../http/moment.js';
import { READING, type Reading } from '../http/reading.js';
import { EVENT_LOG, type EventLog } from '../kernel/event-log.js';
import { LOG_CLOCK, type LogClock } from '../kernel/log-clock.js';
import { dayOf } from '../kernel/time.js';
import type { AsOf } from '../kernel/versioned-store.js';
import { VIEWS, type Views } from '../kernel/views.js';
import { OVERVIEWS, type Overviews } from '../overview/overviews.js';
import { PLAN_READERS, type PlanReaders } from '../overview/plan-readers.js';
import type { PlanDocument } from '../plans/plan.projection.js';
import { PlansController } from '../plans/plans.controller.js';
import { Addresses, type Address } from './addresses.js';
import { Origins } from './origins.js';
import { RouteCalls, type AnswerOf, type AskedRoute, type Exchange, type HandlerName } from './route-calls.js';

/** The moment of which somebody asks, as the HTTP API names it. */
export interface AskedMoment {
  readonly as_of?: string;
  readonly at_position?: string;
}

/** What every answer about a plan begins with. */
export interface Head {
  readonly plan: string;
  readonly title: string;
  readonly demo: boolean;
  readonly mark?: '示例数据';
  readonly moment: Moment;
  readonly address: Address;
  readonly eventAddress?: Address;
}

/** Known until when, by the log up to which position. Absent `knownUntil`: all that the log had. */
export interface Moment {
  readonly knownUntil?: string;
  readonly position: string;
}

/** A plan as of a moment that nothing can change any more. */
export interface PlanThen {
  readonly document: PlanDocument;
  /** What the routes are asked with. */
  readonly query: { readonly asOf?: string; readonly atPosition: string };
  readonly asOf: AsOf;
  readonly at: Addresses;
  readonly origins: Origins;
  /** Whether who asks may look at single events. */
  readonly showsEvents: boolean;
  head(address: Address, hasDemo?: boolean): Head;
}

/** What tools answer from. Values of a plan come from routes; the ports find the moment and the events behind them. */
@Injectable()
export class Sources {
  constructor(
    @Inject(RouteCalls) readonly routes: RouteCalls,
    @Inject(READING) readonly reading: Reading,
    @Inject(VIEWS) readonly views: Views,
    @Inject(EVENT_LOG) readonly log: EventLog,
    @Inject(PLAN_READERS) readonly readers: PlanReaders,
    @Inject(OVERVIEWS) readonly overviews: Overviews,
    @Inject(CHANGE_FEED) readonly feed: ChangeFeed,
    @Inject(LOG_CLOCK) readonly clock: LogClock,
  ) {}
}

/** One call of a tool: who asks is the sender of the request. */
export class Asking {
  constructor(
    readonly sources: Sources,
    private readonly exchange: Exchange,
  ) {}

  /** Calls a route of the HTTP API, see `RouteCalls`. */
  ask<C extends object, Name extends HandlerName<C>>(
    controller: Type<C>,
    name: Name,
    asked: AskedRoute,
  ): Promise<AnswerOf<C, Name>> {
    return this.sources.routes.call(this.exchange, controller, name, asked);
  }

  /** Whether 示例数据 is in the state of a plan. */
  async hasDemo(plan: string, moment: MomentQuery = {}): Promise<boolean> {
    const { overview } = await this.sources.overviews.find({ plan, period: undefined, moment, position: undefined });
    return overview.demo;
  }

  /** @throws {DomainError} the refusals of `GET /plans/{plan}` */
  async open(plan: string, { as_of, at_position }: AskedMoment): Promise<PlanThen> {
    const { reading, readers, views, log, clock, feed } = this.sources;
    const asked = { asOf: as_of, atPosition: at_position };
    const path = new Addresses(plan, {}).api('');
    // Lets in, or refuses, before anything else is read.
    const document = await this.ask(PlansController, 'get', { path, params: { plan }, query: asked });
    const { knownAt } = await reading.moment(plan, asked);
    // Whoever sees no more than a past moment of the plan sees that moment whenever they ask.
    const day = as_of ?? (knownAt === undefined ? dayOf(await clock.now(), document.timeZone) : undefined);
    const query = { ...(day !== undefined && { asOf: day }), atPosition: at_position ?? (await feed.head()) };
    const asOf = await reading.moment(plan, query);
    const isDemo = document.demo || (await this.hasDemo(plan, query));
    const at = new Addresses(plan, query);
    const showsEvents = allowedSomewhere(currentPrincipal()!, 'audit.read', plan);
    return {
      ...{ document, query, asOf, at, showsEvents },
      origins: new Origins(log, views, await readers.open(plan, asOf), asOf),
      head: (address, hasDemo = false) => ({
        ...{ plan, title: document.title, ...markOf(isDemo || hasDemo) },
        moment: momentOf(asOf, query.atPosition),
        address,
        ...(showsEvents && { eventAddress: at.event('{position}') }),
      }),
    };
  }
}

/** 示例数据 is named in words, so that whoever writes from the answer writes it, too. */
export const markOf = (demo: boolean): Pick<Head, 'demo' | 'mark'> => ({ demo, ...(demo && { mark: '示例数据' }) });

export const momentOf = ({ knownAt }: AsOf, position: string): Moment => ({
  ...(knownAt !== undefined && { knownUntil: knownAt }),
  position,
});
