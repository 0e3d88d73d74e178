import type { AuditSample } from '../../src/evaluations/snapshot-sample.js';
import { hindrances } from './axe.js';
import { settled } from './chromium.js';
import { signInAsAuditor } from './people.js';
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
