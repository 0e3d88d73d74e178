import { Metadata, status, type ServiceError } from '@grpc/grpc-js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import statuses from '@eventstore/db-client/generated/status_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import any from 'google-protobuf/google/protobuf/any_pb.js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';
import type { Appended, Expected, LedgerEvent, ProposedEvent } from './ledger.js';

/** Converts between messages and what the ledger keeps. In messages, 64-bit numbers are text and names are bytes. */

export const nameOf = (identifier: InstanceType<typeof shared.StreamIdentifier> | undefined): string =>
  Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8');

const identifierOf = (name: string) => {
  const identifier = new shared.StreamIdentifier();
  identifier.setStreamName(Buffer.from(name, 'utf8').toString('base64'));
  return identifier;
};

export function eventResponse(event: LedgerEvent): InstanceType<typeof streams.ReadResp> {
  const id = new shared.UUID();
  id.setString(event.id);
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent();
  recorded.setId(id);
  recorded.setStreamIdentifier(identifierOf(event.stream));
  recorded.setStreamRevision(String(event.revision));
  recorded.setCommitPosition(event.position);
  recorded.setPreparePosition(event.position);
  recorded.setData(Buffer.from(event.data, 'base64'));
  recorded.setCustomMetadata(Buffer.from(event.metadata, 'base64'));
  const metadata = recorded.getMetadataMap();
  metadata.set('type', event.type);
  metadata.set('content-type', event.contentType);
  // In .NET ticks of 100 ns.
  metadata.set('created', String(BigInt(event.created) * 10_000n));
  const read = new streams.ReadResp.ReadEvent();
  read.setEvent(recorded);
  read.setCommitPosition(event.position);
  const response = new streams.ReadResp();
  response.setEvent(read);
  return response;
}

/** An event without stream and id. */
export function garbledEvent(): InstanceType<typeof streams.ReadResp> {
  const read = new streams.ReadResp.ReadEvent();
  read.setEvent(new streams.ReadResp.ReadEvent.RecordedEvent());
  const response = new streams.ReadResp();
  response.setEvent(read);
  return response;
}

export function confirmation(id: string): InstanceType<typeof streams.ReadResp> {
  const confirmed = new streams.ReadResp.SubscriptionConfirmation();
  confirmed.setSubscriptionId(id);
  const response = new streams.ReadResp();
  response.setConfirmation(confirmed);
  return response;
}

export function caughtUp(): InstanceType<typeof streams.ReadResp> {
  const response = new streams.ReadResp();
  response.setCaughtUp(new streams.ReadResp.CaughtUp());
  return response;
}

export function checkpoint(position: string): InstanceType<typeof streams.ReadResp> {
  const reached = new streams.ReadResp.Checkpoint();
  reached.setCommitPosition(position);
  reached.setPreparePosition(position);
  const response = new streams.ReadResp();
  response.setCheckpoint(reached);
  return response;
}

export function streamNotFound(name: string): InstanceType<typeof streams.ReadResp> {
  const missing = new streams.ReadResp.StreamNotFound();
  missing.setStreamIdentifier(identifierOf(name));
  const response = new streams.ReadResp();
  response.setStreamNotFound(missing);
  return response;
}

export function expectedOf(
  options: InstanceType<typeof streams.BatchAppendReq.Options> | InstanceType<typeof streams.AppendReq.Options>,
): Expected {
  if (options.hasNoStream()) return 'no-stream';
  if (options.hasStreamExists()) return 'stream-exists';
  if (options.hasAny()) return 'any';
  return Number('getStreamPosition' in options ? options.getStreamPosition() : options.getRevision());
}

// The stubs' own base64 functions take twenty times as long.
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

export function proposedOf(
  message:
    | InstanceType<typeof streams.BatchAppendReq.ProposedMessage>
    | InstanceType<typeof streams.AppendReq.ProposedMessage>,
): ProposedEvent {
  const metadata = message.getMetadataMap();
  return {
    id: message.getId()!.getString(),
    type: metadata.get('type')!,
    contentType: metadata.get('content-type')!,
    data: base64(message.getData_asU8()),
    metadata: base64(message.getCustomMetadata_asU8()),
  };
}

/** An answer that lacks what the client expects in it. */
interface Garbled {
  readonly refused: 'garbled';
}

/** Why an append is not made; each way of appending answers it in its own form. */
export type Refusal =
  | Garbled
  | { readonly refused: 'wrong-expected-version'; readonly expected: Expected; readonly actual: number }
  | { readonly refused: 'stream-deleted' | 'access-denied' | 'timeout' | 'no-leader' }
  | { readonly refused: 'maximum-append-size-exceeded'; readonly maximum: number };

/** The answer to one append of a batch: the result, or an error packed into a status. */
export function batchResponse(
  correlation: InstanceType<typeof shared.UUID>,
  stream: string,
  answer: Appended | Refusal,
): InstanceType<typeof streams.BatchAppendResp> {
  const response = new streams.BatchAppendResp();
  response.setCorrelationId(correlation);
  response.setStreamIdentifier(identifierOf(stream));
  if (!('refused' in answer)) {
    const position = new shared.AllStreamPosition();
    position.setCommitPosition(answer.position);
    position.setPreparePosition(answer.position);
    const success = new streams.BatchAppendResp.Success();
    success.setCurrentRevision(String(answer.revision));
    success.setPosition(position);
    response.setSuccess(success);
    return response;
  }
  if (answer.refused === 'garbled') {
    response.setError(new statuses.Status());
    return response;
  }
  const [code, type, detail] = statusOf(answer, stream);
  const packed = new any.Any();
  packed.pack(detail.serializeBinary(), type);
  const error = new statuses.Status();
  error.setCode(code);
  error.setMessage(answer.refused === 'no-leader' ? 'No leader info available in response' : answer.refused);
  error.setDetails(packed);
  response.setError(error);
  return response;
}

function statusOf(
  refusal: Exclude<Refusal, Garbled>,
  stream: string,
): [number, string, { serializeBinary(): Uint8Array }] {
  switch (refusal.refused) {
    case 'wrong-expected-version': {
      const { expected, actual } = refusal;
      const detail = new shared.WrongExpectedVersion();
      if (actual < 0) detail.setCurrentNoStream(new empty.Empty());
      else detail.setCurrentStreamRevision(String(actual));
      if (typeof expected === 'number') detail.setExpectedStreamPosition(String(expected));
      else if (expected === 'no-stream') detail.setExpectedNoStream(new empty.Empty());
      else if (expected === 'stream-exists') detail.setExpectedStreamExists(new empty.Empty());
      else detail.setExpectedAny(new empty.Empty());
      return [status.ALREADY_EXISTS, 'event_store.client.WrongExpectedVersion', detail];
    }
    case 'maximum-append-size-exceeded': {
      const detail = new shared.MaximumAppendSizeExceeded();
      detail.setMaxappendsize(refusal.maximum);
      return [status.INVALID_ARGUMENT, 'event_store.client.MaximumAppendSizeExceeded', detail];
    }
    case 'stream-deleted': {
      const detail = new shared.StreamDeleted();
      detail.setStreamIdentifier(identifierOf(stream));
      return [status.FAILED_PRECONDITION, 'event_store.client.StreamDeleted', detail];
    }
    case 'access-denied':
      return [status.PERMISSION_DENIED, 'event_store.client.AccessDenied', new shared.AccessDenied()];
    case 'timeout':
      return [status.DEADLINE_EXCEEDED, 'event_store.client.Timeout', new shared.Timeout()];
    case 'no-leader':
      return [status.UNKNOWN, 'google.protobuf.Empty', new empty.Empty()];
  }
}

/** The answer to a single append; refusals other than a wrong revision are errors of the call. */
export function appendResponse(
  answer: Appended | Extract<Refusal, { refused: 'wrong-expected-version' }>,
): InstanceType<typeof streams.AppendResp> {
  const response = new streams.AppendResp();
  if ('refused' in answer) {
    const { expected, actual } = answer;
    const wrong = new streams.AppendResp.WrongExpectedVersion();
    if (actual < 0) wrong.setCurrentNoStream(new shared.Empty());
    else wrong.setCurrentRevision(String(actual));
    if (typeof expected === 'number') wrong.setExpectedRevision(String(expected));
    else if (expected === 'no-stream') wrong.setExpectedNoStream(new shared.Empty());
    else if (expected === 'stream-exists') wrong.setExpectedStreamExists(new shared.Empty());
    else wrong.setExpectedAny(new shared.Empty());
    response.setWrongExpectedVersion(wrong);
    return response;
  }
  const position = new streams.AppendResp.Position();
  position.setCommitPosition(answer.position);
  position.setPreparePosition(answer.position);
  const success = new streams.AppendResp.Success();
  success.setCurrentRevision(String(answer.revision));
  success.setPosition(position);
  response.setSuccess(success);
  return response;
}

/** The error of a single append's call: the reason is in the trailer. */
export function refusalError(
  refusal: Exclude<Refusal, { refused: 'wrong-expected-version' }>,
  stream: string,
): ServiceError {
  switch (refusal.refused) {
    case 'maximum-append-size-exceeded':
      return callError(status.INVALID_ARGUMENT, {
        exception: refusal.refused,
        'maximum-append-size': String(refusal.maximum),
      });
    case 'stream-deleted':
      return streamDeleted(stream);
    case 'access-denied':
      return callError(status.PERMISSION_DENIED, { exception: refusal.refused });
    case 'timeout':
      return callError(status.ABORTED, {}, 'Operation timed out');
    case 'no-leader':
      return callError(status.UNKNOWN, {}, 'No leader info available in response');
    case 'garbled':
      return callError(status.UNKNOWN, {});
  }
}

export const streamDeleted = (stream: string): ServiceError =>
  callError(status.FAILED_PRECONDITION, { exception: 'stream-deleted', 'stream-name': stream });

/** An error of a whole call: its code, and a trailer by which the client recognises its class. */
export function callError(code: status, trailer: Readonly<Record<string, string>>, details = ''): ServiceError {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(trailer)) metadata.set(name, value);
  return Object.assign(new Error(details), { code, details, metadata });
}
