import type { Position } from './position.js';
import type { JsonValue, WrittenJson } from './json.js';
import type { Instant } from './time.js';

/**
 * The moment to read as of: only versions with a known time up to and including `knownAt`, and a position up to and
 * including `position`. An absent bound does not restrict.
 */
export interface AsOf {
  readonly knownAt?: Instant;
  readonly position?: Position;
}

/** One version of a document: its state after the event at `position`, valid from known time `knownAt` on. */
export interface Version<Body = JsonValue> {
  readonly key: string;
  readonly position: Position;
  readonly knownAt: Instant;
  readonly body: Body;
}

/** A document with its body as serialised JSON, for callers that pass it on without parsing. */
export interface WrittenDocument<Body = JsonValue> {
  readonly key: string;
  readonly body: WrittenJson<Body>;
}

/**
 * One generation of a view, which holds the documents of a projection. A rebuild creates a generation beside the live
 * one.
 */
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

/** The live generation of a view, on condition that projection version `version` built it. */
export interface LiveView {
  readonly name: string;
  readonly version: number;
}

/** The view to read from: the live generation by name (any version), by name and version, or a given generation. */
export type ReadView = string | LiveView | ViewId;

export interface ViewOptions {
  /** Documents have exactly one version each. A store may use a cheaper layout, and refuses a second version. */
  readonly once?: true;
}

export interface SwitchOptions {
  /**
   * Refuses the switch if the live generation's checkpoint is after that of the new one, so that readers never go back
   * in time while another process keeps writing the live one.
   */
  readonly notBehind?: true;
}

export interface ListOptions {
  readonly asOf?: AsOf;
  /** Only keys beyond this one, in the order of the list: the last key of the previous page. */
  readonly after?: string;
  /** From the last key to the first. */
  readonly reverse?: boolean;
  readonly limit?: number;
}

export const VERSIONED_STORE = Symbol('VersionedStore');

/**
 * Stores the read model: documents by key, with all their versions. A document is built from one stream, so position
 * and known time never decrease from version to version. Reading as of any moment therefore takes one index search,
 * however long the history is.
 *
 * A read names a view. A view without a live generation reads as empty. If the live generation has another version than
 * asked for, the read throws `ViewOfAnotherVersion`; if the given generation does not exist, `UnknownView`.
 * Every method may throw `StoreDamaged` or `StoreUnavailable`.
 */
export interface VersionedStore {
  /** All generations of all views. */
  views(): Promise<ViewInfo[]>;
  /** Creates an empty generation. It becomes live at once if the view has no live generation. */
  createView(name: string, version: number, options?: ViewOptions): Promise<ViewId>;
  /**
   * Makes a generation live and drops all other generations of the view, atomically.
   * @throws {CheckpointConflict} with `notBehind`: it is behind the live generation, whose checkpoint is `expected`
   * @throws {UnknownView} the generation does not exist
   */
  switchTo(view: ViewId, options?: SwitchOptions): Promise<void>;
  dropView(view: ViewId): Promise<void>;

  /**
   * Stores versions and moves the checkpoint in one transaction. A version that already exists (same key and position)
   * is kept.
   * @throws {CheckpointConflict} the checkpoint is not at `from`: another projector processed these events
   * @throws {SecondVersion} the document already has a version, in a view created with `once`
   */
  commit(
    view: ViewId,
    versions: readonly Version[],
    checkpoint: { from: Position | undefined; to: Position },
  ): Promise<void>;

  /** The latest version of a document as of a moment. */
  get(view: ReadView, key: string, asOf?: AsOf): Promise<Version | undefined>;
  /** The documents whose key starts with `prefix`, ordered by key (by code point), each as of a moment. */
  list(view: ReadView, prefix: string, options?: ListOptions): Promise<Version[]>;
  /** Like `list`, but returns the bodies as serialised JSON. */
  listWritten(view: ReadView, prefix: string, options?: ListOptions): Promise<WrittenDocument[]>;
  /** All versions of one document up to a moment, oldest first. */
  history(view: ReadView, key: string, asOf?: AsOf): Promise<Version[]>;

  close(): Promise<void>;
}

/**
 * The stored data is not what was written. It is not returned to readers, because views can be rebuilt from the log.
 */
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

/** The views were built from another log: the log was copied to another store or replaced, and the views were kept. */
export class ViewsOfAnotherLog extends Error {
  override readonly name = 'ViewsOfAnotherLog';
  constructor() {
    super('the views were built from another log, in which the same events have other positions');
  }
}

/**
 * The store cannot be reached, or does not accept writes now; the message names the cause. Repeat the call later. A
 * commit that fails with this error may have succeeded; repeating it then throws `CheckpointConflict` with `actual` at
 * its `to`.
 */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/**
 * The live view was built by another projection version, so its documents may have another meaning. They are not read.
 */
export class ViewOfAnotherVersion extends Error {
  override readonly name = 'ViewOfAnotherVersion';
  constructor({ name, version }: LiveView, found: number) {
    super(`view ${name} was built by another version of the program (${found}, not ${version})`);
  }
}

/** @throws {ViewOfAnotherVersion} a version is asked for, and `found` is another one */
export function assertVersion(view: ReadView, found: number): void {
  if (typeof view === 'object' && 'version' in view && view.version !== found)
    throw new ViewOfAnotherVersion(view, found);
}

/** Whether a given generation is to be read, not the live one. */
export const isGeneration = (view: ReadView): view is ViewId => typeof view === 'object' && 'generation' in view;

/** The name of the view to be read. */
export const nameOf = (view: ReadView): string => (typeof view === 'string' ? view : view.name);

export class CheckpointConflict extends Error {
  override readonly name = 'CheckpointConflict';
  constructor(
    view: ViewId,
    readonly expected: Position | undefined,
    readonly actual: Position | undefined,
  ) {
    super(
      `checkpoint of view ${view.name}@${view.generation} is ${actual ?? 'the start'}, expected ${expected ?? 'the start'}`,
    );
  }
}

export class SecondVersion extends Error {
  override readonly name = 'SecondVersion';
  constructor(view: ViewId, key: string) {
    super(
      `document ${key} already has a version in view ${view.name}@${view.generation}, which allows one per document`,
    );
  }
}

/** The generation does not exist. */
export class UnknownView extends Error {
  override readonly name = 'UnknownView';
}
