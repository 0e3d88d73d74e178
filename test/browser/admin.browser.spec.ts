import type { Browser, Locator, Page } from 'playwright-core';
import type { RoleName } from '../../src/access/roles.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { openChromium, openPage, type WatchedPage } from './chromium.js';
import { giveSession, newPerson } from './people.js';

/** The administrators' pages, as those who hold the roles use them, each in a browser of their own. */

const password = '松阳 茶园 石板路 竹林';

let server: TestServer;
let browser: Browser;
let opened: WatchedPage[];

beforeAll(async () => {
  [server, browser] = await Promise.all([startTestServer(), openChromium()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});
beforeEach(() => {
  opened = [];
});
afterEach(async () => {
  for (const { page } of opened) await page.context().close();
  // Chromium itself reports the refusals that are the answer here.
  const problems = opened.flatMap((each) => each.problems);
  expect(problems.filter((problem) => !/status of 4\d\d /.test(problem))).toEqual([]);
});

async function anotherBrowser(): Promise<Page> {
  const watched = await openPage(browser, server.url);
  opened.push(watched);
  return watched.page;
}

/** A browser in which a new person with these roles is signed in. */
async function as(name: string, ...roles: RoleName[]): Promise<Page> {
  const page = await anotherBrowser();
  const id = await newPerson(server, { name, roles: roles.map((role) => ({ role })) });
  await giveSession(page.context(), server, id);
  return page;
}

const dialog = (page: Page): Locator => page.getByRole('dialog').last();

async function choose(field: Locator, text: string): Promise<void> {
  await field.fill(text);
  // Enter takes the active option, which follows what was typed by a frame or more.
  await field.page().locator('.ant-select-item-option-active', { hasText: text }).filter({ visible: true }).waitFor();
  await field.press('Enter');
}

async function grantRole(page: Page, { person, role, reason }: { person: string; role: string; reason: string }) {
  await page.goto(`${server.url}/admin/roles`);
  await page.getByRole('button', { name: '授予角色' }).click();
  await choose(dialog(page).getByLabel('人员', { exact: true }), person);
  await choose(dialog(page).getByLabel('角色', { exact: true }), role);
  await dialog(page).getByLabel('事由').fill(reason);
  await dialog(page).getByRole('button', { name: '授予角色' }).click();
}

it('invites a person, grants a role, lets them work, and ends their access without losing what they wrote', async () => {
  const systemAdmin = await as('周系统', 'system-admin');
  await systemAdmin.goto(`${server.url}/admin/people`);
  await systemAdmin.getByRole('button', { name: '邀请人员' }).click();
  await dialog(systemAdmin).getByLabel('姓名').fill('钱规划');
  await choose(dialog(systemAdmin).getByLabel('所在单位'), '丽水市');
  await dialog(systemAdmin).getByRole('button', { name: '生成一次性链接' }).click();
  const link = (await systemAdmin.getByTestId('once-shown').innerText()).trim();
  await systemAdmin.getByRole('button', { name: '已交给本人' }).click();
  await systemAdmin.getByTestId('once-shown').waitFor({ state: 'detached' });
  await systemAdmin.locator('tr', { hasText: '钱规划' }).getByText('待设立账号').waitFor();

  const securityAdmin = await as('吴安全', 'security-admin');
  await grantRole(securityAdmin, { person: '钱规划', role: '规划管理员', reason: '任免通知' });
  await securityAdmin.locator('tr', { hasText: '钱规划' }).getByText('规划管理员').waitFor();

  const person = await anotherBrowser();
  await person.goto(link);
  await person.getByRole('textbox', { name: '账号' }).fill('qian.gui');
  await person.getByLabel('密码', { exact: true }).fill(password);
  await person.getByLabel('再填一次').fill(password);
  await person.keyboard.press('Enter');
  await person.getByText('密码已设定').waitFor();
  await person.getByLabel('密码', { exact: true }).fill(password);
  await person.keyboard.press('Enter');
  await person.getByRole('link', { name: '报送期限' }).first().click();
  await person.getByRole('button', { name: '设定期限' }).click();
  await dialog(person).getByLabel('事由').fill('还没有写完的事由');

  await systemAdmin.reload();
  const line = systemAdmin.locator('tr', { hasText: '钱规划' });
  await line.getByText('qian.gui').waitFor();
  await line.getByRole('button', { name: '钱规划' }).click();
  await systemAdmin.getByRole('button', { name: '终止访问' }).click();
  await dialog(systemAdmin).getByText('原样保留').waitFor();
  await dialog(systemAdmin).getByLabel('事由').fill('调离');
  await dialog(systemAdmin).getByRole('button', { name: '终止访问' }).click();
  await systemAdmin.locator('.person-ended').waitFor();

  await dialog(person).getByRole('button', { name: '设定期限' }).click();
  await person.getByTestId('sign-in').waitFor();
  const drafts = await person.evaluate<string>('JSON.stringify(localStorage)');
  expect(drafts).toContain('还没有写完的事由');

  await systemAdmin.getByTestId('person-detail').getByText('事由：调离').waitFor();
  await systemAdmin.getByRole('button', { name: '注销姓名' }).click();
  await dialog(systemAdmin)
    .getByLabel(/请输入/)
    .waitFor();
  const erase = dialog(systemAdmin).getByRole('button', { name: '注销姓名' });
  expect(await erase.isDisabled()).toBe(true);
  await dialog(systemAdmin)
    .getByLabel(/请输入/)
    .fill('钱规划');
  await dialog(systemAdmin).getByLabel('事由').fill('本人申请');
  await erase.click();
  await systemAdmin.locator('.person-erased').waitFor();
});

it('says in the server’s words that roles are held apart, and to nobody offers what is not theirs', async () => {
  await newPerson(server, { name: '郑填报', roles: [{ role: 'reporter', plan: 'lishui-civil-affairs-2021-2025' }] });
  const page = await as('冯安全', 'security-admin');
  await grantRole(page, { person: '郑填报', role: '审计员', reason: '试试看' });
  await dialog(page)
    .getByText(/审计员.*填报员/)
    .waitFor();

  await page.goto(`${server.url}/admin/people`);
  await page.locator('tr', { hasText: '郑填报' }).waitFor();
  expect(await page.getByRole('button', { name: '邀请人员' }).count()).toBe(0);
  await page.goto(`${server.url}/admin/units`);
  await page.getByText('您没有“单位”的权限').waitFor();
  await page.goto(`${server.url}/admin/nonsense`);
  await page.getByText('没有管理页面“nonsense”').waitFor();
});

it('a plan manager sets deadlines, sees the days that follow, and enrols a unit', async () => {
  const page = await as('陈规划', 'plan-manager');
  await page.goto(`${server.url}/admin/deadlines`);
  await page.getByRole('button', { name: '设定期限' }).click();
  await dialog(page).getByLabel('年报期末后天数', { exact: true }).fill('90');
  await dialog(page).getByLabel('事由').fill('市局通知');
  await dialog(page).getByRole('button', { name: '设定期限' }).click();
  await page.getByText('期末后 90 天').waitFor();
  await page.locator('tr', { hasText: '2023-03-31' }).getByText('2022').waitFor();
  await page.getByText('事由：市局通知').waitFor();

  await page.getByRole('link', { name: '单位', exact: true }).first().click();
  await page.getByRole('button', { name: '纳入单位' }).click();
  await dialog(page)
    .getByRole('textbox', { name: /^\W*单位代码/ })
    .fill('331199');
  await dialog(page).getByLabel('单位名称').fill('丽水经济技术开发区');
  await dialog(page).getByLabel('层级').click();
  await page.locator('.ant-select-item-option', { hasText: /^县$/ }).click();
  await choose(dialog(page).getByLabel('上级单位代码'), '丽水市');
  await dialog(page).getByRole('button', { name: '纳入单位' }).click();
  await page.locator('tr', { hasText: '331199' }).getByText('丽水经济技术开发区').waitFor();
});

it('an auditor reads rights as of a day and the access log, proves its chain, and writes nothing', async () => {
  const page = await as('褚审计', 'auditor');
  await page.goto(`${server.url}/admin/roles?view=rights&on=2020-01-01`);
  await page.getByText('2020-01-01 日终持有的角色 0 项').waitFor();
  expect(await page.getByRole('button', { name: '授予角色' }).count()).toBe(0);
  await page.goto(`${server.url}/admin/roles?view=rights`);
  await page.locator('tr', { hasText: '褚审计' }).getByText('审计员').waitFor();
  await page.goto(`${server.url}/admin/access-log?kind=sign-in`);
  await page.getByRole('button', { name: '核查哈希链' }).click();
  await page.getByText('逐条相连，未被改动').waitFor();
  await page.goto(`${server.url}/admin/access-log`);
  await page.locator('tr', { hasText: '查阅访问日志' }).first().waitFor();
});

it('a system administrator rebuilds the views', async () => {
  const page = await as('卫系统', 'system-admin');
  await page.goto(`${server.url}/admin/system`);
  await page.getByText('可以服务：日志可写').waitFor();
  await page.getByRole('button', { name: '重建视图' }).click();
  await page
    .locator('.ant-popconfirm')
    .getByRole('button', { name: /^重\s?建$/ })
    .click();
  await page.getByText('全部视图已重建').waitFor();
});

it('registers a webhook, shows its secret once, says why a trial fails, changes and removes it', async () => {
  const page = await as('孙推送', 'plan-manager');
  await page.goto(`${server.url}/admin/webhooks`);
  await page.getByRole('button', { name: '登记推送' }).click();
  await dialog(page).getByLabel('编号').fill('oa');
  await dialog(page).getByLabel('推送地址').fill('http://127.0.0.1:9/hook');
  await dialog(page).getByRole('button', { name: '登记推送' }).click();
  const row = page.locator('[data-row=oa]');
  await row.getByText('还没有密钥，不发送').waitFor();
  expect(await row.innerText()).toContain('即将到期、今日到期、逾期、已报齐');

  await row.getByRole('button', { name: '签发密钥' }).click();
  expect(await page.getByTestId('once-shown').innerText()).toMatch(/^whsec_/);
  await page.getByRole('button', { name: '已保存' }).click();
  await page.getByTestId('once-shown').waitFor({ state: 'detached' });
  await row.getByText('还没有消息').waitFor();

  await row.getByRole('button', { name: '试推送' }).click();
  await page.getByText(/推送 oa 试推送没有送达：./).waitFor();

  await row.getByRole('button', { name: '修改' }).click();
  await dialog(page).getByLabel('提前天数').fill('3');
  await dialog(page).getByRole('button', { name: '修改' }).click();
  await row.getByText('提前 3 天').waitFor();

  await row.getByRole('button', { name: '最近消息' }).click();
  await page.getByText('还没有消息：到期临近时自动生成').waitFor();
  expect(new URL(page.url()).searchParams.get('id')).toBe('oa');

  await row.getByRole('button', { name: '取消推送' }).click();
  await dialog(page).getByLabel('事由').fill('系统停用');
  await dialog(page).getByRole('button', { name: '取消推送' }).click();
  await page.getByText('没有推送 oa，或已取消').waitFor();
});
