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
import { canonicalJson, plain, sha256, type JsonObject } from './json.js';
import { laterOf, type Clock, type Instant } from './time.js';

/** Metadata of a command: its id, the actor, the reason and the ids that correlate it. */
export interface Envelope {
  /** Idempotency key chosen by the caller. The same command with the same id returns its first result. */
  readonly commandId: string;
  readonly actor: Actor;
  readonly correlationId?: string;
  readonly causationId?: string;
  readonly reason?: string;
  readonly evidence?: readonly Evidence[];
  /** For 补录 (backfill): when the bureau learned of the fact, if before now. */
  readonly knownAt?: Instant;
  readonly demo?: boolean;
  /**
   * From `If-Match`: the stream revision that the caller has seen. The command is refused if the stream is at another.
   */
  readonly expectedRevision?: ExpectedRevision;
}

export interface CommandResult {
  readonly stream: string;
  /** Revision of the stream after the command. For a repeated command: after its first execution. */
  readonly revision: ExpectedRevision;
  /** Position of the last event appended; absent if nothing had to be appended. */
  readonly position?: Position;
  readonly events: readonly { readonly id: string; readonly type: string }[];
  /** The command was executed before with the same id. */
  readonly repeated: boolean;
  /** What the answer names besides the events, see `Decision.named`. */
  readonly named?: JsonObject;
}

/** What a command led to, as far as its answer may name it. */
export interface Outcome<Event extends DomainEvent, State, Known> {
  /** The command's events; empty if it was already so. */
  readonly events: readonly Event[];
  /** The state that the command was decided on; for a repeated command the present one. */
  readonly state: State;
  /** Absent for a repeated command: it is not loaded for it. */
  readonly known?: Known;
}

/** A command with its decider, its stream, and a function that loads what the decision needs from other streams. */
export interface Decision<Command, Event extends DomainEvent, State, Known> {
  readonly decider: Decider<Command, Event, State, Known>;
  readonly stream: string;
  readonly command: Command & object;
  /** Distinguishes commands of the same shape. It is part of the command hash. */
  readonly commandType: string;
  readonly known: (load: LoadState) => Promise<Known>;
  /** What the answer names besides the events: for example the snapshot that was there already. */
  readonly named?: (outcome: Outcome<Event, State, Known>) => JsonObject | undefined;
}

/** Loads the state of another stream, folded with that stream's decider. */
export type LoadState = <Event extends DomainEvent, State>(
  decider: Evolving<Event, State>,
  stream: string,
) => Promise<State>;

type Evolving<Event extends DomainEvent, State> = Pick<Decider<never, Event, State, never>, 'initialState' | 'evolve'>;

/** Cached state of a stream, folded up to `revision`. */
class StreamState<State> {
  revision: ExpectedRevision = 'none';
  lastKnownAt: Instant | undefined;
  /** Executed commands: command id → revision of its first event. */
  readonly done = new Map<string, number>();

  constructor(public state: State) {}

  get next(): number {
    return this.revision === 'none' ? 0 : this.revision + 1;
  }

  /** Ignores events other than the next one, because two concurrent reads may return the same events. */
  apply<Event extends DomainEvent>(decider: Evolving<Event, State>, event: RecordedEvent): void {
    if (event.revision !== this.next) return;
    // The cast is safe: every event in the log passed the catalogue's schema check when it was appended.
    this.state = decider.evolve(this.state, event as unknown as Recorded<Event>);
    this.revision = event.revision;
    this.lastKnownAt = this.lastKnownAt ? laterOf(this.lastKnownAt, event.knownAt) : event.knownAt;
    const { commandId } = event.metadata;
    if (!this.done.has(commandId)) this.done.set(commandId, event.revision);
  }
}

const conflictRetries = 20;

/**
 * Executes a command: loads the stream, decides, appends with an explicit expected revision (optimistic concurrency),
 * and retries on a conflict. Stream state is cached; each command reads the events appended since, so it never decides
 * on outdated state.
 */
export class CommandHandling {
  // At most 20,000 streams. `maxSize` with size 1 instead of `max`, because `max` allocates all slots up front.
  private readonly cache = new LRUCache<string, StreamState<unknown>>({ maxSize: 20_000, sizeCalculation: () => 1 });

  constructor(
    private readonly log: EventLog,
    private readonly catalogue: Catalogue,
    private readonly clock: Clock,
    /** Without it, an id is unique only within its stream. */
    private readonly ids?: CommandIds,
  ) {}

  /** @throws {DomainError} the command is refused; nothing is appended then. Errors of the log are passed on. */
  handle<Command, Event extends DomainEvent, State, Known>(
    decision: Decision<Command, Event, State, Known>,
    envelope: Envelope,
  ): Promise<CommandResult> {
    const work = () => this.execute(decision, envelope);
    return this.ids ? this.ids.inTurn(envelope.commandId, work) : work();
  }

  private async execute<Command, Event extends DomainEvent, State, Known>(
    decision: Decision<Command, Event, State, Known>,
    envelope: Envelope,
  ): Promise<CommandResult> {
    const { decider, stream, command } = decision;
    const hash = sha256(canonicalJson([decision.commandType, stream, plain(command)]));
    let known: Known | undefined;

    for (let attempt = 0; ; attempt++) {
      const [now, loaded] = await Promise.all([this.now(), this.refresh(decider, stream)]);
      const doneBefore = () => loaded.done.get(envelope.commandId);
      // For a command that was executed before, `known` is not loaded: other streams may have changed since.
      if (doneBefore() === undefined) {
        if (attempt === 0) await this.assertUnused(envelope.commandId, stream);
        known ??= await decision.known(this.load);
      }
      // No `await` between here and the append: another command on the stream could change `loaded` meanwhile.
      const first = doneBefore();
      const { state, revision } = loaded;
      if (first !== undefined) {
        const stored = await this.executed(stream, first, hash, envelope);
        return { ...repeated(stored), ...naming(decision, { events: stored as unknown as Event[], state }) };
      }
      const decided = decide(decision, envelope, loaded, { now, known: known! });
      const answered = naming(decision, { events: decided, state, known: known! });
      if (decided.length === 0) return { stream, revision, events: [], repeated: false, ...answered };

      const events = decided.map((event, index) => this.stamp(event, index, hash, envelope));
      try {
        const appended = await this.log.append(stream, revision, events);
        this.ids?.carriedOut(envelope.commandId, { stream, revision: appended.revision - events.length + 1 });
        return { stream, ...appended, events: events.map(idAndType), repeated: false, ...answered };
      } catch (error) {
        // EventIdReused: this command was executed concurrently with another result. The next attempt finds its events
        // and returns that result.
        const conflict = error instanceof WrongExpectedRevision || error instanceof EventIdReused;
        if (!conflict || attempt >= conflictRetries) throw error;
      }
    }
  }

  /**
   * Decides a command as `handle` does and appends nothing; one that was executed before is not decided again.
   * @throws {DomainError} the command would be refused
   */
  async rehearse<Command, Event extends DomainEvent, State, Known>(
    decision: Decision<Command, Event, State, Known>,
    envelope: Envelope,
  ): Promise<Pick<CommandResult, 'named'>> {
    const { decider, stream } = decision;
    const [now, loaded] = await Promise.all([this.now(), this.refresh(decider, stream)]);
    if (loaded.done.has(envelope.commandId)) return {};
    const known = await decision.known(this.load);
    const events = decide(decision, envelope, loaded, { now, known });
    return naming(decision, { events, state: loaded.state, known });
  }

  now(): Promise<Instant> {
    return timeNow(this.log, this.clock);
  }

  /** Loads the current state of any stream. */
  readonly load: LoadState = async (decider, stream) => (await this.refresh(decider, stream)).state;

  /** The current state of a stream: the cached state plus the events appended since. */
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

  /** @throws {DomainError} `command.id-reused`: the id was used for a command on another stream */
  private async assertUnused(commandId: string, stream: string): Promise<void> {
    const place = await this.ids?.usedElsewhere(commandId, stream);
    if (!place) return;
    const [first] = await this.log.readStream(place.stream, { from: place.revision, limit: 1 });
    // The log may have been restored from an older copy since the read model was written.
    if (first?.metadata.commandId === commandId) throw this.idReused(first);
  }

  /**
   * The events of an earlier execution of the command. They are consecutive, starting at revision `first`.
   * @throws {DomainError} `command.id-reused`: another command, or another person's
   */
  private async executed(
    stream: string,
    first: number,
    hash: string,
    { commandId, actor }: Envelope,
  ): Promise<RecordedEvent[]> {
    const stored = await this.log.readStream(stream, { from: first, limit: limits.eventsPerAppend });
    const events = stored.filter(({ metadata }) => metadata.commandId === commandId);
    const { metadata } = events[0]!;
    if (metadata.commandHash !== hash || metadata.actor.id !== actor.id) throw this.idReused(events[0]!);
    return events;
  }

  /** Names the first use of the id: which command, on which stream, when, by whom. */
  private idReused({ stream, revision, position, type, recordedAt, metadata }: RecordedEvent): DomainError {
    const { commandId, actor } = metadata;
    const label = this.catalogue.types.find(({ name }) => name === type)?.label ?? type;
    return refused(
      'command.id-reused',
      `命令编号 ${commandId.slice(0, 80)} 已用于另一条命令：${actor.name}（${actor.id}）${recordedAt} 的“${label}”，${stream} 第 ${revision} 版，系统记录序号 ${position}。重复提交须是同一经办人的同一内容；新的命令请换一个 Idempotency-Key`,
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

/** The events of a command. @throws {DomainError} it is refused */
function decide<Command, Event extends DomainEvent, State, Known>(
  { decider, command }: Decision<Command, Event, State, Known>,
  envelope: Envelope,
  { state, revision, lastKnownAt }: StreamState<State>,
  { now, known }: { readonly now: Instant; readonly known: Known },
): readonly Event[] {
  assertUnchanged(envelope.expectedRevision, revision);
  const { actor, reason, evidence = [] } = envelope;
  const knownAt = knownTime(envelope, now);
  const decided = decider.decide(command, state, { now, knownAt, actor, reason, evidence, known });
  // Checked after `decide`, so that a late row that changes nothing, or is refused anyway, gets that answer.
  if (decided.length > 0) assertNotBefore(lastKnownAt, envelope.knownAt);
  return decided;
}

const idAndType = ({ id, type }: NewEvent) => ({ id, type });

function repeated(events: readonly RecordedEvent[]): CommandResult {
  const { stream, revision, position } = events.at(-1)!;
  return { stream, revision, position, events: events.map(idAndType), repeated: true };
}

function naming<Event extends DomainEvent, State, Known>(
  { named }: Pick<Decision<never, Event, State, Known>, 'named'>,
  outcome: Outcome<Event, State, Known>,
): Pick<CommandResult, 'named'> {
  const found = named?.(outcome);
  return found ? { named: found } : {};
}

/** UUID v5 namespace (RFC 9562) of event ids. The value is arbitrary, but must never change. */
const eventNamespace = parseUuid('5a1cf2b1-6c52-4d0c-9a3e-1d8b7f0e4c21');

/** UUID v5 of command id, command hash and index. A repeated command gets the same ids, so its append is idempotent. */
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

/** The known time of a command: `now` by default. Setting it needs the `backfill` role, and evidence or a reason. */
function knownTime(envelope: Envelope, now: Instant): Instant {
  const knownAt = envelope.knownAt;
  if (knownAt === undefined) return now;
  if (knownAt > now) throw invalid('known-time.future', `掌握时间 ${knownAt} 在未来：不能晚于现在`, 'knownAt');
  if (!maySetKnownTime(envelope.actor)) {
    throw new DomainError('forbidden', 'known-time.no-right', '补录（指定掌握日期）需要 backfill 权限', {
      field: 'knownAt',
    });
  }
  if (!envelope.evidence?.length && !envelope.reason) {
    throw invalid('known-time.no-source', '补录须写明依据（evidence）或事由（reason）', 'evidence');
  }
  return knownAt;
}

const maySetKnownTime = ({ roles, permissions }: Actor): boolean =>
  roles.includes('backfill') && (permissions?.includes('known-time.set') ?? true);

/**
 * The known time must not be before the last known time of the stream. Such a fact is recorded as known now, with the
 * date of its source document as evidence.
 */
function assertNotBefore(lastKnownAt: Instant | undefined, knownAt: Instant | undefined): void {
  if (knownAt === undefined || lastKnownAt === undefined || knownAt >= lastKnownAt) return;
  throw refused(
    'known-time.before-last',
    `掌握时间 ${knownAt} 早于该记录已有的最后掌握时间 ${lastKnownAt}：请不填掌握时间按今日补录，并把原件日期写入依据`,
    'knownAt',
  );
}
