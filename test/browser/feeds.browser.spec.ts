import type { Locator } from 'playwright-core';
import { startFeedSource, type FeedSourceServer } from '../support/feed-source.js';
import { lishui } from '../support/seeds.js';
import { startTestServer } from '../support/server.js';
import { giveSession, newPerson } from './people.js';
import { browserSuite } from './suite.js';

/** A plan manager sets a feed in the page; what it brings waits for the reviewer, and is approved. */

const suite = browserSuite({
  start: () => startTestServer({ demo: false, environment: { TONGJIAN_FEED_HOSTS: '127.0.0.1' } }),
  refuses: true,
});

let source: FeedSourceServer;
beforeEach(async () => {
  source = await startFeedSource('地区,年份,联合体\n莲都,2023年,12\n云和,2023年,3\n');
});
afterEach(() => source.close());

async function choose(field: Locator, text: string): Promise<void> {
  await field.press('ArrowDown');
  await field.fill(text);
  await field.page().locator('.ant-select-item-option-active', { hasText: text }).filter({ visible: true }).waitFor();
  await field.press('Enter');
}

const as = async (name: string, role: 'plan-manager' | 'reviewer') => {
  const id = await newPerson(suite.server, { name, roles: [{ role }] });
  await giveSession(suite.page.context(), suite.server, id);
};

it('a feed is tried out, set, run, says why it fails, and what it brought is approved', async () => {
  await as('孙数据', 'plan-manager');
  const { page } = suite;
  await page.goto(`${suite.server.url}/admin/feeds`);
  await page.getByRole('button', { name: '设定数据源' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('编号').fill('province');
  await dialog.getByLabel('名称', { exact: true }).fill('省平台月报');
  await dialog.getByLabel('数据源地址').fill(source.url);
  await dialog.getByRole('button', { name: '试获取' }).click();
  await dialog.getByText('取得 2 行，各列如下').waitFor();
  expect(await dialog.getByRole('columnheader').allInnerTexts()).toEqual(['地区', '年份', '联合体']);

  await choose(dialog.getByLabel('报送单位'), '331100');
  await dialog.getByLabel('单位列').fill('地区');
  await dialog.getByLabel('期间列').fill('年份');
  await dialog.getByLabel('单位写法对照').fill('莲都=331102');
  await choose(dialog.getByLabel('指标', { exact: true }), '03');
  await dialog.getByLabel('数值列').fill('联合体');
  await dialog.getByRole('button', { name: '逐行试报' }).click();
  await dialog.getByText(/“云和”不在写法对照表中/).waitFor();
  await dialog.getByLabel('跳过对照表以外的行').check();
  await dialog.getByRole('button', { name: '逐行试报' }).click();
  await dialog.getByText('将新增 1，不变 0，与已报不同 0，被拒 0，跳过 1').waitFor();
  await dialog.getByRole('button', { name: '设定数据源' }).click();

  const row = page.locator('[data-row=province]');
  await row.getByRole('button', { name: '现在获取' }).click();
  await row.getByText('新增 1，不变 0，与已报不同 0').waitFor();
  await row.getByRole('button', { name: '获取记录' }).click();
  await page.getByRole('heading', { name: '数据源 province 的获取记录' }).waitFor();

  source.manner = 503;
  await row.getByRole('button', { name: '现在获取' }).click();
  await row.getByText(/失败 1 次：数据源答复 503/).waitFor();
  await page.goto(suite.server.url);
  await page.getByTestId('failing-feeds').getByText('数据源答复 503').waitFor();

  await as('李审核', 'reviewer');
  await page.goto(`${suite.server.url}/p/${lishui}/review?unit=331102&period=2023`);
  await page.getByText('数据源 省平台月报').first().waitFor();
  await page.getByRole('button', { name: '通过没有标记的 1 条' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '审核通过' }).click();
  await page.locator('[data-testid=review-empty]').waitFor();
  const approved = await suite.server.get<{ standing: string }>(`${suite.server.plan}/figures/03/331102/2023`);
  expect(approved.body.standing).toBe('approved');
});
