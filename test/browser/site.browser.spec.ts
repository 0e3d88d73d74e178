import { unzipSync } from 'fflate';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { publicParts } from '../../src/plans/publication.js';
import { fetchAsOperator } from '../support/operator.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { temporaryFolder, type TemporaryFolder } from '../temporary-folder.js';
import { hindrances } from './axe.js';
import { openChromium } from './chromium.js';

/** A public site as a reader opens it from a folder. */
let browser: Browser;
let folder: TemporaryFolder;

async function writeSite(server: TestServer): Promise<void> {
  const evaluation = `${server.plan}/evaluations/midterm-2022`;
  await server.post(evaluation, { kind: 'midterm', period: '2022' });
  await server.post(`${evaluation}/snapshots`, { asOf: '2023-06-30' });
  await server.post(`${server.plan}/publication`, { parts: [...publicParts] });
  await server.engine.caughtUp();
  const { body } = await server.post<{ problems: readonly { id: string }[] }>(`${evaluation}/publication`, {
    snapshot: 1,
  });
  await server.post(`${evaluation}/publication`, { snapshot: 1, acceptWarnings: body.problems.map(({ id }) => id) });
  await server.engine.caughtUp();
  const zip = await fetchAsOperator(`${server.url}${evaluation}/snapshots/1/site.zip`);
  expect(zip.status).toBe(200);
  for (const [path, bytes] of Object.entries(unzipSync(new Uint8Array(await zip.arrayBuffer())))) {
    mkdirSync(dirname(folder.path(path)), { recursive: true });
    writeFileSync(folder.path(path), bytes);
  }
}

beforeAll(async () => {
  [browser, folder] = await Promise.all([openChromium(), temporaryFolder()]);
  const server = await startTestServer();
  await writeSite(server);
  await server.close();
}, 120_000);
afterAll(async () => {
  await browser.close();
  await folder.remove();
});

const pages = ['index.html', 'indicators/02.html', 'projects.html', 'report.html', 'data.html', 'verify.html'];
const addressOf = (path: string) => pathToFileURL(join(folder.path(), path)).href;

async function opened(width: number) {
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('console', (message) => problems.push(message.text()));
  page.on('requestfailed', (request) => problems.push(request.url()));
  page.on('request', (request) => request.url().startsWith('file:') || problems.push(request.url()));
  return { page, problems, close: () => context.close() };
}

it.each([390, 1366])(
  'every kind of page is accessible and fits a window that is %i wide',
  async (width) => {
    const { page, problems, close } = await opened(width);
    for (const path of pages.flatMap((each) => [each, `en/${each}`])) {
      await page.goto(addressOf(path));
      const wide = await page.evaluate<number>('document.documentElement.scrollWidth');
      // The report is long, and the same for axe in any window and language.
      const isChecked = !path.endsWith('report.html') || (path === 'report.html' && width === 1366);
      // Axe would fetch the style sheet again, which a page in a folder may not.
      const found = isChecked ? await hindrances(page, { preload: false }) : [];
      expect({ path, wide, found }).toEqual({ path, wide: width, found: [] });
    }
    expect(problems).toEqual([]);
    await close();
  },
  180_000,
);

it('a reader goes from the home page to an indicator, to its English page, and back home', async () => {
  const { page, problems, close } = await opened(1366);
  await page.goto(addressOf('index.html'));
  await page.getByRole('link', { name: '02 护理型床位占养老机构床位比例' }).click();
  expect(await page.getByRole('img', { name: '丽水市 护理型床位占养老机构床位比例（%）' }).count()).toBe(1);
  await page.getByRole('link', { name: 'English' }).click();
  expect(page.url()).toBe(addressOf('en/indicators/02.html'));
  await page.getByRole('link', { name: 'Home' }).click();
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Mid-term evaluation, 2022');
  await page.getByRole('link', { name: 'Data', exact: true }).click();
  expect(page.url()).toBe(addressOf('en/data.html'));
  expect(problems).toEqual([]);
  await close();
}, 60_000);

it('the site is read without script', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(addressOf('index.html'));
  expect(await page.getByRole('main').textContent()).toContain('综合指数');
  await context.close();
});
