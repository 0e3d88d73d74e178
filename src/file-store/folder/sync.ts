import { open } from 'node:fs/promises';

/**
 * Syncs a file, or the entries of a folder, to the disk (fsync). A rename is durable only after its folder is synced.
 */
export async function syncToDisk(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
