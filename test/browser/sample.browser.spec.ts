import type { AuditSample } from '../../src/evaluations/snapshot-sample.js';
import { hindrances } from './axe.js';
import { settled } from './chromium.js';
import { giveSession, newPerson, signInAsAuditor } from './people.js';
import { browserSuite } from './suite.js';

const its = browserSuite();

it('an auditor draws the sample of a snapshot, asks for more, and opens a figure of it', async () => {
  await signInAsAuditor(its.page.context(), its.server);
  const evaluation = `${its.server.plan}/evaluations/midterm`;
  await its.server.post(evaluation, { kind: 'midterm', period: '2022' });
  await its.server.post(`${evaluation}/snapshots`, { asOf: '2023-12-31' });
  const sampleOf = async (query = '') =>
    (await its.server.get<AuditSample>(`${evaluation}/snapshots/1/audit-sample${query}`)).body;
  const keysOf = ({ strata }: AuditSample) =>
    strata.flatMap(({ figures }) => figures.map(({ code, unit, period }) => `${code}/${unit}/${period}`));
  const shown = () =>
    its.page.evaluate<string[]>(
      `[...document.querySelectorAll('[data-testid=sample] [data-row]')].map((row) => row.dataset.row)`,
    );

  await its.page.goto(`${its.server.url}/p/lishui-civil-affairs-2021-2025/evaluations/midterm`);
  await its.page.getByRole('link', { name: '抽查样本' }).click();
  const sample = await sampleOf();
  await its.page.getByText(sample.seed).waitFor();
  await settled(its.page);
  expect(await shown()).toEqual(keysOf(sample));
  expect(await hindrances(its.page)).toEqual([]);

  const more = keysOf(await sampleOf('?other=4'));
  await its.page.getByLabel('每单位其余至多').fill('4');
  await its.page.keyboard.press('Enter');
  await its.page.waitForURL(/other=4/);
  await its.page.getByText(`抽取 ${more.length} 个数据`).waitFor();
  await settled(its.page);
  expect(await shown()).toEqual(more);

  const [code, unit, period] = more[0]!.split('/');
  await its.page.locator(`tr[data-row="${more[0]!}"]`).getByRole('link').click();
  await its.page.waitForURL((url) => url.pathname.endsWith(`/indicators/${code!}`));
  const { searchParams } = new URL(its.page.url());
  expect([searchParams.get('unit'), searchParams.get('trail')]).toEqual([unit, period]);
});

it('an evaluator records what the check of a figure found, and sees it counted', async () => {
  const { server, page } = its;
  const person = await newPerson(server, { name: '周评估', roles: [{ role: 'evaluator' }] });
  await giveSession(page.context(), server, person);
  const evaluation = `${server.plan}/evaluations/annual`;
  await server.post(evaluation, { kind: 'annual', period: '2022' });
  await server.post(`${evaluation}/snapshots`, { asOf: '2023-12-31' });
  const sample = (await server.get<AuditSample>(`${evaluation}/snapshots/1/audit-sample`)).body;
  const { stratum, figures } = sample.strata.find((each) => each.figures.length > 0)!;
  const { code, unit, period } = figures[0]!;

  await page.goto(`${server.url}/p/lishui-civil-affairs-2021-2025/evaluations/annual/snapshots/1/sample`);
  const row = page.locator(`tr[data-row="${code}/${unit}/${period}"]`);
  await settled(page);
  expect(await hindrances(page)).toEqual([]);
  await row.getByRole('button', { name: '核对' }).click();
  const form = page.getByRole('dialog');
  const outcome = form.getByLabel('核对结果', { exact: true });
  await outcome.press('ArrowDown');
  await outcome.fill('须更正');
  await page.locator('.ant-select-item-option-active', { hasText: '须更正' }).waitFor();
  await outcome.press('Enter');
  await form.getByLabel('原始资料的数值').fill('54.2');
  await form.getByLabel('事由').fill('逐户核对台账');
  await form.getByRole('button', { name: '只写名称' }).click();
  await form.getByLabel('依据名称').fill('2022 年台账');
  await form.getByRole('button', { name: '核对', exact: true }).click();
  await form.waitFor({ state: 'hidden' });

  await row.getByText('逐户核对台账').waitFor();
  expect(await row.textContent()).toMatch(/须更正 54\.2 周评估[\s\S]*2022 年台账/);
  const counted = page.locator(`[data-testid=sample-outcomes] tr[data-stratum=${stratum}]`);
  await counted.getByText('100.0%（20.7% 至 100.0%）').waitFor();
});
