import type { VersionedStore } from '../../../src/kernel/versioned-store.js';

/** Ways in which adapters may differ. The contract checks that each adapter behaves as declared. */
export interface VersionedStoreCapabilities {
  /** Documents survive a restart: the adapter can be reopened. */
  readonly durable: boolean;
}

export interface OpenedVersionedStore {
  readonly store: VersionedStore;
  /** Closes it and opens the same store again. */
  reopen?(): Promise<VersionedStore>;
  /** Removes files, after the store was closed. */
  remove?(): Promise<void>;
}

/** The store under test: a new, empty one for each test. */
export interface Subject {
  readonly capabilities: VersionedStoreCapabilities;
  store: VersionedStore;
  reopen: (() => Promise<VersionedStore>) | undefined;
}
