import { figureProjection } from '../figures/figure.projection.js';
import { filled, edited } from '../../test/support/workbooks.js';
import { fetchAsOperator } from '../../test/support/operator.js';
import { signUp } from '../../test/support/people.js';
import { lishui } from '../../test/support/seeds.js';
import { startTestServer, type TestServer } from '../../test/support/server.js';
import type { Obligations } from './obligations.js';
import type { ReportResult } from './report-result.js';
import type { WithdrawalResult } from './withdrawals.js';

const counties = ['331102', '331121', '331122', '331123', '331124', '331125', '331126', '331127', '331181'];
/** With seven of the plan's counties, ten that report at once. */
const founded = ['331191', '331192', '331193'];
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ demo: false });
  for (const unit of [...counties, ...founded]) {
    const { headers } = await signUp(server, `填报员${unit}`, [{ role: 'reporter', plan: lishui, unit }]);
    clerks.set(`clerk-${unit}`, headers);
  }
  const { headers } = await signUp(server, '另一人', [{ role: 'reporter', plan: lishui }]);
  clerks.set('another', headers);
});
afterAll(() => server.close());

const clerks = new Map<string, Record<string, string>>();
const as = (id: string): Record<string, string> => clerks.get(id)!;
const period = '2024';

async function workbook(unit: string): Promise<Buffer> {
  const response = await fetchAsOperator(`${server.url}${server.plan}/workbook?unit=${unit}&period=${period}`);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toContain('spreadsheetml');
  expect(response.headers.get('content-disposition')).toMatch(
    new RegExp(`^attachment; filename="${unit}-${period}.xlsx"`),
  );
  return Buffer.from(await response.arrayBuffer());
}

const report = <Body = ReportResult>(unit: string, bytes: Buffer, more: object = {}) =>
  server.post<Body>(
    `${server.plan}/reports`,
    { file: { name: `${unit}.xlsx`, base64: bytes.toString('base64') }, acceptWarnings: [], ...more },
    as(`clerk-${unit}`),
  );

/** Fills every number that a unit can give as a value, by the row's own number. */
const filledUp = (bytes: Buffer): Promise<Buffer> =>
  edited(bytes, (book) => {
    const sheet = book.getWorksheet('指标')!;
    sheet.eachRow((row, number) => {
      if (number <= 5 || row.getCell(13).text === '') return;
      const isRatio = row.getCell(8).protection?.locked !== false;
      if (isRatio) {
        row.getCell(9).value = 50;
        row.getCell(10).value = 100;
      } else row.getCell(8).value = 40;
    });
  });

const obligations = async (unit: string): Promise<Obligations['units'][number]> => {
  const { body } = await server.get<Obligations>(`${server.plan}/obligations?unit=${unit}&period=${period}`);
  return body.units[0]!;
};

const heads = async () => (await server.engine.log.lastEvent())!.position;

it('a county downloads its workbook, fills it in, tries it out, applies it, and withdraws it', async () => {
  const unit = '331102';
  const owed = await obligations(unit);
  expect(owed.obligations.filter(({ kind }) => kind === 'indicator').every(({ state }) => state === 'owed')).toBe(true);
  expect(owed.totals.owed).toBeGreaterThan(20);

  const bytes = await filledUp(await workbook(unit));
  const before = await heads();
  const dry = await report(unit, bytes, { dryRun: true });
  expect(dry.status).toBe(200);
  expect(dry.body.counts).toMatchObject({ refused: 0, conflict: 0, changed: 0 });
  const { new: count } = dry.body.counts;
  expect(count).toBeGreaterThan(20);
  expect(await heads()).toBe(before);

  const applied = await report(unit, bytes, { acceptWarnings: dry.body.unaccepted });
  expect(applied.body).toMatchObject({ events: count, dryRun: false });
  await server.engine.caughtUp();
  const after = await obligations(unit);
  expect(after.totals.reported - owed.totals.reported).toBe(count);

  const head = await heads();
  expect((await report(unit, bytes)).body).toMatchObject({ events: 0, submission: applied.body.submission });
  expect(await heads()).toBe(head);

  const { body } = await server.post<WithdrawalResult>(
    `${server.plan}/submissions/${applied.body.submission}/withdrawal`,
    { reason: '填错了年度' },
    as(`clerk-${unit}`),
  );
  expect(body).toMatchObject({ events: count, left: [] });
  await server.engine.caughtUp();
  expect((await obligations(unit)).totals).toEqual(owed.totals);
});

it('a conflict is answered with 412, and a mistake with its cell', async () => {
  const unit = '331121';
  const blank = await workbook(unit);
  const bytes = await filledUp(blank);
  const { body } = await report(unit, bytes, { dryRun: true });
  const first = body.rows.find(({ outcome }) => outcome === 'new')!;
  const [, code] = first.key!.split('/') as [string, string];
  const said = {
    代码: code,
    单位: unit,
    期间: period,
    ...(first.to!.includes('÷') ? { 分子: 30, 分母: 90 } : { 数值: 30 }),
  };
  const other = await server.post<ReportResult>(
    `${server.plan}/reports`,
    { rows: [said], acceptWarnings: body.unaccepted },
    as('another'),
  );
  expect(other.body.counts).toMatchObject({ new: 1 });
  const conflicting = await report<{ code: string; problems: { field: string }[] }>(unit, bytes, {
    acceptWarnings: body.unaccepted,
  });
  expect(conflicting).toMatchObject({ status: 412, body: { code: 'report.conflict' } });
  expect(conflicting.body.problems).toMatchObject([
    { field: first.at, message: expect.stringMatching(/p_[a-z2-7]{20}/) },
  ]);

  const wrong = await filled(
    blank,
    ['指标', code, '说明', '约'],
    ['指标', code, first.to!.includes('÷') ? '分子' : '数值', '1.2.3'],
  );
  const refused = await report<{ code: string; problems: { field: string }[] }>(unit, wrong);
  expect(refused).toMatchObject({ status: 400, body: { code: 'report.refused' } });
  expect(refused.body.problems).toMatchObject([
    { field: expect.stringMatching(/^指标!/), message: expect.stringContaining('「1.2.3」') },
  ]);
});

it('ten counties at once lose no row and double none', async () => {
  for (const unit of founded) {
    const county = { code: unit, name: `新县${unit}`, level: 'county', parent: '331100' };
    expect((await server.post(`${server.plan}/units`, county)).status).toBe(200);
  }
  await server.engine.caughtUp();
  const ten = [...counties.slice(2), ...founded];
  expect(ten).toHaveLength(10);
  const books = await Promise.all(ten.map(async (unit) => ({ unit, bytes: await filledUp(await workbook(unit)) })));
  const dry = await Promise.all(books.map(({ unit, bytes }) => report(unit, bytes, { dryRun: true })));
  // Each is sent twice at once, as an impatient clerk does.
  const answers = await Promise.all(
    books.flatMap(({ unit, bytes }, at) => {
      const acceptWarnings = dry[at]!.body.unaccepted;
      return [report(unit, bytes, { acceptWarnings }), report(unit, bytes, { acceptWarnings })];
    }),
  );
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  await server.engine.caughtUp();
  const figures = await server.engine.views.list(figureProjection, `${server.plan.split('/').at(-1)}/`);
  for (const [at, { unit }] of books.entries()) {
    const own = figures.filter(({ body }) => body.unit === unit && body.period === period);
    expect(own.length).toBeGreaterThan(20);
    expect(own).toHaveLength(dry[at]!.body.counts.new);
    expect(own.every(({ body }) => body.revision === 0 && body.standing === 'reported')).toBe(true);
  }
});

it('projects, policies and tasks have sheets of their own', async () => {
  const unit = '331100';
  const { body: before } = await server.get<Obligations>(`${server.plan}/obligations?unit=${unit}&period=${period}`);
  const owed = before.units[0]!.obligations;
  const project = owed.find(({ kind, state }) => kind === 'project' && state === 'owed')!;
  const task = owed.find(({ kind, state }) => kind === 'task' && state === 'owed')!;
  const bytes = await filled(
    await workbook(unit),
    ['项目', project.code, '动作', '项目开工'],
    ['项目', project.code, '日期', '2024年3月1日'],
    ['任务', task.code, '日期', new Date('2024-06-30T00:00:00Z')],
    ['任务', task.code, '百分比', '６０％'],
    ['任务', task.code, '文字', '已征求意见'],
  );
  const { body } = await report(unit, bytes, { dryRun: true });
  const found = body.rows.filter(({ key }) => [`project/${project.code}`, `task/${task.code}`].includes(key!));
  expect(found.find(({ key }) => key === `task/${task.code}`)).toMatchObject({
    outcome: 'new',
    to: '任务进展 2024-06-30 60 已征求意见',
  });
  expect(found.find(({ key }) => key === `project/${project.code}`)!.outcome).toMatch(/new|refused/);
});

it('deadlines make a calendar', async () => {
  const response = await fetchAsOperator(`${server.url}${server.plan}/obligations.ics?unit=331102`);
  expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
  expect(await response.text()).toMatch(/^BEGIN:VCALENDAR\r\n[^]*END:VCALENDAR\r\n$/);
});

it('a workbook of another plan, and a file above 10 MB, are refused', async () => {
  const bytes = await edited(await workbook('331102'), (book) => {
    book.getWorksheet('_通鉴')!.eachRow((row) => {
      if (row.getCell(1).text === 'plan') row.getCell(2).value = 'another-plan';
    });
  });
  expect(await report('331102', bytes)).toMatchObject({ status: 400, body: { code: 'report.other-plan' } });
  const large = await report('331102', Buffer.alloc(10 * 1024 * 1024 + 1));
  expect(large).toMatchObject({ status: 400, body: { code: 'report.too-large' } });
});
