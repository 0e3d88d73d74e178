import { getEventListeners } from 'node:events';
import type { RecordedEvent } from '../../../src/kernel/event.js';
import type { Subject } from './subject.js';
import { measured, newStream, several } from './samples.js';

export function subscribing(subject: Subject): void {
  /** Collects events until there are `count`, then aborts. */
  async function collect(count: number, after = subject.start): Promise<RecordedEvent[]> {
    const abort = new AbortController();
    const events: RecordedEvent[] = [];
    for await (const batch of subject.log.subscribe(after, abort.signal)) {
      expect(batch.length).toBeGreaterThan(0);
      events.push(...batch);
      if (events.length >= count) abort.abort();
    }
    return events;
  }

  it('yields existing events page by page, then new ones', async () => {
    for (let index = 0; index < 3; index++) await subject.log.append(newStream(), 'none', several(500));
    const collected = collect(1_502);
    await subject.log.append(newStream(), 'none', several(1));
    await subject.log.append(newStream(), 'none', several(1));
    expect(await collected).toEqual(await subject.appended());
  });

  it('begins strictly after the given position', async () => {
    await subject.log.append(newStream(), 'none', several(5));
    const all = await subject.appended();
    expect(await collect(2, all[2]!.position)).toEqual(all.slice(3));
  });

  it('yields each append while it waits', async () => {
    const abort = new AbortController();
    const batches = subject.log.subscribe(subject.start, abort.signal)[Symbol.asyncIterator]();
    for (let time = 0; time < 5; time++) {
      const next = batches.next();
      const event = measured({ time });
      await subject.log.append(newStream(), 'none', [event]);
      const { value } = (await next) as IteratorYieldResult<RecordedEvent[]>;
      expect(value.map(({ id }) => id)).toEqual([event.id]);
    }
    abort.abort();
    expect((await batches.next()).done).toBe(true);
  });

  it('yields the same events to many subscribers', async () => {
    const collected = Array.from({ length: 20 }, () => collect(10));
    for (let time = 0; time < 10; time++) await subject.log.append(newStream(), 'none', [measured()]);
    const all = await subject.appended();
    for (const events of await Promise.all(collected)) expect(events).toEqual(all);
  });

  it('ends at once if the signal is already aborted', async () => {
    await subject.log.append(newStream(), 'none', several(3));
    const batches = [];
    for await (const batch of subject.log.subscribe(subject.start, AbortSignal.abort())) batches.push(batch);
    expect(batches).toEqual([]);
  });

  it('ends when the signal aborts while it waits', async () => {
    const abort = new AbortController();
    const batches = subject.log.subscribe(subject.start, abort.signal)[Symbol.asyncIterator]();
    const next = batches.next();
    // A read of its own. When it returns, the subscription has found no event and waits.
    await subject.log.readAll({ after: subject.start });
    abort.abort();
    expect((await next).done).toBe(true);
  });

  it('ends when the signal aborts while it reads', async () => {
    await subject.log.append(newStream(), 'none', several(3));
    const abort = new AbortController();
    const next = subject.log.subscribe(subject.start, abort.signal)[Symbol.asyncIterator]().next();
    abort.abort();
    expect((await next).done).toBe(true);
  });

  it('ends when the signal aborts between two pages', async () => {
    for (let index = 0; index < 5; index++) await subject.log.append(newStream(), 'none', several(500));
    const abort = new AbortController();
    let seen = 0;
    for await (const batch of subject.log.subscribe(subject.start, abort.signal)) {
      seen += batch.length;
      abort.abort();
    }
    expect(seen).toBeLessThan(2_500);
  });

  it('can be left by `break`', async () => {
    await subject.log.append(newStream(), 'none', several(3));
    for (let time = 0; time < 150; time++) {
      for await (const batch of subject.log.subscribe(subject.start, new AbortController().signal)) {
        expect(batch[0]!.revision).toBe(0);
        break;
      }
    }
    expect(await subject.appended()).toHaveLength(3);
  });

  it('does not leak listeners on the signal', async () => {
    const abort = new AbortController();
    const batches = subject.log.subscribe(subject.start, abort.signal)[Symbol.asyncIterator]();
    const listeners: number[] = [];
    for (let time = 0; time < 20; time++) {
      const next = batches.next();
      await subject.log.append(newStream(), 'none', [measured()]);
      await next;
      listeners.push(getEventListeners(abort.signal, 'abort').length);
    }
    expect(Math.max(...listeners)).toBe(listeners[0]);
    abort.abort();
    await batches.next();
    expect(getEventListeners(abort.signal, 'abort')).toEqual([]);
  });
}
