import { EventLogUnavailable } from '../../../src/kernel/event-log.js';
import type { Subject } from './subject.js';
import { measured, newStream, several } from './samples.js';

export function restarting(subject: Subject): void {
  it('refuses all calls once it is closed, except a second close', async () => {
    await subject.log.close();
    await expect(subject.log.append(newStream(), 'none', [measured()])).rejects.toThrow(EventLogUnavailable);
    await expect(subject.log.readStream(newStream())).rejects.toThrow(EventLogUnavailable);
    await expect(subject.log.readAll()).rejects.toThrow(EventLogUnavailable);
    await expect(subject.log.head()).rejects.toThrow(EventLogUnavailable);
    await expect(subject.log.lastEvent()).rejects.toThrow(EventLogUnavailable);
    await expect(subject.log.lastRecordedAt()).rejects.toThrow(EventLogUnavailable);
    await subject.log.close();
  });

  it('rejects a waiting subscription when it is closed', async () => {
    const subscription = subject.log.subscribe(subject.start, new AbortController().signal);
    const next = subscription[Symbol.asyncIterator]().next();
    await subject.log.readAll({ after: subject.start });
    await Promise.all([expect(next).rejects.toThrow(EventLogUnavailable), subject.log.close()]);
  });

  it('completes or rejects an append that was called before close', async () => {
    const stream = newStream();
    const append = subject.log.append(stream, 'none', several(2)).catch((error: unknown) => error);
    await subject.log.close();
    const answer = await append;
    if (answer instanceof Error) expect(answer).toBeInstanceOf(EventLogUnavailable);
    else expect(answer).toMatchObject({ revision: 1 });
  });

  if (!subject.capabilities.durable) {
    it('does not claim to be durable', () => expect(subject.reopen).toBeUndefined());
    return;
  }

  it('has all events after reopening, and continues its streams', async () => {
    const stream = newStream();
    const events = several(3);
    const first = await subject.log.append(stream, 'none', events);
    const before = await subject.appended();
    // The clock is now before the last recorded time.
    subject.now -= 86_400_000;
    await subject.reopen!();

    expect(await subject.appended()).toEqual(before);
    expect(await subject.log.head()).toBe(first.position);
    expect(await subject.log.append(stream, 'none', events)).toEqual(first);
    await expect(subject.log.append(stream, 'none', several(1))).rejects.toMatchObject({ actual: 2 });
    await subject.log.append(stream, 2, several(1));
    const after = await subject.appended();
    expect(after.slice(0, 3)).toEqual(before);
    expect(after[3]).toMatchObject({ stream, revision: 3 });
    expect(after[3]!.recordedAt >= after[2]!.recordedAt).toBe(true);
  });
}
