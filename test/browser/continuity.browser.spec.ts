import { asOperator } from '../support/operator.js';
import { lishui, seedFiles } from '../support/seeds.js';
import { openPage } from './chromium.js';
import { giveSession, newPerson } from './people.js';
import { browserSuite } from './suite.js';

/** An indicator through two five-year plans, and the bases of the second from the final evaluation of the first. */

const its = browserSuite();
const next = 'lishui-civil-affairs-2026-2030-example';

it('an indicator shows ten years; the bases are taken over from the final evaluation, and say so', async () => {
  const { server, browser } = its;
  await server.engine.submissions.submit(seedFiles('lishui-civil-affairs-2026-2030-demo'));
  await server.engine.caughtUp();
  const { page, problems } = await openPage(browser, server.url);
  const roles = [
    { role: 'evaluator' as const, plan: lishui },
    { role: 'reporter' as const, plan: next, unit: '331100' },
  ];
  await giveSession(page.context(), server, await newPerson(server, { unit: '331100', roles }));

  await page.goto(`${server.url}/p/${next}/indicators/E03`);
  const section = page.getByTestId('long-series');
  await section.getByText(/口径不同，折算系数 0\.0833/).waitFor();
  await section.getByTestId('long-series-chart').locator('svg').waitFor();
  const row = section.locator('tbody').first().locator('tr', { hasText: '2022' });
  expect((await row.innerText()).split(/\s+/).slice(0, 4)).toEqual(['2022', '11280示例', '940', '11000']);
  expect(await section.locator('tbody').count()).toBe(2);

  await page.goto(`${server.url}/p/${next}/continuity`);
  const takeOver = page.getByTestId('take-over-base');
  await takeOver.getByText('原规划还没有已发布的总结评估').waitFor();

  const evaluation = `/api/plans/${lishui}/evaluations/final-2025`;
  await server.post(evaluation, { kind: 'final', period: '2025', title: '“十四五”总结评估' });
  await server.post(`${evaluation}/snapshots`, {});
  const { body: open } = await server.get<{ id: string }[]>(`${evaluation}/snapshots/1/open-points`, asOperator);
  const acceptWarnings = open.map(({ id }) => id);
  expect((await server.post(`${evaluation}/publication`, { snapshot: 1, acceptWarnings })).status).toBe(200);

  await page.reload();
  await takeOver.getByRole('button', { name: '试读' }).click();
  await takeOver.getByText(/略过：E02 .*口径不同，没有折算系数/).waitFor();
  for (const box of await takeOver.getByRole('checkbox').all()) await box.check();
  await takeOver.getByRole('button', { name: /^写入全部 \d+ 行$/ }).click();
  await takeOver.getByText(/^已写入 \d+ 行$/).waitFor();
  const agreed = page.locator('tr', { hasText: 'E03' }).getByTestId('base-line');
  await agreed.getByText('✓ 基期（2025）1090，与原规划一致').waitFor();
  await agreed.getByRole('link', { name: '“十四五”总结评估存档 1' }).click();
  await page.waitForURL(new RegExp(`/p/${lishui}/evaluations/final-2025/snapshots/1$`));
  expect(problems).toEqual([]);
  await page.context().close();
}, 240_000);
