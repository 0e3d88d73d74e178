import { signUp } from '../support/people.js';
import { smallPlan } from '../support/small-plan.js';
import { hindrances } from './axe.js';
import { giveSession, newPerson, signInAsAuditor } from './people.js';
import { browserSuite } from './suite.js';

const lishui = 'lishui-civil-affairs-2021-2025';
const plan = `/p/${lishui}`;

const its = browserSuite();

const dialog = () => its.page.getByTestId('search');
const field = () => dialog().getByRole('combobox', { name: '查找' });
const finds = () => dialog().getByRole('option');
const address = () => {
  const { pathname, search } = new URL(its.page.url());
  return decodeURIComponent(pathname + search);
};

async function open(path: string): Promise<void> {
  await its.page.goto(`${its.server.url}${plan}${path}`);
  await its.page.getByRole('heading', { level: 1 }).waitFor();
}

async function type(text: string): Promise<void> {
  await field().fill(text);
  await its.page.locator('[data-testid=search][data-settled=true]').waitFor();
}

it('finds by keyboard, keeps unit, period and moment, and gives the focus back', async () => {
  await signInAsAuditor(its.page.context(), its.server);
  await open('/projects?period=2022&asOf=2023-06-30&unit=331102');
  const box = its.page.getByRole('button', { name: '查找' });
  await box.focus();
  await its.page.keyboard.press('Control+k');
  await field().waitFor();
  // Nothing typed: the pages of the menu.
  expect(await finds().first().textContent()).toContain('总览');
  await its.page.keyboard.press('Escape');
  await dialog().waitFor({ state: 'detached' });
  await its.page.locator('.search-box:focus').waitFor();

  await its.page.keyboard.press('Control+k');
  await type('０２');
  expect(await field().getAttribute('aria-activedescendant')).toBe(await finds().first().getAttribute('id'));
  expect(await finds().first().textContent()).toMatch(/^指标02/);
  await its.page.keyboard.press('ArrowDown');
  expect(await finds().nth(1).getAttribute('aria-selected')).toBe('true');
  await its.page.keyboard.press('ArrowUp');
  await its.page.keyboard.press('Enter');
  await its.page.getByTestId('indicator').waitFor();
  expect(address()).toBe(`${plan}/indicators/02?period=2022&asOf=2023-06-30&unit=331102`);

  // Enter before the answer opens the answer.
  await its.page.keyboard.press('Control+k');
  await field().fill('P01');
  await its.page.keyboard.press('Enter');
  await its.page.getByTestId('thing').waitFor();
  expect(address()).toBe(`${plan}/projects/P01?period=2022&asOf=2023-06-30&unit=331102`);
});

it('leads to pages, periods and, for auditors, to what a person did', async () => {
  await its.server.engine.submissions.submit(smallPlan());
  const clerk = await signUp(its.server, '周莲都', [{ role: 'corrector', plan: 'small', unit: '331102' }]);
  const corrected = await fetch(`${its.server.url}/api/plans/small/figures/03/331102/2022/corrections`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...clerk.headers },
    body: JSON.stringify({ value: '9', reason: '与台账核对' }),
  });
  expect(corrected.status).toBe(200);
  await its.server.engine.caughtUp();
  await signInAsAuditor(its.page.context(), its.server);
  await open('');
  await its.page.getByRole('button', { name: '查找' }).click();
  await type('2023');
  await finds().filter({ hasText: '期间2023总览' }).click();
  await dialog().waitFor({ state: 'detached' });
  expect(address()).toBe(`${plan}?period=2023`);
  await its.page.keyboard.press('Control+k');
  await type('审计查询');
  await its.page.keyboard.press('Enter');
  await its.page.getByTestId('audit-page').waitFor();
  await its.page.goto(`${its.server.url}/p/small/evaluations`);
  await its.page.getByRole('heading', { level: 1 }).waitFor();
  await its.page.keyboard.press('Control+k');
  await type('莲都');
  await finds().filter({ hasText: '经办人周莲都' }).click();
  await its.page.getByTestId('audit-page').waitFor();
  expect(address()).toBe(`/p/small/audit?person=${clerk.person}`);
});

it('says what is searched where nothing is found, tells people nothing of others, and hinders nobody', async () => {
  const leader = await newPerson(its.server, { name: '吴领导', roles: [{ role: 'leader', plan: lishui }] });
  await giveSession(its.page.context(), its.server, leader);
  await open('');
  await its.page.getByRole('button', { name: '查找' }).click();
  await type('没有这样的词');
  expect(await dialog().getByRole('status').textContent()).toMatch(/^没有找到“没有这样的词”。查找的是指标、.*和页面$/);
  await type('养老');
  expect(await finds().count()).toBeGreaterThan(3);
  expect(await hindrances(its.page)).toEqual([]);
});
