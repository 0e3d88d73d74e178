import type { Locator, Page } from 'playwright-core';
import type { RoleName } from '../../src/access/roles.js';
import type { FigureDocument } from '../../src/figures/figure.projection.js';
import { keepFile, pdfOf } from '../support/evidence.js';
import { asOperator } from '../support/operator.js';
import { lishui } from '../support/seeds.js';
import { openPage } from './chromium.js';
import { giveSession, newPerson } from './people.js';
import { browserSuite } from './suite.js';

/** The sheets of a year from putting forth to the frozen ones, by people of several units with their own rights. */

const its = browserSuite();
const county = '331121';
const address = `/p/${lishui}/appraisal?period=2022&of=${county}`;
const because = '当日系统停机，有运维记录';

/** A page in which a new person of a unit is signed in. */
async function openAs(role: RoleName, of: { readonly unit: string; readonly over?: string }) {
  const { page, problems } = await openPage(its.browser, its.server.url);
  const roles = [{ role, plan: lishui, ...(of.over !== undefined && { unit: of.over }) }];
  await giveSession(page.context(), its.server, await newPerson(its.server, { unit: of.unit, roles }));
  return {
    page,
    open: (path: string) => page.goto(`${its.server.url}${path}`),
    async close() {
      expect(problems).toEqual([]);
      await page.context().close();
    },
  };
}

const dialog = (page: Page): Locator => page.getByRole('dialog');

async function send(page: Page, reason?: string): Promise<void> {
  if (reason !== undefined) await dialog(page).getByLabel('事由', { exact: true }).fill(reason);
  await dialog(page).locator('button[type=submit]').click();
  await dialog(page).waitFor({ state: 'hidden' });
}

const sheet = (page: Page): Locator => page.getByTestId('appraisal-sheet');
const standing = (page: Page, state: string): Locator =>
  page.locator(`[data-testid=appraisal-standing][data-state=${state}]`);
const late = (page: Page): Locator => sheet(page).locator('tr', { hasText: /逾期 \d+ 天/ });
const button = (within: Locator, name: string): Locator => within.getByRole('button', { name, exact: true });
/** What the sheet says of its points. */
const points = (page: Page): Promise<string> => sheet(page).getByRole('heading', { level: 2 }).innerText();

it('sheets are put forth, a county objects, the lead accepts, and the annual evaluation freezes them', async () => {
  const { server } = its;
  await server.post(`${server.plan}/deadlines`, { days: { A: 60 } });
  const lead = await openAs('evaluation-lead', { unit: '331100' });
  await lead.open(address);
  await lead.page.getByTestId('appraisal-source').getByText('通鉴的默认规则').waitFor();
  await standing(lead.page, 'draft').getByRole('button', { name: '公示考核表' }).click();
  await send(lead.page);
  const putForth = standing(lead.page, 'put-forth');
  await putForth.getByText('公示中').waitFor();
  await button(putForth, '核验').click();
  await putForth.getByText(/✓ 已重现：按当时所知重算，哈希一致；存档完好/).waitFor();

  const clerk = await openAs('reporter', { unit: county, over: county });
  await clerk.open(address);
  const first = late(clerk.page).first();
  await button(first, '申诉').click();
  await dialog(clerk.page).locator('button[type=submit]').click();
  await dialog(clerk.page)
    .getByText(/请填写事由|事由不能为空/)
    .first()
    .waitFor();
  await send(clerk.page, because);
  await first.getByText(`申诉 1：${because}`).waitFor();
  await first.getByText('待裁定').waitFor();
  // It is withdrawn before it is decided, and made again with better reasons.
  await button(first, '撤回申诉').click();
  await send(clerk.page, '日志未附');
  await first.getByText(/撤回：日志未附/).waitFor();
  await button(first, '申诉').click();
  await send(clerk.page, because);
  await first.getByText(`申诉 2：${because}`).waitFor();
  // What contains the sheets of all units is for who sees all of them.
  expect(
    await standing(clerk.page, 'put-forth')
      .getByText(/下载原文|核验/)
      .count(),
  ).toBe(0);
  // Who objects does not decide.
  expect(await button(first, '采纳').count()).toBe(0);
  const before = await points(clerk.page);

  await lead.open('/');
  await lead.page
    .getByTestId('objections-to-decide')
    .getByRole('link', { name: /2022 青田县：.*逾期/ })
    .click();
  const objected = late(lead.page).filter({ hasText: because });
  await button(objected, '采纳').click();
  await send(lead.page, '运维记录属实');
  await objected.getByText('采纳：运维记录属实').waitFor();
  await objected.locator('s').waitFor();

  // A deduction becomes a finding with its subject filled in.
  await button(objected, '提出问题').click();
  expect(await dialog(lead.page).getByLabel('问题', { exact: true }).inputValue()).toMatch(/逾期 \d+ 天/);
  expect(await dialog(lead.page).getByLabel('对象编号', { exact: true }).inputValue()).not.toBe('');
  await lead.page.keyboard.press('Escape');
  await dialog(lead.page).waitFor({ state: 'hidden' });

  await clerk.open('/');
  await clerk.page.getByTestId('objections-own').getByText('采纳：运维记录属实').waitFor();
  await clerk.open(address);
  await late(clerk.page).first().locator('s').waitFor();
  expect(await points(clerk.page)).not.toBe(before);

  const evaluation = `${server.plan}/evaluations/annual-2022`;
  await server.post(evaluation, { kind: 'annual', period: '2022', title: '2022 年度监测' });
  await server.post(`${evaluation}/snapshots`, {});
  await lead.open(`/p/${lishui}/evaluations/annual-2022`);
  const publish = lead.page.getByTestId('publish');
  await publish.getByText(/申诉期限 .* 未满/).waitFor();
  for (const box of await publish.getByRole('checkbox').all()) await box.check();
  await button(publish, '发布评估').click();
  await send(lead.page);
  await publish.getByRole('button', { name: '发布评估' }).waitFor({ state: 'detached' });

  await clerk.open(address);
  await standing(clerk.page, 'frozen').getByRole('link', { name: '2022 年度监测' }).waitFor();
  await clerk.page.getByTestId('sheet-unchanged').waitFor();
  const frozen = await points(clerk.page);
  const deductions = await late(clerk.page).allInnerTexts();

  // A correction that comes later is beside the sheet, and not in it.
  const figure = `${server.plan}/figures/02/${county}/2022`;
  const { reported } = (await server.get<FigureDocument>(figure)).body.latest!;
  if (!('numerator' in reported)) throw new Error('the figure is no ratio');
  const { sha256 } = (await keepFile(server, pdfOf(), county, asOperator)).body;
  const corrected = await server.post(`${figure}/corrections`, {
    ...{ numerator: String(Number(reported.numerator) + 1), denominator: reported.denominator },
    ...{ reason: '台账复核', evidence: [{ title: '床位台账', sha256 }] },
  });
  expect([corrected.status, corrected.text]).toEqual([200, expect.any(String)]);
  await clerk.open(address);
  await clerk.page
    .getByTestId('sheet-change')
    .getByText(/审核后更正（台账复核）/)
    .waitFor();
  expect(await points(clerk.page)).toBe(frozen);
  expect(await late(clerk.page).allInnerTexts()).toEqual(deductions);
  await clerk.close();
  await lead.close();
}, 240_000);
