import type { Locator } from 'playwright-core';
import { giveSession, newPerson, signInAsAuditor } from './people.js';
import { browserSuite } from './suite.js';

const plan = '/p/lishui-civil-affairs-2021-2025';
const midterm = '?period=2022&asOf=2023-06-30';
const today = '?period=2022';

const its = browserSuite();
beforeEach(() => signInAsAuditor(its.page.context(), its.server));

const row = (code: string): Locator => its.page.locator(`[data-testid=indicators] tr[data-indicator="${code}"]`);
async function settled(): Promise<void> {
  await its.page.locator('[data-settled=true]').first().waitFor();
  await its.page.locator('[data-settled=false]').first().waitFor({ state: 'detached' });
}

/** A page of the plan: the overview, if only search parameters are given. */
async function open(address: string): Promise<void> {
  await its.page.goto(`${its.server.url}${plan}${address}`);
  await settled();
}

/** Waits for a text; on a timeout fails with the actual text. */
async function expectText(place: Locator, text: string | RegExp): Promise<void> {
  try {
    await place.filter({ hasText: text }).first().waitFor();
  } catch {
    expect(await place.first().innerText()).toMatch(text);
  }
}

describe('the overview, as known on a day', () => {
  it('shows the mid-term as known on 2023-06-30, and what changed since', async () => {
    await open(midterm);

    await expectText(row('02'), '55.2');
    await expectText(row('02'), '快于预期');
    await expectText(row('02'), '后来更正为 54.9');
    await expectText(row('02'), '目前领先，此后须提速到 6.2 倍');
    await expectText(row('05'), '汇总不全');
    await expectText(row('05'), '缺 庆元');
    await expectText(row('05'), '后来补报为 42.0');
    await expectText(row('03'), /市县数据不一致\s*自报 43，合计 41/);
    await expectText(its.page.getByTestId('index'), '97.5');
    await expectText(its.page.getByTestId('index'), '88.9%');
    await expectText(its.page.getByTestId('index'), /无否决/);
    await expectText(its.page.getByTestId('later-changes'), '有 2 项数值变化');
    await expectText(its.page.getByTestId('index-change'), /97\.51.*93\.02.*−4\.49/s);
    await expectText(its.page.getByTestId('index-change').locator('[data-indicator="02"]'), /−3\.37\s*数据更正/);
  });

  it('shows the same mid-term as known today', async () => {
    await open(today);

    await expectText(row('02'), '54.9');
    await expectText(row('02'), '未达到');
    await expectText(row('05'), '42.0');
    await expectText(row('05'), '严重滞后');
    await expectText(its.page.getByTestId('index'), '93.0');
    expect(await its.page.getByTestId('index-change').count()).toBe(0);
    await expectText(its.page.getByTestId('index'), '100.0%');
    expect(await its.page.getByText('后来更正').count()).toBe(0);
    expect(await its.page.getByTestId('later-changes').count()).toBe(0);
  });

  it('keeps the chosen date in the address', async () => {
    await open(today);
    await its.page.getByRole('button', { name: '2023-06-30 中期' }).click();
    await expectText(its.page.getByTestId('past'), '截至 2023-06-30 掌握的数据');
    await expectText(row('02'), '后来更正为 54.9');
    expect(new URL(its.page.url()).searchParams.get('asOf')).toBe('2023-06-30');

    await its.page.goBack();
    await expectText(its.page.getByTestId('index'), '93.0');
    expect(new URL(its.page.url()).searchParams.has('asOf')).toBe(false);
  });

  it.each([
    ['', '2025'],
    ['?asOf=2023-06-30', '2022'],
  ])('%s shows the latest period that had figures then: %s', async (address, period) => {
    await open(address);
    await expectText(
      its.page.locator('.date-bar label', { has: its.page.locator('input[name=period]:checked') }),
      period,
    );
    expect(new URL(its.page.url()).search).toBe(address);
  });

  it('draws the indexes of the areas to one scale, whatever their coverage', async () => {
    await open('?period=2022&asOf=2023-06-30');
    const width = async (of: Locator) => (await of.boundingBox())!.width;
    const drawn: { index: number; whole: number; share: number; coverage: string }[] = [];
    for (const line of await its.page.getByTestId('areas').locator('li').all()) {
      drawn.push({
        index: Number(await line.locator('.area-value').innerText()),
        whole: await width(line.locator('.bar')),
        share: await width(line.locator('.bar i')),
        coverage: await line.locator('.area-coverage').innerText(),
      });
    }
    expect(new Set(drawn.map(({ coverage }) => coverage)).size).toBeGreaterThan(1);
    expect(new Set(drawn.map(({ whole }) => whole)).size).toBe(1);
    for (const { index, whole, share } of drawn) expect(Math.abs(share - (whole * index) / 100)).toBeLessThan(0.5);
  });

  it('does not take what was never reported for no concern', async () => {
    await open('?period=2025&asOf=2022-03-01');
    await expectText(its.page.getByTestId('attention').locator('p'), /^本期没有数据，无从判断$/);
  });

  it('moves the date by month with the arrow keys', async () => {
    await open(midterm);
    await its.page.getByRole('slider').focus();
    await its.page.keyboard.press('ArrowRight');
    await its.page.waitForURL(/asOf=2023-07-31/);
    await expectText(row('05'), '42.0');
    await its.page.keyboard.press('ArrowLeft');
    await its.page.waitForURL(/asOf=2023-06-30/);
  });

  it('marks demonstration data, and shows that the rules are not official', async () => {
    await open(midterm);
    await expectText(its.page.getByRole('note'), '示例数据');
    await expectText(row('02').locator('.demo-tag'), '示例');
    // The base value comes from the plan's text, so it is not marked.
    expect(await row('02').locator('td[data-label^="基期"] .demo-tag').count()).toBe(0);
    await its.page.getByRole('link', { name: '规划与规则说明' }).click();
    await expectText(its.page.getByTestId('rules'), '非官方标准');
    // The moment goes along.
    expect(new URL(its.page.url()).search).toBe(midterm);
  });

  it('shows the server’s message for a day on which the plan was not known', async () => {
    await its.page.goto(`${its.server.url}${plan}?period=2022&asOf=2021-06-30`);
    await expectText(its.page.getByRole('alert'), '尚未为人所知');
    // Chromium logs the 404, which is expected here.
    const expected = its.problems.splice(0);
    expect(expected.every((problem) => problem.includes('404') && problem.includes('/overview/summary'))).toBe(true);
  });

  it('shows a single county, on a page of its own and in the whole frame', async () => {
    await open(`/indicators${midterm}&view=matrix`);
    await its.page.getByTestId('matrix').getByRole('link', { name: '庆元', exact: true }).click();
    await expectText(its.page.getByRole('heading', { level: 1 }), /331126\s*庆元县/);
    await expectText(row('05'), '未上报');
    await expectText(row('05'), '后来补报为 31.6');
    expect(new URL(its.page.url()).searchParams.get('unit')).toBe('331126');
    await its.page.getByRole('link', { name: '总览', exact: true }).click();
    await expectText(row('05'), '未上报');
  });

  it('leads to the lists of the programme by their numbers', async () => {
    await open(today);
    const projects = its.page.getByTestId('programme-counts').locator('li', { hasText: '重大项目' });
    await expectText(projects, /\d+ 个/);
    await projects.getByRole('link').click();
    await its.page.waitForURL(/\/projects\?period=2022$/);
  });

  it('lists more of a long list when its end comes into sight', async () => {
    await open(`/projects${today}`);
    const lines = its.page.getByTestId('programme').locator('tr[data-thing]');
    await expectText(its.page.getByTestId('programme'), '已列 50 / 76 条');
    expect(await lines.count()).toBe(50);
    await its.page.getByRole('button', { name: '继续列出' }).scrollIntoViewIfNeeded();
    await lines.nth(75).waitFor();
    expect(await its.page.getByRole('button', { name: '继续列出' }).count()).toBe(0);
  });

  it('says which values a filter has, and leads to the list without it', async () => {
    await open(`/projects${today}&flag=nothing`);
    await expectText(its.page.getByRole('alert'), '提示须为 start-overdue、overdue');
    await its.page.getByRole('alert').getByText('去掉筛选').click();
    await its.page.waitForURL(/\/projects\?period=2022$/);
    await its.page.getByTestId('programme').locator('tr[data-thing]').first().waitFor();
    // Chromium logs the 400, which is expected here.
    expect(its.problems.splice(0).every((problem) => problem.includes('400'))).toBe(true);
  });
});

describe('the page of an indicator', () => {
  it('shows its chart and the audit trail of a corrected figure', async () => {
    await open(`/indicators${today}&view=matrix`);
    await its.page
      .getByTestId('matrix')
      .getByRole('button', { name: /^莲都区，护理型床位/ })
      .click();
    await its.page.getByTestId('figure').getByRole('link', { name: /^打开/ }).click();

    await its.page.getByTestId('chart').locator('svg').waitFor();
    const trail = its.page.getByTestId('trail');
    const correction = trail.locator('tr[data-event=MeasurementCorrected]');
    await expectText(correction, '55.5（2161 ÷ 3891）');
    await expectText(correction, '54.2（2107 ÷ 3891）');
    await expectText(correction, '示例·莲都填报员');
    await expectText(correction, '2023-08-20');
    await expectText(correction, '补录');
    await expectText(correction, '未通过护理型床位验收');
    const csv = await trail.getByRole('link', { name: '下载 CSV' }).getAttribute('href');
    const answer = await its.page.request.get(new URL(csv!, its.server.url).href);
    expect(await answer.text()).toContain('54.2（2107 ÷ 3891）');
  });

  it('does not show a correction before it was known; the date is in reach', async () => {
    await open(`/indicators/02${midterm}&unit=331102`);
    const trail = its.page.getByTestId('trail');
    await expectText(trail, '上报');
    expect(await trail.locator('tr[data-event=MeasurementCorrected]').count()).toBe(0);
    await its.page.getByTestId('past').getByRole('button', { name: '回到今日' }).click();
    await trail.locator('tr[data-event=MeasurementCorrected]').waitFor();
    expect(new URL(its.page.url()).search).toBe('?period=2022&unit=331102');
  });

  it('merges the trails of all nine counties for a computed value', async () => {
    await open(`/indicators/02${today}&trail=2022`);
    const trail = its.page.getByTestId('trail');
    await trail.getByRole('button', { name: /^龙泉 2/ }).waitFor();
    await trail.getByRole('button', { name: /更正、退回、撤回/ }).click();
    await expectText(trail.locator('tbody tr'), '更正');
    expect(await trail.locator('tbody tr').count()).toBe(1);
  });

  it('shows a revised target with the original one and the document number, and all units', async () => {
    await open(`/indicators/06${today}`);
    const shown = its.page.getByTestId('indicator');
    await expectText(shown, /16\s*→\s*15/);
    await expectText(shown, '示例〔2023〕1号');
    expect(await its.page.getByTestId('units').locator('tbody tr').count()).toBeGreaterThan(1);
    await its.page.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name: '主要指标' }).click();
    await row('06').waitFor();
  });

  it('shows a visible message when its part of the program fails to load, and loads it on retry', async () => {
    await open(today);
    await its.page.route('**/assets/IndicatorPage-*', (route) => route.fulfill({ status: 404 }));
    await row('02').getByRole('link').click();
    const notice = its.page.getByRole('alert').filter({ hasText: '程序可能刚更新过' });
    await notice.waitFor();
    expect((await notice.boundingBox())!.y).toBeLessThan(its.page.viewportSize()!.height - 50);
    expect(its.problems.splice(0).join()).toContain('404');

    await its.page.unroute('**/assets/IndicatorPage-*');
    await notice.getByRole('button', { name: /^重\s?试$/ }).click();
    await its.page.getByTestId('chart').locator('svg').waitFor();
    expect(its.problems.splice(0).every((problem) => problem.includes('IndicatorPage'))).toBe(true);
  });
});

describe('snapshots', () => {
  let evaluator: string;
  beforeAll(async () => {
    evaluator = await newPerson(its.server, { roles: [{ role: 'evaluator' }] });
  });
  beforeEach(async () => {
    await giveSession(its.page.context(), its.server, evaluator);
  });

  it('takes, verifies and compares a snapshot of the mid-term', async () => {
    await open(`/evaluations${midterm}`);
    const panel = its.page.getByTestId('evaluations');
    await panel.getByRole('button', { name: '生成中期评估存档' }).click();

    const snapshot = panel.locator('tr[data-snapshot="midterm-2022/1"]');
    await expectText(snapshot, '97.5');
    await expectText(snapshot, '王评估');
    await expectText(snapshot, /[0-9a-f]{64}/);

    await snapshot.getByRole('button', { name: '核验' }).click();
    await expectText(snapshot.getByRole('status'), /已重现.*哈希一致.*存档完好/);

    const href = await snapshot.getByRole('link', { name: '报告' }).getAttribute('href');
    const report = await its.page.request.get(`${its.server.url}${href}`);
    expect(report.status()).toBe(200);

    await snapshot.getByRole('link', { name: '与今日比较' }).click();
    const compared = its.page.getByTestId('comparison');
    const difference = compared.locator('tr[data-difference="value 02 331102"]');
    await expectText(difference, /55\.5/);
    await expectText(difference, '示例·莲都填报员');
    await expectText(difference, '未通过护理型床位验收');
    await expectText(compared.locator('tr[data-difference="index  331100"]'), '93.02');
  });
});

describe('a comparison', () => {
  it('of a day and today is reached from the past, and shows one aspect where asked', async () => {
    await open(midterm);
    await its.page.getByTestId('past').getByRole('link', { name: '与今日比较' }).click();
    const compared = its.page.getByTestId('comparison');
    await expectText(compared.locator('tr[data-difference="value 02 331102"]'), '未通过护理型床位验收');
    expect(new URL(its.page.url()).search).toBe('?left=2023-06-30&right=now&period=2022');
    await compared.getByRole('combobox', { name: '方面' }).click();
    await its.page.locator('.ant-select-item', { hasText: /^指数/ }).click();
    await compared.locator('tr[data-difference="value 02 331102"]').waitFor({ state: 'detached' });
    await expectText(compared.locator('tr[data-difference="index  331100"]'), '93.02');
    await compared.getByRole('textbox', { name: '比较左方的日子' }).fill('20231231');
    await its.page.keyboard.press('Enter');
    await its.page.waitForURL(/left=2023-12-31/);
  });
});

describe('on paper', () => {
  const sheets = async (address: string, last: string) => {
    await open(address);
    await its.page.getByTestId(last).waitFor();
    const printed = await its.page.pdf({ preferCSSPageSize: true, printBackground: true });
    return printed.toString('latin1').match(/\/Type \/Page\b/g)?.length;
  };

  it('is one sheet, and another one for what changed; with the day that it shows and the day of its print', async () => {
    expect(await sheets(today, 'indicators')).toBe(1);
    expect(await sheets(midterm, 'index-change')).toBe(2);
    await its.page.emulateMedia({ media: 'print' });
    const said = its.page.locator('.printed-scope');
    expect(await said.innerText()).toMatch(/全市 · 期间 2022 · 截至 2023-06-30 掌握的数据 · \d{4}-\d{2}-\d{2} 打印/);
    expect(await its.page.locator('.date-bar').isVisible()).toBe(false);
  });
});

describe('on a phone', () => {
  it('fits the screen', async () => {
    await its.page.setViewportSize({ width: 390, height: 844 });
    await open(midterm);
    await expectText(row('02'), '后来更正为 54.9');
    expect(await its.page.evaluate('document.documentElement.scrollWidth')).toBe(390);
  });
});
