import {
  AccessDeniedError,
  END,
  EventStoreDBClient,
  jsonEvent,
  MaxAppendSizeExceededError,
  NotLeaderError,
  START,
  StreamDeletedError,
  streamNameFilter,
  StreamNotFoundError,
  WrongExpectedVersionError,
  type AllStreamResolvedEvent,
  type ResolvedEvent,
} from '@eventstore/db-client';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import {
  AppendRejected,
  EventLogDamaged,
  EventLogUnavailable,
  WrongExpectedRevision,
  type AppendResult,
} from '../../kernel/event-log.js';
import type { Position } from '../../kernel/position.js';
import type { AppendRequest } from '../append-request.js';
import { answered, collected, type Waiting } from './waiting.js';

/** The address is none of EventStoreDB, or asks for what Tongjian does not work with. */
export class EventStoreDbAddressError extends Error {
  override readonly name = 'EventStoreDbAddressError';
}

/** A read was to begin where no record begins. */
export class InvalidPosition extends Error {
  override readonly name = 'InvalidPosition';
}

/** An event as the server gives it, its own ones and those of others among them. */
export interface ServedEvent {
  readonly position: Position;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  /** Parsed, where they are JSON; bytes or text where they are not. */
  readonly data: unknown;
  readonly metadata: unknown;
  /** Milliseconds since 1970, by the server's clock. */
  readonly created: number;
}

/**
 * Appends under way at once; more give no more events a second, and would only come to wait beyond their deadline. Others
 * wait here for their turn.
 */
const appendsAtOnce = 128;

/** Events of a subscription that may lie ready here until they are taken: each may be large. */
const heldReady = { highWaterMark: 128 };

/** Milliseconds before each further try of a read that the connection or a change of leaders has cut off. */
const readPauses = [0, 50, 250];

/**
 * Whatever is particular to the client of EventStoreDB, and nothing else: the only file that knows it. Its errors leave
 * here as the port names them. Everything is asked of the leader, so that what was appended is seen.
 */
export class EventStoreDb {
  private static readonly byUrl = new Map<string, EventStoreDb>();
  private users = 0;
  private channel: { close(): void } | undefined;
  private underWay = 0;
  private readonly inLine: (() => void)[] = [];

  /** One for each address of this process, shared by all who name it. @throws {EventStoreDbAddressError} */
  static at(url: string): EventStoreDb {
    const shared = this.byUrl.get(url) ?? new EventStoreDb(url, connect(url));
    this.byUrl.set(url, shared);
    shared.users++;
    return shared;
  }

  private constructor(
    private readonly url: string,
    private readonly client: EventStoreDBClient,
  ) {
    mend(client);
    // The client closes its connection only after some errors, and may forget one where two errors come at once.
    const getChannel = client['getChannel'];
    client['getChannel'] = async () => {
      const channel = await getChannel();
      if (channel !== this.channel) this.channel?.close();
      this.channel = channel;
      if (this.users === 0) channel.close();
      return channel;
    };
  }

  /** Closes the connection when the last of its users lets go. */
  async release(): Promise<void> {
    if (--this.users > 0) return;
    EventStoreDb.byUrl.delete(this.url);
    await this.client.dispose();
    this.channel?.close();
  }

  /**
   * Repeats nothing.
   * @throws {WrongExpectedRevision}
   * @throws {EventLogUnavailable} it may have been stored
   */
  async append(request: AppendRequest, waiting: Waiting): Promise<AppendResult> {
    if (this.underWay >= appendsAtOnce) await new Promise<void>((next) => this.inLine.push(next));
    else this.underWay++;
    try {
      waiting.signal.throwIfAborted();
      return await this.send(request, waiting);
    } finally {
      // Who leaves hands the place on.
      const next = this.inLine.shift();
      if (next) next();
      else this.underWay--;
    }
  }

  private async send({ stream, expected, events }: AppendRequest, waiting: Waiting): Promise<AppendResult> {
    const began = Date.now();
    // Contents go as they were validated: what the client cannot serialise would end the process.
    const proposed = events.map(({ id, type, data, metadata }) =>
      jsonEvent({ id, type, data: JSON.parse(data) as never, metadata: Buffer.from(metadata) as never }),
    );
    const expectedRevision = expected === 'none' ? 'no_stream' : BigInt(expected);
    const deadline = waiting.milliseconds;
    try {
      const { nextExpectedRevision, position } = await answered(
        this.client.appendToStream(stream, proposed, { expectedRevision, deadline, requiresLeader: true }),
        // The server's own word that it gave up, if it comes, says more than ours.
        { ...waiting, milliseconds: deadline + Math.min(deadline, 1_000) },
      );
      return { revision: Number(nextExpectedRevision), position: String(position!.commit) };
    } catch (error) {
      if (error instanceof WrongExpectedVersionError) {
        const { actualVersion: actual } = error;
        throw new WrongExpectedRevision(stream, expected, typeof actual === 'bigint' ? Number(actual) : 'none');
      }
      // The deadline travels as a time of this machine's clock.
      const isTooSoon = isTimeout(error) && Date.now() - began < deadline / 2;
      const clock = isTooSoon ? '; is the clock of this machine behind the server’s?' : '';
      throw meaningOf(error, `the append to ${stream} failed${clock}`);
    }
  }

  /** From a revision on; a stream that is not there is empty. @throws {EventLogDamaged} it was deleted for good */
  readStream(stream: string, from: number, maxCount: number, waiting: Waiting): Promise<ServedEvent[]> {
    const options = { fromRevision: BigInt(from), maxCount, requiresLeader: true };
    return this.read(() => this.client.readStream(stream, options), waiting);
  }

  /**
   * Of all streams: forwards beginning with the event at a position, or from the start; backwards with the one before it,
   * or from the end.
   * @throws {InvalidPosition}
   */
  readAll(
    from: Position | undefined,
    options: { maxCount: number; direction: 'forwards' | 'backwards' },
    waiting: Waiting,
  ): Promise<ServedEvent[]> {
    const fromPosition = from !== undefined ? placeOf(from) : options.direction === 'forwards' ? START : END;
    return this.read(() => this.client.readAll({ ...options, fromPosition, requiresLeader: true }), waiting);
  }

  /** All events after a position, then those to come; without those that the server writes about itself. */
  subscribe(after: Position | undefined): Subscription {
    const fromPosition = after === undefined ? START : placeOf(after);
    const filter = streamNameFilter({ regex: '^[^$]' });
    return new Subscription(this.client.subscribeToAll({ fromPosition, filter, requiresLeader: true }, heldReady));
  }

  private async read(start: () => unknown, waiting: Waiting): Promise<ServedEvent[]> {
    for (let attempt = 0; ; attempt++) {
      waiting.signal.throwIfAborted();
      const read = start() as Readable & { cancel(): Promise<void> };
      try {
        return (await collected<ResolvedEvent>(read, waiting)).map(toServedEvent);
      } catch (error) {
        if (error instanceof StreamNotFoundError) return [];
        // A read that is left before its end stays open for good, and a hundred of them end the connection.
        void read.cancel().catch(() => undefined);
        if (!isPassing(error) || attempt === readPauses.length) throw meaningOf(error, 'reading failed');
        await delay(readPauses[attempt]);
      }
    }
  }
}

/** What a subscription brings, taken as it is wanted: what is not taken holds the server back. */
export class Subscription {
  private readonly source: Readable & { unsubscribe(): Promise<void> };
  private failure: unknown;
  private wake = (): void => undefined;

  constructor(source: unknown) {
    this.source = source as typeof this.source;
    const fail = (error: unknown) => {
      this.failure ??= error;
      this.stir();
    };
    // Without a listener from the very start, a lost connection would end the process.
    this.source.on('error', fail).on('end', () => fail(new Error('the server ended it')));
    this.source.on('readable', () => this.stir());
  }

  /** What is here, at most so many. @throws {EventLogUnavailable} it is lost, once nothing more is here */
  take(most: number): ServedEvent[] {
    const events: ServedEvent[] = [];
    while (events.length < most) {
      const resolved = this.source.read() as ResolvedEvent | null;
      if (resolved === null) break;
      events.push(toServedEvent(resolved));
    }
    if (events.length === 0 && this.failure !== undefined) throw meaningOf(this.failure, 'the subscription was lost');
    return events;
  }

  /** Waits until there may be something to take; says whether there may be. */
  async comes(milliseconds: number): Promise<boolean> {
    return new Promise((resolve) => {
      const silent = setTimeout(() => resolve(false), milliseconds);
      this.wake = () => {
        clearTimeout(silent);
        resolve(true);
      };
    });
  }

  /** Wakes who waits. */
  stir(): void {
    this.wake();
  }

  close(): void {
    void this.source.unsubscribe().catch(() => undefined);
  }
}

const understood = new Set(
  [
    ...['tls', 'tlsCAFile', 'userCertFile', 'userKeyFile', 'connectionName', 'keepAliveInterval', 'keepAliveTimeout'],
    ...['maxDiscoverAttempts', 'discoveryInterval', 'gossipTimeout'],
  ].map((option) => option.toLowerCase()),
);

/** @throws {EventStoreDbAddressError} whose message gives no part of the address but an option's name */
function connect(url: string): EventStoreDBClient {
  const [, query = ''] = url.split('?');
  const names = query.split('&').map((option) => option.split('=')[0]!);
  // The client would only warn of those it does not know; others would undo what is relied on here.
  const strange = names.find((name) => name !== '' && !understood.has(name.toLowerCase()));
  if (strange !== undefined) throw new EventStoreDbAddressError(`option ${strange} is not understood`);
  try {
    return EventStoreDBClient.connectionString(url);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new EventStoreDbAddressError(message.replace(/Unexpected ".*" at/s, 'unexpected text at'));
  }
}

/**
 * The client keeps the appends that wait for an answer in one place for all its instances. Where one stream of appends
 * breaks, those of the others are rejected too, and their answers, when they come, would end the process. So would a
 * stream that breaks while appends wait for room in it. And whether the server knows streams of appends at all the client
 * asks once, keeping the answer even if it was an error; every server since 21.10 does. How it leaves a read of a stream
 * that is not there, see `mendReads`.
 */
function mend(client: EventStoreDBClient): void {
  client['supports'] = () => Promise.resolve(true);
  const createStream = client['GRPCStreamCreator'];
  client['GRPCStreamCreator'] = (service, name, create, cache) => {
    const mended: typeof create = async (grpc) => {
      const stream = await create(grpc);
      if (name === 'appendToStream') mendAppends(stream as unknown as AppendStream);
      if (name === 'readStream') mendReads(stream as unknown as Readable);
      return stream;
    };
    return createStream(service, name, mended, cache);
  };
}

interface AppendStream extends Readable {
  write(message: unknown): boolean;
}

function mendAppends(stream: AppendStream): void {
  const [answer] = stream.listeners('data') as [(response: unknown) => void];
  stream.removeListener('data', answer).on('data', (response) => {
    try {
      answer(response);
    } catch {
      // Nobody waits for it any more: it was rejected as of unknown outcome.
    }
  });
  const write = stream.write.bind(stream);
  // What waits here is bounded by those who wait for its answers: nobody need wait for room as well.
  stream.write = (message) => {
    write(message);
    return true;
  };
}

/**
 * Told that a stream is not there, the client drops the call before it has ended. Left so, it is open for good; and of
 * calls that are reset while their end is on its way, a thousand cost the whole connection. So it is read to its end.
 */
function mendReads(stream: Readable): void {
  const destroy = stream.destroy.bind(stream);
  stream.destroy = (error) => {
    if (!(error instanceof StreamNotFoundError)) return destroy(error);
    stream.unpipe();
    stream.emit('error', error);
    return stream.resume();
  };
}

const placeOf = (position: Position) => ({ commit: BigInt(position), prepare: BigInt(position) });

function toServedEvent(resolved: ResolvedEvent): ServedEvent {
  // A link is itself an event, of the stream it stands in.
  const { streamId, revision, position, id, type, data, metadata, created } = (resolved.link ?? resolved.event)!;
  return {
    position: String((position ?? (resolved as AllStreamResolvedEvent).event!.position).commit),
    stream: streamId,
    revision: Number(revision),
    id,
    type,
    data,
    metadata,
    created: created.getTime(),
  };
}

interface ClientError {
  /** The status of gRPC. Some errors of the client have it and no class. */
  readonly code?: number;
  readonly type?: string;
  readonly message?: string;
}

/** Cancelled or unavailable, or another node leads: the client finds its way with the next call. */
const isPassing = (error: unknown): boolean =>
  error instanceof NotLeaderError || [1, 14].includes((error as ClientError).code ?? -1);

const isTimeout = (error: unknown): boolean =>
  (error as ClientError).type === 'deadline-exceeded' || (error as ClientError).code === 4;

/** What an error of the client means to who asked. What is not known is taken for a failure that may pass. */
function meaningOf(cause: unknown, what: string): Error {
  if (cause instanceof EventLogUnavailable) return cause;
  if (cause instanceof MaxAppendSizeExceededError) {
    return new AppendRejected(`${what}: more than ${cause.maxAppendSize} bytes`, { cause });
  }
  if (cause instanceof StreamDeletedError) {
    return new EventLogDamaged(undefined, `stream ${cause.streamName} was deleted`, { cause });
  }
  const { code, type, message } = cause as ClientError;
  if (/invalid ?position/i.test(message ?? '')) return new InvalidPosition(message, { cause });
  if (cause instanceof AccessDeniedError || code === 7 || code === 16) {
    const rights = 'its user must be able to read $all (by the ACL of $all) and to write streams';
    return new EventLogUnavailable(`${what}: EventStoreDB denies access; ${rights}`, { cause });
  }
  return new EventLogUnavailable(`${what}: ${message || type || String(cause)}`, { cause });
}
