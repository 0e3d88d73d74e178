import type { Browser, Page } from 'playwright-core';
import { startTestServer, type TestServer } from '../support/server.js';
import { openChromium, openPage, type WatchedPage } from './chromium.js';
import { signInAsAuditor } from './people.js';

let server: TestServer;
let browser: Browser;
let watched: WatchedPage;
let page: Page;

beforeAll(async () => {
  [server, browser] = await Promise.all([startTestServer(), openChromium()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});
beforeEach(async () => {
  watched = await openPage(browser, server.url);
  ({ page } = watched);
  await signInAsAuditor(page.context(), server);
});
afterEach(async () => {
  await page.context().close();
  // Chromium itself reports the refusals that are the answer here.
  expect(watched.problems.filter((problem) => !/status of 4\d\d /.test(problem))).toEqual([]);
});

/** What the address says, what the page says to it, and where its way out leads: the address and what is shown then. */
const unknown: readonly [address: string, says: RegExp, wayOut: RegExp, address: string][] = [
  ['?unit=999999', /规划没有单位 999999/, /看全市/, ''],
  ['?unit=青田', /规划没有单位 青田：您是否指 331121（青田县）？/, /看青田县/, '?unit=331121'],
  ['?unit=330000', /单位 330000（浙江省）只作对照，不作评价/, /看全市/, ''],
  ['?period=2031', /期间 2031 在规划年度 2021–2025 和基期 2020 之外/, /看最近有数据的期间/, ''],
  ['?period=2022-13', /“2022-13”不是本规划的期间/, /看最近有数据的期间/, ''],
  ['?period=2022-Q3', /指标没有一项按此频次填报/, /看最近有数据的期间/, ''],
  ['?plan=nonsense&period=2022', /没有规划 nonsense/, /看“丽水市/, '?plan=lishui-civil-affairs-2021-2025'],
  ['?asOf=2023-02-30', /“2023-02-30”不是日历上有的日子/, /看今日/, ''],
  ['?asOf=yesterday&period=2023', /“yesterday”不是日历上有的日子/, /看今日/, '?period=2023'],
  ['?asOf=2999-01-01', /2999-01-01 在未来/, /看今日/, ''],
  ['?atPosition=9000000000000000000', /日志还没有位置 9000000000000000000：末位是 \d+/, /看最新/, ''],
  ['?atPosition=last', /“last”不是日志位置/, /看最新/, ''],
  ['?tab=nonsense', /没有栏目 nonsense：可用 promises（规划承诺）/, /看默认栏目/, ''],
  ['?thing=projects/P999', /规划没有项目 P999/, /^关\s?闭$/, ''],
  ['?thing=nonsense/P01', /不认识“nonsense\/P01”/, /不看此项/, ''],
  ['?indicator=99', /没有指标 99：请用代码/, /^关\s?闭$/, ''],
  ['?indicator=02&of=999999', /规划没有单位 999999/, /看全市/, '?indicator=02'],
  ['?indicator=02&trail=2031', /期间 2031 在规划年度/, /看本期/, '?indicator=02'],
  ['?left=nonsense/1', /没有评估 nonsense/, /关闭比较/, ''],
  ['?right=nonsense/1', /网址还须写明左方/, /不比较/, ''],
  ['?audit=nonsense', /不认识审计查询“nonsense”/, /^清\s?除$/, ''],
  ['?audit=known:2023-02-30', /日历上没有 2023-02-30 这一天/, /^清\s?除$/, ''],
  ['?audit=actor:nobody', /没有经办人 nobody/, /^清\s?除$/, ''],
];

it.each(unknown)('%s is said to be unknown, and leads on', async (address, says, wayOut, onward) => {
  await page.goto(`${server.url}/${address}`);
  const notice = page.getByRole('alert').filter({ hasText: says });
  await notice.waitFor();
  // What is unknown stays in the address: nothing else took its place.
  expect(decodeURIComponent(new URL(page.url()).search)).toBe(address);

  await notice.getByRole('button', { name: wayOut }).click();
  await notice.waitFor({ state: 'detached' });
  expect(decodeURIComponent(new URL(page.url()).search)).toBe(onward);
  await page.locator('[data-settled=true]').waitFor();
});

it('shows nothing of the plan in place of what is unknown', async () => {
  await page.goto(`${server.url}/?unit=999999&period=2031`);
  await page.getByRole('alert').nth(1).waitFor();
  expect(await page.getByRole('alert').count()).toBe(2);
  expect(await page.getByTestId('indicators').count()).toBe(0);
  expect(await page.getByTestId('index').count()).toBe(0);
});

it('shows what the address says where all of it is known', async () => {
  await page.goto(
    `${server.url}/?period=2020&asOf=2023-06-30T18:00:00%2B08:00&atPosition=4000&unit=331121&tab=policies`,
  );
  await page.locator('[data-settled=true]').waitFor();
  expect(await page.getByRole('alert').count()).toBe(0);
});
