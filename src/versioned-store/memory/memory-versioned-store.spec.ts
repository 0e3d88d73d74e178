import { versionedStoreContract } from '../../../test/contract/versioned-store.contract.js';
import { MemoryVersionedStore } from './memory-versioned-store.js';

versionedStoreContract('MemoryVersionedStore', { durable: false }, async () => ({ store: new MemoryVersionedStore() }));
