import type { TrailEntry } from '../audit/trail-entry.js';
import type { Programme } from '../overview/programme/programme.js';
import type { ProjectDocument } from '../projects/project.projection.js';
import { signUp } from '../../test/support/people.js';
import { lishui } from '../../test/support/seeds.js';
import { startTestServer, type TestServer } from '../../test/support/server.js';
import type { ReportResult } from './report-result.js';
import type { WithdrawalResult } from './withdrawals.js';

let server: TestServer;
let reporter: Record<string, string>;
let manager: Record<string, string>;
beforeAll(async () => {
  server = await startTestServer({ demo: false });
  ({ headers: reporter } = await signUp(server, '填报员', [{ role: 'reporter', plan: lishui }]));
  ({ headers: manager } = await signUp(server, '规划管理员', [
    { role: 'plan-manager', plan: lishui },
    { role: 'reporter', plan: lishui },
  ]));
});
afterAll(() => server.close());

const reports = [
  { 表: '项目', 代码: 'P02', 动作: '项目开工', 日期: '2022-03-01', 百分比: '10', 金额: '500' },
  { 表: '项目', 代码: 'P03', 动作: '项目开工', 日期: '2022-04-01' },
  { 表: '政策', 代码: 'R01', 动作: '政策起草', 日期: '2022-03-10' },
  { 表: '政策', 代码: 'R03', 动作: '政策印发', 日期: '2023-03-10', 文号: '示例〔2023〕1号' },
  { 表: '任务', 代码: 'D01', 动作: '任务完成', 日期: '2022-12-20', 文字: '清单已公布' },
  { 表: '任务', 代码: 'D02', 日期: '2022-12-20', 文字: '需求已汇总' },
];
const planned = [
  { 表: '项目', 代码: 'P04', 动作: '项目调整', 新期限: '2026', 说明: '征地' },
  { 表: '项目', 代码: 'P05', 动作: '项目取消', 日期: '2023-03-01', 说明: '不再建设' },
  { 表: '政策', 代码: 'R04', 动作: '政策延期', 新期限: '2024', 说明: '待上位法' },
  { 表: '任务', 代码: 'D03', 动作: '任务取消', 日期: '2023-03-01', 说明: '并入 D02' },
];

/** All that is read of the programme: the overview with its promises, the documents, and what units owe. */
async function everything(at = ''): Promise<Record<string, unknown>> {
  await server.engine.caughtUp();
  const parts = ['overview?period=2023', 'obligations?period=2023', 'projects?', 'policies?', 'tasks?'];
  const bodies = await Promise.all(parts.map((part) => server.get<object>(`${server.plan}/${part}${at}`)));
  const [overview, obligations, projects, policies, tasks] = bodies.map(({ status, body }) => {
    expect(status).toBe(200);
    return body;
  });
  return { programme: (overview as { programme: Programme }).programme, obligations, projects, policies, tasks };
}
const head = async () => (await server.engine.log.lastEvent())!.position;
const send = async (rows: readonly object[], headers: Record<string, string>) => {
  const dry = await server.post<ReportResult>(`${server.plan}/reports`, { rows, dryRun: true }, headers);
  const more = { rows, acceptWarnings: dry.body.unaccepted };
  const { status, body } = await server.post<ReportResult>(`${server.plan}/reports`, more, headers);
  expect({ status, rows: body.rows }).toMatchObject({ status: 200 });
  return body;
};
const withdraw = (submission: string, headers: Record<string, string>, more: object = {}) =>
  server.post<WithdrawalResult & { code: string; problems: { code: string; field: string; message: string }[] }>(
    `${server.plan}/submissions/${submission}/withdrawal`,
    { reason: '填错了年度', ...more },
    headers,
  );

it.each([
  ['reports', reports, 8],
  ['what the plan manager decides', planned, 4],
])(
  'a withdrawal of %s leaves everything as it was; as known before, it is there; the trail tells both',
  async (...of) => {
    const [name, rows, count] = of;
    const headers = name === 'reports' ? reporter : manager;
    const before = await everything();
    const { submission, events } = await send(rows, headers);
    expect(events).toBe(count);
    const reported = await everything();
    const position = await head();
    expect(reported).not.toEqual(before);

    const { status, body } = await withdraw(submission, headers);
    expect({ status, body }).toMatchObject({ status: 200, body: { events: count, left: [] } });
    expect(body.withdrawn).toHaveLength(rows.length);
    expect(await everything()).toEqual(before);
    const { programme, projects, policies, tasks } = await everything(`&atPosition=${position}`);
    expect({ ...reported, programme, projects, policies, tasks }).toEqual(reported);

    const resource = { 项目: 'projects', 政策: 'policies', 任务: 'tasks' } as const;
    for (const row of rows) {
      const path = `${server.plan}/${resource[row.表 as keyof typeof resource]}/${row.代码}/trail`;
      const { body: entries } = await server.get<TrailEntry[]>(path);
      const made = entries.filter(({ commandId }) => commandId.startsWith(`submission-${submission}-`));
      const undone = entries.filter(({ commandId }) => commandId.startsWith(`submission-undoing-${submission}-`));
      expect(undone).toHaveLength(made.length);
      expect(undone.map(({ data }) => data['eventId'])).toEqual(made.map(({ eventId }) => eventId).reverse());
      for (const [at, { from, label, reason }] of undone.reverse().entries()) {
        expect({ from, label, reason }).toEqual({
          from: [made[at]!.label, made[at]!.to].filter(Boolean).join(' '),
          label: `撤回${row.表}登记`,
          reason: '填错了年度',
        });
      }
    }

    // The same again is the same no more: it is a new report, which can be withdrawn as well.
    expect(await send(rows, headers)).toMatchObject({ submission, events: count });
    expect((await withdraw(submission, headers)).body).toMatchObject({ events: count });
    expect(await everything()).toEqual(before);
  },
);

it('what a later report rests on is not withdrawn: the answer names that report, and the row can be left', async () => {
  const { submission } = await send(reports.slice(0, 3), reporter);
  const about = `${server.plan}/projects/P03`;
  await server.post(`${about}/completion`, { on: '2023-05-01' }, manager);
  const { status, body } = await withdraw(submission, reporter);
  expect({ status, code: body.code }).toEqual({ status: 422, code: 'submission.changed-since' });
  expect(body.problems).toMatchObject([
    {
      code: 'submission.changed-since',
      field: 'project/P03',
      message: expect.stringContaining('“项目竣工”（2023-05-01'),
    },
  ]);
  expect((await withdraw(submission, reporter, { leave: ['project/P03'] })).body).toMatchObject({
    withdrawn: ['project/P02', 'policy/R01'],
    left: ['project/P03'],
    events: 4,
  });
});

it('one report is withdrawn by itself, by whom the report itself would be taken from', async () => {
  await server.engine.caughtUp();
  const about = `${server.plan}/projects/P06`;
  const reason = '误报';
  const withdrawing = async (report: string, headers: Record<string, string>, body: object = { reason }) =>
    server.post<{ code?: string; events: { type: string }[] }>(`${about}/reports/${report}/withdrawal`, body, headers);
  const latest = async (of: 'steps' | 'reschedulings') => {
    await server.engine.caughtUp();
    return (await server.get<ProjectDocument>(about)).body[of].at(-1)!.eventId;
  };
  await server.post(`${about}/start`, { on: '2022-03-01' }, reporter);
  await server.post(`${about}/reschedulings`, { plannedEnd: '2026', reason: '征地' }, manager);
  const [start, rescheduling] = [await latest('steps'), await latest('reschedulings')];

  expect(await withdrawing(start, reporter, {})).toMatchObject({ status: 400, body: { code: 'reason.missing' } });
  expect(await withdrawing(rescheduling, reporter)).toMatchObject({ status: 403 });
  expect(await withdrawing('x', reporter)).toMatchObject({ status: 400, body: { code: 'input.invalid' } });
  const unknown = '00000000-0000-4000-8000-000000000000';
  expect(await withdrawing(unknown, reporter)).toMatchObject({ status: 404, body: { code: 'withdrawal.unknown' } });

  expect(await withdrawing(rescheduling, manager)).toMatchObject({ status: 200 });
  expect(await withdrawing(start, reporter)).toMatchObject({
    ...{ status: 200, body: { events: [{ type: 'ProjectReportWithdrawn' }] } },
  });
  expect(await withdrawing(start, reporter)).toMatchObject({ status: 422, body: { code: 'withdrawal.already' } });
  await server.engine.caughtUp();
  expect((await server.get<ProjectDocument>(about)).body).toMatchObject({ steps: [], reschedulings: [] });
});
