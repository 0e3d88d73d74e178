import { Server, ServerCredentials, status } from '@grpc/grpc-js';
import gossip from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import features from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import featureMessages from '@eventstore/db-client/generated/serverfeatures_pb.js';
import services from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { EventEmitter } from 'node:events';
import { appending } from './appending.js';
import type { Desk } from './desk.js';
import type { Call, Misbehaviour } from './faults.js';
import { gossiping, type GossipFault, type Member } from './gossip.js';
import { Ledger } from './ledger.js';
import { Network } from './network.js';
import { reading } from './reading.js';
import { callError } from './wire.js';

export type { Call, Fault } from './faults.js';

/**
 * Milliseconds after which a connection without calls is closed; the real server waits for two minutes. After a refusal,
 * gRPC opens one more connection that no call uses: only this closes it.
 */
const idle = 2_000;

export interface EventStore {
  readonly url: string;
  readonly ledger: Ledger;
  /** Asked for every call; no fault, unless a test sets it. */
  misbehave: Misbehaviour;
  /** Of gossip; no fault, unless a test sets it. */
  gossipFault: GossipFault | undefined;
  /** While set, subscriptions send nothing and do not end. */
  stall(stalled: boolean): void;
  /** While set, the server is half open: it accepts connections and never answers. */
  hang(hanging: boolean): void;
  /** Calls received so far; events sent so far; calls that have not ended. */
  readonly calls: Record<Call, number>;
  sent(): number;
  open(): number;
  /** Open connections of clients. */
  connections(): number;
  dropConnections(): void;
  /** Refuses connections until `start`; keeps its data. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** The cluster that a server belongs to. */
export interface Membership {
  members(): readonly Member[];
  /** The port of the member that leads, if any. */
  leader(): number | undefined;
}

export interface EventStoreOptions {
  /** Where the ledger keeps its events; without, in memory. */
  readonly file?: string;
  readonly port?: number;
  readonly now?: () => number;
  /** One that several members share. */
  readonly ledger?: Ledger;
  /** Without, the server is a cluster of its own and leads. */
  readonly membership?: Membership;
}

/** An EventStoreDB as its client sees it: real gRPC on loopback, its data in memory or in a file. */
export async function startEventStore(options: EventStoreOptions = {}): Promise<EventStore> {
  const { file, port = 0, now, ledger = new Ledger(file, now) } = options;
  const network = new Network(port);
  const alone: Membership = {
    members: () => [{ port: network.port, role: 'leader', isAlive: true }],
    leader: () => network.port,
  };
  const { membership = alone } = options;
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
      const fault = store.misbehave(call);
      if (fault !== undefined || membership.leader() === network.port) return fault;
      return membership.leader() === undefined ? 'no-leader' : 'not-leader';
    },
    errorOf(fault) {
      if (fault === 'refuse') return callError(status.UNAVAILABLE, {}, 'Server Is Not Ready');
      if (fault === 'not-leader-unnamed') return callError(status.NOT_FOUND, { exception: 'not-leader' });
      if (fault !== 'not-leader') return undefined;
      return callError(status.NOT_FOUND, {
        exception: 'not-leader',
        'leader-endpoint-host': '127.0.0.1',
        'leader-endpoint-port': String(membership.leader() ?? network.port),
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
    gossipFault: undefined,
    hang: (hanging) => network.hold(hanging),
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
      grpc.addService(
        gossip.GossipService,
        gossiping(membership.members, network, () => store.gossipFault),
      );
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
