import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { measured, metadata, several } from '../../test/contract/event-log/samples.js';
import { meddled } from '../../test/support/meddled-log.js';
import { MovingClock } from '../../test/support/moving-clock.js';
import { SpacedEventLog } from '../../test/support/spaced-log.js';
import { MemoryEventLog } from '../event-log/memory/memory-event-log.js';
import type { RecordedEvent } from './event.js';
import { EventLogUnavailable, type CopyTarget, type EventLog, type Unavailability } from './event-log.js';
import { canonicalJson } from './json.js';
import { copyLog, CopyRefused, type CopyProgress } from './log-copy.js';

const withoutPosition = ({ position: _, ...event }: RecordedEvent) => event;
const all = async (log: EventLog) => (await log.readAll({ limit: 10_000 })).map(withoutPosition);

/** A log with appends to three streams, one second apart. */
async function filled(appends: readonly number[]): Promise<MemoryEventLog> {
  const clock = new MovingClock();
  const log = new MemoryEventLog({ clock });
  for (const which of appends) {
    clock.advance(1_000);
    const stream = `figure-a.${which % 3}`;
    const [last] = (await log.readStream(stream)).slice(-1);
    await log.append(stream, last?.revision ?? 'none', several(1 + (which % 4)));
  }
  return log;
}

/** A log that returns at most `size` events per read. */
const inPagesOf = (size: number, log: EventLog): EventLog =>
  meddled(log, { readAll: ({ after, limit = size } = {}) => log.readAll({ after, limit: Math.min(limit, size) }) });

const target = (log: CopyTarget, meddling: Partial<CopyTarget>): CopyTarget => ({
  ...meddled(log, meddling),
  takeOver: meddling.takeOver ?? ((events) => log.takeOver(events)),
});

const unavailable = (reason: Unavailability = 'repeat') => new EventLogUnavailable('unavailable', { reason });

describe('the copy of a log', () => {
  it('has the same events as the source, at its own positions', async () => {
    const from = await filled([1, 5, 3, 2, 2, 7]);
    const to = new SpacedEventLog();
    const events = await all(from);
    const copied = await copyLog(from, to);

    expect(await all(to)).toEqual(events);
    const sha256 = createHash('sha256');
    for (const { knownAt: _, ...event } of events) sha256.update(`${canonicalJson(event)}\n`);
    const digest = { events: events.length, sha256: sha256.digest('hex') };
    expect(copied).toEqual({ source: digest, target: digest, added: events.length, grown: false });
  });

  it('of an empty log is empty', async () => {
    const { source, target: made, added } = await copyLog(new MemoryEventLog(), new MemoryEventLog());
    expect([made, added]).toEqual([source, 0]);
    expect(source.events).toBe(0);
  });

  it('run again adds only events that were appended to the source since', async () => {
    const [from, to] = [await filled([1, 2, 3]), new SpacedEventLog()];
    await copyLog(from, to);
    const copied = await copyLog(from, to);
    expect(copied).toMatchObject({ added: 0, target: copied.source });
    await from.append('figure-b', 'none', several(2));
    expect(await copyLog(from, to)).toMatchObject({ added: 2, grown: false });
    expect(await all(to)).toEqual(await all(from));
  });

  it('includes event types that this program does not know, unchanged', async () => {
    const [from, to] = [new MemoryEventLog(), new MemoryEventLog()];
    const strange = { ...measured({ '10': 'a', '9': 'b' }), type: 'FromTheFuture', metadata: { ...metadata, more: 1 } };
    await from.append('figure-a', 'none', [strange]);
    await copyLog(from, to);
    expect(await all(to)).toEqual(await all(from));
  });

  it('ends at the head that the source had at the start, and reports that the source has grown', async () => {
    const [from, to] = [await filled([3, 3]), new MemoryEventLog()];
    const before = await all(from);
    const growing = target(to, {
      takeOver: async (events) => {
        await to.takeOver(events);
        await from.append('figure-late', 'none', several(1));
      },
    });
    const copied = await copyLog(from, growing);
    expect(copied).toMatchObject({ grown: true, target: copied.source });
    expect(await all(to)).toEqual(before);
  });

  it('reports progress as positions of the log that is read', async () => {
    const [from, to] = [await filled([1, 1, 1]), new SpacedEventLog()];
    await to.takeOver((await from.readAll()).slice(0, 2));
    const seen: CopyProgress[] = [];
    await copyLog(inPagesOf(2, from), to, { onProgress: (progress) => seen.push(progress) });
    expect([...new Set(seen.map(({ step }) => step))]).toEqual(['compare', 'copy', 'digest source', 'digest target']);
    expect(seen.filter(({ step }) => step === 'copy').map(({ position }) => position)).toEqual(['4', '6']);
    expect(seen.at(-1)!.position).toBe(await to.head());
  });
});

describe('a target with other events', () => {
  const change: Record<string, (event: RecordedEvent) => Partial<RecordedEvent>> = {
    id: () => ({ id: measured().id }),
    type: () => ({ type: 'Other' }),
    data: () => ({ data: { value: 'another' } }),
    metadata: () => ({ metadata: { ...metadata, reason: '另有说明' } }),
    recordedAt: () => ({ recordedAt: '2020-01-01T00:00:00.000Z' }),
  };

  it.each(Object.keys(change))('(%s differs) is not changed, and the first such event is named', async (aspect) => {
    const [from, to] = [await filled([3, 1, 2, 3]), new SpacedEventLog()];
    const events = await from.readAll();
    await to.takeOver(
      events.slice(0, 7).map((event, at) => (at < 5 ? event : { ...event, ...change[aspect]!(event) })),
    );
    const before = await all(to);

    const refusal = await copyLog(inPagesOf(3, from), to).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(CopyRefused);
    const { found, expected, aspects } = refusal as CopyRefused;
    expect(found).toMatchObject({ position: (await to.readAll())[5]!.position, revision: events[5]!.revision });
    expect(expected).toMatchObject({ position: '6', stream: events[5]!.stream });
    expect(aspects).toEqual([aspect]);
    expect(await all(to)).toEqual(before);
  });

  it('(the same events in another order) is not changed', async () => {
    const [from, to] = [new MemoryEventLog({ clock: new MovingClock() }), new MemoryEventLog()];
    await from.append('figure-a', 'none', several(1));
    await from.append('figure-b', 'none', several(1));
    await to.takeOver((await from.readAll()).reverse());
    await expect(copyLog(from, to)).rejects.toMatchObject({ aspects: ['stream', 'id'] });
    expect(await all(to)).toHaveLength(2);
  });

  it('(more events than the source) is not changed', async () => {
    const [from, to] = [await filled([1, 2]), new MemoryEventLog()];
    await copyLog(from, to);
    await to.append('figure-b', 'none', several(1));
    const refusal = { name: 'CopyRefused', found: { stream: 'figure-b' }, expected: undefined };
    await expect(copyLog(from, to)).rejects.toMatchObject(refusal);
    await expect(copyLog(new MemoryEventLog(), to)).rejects.toThrow(CopyRefused);
  });

  it('(another writer appended during the copy) has another digest than the source', async () => {
    const [from, to] = [await filled([1, 2]), new MemoryEventLog()];
    const disturbed = target(to, {
      takeOver: async (events) => {
        await to.takeOver(events);
        await to.append('figure-b', 'none', several(1));
      },
    });
    const { source, target: made } = await copyLog(from, disturbed);
    expect(made.events).toBe(source.events + 1);
    expect(made.sha256).not.toBe(source.sha256);
  });
});

describe('a copy that is interrupted', () => {
  const faulty = fc.record({
    appends: fc.array(fc.nat(11), { minLength: 1, maxLength: 12 }),
    page: fc.integer({ min: 1, max: 5 }),
    /** After `after` successful calls the next one fails: before, midway through or after its work. */
    faults: fc.array(fc.record({ after: fc.nat(8), how: fc.constantFrom('before', 'midway', 'after') }), {
      maxLength: 12,
    }),
    retrying: fc.boolean(),
  });

  it('by any sequence of faults is complete after further runs', async () => {
    await fc.assert(
      fc.asyncProperty(faulty, async ({ appends, page, faults, retrying }) => {
        const [source, copy] = [await filled(appends), new SpacedEventLog()];
        const coming = [...faults];
        let calls = 0;
        const withFault = async <Result>(work: () => Promise<Result>, midway = work): Promise<Result> => {
          const fault = coming[0];
          if (!fault || calls++ < fault.after) return work();
          coming.shift();
          calls = 0;
          if (fault.how === 'after') await work();
          if (fault.how === 'midway') await midway();
          throw unavailable();
        };
        const around = (log: EventLog): Partial<EventLog> => ({
          readAll: ({ after, limit = page } = {}) =>
            withFault(() => log.readAll({ after, limit: Math.min(limit, page) })),
          head: () => withFault(() => log.head()),
        });
        const from = meddled(source, around(source));
        const to = target(copy, {
          ...around(copy),
          takeOver: (events) =>
            withFault(
              () => copy.takeOver(events),
              () => copy.takeOver(events.slice(0, events.length / 2)),
            ),
        });

        const pauses = retrying ? [0, 0] : [];
        let runs = 0;
        for (;;) {
          runs++;
          try {
            expect(await copyLog(from, to, { pauses })).toMatchObject({ grown: false });
            break;
          } catch (error) {
            expect(error).toBeInstanceOf(EventLogUnavailable);
            // The copy is always a prefix of the source.
            const copied = await all(copy);
            expect(copied).toEqual((await all(source)).slice(0, copied.length));
          }
        }
        expect(await all(copy)).toEqual(await all(source));
        expect(runs).toBeLessThanOrEqual(faults.length + 1);
      }),
      { numRuns: 300 },
    );
  });

  it('is retried as long as each attempt makes progress', async () => {
    const [from, to] = [await filled([1, 2, 3]), new MemoryEventLog()];
    let failures = 0;
    const shaky = target(to, {
      takeOver: async (events) => {
        if (failures < 3) {
          failures++;
          // One event further each time.
          await to.takeOver(events.slice(0, 1));
          throw unavailable();
        }
        await to.takeOver(events);
      },
    });
    const { added } = await copyLog(from, shaky, { pauses: [0] });
    expect([failures, added]).toEqual([3, (await all(from)).length]);
  });

  it('fails after the last retry, and at once if a retry cannot help', async () => {
    const from = await filled([1, 2, 3]);
    let calls = 0;
    const dead = (reason?: Unavailability) =>
      target(new MemoryEventLog(), {
        takeOver: () => {
          calls++;
          return Promise.reject(unavailable(reason));
        },
      });
    await expect(copyLog(from, dead(), { pauses: [0, 0] })).rejects.toThrow(EventLogUnavailable);
    expect(calls).toBe(3);
    await expect(copyLog(from, dead('disk-full'), { pauses: [0, 0] })).rejects.toMatchObject({ reason: 'disk-full' });
    expect(calls).toBe(4);
  });

  it('finds a page that was stored after its append had failed', async () => {
    const [from, to] = [await filled([1, 2, 3]), new MemoryEventLog()];
    let lost: readonly RecordedEvent[] | undefined;
    const slow = target(to, {
      takeOver: async (events) => {
        if (!lost) {
          lost = events.slice(0, 3);
          throw unavailable();
        }
        if ((await to.head()) === undefined) await to.takeOver(lost);
        await to.takeOver(events);
      },
    });
    await copyLog(from, slow, { pauses: [0, 0] });
    expect(await all(to)).toEqual(await all(from));
  });
});
