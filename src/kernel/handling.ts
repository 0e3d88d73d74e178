import { LRUCache } from 'lru-cache';
import { parse as parseUuid, v5 as uuidFromName } from 'uuid';
import type { Catalogue } from './catalogue.js';
import type { CommandIds } from './command-ids.js';
import type { Decider } from './decider.js';
import { DomainError, invalid, refused } from './errors.js';
import {
  EventIdReused,
  WrongExpectedRevision,
  limits,
  timeNow,
  type EventLog,
  type ExpectedRevision,
} from './event-log.js';
import type { Position } from './position.js';
import type { Actor, DomainEvent, Evidence, Metadata, NewEvent, Recorded, RecordedEvent } from './event.js';
import { canonicalJson, plain, sha256 } from './json.js';
import { laterOf, type Clock, type Instant } from './time.js';

/** Everything about a command that is not the command: who, why, from where, under which id. */
export interface Envelope {
  /** Chosen by the caller; the same id again is the same command and is answered with its first result. */
  readonly commandId: string;
  readonly actor: Actor;
  readonly correlationId?: string;
  readonly causationId?: string;
  readonly reason?: string;
  readonly evidence?: readonly Evidence[];
  /** 补录: when the bureau came to know it, if that was before now. */
  readonly knownAt?: Instant;
  readonly demo?: boolean;
  /** If-Match: what the caller believes the stream's revision to be. */
  readonly expectedRevision?: ExpectedRevision;
}

export interface CommandResult {
  readonly stream: string;
  /** Where the stream stands after the command (for a repeated one: after its first run). */
  readonly revision: ExpectedRevision;
  /** Of the last event appended; absent when it was already so and nothing was. */
  readonly position?: Position;
  readonly events: readonly { readonly id: string; readonly type: string }[];
  /** The command had been carried out before, under the same id. */
  readonly repeated: boolean;
}

/** How one slice decides: its decider, and what the handler reads for it from other streams. */
export interface Decision<Command, Event extends DomainEvent, State, Known> {
  readonly decider: Decider<Command, Event, State, Known>;
  readonly stream: string;
  readonly command: Command & object;
  /** Distinguishes commands of the same shape; part of what a command id stands for. */
  readonly commandType: string;
  readonly known: (load: LoadState) => Promise<Known>;
}

/** Another stream's state as its own decider folds it. */
export type LoadState = <Event extends DomainEvent, State>(
  decider: Evolving<Event, State>,
  stream: string,
) => Promise<State>;

type Evolving<Event extends DomainEvent, State> = Pick<Decider<never, Event, State, never>, 'initialState' | 'evolve'>;

/** A stream folded as far as this process has seen it. */
class StreamState<State> {
  revision: ExpectedRevision = 'none';
  lastKnownAt: Instant | undefined;
  /** Commands carried out, by their id: the revision of the first event of each. */
  readonly done = new Map<string, number>();

  constructor(public state: State) {}

  get next(): number {
    return this.revision === 'none' ? 0 : this.revision + 1;
  }

  /** Events already folded, or not the next one, are passed by: two readers may bring the same. */
  apply<Event extends DomainEvent>(decider: Evolving<Event, State>, event: RecordedEvent): void {
    if (event.revision !== this.next) return;
    // The log gives back what this decider's own catalogue put in.
    this.state = decider.evolve(this.state, event as unknown as Recorded<Event>);
    this.revision = event.revision;
    this.lastKnownAt = this.lastKnownAt ? laterOf(this.lastKnownAt, event.knownAt) : event.knownAt;
    const { commandId } = event.metadata;
    if (!this.done.has(commandId)) this.done.set(commandId, event.revision);
  }
}

const conflictRetries = 20;

/**
 * Loads, decides, appends: the one way from a command to the log. What was folded of a stream is kept, so that a command
 * reads only what came since; a decision rests on the stream as it stands, and the expected revision is always explicit.
 */
export class CommandHandling {
  // So many streams; `max` would set room aside for all of them at once.
  private readonly cache = new LRUCache<string, StreamState<unknown>>({ maxSize: 20_000, sizeCalculation: () => 1 });

  constructor(
    private readonly log: EventLog,
    private readonly catalogue: Catalogue,
    private readonly clock: Clock,
    /** Without it, an id stands for one command of its stream only. */
    private readonly ids?: CommandIds,
  ) {}

  /** @throws {DomainError} and whatever the log throws; nothing is appended then */
  handle<Command, Event extends DomainEvent, State, Known>(
    decision: Decision<Command, Event, State, Known>,
    envelope: Envelope,
  ): Promise<CommandResult> {
    const work = () => this.carryOut(decision, envelope);
    return this.ids ? this.ids.inTurn(envelope.commandId, work) : work();
  }

  private async carryOut<Command, Event extends DomainEvent, State, Known>(
    decision: Decision<Command, Event, State, Known>,
    envelope: Envelope,
  ): Promise<CommandResult> {
    const { decider, stream, command } = decision;
    const hash = sha256(canonicalJson([decision.commandType, stream, plain(command)]));
    let known: Known | undefined;

    for (let attempt = 0; ; attempt++) {
      const [now, loaded] = await Promise.all([this.now(), this.refresh(decider, stream)]);
      const doneBefore = () => loaded.done.get(envelope.commandId);
      // What it rests on may have changed since it was carried out, and is not asked for again then.
      if (doneBefore() === undefined) {
        if (attempt === 0) await this.assertUnused(envelope.commandId, stream);
        known ??= await decision.known(this.load);
      }
      // From here to the append nothing waits: another command on the stream would move `loaded` on.
      const first = doneBefore();
      if (first !== undefined) return this.repeat(stream, first, hash, envelope);

      const { state, revision } = loaded;
      assertUnchanged(envelope.expectedRevision, revision);
      const { actor, reason, evidence = [] } = envelope;
      const knownAt = knownTime(envelope, now);
      const decided = decider.decide(command, state, { now, knownAt, actor, reason, evidence, known: known! });
      if (decided.length === 0) return { stream, revision, events: [], repeated: false };
      // Last, so that a row of an old table is answered with what stands by now, not with its date.
      assertNotBefore(loaded.lastKnownAt, envelope.knownAt);

      const events = decided.map((event, index) => this.stamp(event, index, hash, envelope));
      try {
        const appended = await this.log.append(stream, revision, events);
        this.ids?.carriedOut(envelope.commandId, { stream, revision: appended.revision - events.length + 1 });
        return { stream, ...appended, events: events.map(({ id, type }) => ({ id, type })), repeated: false };
      } catch (error) {
        // Its ids stand there with other contents: it was carried out meanwhile, and decides otherwise now. Read, it is
        // found.
        const late = error instanceof WrongExpectedRevision || error instanceof EventIdReused;
        if (!late || attempt >= conflictRetries) throw error;
      }
    }
  }

  now(): Promise<Instant> {
    return timeNow(this.log, this.clock);
  }

  /** Another stream's state, for what a decision or its envelope must know of it. */
  readonly load: LoadState = async (decider, stream) => (await this.refresh(decider, stream)).state;

  /** The state of a stream as the log now has it: what is cached, folded on with what came since. */
  private async refresh<Event extends DomainEvent, State>(
    decider: Evolving<Event, State>,
    stream: string,
  ): Promise<StreamState<State>> {
    const known = this.cache.get(stream) as StreamState<State> | undefined;
    const loaded = known ?? new StreamState(decider.initialState);
    if (!known) this.cache.set(stream, loaded);
    for (;;) {
      const events = await this.log.readStream(stream, { from: loaded.next });
      for (const event of events) loaded.apply(decider, event);
      if (events.length < limits.eventsPerRead) return loaded;
    }
  }

  /** @throws {DomainError} `command.id-reused`: the id stands for a command on another stream */
  private async assertUnused(commandId: string, stream: string): Promise<void> {
    const place = await this.ids?.usedElsewhere(commandId, stream);
    if (!place) return;
    const [first] = await this.log.readStream(place.stream, { from: place.revision, limit: 1 });
    // The read model may tell of a log that was put back to an older copy.
    if (first?.metadata.commandId === commandId) throw this.idReused(first);
  }

  /** The first result of a command that was carried out before; its events stand together from `first` on. */
  private async repeat(
    stream: string,
    first: number,
    hash: string,
    { commandId, actor }: Envelope,
  ): Promise<CommandResult> {
    const standing = await this.log.readStream(stream, { from: first, limit: limits.eventsPerAppend });
    const events = standing.filter(({ metadata }) => metadata.commandId === commandId);
    const { metadata } = events[0]!;
    if (metadata.commandHash !== hash || metadata.actor.id !== actor.id) throw this.idReused(events[0]!);
    const { revision, position } = events.at(-1)!;
    return { stream, revision, position, events: events.map(({ id, type }) => ({ id, type })), repeated: true };
  }

  /** Names the first use of the id: which command, on which stream, when, by whom. */
  private idReused({ stream, revision, position, type, recordedAt, metadata }: RecordedEvent): DomainError {
    const { commandId, actor } = metadata;
    const label = this.catalogue.types.find(({ name }) => name === type)?.label ?? type;
    return refused(
      'command.id-reused',
      `命令编号 ${commandId.slice(0, 80)} 已用于另一条命令：${actor.name}（${actor.id}）${recordedAt} 的“${label}”，${stream} 第 ${revision} 版，日志位置 ${position}。重复提交须是同一经办人的同一内容；新的命令请换一个 Idempotency-Key`,
      'Idempotency-Key',
    );
  }

  private stamp(event: DomainEvent, index: number, commandHash: string, envelope: Envelope): NewEvent {
    const metadata: Metadata = {
      schemaVersion: this.catalogue.versionOf(event.type),
      actor: envelope.actor,
      commandId: envelope.commandId,
      commandHash,
      correlationId: envelope.correlationId ?? envelope.commandId,
      ...(envelope.causationId !== undefined && { causationId: envelope.causationId }),
      ...(envelope.reason !== undefined && { reason: envelope.reason }),
      ...(envelope.evidence?.length && { evidence: envelope.evidence }),
      ...(envelope.knownAt !== undefined && { knownAt: envelope.knownAt }),
      ...(envelope.demo && { demo: true as const }),
    };
    return { id: eventId(commandHash, envelope.commandId, index), type: event.type, data: event.data, metadata };
  }
}

/** Names events of commands; the value is arbitrary but may never change. */
const eventNamespace = parseUuid('5a1cf2b1-6c52-4d0c-9a3e-1d8b7f0e4c21');

/** The same command decided again gives the same ids, so that a lost reply appends once. */
export function eventId(commandHash: string, commandId: string, index: number): string {
  return uuidFromName(Buffer.from(`${commandId}\n${commandHash}\n${index}`), eventNamespace);
}

function assertUnchanged(expected: ExpectedRevision | undefined, actual: ExpectedRevision): void {
  if (expected === undefined || expected === actual) return;
  throw new DomainError(
    'conflict',
    'revision.mismatch',
    `该记录已被更新（现为第 ${actual} 版，您依据的是第 ${expected} 版）：请刷新后再提交`,
    { field: 'If-Match' },
  );
}

/** Known time never lies in the future; to set it takes a right and a source. */
function knownTime(envelope: Envelope, now: Instant): Instant {
  const knownAt = envelope.knownAt;
  if (knownAt === undefined) return now;
  if (knownAt > now) throw invalid('known-time.future', `知悉时间 ${knownAt} 在未来：不能晚于现在`, 'knownAt');
  if (!envelope.actor.roles.includes('backfill')) {
    throw new DomainError('forbidden', 'known-time.no-right', '补录（指定知悉时间）需要 backfill 权限', {
      field: 'knownAt',
    });
  }
  if (!envelope.evidence?.length && !envelope.reason) {
    throw invalid('known-time.no-source', '补录须写明依据（evidence）或事由（reason）', 'evidence');
  }
  return knownAt;
}

/**
 * Nor does it lie before what the stream already knew: a fact that would slip in before is recorded as known now, with
 * the paper's date as evidence.
 */
function assertNotBefore(lastKnownAt: Instant | undefined, knownAt: Instant | undefined): void {
  if (knownAt === undefined || lastKnownAt === undefined || knownAt >= lastKnownAt) return;
  throw refused(
    'known-time.before-last',
    `知悉时间 ${knownAt} 早于该记录已有的最后知悉时间 ${lastKnownAt}：请不填知悉时间按今日补录，并把原件日期写入依据`,
    'knownAt',
  );
}
