import { StreamNotFoundError } from '@eventstore/db-client';
import type { Readable, Transform } from 'node:stream';
import { unavailable, type ClientError } from './client-errors.js';

/** What the client's streams do otherwise than this process can bear, and how that is changed. */

/**
 * An event that the client cannot convert becomes an error of the read; thrown, it would end the process. A call that is
 * left unread after an error never ends, so that closing would wait for it for ever.
 */
export function safely<Stream extends Transform>(stream: Stream): Stream {
  stream.on('unpipe', (call: Readable) => call.resume());
  const transform = stream._transform.bind(stream) as (...given: Parameters<Transform['_transform']>) => unknown;
  stream._transform = (response, encoding, next) => {
    const fail = (error: unknown) => next(error instanceof Error ? error : new Error(String(error)));
    try {
      // Of a subscription it is a promise.
      const done = transform(response, encoding, next);
      if (done instanceof Promise) done.catch(fail);
    } catch (error) {
      fail(error);
    }
  };
  return stream;
}

/**
 * The client's listeners read an error's class from its metadata, and throw where these are incomplete. They are then told
 * of the same error without metadata.
 */
export function keepListenersFromThrowing(stream: Readable): void {
  const emit = stream.emit.bind(stream);
  stream.emit = (name: string | symbol, ...given: unknown[]) => {
    if (name !== 'error') return emit(name, ...given);
    try {
      return emit(name, ...given);
    } catch {
      const { code = unavailable, message = '' } = given[0] as ClientError;
      return emit(name, Object.assign(new Error(message), { code, details: message }));
    }
  };
}

export interface AppendStream extends Readable {
  write(message: unknown): boolean;
}

/**
 * The client keeps appends that wait for an answer in one place for all its instances. Where one stream of appends breaks,
 * it rejects those of the others too; their answers, when they arrive, would end the process. So would a stream that breaks
 * while appends wait for room in it.
 */
export function changeAppends(stream: AppendStream): void {
  const [answer] = stream.listeners('data') as [(response: unknown) => void];
  stream.removeListener('data', answer).on('data', (response) => {
    try {
      answer(response);
    } catch {
      // No longer awaited: it was rejected, with its outcome unknown.
    }
  });
  const write = stream.write.bind(stream);
  // `appendsAtOnce` bounds what is buffered here, so that nobody has to wait for room.
  stream.write = (message) => {
    write(message);
    return true;
  };
}

/**
 * Told that a stream does not exist, the client abandons the call before its end. The call then stays open; and of calls
 * that are reset while their end is arriving, a thousand end the whole connection. So it is read to its end.
 */
export function changeReads(stream: Readable): void {
  const destroy = stream.destroy.bind(stream);
  stream.destroy = (error) => {
    if (!(error instanceof StreamNotFoundError)) return destroy(error);
    stream.unpipe();
    stream.emit('error', error);
    return stream.resume();
  };
}
