import type { CopyTarget } from '../../../src/kernel/event-log.js';
import type { RecordedEvent } from '../../../src/kernel/event.js';
import type { Position } from '../../../src/kernel/position.js';

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
