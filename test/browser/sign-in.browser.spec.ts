import type { Browser, Locator, Page } from 'playwright-core';
import type { TOTP } from 'otpauth';
import { URI } from 'otpauth';
import { readConfig } from '../../src/config.js';
import { operatorActor } from '../../src/access/principal.js';
import { newCommandId } from '../../src/kernel/command-ids.js';
import { EndRole } from '../../src/people/person.commands.js';
import { checkedInput } from '../../src/slice/command.js';
import { Demonstration, makeDemonstration } from '../../src/people/demonstration.js';
import { Loading } from '../../src/operations/loading.js';
import { planProjection } from '../../src/plans/plan.projection.js';
import { signInPageAfter } from '../../src/sign-in/sign-in-page.js';
import { run, type Running } from '../../src/start.js';
import { lishui, seedFiles } from '../support/seeds.js';
import { temporaryFolder, type TemporaryFolder } from '../temporary-folder.js';
import { openChromium, openPage, type WatchedPage } from './chromium.js';
import { byPassword, giveSession, newPerson, password, withAccount } from './people.js';

const plan = '/p/lishui-civil-affairs-2021-2025';
const midterm = '?period=2022&asOf=2023-06-30&unit=331102';

let folder: TemporaryFolder;
let server: Running;
let browser: Browser;
let watched: WatchedPage;
let page: Page;

beforeAll(async () => {
  [folder, browser] = await Promise.all([temporaryFolder(), openChromium()]);
  const demonstration = new Demonstration();
  const config = readConfig({}, { port: 0, data: folder.path('data'), demo: true });
  server = await run(config, undefined, new Loading(), demonstration);
  const { engine, identity } = server;
  await engine.submissions.submit(seedFiles(lishui));
  await engine.submissions.submit(seedFiles(`${lishui}-demo`));
  await engine.caughtUp();
  const plan = await engine.views.get(planProjection, lishui);
  demonstration.accounts = await makeDemonstration([plan!.body], engine.views, {
    gateway: engine.gateway,
    identity: identity!,
  });
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await folder.remove();
});
beforeEach(async () => {
  watched = await openPage(browser, server.url);
  ({ page } = watched);
});
afterEach(async () => {
  await page.context().close();
  // Chromium itself reports the refusals that are the answer here.
  expect(watched.problems.filter((problem) => !/status of 4\d\d /.test(problem))).toEqual([]);
});

const form = (): Locator => page.getByTestId('sign-in');
const account = (): Locator => page.getByTestId('account');
const person = (): Locator => page.getByTestId('person');
const settled = () => page.locator('[data-settled=true], [data-testid=desk]').first().waitFor();

async function openAccount(): Promise<void> {
  await person().getByRole('link', { name: '我的账户' }).click();
  await account().waitFor();
}

describe('a sign-in at the provider that failed', () => {
  const failed = () => page.getByTestId('failed-sign-in');

  it('is said in Chinese and English, once, and the person then comes to the page they wanted', async () => {
    await page.goto(server.url);
    await form().waitFor();
    // As the button to the provider does.
    await page.evaluate(`sessionStorage.setItem('tongjian.address', '${plan}${midterm}')`);
    await page.goto(`${server.url}${signInPageAfter('openid.flow')}`);
    expect(await failed().innerText()).toMatch(/登录没有由本浏览器发起[^]*did not begin in this browser/);
    expect(new URL(page.url()).search).toBe(midterm);
    await page.locator('[data-role=evaluator]').click();
    await settled();
    expect(await failed().count()).toBe(0);
    expect(new URL(page.url()).search).toBe(midterm);

    await page.goto(`${server.url}${signInPageAfter('account.linked')}`);
    expect(await failed().innerText()).toMatch(/已属于另一人员/);
    await page.reload();
    await settled();
    expect(await failed().count()).toBe(0);
  });

  it.each(['您的账号已冻结，请致电', 'toString', '<b>', ''])('shows no text of the address: %j', async (text) => {
    await page.goto(`${server.url}/?problem=${encodeURIComponent(text)}`);
    expect(await failed().innerText()).toMatch(/^登录没有完成：请重试[^]*was not completed/);
    if (text !== '') expect(await page.locator('body').innerText()).not.toContain(text);
  });
});

describe('signing in', () => {
  it.each([
    ['reporter', '示例·莲都区填报员', '填报员'],
    ['reviewer', '示例·丽水市审核员', '审核员、更正员'],
    ['plan-manager', '示例·规划管理员', '规划管理员、补录员'],
    ['evaluator', '示例·评估员', '评估员'],
    ['evaluation-lead', '示例·评估负责人', '评估负责人'],
    ['external-evaluator', '示例·第三方评估', '第三方评估'],
    ['leader', '示例·丽水市领导', '领导'],
    ['auditor', '示例·审计员', '审计员'],
  ])('as %s of the demonstration takes one click, and shows the page', async (role, name, roles) => {
    await page.goto(`${server.url}${plan}${midterm}`);
    await page.locator(`[data-role=${role}]`).click();
    await settled();
    expect(await person().innerText()).toContain(name);
    expect(await person().locator('small').innerText()).toBe(roles);
    expect(new URL(page.url()).search).toBe(midterm);
  });

  it.each([
    ['system-admin', '系统管理员不查看规划'],
    ['security-admin', '安全管理员不查看规划'],
  ])('as %s of the demonstration says that this role reads no plan', async (role, says) => {
    await page.goto(server.url);
    await page.locator(`[data-role=${role}]`).click();
    await page.getByTestId('planless').getByText(says).waitFor();
  });

  it('says at the field that account or password is wrong, then lets in by keyboard alone', async () => {
    await withAccount(server, 'wang.ping');
    await page.goto(`${server.url}${plan}${midterm}`);
    await form().getByLabel('账号', { exact: true }).waitFor();
    expect(await page.evaluate('document.activeElement.id')).toBe('sign-in_account');
    await page.keyboard.press('Enter');
    await form().getByText('请填写账号').waitFor();
    await form().getByText('请填写密码').waitFor();

    await byPassword(page, 'wang.ping', '不是这个密码 不是这个密码');
    await form()
      .locator('.ant-form-item', { has: page.locator('#sign-in_password') })
      .getByText('账号或密码不正确')
      .waitFor();
    // The wrong one is selected: what is typed takes its place.
    expect(await page.evaluate('document.activeElement.id')).toBe('sign-in_password');
    await page.keyboard.type(password);
    await page.keyboard.press('Enter');
    await settled();
    expect(await person().innerText()).toContain('人员wang.ping');
    expect(new URL(page.url()).search).toBe(midterm);
  });

  it('says until when to wait after too many attempts', async () => {
    await withAccount(server, 'chen.duo');
    await page.goto(server.url);
    for (let attempt = 0; attempt < 11; attempt++) {
      const answered = page.waitForResponse((response) => response.request().method() === 'POST');
      await byPassword(page, 'chen.duo', `猜第 ${attempt} 次 猜第 ${attempt} 次`);
      await answered;
    }
    await form()
      .getByRole('alert')
      .filter({ hasText: /请 15 分钟后再试（\d\d:\d\d 以后）/ })
      .waitFor();
  });

  it('asks for the code of the second factor where there is one, at its field', async () => {
    const id = await withAccount(server, 'lin.er');
    const { secondFactor } = server.identity!;
    const totp = URI.parse(await secondFactor.enrol(id, 'lin.er')) as TOTP;
    const [recovery] = await secondFactor.confirm(id, totp.generate());
    await page.goto(`${server.url}${plan}${midterm}`);
    await byPassword(page, 'lin.er', password);
    await form().getByLabel('动态口令').waitFor();
    expect(await page.evaluate('document.activeElement.id')).toBe('sign-in_code');
    await page.keyboard.type('000000');
    await page.keyboard.press('Enter');
    await form()
      .locator('.ant-form-item', { has: page.locator('#sign-in_code') })
      .getByText('动态口令不正确或已用过')
      .waitFor();
    await form().getByLabel('动态口令').fill(recovery!);
    await page.keyboard.press('Enter');
    await settled();
  });

  it('offers no way that the server does not have', async () => {
    await page.goto(server.url);
    await form().getByRole('button', { name: '登录' }).waitFor();
    await page.getByTestId('demonstration').waitFor();
    expect(await form().getByText('统一身份认证').count()).toBe(0);
  });
});

describe('on a phone', () => {
  it('sign-in page, page and account fit the screen', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    const width = () => page.evaluate('document.documentElement.scrollWidth');
    await page.goto(server.url);
    await page.getByTestId('demonstration').waitFor();
    expect(await width()).toBe(390);
    await page.locator('[data-role=reviewer]').click();
    await settled();
    expect(await width()).toBe(390);
    await openAccount();
    await account().getByRole('button', { name: '启用两步验证' }).click();
    await account().getByTestId('totp-secret').waitFor();
    expect(await width()).toBe(390);
    const inner = `document.querySelector('[data-testid=account]')`;
    expect(await page.evaluate(`${inner}.scrollWidth - ${inner}.clientWidth`)).toBe(0);
  });
});

describe('the end of a session', () => {
  it('asks to sign in again while somebody works, and then shows the same place', async () => {
    const id = await newPerson(server, { roles: [{ role: 'evaluator' }] });
    const session = await giveSession(page.context(), server, id);
    await page.goto(`${server.url}${plan}${midterm}`);
    await settled();
    await server.identity!.sessions.end(id, session);
    server.identity!.authentication.forget();

    await form().getByText('登录已结束').waitFor();
    expect(await page.getByTestId('indicators').count()).toBe(0);
    await page.locator('[data-role=evaluator]').click();
    await settled();
    expect(page.url()).toBe(`${server.url}${plan}${midterm}`);
  });

  it('by signing out leads to the sign-in page, without the address of the last person', async () => {
    await page.goto(`${server.url}${plan}${midterm}`);
    await page.locator('[data-role=evaluator]').click();
    await settled();
    await person().getByRole('button', { name: '退出登录' }).click();
    await form().getByRole('button', { name: '登录' }).waitFor();
    expect(await form().getByText('登录已结束').count()).toBe(0);
    expect(page.url()).toBe(`${server.url}/`);
    await page.reload();
    await form().getByRole('button', { name: '登录' }).waitFor();
  });

  it('of another of one’s own sessions is a click in the account', async () => {
    const id = await newPerson(server, { roles: [{ role: 'leader' }] });
    const other = await giveSession(page.context(), server, id);
    await giveSession(page.context(), server, id);
    await page.goto(server.url);
    await openAccount();
    await account()
      .locator(`[data-session=${other}]`)
      .getByRole('button', { name: /^结\s?束$/ })
      .click();
    await account().locator(`[data-session=${other}]`).waitFor({ state: 'detached' });
    expect((await server.identity!.sessions.of(id)).map((session) => session.id)).not.toContain(other);
    expect(await account().locator('[data-session]').count()).toBe(1);
  });
});

describe('what a role does not give', () => {
  it('is not offered: a leader sees neither the audit nor the taking of snapshots', async () => {
    await page.goto(`${server.url}${plan}/evaluations?period=2022`);
    await page.locator('[data-role=leader]').click();
    await page.getByTestId('evaluations').getByText('还没有评估存档').waitFor();
    expect(await page.getByRole('button', { name: /^生成/ }).count()).toBe(0);
    const menu = page.getByRole('navigation', { name: '主菜单' });
    expect(await menu.getByRole('link', { name: '评估存档' }).count()).toBe(1);
    expect(await menu.getByRole('link', { name: /审计|填报|审核/ }).count()).toBe(0);
  });

  it.each([
    ['reporter', 0],
    ['auditor', 1],
  ])('is not offered in trails: of a %s, the way to all that a person did', async (role, ways) => {
    await page.goto(`${server.url}${plan}/indicators/02?period=2022&unit=331102`);
    await page.locator(`[data-role=${role}]`).click();
    const correction = page.getByTestId('trail').locator('tr[data-event=MeasurementCorrected]');
    await correction.waitFor();
    expect(await correction.getByTitle('看此人经办的全部事件').count()).toBe(ways);
  });

  it('is said where a link names it', async () => {
    await page.goto(`${server.url}${plan}/audit?knownFrom=2023-08-20`);
    await page.locator('[data-role=leader]').click();
    await page.getByRole('alert').filter({ hasText: '没有查阅审计记录的权限' }).waitFor();
  });

  it('is not offered any more where a right ended meanwhile', async () => {
    const id = await newPerson(server, { roles: [{ role: 'evaluator' }, { role: 'leader' }] });
    await giveSession(page.context(), server, id);
    await page.goto(`${server.url}${plan}/evaluations?period=2023`);
    await settled();
    await page.getByRole('button', { name: '生成年度监测存档' }).waitFor();
    const command = checkedInput(EndRole, { person: id, grant: 'g1', reason: '测试' });
    await server.engine.gateway.carryOut(command, { commandId: newCommandId(), actor: operatorActor });
    server.engine.rights.forget(id);
    await page.getByTestId('evaluations').waitFor();
    await page.getByRole('button', { name: '生成年度监测存档' }).waitFor({ state: 'detached' });
  });
});
