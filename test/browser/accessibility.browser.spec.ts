import type { RunOptions } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { existsSync } from 'node:fs';
import type { RoleName } from '../../src/access/roles.js';
import { lishui } from '../support/seeds.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { hindrances } from './axe.js';
import { openChromium, openPage, settled } from './chromium.js';
import { giveSession, newPerson } from './people.js';

// Tests run on the built page: run `npm run build -w web` first.
const built = existsSync(new URL('../../web/dist/index.html', import.meta.url));

const plan = `/p/${lishui}`;
const wide = { width: 1366, height: 768 };
const narrow = { width: 390, height: 844 };

/** WCAG 2.2, levels A and AA, and how a page is divided. */
const whole: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
  rules: Object.fromEntries(
    [
      'empty-heading',
      'empty-table-header',
      'heading-order',
      'landmark-banner-is-top-level',
      'landmark-main-is-top-level',
      'landmark-no-duplicate-banner',
      'landmark-no-duplicate-main',
      'landmark-one-main',
      'landmark-unique',
      'page-has-heading-one',
      'region',
      'scope-attr-valid',
      'skip-link',
      'tabindex',
      'target-size',
    ].map((rule) => [rule, { enabled: true }]),
  ),
  resultTypes: ['violations'],
};
const colours: RunOptions = { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } };

/** Each page, opened by somebody who works on it. */
const pages: Partial<Record<RoleName, readonly string[]>> = {
  auditor: [
    '/',
    plan,
    `${plan}?asOf=2023-06-30`,
    `${plan}?unit=nonsense`,
    `${plan}/indicators`,
    `${plan}/indicators?view=matrix`,
    `${plan}/indicators?view=charts`,
    `${plan}/indicators/05`,
    `${plan}/units`,
    `${plan}/units/331121`,
    ...['promises', 'projects', 'policies', 'tasks', 'findings'].map((list) => `${plan}/${list}`),
    ...['promises/T01', 'projects/P20', 'policies/R04', 'tasks/M62', 'findings/I01'].map((id) => `${plan}/${id}`),
    `${plan}/changed`,
    `${plan}/warnings?period=2023`,
    `${plan}/anomalies`,
    `${plan}/appraisal?period=2022&of=331121`,
    `${plan}/about`,
    `${plan}/evaluations`,
    `${plan}/compare`,
    `${plan}/audit`,
    `${plan}/audit?view=rights`,
    `${plan}/audit/event/100`,
    `${plan}/audit/proof`,
    '/admin/access-log',
    '/admin/system',
    '/me',
    '/nonsense',
  ],
  reporter: ['/', `${plan}/report`, `${plan}/report/2024`, `${plan}/report/import`, `${plan}/report?unit=nonsense`],
  reviewer: ['/', `${plan}/review`],
  evaluator: [
    '/',
    `${plan}/evaluations`,
    `${plan}/evaluations/midterm-2022`,
    `${plan}/evaluations/midterm-2022/snapshots/1/known-since?until=2023-09-30`,
    `${plan}/compare`,
    `${plan}/compare?left=2023-06-30&right=now&period=2022&only=targets&causes=shown`,
    `${plan}/what-if`,
    `${plan}/what-if?period=2022&unit=331102&changes=value:02/331102/2022=57.0;weight:02=3`,
  ],
  'evaluation-lead': [`${plan}/evaluations/midterm-2022`],
  'plan-manager': [
    '/',
    ...['units', 'plans', 'rules', 'deadlines', 'feeds', 'webhooks', 'imports'].map((page) => `/admin/${page}`),
  ],
  'system-admin': ['/', '/admin/system', '/admin/people'],
  'security-admin': ['/', '/admin/people', '/admin/roles', '/admin/roles?view=rights'],
};

let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  if (!built) throw new Error('web/dist is missing: run `npm run build -w web` first');
  [server, browser] = await Promise.all([startTestServer(), openChromium()]);
  await judged();
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** An evaluation with a snapshot, verdicts that are apart, a survey and a lesson; a finding that was assigned. */
async function judged(): Promise<void> {
  const evaluation = `/api/plans/${lishui}/evaluations/midterm-2022`;
  const verdict = { item: 'indicator/05/331121', scale: 'five', ground: '见核查记录' };
  const survey = { question: '是否满意？', on: '2023-05-15', population: '老人', method: '入户', n: 100, share: '50' };
  for (const [path, body] of [
    ['', { kind: 'midterm', period: '2022', asOf: '2023-06-30', purpose: '检验进展' }],
    ['/snapshots', { asOf: '2023-06-30' }],
    ['/verdicts', { ...verdict, standing: 'experts', step: 'behind' }],
    ['/verdicts', { ...verdict, standing: 'self', step: 'early', evidence: [{ title: '自评报告' }] }],
    ['/conclusions', { ...verdict, step: 'nearly' }],
    ['/surveys', survey],
    ['/lessons', { text: '结对帮扶', unit: '331123' }],
  ] as const) {
    expect((await server.post(`${evaluation}${path}`, body)).status).toBe(200);
  }
  const assigned = { on: '2023-07-03', owner: '331102', dueOn: '2023-09-30' };
  expect((await server.post(`/api/plans/${lishui}/findings/I01/assignment`, assigned)).status).toBe(200);
  await server.engine.caughtUp();
}

/** A page in which a new person with the role is signed in. */
async function openAs(role?: RoleName, colorScheme: 'light' | 'dark' = 'light'): Promise<Page> {
  const { page } = await openPage(browser, server.url, wide);
  await page.emulateMedia({ colorScheme });
  if (role) {
    const unit = role === 'reporter' ? { unit: '331121' } : {};
    const place = role.endsWith('-admin') ? {} : { plan: lishui, ...unit };
    const person = await newPerson(server, { roles: [{ role, ...place }] });
    await giveSession(page.context(), server, person);
  }
  await page.goto(server.url);
  await settled(page);
  return page;
}

/** Goes to an address of the app as its links do. */
async function go(page: Page, address: string): Promise<void> {
  const [title, path] = [await page.title(), new URL(page.url()).pathname];
  await page.evaluate(`history.pushState({}, '', ${JSON.stringify(address)})`);
  if (new URL(address, server.url).pathname !== path) {
    await page.locator('head title').filter({ hasNotText: title }).waitFor({ state: 'attached' });
  }
  await settled(page);
}

/** Looks at what is open in both widths. */
async function inspect(page: Page): Promise<string[]> {
  const found = (await hindrances(page, whole)).map((each) => `wide: ${each}`);
  await page.setViewportSize(narrow);
  await settled(page);
  found.push(...(await hindrances(page, whole)).map((each) => `narrow: ${each}`));
  const width = await page.evaluate('document.documentElement.scrollWidth');
  if (width !== narrow.width) found.push(`narrow: the page is ${String(width)} px wide`);
  await page.setViewportSize(wide);
  return found;
}

const focused = (page: Page): Promise<string> => page.evaluate('document.activeElement.textContent');

it.each(Object.entries(pages))(
  'hinders nobody on the pages of %s',
  async (role, addresses) => {
    const page = await openAs(role as RoleName);
    const night = await openAs(role as RoleName, 'dark');
    const found: string[] = [];
    for (const address of addresses) {
      await go(page, address);
      found.push(...(await inspect(page)).map((each) => `${address} ${each}`));
      await go(night, address);
      found.push(...(await hindrances(night, colours)).map((each) => `${address} dark: ${each}`));
    }
    expect(found).toEqual([]);
    await Promise.all([page.context().close(), night.context().close()]);
  },
  240_000,
);

it('hinders nobody who signs in', async () => {
  const page = await openAs();
  expect(await inspect(page)).toEqual([]);
  await page.context().close();
});

it('moves the focus to the name of the page that a link opened, by keyboard alone', async () => {
  const page = await openAs('auditor');
  await go(page, plan);
  await page.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name: '审计查询' }).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/audit$/);
  await page.locator('h1:focus', { hasText: '审计查询' }).waitFor();
  await page.goBack();
  await page.locator('main:not([data-testid=audit-page]) h1').waitFor();
  await page.locator('h1:focus').waitFor();
  await page.locator('h1:focus-visible').waitFor();
  await page.context().close();
});

it('gives the focus back to what opened a dialog, once Esc has closed it', async () => {
  const page = await openAs('plan-manager');
  await go(page, '/admin/plans');
  const end = page.getByRole('button', { name: '结束规划' });
  await end.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: '结束规划' });
  await dialog.waitFor();
  expect(await inspect(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  expect(await focused(page)).toBe('结束规划');

  await go(page, '/admin/units');
  const menu = page.getByRole('button', { name: /^办理：/ }).first();
  await menu.focus();
  await page.keyboard.press('Enter');
  await page.locator('[role=menuitem]:focus, [role=menu]:focus').waitFor();
  await page.keyboard.press('ArrowDown');
  // The focus moves with the next frame.
  await page.locator('[role=menuitem]:focus').waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.locator('button:focus', { hasText: '办理' }).waitFor();
  await page.context().close();
});

it('opens the menu of a narrow page over it, and Esc closes it', async () => {
  const page = await openAs('auditor');
  await page.setViewportSize(narrow);
  const button = page.getByRole('button', { name: '菜单', exact: true });
  await button.click();
  await page.getByRole('dialog', { name: '主菜单' }).waitFor();
  expect(await hindrances(page, whole)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  expect(await focused(page)).toBe('菜单');
  await page.context().close();
});
