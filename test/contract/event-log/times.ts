import { toInstant } from '../../../src/kernel/time.js';
import type { Subject } from './subject.js';
import { measured, newStream } from './samples.js';

const day = 86_400_000;

export function times(subject: Subject): void {
  it('never decreases recorded time, even if the clock is set back', async () => {
    const { now } = subject;
    const stream = newStream();
    for (const [revision, shift] of [0, -day, 5, -5, -365 * day, 1_000].entries()) {
      subject.now = now + shift;
      await subject.log.append(stream, revision === 0 ? 'none' : revision - 1, [measured()]);
      await subject.log.append(newStream(), 'none', [measured()]);
    }
    const recorded = (await subject.appended()).map(({ recordedAt }) => recordedAt);
    expect(recorded).toEqual([...recorded].sort());
    if (subject.capabilities.ownClock) {
      const expected = [0, 0, 5, 5, 5, 1_000].flatMap((shift) => [toInstant(now + shift), toInstant(now + shift)]);
      expect(recorded).toEqual(expected);
    } else {
      expect(Math.abs(Date.parse(recorded.at(-1)!) - Date.now())).toBeLessThan(day);
    }
  });

  it('returns the recorded time of the last event', async () => {
    if (subject.start === undefined) expect(await subject.log.lastRecordedAt()).toBeUndefined();
    for (const shift of [0, -day, 7]) {
      subject.now += shift;
      await subject.log.append(newStream(), 'none', [measured(), measured()]);
      expect(await subject.log.lastRecordedAt()).toBe((await subject.appended()).at(-1)!.recordedAt);
    }
  });

  it('does not advance recorded time by a rejected append', async () => {
    subject.now += day;
    await subject.log.append(newStream(), 7, [measured()]).catch(() => undefined);
    subject.now -= day;
    const before = Date.now();
    await subject.log.append(newStream(), 'none', [measured()]);
    const [event] = await subject.appended();
    expect(Date.parse(event!.recordedAt)).toBeLessThan(before + day / 2);
  });

  it('uses the recorded time as known time, unless the metadata have one', async () => {
    const stream = newStream();
    const knownAt = '2021-03-01T15:59:59.999Z';
    await subject.log.append(stream, 'none', [measured({}, { knownAt }), measured()]);

    const [supplied, live] = await subject.log.readStream(stream);
    expect(supplied).toMatchObject({ knownAt, metadata: { knownAt } });
    expect(supplied!.recordedAt > knownAt).toBe(true);
    expect(live!.knownAt).toBe(live!.recordedAt);
    expect(live!.metadata).not.toHaveProperty('knownAt');
    expect(await subject.appended()).toEqual([supplied, live]);
  });
}
