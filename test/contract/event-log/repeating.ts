import { randomUUID } from 'node:crypto';
import type { NewEvent } from '../../../src/kernel/event.js';
import { EventIdReused, WrongExpectedRevision } from '../../../src/kernel/event-log.js';
import type { Subject } from './subject.js';
import { contents, measured, metadata, newStream, several } from './samples.js';

export function repeating(subject: Subject): void {
  it.each([1, 3])('returns the first result for an identical append of %d events', async (count) => {
    const stream = newStream();
    const events = several(count);
    const first = await subject.log.append(stream, 'none', events);

    for (let time = 0; time < 3; time++) expect(await subject.log.append(stream, 'none', events)).toEqual(first);
    expect(await subject.appended()).toHaveLength(count);
  });

  it('returns the first result however much was appended since', async () => {
    const stream = newStream();
    const events = several(2);
    await subject.log.append(stream, 'none', several(3));
    const first = await subject.log.append(stream, 2, events);
    await subject.log.append(stream, 4, several(50));
    await subject.log.append(newStream(), 'none', several(50));

    expect(await subject.log.append(stream, 2, events)).toEqual(first);
    expect(await subject.log.readStream(stream)).toHaveLength(55);
  });

  it('returns the same result for concurrent identical appends, and appends once', async () => {
    const calls = Array.from({ length: 5 }, () => ({ stream: newStream(), events: several(2) }));
    const answers = await Promise.all(
      [calls, calls, calls].flat().map(({ stream, events }) => subject.log.append(stream, 'none', events)),
    );

    expect(answers.slice(5, 10)).toEqual(answers.slice(0, 5));
    expect(answers.slice(10)).toEqual(answers.slice(0, 5));
    expect(await subject.appended()).toHaveLength(10);
  });

  it('answers fifteen identical appends made at once with one result, and appends once', async () => {
    const stream = newStream();
    const events = several(2);
    const calls = Array.from({ length: 15 }, () => subject.log.append(stream, 'none', events));
    const [first, ...others] = await Promise.all(calls);
    expect(others).toEqual(others.map(() => first));
    expect((await subject.appended()).map(({ id }) => id)).toEqual(events.map(({ id }) => id));
  });

  it('treats an undefined property as an absent one', async () => {
    const stream = newStream();
    const event = measured({ value: '1' });
    const first = await subject.log.append(stream, 'none', [event]);
    const again = { ...event, metadata: { ...event.metadata, reason: undefined } };
    expect(await subject.log.append(stream, 'none', [again])).toEqual(first);
  });

  const changes: Record<string, (event: NewEvent) => NewEvent> = {
    'other data': (event) => ({ ...event, data: { value: 'another' } }),
    'more data': (event) => ({ ...event, data: { ...event.data, note: '' } }),
    'other metadata': (event) => ({ ...event, metadata: { ...metadata, reason: '与财政决算核对' } }),
    'another type': (event) => ({ ...event, type: 'MeasurementCorrected' }),
  };
  for (const [what, change] of Object.entries(changes)) {
    it(`refuses the same ids with ${what}`, async () => {
      const stream = newStream();
      const [first, second] = several(2) as [NewEvent, NewEvent];
      await subject.log.append(stream, 'none', [first, second]);

      await expect(subject.log.append(stream, 'none', [first, change(second)])).rejects.toThrow(EventIdReused);
      await expect(subject.log.append(stream, 'none', [change(first), second])).rejects.toThrow(first.id);
      expect((await subject.log.readStream(stream)).map(contents)).toEqual([first, second].map(contents));
    });
  }

  it('treats a partly identical append as a different one', async () => {
    const stream = newStream();
    const [a, b] = several(2) as [NewEvent, NewEvent];
    await subject.log.append(stream, 'none', [a, b]);
    const wrong = { name: WrongExpectedRevision.name, expected: 'none', actual: 1 };

    await expect(subject.log.append(stream, 'none', [a, measured()])).rejects.toMatchObject(wrong);
    await expect(subject.log.append(stream, 'none', [measured(), b])).rejects.toMatchObject(wrong);
    await expect(subject.log.append(stream, 'none', [b, a])).rejects.toMatchObject(wrong);
    await expect(subject.log.append(stream, 'none', [a, b, measured()])).rejects.toMatchObject(wrong);
    await subject.log.append(stream, 1, [measured()]);
    await expect(subject.log.append(stream, 'none', [a, b, measured()])).rejects.toMatchObject({ ...wrong, actual: 2 });
    expect(await subject.log.readStream(stream)).toHaveLength(3);
  });

  it('treats the same events on another stream as a different append', async () => {
    const events = several(2);
    const first = await subject.log.append(newStream(), 'none', events);
    const second = await subject.log.append(newStream(), 'none', events);
    expect(second.position).not.toBe(first.position);
    expect(await subject.appended()).toHaveLength(4);
  });

  it('treats the same contents with another event id as a different append', async () => {
    const stream = newStream();
    const event = measured();
    await subject.log.append(stream, 'none', [event]);
    const again = subject.log.append(stream, 'none', [{ ...event, id: randomUUID() }]);
    await expect(again).rejects.toThrow(WrongExpectedRevision);
  });
}
