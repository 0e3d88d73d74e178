import { hindrances } from './axe.js';
import { signInAsAuditor } from './people.js';
import { browserSuite } from './suite.js';

const plan = '/p/lishui-civil-affairs-2021-2025';

const its = browserSuite();
beforeEach(() => signInAsAuditor(its.page.context(), its.server));

const panel = () => its.page.getByTestId('figure');
const value = () => its.page.locator('tr[data-indicator="02"] .figure-value');

it('a number says who, when, why and what it was before, beside the date bar, as of the page’s moment', async () => {
  await its.page.goto(`${its.server.url}${plan}?period=2022&unit=331102`);
  await value().focus();
  await its.page.keyboard.press('Enter');
  await panel().getByText('54.2', { exact: true }).waitFor();
  await panel().locator('.figure-shown .demo-tag').waitFor();
  const source = panel().locator('.figure-source');
  await source.getByText('示例·莲都填报员').waitFor();
  expect(await source.innerText()).toMatch(
    /掌握日期\s+2023-08-20\s+补录[\s\S]*录入日期[\s\S]*未通过护理型床位验收[\s\S]*依据/,
  );
  await panel().locator('li', { hasText: '更正' }).getByText('55.5（2161 ÷ 3891）').waitFor();
  expect(await hindrances(its.page)).toEqual([]);

  // The past, chosen beside the open panel.
  await its.page.getByRole('button', { name: /^2023-06-30/ }).click();
  await panel().getByText('55.5', { exact: true }).waitFor();
  await source.getByText('2023-03-13').waitFor();
  expect(await panel().locator('li', { hasText: '更正' }).count()).toBe(0);

  await panel().getByRole('link', { name: /^打开/ }).focus();
  await its.page.keyboard.press('Escape');
  await panel().waitFor({ state: 'detached' });
  await its.page.locator('tr[data-indicator="02"] .figure-value:focus').waitFor();

  await value().click();
  await panel().getByRole('link', { name: /^打开/ }).click();
  await its.page.getByTestId('indicator').waitFor();
  const { pathname, searchParams } = new URL(its.page.url());
  expect(pathname).toBe(`${plan}/indicators/02`);
  expect(Object.fromEntries(searchParams)).toEqual({
    ...{ period: '2022', asOf: '2023-06-30', unit: '331102', trail: '2022' },
  });
});

it('a computed number shows the records of what it is computed from, and a click elsewhere closes it', async () => {
  await its.page.goto(`${its.server.url}${plan}?period=2022`);
  await value().click();
  await panel().getByText('由其他数据计算').waitFor();
  await panel().locator('li', { hasText: '莲都' }).first().waitFor();
  await its.page.getByRole('heading', { level: 1 }).click();
  await panel().waitFor({ state: 'detached' });
});
