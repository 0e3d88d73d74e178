import { status, type ServiceError } from '@grpc/grpc-js';
import messages from '@eventstore/db-client/generated/gossip_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import { randomUUID } from 'node:crypto';
import type { Network } from './network.js';
import { callError } from './wire.js';

/** What a cluster knows of one of its members. */
export interface Member {
  readonly port: number;
  /** `candidate` is what every member is while none is elected. */
  readonly role: 'leader' | 'follower' | 'candidate';
  readonly isAlive: boolean;
}

/** What a member does when it is asked for the cluster: answers, or not. */
export type GossipFault = 'refuse' | 'reset' | 'hang';

type Answer = (error: ServiceError | null, cluster?: object) => void;

export function gossiping(members: () => readonly Member[], network: Network, fault: () => GossipFault | undefined) {
  return {
    read(_: unknown, answer: Answer): void {
      switch (fault()) {
        case 'refuse':
          return answer(callError(status.UNAVAILABLE, {}, 'Server Is Not Ready'));
        case 'reset':
          return network.drop();
        case 'hang':
          return undefined;
        case undefined:
          return answer(null, clusterInfo(members()));
      }
    },
  };
}

const { LEADER, FOLLOWER, UNKNOWN } = messages.MemberInfo.VNodeState;
const states = { leader: LEADER, follower: FOLLOWER, candidate: UNKNOWN };

function clusterInfo(members: readonly Member[]): InstanceType<typeof messages.ClusterInfo> {
  const cluster = new messages.ClusterInfo();
  for (const { port, role, isAlive } of members) {
    const id = new shared.UUID();
    id.setString(randomUUID());
    const place = new messages.EndPoint();
    place.setAddress('127.0.0.1');
    place.setPort(port);
    const member = new messages.MemberInfo();
    member.setInstanceId(id);
    member.setTimeStamp(String(Date.now() * 10_000));
    member.setState(states[role]);
    member.setIsAlive(isAlive);
    member.setHttpEndPoint(place);
    cluster.addMembers(member);
  }
  return cluster;
}
