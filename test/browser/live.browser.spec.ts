import type { Browser, Locator, Page } from 'playwright-core';
import { createInstallation, type Installation } from '../support/house.js';
import { lishui, seedFiles } from '../support/seeds.js';
import { serve, type TestServer } from '../support/server.js';
import { openChromium, openPage, type WatchedPage } from './chromium.js';
import { giveSession, newPerson } from './people.js';

const unit = '331102';
const password = '松阳 茶园 石板路 竹林';

let installation: Installation;
let server: TestServer;
let browser: Browser;
let opened: WatchedPage[];

beforeAll(async () => {
  [installation, browser] = await Promise.all([createInstallation(), openChromium()]);
  server = await serve(installation.data);
  await server.engine.submissions.submit(seedFiles(lishui));
  await act('03', '2022', 'measurement', { value: '737' });
  await server.engine.caughtUp();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await installation?.remove();
});
beforeEach(() => {
  opened = [];
});
afterEach(async () => {
  for (const { page } of opened) await page.context().close();
  // Chromium itself reports refusals, and a server that is away.
  const problems = opened.flatMap((each) => each.problems);
  expect(problems.filter((problem) => !/status of [45]\d\d |net::ERR_/.test(problem))).toEqual([]);
});

const auditor = () => newPerson(server, { name: '陈审计', roles: [{ role: 'auditor' }] });
const clerk = () => newPerson(server, { name: '李填报', roles: [{ role: 'reporter', plan: lishui, unit }] });

async function pageOf(person: string): Promise<Page> {
  const watched = await openPage(browser, server.url);
  opened.push(watched);
  await giveSession(watched.page.context(), server, person);
  return watched.page;
}

/** Opens a page of the plan, and waits until it is told of changes. */
async function open(page: Page, path: string): Promise<void> {
  const streaming = page.waitForResponse((answer) => /\/changes/.test(answer.url()) && answer.status() === 200);
  await page.goto(`${server.url}/p/${lishui}${path}`);
  await streaming;
  await page.locator('main').waitFor();
}

const changes = (page: Page): Locator => page.getByTestId('changes');
async function act(code: string, period: string, what: string, body: object): Promise<void> {
  const { status, text } = await server.post(`${server.plan}/figures/${code}/${unit}/${period}/${what}`, body);
  expect([status, text]).toEqual([200, text]);
}

const correct = (value: string) => act('03', '2022', 'corrections', { value, reason: '与台账核对' });

/** Waits for a text; on a timeout fails with the actual text. */
async function has(place: Locator, text: string | RegExp): Promise<void> {
  try {
    await place.filter({ hasText: text }).first().waitFor();
  } catch {
    expect(await place.first().innerText()).toMatch(text);
  }
}

describe('what others change', () => {
  it('is offered on a page of today, shown when asked for, and not offered in the past', async () => {
    const person = await auditor();
    const page = await pageOf(person);
    await open(page, `/indicators/03?period=2022&unit=${unit}`);
    await has(page.locator('main'), '737');
    // Tabs of one browser share one stream.
    const second = await page.context().newPage();
    const streams: string[] = [];
    second.on('request', (request) => {
      if (/\/changes/.test(request.url())) streams.push(request.url());
    });
    await second.goto(`${server.url}/p/${lishui}/audit`);
    await second.locator('main').waitFor();
    const past = await pageOf(person);
    await open(past, '?period=2022&asOf=2023-06-30');

    await correct('848');
    await has(changes(page), /1 项新变化\s*1 项指标数据/);
    await has(changes(second), '1 项新变化');
    expect(streams).toEqual([]);
    expect(await page.locator('main').innerText()).not.toContain('848');
    await changes(page)
      .getByRole('button', { name: /更\s?新/ })
      .click();
    await has(page.locator('main'), '848');
    expect(await changes(page).innerText()).toBe('');

    // The tab that had the stream is closed: the other one goes on with it.
    const taken = second.waitForResponse(
      (answer) => /\/changes\?after=\d+/.test(answer.url()) && answer.status() === 200,
    );
    await page.close();
    await taken;
    await act('03', '2023', 'measurement', { value: '840' });
    await has(changes(second), /2 项新变化\s*2 项指标数据/);
    // The one in the past was told, too.
    await past.getByTestId('past').getByRole('button', { name: '回到今日' }).click();
    await has(changes(past), '2 项新变化');
    await past.goBack();
    await past.getByTestId('past').waitFor();
    expect(await changes(past).innerText()).toBe('');
  });

  it('is offered on the desk, too', async () => {
    const page = await pageOf(await auditor());
    const streaming = page.waitForResponse((answer) => /\/changes/.test(answer.url()) && answer.status() === 200);
    await page.goto(server.url);
    await streaming;
    await page.getByTestId('latest').waitFor();
    await act('03', '2021', 'measurement', { value: '681' });
    await has(changes(page), /1 项新变化\s*1 项指标数据/);
    await changes(page)
      .getByRole('button', { name: /更\s?新/ })
      .click();
    await has(page.getByTestId('latest'), '681');
  });

  it('is not offered to who did it', async () => {
    const page = await pageOf(await clerk());
    await open(page, `/report/2025?unit=${unit}`);
    const row = page.locator('[data-row="03"]');
    await row.getByRole('textbox').first().fill('921');
    await row.getByRole('textbox').first().press('Enter');
    await has(row, '已核对');
    const send = page.getByTestId('send');
    await send.getByRole('button', { name: /核对所填/ }).click();
    await page.getByTestId('outcome').waitFor();
    for (const box of await send.getByTestId('warnings').getByRole('checkbox').all()) await box.check();
    await send.getByRole('button', { name: /^提交/ }).click();
    await has(send, '已提交 1 项');
    // What comes after it is offered alone.
    await act('03', '2025', 'return', { reason: '与名录不符' });
    await has(changes(page), /1 项新变化\s*1 项指标数据/);
  });
});

describe('a session that ends while somebody works', () => {
  const signInPage = (page: Page) => page.getByTestId('sign-in');

  it('leads to the sign-in page, and what was filled in is there afterwards', async () => {
    const person = await clerk();
    const { secret } = await server.identity!.accounts.invite(person, 'invitation');
    await server.identity!.accounts.accept(secret, { account: 'li.tian', password });
    const page = await pageOf(person);
    await open(page, `/report/2024?unit=${unit}`);
    const number = page.locator('[data-row="03"]').getByRole('textbox').first();
    await number.fill('900');
    await number.press('Enter');
    await has(page.locator('[data-row="03"]'), '已核对');

    await server.identity!.sessions.endAll(person);
    await has(signInPage(page), '登录已结束');
    await signInPage(page).getByLabel('账号', { exact: true }).fill('li.tian');
    await signInPage(page).getByLabel('密码', { exact: true }).fill(password);
    await page.keyboard.press('Enter');
    await page.getByText('已恢复本机上没有提交的 1 项').waitFor();
    expect(await number.inputValue()).toBe('900');
  });

  it('with the access of its person hides the page without a click', async () => {
    const person = await auditor();
    const page = await pageOf(person);
    await open(page, '?period=2022');
    const { status } = await server.post(`/api/people/${person}/end`, { reason: '离职' });
    expect(status).toBe(200);
    await has(signInPage(page), '登录已结束');
  });
});

it('a server that stops is said at once, and a server that is back again, too', async () => {
  const page = await pageOf(await auditor());
  await open(page, `/indicators/03?period=2022&unit=${unit}`);
  const shown = await page.locator('h1').innerText();
  const port = Number(new URL(server.url).port);
  await server.close();
  await has(page.getByTestId('lost'), '连不上服务器');
  expect(await page.locator('h1').innerText()).toBe(shown);

  server = await serve(installation.data, {}, port);
  await page.getByTestId('lost').waitFor({ state: 'detached' });
  expect(await page.locator('h1').innerText()).toBe(shown);
  // It is told again, without a gap.
  await correct('859');
  await has(changes(page), /1 项新变化\s*1 项指标数据/);
});
