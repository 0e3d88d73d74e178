import type { CopyTarget } from '../../src/kernel/event-log.js';
import type { Position } from '../../src/kernel/position.js';
import type { RecordedEvent } from '../../src/kernel/event.js';
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

/** In what adapters may differ. Each is held to what it declares, either way. */
export interface EventLogCapabilities {
  /** Events survive a restart: the adapter can be reopened. */
  readonly durable: boolean;
  /** Recorded time comes from the clock handed in; else from a server's. */
  readonly ownClock: boolean;
  /** Positions count 1, 2, 3…; else they only grow. */
  readonly gapless: boolean;
}

export interface OpenedEventLog {
  readonly log: CopyTarget;
  /** Closes it and opens the same log again. */
  reopen?(): Promise<CopyTarget>;
  /** Whatever is left to be cleared away; the log itself was closed before. */
  remove?(): Promise<void>;
}

/** The log under test: a new one for each test, though not necessarily an empty one. */
export interface Subject {
  readonly capabilities: EventLogCapabilities;
  log: CopyTarget;
  reopen: (() => Promise<CopyTarget>) | undefined;
  /** Where the log stood when the test began. */
  start: Position | undefined;
  /** What the clock shows; it stands still until a test moves it. */
  now: number;
  /** All that was appended since the test began. */
  appended(): Promise<RecordedEvent[]>;
}

/** What every event log must do. An adapter joins by one call from its spec. */
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
    describe('taking over from another log', () => copying(subject));
    describe('closing and opening again', () => restarting(subject));
  });
}
