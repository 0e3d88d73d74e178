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

  it('stores a file as it is, under its hash, and leaves nothing else behind', async () => {
    const hash = await files.put('something');
    expect(await readFile(pathOf(hash), 'utf8')).toBe('something');
    expect(await readdir(folder.path('files'), { recursive: true })).toEqual([
      hash.slice(0, 2),
      `${hash.slice(0, 2)}/${hash.slice(2)}`,
    ]);
  });

  it('finds what an earlier one stored', async () => {
    const hash = await files.put('something');
    expect(String(await new FolderFileStore(folder.path('files')).get(hash))).toBe('something');
  });

  it.each(['', 'something else', 'somethin'])(
    'tells a damaged file (%j), and mends it when it is put again',
    async (bytes) => {
      const hash = await files.put('something');
      await writeFile(pathOf(hash), bytes);
      await expect(files.get(hash)).rejects.toThrow(FileDamaged);

      await files.put('something');
      expect(String(await files.get(hash))).toBe('something');
    },
  );

  it('clears away what it could not finish', async () => {
    const hash = await files.put('something');
    await folder.remove();
    // A folder stands where the file should.
    await mkdir(pathOf(hash), { recursive: true });
    await writeFile(folder.path('files', hash.slice(0, 2), hash.slice(2), 'inside'), '');

    await expect(files.put('something')).rejects.toThrow();
    expect(await readdir(folder.path('files', hash.slice(0, 2)))).toEqual([hash.slice(2)]);
  });
});
