import { WrongExpectedRevision, type AppendResult } from '../../../src/kernel/event-log.js';
import { comparePositions } from '../../../src/kernel/position.js';
import type { RecordedEvent } from '../../../src/kernel/event.js';
import type { Subject } from './subject.js';
import { measured, newStream, several } from './samples.js';

export function concurrency(subject: Subject): void {
  it('lets one of eight writers win each revision, and reports the actual revision to the others', async () => {
    const stream = newStream();
    const results: AppendResult[] = [];
    const each = 12;

    async function writer(): Promise<void> {
      let expected: 'none' | number = 'none';
      for (let left = each; left > 0;) {
        try {
          const result: AppendResult = await subject.log.append(stream, expected, [measured()]);
          results.push(result);
          expected = result.revision;
          left--;
        } catch (error) {
          if (!(error instanceof WrongExpectedRevision)) throw error;
          expect(typeof error.actual).toBe('number');
          expect(Number(error.actual)).toBeGreaterThan(expected === 'none' ? -1 : expected);
          expected = error.actual;
        }
      }
    }
    await Promise.all(Array.from({ length: 8 }, writer));

    const revisions = Array.from({ length: 8 * each }, (_, index) => index);
    const events = await subject.log.readStream(stream);
    expect(events.map(({ revision }) => revision)).toEqual(revisions);
    expect(results.map(({ revision }) => revision).sort((a, b) => a - b)).toEqual(revisions);
    const won = results.sort((a, b) => a.revision - b.revision).map(({ position }) => position);
    expect(won).toEqual(events.map(({ position }) => position));
  });

  it('rejects a wrong append without affecting concurrent ones', async () => {
    const streams = Array.from({ length: 12 }, newStream);
    const answers = await Promise.allSettled(
      streams.map((stream, index) => subject.log.append(stream, index % 3 === 0 ? 7 : 'none', several(2))),
    );

    answers.forEach((answer, index) => expect(answer.status).toBe(index % 3 === 0 ? 'rejected' : 'fulfilled'));
    const stored = await Promise.all(streams.map((stream) => subject.log.readStream(stream)));
    expect(stored.map(({ length }) => length)).toEqual(streams.map((_, index) => (index % 3 === 0 ? 0 : 2)));
  });

  it('shows every event once and in order to subscribers and concurrent readers', async () => {
    const total = 8 * 20;
    const abort = new AbortController();
    const subscribed: RecordedEvent[] = [];
    const subscriber = (async () => {
      for await (const batch of subject.log.subscribe(subject.start, abort.signal)) {
        subscribed.push(...batch);
        if (subscribed.length >= total) abort.abort();
      }
    })();
    // If a position became visible after a greater one, an earlier reading would lack it.
    const readings: string[][] = [];
    const reader = (async () => {
      do readings.push((await subject.appended()).map(({ position }) => position));
      while (readings.at(-1)!.length < total);
    })();
    const pages: string[] = [];
    const pager = (async () => {
      while (pages.length < total) {
        const page = await subject.log.readAll({ after: pages.at(-1) ?? subject.start, limit: 7 });
        pages.push(...page.map(({ position }) => position));
      }
    })();

    await Promise.all(
      Array.from({ length: 8 }, async () => {
        const stream = newStream();
        for (let index = 0; index < 20; index++) {
          await subject.log.append(stream, index === 0 ? 'none' : index - 1, [measured()]);
        }
      }),
    );
    await Promise.all([subscriber, reader, pager]);

    const all = (await subject.appended()).map(({ position }) => position);
    expect(all).toHaveLength(total);
    expect(all).toEqual([...new Set(all)].sort(comparePositions));
    expect(subscribed.map(({ position }) => position)).toEqual(all);
    expect(pages).toEqual(all);
    for (const reading of readings) expect(reading).toEqual(all.slice(0, reading.length));
  });

  it('keeps the events of one append together', async () => {
    await Promise.all(Array.from({ length: 10 }, () => subject.log.append(newStream(), 'none', several(4))));
    const streams = (await subject.appended()).map(({ stream }) => stream);
    for (let index = 0; index < streams.length; index += 4) {
      expect(new Set(streams.slice(index, index + 4)).size).toBe(1);
    }
  });
}
