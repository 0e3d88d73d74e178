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

it('a snapshot that there is not is said, with the way to those that there are', async () => {
  await its.page.goto(`${its.server.url}${plan}/evaluations/${id}/snapshots/9`);
  await its.page.getByText(`没有评估 ${id} 的存档 9`).waitFor();
  await its.page.getByRole('button', { name: '看评估存档' }).click();
  await its.page.locator(`[data-snapshot="${id}/1"]`).getByRole('link', { name: '后来掌握' }).waitFor();
});
