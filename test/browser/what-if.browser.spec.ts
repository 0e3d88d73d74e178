import { giveSession, newPerson } from './people.js';
import { browserSuite } from './suite.js';

const slug = 'lishui-civil-affairs-2021-2025';
const plan = `/p/${slug}`;

const its = browserSuite({ refuses: true });
beforeEach(async () => {
  const person = await newPerson(its.server, { roles: [{ role: 'evaluator', plan: slug }] });
  await giveSession(its.page.context(), its.server, person);
});

const row = (table: string, key: string) => its.page.getByTestId(table).locator(`tr[data-row="${key}"]`);

it('from an indicator, by keyboard: a supposition, what flips, and a link that shows the same; nothing is recorded', async () => {
  const head = await its.server.engine.log.head();
  await its.page.goto(`${its.server.url}${plan}/indicators/02?period=2022&unit=331102`);
  await its.page.getByTestId('indicator').getByRole('link', { name: '假设推演' }).click();
  await its.page.getByRole('note').getByText('假设推演：不写入任何记录').waitFor();
  const form = its.page.getByRole('form', { name: '添加假设' });
  await form.getByText('02 护理型床位占养老机构床位比例').waitFor();
  await form.getByLabel('假设值').fill('57.0');
  await its.page.keyboard.press('Enter');

  await row('flips', '02 331102').first().getByText('严重滞后').waitFor();
  await row('flips', '02 331100').getByText('快于预期').waitFor();
  await its.page.getByText('54.2（2107 ÷ 3891） → 57.0（2217.87 ÷ 3891）').waitFor();
  const { searchParams } = new URL(its.page.url());
  expect(searchParams.get('changes')).toBe('value:02/331102/2022=57.0');

  await its.page.reload();
  await row('flips', '02 331100').getByText('快于预期').waitFor();
  await its.page.getByRole('button', { name: /^删去/ }).click();
  await its.page.getByText('还没有假设').waitFor();
  expect(await its.server.engine.log.head()).toBe(head);
});

it('a margin is tried and flips its verdict; the notice stands on paper, the form does not', async () => {
  await its.page.goto(`${its.server.url}${plan}/what-if?period=2022&unit=331121`);
  const margin = row('margins', '02 331121');
  await margin.getByText('-1，到 2160：基本符合预期').waitFor();
  await margin.getByRole('button', { name: /-1，到 2160/ }).click();
  await row('flips', '02 331121').getByText('基本符合预期').waitFor();
  await its.page.emulateMedia({ media: 'print' });
  await its.page.getByText('假设推演：不写入任何记录').waitFor();
  expect(await its.page.getByRole('form', { name: '添加假设' }).count()).toBe(0);
});

it('a wrong supposition is refused by its number and field, and a malformed list is said to be one', async () => {
  await its.page.goto(`${its.server.url}${plan}/what-if?changes=weight:02=2;withdraw:02/331102/2030`);
  await its.page.getByRole('alert').getByText('假设 2：期间 2030').first().waitFor();
  await its.page.goto(`${its.server.url}${plan}/what-if?changes=nonsense`);
  await its.page.getByText('网址中的假设清单 changes 不合格式').waitFor();
  await its.page.getByRole('button', { name: '去掉假设' }).click();
  await its.page.getByText('还没有假设').waitFor();
});
