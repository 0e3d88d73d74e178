import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { FileDamaged, FilesUnavailable, type FileStore } from '../../kernel/file-store.js';
import { sha256 } from '../../kernel/json.js';
import { syncToDisk } from './sync.js';

/**
 * Stores files in a folder under their hash, `ab/cdef…`; the two levels keep folders small. A file is written under a
 * temporary name and then renamed, so a file under its hash is complete. Storing a file again repairs a damaged one.
 */
export class FolderFileStore implements FileStore {
  constructor(private readonly folder: string) {}

  async put(content: string | Uint8Array): Promise<string> {
    const hash = sha256(content);
    const { folder, path } = this.place(hash);
    const unfinished = join(folder, `${randomUUID()}.tmp`);
    try {
      await mkdir(folder, { recursive: true });
      await writeDurably(unfinished, content);
      await rename(unfinished, path);
      // The rename is durable once the file's folder is synced; the folder itself, once its parent folder is synced.
      await syncToDisk(folder);
      await syncToDisk(this.folder);
    } catch (cause) {
      await rm(unfinished, { force: true }).catch(() => undefined);
      throw new FilesUnavailable(String(cause), { cause });
    }
    return hash;
  }

  async get(hash: string): Promise<Buffer | undefined> {
    // Not a hash, so no such file exists. It must not become part of a path.
    if (!/^[0-9a-f]{64}$/.test(hash)) return undefined;
    const content = await readFile(this.place(hash).path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw new FilesUnavailable(String(error), { cause: error });
    });
    if (content && sha256(content) !== hash) throw new FileDamaged(hash);
    return content;
  }

  private place(hash: string): { folder: string; path: string } {
    const folder = join(this.folder, hash.slice(0, 2));
    return { folder, path: join(folder, hash.slice(2)) };
  }
}

async function writeDurably(path: string, content: string | Uint8Array): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}
