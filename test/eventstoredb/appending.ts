import type { ServerDuplexStream, ServerReadableStream } from '@grpc/grpc-js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type {
  AppendReq,
  AppendResp,
  BatchAppendReq,
  BatchAppendResp,
  DeleteReq,
  TombstoneReq,
} from '@eventstore/db-client/generated/streams_pb.js';
import { maximumAppendSize, NotAtRevision, sizeOf, Tombstoned, type Appended, type Expected } from './ledger.js';
import type { ProposedEvent } from './ledger.js';
import type { Desk } from './desk.js';
import { appendResponse, batchResponse, expectedOf, nameOf, proposedOf, refusalError, type Refusal } from './wire.js';

interface Proposed {
  readonly stream: string;
  readonly expected: Expected;
  readonly events: ProposedEvent[];
  /** Milliseconds since 1970, by the client's clock. */
  readonly deadline?: number;
}

/** The two ways to append: one append per call, or many over one call that stays open. */
export function appending(desk: Desk) {
  return {
    append,
    batchAppend,
    delete: removing('delete', streams.DeleteResp),
    tombstone: removing('tombstone', streams.TombstoneResp),
  };

  function append(
    call: ServerReadableStream<AppendReq, AppendResp>,
    answer: (error: Error | null, response?: AppendResp) => void,
  ): void {
    let proposed: Proposed | undefined;
    desk.opened(call);
    call.on('data', (request: AppendReq) => {
      if (request.hasOptions()) {
        const options = request.getOptions()!;
        proposed = { stream: nameOf(options.getStreamIdentifier()), expected: expectedOf(options), events: [] };
      } else proposed!.events.push(proposedOf(request.getProposedMessage()!));
    });
    call.on('end', () => {
      take(proposed!, {
        fail: answer,
        reply(result) {
          if (!('refused' in result) || result.refused === 'wrong-expected-version') {
            answer(null, appendResponse(result));
          } else answer(refusalError(result, proposed!.stream));
        },
      });
    });
  }

  function batchAppend(call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>): void {
    const pending = new Map<string, Proposed>();
    desk.opened(call);
    call.on('end', () => call.end());
    call.on('data', (request: BatchAppendReq) => {
      const correlation = request.getCorrelationId()!;
      const id = correlation.getString();
      const proposed = pending.get(id) ?? begun(request.getOptions()!);
      pending.set(id, proposed);
      proposed.events.push(...request.getProposedMessagesList().map(proposedOf));
      if (!request.getIsFinal()) return;
      pending.delete(id);
      take(proposed, {
        fail: (error) => void call.emit('error', error),
        reply: (result) => void call.write(batchResponse(correlation, proposed.stream, result)),
      });
    });
  }

  function begun(options: BatchAppendReq.Options): Proposed {
    return {
      stream: nameOf(options.getStreamIdentifier()),
      expected: expectedOf(options),
      events: [],
      deadline: options.getDeadline()?.toDate().getTime(),
    };
  }

  function take(
    proposed: Proposed,
    { fail, reply }: { fail(error: Error): void; reply(result: Appended | Refusal): void },
  ): void {
    const fault = desk.fault('append');
    const error = desk.errorOf(fault);
    if (error) return fail(error);
    if (fault === 'deny') return reply({ refused: 'access-denied' });
    if (fault === 'no-leader') return reply({ refused: 'no-leader' });
    if (fault === 'drop') return desk.dropConnections();
    if (fault === 'time-out') return reply({ refused: 'timeout' });
    const result = decide(proposed);
    if (fault === 'drop-after') return desk.dropConnections();
    if (fault === 'lose') return;
    if (fault === 'time-out-after') return reply({ refused: 'timeout' });
    if (fault === 'garble') return reply({ refused: 'garbled' });
    if (fault === 'delay') setTimeout(() => reply(result), 50);
    else reply(result);
  }

  function decide({ stream, expected, events, deadline }: Proposed): Appended | Refusal {
    if (deadline !== undefined && deadline <= desk.ledger.now()) return { refused: 'timeout' };
    if (events.reduce((sum, event) => sum + sizeOf(event), 0) > maximumAppendSize) {
      return { refused: 'maximum-append-size-exceeded', maximum: maximumAppendSize };
    }
    try {
      return desk.ledger.append(stream, expected, events);
    } catch (error) {
      if (error instanceof NotAtRevision) return { refused: 'wrong-expected-version', expected, actual: error.actual };
      if (error instanceof Tombstoned) return { refused: 'stream-deleted' };
      throw error;
    }
  }

  /** Ignores the expected revision: in these tests an operator deletes. */
  function removing<Response>(how: 'delete' | 'tombstone', Answer: new () => Response) {
    return ({ request }: { request: DeleteReq | TombstoneReq }, answer: (error: null, response: Response) => void) => {
      desk.ledger[how](nameOf(request.getOptions()!.getStreamIdentifier()));
      answer(null, new Answer());
    };
  }
}
