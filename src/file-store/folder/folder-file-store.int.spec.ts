import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { fileStoreContract } from '../../../test/contract/file-store.contract.js';
import { temporaryFolder, type TemporaryFolder } from '../../../test/temporary-folder.js';
import { FileDamaged } from '../../kernel/file-store.js';
import { FolderFileStore } from './folder-file-store.js';

fileStoreContract('FolderFileStore', async () => {
  const folder = await temporaryFolder();
  return { files: new FolderFileStore(folder.path('files')), remove: folder.remove };
});

describe('FolderFileStore', () => {
  let folder: TemporaryFolder;
  let files: FolderFileStore;
  beforeEach(async () => {
    folder = await temporaryFolder();
    files = new FolderFileStore(folder.path('files'));
  });
  afterEach(() => folder.remove());

  const pathOf = (hash: string) => folder.path('files', hash.slice(0, 2), hash.slice(2));

  it('stores a file unchanged under its hash, and leaves no temporary file', async () => {
    const hash = await files.put('something');
    expect(await readFile(pathOf(hash), 'utf8')).toBe('something');
    expect(await readdir(folder.path('files'), { recursive: true })).toEqual([
      hash.slice(0, 2),
      `${hash.slice(0, 2)}/${hash.slice(2)}`,
    ]);
  });

  it('reads a file that an earlier instance stored', async () => {
    const hash = await files.put('something');
    expect(String(await new FolderFileStore(folder.path('files')).get(hash))).toBe('something');
  });

  it.each(['', 'something else', 'somethin'])(
    'detects a damaged file (%j), and repairs it when it is stored again',
    async (bytes) => {
      const hash = await files.put('something');
      await writeFile(pathOf(hash), bytes);
      await expect(files.get(hash)).rejects.toThrow(FileDamaged);

      await files.put('something');
      expect(String(await files.get(hash))).toBe('something');
    },
  );

  it('removes the temporary file when it fails', async () => {
    const hash = await files.put('something');
    await folder.remove();
    // A folder with the name of the file makes the rename fail.
    await mkdir(pathOf(hash), { recursive: true });
    await writeFile(folder.path('files', hash.slice(0, 2), hash.slice(2), 'inside'), '');

    await expect(files.put('something')).rejects.toThrow();
    expect(await readdir(folder.path('files', hash.slice(0, 2)))).toEqual([hash.slice(2)]);
  });
});
