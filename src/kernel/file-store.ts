export const FILE_STORE = Symbol('FileStore');

/**
 * Content-addressed files: evidence, submissions and the full content of snapshots, each stored under the SHA-256 of
 * its bytes. Files are never changed or removed.
 */
export interface FileStore {
  /**
   * Stores a file and returns its SHA-256 (64 hex digits). Once the promise resolves, the file survives a crash of the
   * machine. Storing the same content again is a no-op.
   * @throws {FilesUnavailable}
   */
  put(content: string | Uint8Array): Promise<string>;
  /**
   * Reads a file by its SHA-256 (64 hex digits); undefined if there is none.
   * @throws {FileDamaged} the stored content does not match its hash
   * @throws {FilesUnavailable}
   */
  get(hash: string): Promise<Buffer | undefined>;
}

/** Files cannot be read or written now: the disk is full or failing, or there are no file handles. Repeat later. */
export class FilesUnavailable extends Error {
  override readonly name = 'FilesUnavailable';
}

export class FileDamaged extends Error {
  override readonly name = 'FileDamaged';
  constructor(readonly hash: string) {
    super(`the content of file ${hash} does not match its hash`);
  }
}

/** A file that an event names by its hash: what it contains, or that it is missing or damaged. */
export type StoredFile =
  { readonly state: 'intact'; readonly bytes: Buffer } | { readonly state: 'missing' | 'damaged' };

/** @throws {FilesUnavailable} */
export async function readStored(files: FileStore, hash: string): Promise<StoredFile> {
  try {
    const bytes = await files.get(hash);
    return bytes ? { state: 'intact', bytes } : { state: 'missing' };
  } catch (error) {
    if (error instanceof FileDamaged) return { state: 'damaged' };
    throw error;
  }
}
