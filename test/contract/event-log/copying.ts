import { AppendRejected, EventLogUnavailable, WrongExpectedRevision } from '../../../src/kernel/event-log.js';
import type { RecordedEvent } from '../../../src/kernel/event.js';
import { toInstant } from '../../../src/kernel/time.js';
import type { Subject } from './subject.js';
import { measured, newStream, several } from './samples.js';

/** Recorded time of the first copied event, long before the tests run. */
const then = Date.UTC(2021, 2, 1, 8);

/** Events of another log, with other positions, one minute apart. */
function eventsOfOtherLog(places: readonly (readonly [stream: string, revision: number])[]): RecordedEvent[] {
  return places.map(([stream, revision], index) => {
    const recordedAt = toInstant(then + index * 60_000);
    const position = String(10n ** 17n + BigInt(index) * 700n);
    return { ...measured({ value: String(index) }), stream, revision, position, recordedAt, knownAt: recordedAt };
  });
}

const revisions = (stream: string, from: number, count: number) =>
  Array.from({ length: count }, (_, index) => [stream, from + index] as const);

/** The fields that a copy keeps. */
const withoutPosition = ({ position: _, ...event }: RecordedEvent) => event;

export function copying(subject: Subject): void {
  it('stores events of another log unchanged, at its own positions', async () => {
    const [a, b] = [newStream(), newStream()];
    const events = eventsOfOtherLog([...revisions(a, 0, 2), [b, 0], [a, 2], [b, 1]]);
    await subject.log.takeOver(events.slice(0, 3));
    await subject.log.takeOver(events.slice(3));

    const copied = await subject.appended();
    expect(copied.map(withoutPosition)).toEqual(events.map(withoutPosition));
    expect((await subject.log.readStream(a)).map(({ id }) => id)).toEqual([0, 1, 3].map((at) => events[at]!.id));
    expect(await subject.log.readStream(b)).toEqual([copied[2], copied[4]]);
    const { stream, revision, position, recordedAt } = copied[4]!;
    expect(await subject.log.head()).toBe(position);
    expect(await subject.log.lastEvent()).toEqual({ stream, revision, position });
    expect(await subject.log.lastRecordedAt()).toBe(recordedAt);
  });

  it('keeps known times, and recorded times even if they decrease', async () => {
    const stream = newStream();
    const [first, second, third] = eventsOfOtherLog(revisions(stream, 0, 3)) as [
      RecordedEvent,
      RecordedEvent,
      RecordedEvent,
    ];
    const earlier = { ...second, recordedAt: toInstant(then - 1), knownAt: toInstant(then - 1) };
    const knownAt = '2020-12-31T15:59:59.999Z';
    const supplied = { ...third, knownAt, metadata: { ...third.metadata, knownAt } };
    await subject.log.takeOver([first, earlier, supplied]);
    expect((await subject.appended()).map(withoutPosition)).toEqual([first, earlier, supplied].map(withoutPosition));
  });

  it('continues a stream after copied events as after appended ones', async () => {
    const stream = newStream();
    const events = eventsOfOtherLog(revisions(stream, 0, 2));
    await subject.log.takeOver(events);
    await subject.log.append(stream, 1, several(1));
    await expect(subject.log.append(stream, 1, several(1))).rejects.toThrow(WrongExpectedRevision);
    const more = eventsOfOtherLog(revisions(stream, 3, 1));
    await subject.log.takeOver(more);

    const all = await subject.appended();
    expect(all.map(({ revision }) => revision)).toEqual([0, 1, 2, 3]);
    expect(all[2]!.recordedAt >= all[1]!.recordedAt).toBe(true);
    expect(withoutPosition(all[3]!)).toEqual(withoutPosition(more[0]!));
  });

  it('treats the append of events that were copied as a repeated append', async () => {
    const stream = newStream();
    const events = eventsOfOtherLog(revisions(stream, 0, 2));
    await subject.log.takeOver(events);
    const first = events.map(({ id, type, data, metadata }) => ({ id, type, data, metadata }));
    const { position } = (await subject.appended())[1]!;
    expect(await subject.log.append(stream, 'none', first)).toEqual({ revision: 1, position });
    expect(await subject.appended()).toHaveLength(2);
  });

  it('notifies subscribers', async () => {
    const ending = new AbortController();
    const following = subject.log.subscribe(subject.start, ending.signal)[Symbol.asyncIterator]();
    const next = following.next();
    await subject.log.takeOver(eventsOfOtherLog(revisions(newStream(), 0, 3)));
    const seen: RecordedEvent[] = (await next).value ?? [];
    while (seen.length < 3) seen.push(...((await following.next()).value ?? []));
    expect(seen).toEqual(await subject.appended());
    ending.abort();
    await following.return?.();
  });

  it('accepts more events of one stream than an append does', async () => {
    const events = eventsOfOtherLog(revisions(newStream(), 0, 620));
    await subject.log.takeOver(events);
    expect((await subject.appended()).map(withoutPosition)).toEqual(events.map(withoutPosition));
  });

  it.each([
    ['that begin in the middle of a stream', WrongExpectedRevision, revisions(newStream(), 1, 1)],
    [
      'with a gap in a stream',
      WrongExpectedRevision,
      [['figure-contract.gap', 0] as const, ['figure-contract.gap', 2] as const],
    ],
    ['with an empty stream name', AppendRejected, [['', 0] as const]],
  ])('refuses events %s, and stores at most the events before them', async (_, error, broken) => {
    const events = eventsOfOtherLog([...revisions(newStream(), 0, 2), ...broken, [newStream(), 0]]);
    await expect(subject.log.takeOver(events)).rejects.toThrow(error);
    const copied = (await subject.appended()).map(withoutPosition);
    expect(copied).toEqual(events.slice(0, copied.length).map(withoutPosition));
    expect(copied.length).toBeLessThanOrEqual(events.length - 2);
  });

  it('throws once the log is closed', async () => {
    await subject.log.close();
    const events = eventsOfOtherLog(revisions(newStream(), 0, 1));
    await expect(subject.log.takeOver(events)).rejects.toThrow(EventLogUnavailable);
  });

  it('accepts an empty list', async () => {
    await subject.log.takeOver([]);
    expect(await subject.appended()).toEqual([]);
  });

  if (!subject.capabilities.durable) return;

  it('keeps the copied events after reopening', async () => {
    const events = eventsOfOtherLog(revisions(newStream(), 0, 3));
    await subject.log.takeOver(events);
    await subject.reopen!();
    expect((await subject.appended()).map(withoutPosition)).toEqual(events.map(withoutPosition));
  });
}
