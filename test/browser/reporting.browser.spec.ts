import type { Browser, Locator, Page } from 'playwright-core';
import { filled } from '../support/workbooks.js';
import { lishui } from '../support/seeds.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { openChromium, openPage, type WatchedPage } from './chromium.js';
import { giveSession, newPerson } from './people.js';

const unit = '331102';
const period = '2025';

let server: TestServer;
let browser: Browser;
let watched: WatchedPage;
let page: Page;
let clerk: string;

beforeAll(async () => {
  [server, browser] = await Promise.all([startTestServer({ demo: false }), openChromium()]);
  const { status } = await server.post(`${server.plan}/quality-rules`, {
    rules: [{ id: 'most-03', kind: 'range', indicator: '03', maximum: '100', required: 'explanation' }],
    reason: '测试',
  });
  expect(status).toBe(200);
  await server.post(`${server.plan}/deadlines`, { days: { A: 45 }, reason: '测试' });
  clerk = await newPerson(server, { name: '李填报', roles: [{ role: 'reporter', plan: lishui, unit }] });
  await server.engine.caughtUp();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});
beforeEach(async () => {
  watched = await openPage(browser, server.url);
  ({ page } = watched);
  await giveSession(page.context(), server, clerk);
});
afterEach(async () => {
  await page.context().close();
  // Chromium itself reports the refusals that are the answer here.
  expect(watched.problems.filter((problem) => !/status of 4\d\d /.test(problem))).toEqual([]);
});

const row = (key: string): Locator => page.locator(`[data-row="${key}"]`);
const numberOf = (key: string): Locator => row(key).getByRole('textbox').first();
const open = (path: string) => page.goto(`${server.url}/p/${lishui}/${path}`);

/** Waits for a text; on a timeout fails with the actual text. */
async function has(place: Locator, text: string | RegExp): Promise<void> {
  try {
    await place.filter({ hasText: text }).first().waitFor();
  } catch {
    expect(await place.first().innerText()).toMatch(text);
  }
}

const figure = `${lishui}/figures/03/${unit}/${period}`;

it('a clerk sees what is owed, fills in the form, and sees it waiting', async () => {
  await page.goto(server.url);
  const owed = page.getByTestId(`owed-${unit}`).locator(`[data-period="${period}"]`);
  await has(owed, /截止 2026-02-14，逾期 \d+ 项/);
  await owed.getByRole('link').click();
  await page.waitForURL(/report\/2025\?/);

  // What can be read in two ways is not guessed.
  await numberOf('03').fill('1,5');
  await numberOf('03').press('Enter');
  await has(row('03'), '逗号可以是小数点，也可以是千分位');
  // The server refuses what does not fit the definition.
  await numberOf('03').fill('12.5');
  await numberOf('03').press('Enter');
  await has(row('03'), '计数须为整数');
  await numberOf('03').fill('１，２００');
  await numberOf('03').press('Enter');
  await has(row('03'), '读作 1200');
  await has(row('03'), '请在“说明”中写明原因');
  await row('03').getByLabel('康养联合体数的说明').fill('含托管的站点');
  await row('03').getByText('请在“说明”中写明原因').waitFor({ state: 'detached' });

  // What was typed is on the device until it is sent.
  await page.reload();
  await page.getByText('已恢复本机上没有提交的 1 项').waitFor();
  expect(await numberOf('03').inputValue()).toBe('１，２００');
  const send = page.getByTestId('send');
  await send.getByRole('button', { name: '核对所填 1 项' }).click();
  await has(page.getByTestId('outcome'), /新增 1/);
  for (const box of await send.getByTestId('warnings').getByRole('checkbox').all()) await box.check();
  await send.getByRole('button', { name: '提交 1 项' }).click();
  await has(send, '已提交 1 项');
  await open(`report/${period}`);
  await has(row('03'), /待.*审核[^]*李填报/);
});

it('what was returned is reported again from the desk', async () => {
  const reviewed = await server.post(`/api/plans/${figure}/return`, { reason: '与名录不符' });
  expect(reviewed.status).toBe(200);
  await page.goto(server.url);
  const returned = page.getByTestId('returned');
  await has(returned, '与名录不符');
  await returned.getByRole('link').click();
  await page.waitForURL(/code=03/);
  await has(row('03'), '退回事由：与名录不符');
  expect(await numberOf('03').inputValue()).toBe('1200');
  await numberOf('03').fill('18');
  await numberOf('03').press('Enter');
  await has(row('03'), '已核对');
  const send = page.getByTestId('send');
  await send.getByRole('button', { name: '核对所填 1 项' }).click();
  await has(page.getByTestId('outcome'), /更改 1/);
  for (const box of await send.getByTestId('warnings').getByRole('checkbox').all()) await box.check();
  await send.getByRole('button', { name: '提交 1 项' }).click();
  await has(send, '已提交 1 项');
});

it('a block of a spreadsheet is pasted whole or not at all', async () => {
  await open(`report/2024`);
  const paste = async (text: string) => {
    await numberOf('03').focus();
    await page.evaluate(`(() => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', ${JSON.stringify(text)});
      const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
      document.activeElement.dispatchEvent(event);
    })()`);
  };
  await paste('15\t3\n');
  await has(page.getByRole('alert'), '没有贴入：所贴的块与表格对不上');
  expect(await numberOf('03').inputValue()).toBe('');
  await paste('15\t\t\t\t年末数\n');
  expect(await numberOf('03').inputValue()).toBe('15');
  expect(await row('03').getByLabel('康养联合体数的说明').inputValue()).toBe('年末数');
  await has(row('03'), '已核对');
  await row('03').getByRole('button', { name: '清除所填' }).click();
  expect(await numberOf('03').inputValue()).toBe('');
});

it('a workbook is read row by row, written whole, and withdrawn', async () => {
  const response = await page.request.get(`${server.url}${server.plan}/workbook?unit=${unit}&period=2023`);
  const blank = await response.body();
  const choose = async (name: string, buffer: Buffer) => {
    const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
    await page.locator('input[type=file]').setInputFiles({ name, mimeType, buffer });
  };
  await open('report/import');
  await choose('错.xlsx', await filled(blank, ['指标', '03', '数值', '1.2.3']));
  await has(page.locator('[data-outcome=refused]'), /指标![A-Z]+\d+[^]*「1\.2\.3」/);
  await page.getByText('现在什么也没有写入').waitFor();

  const good = await filled(blank, ['指标', '03', '数值', 12]);
  await choose('对.xlsx', good);
  await has(page.getByTestId('outcome'), /新增 1/);
  for (const box of await page.getByTestId('warnings').getByRole('checkbox').all()) await box.check();
  await page.getByRole('button', { name: '写入全部 1 行' }).click();
  await has(page.getByTestId('written'), '已写入 1 行');
  await choose('对.xlsx', good);
  await page.getByText('没有要写入的：各行与系统中的相同').waitFor();

  await open('report');
  const sent = page.getByTestId('submissions').getByRole('row', { name: /对\.xlsx/ });
  await sent.getByRole('button', { name: /撤\s?回/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('撤回事由').fill('填错了年度');
  await dialog.getByRole('button', { name: /撤\s?回/ }).click();
  await has(sent, /已撤回[^]*填错了年度/);
});

it('that there is no value is declared with its reason', async () => {
  await open('report/2022?standing=open');
  await row('03').getByRole('combobox').click();
  await page.locator('.ant-select-item-option').filter({ hasText: '未统计' }).click();
  await row('03').getByLabel('康养联合体数的说明').fill('当年未开展');
  const send = page.getByTestId('send');
  await send.getByRole('button', { name: '核对所填 1 项' }).click();
  await send.getByRole('button', { name: '提交 1 项' }).click();
  await has(send, '已提交 1 项');
  await has(row('03'), /已登记缺报[^]*当年未开展/);
});

it('the start of a project is registered in the form and seen on its page', async () => {
  await open(`report/${period}`);
  const project = page.getByTestId('things-project').locator('tbody tr').first();
  const name = await project.getByRole('rowheader').innerText();
  await project.getByRole('button', { name: '登记开工' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').first().fill('2025-03-01');
  await dialog.getByRole('textbox').first().press('Tab');
  await dialog.getByRole('button', { name: '登记开工' }).click();
  await has(project, '在建');
  await project.getByRole('link').click();
  await page.getByTestId('thing').waitFor();
  await page.getByTestId('actions').getByRole('button', { name: '报形象进度' }).waitFor();
  expect(name).toContain(await page.locator('h1 .code').innerText());

  // Progress rests on the start, which the server says; withdrawn from the last on, all is as before.
  await page.getByTestId('actions').getByRole('button', { name: '报形象进度' }).click();
  await dialog.getByRole('textbox').first().fill('2025-04-01');
  await dialog.getByRole('textbox').first().press('Tab');
  await dialog.getByLabel('形象进度').first().fill('10');
  await dialog.getByRole('button', { name: '报形象进度' }).click();
  const entry = (type: string) => page.getByTestId('trail').locator(`tr[data-event=${type}]`);
  await entry('ProjectProgressReported').waitFor();
  const withdraw = async (type: string) => {
    await entry(type).getByRole('button', { name: '撤回这次登记' }).click();
    await dialog.getByLabel('事由').fill('登记错了项目');
    await dialog.getByRole('button', { name: '撤回这次登记' }).click();
  };
  await withdraw('ProjectStarted');
  await has(dialog.getByRole('alert'), /以.*项目开工.*为前提：请先撤回较晚的/);
  await dialog.getByRole('button', { name: '取消' }).click();
  await dialog.waitFor({ state: 'detached' });
  await withdraw('ProjectProgressReported');
  await has(entry('ProjectProgressReported'), '已撤回');
  await withdraw('ProjectStarted');
  await has(entry('ProjectStarted'), '已撤回');
  await page.getByTestId('actions').getByRole('button', { name: '登记开工' }).waitFor();
});

it('what waits is said on every page, and leads to where it is done', async () => {
  await open('evaluations');
  await page.getByRole('button', { name: /^待办 [1-9]/ }).click();
  const notices = page.getByTestId('notices');
  await notices
    .getByRole('link', { name: /2023：欠报 \d+ 项/ })
    .first()
    .waitFor();
  await page.keyboard.press('Escape');
  await notices.waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: /^待办/ }).click();
  await notices
    .getByRole('link', { name: /：欠报 \d+ 项/ })
    .first()
    .click();
  await page.waitForURL(/\/report\/\d{4}[^?]*\?unit=\d+&standing=open$/);
  expect(await notices.isVisible()).toBe(false);
});
