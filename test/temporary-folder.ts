import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TemporaryFolder {
  path(...names: string[]): string;
  remove(): Promise<void>;
}

export async function temporaryFolder(): Promise<TemporaryFolder> {
  const folder = await mkdtemp(join(tmpdir(), 'tongjian-'));
  return {
    path: (...names) => join(folder, ...names),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
