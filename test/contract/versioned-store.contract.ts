import { committing } from './versioned-store/committing.js';
import { generations } from './versioned-store/generations.js';
import { listing } from './versioned-store/listing.js';
import { timeTravel } from './versioned-store/time-travel.js';
import type { VersionedStoreCapabilities, OpenedVersionedStore, Subject } from './versioned-store/subject.js';

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
