import { AppendRejected, EventLogUnavailable, WrongExpectedRevision } from '../../../src/kernel/event-log.js';
import type { RecordedEvent } from '../../../src/kernel/event.js';
import { toInstant } from '../../../src/kernel/time.js';
import type { Subject } from './subject.js';
import { measured, newStream, several } from './samples.js';

/** Long before the tests run: what is copied was recorded in the past. */
const then = Date.UTC(2021, 2, 1, 8);

/** Events of another log, a position of its own for each, one minute after another. */
function elsewhere(places: readonly (readonly [stream: string, revision: number])[]): RecordedEvent[] {
  return places.map(([stream, revision], index) => {
    const recordedAt = toInstant(then + index * 60_000);
    const position = String(10n ** 17n + BigInt(index) * 700n);
    return { ...measured({ value: String(index) }), stream, revision, position, recordedAt, knownAt: recordedAt };
  });
}

const stretch = (stream: string, from: number, count: number) =>
  Array.from({ length: count }, (_, index) => [stream, from + index] as const);

/** All that a copy keeps. */
const told = ({ position: _, ...event }: RecordedEvent) => event;

export function copying(subject: Subject): void {
  it('takes over events of another log as they are, at positions of its own', async () => {
    const [a, b] = [newStream(), newStream()];
    const events = elsewhere([...stretch(a, 0, 2), [b, 0], [a, 2], [b, 1]]);
    await subject.log.takeOver(events.slice(0, 3));
    await subject.log.takeOver(events.slice(3));

    const taken = await subject.appended();
    expect(taken.map(told)).toEqual(events.map(told));
    expect((await subject.log.readStream(a)).map(({ id }) => id)).toEqual([0, 1, 3].map((at) => events[at]!.id));
    expect(await subject.log.readStream(b)).toEqual([taken[2], taken[4]]);
    const { stream, revision, position, recordedAt } = taken[4]!;
    expect(await subject.log.head()).toBe(position);
    expect(await subject.log.lastEvent()).toEqual({ stream, revision, position });
    expect(await subject.log.lastRecordedAt()).toBe(recordedAt);
  });

  it('keeps recorded times that fall, and known times', async () => {
    const stream = newStream();
    const [first, second, third] = elsewhere(stretch(stream, 0, 3)) as [RecordedEvent, RecordedEvent, RecordedEvent];
    const earlier = { ...second, recordedAt: toInstant(then - 1), knownAt: toInstant(then - 1) };
    const knownAt = '2020-12-31T15:59:59.999Z';
    const supplied = { ...third, knownAt, metadata: { ...third.metadata, knownAt } };
    await subject.log.takeOver([first, earlier, supplied]);
    expect((await subject.appended()).map(told)).toEqual([first, earlier, supplied].map(told));
  });

  it('goes on after what it took over as after what it appended', async () => {
    const stream = newStream();
    const events = elsewhere(stretch(stream, 0, 2));
    await subject.log.takeOver(events);
    await subject.log.append(stream, 1, several(1));
    await expect(subject.log.append(stream, 1, several(1))).rejects.toThrow(WrongExpectedRevision);
    const more = elsewhere(stretch(stream, 3, 1));
    await subject.log.takeOver(more);

    const all = await subject.appended();
    expect(all.map(({ revision }) => revision)).toEqual([0, 1, 2, 3]);
    expect(all[2]!.recordedAt >= all[1]!.recordedAt).toBe(true);
    expect(told(all[3]!)).toEqual(told(more[0]!));
  });

  it('answers the append of an event that it took over as a repeated one', async () => {
    const stream = newStream();
    const events = elsewhere(stretch(stream, 0, 2));
    await subject.log.takeOver(events);
    const first = events.map(({ id, type, data, metadata }) => ({ id, type, data, metadata }));
    const { position } = (await subject.appended())[1]!;
    expect(await subject.log.append(stream, 'none', first)).toEqual({ revision: 1, position });
    expect(await subject.appended()).toHaveLength(2);
  });

  it('brings them to those who follow it', async () => {
    const ending = new AbortController();
    const following = subject.log.subscribe(subject.start, ending.signal)[Symbol.asyncIterator]();
    const next = following.next();
    await subject.log.takeOver(elsewhere(stretch(newStream(), 0, 3)));
    const seen: RecordedEvent[] = (await next).value ?? [];
    while (seen.length < 3) seen.push(...((await following.next()).value ?? []));
    expect(seen).toEqual(await subject.appended());
    ending.abort();
    await following.return?.();
  });

  it('takes over more of one stream than an append takes', async () => {
    const events = elsewhere(stretch(newStream(), 0, 620));
    await subject.log.takeOver(events);
    expect((await subject.appended()).map(told)).toEqual(events.map(told));
  });

  it.each([
    ['that begin in the middle of a stream', WrongExpectedRevision, stretch(newStream(), 1, 1)],
    [
      'of a stream that misses one',
      WrongExpectedRevision,
      [['figure-contract.gap', 0] as const, ['figure-contract.gap', 2] as const],
    ],
    ['of a stream without a name', AppendRejected, [['', 0] as const]],
  ])('refuses events %s, and has at most those before', async (_, error, broken) => {
    const events = elsewhere([...stretch(newStream(), 0, 2), ...broken, [newStream(), 0]]);
    await expect(subject.log.takeOver(events)).rejects.toThrow(error);
    const taken = (await subject.appended()).map(told);
    expect(taken).toEqual(events.slice(0, taken.length).map(told));
    expect(taken.length).toBeLessThanOrEqual(events.length - 2);
  });

  it('refuses them once it is closed', async () => {
    await subject.log.close();
    const events = elsewhere(stretch(newStream(), 0, 1));
    await expect(subject.log.takeOver(events)).rejects.toThrow(EventLogUnavailable);
  });

  it('takes over nothing where there is nothing', async () => {
    await subject.log.takeOver([]);
    expect(await subject.appended()).toEqual([]);
  });

  if (!subject.capabilities.durable) return;

  it('has what it took over when it is opened again', async () => {
    const events = elsewhere(stretch(newStream(), 0, 3));
    await subject.log.takeOver(events);
    await subject.reopen!();
    expect((await subject.appended()).map(told)).toEqual(events.map(told));
  });
}
