import type { OpenPoint } from '../../src/evaluations/open-points.js';
import { lishui } from '../support/seeds.js';
import { giveSession, newPerson } from './people.js';
import { browserSuite } from './suite.js';

/** The permanent address of a published evaluation, and what became known since. */

const its = browserSuite({ refuses: true });
const plan = `/p/${lishui}`;
const id = 'midterm-2022';

beforeAll(async () => {
  const { post, get } = its.server;
  const base = `/api/plans/${lishui}/evaluations`;
  const sent = async (path: string, body: object) => {
    const { status, text } = await post(`${base}/${path}`, body);
    expect([path, status, status === 200 ? '' : text]).toEqual([path, 200, '']);
    await its.server.engine.caughtUp();
  };
  await sent(id, { kind: 'midterm', period: '2022', title: '中期评估（2022）' });
  await sent(`${id}/snapshots`, { asOf: '2023-06-30' });
  const open = (await get<OpenPoint[]>(`${base}/${id}/snapshots/1/open-points`)).body;
  await sent(`${id}/publication`, { snapshot: 1, acceptWarnings: open.map((point) => point.id) });
  await sent('annual-2022', { kind: 'annual', period: '2022', title: '2022 年度监测分析' });
  await sent(`${id}/succession`, { by: 'annual-2022', reason: '莲都床位数更正后重新评估' });
});

beforeEach(async () => {
  const person = await newPerson(its.server, { roles: [{ role: 'evaluator', plan: lishui }] });
  await giveSession(its.page.context(), its.server, person);
});

const row = (table: string, key: string) => its.page.getByTestId(table).locator(`tr[data-row="${key}"]`);

it('the address in the report opens the published numbers, and says beside each what became known since', async () => {
  const { page } = its;
  await page.goto(`${its.server.url}/api/plans/${lishui}/evaluations/${id}/snapshots/1/report.html`);
  await page.getByRole('link', { name: `${plan}/evaluations/${id}/snapshots/1` }).click();
  // Superseded: by which and why stands at the top, and everything still opens.
  const superseded = page.getByRole('alert').filter({ hasText: '接替，不再改动' });
  await superseded.getByRole('link', { name: 'annual-2022' }).waitFor();
  await superseded.getByText('事由：莲都床位数更正后重新评估').waitFor();
  await row('snapshot-index', '331100')
    .getByText(/^97\.5/)
    .waitFor();

  await row('snapshot-indicators', '02')
    .getByText(/^55\.2/)
    .waitFor();
  await row('snapshot-indicators', '02').getByText('后来掌握：54.9').waitFor({ timeout: 120_000 });
  await row('snapshot-indicators', '02').getByText('后来掌握：基本符合预期').waitFor();
  await row('snapshot-index', '331102').getByText('后来掌握：91.9').waitFor();
  await row('snapshot-indicators', '06').getByText('后来掌握：15', { exact: false }).first().waitFor();
  await row('snapshot-programme', 'promise')
    .getByText(/^后来掌握：/)
    .first()
    .waitFor();

  const unit = page.getByLabel('单位', { exact: true });
  await unit.press('ArrowDown');
  await page.locator('.ant-select-item-option-active', { hasText: '全市' }).waitFor();
  await unit.press('ArrowDown');
  await page.locator('.ant-select-item-option-active', { hasText: '莲都区' }).waitFor();
  await unit.press('Enter');
  await row('snapshot-indicators', '02')
    .getByText(/^55\.5/)
    .waitFor();
  const later = row('snapshot-indicators', '02').locator('.later').filter({ hasText: '后来掌握：54.2' });
  await later.getByRole('link', { name: /审核/ }).click();

  await page.waitForURL(/known-since#part-\d+$/);
  const head = await its.server.engine.log.head();
  await page.getByText('只作推算：不写入任何记录，存档不变').waitFor();
  const verdicts = page
    .getByTestId('attributed-verdicts')
    .locator('tr')
    .filter({ hasText: '02 护理型床位占养老机构床位比例 莲都区' });
  await verdicts.filter({ hasText: '快于预期' }).getByText('严重滞后').waitFor();
  await page.getByTestId('attributed-parts').getByText('与其他事件共同起作用').first().waitFor();
  expect(await its.server.engine.log.head()).toBe(head);
});

it('what became known later is put in up to a chosen day, which the address keeps', async () => {
  const { page } = its;
  await page.goto(`${its.server.url}${plan}/evaluations/${id}/snapshots/1/known-since`);
  const told = page.getByRole('heading', { name: /^逐项计入 \d+ 项$/ });
  const count = async () => Number(/\d+/.exec(await told.innerText())![0]);
  await told.waitFor({ timeout: 120_000 });
  const all = await count();
  const until = page.getByRole('combobox', { name: '计入至' });
  await until.press('ArrowDown');
  await page.locator('.ant-select-item-option-active', { hasText: '今日' }).waitFor();
  await until.press('ArrowDown');
  await page.locator('.ant-select-item-option-active', { hasText: '某日掌握的数据' }).waitFor();
  await until.press('Enter');
  const day = page.getByRole('textbox', { name: '计入至的日子' });
  await day.fill('2023-06-01');
  await day.press('Enter');
  await page.getByText('2023-06-30 及以前掌握的已在存档里：请填其后的日子').waitFor();
  await day.fill('20230731');
  await day.press('Enter');
  await page.waitForURL(/known-since\?until=2023-07-31$/);
  await page.getByText('计入其后至 2023-07-31 掌握的').waitFor({ timeout: 120_000 });
  expect(await count()).toBeLessThan(all);

  await page.goto(`${its.server.url}${plan}/evaluations/${id}/snapshots/1/known-since?until=2023-01-31`);
  await page.getByText('止（2023-01-31）早于截点').waitFor();
  await page.getByRole('button', { name: '计至今日' }).click();
  await told.waitFor({ timeout: 120_000 });
  expect(new URL(page.url()).search).toBe('');
});

it('the causes of a comparison are listed when asked for, each once, with what it moves; also under the other targets only', async () => {
  const { page } = its;
  await page.goto(`${its.server.url}${plan}/compare?left=${id}/1&right=now`);
  const section = page.getByTestId('comparison-causes');
  await section.getByRole('button', { name: '逐个列出缘由' }).click();
  await page.waitForURL(/causes=shown/);
  const causes = section.getByTestId('causes');
  const approved = causes.locator('li', { hasText: '审核通过 莲都区 54.2' });
  await approved.first().waitFor({ timeout: 120_000 });
  expect(await approved.count()).toBe(1);
  for (const group of [/^数值 \d+ 个$/, /^判断 \d+ 个$/, /^指数 \d+ 个$/]) {
    await approved.locator('summary').filter({ hasText: group }).waitFor();
  }
  await section.getByText(/^判断 \d+ 项，各因第几项$/).click();
  const flipped = section.getByTestId('caused-verdicts').locator('tr');
  await flipped.filter({ hasText: '02 护理型床位占养老机构床位比例 莲都区' }).getByText('严重滞后').waitFor();
  const link = approved.getByRole('link', { name: '02 护理型床位占养老机构床位比例 2022' });
  expect(await link.getAttribute('href')).toMatch(/\/indicators\/02\?unit=331102&trail=2022$/);

  const only = page.getByRole('combobox', { name: '只取右方的' });
  await only.press('ArrowDown');
  await page.locator('.ant-select-item-option-active', { hasText: '规则' }).waitFor();
  await only.press('ArrowDown');
  await page.locator('.ant-select-item-option-active', { hasText: '目标' }).waitFor();
  await only.press('Enter');
  await page.waitForURL(/only=targets/);
  await causes.getByText('目标调整', { exact: true }).waitFor({ timeout: 120_000 });
  expect(await causes.locator('> li').count()).toBe(1);
  expect(await approved.count()).toBe(0);

  await page.goto(`${its.server.url}${plan}/compare?left=${id}/1&right=now&only=definitions&causes=shown`);
  await section.getByText('没有缘由：两方的数值、判断、指数都相同').waitFor({ timeout: 120_000 });
});

it('of many causes the first hundred are listed one by one, and two hundred when asked for', async () => {
  const { page } = its;
  await page.goto(`${its.server.url}${plan}/compare?left=2021-12-31&right=2024-12-31&period=2022&causes=shown`);
  const more = page.getByTestId('more-told');
  await more.getByText(/另有 \d+ 个事件合并为一项/).waitFor({ timeout: 120_000 });
  const items = page.getByTestId('causes').locator('> li');
  const listed = await items.count();
  await more.getByRole('button', { name: '逐个列出至 200 项' }).click();
  await page.waitForURL(/told=200/);
  await more.getByText('要再细看，请缩短两方之间的时间').waitFor({ timeout: 120_000 });
  expect(await items.count()).toBeGreaterThan(listed);
}, 240_000);

it('a snapshot that there is not is said, with the way to those that there are', async () => {
  await its.page.goto(`${its.server.url}${plan}/evaluations/${id}/snapshots/9`);
  await its.page.getByText(`没有评估 ${id} 的存档 9`).waitFor();
  await its.page.getByRole('button', { name: '看评估存档' }).click();
  await its.page.locator(`[data-snapshot="${id}/1"]`).getByRole('link', { name: '后来掌握' }).waitFor();
});
