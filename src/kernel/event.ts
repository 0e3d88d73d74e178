import type { Static, TObject } from '@sinclair/typebox';
import type { Position } from './position.js';
import type { JsonObject } from './json.js';
import type { Instant } from './time.js';

/** Who acted, as they were named at that time. Kept in the event: later changes of the person do not reach back. */
export interface Actor {
  readonly id: string;
  readonly name: string;
  /** The unit the person acted for (area code). */
  readonly unit?: string;
  readonly roles: readonly string[];
}

/** A document that a fact rests on. */
export interface Evidence {
  readonly title: string;
  /** Where in the document: a line, a page, a table. */
  readonly locator?: string;
  /** SHA-256 of the document's bytes, where they are known. */
  readonly sha256?: string;
  /** 文号 */
  readonly documentNumber?: string;
}

/** Who, why and from where: travels with every event and never in its data. */
export interface Metadata {
  readonly schemaVersion: number;
  readonly actor: Actor;
  readonly reason?: string;
  readonly evidence?: readonly Evidence[];
  readonly commandId: string;
  /** SHA-256 of the command's canonical JSON: tells a repeated command from another one under the same id. */
  readonly commandHash: string;
  readonly correlationId: string;
  readonly causationId?: string;
  /** Only where it differs from recorded time: 补录, a fact known before it was entered here. */
  readonly knownAt?: Instant;
  /** 示例数据: invented for demonstration, never to be shown as real. */
  readonly demo?: true;
}

/** What a decider decides: a fact, not yet recorded. */
export interface DomainEvent<Name extends string = string, Data = JsonObject> {
  readonly type: Name;
  readonly data: Data;
}

/** What a caller hands to the log. */
export interface NewEvent extends DomainEvent {
  /** UUID, fixed by the caller: an append repeated with the same ids is the same append. */
  readonly id: string;
  readonly metadata: Metadata;
}

/** What the log gives back. */
export interface RecordedEvent extends NewEvent {
  readonly stream: string;
  /** 0-based place in its stream. */
  readonly revision: number;
  readonly position: Position;
  /** Set by the log, never decreasing. */
  readonly recordedAt: Instant;
  /** `metadata.knownAt`, or recorded time where that is absent. */
  readonly knownAt: Instant;
}

/** As a fold sees an event: its data typed, its metadata along. */
export type Recorded<Event extends DomainEvent> = Event & Omit<RecordedEvent, 'type' | 'data'>;

/** From version n to n + 1: pure, total on every sample of version n ever released. */
export type Upcast = (data: JsonObject) => JsonObject;

/**
 * An event type is a value: the validation, the documentation and the tests read the same list.
 * **These are the stored format.** A released one changes only by a new version with an upcast from the one before.
 */
export interface EventType<Name extends string = string, Schema extends TObject = TObject> {
  readonly name: Name;
  /** What the trail calls it, for the bureau's people. */
  readonly label: string;
  readonly version: number;
  /** One line for the reader of the catalogue. */
  readonly meaning: string;
  readonly schema: Schema;
  readonly example: Static<Schema>;
  /** `upcasts[n]` lifts data of version n to version n + 1; one for every version before the present one. */
  readonly upcasts: Readonly<Record<number, Upcast>>;
  of(data: Static<Schema>): DomainEvent<Name, Static<Schema>>;
}

export function defineEvent<Name extends string, Schema extends TObject>(type: {
  name: Name;
  label: string;
  version?: number;
  meaning: string;
  schema: Schema;
  example: Static<Schema>;
  upcasts?: Record<number, Upcast>;
}): EventType<Name, Schema> {
  return { version: 1, upcasts: {}, ...type, of: (data) => ({ type: type.name, data }) };
}

/** The union of a slice's events, inferred from its catalogue. */
export type EventOf<Types extends readonly EventType[]> = {
  [Index in keyof Types]: Types[Index] extends EventType<infer Name, infer Schema>
    ? DomainEvent<Name, Static<Schema>>
    : never;
}[number];
