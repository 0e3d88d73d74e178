import type { Locator, Page } from 'playwright-core';
import type { RoleName } from '../../src/access/roles.js';
import type { FindingDocument } from '../../src/findings/finding.projection.js';
import { lishui } from '../support/seeds.js';
import { openPage } from './chromium.js';
import { giveSession, newPerson } from './people.js';
import { browserSuite } from './suite.js';

/** A finding from raising to closing, by people of several units with their own rights. */

const its = browserSuite();
const county = '331102';
const id = 'Z01';
const address = `/p/${lishui}/findings/${id}`;
const pdf = { name: '重印附表.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n%%EOF\n') };

/** A page in which a new person of a unit is signed in. */
async function openAs(role: RoleName, name: string, of: { readonly unit: string; readonly over?: string }) {
  const { page, problems } = await openPage(its.browser, its.server.url);
  const roles = [{ role, plan: lishui, ...(of.over !== undefined && { unit: of.over }) }];
  await giveSession(page.context(), its.server, await newPerson(its.server, { name, unit: of.unit, roles }));
  return {
    page,
    open: (path: string) => page.goto(`${its.server.url}${path}`),
    async close() {
      // Chromium itself reports the refusals that are tested.
      expect(problems.filter((problem) => !/status of (403|422) /.test(problem))).toEqual([]);
      await page.context().close();
    },
  };
}

const dialog = (page: Page): Locator => page.getByRole('dialog');

async function choose(page: Page, label: string, text: string): Promise<void> {
  const field = dialog(page).getByLabel(label, { exact: true });
  const active = page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option-active');
  await field.press('ArrowDown');
  await active.first().waitFor();
  // A short list is not searched: it is gone through, and begins again at its end.
  while ((await active.filter({ hasText: text }).count()) === 0) await field.press('ArrowDown');
  await field.press('Enter');
  await dialog(page).locator('.ant-select', { hasText: text }).first().waitFor();
}

async function day(page: Page, label: string, on: string): Promise<void> {
  await dialog(page).getByLabel(label, { exact: true }).fill(on);
  await page.keyboard.press('Enter');
}

const say = (page: Page, label: string, text: string) => dialog(page).getByLabel(label, { exact: true }).fill(text);

async function send(page: Page): Promise<void> {
  await dialog(page).locator('button[type=submit]').click();
  await dialog(page).waitFor({ state: 'hidden' });
}

const act = (page: Page, name: string): Locator =>
  page.getByTestId('actions').getByRole('button', { name, exact: true });
const stage = (page: Page, name: string): Locator => page.getByTestId('lifecycle').locator('li', { hasText: name });

it('a finding is raised, assigned, reported with evidence, sent back, accepted and closed by another unit', async () => {
  const evaluator = await openAs('evaluator', '王评估', { unit: '331100' });
  await evaluator.open(`/p/${lishui}/findings`);
  await evaluator.page.getByRole('button', { name: '提出问题' }).click();
  await say(evaluator.page, '编号', id);
  await choose(evaluator.page, '轻重', '较重');
  await choose(evaluator.page, '对象类别', '指标');
  await say(evaluator.page, '对象编号', '05');
  await say(evaluator.page, '问题', '附表与正文不符');
  await dialog(evaluator.page).getByLabel('所据', { exact: true }).fill(`figure/05/${county}/2022`);
  await evaluator.page.keyboard.press('Enter');
  await send(evaluator.page);
  await evaluator.page.locator(`tr[data-thing="findings/${id}"]`).waitFor();
  await evaluator.open(address);
  await evaluator.page.getByRole('link', { name: `指标 05 · ${county} · 2022` }).waitFor();
  await act(evaluator.page, '交办整改').click();
  await day(evaluator.page, '日期', '2024-01-08');
  // The owner is proposed by what the finding rests on, the due day by default.
  await dialog(evaluator.page).locator('.ant-select', { hasText: '莲都区' }).waitFor();
  await dialog(evaluator.page).getByText(`整改单位按 figure/05/${county}/2022 建议`).waitFor();
  expect(await dialog(evaluator.page).getByLabel('整改期限', { exact: true }).inputValue()).toMatch(
    /^\d{4}-\d\d-\d\d$/,
  );
  await day(evaluator.page, '整改期限', '2024-03-31');
  await send(evaluator.page);
  await stage(evaluator.page, '报送').filter({ hasText: '期限 2024-03-31，逾期' }).waitFor();
  expect(await act(evaluator.page, '办结整改').count()).toBe(0);

  const clerk = await openAs('reporter', '莲都填报员', { unit: county, over: county });
  await clerk.open('/');
  const owed = clerk.page.getByTestId('rectification-owner');
  await owed.getByText('逾期').waitFor();
  await owed.getByRole('link', { name: '附表与正文不符' }).click();
  await act(clerk.page, '报送整改情况').click();
  await day(clerk.page, '日期', '2024-03-20');
  await say(clerk.page, '说明', '重印附表');
  await dialog(clerk.page).locator('button[type=submit]').click();
  await dialog(clerk.page).getByText('请附依据').waitFor();
  await dialog(clerk.page).locator('input[type=file]').setInputFiles(pdf);
  await dialog(clerk.page).getByText('已留存').waitFor();
  await send(clerk.page);
  await stage(clerk.page, '验收').filter({ hasText: '审核员或评估负责人' }).waitFor();
  expect(await act(clerk.page, '验收').count()).toBe(0);

  const lead = await openAs('evaluation-lead', '李负责', { unit: '331100' });
  await lead.open('/');
  await lead.page.getByTestId('rectification-reviewer').getByRole('link', { name: '附表与正文不符' }).click();
  await act(lead.page, '退回整改').click();
  await day(lead.page, '日期', '2024-03-25');
  await say(lead.page, '事由', '缺 2021 年一列');
  await send(lead.page);
  await lead.page.getByTestId('steps').getByText('事由：缺 2021 年一列').waitFor();

  await clerk.page.reload();
  await stage(clerk.page, '退回重报').waitFor();
  await act(clerk.page, '报送整改情况').click();
  await day(clerk.page, '日期', '2024-03-28');
  await say(clerk.page, '说明', '补齐各年');
  await dialog(clerk.page).locator('input[type=file]').setInputFiles(pdf);
  await dialog(clerk.page).getByText('已留存').waitFor();
  await send(clerk.page);

  await lead.page.reload();
  await act(lead.page, '验收').click();
  await day(lead.page, '日期', '2024-04-02');
  await send(lead.page);
  await stage(lead.page, '办结').filter({ hasText: '其他单位的评估负责人' }).waitFor();

  // Who did the work does not close it, nor does a lead of that unit.
  const closing = { on: '2024-04-08', text: '附表已核对' };
  const refusal = (page: Page) =>
    page.evaluate(
      async ([path, body]) => {
        const headers = { 'content-type': 'application/json' };
        const answer = await fetch(path!, { method: 'POST', headers, body: body! });
        return [answer.status, ((await answer.json()) as { code: string }).code];
      },
      [`/api/plans/${lishui}/findings/${id}/closing`, JSON.stringify(closing)],
    );
  expect(await act(clerk.page, '办结整改').count()).toBe(0);
  expect(await refusal(clerk.page)).toEqual([403, 'access.no-right']);
  await clerk.close();
  const neighbour = await openAs('evaluation-lead', '莲都负责人', { unit: county });
  await neighbour.open(address);
  await act(neighbour.page, '退回整改').waitFor();
  expect(await act(neighbour.page, '办结整改').count()).toBe(0);
  expect(await refusal(neighbour.page)).toEqual([403, 'finding.own-unit']);
  await neighbour.close();

  await act(lead.page, '办结整改').click();
  await day(lead.page, '日期', closing.on);
  await say(lead.page, '说明', closing.text);
  await send(lead.page);
  await stage(lead.page, '办结').filter({ hasText: closing.on }).waitFor();
  expect(await stage(lead.page, '办结').getAttribute('data-state')).toBe('done');
  const trail = await lead.page.getByTestId('trail').locator('table').innerText();
  for (const words of ['交办整改', `${county} 期限 2024-03-31`, '报送整改情况', '退回整改', '验收整改', '办结问题'])
    expect(trail).toContain(words);
  await lead.close();
  await evaluator.close();
}, 180_000);

it('a problem that an evaluation recorded becomes a finding that is assigned, with what is known filled in', async () => {
  const { server } = its;
  const evaluation = `${server.plan}/evaluations/midterm-2022`;
  await server.post(evaluation, { kind: 'midterm', period: '2022' });
  await server.post(`${evaluation}/snapshots`, { asOf: '2023-06-30' });
  const problem = { severity: 'high', subject: '指标 05，青田县', text: '联办率严重滞后于序时进度' };
  expect((await server.post(`${evaluation}/findings`, problem)).status).toBe(200);
  const lead = await openAs('evaluation-lead', '孙负责', { unit: '331100' });
  await lead.open(`/p/${lishui}/evaluations/midterm-2022`);
  await lead.page.getByRole('button', { name: '转为整改' }).click();
  expect(await dialog(lead.page).getByLabel('问题', { exact: true }).inputValue()).toBe(problem.text);
  await say(lead.page, '编号', 'Z02');
  await send(lead.page);
  await lead.page.waitForURL(/\/findings\/Z02/);
  await lead.page.getByRole('link', { name: '评估 midterm-2022 存档 1 · 指标 05 · 331121' }).waitFor();
  await act(lead.page, '交办整改').click();
  await dialog(lead.page).locator('.ant-select', { hasText: '青田县' }).waitFor();
  await send(lead.page);
  await stage(lead.page, '报送').waitFor();
  const { body } = await server.get<FindingDocument>(`${server.plan}/findings/Z02`);
  expect(body).toMatchObject({ severity: 'high', subjectType: 'indicator', subject: '05', owner: '331121' });
  await lead.close();
}, 120_000);
