import {
  AccessDeniedError,
  MaxAppendSizeExceededError,
  NotLeaderError,
  StreamDeletedError,
} from '@eventstore/db-client';
import { AppendRejected, EventLogDamaged, EventLogUnavailable } from '../../kernel/event-log.js';
import { InvalidPosition } from './served-event.js';

/** An error of the client, as far as it has these. */
export interface ClientError {
  /** The gRPC status. Some errors of the client have it and no class. */
  readonly code?: number;
  readonly type?: string;
  readonly message?: string;
}

/** gRPC status UNAVAILABLE. */
export const unavailable = 14;

/** A node's answer while it does not know who leads. */
export const noLeader = /No leader info/i;

/** Cancelled or unavailable, or another node leads: the client reconnects with the next call. */
export const isPassing = (error: unknown): boolean =>
  error instanceof NotLeaderError || [1, unavailable].includes((error as ClientError).code ?? -1);

export const isTimeout = (error: unknown): boolean =>
  (error as ClientError).type === 'deadline-exceeded' || (error as ClientError).code === 4;

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The error that the port names. `leaderless` is why the cluster's leader was not found in the last attempt. */
export function meaningOf(cause: unknown, what: string, leaderless?: Error): Error {
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
  const leader = leaderless ? `; no node of the cluster leads, or none answers (${leaderless.message})` : '';
  return new EventLogUnavailable(`${what}: ${message || type || String(cause)}${leader}`, { cause });
}
