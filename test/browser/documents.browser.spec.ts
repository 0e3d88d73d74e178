import { readFileSync } from 'node:fs';
import { lishui } from '../support/seeds.js';
import { newPerson, giveSession } from './people.js';
import { settled } from './chromium.js';
import { browserSuite } from './suite.js';

/** An evaluator writes the Word report of a snapshot, and finds out whether somebody altered one. */

const suite = browserSuite();

it('a Word report is written in the page and checked there', async () => {
  const { page, server } = suite;
  const evaluation = `${server.plan}/evaluations/midterm-2022`;
  await server.post(evaluation, { kind: 'midterm', period: '2022' });
  await server.post(`${evaluation}/snapshots`, { asOf: '2023-06-30' });
  await giveSession(
    page.context(),
    server,
    await newPerson(server, { name: '李评估', roles: [{ role: 'evaluator' }] }),
  );
  await page.goto(`${server.url}/p/${lishui}/evaluations`);
  await settled(page);
  await page.getByRole('button', { name: 'Word 报告' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('发文机关').fill('丽水市民政局');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: '写成并下载' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('midterm-2022-1.docx');
  const buffer = readFileSync(await download.path());

  await page.goto(`${server.url}/p/${lishui}/evaluations`);
  await page.getByRole('link', { name: '核对 Word 报告' }).click();
  await page.getByRole('heading', { name: '核对 Word 报告' }).waitFor();
  const file = { name: '中期评估.docx', mimeType: 'application/octet-stream', buffer };
  await page.locator('input[type=file]').setInputFiles(file);
  await page
    .getByRole('status')
    .getByText(/中期评估.docx：\d+ 个数与存档一致/)
    .waitFor();
});
