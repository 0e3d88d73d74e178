import type { Anomalies } from '../../src/anomalies/plan-anomalies.js';
import { settled } from './chromium.js';
import { lishui } from '../support/seeds.js';
import { giveSession, newPerson, signInAsAuditor } from './people.js';
import { browserSuite } from './suite.js';

const its = browserSuite();
const asAuditor = () => signInAsAuditor(its.page.context(), its.server);

const plan = '/p/lishui-civil-affairs-2021-2025';
const rows = () => its.page.locator('[data-testid=anomalies] tr[data-row]').count();

it('lists marks by unit and kind, and opens the figure of one', async () => {
  await asAuditor();
  const { body } = await its.server.get<Anomalies>(`${its.server.plan}/anomalies?unit=331121`);
  await its.page.goto(`${its.server.url}${plan}/anomalies?unit=331121&of=unit`);
  await its.page.getByText(`提示 ${body.anomalies.length} 条`).waitFor();
  await settled(its.page);
  expect(await rows()).toBe(body.anomalies.length);

  await its.page.getByRole('button', { name: `变动与同级单位不同 ${body.counts['out-of-line']}` }).click();
  await its.page.waitForURL(/kind=out-of-line/);
  await its.page.getByText(`提示 ${body.counts['out-of-line']} 条`).waitFor();
  await settled(its.page);
  expect(await rows()).toBe(body.counts['out-of-line']);
  const { figure, message, mayExplain } = body.anomalies.find(({ kind }) => kind === 'out-of-line')!;
  await its.page.getByText(message).waitFor();
  await its.page.getByText(mayExplain).first().waitFor();

  await its.page
    .getByRole('link', { name: `${figure!.code} ${figure!.name}` })
    .first()
    .click();
  await its.page.waitForURL((url) => url.pathname.endsWith(`/indicators/${figure!.code}`));
  expect(new URL(its.page.url()).searchParams.get('trail')).toBe(figure!.period);
});

it('is as of the moment', async () => {
  await asAuditor();
  const { body } = await its.server.get<Anomalies>(`${its.server.plan}/anomalies?asOf=2023-06-30`);
  expect(body.counts.jump).toBe(0);
  await its.page.goto(`${its.server.url}${plan}/anomalies?asOf=2023-06-30`);
  await its.page.getByText(`查看数据 ${body.figures} 个，提示 ${body.anomalies.length} 条`).waitFor();
});

it('is explained by the unit, and the explanation judged by a reviewer', async () => {
  const { page, server } = its;
  const { body } = await server.get<Anomalies>(`${server.plan}/anomalies?unit=331121`);
  const { figure, kind } = body.anomalies.find((each) => each.kind === 'jump')!;
  const row = page.locator(`tr[data-row^="${kind}/331121/${figure!.code}/${figure!.period}/"]`);
  const signIn = async (role: 'reporter' | 'reviewer', name: string) => {
    const person = await newPerson(server, { name, roles: [{ role, plan: lishui, unit: '331121' }] });
    await giveSession(page.context(), server, person);
    await page.goto(`${server.url}${plan}/anomalies?unit=331121&of=unit&kind=jump`);
    await row.waitFor();
  };
  const form = page.getByRole('dialog');

  await signIn('reporter', '青田填报员');
  await row.getByRole('button', { name: '说明原因' }).click();
  await form.getByLabel('说明', { exact: true }).fill('新建福利院投入运营');
  await form.getByRole('button', { name: '说明原因' }).click();
  await form.waitFor({ state: 'hidden' });
  await row.getByText('说明待审核').waitFor();

  await signIn('reviewer', '青田审核员');
  await row.getByText('新建福利院投入运营').waitFor();
  await row.getByRole('button', { name: '不认可' }).click();
  await form.getByLabel('事由').fill('福利院上年已投入运营');
  await form.getByRole('button', { name: '不认可' }).click();
  await form.waitFor({ state: 'hidden' });
  await row.getByText('青田审核员 不认可：福利院上年已投入运营').waitFor();
});
