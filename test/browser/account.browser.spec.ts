import type { Browser, Locator, Page } from 'playwright-core';
import type { TOTP } from 'otpauth';
import { URI } from 'otpauth';
import { startTestServer, type TestServer } from '../support/server.js';
import { openChromium, openPage, type WatchedPage } from './chromium.js';
import { byPassword, giveSession, newPerson, password, signInAsAuditor, withAccount } from './people.js';

let server: TestServer;
let browser: Browser;
let watched: WatchedPage;
let page: Page;

beforeAll(async () => {
  [server, browser] = await Promise.all([startTestServer({ demo: false }), openChromium()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
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
const settled = () => page.getByTestId('desk').waitFor();

async function openAccount(): Promise<void> {
  await person().getByRole('link', { name: '我的账户' }).click();
  await account().waitFor();
}

describe('an invitation', () => {
  const invitation = (): Locator => page.getByTestId('invitation');

  it('leads to an account, and with it to the first sign-in', async () => {
    await withAccount(server, 'taken.name');
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
    await signInAsAuditor(page.context(), server);
    await page.goto(server.url);
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

describe('the own account', () => {
  it('of an administrator without second factor says so; enrolling there lets the role count', async () => {
    const id = await withAccount(server, 'shen.ji', 'auditor');
    await page.goto(server.url);
    await byPassword(page, 'shen.ji', password);
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
    await withAccount(server, 'gai.mi');
    await page.goto(server.url);
    await byPassword(page, 'gai.mi', password);
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
    await byPassword(page, 'gai.mi', newPassword);
    await settled();
  });

  it('issues a token, which a program can use until it is revoked', async () => {
    const id = await newPerson(server, { roles: [{ role: 'evaluator' }] });
    await giveSession(page.context(), server, id);
    await page.goto(server.url);
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
