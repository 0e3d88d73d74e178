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
import { giveSession, newPerson } from './people.js';

const plan = '/p/lishui-civil-affairs-2021-2025';
const midterm = '?period=2022&asOf=2023-06-30&unit=331102';
const password = '松阳 茶园 石板路 竹林';

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
  demonstration.accounts = await makeDemonstration(plan!.body, engine.views, {
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

async function byPassword(name: string, typed: string): Promise<void> {
  await form().getByLabel('账号', { exact: true }).fill(name);
  await form().getByLabel('密码', { exact: true }).fill(typed);
  await page.keyboard.press('Enter');
}

/** A person with an account of that name. */
async function withAccount(name: string, role: 'evaluator' | 'auditor' | 'leader' = 'evaluator'): Promise<string> {
  const id = await newPerson(server, { name: `人员${name}`, roles: [{ role }] });
  const { secret } = await server.identity!.accounts.invite(id, 'invitation');
  await server.identity!.accounts.accept(secret, { account: name, password });
  return id;
}

describe('a sign-in at the provider that failed', () => {
  const failed = () => page.getByTestId('failed-sign-in');

  it('is said in Chinese and English, once, and the person then comes to the page they wanted', async () => {
    await page.goto(server.url);
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
    await withAccount('wang.ping');
    await page.goto(`${server.url}${plan}${midterm}`);
    await form().getByLabel('账号', { exact: true }).waitFor();
    expect(await page.evaluate('document.activeElement.id')).toBe('sign-in_account');
    await page.keyboard.press('Enter');
    await form().getByText('请填写账号').waitFor();
    await form().getByText('请填写密码').waitFor();

    await byPassword('wang.ping', '不是这个密码 不是这个密码');
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
    await withAccount('chen.duo');
    await page.goto(server.url);
    for (let attempt = 0; attempt < 11; attempt++) {
      const answered = page.waitForResponse((response) => response.request().method() === 'POST');
      await byPassword('chen.duo', `猜第 ${attempt} 次 猜第 ${attempt} 次`);
      await answered;
    }
    await form()
      .getByRole('alert')
      .filter({ hasText: /请 15 分钟后再试（\d\d:\d\d 以后）/ })
      .waitFor();
  });

  it('asks for the code of the second factor where there is one, at its field', async () => {
    const id = await withAccount('lin.er');
    const { secondFactor } = server.identity!;
    const totp = URI.parse(await secondFactor.enrol(id, 'lin.er')) as TOTP;
    const [recovery] = await secondFactor.confirm(id, totp.generate());
    await page.goto(`${server.url}${plan}${midterm}`);
    await byPassword('lin.er', password);
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

describe('an invitation', () => {
  const invitation = (): Locator => page.getByTestId('invitation');

  it('leads to an account, and with it to the first sign-in', async () => {
    await withAccount('taken.name');
    const id = await newPerson(server, { name: '赵新人', roles: [{ role: 'leader', unit: '331102' }] });
    const { secret } = await server.identity!.accounts.invite(id, 'invitation');
    await page.goto(`${server.url}/#/invitation/${secret}`);
    await invitation().getByText('赵新人，您好').waitFor();
    // The rules are there before anything was typed.
    await invitation().getByText('至少 12 个字符').waitFor();

    await invitation().getByRole('textbox', { name: '账号' }).fill('taken.name');
    await invitation().getByLabel('密码', { exact: true }).fill('太短了');
    await invitation().getByLabel('再填一次').fill('太短');
    await page.keyboard.press('Enter');
    await invitation().getByText('至少 12 个字符，现有 3 个').waitFor();
    await invitation().getByText('两次填写的不一致').waitFor();

    await invitation().getByLabel('密码', { exact: true }).fill('password1234');
    await invitation().getByLabel('再填一次').fill('password1234');
    await page.keyboard.press('Enter');
    await invitation().getByText('过于常见').waitFor();

    await invitation().getByLabel('密码', { exact: true }).fill(password);
    await invitation().getByLabel('再填一次').fill(password);
    await page.keyboard.press('Enter');
    await invitation().getByText('账号 taken.name 已有人使用').waitFor();

    await invitation().getByRole('textbox', { name: '账号' }).fill('zhao.xin');
    await page.keyboard.press('Enter');
    await form().getByText('密码已设定').waitFor();
    expect(await form().getByLabel('账号', { exact: true }).inputValue()).toBe('zhao.xin');
    expect(page.url()).not.toContain(secret);
    await form().getByLabel('密码', { exact: true }).fill(password);
    await page.keyboard.press('Enter');
    await settled();
    expect(await person().innerText()).toContain('赵新人');

    await page.goto(`${server.url}/#/invitation/${secret}`);
    await page.reload();
    await invitation().getByRole('alert').filter({ hasText: '链接无效、已用过或已到期' }).waitFor();
  });

  it('signs out whoever was signed in at this browser', async () => {
    await page.goto(server.url);
    await page.locator('[data-role=auditor]').click();
    await settled();
    const id = await newPerson(server, { name: '钱新人', roles: [{ role: 'leader' }] });
    const { secret } = await server.identity!.accounts.invite(id, 'invitation');
    await page.evaluate(`location.hash = '/invitation/${secret}'`);
    await invitation().getByRole('textbox', { name: '账号' }).fill('qian.xin');
    await invitation().getByLabel('密码', { exact: true }).fill(password);
    await invitation().getByLabel('再填一次').fill(password);
    await page.keyboard.press('Enter');
    await form().getByText('密码已设定').waitFor();
    expect(await person().count()).toBe(0);
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

describe('the own account', () => {
  it('of an administrator without second factor says so; enrolling there lets the role count', async () => {
    const id = await withAccount('shen.ji', 'auditor');
    await page.goto(server.url);
    await byPassword('shen.ji', password);
    await page.getByText('审计员尚未生效').waitFor();
    await page.getByRole('link', { name: '去办理' }).click();
    await account().getByRole('button', { name: '启用两步验证' }).click();
    await account().getByText('完整的网址').click();
    const totp = URI.parse(await account().getByTestId('totp-uri').innerText()) as TOTP;
    const shown = (await account().getByTestId('totp-secret').innerText()).replace(/\s/g, '');
    expect(shown).toBe(totp.secret.base32);

    await account().getByLabel('动态口令').fill('000000');
    await page.keyboard.press('Enter');
    await account().getByText('动态口令不正确').waitFor();
    await account().getByLabel('动态口令').fill(totp.generate());
    await page.keyboard.press('Enter');
    const codes = await account().getByTestId('once-shown').innerText();
    expect(codes.trim().split('\n')).toHaveLength(10);
    await page.getByRole('link', { name: '审计查询' }).waitFor();
    expect(await page.getByText('审计员尚未生效').count()).toBe(0);
    expect((await server.identity!.secondFactor.state(id)).state).toBe('on');
  });

  it('changes the password, by the present one', async () => {
    const newPassword = '云和 梯田 缙云 烧饼 古堰';
    await withAccount('gai.mi');
    await page.goto(server.url);
    await byPassword('gai.mi', password);
    await settled();
    await openAccount();
    await account().getByRole('button', { name: '更改密码' }).click();
    await account().getByLabel('现在的密码').fill('记错了的密码');
    await account().getByLabel('新密码').fill(newPassword);
    await account().getByLabel('再填一次').fill(newPassword);
    await page.keyboard.press('Enter');
    await account().getByText('现在的密码不正确').waitFor();
    await account().getByLabel('现在的密码').fill(password);
    await page.keyboard.press('Enter');
    await account().getByRole('button', { name: '更改密码' }).waitFor();
    await person().getByRole('button', { name: '退出登录' }).click();
    await byPassword('gai.mi', newPassword);
    await settled();
  });

  it('issues a token, which a program can use until it is revoked', async () => {
    await page.goto(server.url);
    await page.locator('[data-role=evaluator]').click();
    await settled();
    await openAccount();
    await account().getByRole('button', { name: '签发令牌' }).click();
    await account().getByLabel('用途').fill('夜间取数');
    await account().getByLabel('权限').fill('查看规划');
    await page.keyboard.press('Enter');
    await account().locator('.ant-select-selection-item', { hasText: '查看规划' }).waitFor();
    await account()
      .getByLabel('截止日')
      .fill(new Date(Date.now() + 86_400_000).toISOString().slice(0, 10));
    await page.keyboard.press('Enter');
    const issue = { name: /^签\s?发$/ };
    await account().getByRole('button', issue).click();
    const secret = (await account().getByTestId('once-shown').innerText()).trim();
    const ask = () => fetch(`${server.url}/api/plans`, { headers: { authorization: `Bearer ${secret}` } });
    expect((await ask()).status).toBe(200);

    const line = account().locator('[data-token]', { hasText: '夜间取数' });
    const revoke = { name: /^吊\s?销$/ };
    await line.getByRole('button', revoke).click();
    await page.locator('.ant-popconfirm').getByRole('button', revoke).click();
    await line.getByText('失效').waitFor();
    expect((await ask()).status).toBe(401);
  });
});
