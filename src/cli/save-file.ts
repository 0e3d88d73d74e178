import { writeFileSync } from 'node:fs';
import { UsageError } from './session.js';

/** @throws {UsageError} the file cannot be written */
export function saveFile(file: string, bytes: Buffer): void {
  try {
    writeFileSync(file, bytes);
  } catch (error) {
    throw new UsageError(`写不了 ${file}：${(error as Error).message}`);
  }
}
