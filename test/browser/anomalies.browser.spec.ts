import type { Anomalies } from '../../src/anomalies/plan-anomalies.js';
import { settled } from './chromium.js';
import { signInAsAuditor } from './people.js';
import { browserSuite } from './suite.js';

const its = browserSuite();
beforeEach(() => signInAsAuditor(its.page.context(), its.server));

const plan = '/p/lishui-civil-affairs-2021-2025';
const rows = () => its.page.locator('[data-testid=anomalies] tr[data-row]').count();

it('lists marks by unit and kind, and opens the figure of one', async () => {
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
  const { body } = await its.server.get<Anomalies>(`${its.server.plan}/anomalies?asOf=2023-06-30`);
  expect(body.counts.jump).toBe(0);
  await its.page.goto(`${its.server.url}${plan}/anomalies?asOf=2023-06-30`);
  await its.page.getByText(`查看数据 ${body.figures} 个，提示 ${body.anomalies.length} 条`).waitFor();
});
