import { MemoryEventLog } from '../event-log/memory/memory-event-log.js';
import { measured, newStream } from '../../test/contract/event-log/samples.js';
import { EventLogUnavailable, WrongExpectedRevision, type EventLog } from './event-log.js';
import { withRepeatedAppends } from './repeated-appends.js';

/** A log that fails so many times, before or after it has stored what it was given. */
class ShakyLog extends MemoryEventLog {
  calls = 0;
  constructor(
    private failures: number,
    private readonly stores: boolean,
    private readonly reason: EventLogUnavailable['reason'] = 'repeat',
  ) {
    super();
  }

  override async append(...input: Parameters<EventLog['append']>) {
    this.calls++;
    if (this.failures-- <= 0) return super.append(...input);
    if (this.stores) await super.append(...input);
    throw new EventLogUnavailable('no answer', { reason: this.reason });
  }
}

const pauses: number[] = [];
const patient = (log: EventLog) => withRepeatedAppends(log, { wait: async (pause) => pauses.push(pause) });
beforeEach(() => pauses.splice(0));

it.each([true, false])('repeats the very same append until it is answered (stored at first: %s)', async (stores) => {
  const log = new ShakyLog(3, stores);
  const stream = newStream();
  const event = measured();
  expect(await patient(log).append(stream, 'none', [event])).toEqual({ revision: 0, position: '1' });
  expect((await log.readStream(stream)).map(({ id }) => id)).toEqual([event.id]);
  expect(log.calls).toBe(4);
});

it('gives up after some seconds, saying what the log said', async () => {
  const log = new ShakyLog(100, false);
  await expect(patient(log).append(newStream(), 'none', [measured()])).rejects.toThrow('no answer');
  expect(log.calls).toBe(7);
  const total = pauses.reduce((sum, pause) => sum + pause, 0);
  expect(total).toBeGreaterThan(1_500);
  expect(total).toBeLessThan(3_200);
});

it('does not repeat what would not come out otherwise', async () => {
  const full = new ShakyLog(1, false, 'disk-full');
  await expect(patient(full).append(newStream(), 'none', [measured()])).rejects.toThrow('no answer');
  expect(full.calls).toBe(1);
  const log = new ShakyLog(0, false);
  await expect(patient(log).append(newStream(), 7, [measured()])).rejects.toThrow(WrongExpectedRevision);
  expect(log.calls).toBe(1);
});
