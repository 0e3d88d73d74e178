import type { Browser, Page } from 'playwright-core';
import { signUp, type SignedUp } from '../support/people.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { keepFile, pdfOf } from '../support/evidence.js';
import { smallPlan } from '../support/small-plan.js';
import { openChromium, openPage } from './chromium.js';
import { giveSession, newPerson } from './people.js';

const figures = '/api/plans/small/figures/03/331102';
const plan = 'small';
let server: TestServer;
let browser: Browser;
let clerk: SignedUp;

beforeAll(async () => {
  [server, browser] = await Promise.all([startTestServer({ demo: false }), openChromium()]);
  await server.engine.submissions.submit(smallPlan());
  clerk = await signUp(server, '周莲都', [
    { role: 'reporter', plan, unit: '331102' },
    { role: 'corrector', plan, unit: '331102' },
  ]);
  const rules = [{ id: 'jump', kind: 'jump', percent: '200', required: 'explanation' }];
  await sent('/api/plans/small/quality-rules', { rules, reason: '年报布置' });
  await sent(`${figures}/2023/measurement`, { value: '9', evidence: [{ title: '2023 年名录' }] }, clerk.headers);
  const explanations = [{ rule: 'jump', text: '两家机构年内投入运营' }];
  await sent(`${figures}/2024/measurement`, { value: '90', explanations }, clerk.headers);
  await server.engine.caughtUp();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** Sends a command as the operator, or as somebody else. */
async function sent(path: string, body: object, headers?: Record<string, string>): Promise<void> {
  const response = headers
    ? await fetch(`${server.url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      })
    : await server.post(path, body);
  expect({ path, status: response.status }).toEqual({ path, status: 200 });
}

/** Evidence of a file that the clerk keeps. */
async function kept(mark: string): Promise<{ title: string; sha256: string }> {
  const { body } = await keepFile({ url: server.url, plan: '/api/plans/small' }, pdfOf(mark), '331102', clerk.headers);
  return { title: `2022 年名录（${mark}）`, sha256: body.sha256 };
}

async function opened(role: 'reviewer' | 'plan-manager', address: string) {
  const { page, problems } = await openPage(browser, server.url);
  const roles = [{ role, plan, ...(role === 'reviewer' && { unit: '331100' }) }] as const;
  await giveSession(page.context(), server, await newPerson(server, { name: '何审核', roles: [...roles] }));
  await page.goto(`${server.url}${address}`);
  return { page, problems };
}

const waiting = (page: Page) =>
  page.evaluate<string[]>(
    `[...document.querySelectorAll('.review-list li')].map((item) => item.getAttribute('data-figure'))`,
  );
const said = (page: Page, text: string) =>
  page.locator('[data-testid=review-said]', { hasText: text }).waitFor({ state: 'attached' });

it('a reviewer works through the queue by keyboard', async () => {
  const { page, problems } = await opened('reviewer', '/p/small/review');
  await page.locator('.review-list li').nth(2).waitFor();
  expect(await waiting(page)).toEqual(['03/331102/2022', '03/331102/2023', '03/331102/2024']);

  await page.keyboard.press('j');
  await said(page, '莲都区 2023');
  await page.keyboard.press('ArrowDown');
  await said(page, '莲都区 2024');
  const detail = page.locator('[data-testid=review-detail]');
  await detail.getByText('两家机构年内投入运营').waitFor();
  expect(new URL(page.url()).searchParams.get('figure')).toBe('03/331102/2024');

  await page.keyboard.press('Shift+?');
  await page.getByRole('dialog').getByText('下一条').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });

  // Keys do nothing while somebody types.
  await page.getByPlaceholder('期间，如').fill('a');
  await page.getByPlaceholder('期间，如').fill('');
  expect(await waiting(page)).toHaveLength(3);
  await page.locator('h1').click();

  await page.getByRole('button', { name: '通过没有标记的 2 条' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '审核通过' }).click();
  await said(page, '已审核通过 2 条');
  await page.getByText('待审核 1 条').waitFor();
  expect(await waiting(page)).toEqual(['03/331102/2024']);

  // Keys are the dialog's until it is gone.
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.keyboard.press('r');
  const form = page.getByRole('dialog');
  await form.getByRole('button', { name: /退\s?回/ }).click();
  await form.getByText('请写明退回的事由').waitFor();
  await form.getByLabel('事由').fill('请按年末建成并运行的个数填报');
  await form.getByRole('button', { name: /退\s?回/ }).click();
  await page.locator('[data-testid=review-empty]').waitFor();
  await said(page, '已退回');
  expect((await server.get<{ note: string }>(`${figures}/2024`)).body).toMatchObject({
    standing: 'returned',
    note: '请按年末建成并运行的个数填报',
  });
  expect(problems).toEqual([]);
});

it('a correction of an approved figure waits, is counted where approved figures are shown, and opens from there', async () => {
  const correction = { value: '7', reason: '=1 家重复计入', evidence: [await kept('复核')] };
  await sent(`${figures}/2022/corrections`, correction, clerk.headers);
  await server.engine.caughtUp();
  const { page, problems } = await opened('reviewer', '/p/small?period=2022');
  const line = page.locator('[data-testid=changed-since-approval]');
  await line.getByText('1 个').waitFor();
  await line.getByRole('link').click();
  const list = page.locator('[data-testid=changed-figures]');
  await list.getByText('=1 家重复计入').waitFor();
  expect((await list.locator('tbody tr[data-row]').innerText()).split(/\s*\t\s*/)).toEqual(
    expect.arrayContaining(['8', '7', '变更待审核', '周莲都']),
  );
  expect(problems).toEqual([]);
});

it('what the server refuses is told figure by figure, and nothing is done', async () => {
  const { page } = await opened('reviewer', '/p/small/review');
  await page.locator('.review-list li').first().waitFor();
  // Somebody changes the figure while the reviewer looks at it.
  const correction = { value: '6', reason: '再核', evidence: [await kept('再核')] };
  await sent(`${figures}/2022/corrections`, correction, clerk.headers);
  await page.keyboard.press('a');
  await page.locator('[data-testid=review-refused]').getByText('莲都区 2022').waitFor();
  expect((await server.get<{ standing: string }>(`${figures}/2022`)).body.standing).toBe('reported');
});

it('a plan manager unlocks a unit for a time, sees it in force, and locks it again', async () => {
  const { page, problems } = await opened('plan-manager', '/p/small/review');
  const unlocks = page.locator('[data-testid=unlocks]');
  await unlocks.getByRole('button', { name: '解除锁定' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('单位代码').fill('莲都');
  await page.keyboard.press('Enter');
  await form.getByLabel('期间').fill('2023');
  await form.getByLabel('解锁截止日期').fill('2099-12-31');
  await page.keyboard.press('Enter');
  await form.getByLabel('事由').fill('年报复核');
  await form.locator('button[type=submit]').click();
  await unlocks.getByText('正在生效 1 项').waitFor();
  await unlocks.getByText('年报复核').waitFor();
  await unlocks.getByRole('button', { name: '恢复锁定' }).click();
  await page.getByRole('dialog').getByLabel('事由').fill('复核完毕');
  await page.getByRole('dialog').locator('button[type=submit]').click();
  await unlocks.getByText('没有正在生效的解除锁定').waitFor();
  expect(problems).toEqual([]);
});
