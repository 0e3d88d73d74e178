import { setImmediate as nextTurn } from 'node:timers/promises';
import type { NewEvent, RecordedEvent } from '../../src/kernel/event.js';
import {
  EventLogUnavailable,
  type AppendResult,
  type EventLog,
  type EventPlace,
  type ExpectedRevision,
} from '../../src/kernel/event-log.js';
import type { Position } from '../../src/kernel/position.js';
import type { FileStore } from '../../src/kernel/file-store.js';
import type { Instant } from '../../src/kernel/time.js';
import type {
  AsOf,
  ListOptions,
  ReadView,
  SwitchOptions,
  Version,
  VersionedStore,
  ViewId,
  ViewInfo,
  ViewOptions,
  WrittenDocument,
} from '../../src/kernel/versioned-store.js';

/** Where a fault can be injected: calls of the ports, and the projector's subscription to the log (`follow`). */
export const places = ['append', 'readStream', 'readAll', 'head', 'follow', 'commit', 'get', 'list', 'put'] as const;
export type Place = (typeof places)[number];

export interface Fault {
  readonly at: Place;
  /** Number of calls that succeed first. */
  readonly pass: number;
  /**
   * `before`: the call fails without an effect. `after`: it fails after its effect (lost reply). `late`: it is delayed.
   * `twice`: a batch is delivered twice (only `follow`).
   */
  readonly how: 'before' | 'after' | 'late' | 'twice';
}

export class InjectedFault extends EventLogUnavailable {}

/** Delay of a late call, in turns of the event loop. */
const lateness = 7;

/** Waits for a number of turns of the event loop, the simulation's unit of time. */
export async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await nextTurn();
}

/** The faults to inject. After a crash all calls fail, so that the old engine no longer writes to its files. */
export class Faults {
  private pending: { at: Place; pass: number; how: Fault['how'] }[] = [];
  crashed = false;
  /** Number of faults injected so far. */
  injected = 0;

  set(faults: readonly Fault[]): void {
    this.pending = faults.map((fault) => ({ ...fault }));
  }

  /** Runs a call with the fault that is due at this place, if any. */
  async around<T>(at: Place, work: () => Promise<T>): Promise<T> {
    const how = this.due(at);
    if (how === 'late') await turns(lateness);
    if (how === 'before') throw new InjectedFault(`injected before ${at}`);
    this.assertAlive();
    const result = await work();
    this.assertAlive();
    if (how === 'after') throw new InjectedFault(`injected after ${at}`);
    return result;
  }

  /** Removes and returns the fault that is due at this place. */
  due(at: Place): Fault['how'] | undefined {
    const index = this.pending.findIndex((fault) => fault.at === at);
    const fault = this.pending[index];
    if (!fault) return undefined;
    if (fault.pass-- > 0) return undefined;
    this.pending.splice(index, 1);
    this.injected++;
    return fault.how;
  }

  private assertAlive(): void {
    if (this.crashed) throw new InjectedFault('the process has crashed');
  }
}

export class FaultyLog implements EventLog {
  constructor(
    private readonly inner: EventLog,
    private readonly faults: Faults,
    /** Called before every append. */
    private readonly onAppend: (stream: string, events: readonly NewEvent[]) => void,
  ) {}

  append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<AppendResult> {
    return this.faults.around('append', () => {
      this.onAppend(stream, events);
      return this.inner.append(stream, expected, events);
    });
  }

  readStream(stream: string, options?: { from?: number; limit?: number }): Promise<RecordedEvent[]> {
    return this.faults.around('readStream', () => this.inner.readStream(stream, options));
  }

  readAll(options?: { after?: Position; limit?: number }): Promise<RecordedEvent[]> {
    return this.faults.around('readAll', () => this.inner.readAll(options));
  }

  eventAt(position: Position): Promise<RecordedEvent | undefined> {
    return this.faults.around('readAll', () => this.inner.eventAt(position));
  }

  async *subscribe(after: Position | undefined, signal: AbortSignal): AsyncGenerator<RecordedEvent[]> {
    for await (const batch of this.inner.subscribe(after, signal)) {
      const how = this.faults.due('follow');
      if (how === 'late') await turns(lateness);
      if (how === 'before') throw new InjectedFault('injected before follow');
      yield batch;
      if (how === 'twice') yield batch;
      if (how === 'after') throw new InjectedFault('injected after follow');
    }
  }

  head(): Promise<Position | undefined> {
    return this.faults.around('head', () => this.inner.head());
  }

  lastEvent(): Promise<EventPlace | undefined> {
    return this.faults.around('head', () => this.inner.lastEvent());
  }

  lastRecordedAt(): Promise<Instant | undefined> {
    return this.faults.around('head', () => this.inner.lastRecordedAt());
  }

  close(): Promise<void> {
    return this.inner.close();
  }
}

export class FaultyStore implements VersionedStore {
  constructor(
    private readonly inner: VersionedStore,
    private readonly faults: Faults,
  ) {}

  views(): Promise<ViewInfo[]> {
    return this.inner.views();
  }

  createView(name: string, version: number, options?: ViewOptions): Promise<ViewId> {
    return this.inner.createView(name, version, options);
  }

  switchTo(view: ViewId, options?: SwitchOptions): Promise<void> {
    return this.inner.switchTo(view, options);
  }

  dropView(view: ViewId): Promise<void> {
    return this.inner.dropView(view);
  }

  commit(
    view: ViewId,
    versions: readonly Version[],
    checkpoint: { from: Position | undefined; to: Position },
  ): Promise<void> {
    return this.faults.around('commit', () => this.inner.commit(view, versions, checkpoint));
  }

  get(view: ReadView, key: string, asOf?: AsOf): Promise<Version | undefined> {
    return this.faults.around('get', () => this.inner.get(view, key, asOf));
  }

  list(view: ReadView, prefix: string, options?: ListOptions): Promise<Version[]> {
    return this.faults.around('list', () => this.inner.list(view, prefix, options));
  }

  listWritten(view: ReadView, prefix: string, options?: ListOptions): Promise<WrittenDocument[]> {
    return this.faults.around('list', () => this.inner.listWritten(view, prefix, options));
  }

  history(view: ReadView, key: string, asOf?: AsOf): Promise<Version[]> {
    return this.inner.history(view, key, asOf);
  }

  close(): Promise<void> {
    return this.inner.close();
  }
}

export class FaultyFiles implements FileStore {
  constructor(
    private readonly inner: FileStore,
    private readonly faults: Faults,
  ) {}

  put(content: string | Uint8Array): Promise<string> {
    return this.faults.around('put', () => this.inner.put(content));
  }

  get(hash: string): Promise<Buffer | undefined> {
    return this.inner.get(hash);
  }
}
