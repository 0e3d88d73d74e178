import { status, type ServerWritableStream } from '@grpc/grpc-js';
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Fault } from './faults.js';
import { Tombstoned, type LedgerEvent } from './ledger.js';
import type { Desk } from './desk.js';
import {
  callError,
  caughtUp,
  checkpoint,
  confirmation,
  eventResponse,
  garbledEvent,
  nameOf,
  streamDeleted,
  streamNotFound,
} from './wire.js';

type ReadCall = ServerWritableStream<ReadReq, ReadResp>;

/** Reads of a page, and subscriptions. */
export function reading(desk: Desk) {
  const { ledger } = desk;
  return { read };

  async function read(call: ReadCall): Promise<void> {
    const options = call.request.getOptions()!;
    const isSubscription = options.hasSubscription();
    const { signal } = desk.opened(call);
    const fault = desk.fault(isSubscription ? 'subscribe' : 'read');
    const error = desk.errorOf(fault) ?? ownErrorOf(fault);
    if (error) return void call.emit('error', error);
    if (fault === 'lose') return;
    if (fault === 'delay') await delay(50);
    if (fault === 'drop') return desk.dropConnections();
    if (fault === 'garble') await send(call, garbledEvent(), signal);
    if (isSubscription) return follow(call, options, signal, fault);
    try {
      await givePage(call, options, signal);
      if (fault === 'drop-after') return desk.dropConnections();
      call.end();
    } catch (cause) {
      call.emit('error', cause);
    }
  }

  async function givePage(call: ReadCall, options: ReadReq.Options, signal: AbortSignal): Promise<void> {
    const events = options.hasAll() ? fromAll(options) : fromStream(options);
    if (events === undefined) {
      await send(call, streamNotFound(nameOf(options.getStream()!.getStreamIdentifier())), signal);
    }
    for (const event of events ?? []) await sendEvent(call, event, signal);
  }

  async function sendEvent(call: ReadCall, event: LedgerEvent, signal: AbortSignal): Promise<void> {
    if (!signal.aborted) desk.sent();
    await send(call, eventResponse(event), signal);
  }

  function fromStream(options: ReadReq.Options): LedgerEvent[] | undefined {
    const asked = options.getStream()!;
    const events = readable(nameOf(asked.getStreamIdentifier()));
    if (events.length === 0) return undefined;
    const count = Number(options.getCount());
    const last = events.at(-1)!.revision;
    const from = asked.hasRevision() ? Number(asked.getRevision()) : asked.hasEnd() ? last : 0;
    if (isForwards(options)) return events.filter(({ revision }) => revision >= from).slice(0, count);
    return events
      .filter(({ revision }) => revision <= from)
      .slice(-count)
      .reverse();
  }

  function readable(stream: string): readonly LedgerEvent[] {
    try {
      return ledger.stream(stream);
    } catch (error) {
      if (error instanceof Tombstoned) throw streamDeleted(stream);
      throw error;
    }
  }

  function fromAll(options: ReadReq.Options): LedgerEvent[] {
    const count = Number(options.getCount());
    const at = placeOf(options);
    if (isForwards(options)) return ledger.all.slice(at ?? 0, (at ?? 0) + count);
    // Backwards, the event at the position is not included.
    const end = at ?? ledger.all.length;
    return ledger.all.slice(Math.max(0, end - count), end).reverse();
  }

  /** The index of the event at which a read of all streams starts. */
  function placeOf(options: ReadReq.Options): number | undefined {
    const asked = options.getAll()!;
    if (!asked.hasPosition()) return undefined;
    const position = BigInt(asked.getPosition()!.getCommitPosition());
    if (ledger.isPlace(position)) return ledger.indexOf(position);
    throw callError(status.INVALID_ARGUMENT, {}, 'Trying to read from an invalid position.');
  }

  async function follow(
    call: ReadCall,
    options: ReadReq.Options,
    signal: AbortSignal,
    fault: Fault | undefined,
  ): Promise<void> {
    let index: number;
    try {
      index = placeOf(options) ?? 0;
      // The client has seen the event at the position.
      if (options.getAll()!.getPosition()?.getCommitPosition() === ledger.all[index]?.position) index++;
    } catch (error) {
      return void call.emit('error', error);
    }
    const passes = filterOf(options);
    await send(call, confirmation(randomUUID()), signal);
    for (let sent = 0, isLive = false; !signal.aborted;) {
      for (; index < ledger.all.length && !signal.aborted; index++) {
        const event = ledger.all[index]!;
        await desk.unstalled(signal);
        if (passes(event)) await sendEvent(call, event, signal);
        // Where a filter passes few events, the server reports its progress.
        if (options.hasFilter() && index % 32 === 31) await send(call, checkpoint(event.position), signal);
        if (fault === 'drop-after' && ++sent > 20) return desk.dropConnections();
      }
      if (!isLive) await send(call, caughtUp(), signal);
      isLive = true;
      if (fault === 'end') return void call.emit('error', callError(status.UNKNOWN, {}, 'Unsubscribed'));
      await ledger.next(index, signal);
    }
  }
}

async function send(call: ReadCall, response: ReadResp, signal: AbortSignal): Promise<void> {
  if (!signal.aborted && !call.write(response)) await once(call, 'drain', { signal }).catch(() => undefined);
}

/** Faults that appends answer in another form. */
function ownErrorOf(fault: Fault | undefined): Error | undefined {
  if (fault === 'deny') return callError(status.PERMISSION_DENIED, { exception: 'access-denied' });
  if (fault === 'no-leader') return callError(status.UNKNOWN, {}, 'No leader info available in response');
  if (fault === 'time-out' || fault === 'time-out-after') return callError(status.ABORTED, {}, 'Operation timed out');
  return undefined;
}

const isForwards = (options: ReadReq.Options): boolean => Number(options.getReadDirection()) === 0;

function filterOf(options: ReadReq.Options): (event: LedgerEvent) => boolean {
  const filter = options.getFilter();
  const expression = filter?.getEventType() ?? filter?.getStreamIdentifier();
  if (expression === undefined) return () => true;
  const textOf = ({ type, stream }: LedgerEvent) => (filter!.hasEventType() ? type : stream);
  const prefixes = expression.getPrefixList();
  if (prefixes.length > 0) return (event) => prefixes.some((prefix) => textOf(event).startsWith(prefix));
  const regex = new RegExp(expression.getRegex());
  return (event) => regex.test(textOf(event));
}
