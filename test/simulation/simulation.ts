import { DomainError } from '../../src/kernel/errors.js';
import { EventLogUnavailable, type ExpectedRevision } from '../../src/kernel/event-log.js';
import type { RecordedEvent } from '../../src/kernel/event.js';
import type { CommandResult } from '../../src/kernel/handling.js';
import { toInstant } from '../../src/kernel/time.js';
import { composeOverview } from '../../src/overview/overview.js';
import { checkedInput, type Command } from '../../src/slice/command.js';
import { slices } from '../../src/slices.js';
import { Chance } from '../support/chance.js';
import { MovingClock } from '../support/moving-clock.js';
import { temporaryFolder } from '../temporary-folder.js';
import { turns, type Fault } from './faults.js';
import { Ledger } from './ledger.js';
import { Office, type Sabotage } from './office.js';
import { plan, simulatedPlan } from './plan.js';
import { ReferenceViews } from './reference-views.js';
import { actors, type Request } from './requests.js';
import { start, type Step } from './scenario.js';
import { Snapshots } from './snapshots.js';
import { assertSums } from './sums.js';
import { assertThat, shown, Violation } from './violation.js';

/** Outcome of a request: executed, refused with a code, or unknown. */
type Outcome =
  | { readonly request: Request; readonly result: CommandResult }
  | { readonly request: Request; readonly refused: string }
  | { readonly request: Request; readonly unknown: Error };

export interface Report {
  /** The failed step (0-based) and the error; absent if engine and model always agreed. */
  readonly failure?: { readonly step: number; readonly error: Error };
  /** How often each kind of thing happened, to check that the run was meaningful. */
  readonly tally: Readonly<Record<string, number>>;
}

/** Runs the steps against engine and model, and stops at the first difference. */
export async function simulate(steps: readonly Step[], sabotage: Sabotage = {}): Promise<Report> {
  const folder = await temporaryFolder();
  const simulation = new Simulation(folder.path(), sabotage);
  await simulation.open();
  let step = 0;
  try {
    for (; step < steps.length; step++) await simulation.run(steps[step]!);
    await simulation.inspect();
    return { tally: simulation.tally };
  } catch (error) {
    return { failure: { step, error: error as Error }, tally: simulation.tally };
  } finally {
    await simulation.close();
    await folder.remove();
  }
}

/** Turns of the event loop to wait for the views to catch up before the simulation fails. */
const maxTurns = 200_000;

class Simulation {
  readonly tally: Record<string, number> = {};
  private readonly clock = new MovingClock(toInstant(start));
  private readonly ledger = new Ledger();
  private readonly office: Office;
  private readonly snapshots = new Snapshots();
  private readonly streams = new Map<string, RecordedEvent[]>();
  /** Events of each command, by stream and command id. */
  private readonly done = new Map<string, RecordedEvent[]>();
  private reference!: ReferenceViews;
  private readonly chance = new Chance(1);
  private steps = 0;

  constructor(folder: string, sabotage: Sabotage) {
    this.office = new Office(folder, this.clock, this.ledger.recordAttempt, sabotage);
  }

  async open(): Promise<void> {
    await this.office.open();
    this.reference = new ReferenceViews(this.office.engine.projections);
    await this.office.engine.submissions.submit(simulatedPlan(), undefined, { accepted: ['indicator.no-target:02'] });
    await this.caughtUp();
    const loaded = await this.followLog();
    this.remember(loaded);
    for (const event of loaded) this.reference.apply(event);
  }

  async close(): Promise<void> {
    await this.office.close();
  }

  async run(step: Step): Promise<void> {
    this.count(step.do);
    this.steps++;
    switch (step.do) {
      case 'clock':
        this.clock.advance(step.by);
        return;
      case 'restart':
        await this.office.restart();
        return this.check([]);
      case 'inspect':
        return this.inspect();
      case 'work':
        return this.work(step.requests, step.faults, step.rebuild);
      case 'crash':
        return this.crash(step);
    }
  }

  /** Compares everything with the model, not only what changed. */
  async inspect(): Promise<void> {
    const { engine } = this.office;
    await this.ledger.compare(this.office.sqlite);
    await this.reference.compareAll(engine.store);
    const { position, knownAt } = this.chance.of(this.ledger.events);
    for (const { name } of engine.projections) {
      await this.reference.compareAsOf(engine.store, name, { position });
      await this.reference.compareAsOf(engine.store, name, { knownAt });
      await this.reference.compareAsOf(engine.store, name, { position, knownAt });
    }
    await this.snapshots.verify(engine);
  }

  private async work(requests: readonly Request[], faults: readonly Fault[], rebuild?: string): Promise<void> {
    this.office.faults.set(faults);
    const rebuilt = rebuild === undefined ? undefined : this.rebuild(rebuild);
    const outcomes = await Promise.all(requests.map((request) => this.send(request)));
    await rebuilt;
    await this.caughtUp();
    this.count('faults hit', this.office.faults.injected);
    this.office.faults.injected = 0;
    this.office.faults.set([]);
    await this.check(await this.settle(outcomes));
  }

  private async crash({ requests, turns: later, views, rebuild }: Step & { do: 'crash' }): Promise<void> {
    const outcomes: Outcome[] = requests.map((request) => ({ request, unknown: new Error('crashed') }));
    let crashed = false;
    const sending = requests.map(async (request, index) => {
      const outcome = await this.send(request);
      // An answer after the crash did not reach the client.
      if (!crashed) outcomes[index] = outcome;
    });
    if (rebuild !== undefined) void this.rebuild(rebuild).catch(() => undefined);
    await turns(later);
    crashed = true;
    await this.office.crash(views);
    await Promise.all(sending);
    await this.check(await this.settle(outcomes));
  }

  private async rebuild(view: string): Promise<void> {
    try {
      await this.office.engine.projector.rebuild(view);
      this.count('rebuilt');
    } catch (error) {
      if (!(error instanceof EventLogUnavailable)) throw error;
      this.count('rebuild failed');
    }
  }

  private async send(request: Request): Promise<Outcome> {
    const { gateway } = this.office.engine;
    try {
      const command = this.commandOf(request);
      const actor = { ...actors[request.actor], means: 'import' as const };
      const sender = { commandId: request.id, actor, expectedRevision: this.basis(request, command) };
      return { request, result: await gateway.carryOut(command, sender) };
    } catch (error) {
      if (error instanceof EventLogUnavailable) return { request, unknown: error };
      if (!(error instanceof DomainError)) throw error;
      return error.kind === 'unavailable' ? { request, unknown: error } : { request, refused: error.code };
    }
  }

  private commandOf({ type, input }: Request): Command {
    const routes = slices.flatMap(({ deciding }) => deciding?.commands ?? []);
    const route = routes.find((each) => each.type.name === type);
    if (!route) throw new Error(`no command named ${type}`);
    return checkedInput(route.type, input);
  }

  private basis({ basedOn }: Request, command: Command): ExpectedRevision | undefined {
    if (basedOn === undefined) return undefined;
    const last = this.ledger.last(this.streamOf(command));
    if (basedOn === 'current') return last?.revision ?? 'none';
    return last && last.revision > 0 ? last.revision - 1 : 'none';
  }

  private streamOf(command: Command): string {
    return this.office.engine.registry.of(command).stream(command as never);
  }

  /** Sends requests with unknown outcome again, as a client would. */
  private async settle(outcomes: readonly Outcome[]): Promise<Outcome[]> {
    const settled: Outcome[] = [];
    for (const outcome of outcomes) {
      this.count('result' in outcome ? 'executed' : 'refused' in outcome ? outcome.refused : 'unknown');
      if (!('unknown' in outcome)) {
        settled.push(outcome);
        continue;
      }
      const again = await this.send({ ...outcome.request, basedOn: undefined });
      assertThat(!('unknown' in again), () => `sent again without a fault, ${shown(again)} remains unknown`);
      settled.push(again);
    }
    await this.caughtUp();
    return settled;
  }

  /** Checks that the log contains exactly what the answers say, and that the views match the log. */
  private async check(outcomes: readonly Outcome[]): Promise<void> {
    const { engine } = this.office;
    const newEvents = await this.followLog();
    this.assertAnswered(outcomes, newEvents);
    for (const { name, stopped } of await engine.projector.status()) {
      assertThat(stopped === undefined, () => `${name} has stopped: ${shown(stopped)}`);
    }
    const touched = newEvents.flatMap((event) => this.reference.apply(event));
    for (const name of touched) await this.reference.compareLast(engine.store, name);
    if (this.steps % 40 !== 0) return;
    await this.snapshots.recompose(engine);
    await this.compareSums();
  }

  private async compareSums(): Promise<void> {
    const period = String(2021 + this.chance.below(5));
    const overview = await composeOverview(this.office.engine.views, plan, period);
    assertSums(overview, (code, unit) => this.streams.get(`figure-${plan}.${code}.${unit}.${period}`) ?? []);
  }

  /** Every answer must match the log, and every new event must belong to an answer. */
  private assertAnswered(outcomes: readonly Outcome[], newEvents: readonly RecordedEvent[]): void {
    const before = (name: string) => this.done.get(name) ?? [];
    const answeredFor = new Set<string>();
    for (const outcome of outcomes) {
      if (!('result' in outcome)) continue;
      const { stream, events, revision, position } = outcome.result;
      const name = nameOf(stream, outcome.request.id);
      const appended = [
        ...before(name),
        ...newEvents.filter((event) => nameOf(event.stream, event.metadata.commandId) === name),
      ];
      const ids = appended.map(({ id, type }) => ({ id, type }));
      const otherwise = () => `the answer was ${shown(outcome)}, but the log has ${shown(appended)}`;
      assertThat(JSON.stringify(ids) === JSON.stringify(events), otherwise);
      const last = appended.at(-1);
      if (last) assertThat(last.position === position && last.revision === revision, otherwise);
      answeredFor.add(name);
    }
    for (const event of newEvents) {
      const name = nameOf(event.stream, event.metadata.commandId);
      assertThat(
        answeredFor.has(name),
        () => `no answer contains ${shown(event)}; the answers were ${shown(outcomes)}`,
      );
      assertThat(!before(name).length, () => `${name} was executed twice: ${shown(event)}`);
    }
    this.remember(newEvents);
  }

  private remember(newEvents: readonly RecordedEvent[]): void {
    for (const event of newEvents) {
      const name = nameOf(event.stream, event.metadata.commandId);
      this.done.set(name, [...(this.done.get(name) ?? []), event]);
    }
  }

  private async followLog(): Promise<RecordedEvent[]> {
    const newEvents = await this.ledger.follow(this.office.sqlite);
    for (const event of newEvents) {
      const { stream, type } = event;
      const events = this.streams.get(stream);
      if (events) events.push(event);
      else this.streams.set(stream, [event]);
      this.snapshots.apply(event);
      this.count(type);
    }
    return newEvents;
  }

  /** Waits for the views. A projector that failed recovers automatically, or is restarted here, as by an operator. */
  private async caughtUp(): Promise<void> {
    const head = await this.office.sqlite.head();
    for (let turn = 0; turn < maxTurns; turn++) {
      const { projector } = this.office.engine;
      if (projector.failure && this.steps % 4 === 0) {
        this.count('restarted on failure');
        await this.office.restart();
      } else if ((await projector.status()).every(({ checkpoint, stopped }) => stopped || checkpoint === head)) {
        return;
      }
      await turns(1);
    }
    throw new Violation(`the views are at ${shown(await this.office.engine.projector.status())}, the log at ${head}`);
  }

  private count(what: string, by = 1): void {
    this.tally[what] = (this.tally[what] ?? 0) + by;
  }
}

const nameOf = (stream: string, commandId: string) => `${stream} ${commandId}`;
