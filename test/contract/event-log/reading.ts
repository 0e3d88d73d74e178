import { limits } from '../../../src/kernel/event-log.js';
import type { Subject } from './subject.js';
import { contents, measured, newStream, several } from './samples.js';

export function reading(subject: Subject): void {
  it('returns no events for an unknown stream', async () => {
    expect(await subject.log.readStream(newStream())).toEqual([]);
    expect(await subject.log.readStream(newStream(), { from: 3, limit: 2 })).toEqual([]);
  });

  it('returns no new events if nothing was appended', async () => {
    expect(await subject.appended()).toEqual([]);
    expect(await subject.log.head()).toBe(subject.start);
    expect((await subject.log.lastEvent())?.position).toBe(subject.start);
  });

  it('returns the same event from readStream and readAll', async () => {
    const stream = newStream();
    const event = measured({ value: '10980' }, { reason: '年报' });
    const { position } = await subject.log.append(stream, 'none', [event]);

    const [read] = await subject.log.readStream(stream);
    expect(read).toEqual({
      ...event,
      stream,
      revision: 0,
      position,
      recordedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      knownAt: read!.recordedAt,
    });
    expect(await subject.appended()).toEqual([read]);
  });

  it('reads a stream in pages', async () => {
    const stream = newStream();
    const events = several(10);
    await subject.log.append(newStream(), 'none', several(3));
    await subject.log.append(stream, 'none', events);
    const values = async (from?: number, limit?: number) =>
      (await subject.log.readStream(stream, { from, limit })).map(({ data }) => Number(data['value']));

    expect((await subject.log.readStream(stream)).map(contents)).toEqual(events.map(contents));
    expect(await values(0, 3)).toEqual([0, 1, 2]);
    expect(await values(3, 3)).toEqual([3, 4, 5]);
    expect(await values(9, 3)).toEqual([9]);
    expect(await values(10, 3)).toEqual([]);
    expect(await values(Number.MAX_SAFE_INTEGER)).toEqual([]);
    expect(await values(4)).toEqual([4, 5, 6, 7, 8, 9]);
    expect(await values(4, 0)).toEqual([]);
    expect(await values(undefined, 2)).toEqual([0, 1]);
  });

  it('returns the event at a position', async () => {
    await subject.log.append(newStream(), 'none', several(3));
    const all = await subject.appended();
    for (const event of all) expect(await subject.log.eventAt(event.position)).toEqual(event);
    expect(await subject.log.eventAt('999999999999999999')).toBeUndefined();
    expect(await subject.log.eventAt('0')).toBeUndefined();
  });

  it('reads the whole log in pages of any size', async () => {
    for (let index = 0; index < 5; index++) await subject.log.append(newStream(), 'none', several(4));
    const all = await subject.appended();
    expect(all).toHaveLength(20);

    for (const limit of [1, 3, 20, 21]) {
      const read = [];
      for (;;) {
        const page = await subject.log.readAll({ after: read.at(-1)?.position ?? subject.start, limit });
        expect(page.length).toBe(Math.min(limit, 20 - read.length));
        if (page.length === 0) break;
        read.push(...page);
      }
      expect(read).toEqual(all);
    }
    expect(await subject.log.readAll({ after: subject.start, limit: 0 })).toEqual([]);
    expect(await subject.log.readAll({ after: all.at(-1)!.position })).toEqual([]);
    expect(await subject.log.readAll({ after: all[18]!.position })).toEqual([all[19]]);
  });

  it('reads 1,000 events by default, and never more than the limit', async () => {
    const streams = Array.from({ length: limits.eventsPerRead / 500 + 1 }, newStream);
    await Promise.all(streams.map((stream) => subject.log.append(stream, 'none', several(500))));

    expect(await subject.log.readAll({ after: subject.start })).toHaveLength(1_000);
    const most = await subject.log.readAll({ after: subject.start, limit: limits.eventsPerRead * 2 });
    expect(most).toHaveLength(limits.eventsPerRead);
    expect(await subject.log.readAll({ after: most.at(-1)!.position })).toHaveLength(500);
  });
}
