import { readFile } from 'node:fs/promises';
import ExcelJS from 'exceljs';
import type { Browser } from 'playwright-core';
import { signUp, type SignedUp } from '../support/people.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { smallPlan } from '../support/small-plan.js';
import { openChromium, openPage } from './chromium.js';
import { signInAsAuditor } from './people.js';

let server: TestServer;
let browser: Browser;
let clerk: SignedUp;

beforeAll(async () => {
  [server, browser] = await Promise.all([startTestServer({ demo: false }), openChromium()]);
  await server.engine.submissions.submit(smallPlan());
  clerk = await signUp(server, '周莲都', [
    { role: 'reporter', plan: 'small', unit: '331102' },
    { role: 'corrector', plan: 'small', unit: '331102' },
  ]);
  const response = await fetch(`${server.url}/api/plans/small/figures/03/331102/2022/corrections`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...clerk.headers },
    body: JSON.stringify({ value: '9', reason: '与台账核对', evidence: [{ title: '2022 年名录' }] }),
  });
  expect(response.status).toBe(200);
  await server.engine.caughtUp();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

async function opened(address: string) {
  const { page, problems } = await openPage(browser, server.url);
  await signInAsAuditor(page.context(), server);
  await page.goto(`${server.url}${address}`);
  return { page, problems };
}

it('an auditor asks by name who changed which figure, opens the event, and exports', async () => {
  const { page, problems } = await opened('/p/small/audit');
  await page
    .locator('[data-testid=audit-total]')
    .getByText(/^共 \d+ 条$/)
    .waitFor();
  await page.getByLabel('经办人', { exact: true }).fill('莲都');
  await page.locator('.ant-select-item-option', { hasText: '周莲都' }).click();
  await page.locator('[data-testid=audit-total]', { hasText: '共 1 条' }).waitFor();
  expect(new URL(page.url()).searchParams.get('person')).toBe(clerk.person);
  const row = page.locator('tr[data-event]');
  await row.first().waitFor();
  expect(await row.count()).toBe(1);
  expect(await row.innerText()).toContain('与台账核对');

  const [download] = await Promise.all([page.waitForEvent('download'), page.getByText('下载工作簿').click()]);
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load((await readFile(await download.path())) as unknown as ArrayBuffer);
  const [head, first] = workbook.getWorksheet('审计轨迹')!.getRows(1, 2)!;
  const cell = (name: string) => first!.getCell((head!.values as string[]).indexOf(name)).value;
  expect([cell('经办人'), cell('新数'), cell('事由')]).toEqual(['周莲都', 9, '与台账核对']);

  await row.getByRole('link').first().click();
  const event = page.locator('[data-testid=event]');
  await event.getByText('9 · 待审核').waitFor();
  await event.getByText('更正员').waitFor();
  const position = new URL(page.url()).pathname.split('/').at(-1)!;
  const { body } = await server.get<{ seal: { position: string; chain: string } }>('/api/log/proof');
  const hash = await event.locator('[data-testid=event-hash]').innerText();
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  if (body.seal.position === position) expect(hash).toBe(body.seal.chain);
  await event.getByRole('link', { name: '看这条记录时的规划' }).click();
  await page.waitForURL((url) => url.searchParams.get('at') === position);
  expect(problems).toEqual([]);
});

it('keeps what was asked in the address, and finds by words, corrections and both times', async () => {
  const { page, problems } = await opened('/p/small/audit?q=台账&corrections=true&recordedFrom=2020-01-01&sort=known');
  await page.locator('[data-testid=audit-total]', { hasText: '共 1 条' }).waitFor();
  await page.locator('tr[data-event=MeasurementCorrected]').waitFor();
  await page.getByRole('button', { name: '清除条件' }).click();
  await page.locator('tr[data-event=MeasurementApproved]').waitFor();
  expect(problems).toEqual([]);
});

it('shows who had which right on a day', async () => {
  const { page, problems } = await opened('/p/small/audit?view=rights');
  const rights = page.locator('[data-testid=rights]');
  await rights.locator('tr', { hasText: '周莲都' }).first().waitFor();
  expect(await rights.locator('tr', { hasText: '周莲都' }).count()).toBe(2);
  await page.goto(`${server.url}/p/small/audit?view=rights&on=2022-01-01`);
  await rights.getByText('那一天没有符合条件的授权').waitFor();
  expect(problems).toEqual([]);
});

it('has the log proved, and against a seal', async () => {
  const { page, problems } = await opened('/p/small/audit/proof');
  await page.getByRole('button', { name: '核验整个日志' }).click();
  await page.locator('[data-testid=log-proved]').getByText('日志完好').waitFor();
  const seal = await page.locator('[data-testid=seal]').innerText();
  await page.getByLabel('以前记下的封印').fill(seal);
  await page.getByRole('button', { name: '核验整个日志' }).click();
  await page.getByText('日志与记下封印时一字不差').waitFor();
  const wrong = `${seal.split(':')[0]}:${'0'.repeat(64)}`;
  await page.getByLabel('以前记下的封印').fill(wrong);
  await page.getByRole('button', { name: '核验整个日志' }).click();
  await page.locator('.proof-bad').waitFor();
  expect(problems).toEqual([]);
});
