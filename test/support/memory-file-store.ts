import type { FileStore } from '../../src/kernel/file-store.js';
import { sha256 } from '../../src/kernel/json.js';

/** In-memory file store for tests. */
export class MemoryFileStore implements FileStore {
  private readonly files = new Map<string, Buffer>();

  async put(content: string | Uint8Array): Promise<string> {
    const hash = sha256(content);
    this.files.set(hash, Buffer.from(content));
    return hash;
  }

  async get(hash: string): Promise<Buffer | undefined> {
    return this.files.get(hash);
  }
}
