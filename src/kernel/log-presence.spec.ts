import { MemoryEventLog } from '../event-log/memory/memory-event-log.js';
import { measured, newStream } from '../../test/contract/event-log/samples.js';
import { MovingClock } from '../../test/support/moving-clock.js';
import { until } from '../../test/support/until.js';
import { EventLogDamaged, EventLogUnavailable, withChanges, type EventLog } from './event-log.js';
import { LogPresence } from './log-presence.js';

const since = '2026-10-01T08:00:00.000Z';

/** A log that answers, hangs until it is told to go on, or fails. */
class MoodyLog extends MemoryEventLog {
  calls = 0;
  private hanging: Promise<void> | undefined;
  private goOn = () => undefined as void;
  failure: Error | undefined;

  hang(): void {
    this.hanging = new Promise((resolve) => (this.goOn = resolve));
  }
  wake(): void {
    this.hanging = undefined;
    this.goOn();
  }
  private async mood(): Promise<void> {
    this.calls++;
    await this.hanging;
    if (this.failure) throw this.failure;
  }
  override async head() {
    await this.mood();
    return super.head();
  }
  override async readStream(...asked: Parameters<EventLog['readStream']>) {
    await this.mood();
    return super.readStream(...asked);
  }
}

let log: MoodyLog;
let presence: LogPresence;
beforeEach(() => {
  log = new MoodyLog();
  presence = new LogPresence(log, new MovingClock(since), { answer: 40, retry: 5 });
});
afterEach(() => {
  log.wake();
  presence.close();
});

const head = (log: EventLog) => log.head();
const unavailable = (call: Promise<unknown>) => expect(call).rejects.toThrow(EventLogUnavailable);

it('passes on what the log answers', async () => {
  const { position } = await log.append(newStream(), 'none', [measured()]);
  expect(await presence.ask(head)).toBe(position);
  expect(await presence.log.readAll()).toHaveLength(1);
  expect(presence.awaySince).toBeUndefined();
});

it('waits once for a log that hangs, for all who ask meanwhile; then tells everyone at once', async () => {
  log.hang();
  const first = presence.ask(head);
  const others = Array.from({ length: 10 }, () => presence.ask(head));
  await expect(first).rejects.toThrow('gave no answer within 40 ms');
  for (const other of others) await unavailable(other);
  expect(presence.awaySince).toBe(since);

  // What is told at once asks the log nothing: one question in the background is enough.
  await until(() => log.calls === 12);
  for (let time = 0; time < 10; time++) await unavailable(presence.ask(head));
  await expect(presence.log.readStream(newStream())).rejects.toThrow(`away since ${since}`);
  expect(log.calls).toBe(12);
});

it('finds by itself that the log is back', async () => {
  log.hang();
  await unavailable(presence.ask(head));
  log.wake();
  await until(() => presence.awaySince === undefined);
  expect(await presence.ask(head)).toBeUndefined();
});

it('asks a log that refuses again and again, until it answers', async () => {
  log.failure = new EventLogUnavailable('refused');
  await expect(presence.ask(head)).rejects.toThrow('refused');
  expect(presence.awaySince).toBe(since);
  const { calls } = log;
  await until(() => log.calls > calls + 3);
  expect(presence.awaySince).toBe(since);
  log.failure = undefined;
  await until(() => presence.awaySince === undefined);
});

it('takes a log whose contents are refused for one that answers', async () => {
  log.failure = new EventLogDamaged('1', 'altered');
  await expect(presence.ask(head)).rejects.toThrow(EventLogDamaged);
  log.failure = new EventLogUnavailable('full', { reason: 'disk-full' });
  await unavailable(presence.ask(head));
  expect(presence.awaySince).toBeUndefined();
});

it('lets a long read take its time while the log answers others', async () => {
  let finish!: () => void;
  const finished = new Promise<void>((resolve) => (finish = resolve));
  const slow = withChanges(log, { readAll: async () => (await finished, log.readAll()) });
  const patient = new LogPresence(slow, new MovingClock(since), { answer: 40, retry: 5 });
  const read = patient.log.readAll();
  // It was looked several times meanwhile whether the log is there.
  await until(() => log.calls >= 3);
  finish();
  expect(await read).toEqual([]);
  expect(patient.awaySince).toBeUndefined();
});

it('ends a long read when the log turns out to be away', async () => {
  log.hang();
  await unavailable(presence.log.readStream(newStream()));
  expect(presence.awaySince).toBe(since);
});

it('notes what the log answers to others', async () => {
  const noting = presence.noting(log);
  log.hang();
  await unavailable(presence.ask(head));
  await noting.append(newStream(), 'none', [measured()]);
  expect(presence.awaySince).toBeUndefined();
});

it('asks no more once it is closed', async () => {
  log.failure = new EventLogUnavailable('refused');
  await unavailable(presence.ask(head));
  await until(() => log.calls > 2);
  presence.close();
  const { calls } = log;

  // Another one of the same patience asks many times meanwhile.
  const other = new MoodyLog();
  other.failure = log.failure;
  const open = new LogPresence(other, new MovingClock(since), { answer: 40, retry: 5 });
  await unavailable(open.ask(head));
  await until(() => other.calls > 10);
  open.close();
  expect(log.calls).toBeLessThanOrEqual(calls + 1);
});
