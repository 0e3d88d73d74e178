import type { CopyTarget } from '../../../src/kernel/event-log.js';
import type { RecordedEvent } from '../../../src/kernel/event.js';
import type { Position } from '../../../src/kernel/position.js';

/** Ways in which adapters may differ. The contract checks that each adapter behaves as declared. */
export interface EventLogCapabilities {
  /** Events survive a restart: the adapter can be reopened. */
  readonly durable: boolean;
  /** Recorded time comes from the given clock; otherwise from the server's clock. */
  readonly ownClock: boolean;
  /** Positions are 1, 2, 3…; otherwise they are only increasing. */
  readonly gapless: boolean;
}

export interface OpenedEventLog {
  readonly log: CopyTarget;
  /** Closes it and opens the same log again. */
  reopen?(): Promise<CopyTarget>;
  /** Removes files and servers, after the log was closed. */
  remove?(): Promise<void>;
}

/** The log under test, opened for each test. It may contain events of earlier tests. */
export interface Subject {
  readonly capabilities: EventLogCapabilities;
  log: CopyTarget;
  reopen: (() => Promise<CopyTarget>) | undefined;
  /** Head of the log when the test began. */
  start: Position | undefined;
  /** Time of the clock, in milliseconds since 1970. It only changes when a test sets it. */
  now: number;
  /** All events appended since the test began. */
  appended(): Promise<RecordedEvent[]>;
}
