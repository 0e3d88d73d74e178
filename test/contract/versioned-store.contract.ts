import type { VersionedStore } from '../../src/kernel/versioned-store.js';
import { committing } from './versioned-store/committing.js';
import { generations } from './versioned-store/generations.js';
import { listing } from './versioned-store/listing.js';
import { timeTravel } from './versioned-store/time-travel.js';

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

/** What every versioned store must do. An adapter joins by one call from its spec. */
export function versionedStoreContract(
  name: string,
  capabilities: VersionedStoreCapabilities,
  open: () => Promise<OpenedVersionedStore>,
): void {
  describe(`${name} as a versioned store`, () => {
    let opened: OpenedVersionedStore;
    const subject = { capabilities } as Subject;

    beforeEach(async () => {
      opened = await open();
      subject.store = opened.store;
      subject.reopen = opened.reopen && (async () => (subject.store = await opened.reopen!()));
    });

    afterEach(async () => {
      await subject.store.close();
      await opened.remove?.();
    });

    describe('time travel', () => timeTravel(subject));
    describe('listing', () => listing(subject));
    describe('committing', () => committing(subject));
    describe('generations', () => generations(subject));
  });
}
