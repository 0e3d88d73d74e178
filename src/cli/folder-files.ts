import { isUtf8 } from 'node:buffer';
import { existsSync, statSync } from 'node:fs';
import { readFolder } from '../submissions/read-folder.js';
import { UsageError } from './session.js';

/** The files of a folder as they are sent, by name. */
export type Files = Readonly<Record<string, string | { readonly base64: string }>>;

/**
 * The files of a plan folder, and the names of the subfolders that were not read.
 * @throws {UsageError} there is no such folder
 */
export function filesIn(folder: string): { readonly files: Files; readonly passedOver: readonly string[] } {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) throw new UsageError(`没有文件夹 ${folder}`);
  const passedOver: string[] = [];
  const contents = Object.entries(readFolder(folder, (name) => passedOver.push(name)));
  return { files: Object.fromEntries(contents.map(([name, bytes]) => [name, sent(bytes)])), passedOver };
}

/** UTF-8 travels as text, which is shorter; anything else as it is, for the server to find out what it is. */
const sent = (bytes: Uint8Array) =>
  isUtf8(bytes) ? Buffer.from(bytes).toString('utf8') : { base64: Buffer.from(bytes).toString('base64') };
