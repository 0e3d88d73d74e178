import type { Locator, Page } from 'playwright-core';
import type { RoleName } from '../../src/access/roles.js';
import type { EvaluationDocument } from '../../src/evaluations/evaluation.projection.js';
import { lishui } from '../support/seeds.js';
import { openPage } from './chromium.js';
import { giveSession, newPerson } from './people.js';
import { browserSuite } from './suite.js';

/** The mid-term evaluation from opening to publishing, by three people with their own rights. */

const its = browserSuite();
const address = `/p/${lishui}/evaluations`;
const item = 'indicator/05/331121';

/** A page in which a new person is signed in. */
async function openAs(role: RoleName, name: string, unit?: string) {
  const { page, problems } = await openPage(its.browser, its.server.url);
  const roles = [{ role, plan: lishui, ...(unit !== undefined && { unit }) }];
  await giveSession(page.context(), its.server, await newPerson(its.server, { name, roles }));
  return {
    page,
    open: (path: string) => page.goto(`${its.server.url}${path}`),
    async close() {
      // Chromium itself reports the refusal that is tested.
      expect(problems.filter((problem) => !/status of 422 /.test(problem))).toEqual([]);
      await page.context().close();
    },
  };
}

const dialog = (page: Page): Locator => page.getByRole('dialog');

/** Chooses in a list of the form by what its option is called. */
async function choose(page: Page, label: string, text: string): Promise<void> {
  const field = dialog(page).getByLabel(label, { exact: true });
  await field.press('ArrowDown');
  await field.fill(text);
  await page.locator('.ant-select-item-option-active', { hasText: text }).waitFor();
  await field.press('Enter');
  await dialog(page).locator('.ant-select', { hasText: text }).first().waitFor();
}

/** Sends the form, which closes. */
async function send(page: Page): Promise<void> {
  await dialog(page).locator('button[type=submit]').click();
  await dialog(page).waitFor({ state: 'hidden' });
}

async function judge(page: Page, { what, scale, step }: { what: string; scale: string; step: string }): Promise<void> {
  await page.getByTestId('judgement').getByRole('button', { name: '作出判断' }).click();
  await choose(page, '评估事项', what);
  await choose(page, '等级', scale);
  await choose(page, '等次', step);
  await dialog(page).getByLabel('理由', { exact: true }).fill('见核查记录');
  await send(page);
}

const row = (page: Page, of = item): Locator => page.locator(`[data-item="${of}"]`);

it('three people take a mid-term evaluation from opening to publishing', async () => {
  const evaluator = await openAs('evaluator', '王评估');
  const { page } = evaluator;
  await evaluator.open(address);
  await page.getByRole('button', { name: '建立评估' }).click();
  const form = dialog(page);
  await form.getByLabel('编号', { exact: true }).fill('midterm-2022');
  await form.getByLabel('评估依据', { exact: true }).fill('《规划》第九章');
  await form.getByLabel('数据截止日期', { exact: true }).fill('2023-06-30');
  await page.keyboard.press('Enter');
  for (const [standing, name] of [
    ['自评', '各县（市、区）'],
    ['专家组', '评估专家组'],
  ] as const) {
    await form.getByRole('button', { name: '添加参加者' }).click();
    const participant = form.locator('.nested-item').last();
    const field = participant.getByLabel('评估人身份', { exact: true });
    await field.press('ArrowDown');
    await field.fill(standing);
    await page.locator('.ant-select-item-option-active', { hasText: standing }).waitFor();
    await field.press('Enter');
    await participant.getByLabel('参加者', { exact: true }).fill(name);
  }
  await send(page);
  await page.waitForURL(/\/evaluations\/midterm-2022$/);
  await page.getByTestId('scheme').getByText('自评：各县（市、区）；专家组：评估专家组').waitFor();

  const readiness = page.getByTestId('readiness');
  await readiness.getByText('期间 2022，截至 2023-06-30').waitFor();
  await readiness.getByRole('button', { name: /^遂昌县 缺报 1 项$/ }).click();
  await page.getByTestId('readiness-list').getByText('缺报 1 项').waitFor();
  const workbook = await readiness.getByRole('link', { name: '下载工作簿' }).getAttribute('href');
  const file = await page.request.get(`${its.server.url}${workbook!}`);
  expect([file.status(), (await file.body()).subarray(0, 2).toString()]).toEqual([200, 'PK']);

  await page.getByRole('button', { name: '生成存档' }).click();
  await send(page);
  await page.locator('[data-snapshot="midterm-2022/1"]').waitFor();
  await judge(page, { what: '05 救助“一件事”惠民联办率（青田县）', scale: '五档', step: '进展滞后' });
  await row(page).getByText('专家组').waitFor();
  await judge(page, { what: '相关性', scale: '定性评分', step: '4 较好' });
  await row(page, 'criterion/relevance').getByText('4 较好').waitFor();
  // An evaluator neither concludes nor publishes.
  expect(await page.getByRole('button', { name: '作出结论' }).count()).toBe(0);
  expect(await page.getByTestId('publish').count()).toBe(0);
  await page.getByRole('button', { name: '登记满意度调查' }).click();
  await form.getByLabel('问题', { exact: true }).fill('您对本地养老服务是否满意？');
  await form.getByLabel('调查日期', { exact: true }).fill('2023-05-15');
  await page.keyboard.press('Enter');
  await form.getByLabel('调查对象', { exact: true }).fill('60 岁以上户籍老人');
  await form.getByLabel('调查方法', { exact: true }).fill('入户');
  await form.getByLabel('有效样本', { exact: true }).fill('100');
  await form.getByLabel('满意率', { exact: true }).fill('50');
  await send(page);
  await page.getByText('满意率 50%，误差 ±9.8 个百分点').waitFor();
  await evaluator.close();

  const reporter = await openAs('reporter', '周青田', '331121');
  await reporter.open(`${address}/midterm-2022`);
  await judge(reporter.page, { what: '05 救助“一件事”惠民联办率（青田县）', scale: '五档', step: '提前完成' });
  await row(reporter.page).getByText('自评').waitFor();
  // Before it is published, a reporter sees the own verdict only.
  expect(await reporter.page.locator('[data-verdict]').count()).toBe(1);
  expect(await row(reporter.page, 'criterion/relevance').count()).toBe(0);
  await reporter.close();

  const lead = await openAs('evaluation-lead', '何负责');
  await lead.open(`${address}/midterm-2022`);
  await row(lead.page).getByText('相差 3 档').waitFor();
  await row(lead.page).getByText('须商议').waitFor();
  const publish = lead.page.getByTestId('publish');
  await publish.getByText('的判断相差 3 档，尚无结论').waitFor();
  await row(lead.page).getByRole('button', { name: '作出结论' }).click();
  await choose(lead.page, '等级', '五档');
  await choose(lead.page, '等次', '基本完成');
  await dialog(lead.page).getByLabel('理由', { exact: true }).fill('以补充核查的结果为准');
  await send(lead.page);
  await row(lead.page).locator('td', { hasText: '以补充核查的结果为准' }).waitFor();
  await publish.getByText('尚无结论').waitFor({ state: 'detached' });

  // What is open has to be accepted by name.
  await publish.getByRole('button', { name: '发布评估' }).click();
  await dialog(lead.page).locator('button[type=submit]').click();
  await dialog(lead.page).getByText('acceptWarnings').first().waitFor();
  await lead.page.keyboard.press('Escape');
  await dialog(lead.page).waitFor({ state: 'hidden' });
  for (const box of await publish.getByRole('checkbox').all()) await box.check();
  await publish.getByRole('button', { name: '发布评估' }).click();
  await send(lead.page);
  await lead.page.getByText('已发布存档 1').first().waitFor();
  await lead.page.getByRole('button', { name: '作出判断' }).waitFor({ state: 'detached' });
  const { body } = await its.server.get<EvaluationDocument>(`/api/plans/${lishui}/evaluations/midterm-2022`);
  expect(body).toMatchObject({ published: 1, conclusions: [{ item, step: 'nearly' }] });
  expect(body.accepted).toContain('readiness:unreported');
  await lead.close();
}, 240_000);
