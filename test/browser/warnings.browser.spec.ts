import { signInAsAuditor } from './people.js';
import { browserSuite } from './suite.js';

const plan = '/p/lishui-civil-affairs-2021-2025';

const its = browserSuite();
beforeEach(() => signInAsAuditor(its.page.context(), its.server));

const has = (place: string, text: string | RegExp) =>
  its.page.locator(place, { hasText: text }).waitFor({ timeout: 60_000 });

it('warns of what is expected to miss its target, and follows the moment', async () => {
  await its.page.goto(`${its.server.url}${plan}/warnings?period=2022&asOf=2023-06-30`);
  const row = 'tr[data-row="331100/02"]';
  await has(row, /55\.2\s*2022[\s\S]*55\.8\s*2025[\s\S]*58[\s\S]*按最近一期的变化外推/);
  await has('[data-testid=warning-counts]', /预计完不成 \d+/);

  // With one more year, and a correction, the line of four values takes its place.
  await its.page.goto(`${its.server.url}${plan}/warnings?period=2023&asOf=2024-06-30`);
  await has(row, /55\.9\s*2023[\s\S]*56\.2\s*2025[\s\S]*54\.9 至 57\.5[\s\S]*整个区间都完不成[\s\S]*线性趋势/);
  await has('[data-testid=back-test] tr', /按最近一期的变化外推[\s\S]*170/);
});

it('leads to the indicator, which shows each method and draws the chosen one', async () => {
  await its.page.goto(`${its.server.url}${plan}/warnings?period=2024&unit=331121&of=unit`);
  await its.page.locator('tr[data-row="331121/06"]').getByRole('link').click();
  await its.page.waitForURL(/\/indicators\/06\?.*unit=331121/);
  const methods = its.page.locator('[data-testid=forecast] tr[data-method]');
  await methods.nth(3).waitFor();
  const shown = await its.page.evaluate<string[]>(
    `[...document.querySelectorAll('[data-testid=forecast] tr[data-method]')].map((row) => row.dataset.method)`,
  );
  expect(shown).toEqual(['last-pace', 'linear', 'geometric', 'robust']);
  await has('[data-testid=forecast] tr[data-method=robust]', /预警依此/);
  await its.page.locator('[data-testid=chart] text', { hasText: /^预测$/ }).waitFor();
});

it('says of a period that ends the plan that nothing is left to forecast', async () => {
  await its.page.goto(`${its.server.url}${plan}/indicators/06?period=2025`);
  await has('[data-testid=forecast]', '不作预测：目标已到期');
});
