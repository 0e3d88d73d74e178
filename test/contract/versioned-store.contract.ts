import type { VersionedStore } from '../../src/kernel/versioned-store.js';
import { committing } from './versioned-store/committing.js';
import { generations } from './versioned-store/generations.js';
import { listing } from './versioned-store/listing.js';
import { timeTravel } from './versioned-store/time-travel.js';

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

/** The behaviour of every versioned store. An adapter's spec calls this once. */
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
