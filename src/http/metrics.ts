import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, RequestHandler } from 'express';
import { setTimeout as delay } from 'node:timers/promises';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { AppendObserver } from '../event-log/watched-log.js';
import { FRESHNESS, type Freshness } from '../kernel/freshness.js';
import { hasReached, type Position } from '../kernel/position.js';
import { VIEWS_FOLLOWER, type ViewsFollower } from '../kernel/projector.js';
import { VERSIONED_STORE, type VersionedStore } from '../kernel/versioned-store.js';
import type { CommandResult } from '../kernel/handling.js';
import { LOG_PRESENCE, type LogPresence } from '../kernel/log-presence.js';
import { CLOCK, toMilliseconds, type Clock, type Instant } from '../kernel/time.js';
import type { CommandCarrier } from '../slice/command-gateway.js';
import { programVersion } from '../operations/version.js';
import { Lane, type LaneStanding } from './admission.js';
import { problemOf } from './problem.filter.js';
import { processMetrics } from './process-metrics.js';
import { Needs } from './rights.js';

/** Milliseconds that log and store have to answer: a scrape waits ten seconds as a rule, and is wanted when they are away. */
const patience = 2_000;

const seconds = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export const METRICS = Symbol('Metrics');

/** What a scrape asks. */
interface WatchedPorts {
  readonly presence: Pick<LogPresence, 'ask'>;
  readonly store: VersionedStore;
  readonly follower: ViewsFollower;
  readonly freshness: Freshness;
  readonly clock: Clock;
}

/**
 * What one server does and how it stands, for Prometheus. Labels have few values: names of routes, commands and views,
 * never what a request is about or who sent it.
 */
export class Metrics {
  readonly registry = new Registry();
  private readonly requests = this.histogram('http_request_duration_seconds', 'Requests, by route', [
    'method',
    'route',
    'status',
  ]);
  private readonly commands = this.histogram('command_duration_seconds', 'Commands, by what became of them', [
    'command',
    'outcome',
  ]);
  private readonly appends = this.histogram('append_duration_seconds', 'Appends to the log', ['outcome']);
  private readonly events = this.counter('events_appended_total', 'Events appended by this process', []);
  private readonly repeats = this.counter(
    'append_repeats_total',
    'Appends repeated, the log having given no answer',
    [],
  );
  private readonly refused = this.counter('admission_refused_total', 'Requests refused as too many', ['lane']);
  private readonly working = this.gauge('admission_working', 'Requests worked on', ['lane']);
  private readonly waiting = this.gauge('admission_waiting', 'Requests waiting for their turn', ['lane']);
  private readonly logUp = this.gauge('log_up', '1 if the log answers', []);
  private readonly storeUp = this.gauge('store_up', '1 if the store of the views answers', []);
  private readonly behind = this.gauge('views_behind_seconds', 'For how long the views have not had everything', []);
  private readonly caughtUp = this.gauge('view_caught_up', '1 if the view has all of the log', ['view']);
  private readonly stopped = this.gauge('view_stopped', '1 if the view stopped at an event', ['view']);
  private readonly built = this.gauge('view_build_ratio', 'How far a view that is built beside the live one is', [
    'view',
  ]);

  constructor() {
    this.gauge('info', 'The version of the program', ['version']).set({ version: programVersion }, 1);
  }

  private lanes: () => Readonly<Record<string, LaneStanding>> = () => ({});

  /** Times requests from when they come to when their answer is given, or given up. */
  readonly watchRequest: RequestHandler = (request, response, next) => {
    const begun = performance.now();
    response.once('close', () => {
      const status = response.writableFinished ? String(response.statusCode) : 'aborted';
      const labels = { method: methodOf(request), route: routeOf(request), status };
      this.requests.observe(labels, (performance.now() - begun) / 1_000);
    });
    next();
  };

  readonly observeAppend: AppendObserver = (outcome, events, duration) => {
    this.appends.observe({ outcome }, duration);
    if (outcome === 'appended') this.events.inc(events);
  };

  readonly countRepeat = (): void => this.repeats.inc();

  readonly countRefusal = (lane: string): void => this.refused.inc({ lane });

  /** The same gateway, with its commands counted and timed. */
  watched(gateway: CommandCarrier): CommandCarrier {
    return {
      rehearse: (command, sender) => gateway.rehearse(command, sender),
      carryOut: async (command, sender) => {
        const begun = performance.now();
        let outcome = '';
        try {
          const result = await gateway.carryOut(command, sender);
          outcome = outcomeOf(result);
          return result;
        } catch (error) {
          outcome = refusalOf(error);
          throw error;
        } finally {
          this.commands.observe({ command: command.type, outcome }, (performance.now() - begun) / 1_000);
        }
      },
    };
  }

  watchLanes(standing: () => Readonly<Record<string, LaneStanding>>): void {
    this.lanes = standing;
  }

  /** All of it in Prometheus' text format; lanes, log and views as they stand now. */
  async text(ports: WatchedPorts): Promise<string> {
    for (const [lane, { working, waiting }] of Object.entries(this.lanes())) {
      this.working.set({ lane }, working);
      this.waiting.set({ lane }, waiting);
    }
    await this.look(ports);
    return (await processMetrics()) + (await this.registry.metrics());
  }

  private async look({ presence, store, follower, freshness, clock }: WatchedPorts): Promise<void> {
    const [head, views, standing, viewsAsOf] = await Promise.all([
      answered(() => presence.ask((log) => log.head())),
      answered(() => store.views()),
      answered(async () => follower.status()),
      freshness.viewsAsOf(),
    ]);
    this.logUp.set(head ? 1 : 0);
    this.storeUp.set(views ? 1 : 0);
    this.behind.set(viewsAsOf === undefined ? 0 : age(viewsAsOf, clock.now()));

    for (const gauge of [this.caughtUp, this.stopped, this.built]) gauge.reset();
    for (const { name: view, checkpoint, stopped } of standing?.answer ?? []) {
      this.stopped.set({ view }, stopped ? 1 : 0);
      if (head) this.caughtUp.set({ view }, hasReached(checkpoint, head.answer) ? 1 : 0);
    }
    for (const { name: view, live, checkpoint } of views?.answer ?? []) {
      if (head && !live) this.built.set({ view }, share(checkpoint, head.answer));
    }
  }

  private histogram(name: string, help: string, labelNames: readonly string[]) {
    return new Histogram({ ...this.named(name, help), labelNames, buckets: seconds });
  }
  private counter(name: string, help: string, labelNames: readonly string[]) {
    return new Counter({ ...this.named(name, help), labelNames });
  }
  private gauge(name: string, help: string, labelNames: readonly string[]) {
    return new Gauge({ ...this.named(name, help), labelNames });
  }
  private named(name: string, help: string) {
    return { name: `tongjian_${name}`, help, registers: [this.registry] };
  }
}

/** For those who watch the server; not a part of the API that programs build on. */
@ApiExcludeController()
@Controller()
export class MetricsController {
  constructor(
    @Inject(METRICS) private readonly metrics: Metrics,
    @Inject(LOG_PRESENCE) private readonly presence: LogPresence,
    @Inject(VERSIONED_STORE) private readonly store: VersionedStore,
    @Inject(VIEWS_FOLLOWER) private readonly follower: ViewsFollower,
    @Inject(FRESHNESS) private readonly freshness: Freshness,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Lane('free')
  @Needs('system.operate')
  @Get('metrics')
  @Header('Content-Type', Registry.PROMETHEUS_CONTENT_TYPE)
  scrape(): Promise<string> {
    const { presence, store, follower, freshness, clock } = this;
    return this.metrics.text({ presence, store, follower, freshness, clock });
  }
}

/** What came of a question, or nothing where it failed or took too long. */
async function answered<T>(ask: () => Promise<T>): Promise<{ readonly answer: T } | undefined> {
  const asked = ask().then(
    (answer) => ({ answer }),
    () => undefined,
  );
  return Promise.race([asked, delay(patience, undefined, { ref: false })]);
}

/** Seconds; since the process began where it never saw the views have everything. */
const age = (viewsAsOf: string, now: Instant): number =>
  viewsAsOf === 'unknown' ? process.uptime() : Math.max(0, toMilliseconds(now) - toMilliseconds(viewsAsOf)) / 1_000;

/** By positions: these have gaps, so it is no count of events. */
const share = (checkpoint: Position | undefined, head: Position | undefined): number =>
  hasReached(checkpoint, head) ? 1 : Number(checkpoint ?? 0) / Number(head);

const methodOf = ({ method }: Request): string => (['GET', 'HEAD', 'POST'].includes(method) ? method : 'other');

/** As it was declared, `/api/plans/:plan/overview`; `page` for all of the page's files, `none` where there is none. */
function routeOf({ route, originalUrl }: Request): string {
  const declared = (route as { path?: unknown } | undefined)?.path;
  if (declared === undefined && !originalUrl.startsWith('/api')) return 'page';
  // Nest's own for what nobody declared begins with a star.
  return typeof declared === 'string' && declared.startsWith('/') ? declared : 'none';
}

function outcomeOf({ repeated, events }: CommandResult): string {
  if (repeated) return 'repeated';
  return events.length > 0 ? 'appended' : 'unchanged';
}

const refusals: Readonly<Record<number, string>> = {
  400: 'invalid',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict',
  412: 'conflict',
  413: 'invalid',
  422: 'refused',
  429: 'throttled',
  503: 'unavailable',
};
const refusalOf = (error: unknown): string => refusals[problemOf(error).status] ?? 'failed';
