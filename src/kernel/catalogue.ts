import { TypeCompiler, type TypeCheck } from '@sinclair/typebox/compiler';
import type { TObject } from '@sinclair/typebox';
import { withChanges, type EventLog } from './event-log.js';
import type { EventType, NewEvent, RecordedEvent } from './event.js';
import { NotJsonError, assertStrictJson } from './json.js';

/** The log holds an event that this program cannot read. Reading stops at it: skipping it would falsify history. */
export class UnreadableEvent extends Error {
  override readonly name = 'UnreadableEvent';
  constructor(
    readonly position: string,
    readonly why: string,
    options?: ErrorOptions,
  ) {
    super(`event at position ${position}: ${why}`, options);
  }
}

/**
 * An event whose type, version or data the catalogue does not allow. It is a defect of the program and is not stored.
 */
export class UncataloguedEvent extends Error {
  override readonly name = 'UncataloguedEvent';
}

export const CATALOGUE = Symbol('Catalogue');

/** All event types by name, with their compiled schema checks and their upcasts. */
export class Catalogue {
  private readonly entries = new Map<string, { type: EventType; check: TypeCheck<TObject> }>();

  constructor(types: readonly EventType[]) {
    for (const type of types) {
      if (this.entries.has(type.name)) throw new Error(`event type ${type.name} is defined twice`);
      for (let version = 1; version < type.version; version++) {
        if (!type.upcasts[version]) throw new Error(`event type ${type.name} has no upcast from version ${version}`);
      }
      for (const version of Object.keys(type.upcasts)) {
        if (!(Number(version) >= 1 && Number(version) < type.version)) {
          throw new Error(
            `event type ${type.name} has an upcast from version ${version}, but its current version is ${type.version}`,
          );
        }
      }
      this.entries.set(type.name, { type, check: TypeCompiler.Compile(type.schema) });
    }
  }

  get types(): EventType[] {
    return [...this.entries.values()].map((entry) => entry.type);
  }

  versionOf(name: string): number {
    return this.entry(name).type.version;
  }

  /**
   * @throws {UncataloguedEvent} unknown type, not the current version, data that does not fit the schema or strict JSON
   */
  assertStorable(event: NewEvent): void {
    const { type, check } = this.entry(event.type);
    if (event.metadata.schemaVersion !== type.version) {
      throw new UncataloguedEvent(
        `${event.type}: version ${event.metadata.schemaVersion} given, the current version is ${type.version}`,
      );
    }
    if (!check.Check(event.data)) {
      const first = check.Errors(event.data).First();
      throw new UncataloguedEvent(`${event.type}${first?.path ?? ''}: ${first?.message ?? 'does not fit its schema'}`);
    }
    try {
      assertStrictJson(event.data);
    } catch (error) {
      if (error instanceof NotJsonError) throw new UncataloguedEvent(`${event.type}: ${error.message}`);
      throw error;
    }
  }

  /**
   * Upcasts an event to the current version of its type. The stored bytes do not change.
   * @throws {UnreadableEvent} unknown type, newer version, failed upcast, or upcast data that does not fit the schema
   */
  read(event: RecordedEvent): RecordedEvent {
    const entry = this.entries.get(event.type);
    if (!entry) throw new UnreadableEvent(event.position, `unknown type ${event.type}`);
    const { type, check } = entry;
    const stored = event.metadata.schemaVersion;
    if (stored === type.version) return event;
    if (!(stored >= 1 && stored < type.version)) {
      throw new UnreadableEvent(
        event.position,
        `${event.type} version ${stored}, this program knows up to ${type.version}`,
      );
    }
    let data = event.data;
    for (let version = stored; version < type.version; version++) {
      try {
        data = type.upcasts[version]!(data);
      } catch (cause) {
        const why = `${event.type} version ${stored}: the upcast from version ${version} failed: ${String(cause)}`;
        throw new UnreadableEvent(event.position, why, { cause });
      }
    }
    if (!check.Check(data)) {
      throw new UnreadableEvent(
        event.position,
        `${event.type} version ${stored} does not fit version ${type.version} after upcasting`,
      );
    }
    return { ...event, data, metadata: { ...event.metadata, schemaVersion: type.version } };
  }

  private entry(name: string) {
    const entry = this.entries.get(name);
    if (!entry) throw new UncataloguedEvent(`${name} is not in the catalogue`);
    return entry;
  }
}

/** Wraps a log: appends are checked against the catalogue, and every event read is upcast to its current version. */
export function catalogued(log: EventLog, catalogue: Catalogue): EventLog {
  const read = (events: RecordedEvent[]) => events.map((event) => catalogue.read(event));
  return withChanges(log, {
    append: async (stream, expected, events) => {
      for (const event of events) catalogue.assertStorable(event);
      return log.append(stream, expected, events);
    },
    eventAt: async (position) => {
      const event = await log.eventAt(position);
      return event && catalogue.read(event);
    },
    readStream: async (stream, options) => read(await log.readStream(stream, options)),
    readAll: async (options) => read(await log.readAll(options)),
    async *subscribe(after, signal) {
      for await (const events of log.subscribe(after, signal)) yield read(events);
    },
  });
}
