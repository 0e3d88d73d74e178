import { AppendRejected, limits, WrongExpectedRevision } from '../../../src/kernel/event-log.js';
import { comparePositions } from '../../../src/kernel/position.js';
import type { NewEvent } from '../../../src/kernel/event.js';
import type { Subject } from './subject.js';
import { contents, measured, newStream, several } from './samples.js';

export function appending(subject: Subject): void {
  // Combines every kind of expected revision with every state of a stream.
  for (const [state, count] of Object.entries({ absent: 0, 'of one event': 1, 'of many events': 5 })) {
    const last = count - 1;
    const actual = count === 0 ? 'none' : last;
    const expectations = new Set([
      'none',
      last,
      last - 1,
      last + 1,
      Number.MAX_SAFE_INTEGER,
      -1,
      -7,
      0.5,
      NaN,
      Infinity,
      2 ** 53,
    ]);

    for (const expected of expectations as Set<'none' | number>) {
      const outcome =
        expected === actual
          ? 'appends'
          : expected !== 'none' && !(Number.isSafeInteger(expected) && expected >= 0)
            ? 'rejects'
            : 'refuses';

      it(`${outcome} at ${expected} on a stream ${state}`, async () => {
        const stream = newStream();
        if (count > 0) await subject.log.append(stream, 'none', several(count));
        const before = await subject.appended();
        const event = measured();

        const answer = await subject.log.append(stream, expected, [event]).catch((error: unknown) => error);

        const after = await subject.appended();
        if (outcome === 'appends') {
          expect(answer).toEqual({ revision: count, position: after.at(-1)!.position });
          expect(after.slice(0, -1)).toEqual(before);
          expect(after.at(-1)).toMatchObject({ ...contents(event), stream, revision: count });
          return;
        }
        if (outcome === 'rejects') {
          expect(answer).toBeInstanceOf(AppendRejected);
          expect(answer).toMatchObject({ message: `invalid expected revision: ${expected}` });
        } else {
          expect(answer).toBeInstanceOf(WrongExpectedRevision);
          expect(answer).toMatchObject({ stream, expected, actual });
        }
        expect(after).toEqual(before);
        expect(await subject.log.readStream(stream)).toHaveLength(count);

        // Also no part of an append of several events.
        await expect(subject.log.append(stream, expected, several(3))).rejects.toThrow((answer as Error).message);
        expect(await subject.appended()).toEqual(before);
      });
    }
  }

  it('numbers the events of an append, and returns revision and position of the last one', async () => {
    const stream = newStream();
    const first = await subject.log.append(stream, 'none', several(3));
    const second = await subject.log.append(stream, 2, several(2));

    const events = await subject.log.readStream(stream);
    expect(events.map(({ revision }) => revision)).toEqual([0, 1, 2, 3, 4]);
    expect(first).toEqual({ revision: 2, position: events[2]!.position });
    expect(second).toEqual({ revision: 4, position: events[4]!.position });
  });

  it('assigns increasing positions over all streams, without gaps if declared', async () => {
    const streams = [newStream(), newStream()];
    for (let revision = 0; revision < 4; revision++) {
      for (const stream of streams)
        await subject.log.append(stream, revision === 0 ? 'none' : revision - 1, [measured()]);
    }
    const positions = (await subject.appended()).map(({ position }) => position);
    expect(positions).toHaveLength(8);
    for (const position of positions) expect(position).toMatch(/^(0|[1-9][0-9]*)$/);
    expect(positions).toEqual([...positions].sort(comparePositions));
    expect(new Set(positions).size).toBe(8);
    if (subject.capabilities.gapless) {
      const first = BigInt(subject.start ?? '0') + 1n;
      expect(positions).toEqual(positions.map((_, index) => String(first + BigInt(index))));
    }
    expect(await subject.log.head()).toBe(positions.at(-1));
  });

  it('rejects an append without events', async () => {
    await expect(subject.log.append(newStream(), 'none', [])).rejects.toThrow(AppendRejected);
  });

  it('rejects an append with a repeated event id', async () => {
    const [first, second] = several(2) as [NewEvent, NewEvent];
    for (const events of [
      [first, first],
      [first, second, { ...second, id: first.id }],
    ]) {
      await expect(subject.log.append(newStream(), 'none', events)).rejects.toThrow(AppendRejected);
      await expect(subject.log.append(newStream(), 'none', events)).rejects.toThrow(first.id);
    }
    expect(await subject.appended()).toEqual([]);
  });

  it(`accepts at most ${limits.eventsPerAppend} events per append`, async () => {
    const stream = newStream();
    await subject.log.append(newStream(), 'none', several(limits.eventsPerAppend - 1));
    subject.start = await subject.log.head();
    await expect(subject.log.append(stream, 'none', several(limits.eventsPerAppend + 1))).rejects.toThrow(
      AppendRejected,
    );
    expect(await subject.appended()).toEqual([]);
    const result = await subject.log.append(stream, 'none', several(limits.eventsPerAppend));
    expect(result.revision).toBe(limits.eventsPerAppend - 1);
  });

  it.each([
    '',
    'figure',
    '-x',
    'figure-',
    'Figure-a',
    'figure-低保',
    'figure-a b',
    '$all',
    'figure-\ud800',
    'figure-a\n',
  ])('rejects %j as a stream name', async (stream) => {
    await expect(subject.log.append(stream, 'none', [measured()])).rejects.toThrow(AppendRejected);
    expect(await subject.appended()).toEqual([]);
  });

  it('accepts stream names up to the maximum length', async () => {
    const prefix = newStream();
    const longest = prefix + 'x'.repeat(limits.streamNameLength - prefix.length);
    await expect(subject.log.append(`${longest}x`, 'none', [measured()])).rejects.toThrow(AppendRejected);
    await subject.log.append(longest.slice(0, -1), 'none', [measured()]);
    await subject.log.append(longest, 'none', [measured()]);
    expect((await subject.appended()).map(({ stream }) => stream)).toEqual([longest.slice(0, -1), longest]);
  });

  it('distinguishes streams whose names differ only by case or suffix', async () => {
    const stream = newStream();
    for (const name of [stream, `${stream}.a`, `${stream}.A`]) await subject.log.append(name, 'none', [measured()]);
    expect(await subject.log.readStream(stream)).toHaveLength(1);
  });

  it.each(['', '1', 'not-a-uuid', '0192C0DE-0000-7000-8000-000000000001', '0192c0de-0000-7000-8000-000000000001 '])(
    'rejects %j as an event id',
    async (id) => {
      await expect(subject.log.append(newStream(), 'none', [{ ...measured(), id }])).rejects.toThrow(AppendRejected);
      expect(await subject.appended()).toEqual([]);
    },
  );

  it('accepts event types up to 200 characters', async () => {
    for (const length of [199, 200]) {
      await subject.log.append(newStream(), 'none', [{ ...measured(), type: 'x'.repeat(length) }]);
    }
    expect((await subject.appended()).map(({ type }) => type.length)).toEqual([199, 200]);
  });

  it.each(['', '$system', '口径变更', 'With space', 'x'.repeat(201)])('rejects %j as an event type', async (type) => {
    await expect(subject.log.append(newStream(), 'none', [{ ...measured(), type }])).rejects.toThrow(AppendRejected);
    expect(await subject.appended()).toEqual([]);
  });
}
