import { lishui } from '../support/seeds.js';
import { giveSession, newPerson, signInAsAuditor } from './people.js';
import { browserSuite } from './suite.js';

const its = browserSuite();
const address = () => `${its.server.url}/p/${lishui}/appraisal?period=2022`;

it('shows the points of each unit, whose weights they are, and a sheet with each lost point traced', async () => {
  await signInAsAuditor(its.page.context(), its.server);
  await its.page.goto(address());
  await its.page.getByTestId('appraisal-source').getByText('不是民政局的规定').waitFor();
  await its.page.getByRole('button', { name: '青田县' }).click();
  await its.page.waitForURL(/of=331121/);
  const sheet = its.page.getByTestId('appraisal-sheet');
  await sheet.getByRole('heading', { name: /青田县 2022 年度考核表/ }).waitFor();
  await sheet.locator('[data-item=timeliness]', { hasText: /有期限、已报或到期的数据 \d+/ }).waitFor();
  const event = sheet.locator('a[href*="/audit/event/"]').first();
  const position = await event.innerText();
  await event.click();
  await its.page.waitForURL(new RegExp(`/audit/event/${position}`));
  await its.page.getByText('331121').first().waitFor();
});

it('a clerk sees the sheet of the own unit only', async () => {
  const roles = [{ role: 'reporter', plan: lishui, unit: '331102' }] as const;
  await giveSession(its.page.context(), its.server, await newPerson(its.server, { unit: '331102', roles }));
  await its.page.goto(address());
  await its.page.getByRole('button', { name: '莲都区' }).waitFor();
  await its.page.getByText('1 个单位；点单位看考核表').waitFor();
  expect(await its.page.getByRole('button', { name: '青田县' }).count()).toBe(0);
});
