import { auditProjection } from './audit/audit.projection.js';
import { evaluationEvents } from './evaluations/evaluation.events.js';
import { evaluationProjection } from './evaluations/evaluation.projection.js';
import { evaluationSlice } from './evaluations/evaluation.slice.js';
import { SnapshotTaking } from './evaluations/snapshot-taking.js';
import { figureEvents } from './figures/figure.events.js';
import { figureProjection } from './figures/figure.projection.js';
import { figureSlice } from './figures/figure.slice.js';
import { indicatorEvents } from './indicators/indicator.events.js';
import { indicatorProjection } from './indicators/indicator.projection.js';
import { indicatorSlice } from './indicators/indicator.slice.js';
import { findingEvents } from './findings/finding.events.js';
import { findingProjection } from './findings/finding.projection.js';
import { findingSlice } from './findings/finding.slice.js';
import { Catalogue, catalogued } from './kernel/catalogue.js';
import { EventLogDamaged, EventLogUnavailable, timeNow, type EventLog, type LogKeeping } from './kernel/event-log.js';
import type { RecordedEvent } from './kernel/event.js';
import type { FileStore } from './kernel/file-store.js';
import { CommandHandling } from './kernel/handling.js';
import type { Progress } from './kernel/folding.js';
import { Freshness } from './kernel/freshness.js';
import { LogPresence } from './kernel/log-presence.js';
import { Projector, type ViewsFollower } from './kernel/projector.js';
import type { Projection } from './kernel/projection.js';
import { laterOf, systemClock, type Clock, type Instant } from './kernel/time.js';
import { ViewsOfAnotherLog, type StoreDamaged, type VersionedStore } from './kernel/versioned-store.js';
import { Views } from './kernel/views.js';
import { ViewsWatch } from './kernel/views-watch.js';
import { planEvents, planStream } from './plans/plan.events.js';
import { planProjection } from './plans/plan.projection.js';
import { planSlice } from './plans/plan.slice.js';
import { policyEvents } from './policies/policy.events.js';
import { policyProjection } from './policies/policy.projection.js';
import { policySlice } from './policies/policy.slice.js';
import { projectEvents } from './projects/project.events.js';
import { projectProjection } from './projects/project.projection.js';
import { projectSlice } from './projects/project.slice.js';
import { promiseEvents } from './promises/promise.events.js';
import { promiseProjection } from './promises/promise.projection.js';
import { promiseSlice } from './promises/promise.slice.js';
import { CommandGateway } from './slice/command-gateway.js';
import { SliceRegistry, anySlice } from './slice/slice.js';
import { submissionEvents } from './submissions/submission.events.js';
import { submissionProjection } from './submissions/submission.projection.js';
import { Submissions } from './submissions/submissions.js';
import { taskEvents } from './tasks/task.events.js';
import { taskProjection } from './tasks/task.projection.js';
import { taskSlice } from './tasks/task.slice.js';
import { SqliteVersionedStore } from './versioned-store/sqlite/sqlite-versioned-store.js';
import { watchedStore } from './versioned-store/watched-store.js';

export const eventTypes = [
  ...planEvents,
  ...indicatorEvents,
  ...figureEvents,
  ...projectEvents,
  ...policyEvents,
  ...taskEvents,
  ...promiseEvents,
  ...findingEvents,
  ...evaluationEvents,
  ...submissionEvents,
];

const projections: readonly Projection[] = [
  planProjection,
  indicatorProjection,
  figureProjection,
  projectProjection,
  policyProjection,
  taskProjection,
  promiseProjection,
  findingProjection,
  evaluationProjection,
  submissionProjection,
  auditProjection,
] as readonly Projection[];

export interface Adapters {
  readonly log: EventLog;
  /** Where the log is kept on a disk. */
  readonly keeping?: LogKeeping;
  readonly store: VersionedStore;
  /** Told once, when the store is found damaged: it has to be made anew at the next start. */
  readonly onStoreDamage?: (damage: StoreDamaged) => void;
  readonly files: FileStore;
  readonly clock?: Clock;
  /** Whether this process writes the views, alone or with others, or leaves that to projectors elsewhere. */
  readonly projecting?: 'alone' | 'shared' | 'elsewhere';
}

/** The engine without its surfaces: what the server, the benchmarks and the tests all run. */
export class Engine {
  readonly projections = projections;
  readonly catalogue = new Catalogue(eventTypes);
  readonly clock: Clock;
  readonly log: EventLog;
  /** Whether the log answers; queries ask it through this. */
  readonly presence: LogPresence;
  readonly keeping: LogKeeping | undefined;
  readonly store: VersionedStore;
  /** Set once the store was found damaged. */
  storeDamage: StoreDamaged | undefined;
  readonly files: FileStore;
  readonly views: Views;
  readonly projector: ViewsFollower;
  readonly freshness: Freshness;
  readonly handling: CommandHandling;
  readonly slices: SliceRegistry;
  readonly gateway: CommandGateway;
  readonly submissions: Submissions;

  private readonly projects: boolean;
  private lastNow: Instant = '';

  constructor({ log, keeping, store, onStoreDamage, files, clock = systemClock, projecting = 'alone' }: Adapters) {
    this.clock = clock;
    const typed = catalogued(log, this.catalogue);
    this.presence = new LogPresence(typed, clock);
    this.log = this.presence.noting(typed);
    this.keeping = keeping;
    this.store = watchedStore(store, (damage) => {
      this.storeDamage = damage;
      onStoreDamage?.(damage);
    });
    this.files = files;
    this.views = new Views(this.store);
    const read = (event: RecordedEvent) => this.catalogue.read(event);
    this.projects = projecting !== 'elsewhere';
    this.projector =
      projecting === 'elsewhere'
        ? new ViewsWatch(log, this.store, projections, read)
        : new Projector(log, this.store, projections, { read, shared: projecting === 'shared' });
    this.freshness = new Freshness(this.presence, this.projector, clock);
    this.handling = new CommandHandling(this.log, this.catalogue, clock);
    const taking = new SnapshotTaking(this);
    this.slices = new SliceRegistry([
      anySlice(planSlice),
      anySlice(indicatorSlice),
      anySlice(figureSlice),
      anySlice(projectSlice),
      anySlice(policySlice),
      anySlice(taskSlice),
      anySlice(promiseSlice),
      anySlice(findingSlice),
      anySlice(evaluationSlice(taking.takeFacts)),
    ]);
    this.gateway = new CommandGateway(this.slices, this.handling);
    this.submissions = new Submissions(this);
  }

  /**
   * Brings the views up to the log and follows it from then on.
   * @throws {EventLogDamaged} also where the log is empty and the views are not: it is gone, not new
   * @throws {ViewsOfAnotherLog}
   */
  async start(onProgress?: (progress: Progress) => void): Promise<void> {
    if (this.projects) await this.assertViewsOfThisLog();
    await this.projector.start(onProgress);
  }

  /** Positions of one log mean nothing in another: what was folded would be folded again, or passed by. */
  private async assertViewsOfThisLog(): Promise<void> {
    // The views first: others may move them on meanwhile.
    const made = (await this.store.views()).find(({ checkpoint }) => checkpoint !== undefined);
    if (made && (await this.log.head()) === undefined) {
      throw new EventLogDamaged('1', `the log is empty, but views were made of it up to position ${made.checkpoint}`);
    }
    // By whichever version of the program they were made.
    const [plan] = await this.store.list(planProjection.name, '', { limit: 1 });
    if (!plan) return;
    const [first] = await this.store.history(planProjection.name, plan.key);
    const [drafted] = await this.log.readStream(planStream(plan.key), { limit: 1 });
    if (drafted && drafted.position !== first?.position) throw new ViewsOfAnotherLog();
  }

  /** What time it is for who reads: never before what is recorded, as far as this process knows while the log is away. */
  async now(): Promise<Instant> {
    try {
      return (this.lastNow = await this.presence.ask((log) => timeNow(log, this.clock)));
    } catch (error) {
      if (!(error instanceof EventLogUnavailable)) throw error;
      return laterOf(this.clock.now(), this.lastNow);
    }
  }

  /** Resolves when all views have what is in the log now. */
  async caughtUp(timeout = 30_000): Promise<void> {
    const head = await this.log.head();
    if (head && !(await this.projector.reached(head, timeout))) throw new Error('the views did not catch up in time');
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
