import type { Locator } from 'playwright-core';
import type { TOTP } from 'otpauth';
import { URI } from 'otpauth';
import { startTestServer } from '../support/server.js';
import { byPassword, giveSession, newPerson, password, signInAsAuditor, withAccount } from './people.js';
import { browserSuite } from './suite.js';

const its = browserSuite({ start: () => startTestServer({ demo: false }), refuses: true });

const form = (): Locator => its.page.getByTestId('sign-in');
const account = (): Locator => its.page.getByTestId('account');
const person = (): Locator => its.page.getByTestId('person');
const settled = () => its.page.getByTestId('desk').waitFor();

async function openAccount(): Promise<void> {
  await person().getByRole('link', { name: '我的账户' }).click();
  await account().waitFor();
}

describe('an invitation', () => {
  const invitation = (): Locator => its.page.getByTestId('invitation');

  it('leads to an account, and with it to the first sign-in', async () => {
    await withAccount(its.server, 'taken.name');
    const id = await newPerson(its.server, { name: '赵新人', roles: [{ role: 'leader', unit: '331102' }] });
    const { secret } = await its.server.identity!.accounts.invite(id, 'invitation');
    await its.page.goto(`${its.server.url}/#/invitation/${secret}`);
    await invitation().getByText('赵新人，您好').waitFor();
    // The rules are there before anything was typed.
    await invitation().getByText('至少 12 个字符').waitFor();

    await invitation().getByRole('textbox', { name: '账号' }).fill('taken.name');
    await invitation().getByLabel('密码', { exact: true }).fill('太短了');
    await invitation().getByLabel('再填一次').fill('太短');
    await its.page.keyboard.press('Enter');
    await invitation().getByText('至少 12 个字符，现有 3 个').waitFor();
    await invitation().getByText('两次填写的不一致').waitFor();

    await invitation().getByLabel('密码', { exact: true }).fill('password1234');
    await invitation().getByLabel('再填一次').fill('password1234');
    await its.page.keyboard.press('Enter');
    await invitation().getByText('过于常见').waitFor();

    await invitation().getByLabel('密码', { exact: true }).fill(password);
    await invitation().getByLabel('再填一次').fill(password);
    await its.page.keyboard.press('Enter');
    await invitation().getByText('账号 taken.name 已有人使用').waitFor();

    await invitation().getByRole('textbox', { name: '账号' }).fill('zhao.xin');
    await its.page.keyboard.press('Enter');
    await form().getByText('密码已设定').waitFor();
    expect(await form().getByLabel('账号', { exact: true }).inputValue()).toBe('zhao.xin');
    expect(its.page.url()).not.toContain(secret);
    await form().getByLabel('密码', { exact: true }).fill(password);
    await its.page.keyboard.press('Enter');
    await settled();
    expect(await person().innerText()).toContain('赵新人');

    await its.page.goto(`${its.server.url}/#/invitation/${secret}`);
    await its.page.reload();
    await invitation().getByRole('alert').filter({ hasText: '链接无效、已用过或已到期' }).waitFor();
  });

  it('signs out whoever was signed in at this browser', async () => {
    await signInAsAuditor(its.page.context(), its.server);
    await its.page.goto(its.server.url);
    await settled();
    const id = await newPerson(its.server, { name: '钱新人', roles: [{ role: 'leader' }] });
    const { secret } = await its.server.identity!.accounts.invite(id, 'invitation');
    await its.page.evaluate(`location.hash = '/invitation/${secret}'`);
    await invitation().getByRole('textbox', { name: '账号' }).fill('qian.xin');
    await invitation().getByLabel('密码', { exact: true }).fill(password);
    await invitation().getByLabel('再填一次').fill(password);
    await its.page.keyboard.press('Enter');
    await form().getByText('密码已设定').waitFor();
    expect(await person().count()).toBe(0);
  });
});

describe('the own account', () => {
  it('of an administrator without second factor says so; enrolling there lets the role count', async () => {
    const id = await withAccount(its.server, 'shen.ji', 'auditor');
    await its.page.goto(its.server.url);
    await byPassword(its.page, 'shen.ji', password);
    await its.page.getByText('审计员尚未生效').waitFor();
    await its.page.getByRole('link', { name: '去办理' }).click();
    await account().getByRole('button', { name: '启用两步验证' }).click();
    await account().getByText('完整的网址').click();
    const totp = URI.parse(await account().getByTestId('totp-uri').innerText()) as TOTP;
    const shown = (await account().getByTestId('totp-secret').innerText()).replace(/\s/g, '');
    expect(shown).toBe(totp.secret.base32);

    await account().getByLabel('动态口令').fill('000000');
    await its.page.keyboard.press('Enter');
    await account().getByText('动态口令不正确').waitFor();
    await account().getByLabel('动态口令').fill(totp.generate());
    await its.page.keyboard.press('Enter');
    const codes = await account().getByTestId('once-shown').innerText();
    expect(codes.trim().split('\n')).toHaveLength(10);
    await its.page.getByRole('link', { name: '审计查询' }).waitFor();
    expect(await its.page.getByText('审计员尚未生效').count()).toBe(0);
    expect((await its.server.identity!.secondFactor.state(id)).state).toBe('on');
  });

  it('changes the password, by the present one', async () => {
    const newPassword = '云和 梯田 缙云 烧饼 古堰';
    await withAccount(its.server, 'gai.mi');
    await its.page.goto(its.server.url);
    await byPassword(its.page, 'gai.mi', password);
    await settled();
    await openAccount();
    await account().getByRole('button', { name: '更改密码' }).click();
    await account().getByLabel('现在的密码').fill('记错了的密码');
    await account().getByLabel('新密码').fill(newPassword);
    await account().getByLabel('再填一次').fill(newPassword);
    await its.page.keyboard.press('Enter');
    await account().getByText('现在的密码不正确').waitFor();
    await account().getByLabel('现在的密码').fill(password);
    await its.page.keyboard.press('Enter');
    await account().getByRole('button', { name: '更改密码' }).waitFor();
    await person().getByRole('button', { name: '退出登录' }).click();
    await byPassword(its.page, 'gai.mi', newPassword);
    await settled();
  });

  it('issues a token, which a program can use until it is revoked', async () => {
    const id = await newPerson(its.server, { roles: [{ role: 'evaluator' }] });
    await giveSession(its.page.context(), its.server, id);
    await its.page.goto(its.server.url);
    await settled();
    await openAccount();
    await account().getByRole('button', { name: '签发令牌' }).click();
    await account().getByLabel('用途').fill('夜间取数');
    await account().getByLabel('权限').fill('查看规划');
    await its.page.keyboard.press('Enter');
    await account().locator('.ant-select-selection-item', { hasText: '查看规划' }).waitFor();
    await account()
      .getByLabel('截止日')
      .fill(new Date(Date.now() + 86_400_000).toISOString().slice(0, 10));
    await its.page.keyboard.press('Enter');
    const issue = { name: /^签\s?发$/ };
    await account().getByRole('button', issue).click();
    const secret = (await account().getByTestId('once-shown').innerText()).trim();
    const ask = () => fetch(`${its.server.url}/api/plans`, { headers: { authorization: `Bearer ${secret}` } });
    expect((await ask()).status).toBe(200);

    const line = account().locator('[data-token]', { hasText: '夜间取数' });
    const revoke = { name: /^吊\s?销$/ };
    await line.getByRole('button', revoke).click();
    await its.page.locator('.ant-popconfirm').getByRole('button', revoke).click();
    await line.getByText('失效').waitFor();
    expect((await ask()).status).toBe(401);
  });
});
