import { MemoryEventLog } from '../event-log/memory/memory-event-log.js';
import { measured, newStream } from '../../test/contract/event-log/samples.js';
import { EventLogUnavailable, WrongExpectedRevision, type AppendResult, type EventLog } from './event-log.js';
import { untilAnswered } from './repeated-appends.js';

/** A log whose first appends fail, before or after it has stored them. */
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
let repeats = 0;
function append(
  log: EventLog,
  [stream, expected, events]: Parameters<EventLog['append']>,
  patience = 8_000,
): Promise<AppendResult> {
  return untilAnswered(() => log.append(stream, expected, events), {
    patience,
    onRepeat: () => repeats++,
    wait: async (pause) => pauses.push(pause),
  });
}
beforeEach(() => {
  pauses.splice(0);
  repeats = 0;
});

it.each([true, false])('repeats the identical append until it is answered (stored at first: %s)', async (stores) => {
  const log = new ShakyLog(3, stores);
  const stream = newStream();
  const event = measured();
  expect(await append(log, [stream, 'none', [event]])).toEqual({ revision: 0, position: '1' });
  expect((await log.readStream(stream)).map(({ id }) => id)).toEqual([event.id]);
  expect([log.calls, repeats]).toEqual([4, 3]);
});

it('gives up after some seconds, with the last error of the log', async () => {
  const log = new ShakyLog(100, false);
  await expect(append(log, [newStream(), 'none', [measured()]])).rejects.toThrow('no answer');
  expect(log.calls).toBe(7);
  const total = pauses.reduce((sum, pause) => sum + pause, 0);
  expect(total).toBeGreaterThan(1_500);
  expect(total).toBeLessThan(3_200);
});

it('pauses before it repeats, and need not tell anybody', async () => {
  let hasPaused = false;
  setImmediate(() => (hasPaused = true));
  let isFirst = true;
  const attempt = async () => {
    if (!isFirst) return hasPaused;
    isFirst = false;
    throw new EventLogUnavailable('no answer', { reason: 'repeat' });
  };
  expect(await untilAnswered(attempt, { patience: 8_000 })).toBe(true);
});

it('repeats nothing once its patience is over', async () => {
  const log = new ShakyLog(1, false);
  await expect(append(log, [newStream(), 'none', [measured()]], 0)).rejects.toThrow('no answer');
  expect([log.calls, repeats]).toEqual([1, 0]);
});

it('does not repeat an append whose outcome is known', async () => {
  const full = new ShakyLog(1, false, 'disk-full');
  await expect(append(full, [newStream(), 'none', [measured()]])).rejects.toThrow('no answer');
  expect(full.calls).toBe(1);
  const log = new ShakyLog(0, false);
  await expect(append(log, [newStream(), 7, [measured()]])).rejects.toThrow(WrongExpectedRevision);
  expect(log.calls).toBe(1);
});
