import type { Browser } from 'playwright-core';
import { readConfig } from '../../src/config.js';
import { Loading } from '../../src/operations/loading.js';
import { run, type Running } from '../../src/start.js';
import { lishui, seedFiles } from '../support/seeds.js';
import { temporaryFolder, type TemporaryFolder } from '../temporary-folder.js';
import { openChromium, openPage } from './chromium.js';
import { signInAsAuditor } from './people.js';

const title = '丽水市民政事业发展“十四五”规划';

let folder: TemporaryFolder;
let browser: Browser;
let server: Running;
const loading = new Loading();

beforeAll(async () => {
  [folder, browser] = await Promise.all([temporaryFolder(), openChromium()]);
  loading.reach({ title, step: '准备', done: 0, total: 0 });
  server = await run(readConfig({}, { port: 0, data: folder.path('data'), demo: false }), undefined, loading);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await folder.remove();
});

it('the page shows what is being loaded, then by itself the plan', async () => {
  const { page, problems } = await openPage(browser, server.url);
  await signInAsAuditor(page.context(), server);
  await page.goto(`${server.url}/p/${lishui}`);
  const shown = page.getByTestId('loading');
  await shown.getByText(`正在装载：${title}`).waitFor();
  await shown.getByText('准备', { exact: true }).waitFor();
  expect(await page.locator('progress').getAttribute('value')).toBeNull();

  loading.reach({ title, step: '写入', done: 120, total: 480 });
  await shown.getByText('写入 120 / 480').waitFor();
  expect(await page.locator('progress').getAttribute('value')).toBe('120');
  expect(await page.locator('progress').getAttribute('max')).toBe('480');

  // All of the plan is there, but the start has not said so.
  await server.engine.submissions.submit(seedFiles(lishui));
  await server.engine.caughtUp();
  loading.reach({ title, step: '建立视图', done: 0, total: 0 });
  await shown.getByText('建立视图').waitFor();
  expect(await page.getByTestId('indicators').count()).toBe(0);

  loading.finish();
  await page.locator('[data-settled=true]').first().waitFor();
  await page.getByTestId('indicators').waitFor();
  expect(await shown.count()).toBe(0);
  expect(problems).toEqual([]);
});
