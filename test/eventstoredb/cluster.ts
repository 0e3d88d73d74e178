import type { Member } from './gossip.js';
import { Ledger } from './ledger.js';
import { startEventStore, type EventStore, type Membership } from './server.js';

export interface EventStoreCluster {
  /** The address with all members; options may follow with `&`. */
  readonly url: string;
  /** What the cluster has committed; all members have it at once. */
  readonly ledger: Ledger;
  readonly members: readonly EventStore[];
  leader(): EventStore | undefined;
  /** Announces the member as leader; without one, nobody leads. */
  elect(leader: EventStore | undefined): void;
  stop(): Promise<void>;
}

/** Several EventStoreDB servers with the same events. Only the leader takes calls; who leads is decided by the test. */
export async function startCluster(size = 3): Promise<EventStoreCluster> {
  const ledger = new Ledger();
  const members: EventStore[] = [];
  let leader: EventStore | undefined;
  const roleOf = (member: EventStore): Member['role'] =>
    leader === undefined ? 'candidate' : member === leader ? 'leader' : 'follower';
  const membership: Membership = {
    members: () => members.map((member) => ({ port: portOf(member), role: roleOf(member), isAlive: true })),
    leader: () => leader && portOf(leader),
  };
  while (members.length < size) members.push(await startEventStore({ ledger, membership }));
  leader = members[0];
  return {
    url: `esdb://${members.map((member) => `127.0.0.1:${portOf(member)}`).join(',')}?tls=false`,
    ledger,
    members,
    leader: () => leader,
    elect: (elected) => void (leader = elected),
    async stop() {
      await Promise.all(members.map((member) => member.stop()));
    },
  };
}

const portOf = ({ url }: EventStore): number => Number(new URL(url.replace('esdb:', 'http:')).port);
