import { open } from 'node:fs/promises';

/** Brings a file's contents, or a folder's list of names, onto the disk: a rename lasts only after its folder is synced. */
export async function syncToDisk(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
