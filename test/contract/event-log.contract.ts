import { systemClock, toInstant, type Clock } from '../../src/kernel/time.js';
import { appending } from './event-log/appending.js';
import { concurrency } from './event-log/concurrency.js';
import { copying } from './event-log/copying.js';
import { contentsAndSizes } from './event-log/contents-and-sizes.js';
import { reading } from './event-log/reading.js';
import { repeating } from './event-log/repeating.js';
import { restarting } from './event-log/restarting.js';
import { subscribing } from './event-log/subscribing.js';
import { times } from './event-log/times.js';
import type { EventLogCapabilities, OpenedEventLog, Subject } from './event-log/subject.js';

/** The behaviour of every event log. An adapter's spec calls this once. */
export function eventLogContract(
  name: string,
  capabilities: EventLogCapabilities,
  open: (options: { clock: Clock }) => Promise<OpenedEventLog>,
): void {
  describe(`${name} as an event log`, () => {
    let opened: OpenedEventLog;
    const subject = {
      capabilities,
      appended: () => subject.log.readAll({ after: subject.start, limit: 10_000 }),
    } as Subject;

    beforeEach(async () => {
      subject.now = Date.parse(systemClock.now());
      opened = await open({ clock: { now: () => toInstant(subject.now) } });
      subject.log = opened.log;
      subject.reopen = opened.reopen && (async () => (subject.log = await opened.reopen!()));
      subject.start = await subject.log.head();
    });

    afterEach(async () => {
      await subject.log.close();
      await opened.remove?.();
    });

    describe('appending', () => appending(subject));
    describe('repeating an append', () => repeating(subject));
    describe('concurrency', () => concurrency(subject));
    describe('contents and sizes', () => contentsAndSizes(subject));
    describe('reading', () => reading(subject));
    describe('subscribing', () => subscribing(subject));
    describe('times', () => times(subject));
    describe('takeOver (copying from another log)', () => copying(subject));
    describe('closing and reopening', () => restarting(subject));
  });
}
