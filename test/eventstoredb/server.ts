import { Server, ServerCredentials, status } from '@grpc/grpc-js';
import gossip from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import gossipMessages from '@eventstore/db-client/generated/gossip_pb.js';
import features from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import featureMessages from '@eventstore/db-client/generated/serverfeatures_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import services from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { randomUUID } from 'node:crypto';
import { once, type EventEmitter } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { appending } from './appending.js';
import type { Call, Fault, Misbehaviour } from './faults.js';
import { Ledger } from './ledger.js';
import { reading } from './reading.js';
import { callError } from './wire.js';

export type { Call, Fault } from './faults.js';

/**
 * Milliseconds after which a connection without calls is closed. The real server waits for two minutes. Where a client
 * was refused, gRPC makes a last connection for it that nobody asked for any more, and only this ends it.
 */
const idle = 2_000;

export interface EventStore {
  readonly url: string;
  readonly ledger: Ledger;
  /** Asked for every call; none, unless a test sets it. */
  misbehave: Misbehaviour;
  /** While it is set, no subscription brings anything, and none ends. */
  stall(stalled: boolean): void;
  /** Calls that were made, events that were sent, and how many calls are not ended. */
  readonly calls: Record<Call, number>;
  sent(): number;
  open(): number;
  /** Connections that clients hold. */
  connections(): number;
  dropConnections(): void;
  /** Away: nobody is let in until `start`. What it keeps, it keeps. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** What those who answer calls know of the server. */
export interface Desk {
  readonly ledger: Ledger;
  opened(call: EventEmitter): { readonly signal: AbortSignal };
  sent(): void;
  fault(call: Call): Fault | undefined;
  /** The fault as an error of the whole call, where it is one. */
  errorOf(fault: Fault | undefined): Error | undefined;
  unstalled(signal: AbortSignal): Promise<void>;
  dropConnections(): void;
}

/** An EventStoreDB as its client sees it: real gRPC on loopback, its data in memory or in a file. */
export async function startEventStore({
  file,
  port = 0,
  now,
}: { file?: string; port?: number; now?: () => number } = {}): Promise<EventStore> {
  const ledger = new Ledger(file, now);
  const network = new Network(port);
  const open = new Set<EventEmitter>();
  const stalled = new Set<() => void>();
  let isStalled = false;
  let sent = 0;
  let grpc: Server;

  const desk: Desk = {
    ledger,
    opened(call) {
      const left = new AbortController();
      const end = () => {
        open.delete(call);
        left.abort();
      };
      open.add(call);
      for (const event of ['cancelled', 'close', 'error', 'finish']) call.on(event, end);
      return left;
    },
    sent: () => void sent++,
    fault(call) {
      store.calls[call]++;
      return store.misbehave(call);
    },
    errorOf(fault) {
      if (fault === 'refuse') return callError(status.UNAVAILABLE, {}, 'Server Is Not Ready');
      if (fault !== 'not-leader') return undefined;
      return callError(status.NOT_FOUND, {
        exception: 'not-leader',
        'leader-endpoint-host': '127.0.0.1',
        'leader-endpoint-port': String(network.port),
      });
    },
    async unstalled(signal) {
      while (isStalled && !signal.aborted) {
        await new Promise<void>((resolve) => {
          stalled.add(resolve);
          signal.addEventListener('abort', () => resolve(), { once: true });
        });
      }
    },
    dropConnections: () => network.drop(),
  };

  const store: EventStore = {
    get url() {
      return `esdb://127.0.0.1:${network.port}?tls=false`;
    },
    ledger,
    misbehave: () => undefined,
    stall(value) {
      isStalled = value;
      for (const resume of stalled) resume();
      stalled.clear();
    },
    calls: { append: 0, read: 0, subscribe: 0 },
    sent: () => sent,
    open: () => open.size,
    connections: () => network.connections(),
    dropConnections: () => network.drop(),
    async start() {
      grpc = new Server({ 'grpc.max_receive_message_length': -1, 'grpc.max_connection_idle_ms': idle });
      grpc.addService(services.StreamsService, { ...reading(desk), ...appending(desk) });
      grpc.addService(features.ServerFeaturesService, { getSupportedMethods });
      grpc.addService(gossip.GossipService, {
        read: (_: unknown, answer: (error: null, cluster: object) => void) => answer(null, cluster(network.port)),
      });
      const behind = await new Promise<number>((resolve, reject) =>
        grpc.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
          error ? reject(error) : resolve(bound),
        ),
      );
      await network.open(behind);
    },
    async stop() {
      await network.close();
      grpc.forceShutdown();
      open.clear();
    },
  };
  await store.start();
  return store;
}

/** Stands in front of the server, so that connections can be broken and refused as a network does it. */
class Network {
  private readonly sockets = new Set<Socket>();
  private behind = 0;
  private readonly front = createServer((socket) => {
    const server = connect(this.behind, '127.0.0.1');
    this.sockets.add(socket);
    const end = () => {
      this.sockets.delete(socket);
      socket.destroy();
      server.destroy();
    };
    for (const side of [socket, server]) side.on('error', end).on('close', end);
    socket.setNoDelay(true).pipe(server.setNoDelay(true)).pipe(socket);
  });

  constructor(public port: number) {}

  connections(): number {
    return this.sockets.size;
  }

  drop(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  async open(behind: number): Promise<void> {
    this.behind = behind;
    this.front.listen(this.port, '127.0.0.1');
    await once(this.front, 'listening');
    ({ port: this.port } = this.front.address() as AddressInfo);
  }

  async close(): Promise<void> {
    const closed = once(this.front, 'close');
    this.front.close();
    this.drop();
    await closed;
  }
}

function getSupportedMethods(_: unknown, answer: (error: null, methods: object) => void): void {
  const methods = new featureMessages.SupportedMethods();
  methods.setEventStoreServerVersion('24.6.0');
  for (const name of ['Read', 'BatchAppend', 'Append', 'Delete', 'Tombstone']) {
    const method = new featureMessages.SupportedMethod();
    method.setServiceName('event_store.client.streams.Streams');
    method.setMethodName(name);
    methods.addMethods(method);
  }
  answer(null, methods);
}

/** A cluster of this one node. */
function cluster(port: number): InstanceType<typeof gossipMessages.ClusterInfo> {
  const id = new shared.UUID();
  id.setString(randomUUID());
  const place = new gossipMessages.EndPoint();
  place.setAddress('127.0.0.1');
  place.setPort(port);
  const member = new gossipMessages.MemberInfo();
  member.setInstanceId(id);
  member.setTimeStamp(String(Date.now() * 10_000));
  member.setState(gossipMessages.MemberInfo.VNodeState.LEADER);
  member.setIsAlive(true);
  member.setHttpEndPoint(place);
  const info = new gossipMessages.ClusterInfo();
  info.addMembers(member);
  return info;
}
