import { plausibleFolder, warningsIn } from '../../test/support/plausible-folder.js';

it('a folder in which nothing contradicts anything is not warned of', async () => {
  expect(await warningsIn(plausibleFolder())).toEqual([]);
});
