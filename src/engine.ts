import type { Provider } from '@nestjs/common';
import { PlanAppraisals } from './appraisal/plan-appraisals.js';
import { commandPlaces } from './audit/command-places.js';
import { readConfig, type Config } from './config.js';
import { UNIT_SIGHT } from './http/unit-sight.js';
import { PublishedEvaluations } from './evaluations/published.js';
import { READING } from './http/reading.js';
import { CATALOGUE, Catalogue, catalogued } from './kernel/catalogue.js';
import { EVENT_LOG, EventLogDamaged, LOG_KEEPING, type EventLog, type LogKeeping } from './kernel/event-log.js';
import type { RecordedEvent } from './kernel/event.js';
import { FILE_STORE, type FileStore } from './kernel/file-store.js';
import type { Progress } from './kernel/folding.js';
import { FRESHNESS, Freshness } from './kernel/freshness.js';
import { CommandIds } from './kernel/command-ids.js';
import { CommandHandling } from './kernel/handling.js';
import { LOG_CLOCK, LogClock } from './kernel/log-clock.js';
import { LOG_PRESENCE, LogPresence } from './kernel/log-presence.js';
import { PROJECTIONS } from './kernel/projection.js';
import { Projector, VIEWS_FOLLOWER, type ViewsFollower } from './kernel/projector.js';
import { CLOCK, systemClock, type Clock, type Instant } from './kernel/time.js';
import {
  SCRATCH_STORE,
  STORE_HEALTH,
  VERSIONED_STORE,
  ViewsOfAnotherLog,
  type StoreDamaged,
  type StoreHealth,
  type VersionedStore,
} from './kernel/versioned-store.js';
import { VIEWS, Views } from './kernel/views.js';
import { ViewsWatch } from './kernel/views-watch.js';
import { openAdapters, type Adapters, type LogObservers } from './operations/adapters.js';
import { PeopleAuthorizer } from './people/people-authorizer.js';
import { SightedViews } from './people/sighted-views.js';
import { Rights } from './people/rights.js';
import { PlanReading } from './plans/plan-reading.js';
import { planStream } from './plans/plan.events.js';
import { unknownPlan } from './plans/plan.state.js';
import { planProjection } from './plans/plan.projection.js';
import { APPRAISALS, type Appraisals } from './slice/appraisals.js';
import type { Authorizer } from './slice/authorizer.js';
import { CommandGateway } from './slice/command-gateway.js';
import { PUBLICATIONS, type Publications } from './slice/publications.js';
import { READINESS, type Readiness } from './slice/readiness.js';
import { CommandRegistry, STREAM_NAMES } from './slice/slice.js';
import { eventTypes, slices } from './slices.js';
import { PlanReadiness } from './readiness/plan-readiness.js';
import { UNIT_REPORTS, UnitReports } from './reporting/unit-reports.js';
import { WITHDRAWALS, Withdrawals } from './reporting/withdrawals.js';
import { SUBMISSIONS, Submissions } from './submissions/submissions.js';
import { SqliteVersionedStore } from './versioned-store/sqlite/sqlite-versioned-store.js';
import { watchedStore } from './versioned-store/watched-store.js';

/** The program without its surfaces: adapters, kernel and slices wired together. Server, benches and tests all run it. */
export class Engine {
  readonly projections = slices.flatMap((slice) => slice.projections);
  readonly catalogue = new Catalogue(eventTypes);
  readonly registry = new CommandRegistry(slices);
  readonly clock: Clock;
  readonly log: EventLog;
  /** Whether the log answers; gives queries a log that does not hold them up while it hangs. */
  readonly presence: LogPresence;
  readonly keeping: LogKeeping | undefined;
  readonly store: VersionedStore;
  readonly files: FileStore;
  /** All of the views, for the program's own work. */
  readonly views: Views;
  /** The views as the sender of a request may see them. */
  readonly sightedViews: SightedViews;
  readonly projector: ViewsFollower;
  readonly freshness: Freshness;
  readonly handling: CommandHandling;
  readonly authorizer: Authorizer;
  readonly gateway: CommandGateway;
  readonly rights: Rights;
  readonly publications: Publications;
  readonly readiness: Readiness;
  readonly appraisals: Appraisals;
  readonly submissions: Submissions;
  readonly unitReports: UnitReports;
  readonly withdrawals: Withdrawals;

  private readonly health: { damage: StoreDamaged | undefined } = { damage: undefined };
  private readonly projects: boolean;

  constructor({ log, keeping, store, onStoreDamage, files, clock = systemClock, projecting = 'alone' }: Adapters) {
    this.clock = clock;
    const typed = catalogued(log, this.catalogue);
    this.presence = new LogPresence(typed, clock);
    this.log = this.presence.noting(typed);
    this.keeping = keeping;
    this.store = watchedStore(store, (damage) => {
      this.health.damage = damage;
      onStoreDamage?.(damage);
    });
    this.files = files;
    this.views = new Views(this.store);
    this.sightedViews = new SightedViews(
      this.store,
      slices.flatMap(({ sights = [] }) => sights),
      new Set(slices.flatMap(({ announced = [] }) => announced)),
    );
    const read = (event: RecordedEvent) => this.catalogue.read(event);
    this.projects = projecting !== 'elsewhere';
    this.projector =
      projecting === 'elsewhere'
        ? new ViewsWatch(log, this.store, this.projections, read)
        : new Projector(log, this.store, this.projections, { read, shared: projecting === 'shared' });
    this.freshness = new Freshness(this.presence, this.projector, clock);
    this.publications = new PublishedEvaluations(this.views);
    this.readiness = new PlanReadiness(this.views, clock);
    this.appraisals = new PlanAppraisals(this);
    const ids = new CommandIds(commandPlaces(this.views));
    this.handling = new CommandHandling(this.log, this.catalogue, clock, ids);
    this.authorizer = new PeopleAuthorizer(unknownPlan);
    this.gateway = new CommandGateway(this.registry, this.handling, this, this.authorizer);
    this.rights = new Rights(this.presence, this.views, clock);
    this.submissions = new Submissions(this, slices);
    this.unitReports = new UnitReports(this, slices);
    this.withdrawals = new Withdrawals(this, slices);
  }

  get storeHealth(): StoreHealth {
    return this.health;
  }

  /** The ports that controllers inject, each under its token. */
  ports(): Provider[] {
    const clock = new LogClock(this.presence, this.clock);
    const values: readonly [symbol, unknown][] = [
      [EVENT_LOG, this.presence.log],
      [LOG_PRESENCE, this.presence],
      [LOG_KEEPING, this.keeping],
      [VERSIONED_STORE, this.store],
      [STORE_HEALTH, this.storeHealth],
      [SCRATCH_STORE, () => this.scratch()],
      [FILE_STORE, this.files],
      [VIEWS, this.sightedViews],
      [UNIT_SIGHT, this.sightedViews],
      [VIEWS_FOLLOWER, this.projector],
      [PROJECTIONS, this.projections],
      [FRESHNESS, this.freshness],
      [CATALOGUE, this.catalogue],
      [CLOCK, this.clock],
      [LOG_CLOCK, clock],
      [READING, new PlanReading(this.views, this.projector, this.presence, clock)],
      [PUBLICATIONS, this.publications],
      [READINESS, this.readiness],
      [APPRAISALS, this.appraisals],
      [SUBMISSIONS, this.submissions],
      [UNIT_REPORTS, this.unitReports],
      [WITHDRAWALS, this.withdrawals],
      [STREAM_NAMES, new Map(slices.flatMap(({ trails = {} }) => Object.entries(trails)))],
    ];
    return values.map(([provide, useValue]) => ({ provide, useValue }));
  }

  /**
   * Brings the views up to the log and follows it from then on.
   * @throws {EventLogDamaged} also where the log is empty and the views are not: the log was lost
   * @throws {ViewsOfAnotherLog}
   */
  async start(onProgress?: (progress: Progress) => void): Promise<void> {
    if (this.projects) await this.assertViewsOfThisLog();
    await this.projector.start(onProgress);
  }

  /** Positions of one log mean nothing in another: events would be folded twice, or left out. */
  private async assertViewsOfThisLog(): Promise<void> {
    // The views are read first: another process may advance them meanwhile.
    const made = (await this.store.views()).find(({ checkpoint }) => checkpoint !== undefined);
    if (made && (await this.log.head()) === undefined) {
      throw new EventLogDamaged('1', `the log is empty, but views were made of it up to position ${made.checkpoint}`);
    }
    // The store is asked, not `views`: another version of the program may have made them.
    const [plan] = await this.store.list(planProjection.name, '', { limit: 1 });
    if (!plan) return;
    const [first] = await this.store.history(planProjection.name, plan.key);
    const [drafted] = await this.log.readStream(planStream(plan.key), { limit: 1 });
    if (drafted && drafted.position !== first?.position) throw new ViewsOfAnotherLog();
  }

  /** Resolves when all views have what is in the log now. */
  async caughtUp(timeoutMs = 30_000): Promise<void> {
    const head = await this.log.head();
    if (head && !(await this.projector.reached(head, timeoutMs))) throw new Error('the views did not catch up in time');
  }

  /** Finishes submissions, of folders and of rows, and withdrawals that were received by that moment and cut off. */
  async finishInterrupted(receivedBy?: Instant): Promise<void> {
    await this.submissions.finishInterrupted(receivedBy);
    await this.unitReports.finishInterrupted(receivedBy);
    await this.withdrawals.finishInterrupted(receivedBy);
  }

  /** A store for work that is thrown away: the verification of a snapshot. */
  scratch(): VersionedStore {
    return SqliteVersionedStore.open(':memory:');
  }

  async close(): Promise<void> {
    this.presence.close();
    await this.projector.close();
    await this.log.close();
    await this.store.close();
  }
}

/** The engine on the log and the views that the configuration names. @throws what `openAdapters` throws */
export const openEngine = (config: Config, clock: Clock = systemClock, observers: LogObservers = {}): Engine =>
  new Engine(openAdapters(config, clock, observers));

/** The engine with everything in one data folder. */
export const openEmbedded = (folder: string, clock: Clock = systemClock): Engine =>
  openEngine(readConfig({}, { data: folder }), clock);
