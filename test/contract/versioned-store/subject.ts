import type { VersionedStore } from '../../../src/kernel/versioned-store.js';

/** In what adapters may differ. Each is held to what it declares, either way. */
export interface VersionedStoreCapabilities {
  /** Documents survive a restart: the adapter can be reopened. */
  readonly durable: boolean;
}

export interface OpenedVersionedStore {
  readonly store: VersionedStore;
  /** Closes it and opens the same store again. */
  reopen?(): Promise<VersionedStore>;
  /** Whatever is left to be cleared away; the store itself was closed before. */
  remove?(): Promise<void>;
}

/** The store under test: a new, empty one for each test. */
export interface Subject {
  readonly capabilities: VersionedStoreCapabilities;
  store: VersionedStore;
  reopen: (() => Promise<VersionedStore>) | undefined;
}
