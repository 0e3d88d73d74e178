import { rm, writeFile } from 'node:fs/promises';
import { lishui } from '../../test/support/seeds.js';
import { startTestServer, type TestServer } from '../../test/support/server.js';
import { temporaryFolder, type TemporaryFolder } from '../../test/temporary-folder.js';
import { FolderFileStore } from '../file-store/folder/folder-file-store.js';
import { toInstant } from '../kernel/time.js';
import { composeSheets, storeSheets, type StoredSheets } from './stored-sheets.js';
import { verifySheets, type SheetsVerification } from './verify-sheets.js';

/** What the verification of 考核 sheets says of files that are intact, altered, damaged or missing. */

let server: TestServer;
let folder: TemporaryFolder;
let files: FolderFileStore;
let sheets: StoredSheets;

beforeAll(async () => {
  server = await startTestServer();
  folder = await temporaryFolder();
  files = new FolderFileStore(folder.path('files'));
  const asOf = toInstant(Date.now());
  sheets = await composeSheets(server.engine.views, lishui, '2022', asOf);
}, 60_000);
afterAll(async () => {
  await server.close();
  await folder.remove();
});

const placeOf = (hash: string) => folder.path('files', hash.slice(0, 2), hash.slice(2));

/** Stores sheets as those of an event, lets something happen to the file, and verifies them. */
async function verified(
  content: StoredSheets,
  happens: (hash: string) => Promise<void> = () => Promise.resolve(),
): Promise<SheetsVerification> {
  const { period, asOf, contentHash } = await storeSheets(files, content);
  await happens(contentHash);
  return verifySheets({ views: server.engine.views, files }, lishui, { period, asOf, contentHash });
}

it('sheets that nobody altered are reproduced, and nothing differs', async () => {
  const found = await verified(sheets);
  expect(found).toMatchObject({ stored: 'intact', reproduced: true, recomputedHash: found.contentHash });
  expect(found).not.toHaveProperty('difference');
});

it('the first place that differs from what is computed is named', async () => {
  const [first, ...others] = sheets.sheets;
  const [item, ...items] = first!.items;
  const altered = { ...sheets, sheets: [{ ...first!, items: [{ ...item!, points: '0.1' }, ...items] }, ...others] };
  const found = await verified(altered);
  expect(found).toMatchObject({ stored: 'intact', reproduced: false, difference: '/sheets/0/items/0/points' });
  expect(found.recomputedHash).not.toBe(found.contentHash);
});

it('a file whose bytes were changed is damaged, and the sheets are reproduced all the same', async () => {
  const found = await verified(sheets, (hash) => writeFile(placeOf(hash), '{}'));
  expect(found).toMatchObject({ stored: 'damaged', reproduced: true });
  await rm(placeOf(found.contentHash));
});

it('a file that is gone is missing', async () => {
  expect(await verified(sheets, (hash) => rm(placeOf(hash)))).toMatchObject({ stored: 'missing', reproduced: true });
});
