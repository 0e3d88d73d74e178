import { MovingClock } from '../../test/support/moving-clock.js';
import { EventLogUnavailable, type EventLog } from './event-log.js';
import type { Position } from './position.js';
import { Freshness } from './freshness.js';
import type { LogPresence } from './log-presence.js';
import type { ProjectionStatus } from './projector.js';

const clock = new MovingClock('2026-10-01T08:00:00.000Z');

/** What log and views say, and what the time is for who waits. */
let head: Position | undefined | Error;
let views: ProjectionStatus[] | Error;
let elapsed: number;

beforeEach(() => {
  clock.moveTo('2026-10-01T08:00:00.000Z');
  elapsed = 0;
  head = '5';
  views = [{ name: 'plans', version: 1, checkpoint: '5' }];
});

const presenceOf = (log: Pick<EventLog, 'head'>): Pick<LogPresence, 'ask'> => ({
  ask: (question) => question(log as EventLog),
});
const told = <T>(answer: T | Error): Promise<T> =>
  answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
const freshness = () =>
  new Freshness(presenceOf({ head: () => told(head) }), { status: () => told(views) } as never, clock, () => elapsed);

function pass(milliseconds: number): void {
  elapsed += milliseconds;
  clock.advance(milliseconds);
}

it('says nothing while the views have what the log has', async () => {
  const fresh = freshness();
  expect(await fresh.viewsAsOf()).toBeUndefined();
  pass(3_600_000);
  expect(await fresh.viewsAsOf()).toBeUndefined();
});

it('says nothing of a log without events', async () => {
  [head, views] = [undefined, [{ name: 'plans', version: 1, checkpoint: undefined }]];
  expect(await freshness().viewsAsOf()).toBeUndefined();
});

it('says nothing of a short lag, and since when of a long one', async () => {
  const fresh = freshness();
  await fresh.viewsAsOf();
  head = '6';
  pass(4_000);
  expect(await fresh.viewsAsOf()).toBeUndefined();
  pass(4_000);
  expect(await fresh.viewsAsOf()).toBe('2026-10-01T08:00:00.000Z');
  views = [{ name: 'plans', version: 1, checkpoint: '6' }];
  pass(2_000);
  expect(await fresh.viewsAsOf()).toBeUndefined();
});

it('says since when the log is away, and heals by itself', async () => {
  const fresh = freshness();
  await fresh.viewsAsOf();
  head = new EventLogUnavailable('away');
  pass(1_500);
  expect(await fresh.viewsAsOf()).toBe('2026-10-01T08:00:00.000Z');
  head = '5';
  pass(1_500);
  // Nobody waits for a log that did not answer last time: the one after has it.
  await fresh.viewsAsOf();
  await new Promise((resolve) => setImmediate(resolve));
  expect(await fresh.viewsAsOf()).toBeUndefined();
});

it('says that it does not know where it never saw the log', async () => {
  head = new EventLogUnavailable('away');
  expect(await freshness().viewsAsOf()).toBe('unknown');
});

it('takes a view that has stopped for behind', async () => {
  const fresh = freshness();
  await fresh.viewsAsOf();
  views = [{ name: 'plans', version: 1, checkpoint: '5', stopped: { position: '5', error: 'why' } }];
  pass(6_000);
  expect(await fresh.viewsAsOf()).toBe('2026-10-01T08:00:00.000Z');
});

it('asks once for all who ask at the same time, and not again within a second', async () => {
  let asked = 0;
  const counting = { head: () => Promise.resolve(String(++asked && 5)) };
  const fresh = new Freshness(presenceOf(counting), { status: () => told(views) } as never, clock, () => elapsed);
  await Promise.all(Array.from({ length: 50 }, () => fresh.viewsAsOf()));
  pass(900);
  await fresh.viewsAsOf();
  expect(asked).toBe(1);
});
