export const FILE_STORE = Symbol('FileStore');

/** Files by the SHA-256 of their bytes: evidence, submissions, the full content of snapshots. Never changed, never removed. */
export interface FileStore {
  /**
   * Durable once it resolves; the same content twice is one file. Returns the hash (64 hex digits).
   * @throws {FilesUnavailable}
   */
  put(content: string | Uint8Array): Promise<string>;
  /**
   * @throws {FileDamaged} what is stored no longer matches its name
   * @throws {FilesUnavailable}
   */
  get(hash: string): Promise<Buffer | undefined>;
}

/** The system does not let files be read or written now: no space, no file handles, a failing disk. Repeat it later. */
export class FilesUnavailable extends Error {
  override readonly name = 'FilesUnavailable';
}

export class FileDamaged extends Error {
  override readonly name = 'FileDamaged';
  constructor(hash: string) {
    super(`file ${hash} no longer matches its hash`);
  }
}
