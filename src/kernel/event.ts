import type { Static, TObject } from '@sinclair/typebox';
import type { Position } from './position.js';
import type { JsonObject } from './json.js';
import type { Instant } from './time.js';

/**
 * How an actor reached the system: a person at the page or with a token, a plan folder that names who did what, or the
 * operator of the machine itself. Events from before there was sign-in say nothing.
 */
export type Means = 'web' | 'token' | 'import' | 'operator';

/**
 * Who acted, with unit and roles as of that time; later changes of the person do not affect it. Persons who sign in are
 * named by their opaque id only, their names are in the directory.
 */
export interface Actor {
  readonly id: string;
  /** Of a person who signs in, the id: wherever it is shown, the directory's name is put in for it. */
  readonly name: string;
  /** The unit the person acted for (area code). */
  readonly unit?: string;
  /** The roles in force over what the command is about. */
  readonly roles: readonly string[];
  readonly means?: Means;
  /** The grants of these roles, by their ids. */
  readonly grants?: readonly string[];
  /** The token with which a program acted. */
  readonly token?: string;
  /** With a token: all that it lets through of what the roles give. */
  readonly permissions?: readonly string[];
}

/** A document that supports a fact. */
export interface Evidence {
  readonly title: string;
  /** Where in the document: a line, a page, a table. */
  readonly locator?: string;
  /** SHA-256 of the document's bytes (64 hex digits), if the bytes are available. */
  readonly sha256?: string;
  /** 文号 */
  readonly documentNumber?: string;
}

/** Who recorded an event, why, and by which command. Stored with every event, apart from its data. */
export interface Metadata {
  readonly schemaVersion: number;
  readonly actor: Actor;
  readonly reason?: string;
  readonly evidence?: readonly Evidence[];
  readonly commandId: string;
  /**
   * SHA-256 of the command's canonical JSON. Distinguishes a repeated command from a different one with the same id.
   */
  readonly commandHash: string;
  readonly correlationId: string;
  readonly causationId?: string;
  /** Set only for 补录 (backfill): a fact that was known before it was recorded. */
  readonly knownAt?: Instant;
  /** 示例数据: invented for demonstration, never to be shown as real. */
  readonly demo?: true;
}

/** An event as a decider returns it, not yet recorded. */
export interface DomainEvent<Name extends string = string, Data = JsonObject> {
  readonly type: Name;
  readonly data: Data;
}

/** An event as the caller gives it to `EventLog.append`. */
export interface NewEvent extends DomainEvent {
  /** UUID set by the caller. It makes appends idempotent: the same ids again are the same append. */
  readonly id: string;
  readonly metadata: Metadata;
}

/** An event as the log returns it. */
export interface RecordedEvent extends NewEvent {
  readonly stream: string;
  /** 0-based place in its stream. */
  readonly revision: number;
  readonly position: Position;
  /** Set by the log; never decreases with the position. */
  readonly recordedAt: Instant;
  /** `metadata.knownAt`, by default `recordedAt`. */
  readonly knownAt: Instant;
}

/** A recorded event with typed data, as `evolve` receives it. */
export type Recorded<Event extends DomainEvent> = Event & Omit<RecordedEvent, 'type' | 'data'>;

/** Upcasts event data from version n to n + 1. It must be pure and work for every event of version n ever released. */
export type Upcast = (data: JsonObject) => JsonObject;

/**
 * An event type. Validation, documentation and tests use the same list of these values. **The schema is the stored
 * format.** Changing a released one needs a new version and an upcast from the version before.
 */
export interface EventType<Name extends string = string, Schema extends TObject = TObject> {
  readonly name: Name;
  /** Name of the event in the audit trail (Chinese). */
  readonly label: string;
  readonly version: number;
  /** One line for the event catalogue (docs/events.md). */
  readonly meaning: string;
  readonly schema: Schema;
  readonly example: Static<Schema>;
  /** `upcasts[n]` upcasts data of version n to version n + 1. There is one for every version before the current one. */
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

/** The union of a slice's events, inferred from its list of event types. */
export type EventOf<Types extends readonly EventType[]> = {
  [Index in keyof Types]: Types[Index] extends EventType<infer Name, infer Schema>
    ? DomainEvent<Name, Static<Schema>>
    : never;
}[number];
