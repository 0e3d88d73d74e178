import type { Engine } from '../engine.js';
import { MemoryEventLog } from '../event-log/memory/memory-event-log.js';
import { ApproveMeasurement, CorrectMeasurement, DeclareMissing } from '../figures/figure.commands.js';
import { figureProjection } from '../figures/figure.projection.js';
import { EventLogUnavailable, type EventLog } from '../kernel/event-log.js';
import type { Actor } from '../kernel/event.js';
import { projectProjection } from '../projects/project.projection.js';
import { submissionProjection } from '../submissions/submission.projection.js';
import { taskProjection } from '../tasks/task.projection.js';
import { MemoryVersionedStore } from '../versioned-store/memory/memory-versioned-store.js';
import { make } from '../../test/support/decider-spec.js';
import { memoryEngine, send } from '../../test/support/engine.js';
import { meddled } from '../../test/support/meddled-log.js';
import { MemoryFileStore } from '../../test/support/memory-file-store.js';
import { MovingClock } from '../../test/support/moving-clock.js';
import { smallPlan } from '../../test/support/small-plan.js';
import { readReportRows } from './read-report.js';
import type { ReportRequest } from './unit-reports.js';

const clerk: Actor = { id: 'clerk-331102', name: '莲都填报员', unit: '331102', roles: ['reporter'], means: 'import' };
const other: Actor = { id: 'reviewer-1', name: '市局审核员', unit: '331100', roles: ['reviewer'], means: 'import' };
const figure = (period: string) => ({ plan: 'small', code: '03', unit: '331102', period });
const row = (期间: string, more: object) => ({ 代码: '03', 单位: '331102', 期间, ...more });

const request = (rows: readonly object[]): ReportRequest => ({
  plan: 'small',
  actor: clerk,
  given: readReportRows(rows),
  reason: '复核',
  accepted: [],
});

/** Corrects 2022 from 8 to 9, reports 2023 for the first time, and 2024 after it was declared missing. */
const rows = [row('2022', { 数值: '9' }), row('2023', { 数值: 10 }), row('2024', { 数值: '12' })];

const programme = {
  'projects.csv': `id,unit,name,class,category,sector,plannedStart,plannedEnd,investment,builder,builderPending,package,printedPeriod,printedInvestment,reading,anomalies,line
P1,331102,养护院,implementing,new,,2021,2023,100,,,,,,,,
`,
  'tasks.csv': `id,title,actionPlan,kind,owner,due,section,note,line
D1,编制清单,,,331102,2025,,,
`,
};

async function prepared(parts: Parameters<typeof memoryEngine>[0] = {}): Promise<Engine> {
  const engine = memoryEngine(parts);
  await engine.start();
  await engine.submissions.submit(smallPlan());
  await send(engine, make(DeclareMissing, { ...figure('2024'), because: 'not-due' }), clerk);
  await engine.caughtUp();
  return engine;
}

async function figures(engine: Engine): Promise<Record<string, unknown>> {
  await engine.caughtUp();
  const found = await engine.views.list(figureProjection, 'small/');
  return Object.fromEntries(
    found.map(({ body: { period, standing, latest, because } }) => [period, [standing, latest?.reported ?? because]]),
  );
}

const withdrawal = (submission: string, leave: readonly string[] = []) => ({
  ...{ plan: 'small', submission, actor: clerk, reason: '填错了期间', leave },
});

describe('a submission', () => {
  let engine: Engine;
  beforeEach(async () => void (engine = await prepared()));
  afterEach(() => engine.close());

  it('is withdrawn: what stood before stands again, and the same rows are new reports then', async () => {
    const before = await figures(engine);
    const { submission, events } = await engine.unitReports.submit(request(rows));
    expect(events).toBe(3);
    expect(await figures(engine)).toMatchObject({
      2022: ['reported', { value: '9' }],
      2024: ['reported', { value: '12' }],
    });

    const result = await engine.withdrawals.withdraw(withdrawal(submission));
    expect(result).toMatchObject({
      events: 4,
      left: [],
      withdrawn: [expect.stringContaining('2022'), expect.anything(), expect.anything()],
    });
    expect(await figures(engine)).toEqual({ ...before, 2023: ['withdrawn', undefined] });
    const [found] = (await engine.views.list(submissionProjection, 'small/')).filter(
      ({ body }) => body.id === submission,
    );
    expect(found!.body).toMatchObject({
      standing: 'withdrawn',
      withdrawal: { by: clerk.name, reason: '填错了期间', left: [] },
    });

    expect(await engine.withdrawals.withdraw(withdrawal(submission))).toMatchObject({ events: 0 });
    expect(await engine.unitReports.submit(request(rows))).toMatchObject({ submission, events: 3 });
    expect(await figures(engine)).toMatchObject({
      2022: ['reported', { value: '9' }],
      2023: ['reported', { value: '10' }],
    });
    expect(await engine.withdrawals.withdraw(withdrawal(submission))).toMatchObject({ events: 4 });
  });

  it('stays whole where others acted on a row since, until that row is left', async () => {
    const { submission } = await engine.unitReports.submit(request(rows));
    await send(engine, make(CorrectMeasurement, { ...figure('2023'), value: '11', reason: '市局核对' }), other);
    await send(engine, make(ApproveMeasurement, figure('2022')), other);
    const stood = await figures(engine);
    await expect(engine.withdrawals.withdraw(withdrawal(submission))).rejects.toMatchObject({
      kind: 'refused',
      code: 'submission.changed-since',
      problems: [
        { field: 'figure/03/331102/2022', message: expect.stringContaining('市局审核员（331100）') },
        { field: 'figure/03/331102/2023', message: expect.stringMatching(/由 10 改为 11/) },
      ],
    });
    expect(await figures(engine)).toEqual(stood);
    const leave = ['figure/03/331102/2022', 'figure/03/331102/2023'];
    expect(await engine.withdrawals.withdraw(withdrawal(submission, leave))).toMatchObject({ left: leave, events: 2 });
    expect(await figures(engine)).toEqual({ ...stood, 2024: ['missing', 'not-due'] });
  });

  it('needs a reason, must be known, and is no folder', async () => {
    const folder = (await engine.views.list(submissionProjection, 'small/'))[0]!.body.id;
    const withdraw = (submission: string, reason = '误报') =>
      engine.withdrawals.withdraw({ ...withdrawal(submission), reason });
    await expect(withdraw(folder, ' ')).rejects.toMatchObject({ code: 'reason.missing' });
    await expect(withdraw('0'.repeat(16))).rejects.toMatchObject({ code: 'submission.unknown', kind: 'not-found' });
    await expect(withdraw(folder)).rejects.toMatchObject({ code: 'submission.not-rows' });
  });
});

describe('cut off by a crash', () => {
  /** Dies at the n-th append once it is armed. */
  function dying(log: EventLog, lives: { left: number }): EventLog {
    return meddled(log, {
      append: async (...input) => {
        if (lives.left-- <= 0) throw new EventLogUnavailable('killed');
        return log.append(...input);
      },
    });
  }

  async function halfway(
    after: number,
    work: (engine: Engine) => Promise<unknown>,
    first?: (engine: Engine) => Promise<unknown>,
  ) {
    const clock = new MovingClock();
    const [log, store, files] = [new MemoryEventLog({ clock }), new MemoryVersionedStore(), new MemoryFileStore()];
    const lives = { left: Infinity };
    const cut = await prepared({ clock, store, files, log: dying(log, lives) });
    await first?.(cut);
    lives.left = after;
    await expect(work(cut)).rejects.toThrow('killed');
    const next = memoryEngine({ clock, log, store, files });
    await next.start();
    await next.finishInterrupted();
    return next;
  }

  // Received, three figures, and Applied.
  it.each([1, 2, 3, 4])('a report is finished after %d appends', async (after) => {
    const next = await halfway(after, (engine) => engine.unitReports.submit(request(rows)));
    expect(await figures(next)).toMatchObject({
      2022: ['reported', { value: '9' }],
      2023: ['reported', { value: '10' }],
      2024: ['reported', { value: '12' }],
    });
    const measured = (await next.log.readAll({ limit: 1000 })).filter(
      ({ metadata }) =>
        metadata.actor.id === clerk.id &&
        metadata.commandId.startsWith('submission-') &&
        !metadata.commandId.endsWith('ed'),
    );
    expect(measured).toHaveLength(3);
    expect(await next.unitReports.finishInterrupted()).toBe(0);
    await next.close();
  });

  // Received, the two streams, and Withdrawn.
  it.each([1, 2, 3])('a withdrawal of reports on a project and a task is finished after %d appends', async (after) => {
    let submission = '';
    const reported = [
      { 表: '项目', 代码: 'P1', 动作: '项目开工', 日期: '2022-03-01', 百分比: '10', 金额: '12.5' },
      { 表: '任务', 代码: 'D1', 动作: '任务完成', 日期: '2022-06-30', 文字: '清单已公布' },
    ];
    const next = await halfway(
      after,
      (engine) => engine.withdrawals.withdraw(withdrawal(submission)),
      async (engine) => {
        await engine.submissions.submit({ ...smallPlan(), ...programme });
        ({ submission } = await engine.unitReports.submit(request(reported)));
      },
    );
    await next.caughtUp();
    expect((await next.views.get(projectProjection, 'small/P1'))!.body).toMatchObject({
      ...{ steps: [], progress: [], investments: [] },
    });
    expect((await next.views.get(taskProjection, 'small/D1'))!.body.reports).toEqual([]);
    const undone = (await next.log.readAll({ limit: 1000 })).filter(({ type }) => type.endsWith('ReportWithdrawn'));
    expect(undone).toHaveLength(4);
    expect(await next.withdrawals.finishInterrupted()).toBe(0);
    await next.close();
  });

  it.each([1, 2, 3, 4])('a withdrawal is finished after %d appends', async (after) => {
    let submission = '';
    const next = await halfway(
      after,
      (engine) => engine.withdrawals.withdraw(withdrawal(submission)),
      async (engine) => void ({ submission } = await engine.unitReports.submit(request(rows))),
    );
    expect(await figures(next)).toMatchObject({
      2022: ['reported', { value: '8' }],
      2023: ['withdrawn', undefined],
      2024: ['missing', 'not-due'],
    });
    expect(await next.withdrawals.finishInterrupted()).toBe(0);
    await next.close();
  });
});
