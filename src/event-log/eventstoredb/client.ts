import {
  END,
  EventStoreDBClient,
  jsonEvent,
  START,
  streamNameFilter,
  StreamNotFoundError,
  WrongExpectedVersionError,
  type ResolvedEvent,
} from '@eventstore/db-client';
import features from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import type { Readable, Transform } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { WrongExpectedRevision, type AppendResult } from '../../kernel/event-log.js';
import type { Position } from '../../kernel/position.js';
import type { AppendRequest } from '../append-request.js';
import { EventStoreDbAddressError, isClusterAddress, withOptions } from './address.js';
import { isPassing, isTimeout, meaningOf, messageOf, noLeader, unavailable } from './client-errors.js';
import { changeAppends, changeReads, keepListenersFromThrowing, safely, type AppendStream } from './client-streams.js';
import { toServedEvent, type ServedEvent } from './served-event.js';
import { Subscription } from './subscription.js';
import { answered, collected, type Waiting } from './waiting.js';

/**
 * Appends in flight at once; the others queue here. More in flight do not raise the throughput, they only exceed their
 * deadlines.
 */
const appendsAtOnce = 128;

/** Events of a subscription that may be buffered in this process: each may be large. */
const heldReady = { highWaterMark: 128 };

/** Milliseconds before each retry of a read that a broken connection or a change of leader has cut off. */
const readPauses = [0, 50, 250];

/** Milliseconds for which a call waits for a cluster to have a leader. */
const electionPatience = 15_000;

/**
 * A cluster's node is given up if calls are in flight, it has sent nothing for `checks` checks, and it has not answered a
 * ping sent after `ping` checks. A node that answers pings and yet nothing that it was asked to read for `reads` checks has
 * lost the read. (An append has its own deadline.) Checks are counted, not time: a busy process makes only one meanwhile.
 */
const silence = { checkEvery: 250, ping: 2, checks: 6, reads: 12 };

/**
 * Calls EventStoreDB by its client, which only this file and those it imports know. Its errors leave here as the port
 * names them. Every call requires the leader, so that reads see what was appended.
 */
export class EventStoreDb {
  private static readonly byUrl = new Map<string, EventStoreDb>();
  private users = 0;
  private channel: Channel | undefined;
  private inFlight = 0;
  private readonly queue: (() => void)[] = [];
  private readonly isCluster: boolean;
  /** Why the cluster's leader was not found in the last attempt. */
  private leaderless: Error | undefined;
  private calls = 0;
  private reads = 0;
  private watch: NodeJS.Timeout | undefined;
  /** Checks in a row in which the server had sent nothing, not even the answer to a ping. */
  private quietChecks = 0;
  /** Checks in a row in which it had sent nothing that was asked for. */
  private fruitlessChecks = 0;

  /** One instance per address in this process, shared by all its users. @throws {EventStoreDbAddressError} */
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
    this.isCluster = isClusterAddress(url);
    this.keepErrorsFromEndingTheProcess();
    this.connectThroughUs();
    this.changeStreams();
  }

  /** Closes the connection when its last user releases it. */
  async release(): Promise<void> {
    if (--this.users > 0) return;
    EventStoreDb.byUrl.delete(this.url);
    await this.client.dispose();
    this.channel?.close();
  }

  /**
   * One attempt.
   * @throws {WrongExpectedRevision}
   * @throws {EventLogUnavailable} it may have been stored
   */
  async append(request: AppendRequest, waiting: Waiting): Promise<AppendResult> {
    if (this.inFlight >= appendsAtOnce) await new Promise<void>((next) => this.queue.push(next));
    else this.inFlight++;
    try {
      waiting.signal.throwIfAborted();
      return await this.watched(this.send(request, waiting));
    } finally {
      // Hands its place to the next in the queue.
      const next = this.queue.shift();
      if (next) next();
      else this.inFlight--;
    }
  }

  private async send({ stream, expected, events }: AppendRequest, waiting: Waiting): Promise<AppendResult> {
    const began = Date.now();
    // Already serialised once: data that the client could not serialise would end the process.
    const proposed = events.map(({ id, type, data, metadata }) =>
      jsonEvent({ id, type, data: JSON.parse(data) as never, metadata: Buffer.from(metadata) as never }),
    );
    const expectedRevision = expected === 'none' ? 'no_stream' : BigInt(expected);
    const deadline = waiting.milliseconds;
    try {
      const { nextExpectedRevision, position } = await answered(
        this.client.appendToStream(stream, proposed, { expectedRevision, deadline, requiresLeader: true }),
        // Longer than the server's own deadline: its answer that it gave up says more than ours.
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
      throw this.meaningOf(error, `the append to ${stream} failed${clock}`);
    }
  }

  /** From a revision on; empty for a stream that does not exist. @throws {EventLogDamaged} it is tombstoned */
  readStream(stream: string, from: number, maxCount: number, waiting: Waiting): Promise<ServedEvent[]> {
    const options = { fromRevision: BigInt(from), maxCount, requiresLeader: true };
    return this.read(() => this.client.readStream(stream, options), waiting);
  }

  /**
   * Events of all streams. Forwards: starts with the event at the position, or at the start of the log. Backwards: with
   * the event before the position, or at the end.
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

  /** All events after a position, then new ones; without system events. */
  subscribe(after: Position | undefined): Subscription {
    const fromPosition = after === undefined ? START : placeOf(after);
    const filter = streamNameFilter({ regex: '^[^$]' });
    return new Subscription(this.client.subscribeToAll({ fromPosition, filter, requiresLeader: true }, heldReady));
  }

  private async read(start: () => unknown, waiting: Waiting): Promise<ServedEvent[]> {
    for (let attempt = 0; ; attempt++) {
      waiting.signal.throwIfAborted();
      const read = safely(start() as ClientRead);
      this.reads++;
      try {
        return (await this.watched(collected<ResolvedEvent>(read, waiting))).map(toServedEvent);
      } catch (error) {
        if (error instanceof StreamNotFoundError) return [];
        // A read that is left unfinished stays open; a hundred of them exhaust the connection.
        void read.cancel().catch(() => undefined);
        const meaning = this.meaningOf(error, 'reading failed');
        const passes = isPassing(error) || (this.isCluster && noLeader.test(meaning.message));
        if (!passes || attempt === readPauses.length) throw meaning;
      } finally {
        this.reads--;
      }
      await delay(readPauses[attempt]);
    }
  }

  /** The error that the port names. What is not recognised is taken for a failure that may pass. */
  private meaningOf(cause: unknown, what: string): Error {
    const meaning = meaningOf(cause, what, this.leaderless);
    // This node may never learn who leads: ask the others.
    if (noLeader.test(meaning.message)) this.giveUpConnection(meaning.message);
    return meaning;
  }

  /**
   * The client handles errors in a promise to which nobody listens. It is rejected while the leader cannot be found, and
   * where the server's error lacks what the client reads from it; unhandled, either would end the process.
   */
  private keepErrorsFromEndingTheProcess(): void {
    const handleError = this.client['handleError'];
    this.client['handleError'] = (client, error) =>
      handleError(client, error).catch((failure: unknown) => {
        console.error(`EventStoreDB 连接出错，将重新连接：${messageOf(failure)}（起因：${messageOf(error)}）`);
      });
  }

  /**
   * Makes the client connect through `connected`. The client itself remembers a connection that failed, waits no longer
   * for an election than the address says, and may forget to close a connection when two errors arrive at once.
   */
  private connectThroughUs(): void {
    const getChannel = this.client['getChannel'];
    const clients = new WeakMap<Channel, GrpcClient>();
    const getClient = async (Client: new (...given: unknown[]) => GrpcClient): Promise<GrpcClient> => {
      const channel = await this.connected(getChannel);
      const client = clients.get(channel) ?? new Client(null, null, { channelOverride: channel });
      clients.set(channel, client);
      return client;
    };
    this.client['getGRPCClient'] = getClient as never;
  }

  /** The connection to the leader; waits for one to be elected. @throws {Error} there was none for so long */
  private async connected(getChannel: () => Promise<Channel>): Promise<Channel> {
    const giveUp = performance.now() + electionPatience;
    for (;;) {
      try {
        const channel = await getChannel();
        this.leaderless = undefined;
        if (channel !== this.channel) {
          this.channel?.close();
          this.channel = channel;
          this.heard();
        }
        if (this.users === 0) channel.close();
        return channel;
      } catch (error) {
        // The client has paused by itself, for its `discoveryInterval`.
        this.leaderless = error as Error;
        if (this.users === 0 || performance.now() > giveUp) throw error;
      }
    }
  }

  /** Changes each stream of a call before the client uses it. */
  private changeStreams(): void {
    const { client } = this;
    // The client asks the server once whether it knows streams of appends, and remembers an error as the answer. Every
    // server since 21.10 does.
    client['supports'] = () => Promise.resolve(true);
    const createStream = client['GRPCStreamCreator'];
    client['GRPCStreamCreator'] = (service, name, create, cache) => {
      const changed: typeof create = async (grpc) => {
        try {
          const stream = await create(grpc);
          keepListenersFromThrowing(stream as unknown as Readable);
          this.noteWhatArrives(stream as unknown as Readable);
          if (name === 'appendToStream') changeAppends(stream as unknown as AppendStream);
          if (name === 'readStream') changeReads(stream as unknown as Readable);
          return stream;
        } catch (error) {
          cache?.delete(grpc);
          throw error;
        }
      };
      return createStream(service, name, changed, cache);
    };
  }

  private noteWhatArrives(stream: Readable): void {
    const push = stream.push.bind(stream);
    stream.push = (chunk, encoding) => {
      this.heard();
      return push(chunk, encoding);
    };
  }

  private readonly heard = () => void (this.quietChecks = this.fruitlessChecks = 0);

  /** While the call is in flight, gives up a cluster's node that has gone silent: another may lead by now. */
  private async watched<Result>(call: Promise<Result>): Promise<Result> {
    if (!this.isCluster) return call;
    if (this.calls++ === 0) {
      this.heard();
      this.watch = setInterval(() => {
        this.quietChecks++;
        // Nothing is asked for while only appends are in flight.
        this.fruitlessChecks = this.reads > 0 ? this.fruitlessChecks + 1 : 0;
        if (this.quietChecks === silence.ping) this.ping();
        const isLost = this.fruitlessChecks > 0 && this.fruitlessChecks % silence.reads === 0;
        if (isLost || this.quietChecks % silence.checks === 0) this.giveUpConnection('the node is silent');
      }, silence.checkEvery);
    }
    try {
      return await call;
    } finally {
      if (--this.calls === 0) clearInterval(this.watch);
    }
  }

  /** Distinguishes a node that is slow in answering one call from a node that hangs: the slow node answers the ping. */
  private ping(): void {
    if (!this.channel) return;
    const client = new features.ServerFeaturesClient('', undefined as never, {
      channelOverride: this.channel,
    });
    const deadline = Date.now() + silence.checkEvery * silence.checks;
    try {
      client.getSupportedMethods(new shared.Empty(), ...this.client['callArguments']({}, { deadline }), (error) => {
        if (!error) this.quietChecks = 0;
      });
    } catch {
      // The connection was closed meanwhile.
    }
  }

  /** Ends all calls of the connection as unavailable, as if it had broken. The client then looks for the leader anew. */
  private giveUpConnection(why: string): void {
    if (!this.isCluster) return;
    for (const stream of this.client['disposableStreams'] as Set<Readable & { cancel(): void }>) {
      stream.once('close', () => {
        // The client would take the end of the call itself for an error of its next connection.
        stream.removeAllListeners('error').on('error', () => undefined);
        stream.cancel();
      });
      stream.destroy(Object.assign(new Error(why), { code: unavailable, details: why }));
    }
  }
}

/** @throws {EventStoreDbAddressError} whose message quotes nothing of the address but an option's name */
function connect(url: string): EventStoreDBClient {
  const complete = withOptions(url);
  try {
    return EventStoreDBClient.connectionString(complete);
  } catch (error) {
    throw new EventStoreDbAddressError(messageOf(error).replace(/Unexpected ".*" at/s, 'unexpected text at'));
  }
}

type Channel = Awaited<ReturnType<EventStoreDBClient['getChannel']>>;
type GrpcClient = Parameters<EventStoreDBClient['handleError']>[0];
type ClientRead = Transform & { cancel(): Promise<void> };

const placeOf = (position: Position) => ({ commit: BigInt(position), prepare: BigInt(position) });
