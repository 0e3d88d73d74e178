import type { Readable } from 'node:stream';

/** How long to wait for an answer, and a signal that ends the wait early. */
export interface Waiting {
  readonly milliseconds: number;
  readonly signal: AbortSignal;
}

/** Nothing arrived in time. */
class NoAnswer extends Error {
  constructor(milliseconds: number) {
    super(`no answer within ${milliseconds} ms`);
  }
}

/** The work's result, unless it is late or the wait is aborted; the outcome of the work is then ignored. */
export function answered<Result>(work: Promise<Result>, { milliseconds, signal }: Waiting): Promise<Result> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new NoAnswer(milliseconds)), milliseconds);
    const end = () => reject(signal.reason as Error);
    signal.addEventListener('abort', end);
    const settled = () => {
      clearTimeout(late);
      signal.removeEventListener('abort', end);
    };
    work.then(resolve, reject).finally(settled);
    if (signal.aborted) end();
  });
}

/** All items of a stream. The time limit applies to each item. */
export function collected<Item>(read: Readable, { milliseconds, signal }: Waiting): Promise<Item[]> {
  const items: Item[] = [];
  let late: NodeJS.Timeout;
  let end: () => void;
  return new Promise<Item[]>((resolve, reject) => {
    late = setTimeout(() => reject(new NoAnswer(milliseconds)), milliseconds);
    end = () => reject(signal.reason as Error);
    signal.addEventListener('abort', end);
    read.on('end', () => resolve(items)).on('error', reject);
    read.on('data', (item: Item) => {
      late.refresh();
      items.push(item);
    });
    if (signal.aborted) end();
  }).finally(() => {
    clearTimeout(late);
    signal.removeEventListener('abort', end);
  });
}
