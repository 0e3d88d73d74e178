import type { Browser } from 'playwright-core';
import { brokenDownPlan } from '../support/broken-down-plan.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { openChromium, openPage } from './chromium.js';
import { signInAsAuditor } from './people.js';

let server: TestServer;
let browser: Browser;
beforeAll(async () => {
  [server, browser] = await Promise.all([startTestServer({ demo: false }), openChromium()]);
  await server.engine.submissions.submit(brokenDownPlan());
  await server.engine.caughtUp();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

it('the detail of an indicator has the parts of the chosen period with their shares, and says what is lacking', async () => {
  const { page, problems } = await openPage(browser, server.url);
  await signInAsAuditor(page.context(), server);
  await page.goto(`${server.url}/p/small/indicators/03?period=2022`);
  const section = page.locator('[data-testid=breakdowns]');
  await section.waitFor();
  expect((await section.locator('tr').allInnerTexts()).map((row) => row.split(/\s+/))).toEqual([
    ['性别', '数值（个）', '占比'],
    ['女', '3', '37.5%'],
    ['男', '5', '62.5%'],
  ]);
  expect(await section.locator('p').innerText()).toBe('城乡：1 个单位未报这一分组（莲都区）');
  expect(problems).toEqual([]);
});
