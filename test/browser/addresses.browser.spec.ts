import { signInAsAuditor } from './people.js';
import { browserSuite } from './suite.js';

const its = browserSuite({ refuses: true });
beforeEach(() => signInAsAuditor(its.page.context(), its.server));

const plan = '/p/lishui-civil-affairs-2021-2025';

/** What the address says, what the page says to it, and where its way out leads. */
const unknown: readonly [address: string, says: RegExp, wayOut: RegExp, onward: string][] = [
  [`${plan}?unit=999999`, /规划没有单位 999999/, /看全市/, plan],
  [`${plan}?unit=青田`, /规划没有单位 青田：您是否指 331121（青田县）？/, /看青田县/, `${plan}?unit=331121`],
  [`${plan}?unit=330000`, /单位 330000（浙江省）只作对照，不作评价/, /看全市/, plan],
  [`${plan}?period=2031`, /期间 2031 在规划年度 2021–2025 和基期 2020 之外/, /看最近有数据的期间/, plan],
  [`${plan}/projects?period=2022-13`, /“2022-13”不是本规划的期间/, /看最近有数据的期间/, `${plan}/projects`],
  [`${plan}?period=2022-Q3`, /指标没有一项按此频次填报/, /看最近有数据的期间/, plan],
  ['/p/nonsense?period=2022', /没有规划 nonsense/, /看“丽水市/, plan],
  [`${plan}?asOf=2023-02-30`, /“2023-02-30”不是日历上有的日子/, /看今日/, plan],
  [`${plan}?period=2023&asOf=yesterday`, /“yesterday”不是日历上有的日子/, /看今日/, `${plan}?period=2023`],
  [`${plan}?asOf=2999-01-01`, /2999-01-01 在未来/, /看今日/, plan],
  [`${plan}?at=9000000000000000000`, /日志还没有位置 9000000000000000000：末位是 \d+/, /看最新/, plan],
  [`${plan}?at=last`, /“last”不是系统记录序号/, /看最新/, plan],
  [`${plan}/nonsense/P01`, /没有栏目 nonsense：可用 promises（规划任务目标）/, /看总览/, plan],
  [`${plan}/projects/P999`, /规划没有项目 P999/, /看重大项目/, `${plan}/projects`],
  [`${plan}/indicators/99`, /没有指标 99：请用代码/, /看主要指标/, `${plan}/indicators`],
  [`${plan}/indicators/02?unit=999999`, /规划没有单位 999999/, /看全市/, `${plan}/indicators/02`],
  [`${plan}/indicators/02?trail=2031`, /期间 2031 在规划年度/, /看本期/, `${plan}/indicators/02`],
  [`${plan}/units/999999`, /规划没有单位 999999/, /看各单位/, `${plan}/units`],
  [`${plan}/evaluations/nonsense`, /没有评估 nonsense/, /看评估存档/, `${plan}/evaluations`],
  [`${plan}/compare?left=nonsense/1`, /没有评估 nonsense/, /不比较/, `${plan}/compare`],
  [
    `${plan}/compare?left=2023-06-30&only=weather`,
    /只取右方的须为 rules、targets、definitions/,
    /不比较/,
    `${plan}/compare`,
  ],
  [`${plan}/compare?right=nonsense/1`, /网址还须写明左方/, /不比较/, `${plan}/compare`],
];

const shownAddress = () => {
  const { pathname, search } = new URL(its.page.url());
  return decodeURIComponent(pathname + search);
};

it.each(unknown)('%s is said to be unknown, and leads on', async (address, says, wayOut, onward) => {
  await its.page.goto(`${its.server.url}${address}`);
  const notice = its.page.getByRole('alert').filter({ hasText: says });
  await notice.waitFor();
  // What is unknown stays in the address: nothing else took its place.
  expect(shownAddress()).toBe(address);

  await notice.getByRole('button', { name: wayOut }).click();
  await notice.waitFor({ state: 'detached' });
  expect(shownAddress()).toBe(onward);
  await its.page.getByRole('heading', { level: 1 }).waitFor();
});

it.each(['/nonsense', `${plan}/nonsense`, '/p'])('%s is no page of the app, which says so', async (address) => {
  await its.page.goto(`${its.server.url}${address}`);
  await its.page.getByText('没有这个页面').first().waitFor();
  expect(shownAddress()).toBe(address);
  await its.page.getByRole('link', { name: '回到工作台', exact: true }).click();
  await its.page.getByTestId('desk').waitFor();
});

it('shows nothing of the plan in place of what is unknown', async () => {
  await its.page.goto(`${its.server.url}${plan}?unit=999999&period=2031`);
  await its.page.getByRole('alert').nth(1).waitFor();
  expect(await its.page.getByRole('alert').count()).toBe(2);
  expect(await its.page.getByTestId('indicators').count()).toBe(0);
  expect(await its.page.getByTestId('index').count()).toBe(0);
});

it('shows what the address says where all of it is known', async () => {
  await its.page.goto(
    `${its.server.url}${plan}/policies?period=2020&asOf=2023-06-30T18:00:00%2B08:00&at=4000&unit=331121`,
  );
  await its.page.locator('[data-settled=true]').first().waitFor();
  expect(await its.page.getByRole('alert').count()).toBe(0);
});

/** Links to the single page that the app once was, and where they lead. */
const old: readonly [address: string, onward: string][] = [
  ['/?period=2022&asOf=2023-06-30&unit=331121', `${plan}?period=2022&asOf=2023-06-30&unit=331121`],
  ['/?indicator=02&of=331102&trail=2022&period=2022', `${plan}/indicators/02?period=2022&unit=331102&trail=2022`],
  ['/?tab=projects&period=2022', `${plan}/projects?period=2022`],
  ['/?thing=projects/P17&asOf=2023-06-30', `${plan}/projects/P17?asOf=2023-06-30`],
  ['/?left=midterm-2022/1&right=now', `${plan}/compare?left=midterm-2022/1&right=now`],
  ['/?audit=known:2023-08-20', `${plan}/audit?knownFrom=2023-08-20&knownTo=2023-08-20`],
  ['/?audit=actor:demo-reviewer-1', `${plan}/audit?person=demo-reviewer-1`],
  ['/?atPosition=4000', `${plan}?at=4000`],
  ['/?plan=nonsense&unit=999999', '/p/nonsense?unit=999999'],
];

it.each(old)('the old address %s leads to the page that shows the same', async (address, onward) => {
  await its.page.goto(`${its.server.url}${address}`);
  await its.page.waitForURL((url) => url.pathname.startsWith('/p/'));
  expect(shownAddress()).toBe(onward);
});
