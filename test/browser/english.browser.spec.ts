import type { Browser, BrowserContext, Page } from 'playwright-core';
import { existsSync } from 'node:fs';
import { startTestServer, type TestServer } from '../support/server.js';
import { openChromium, openPage, type WatchedPage } from './chromium.js';
import { giveSession, newPerson, signInAsAuditor, type NewPerson } from './people.js';

// Tests run on the built page: run `npm run build -w web` first.
const built = existsSync(new URL('../../web/dist/index.html', import.meta.url));

const code = 'lishui-civil-affairs-2021-2025';
const plan = `/p/${code}`;

let server: TestServer;
let browser: Browser;
let watched: WatchedPage;
let page: Page;
let context: BrowserContext;
/** What the server sent to the page. */
let data: string;

beforeAll(async () => {
  if (!built) throw new Error('web/dist is missing: run `npm run build -w web` first');
  [server, browser] = await Promise.all([startTestServer(), openChromium()]);
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

beforeEach(async () => {
  watched = await openPage(browser, server.url);
  ({ page } = watched);
  context = page.context();
  data = '';
  page.on('response', (response) => {
    if (!new URL(response.url()).pathname.startsWith('/api/')) return;
    void response.text().then(
      (text) => (data += text),
      // An answer that the page no longer waited for has no text.
      () => undefined,
    );
  });
});

afterEach(async () => {
  await context.close();
  expect(watched.problems).toEqual([]);
});

const speakEnglish = () => context.addInitScript({ content: "localStorage.setItem('tongjian.language', 'en')" });

/** Waits until nothing of the page is still being fetched. */
async function settled(): Promise<void> {
  await page.locator('h1, .ant-result').first().waitFor();
  const waiting = '.ant-skeleton, .ant-spin-spinning, [aria-busy=true], [data-settled=false]';
  await page.locator(waiting).first().waitFor({ state: 'detached' });
}

/** All texts that the page shows or that it gives to a screen reader, except those in an element marked as Chinese. */
const texts = (): Promise<string[]> =>
  page.evaluate(`(() => {
    const said = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const isElement = node instanceof Element;
      if ((isElement ? node : node.parentElement).closest('[lang^=zh], script, style')) continue;
      if (!isElement) said.push(node.nodeValue);
      else for (const name of ['aria-label', 'title', 'placeholder', 'alt']) said.push(node.getAttribute(name) ?? '');
    }
    return said;
  })()`);

/** Data of the plan is shown in its own language: what is Chinese on the page and was not sent by the server is a mistake. */
const chineseOfThePage = async (): Promise<string[]> =>
  (await texts()).filter((text) => (text.match(/[\u4e00-\u9fff]+/g) ?? []).some((part) => !data.includes(part)));

interface Visitor {
  readonly roles: NewPerson['roles'];
  /** Pages that the menu does not lead to. */
  readonly also: readonly string[];
}

const unit = '331102';
const visitors: Readonly<Record<string, Visitor>> = {
  auditor: {
    roles: [{ role: 'auditor' }],
    also: [
      '/me',
      `${plan}/indicators/05`,
      `${plan}/units/331121`,
      `${plan}/audit?view=rights`,
      `${plan}/audit/event/100`,
      '/admin/roles?view=rights',
      '/nonsense',
    ],
  },
  'plan manager': {
    roles: [{ role: 'plan-manager' }],
    also: ['plan', 'areas', 'indicators', 'targets', 'folder'].map((view) => `/admin/plans?view=${view}`),
  },
  clerk: {
    roles: [
      { role: 'reporter', plan: code, unit },
      { role: 'reviewer', plan: code, unit },
    ],
    also: [`${plan}/report/2025`, `${plan}/report/2024`, `${plan}/report/import`, `${plan}/indicators/05`],
  },
  'system administrator': { roles: [{ role: 'system-admin' }], also: [] },
  'security administrator': {
    roles: [{ role: 'security-admin' }],
    also: ['grants', 'rights', 'table', 'tokens'].map((view) => `/admin/roles?view=${view}`),
  },
};

it.each(Object.entries(visitors))(
  'says everything in English but the data, on each page of the menu: %s',
  async (...[, { roles, also }]) => {
    await giveSession(context, server, await newPerson(server, { roles }));
    await speakEnglish();
    await page.goto(server.url);
    await settled();
    const shown = await page.getByRole('navigation', { name: 'Main menu' }).getByRole('link').all();
    const links = await Promise.all(shown.map(async (link) => (await link.getAttribute('href')) ?? ''));
    expect(links.length).toBeGreaterThan(2);
    for (const link of [...links, ...also]) {
      await page.goto(`${server.url}${link}`);
      await settled();
      expect([link, await chineseOfThePage()]).toEqual([link, []]);
    }
  },
);

it('says in English what the server says of data, events and problems', async () => {
  await signInAsAuditor(context, server);
  await speakEnglish();
  const said = async (path: string, text: RegExp) => {
    await page.goto(`${server.url}${plan}${path}`);
    await page.getByText(text).first().waitFor();
  };
  await said(
    '/anomalies',
    /From .+ in the period before \(2020\) to .+ in 2021, a change of .+; the median of the unit's/,
  );
  await said('/findings?view=checks', /: 25800 in 2025, by the rule it should be 26740/);
  await said('/indicators/05', /100\.0.+ · Approved/);
  await said('/appraisal?period=2022', /^Timely reporting \(20 points\)$/);
  await said('/audit', /^Investment reported$/);
});

it('says in English what is wrong, with the words of the server that name it', async () => {
  await giveSession(context, server, await newPerson(server, { roles: [{ role: 'auditor' }] }));
  await speakEnglish();
  await page.goto(`${server.url}${plan}?asOf=1999-01-01`);
  await page
    .getByRole('alert')
    .getByText(/The plan was not known at that moment \(.*[\u4e00-\u9fff]/s)
    .waitFor();
  // Chromium itself reports the refusal.
  watched.problems.splice(0);
});

it('changes the language and back', async () => {
  await signInAsAuditor(context, server);
  await page.goto(`${server.url}${plan}/indicators`);
  await page.getByRole('heading', { level: 1, name: '主要指标' }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');

  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('heading', { level: 1, name: 'Main indicators' }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('en');

  await page.getByRole('button', { name: '中文' }).click();
  await page.getByRole('heading', { level: 1, name: '主要指标' }).waitFor();
});
