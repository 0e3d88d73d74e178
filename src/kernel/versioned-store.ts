import type { Position } from './position.js';
import type { JsonValue, WrittenJson } from './json.js';
import type { Instant } from './time.js';

/** A moment to read at: what was known by then, in the log as it stood then. Absent: no bound. Both include the moment. */
export interface AsOf {
  readonly knownAt?: Instant;
  readonly position?: Position;
}

/** One version of a document: the state right after the event at `position`, known from `knownAt` on. */
export interface Version<Body = JsonValue> {
  readonly key: string;
  readonly position: Position;
  readonly knownAt: Instant;
  readonly body: Body;
}

/** A document whose reader passes it on as it is. */
export interface WrittenDocument<Body = JsonValue> {
  readonly key: string;
  readonly body: WrittenJson<Body>;
}

/** One build of a projection's documents. A rebuild makes the next generation beside the live one. */
export interface ViewId {
  readonly name: string;
  readonly generation: number;
}

export interface ViewInfo extends ViewId {
  /** The projection version that built it. */
  readonly version: number;
  readonly checkpoint: Position | undefined;
  readonly live: boolean;
}

/** Whichever generation is live, for who understands what a projection of this version writes. */
export interface LiveView {
  readonly name: string;
  readonly version: number;
}

/** A view to read from: a generation, or the one that is live; a bare name asks for no version. */
export type ReadView = string | LiveView | ViewId;

export interface ViewOptions {
  /** No document ever has a second version: a store may keep such a view more cheaply, and refuses a second one. */
  readonly once?: true;
}

export interface SwitchOptions {
  /**
   * Refuses where the live generation has come further than the one to be switched to, so that readers never go back in
   * time while somebody else keeps writing the live one.
   */
  readonly notBehind?: true;
}

export interface ListOptions {
  readonly asOf?: AsOf;
  /** Only keys greater than this one: the cursor of the page before. */
  readonly after?: string;
  readonly limit?: number;
}

export const VERSIONED_STORE = Symbol('VersionedStore');

/**
 * Documents by key, each kept in all its versions. A document is fed by one stream, so along its versions both times
 * only grow, and reading as of any moment is one index search, whatever the length of the history.
 * Reads name a view: a name without a live generation reads as empty, a live one of another version than asked for is
 * refused (`ViewOfAnotherVersion`), and so is a generation that is not there (`UnknownView`).
 * Every call may find the store damaged (`StoreDamaged`) or out of reach (`StoreUnavailable`).
 */
export interface VersionedStore {
  /** All generations of all views. */
  views(): Promise<ViewInfo[]>;
  /** A new, empty generation: live at once if the name has no live one, else beside it. */
  createView(name: string, version: number, options?: ViewOptions): Promise<ViewId>;
  /**
   * Makes a generation the live one and drops every other of its name, in one step.
   * @throws {CheckpointConflict} it is behind the live one, and must not be; `expected` is where the live one stands
   */
  switchTo(view: ViewId, options?: SwitchOptions): Promise<void>;
  dropView(view: ViewId): Promise<void>;

  /**
   * Stores versions and moves the checkpoint in one transaction. A version that is already there (same key and
   * position) stays as it is.
   * @throws {CheckpointConflict} the checkpoint is not at `from`: somebody else projected these events
   * @throws {SecondVersion} of a document of a view that has each once
   */
  commit(
    view: ViewId,
    versions: readonly Version[],
    checkpoint: { from: Position | undefined; to: Position },
  ): Promise<void>;

  get(view: ReadView, key: string, asOf?: AsOf): Promise<Version | undefined>;
  /** The documents whose key starts with `prefix`, in key order (by code point), each as of the moment. */
  list(view: ReadView, prefix: string, options?: ListOptions): Promise<Version[]>;
  /** The same, without reading the bodies. */
  listWritten(view: ReadView, prefix: string, options?: ListOptions): Promise<WrittenDocument[]>;
  /** Every version of one document up to the moment, oldest first. */
  history(view: ReadView, key: string, asOf?: AsOf): Promise<Version[]>;

  close(): Promise<void>;
}

/** The store holds something else than what was written into it. Views can be made again, so no reader has to put up with it. */
export class StoreDamaged extends Error {
  override readonly name = 'StoreDamaged';
}

export const SCRATCH_STORE = Symbol('OpenStore');

/** Opens an empty store for work that is thrown away, such as the verification of a snapshot. */
export type OpenStore = () => VersionedStore;

export const STORE_HEALTH = Symbol('StoreHealth');

export interface StoreHealth {
  /** Set once the store was found damaged. */
  readonly damage: StoreDamaged | undefined;
}

/** The log was moved, or another one put in its place, and the views of the old one were left behind. */
export class ViewsOfAnotherLog extends Error {
  override readonly name = 'ViewsOfAnotherLog';
  constructor() {
    super('the views were made of another log, in which the same events have other positions');
  }
}

/**
 * The store cannot be reached, or takes nothing, now; the message says what has to pass. Nothing is lost: ask again. A
 * commit that ends so may have been made: then the same one, repeated, finds the checkpoint where it was to be moved.
 */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/** A projector of another version of the program made the view. Nobody reads documents that may mean something else to him. */
export class ViewOfAnotherVersion extends Error {
  override readonly name = 'ViewOfAnotherVersion';
  constructor({ name, version }: LiveView, found: number) {
    super(`another version of the program (${found}, not ${version}) made the view ${name}`);
  }
}

/** @throws {ViewOfAnotherVersion} */
export function assertVersion(view: ReadView, found: number): void {
  if (typeof view === 'object' && 'version' in view && view.version !== found)
    throw new ViewOfAnotherVersion(view, found);
}

/** Whether one generation is asked for, and not whichever is live. */
export const isGeneration = (view: ReadView): view is ViewId => typeof view === 'object' && 'generation' in view;

/** Of whichever is asked for. */
export const nameOf = (view: ReadView): string => (typeof view === 'string' ? view : view.name);

export class CheckpointConflict extends Error {
  override readonly name = 'CheckpointConflict';
  constructor(
    view: ViewId,
    readonly expected: Position | undefined,
    readonly actual: Position | undefined,
  ) {
    super(`view ${view.name}@${view.generation} stands at ${actual ?? 'the start'}, not at ${expected ?? 'the start'}`);
  }
}

export class SecondVersion extends Error {
  override readonly name = 'SecondVersion';
  constructor(view: ViewId, key: string) {
    super(`${key} already has its one version in view ${view.name}@${view.generation}`);
  }
}

export class UnknownView extends Error {
  override readonly name = 'UnknownView';
}
