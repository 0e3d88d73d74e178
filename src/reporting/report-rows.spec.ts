import type { Engine } from '../engine.js';
import { operatorActor } from '../access/principal.js';
import { figureKey, figureProjection } from '../figures/figure.projection.js';
import type { Actor } from '../kernel/event.js';
import { ReportInvestment, ReportProjectProgress, WithdrawProjectReport } from '../projects/project.commands.js';
import { projectStream } from '../projects/project.events.js';
import { SetQualityRules } from '../quality/quality.commands.js';
import { make } from '../../test/support/decider-spec.js';
import { brokenDownPlan } from '../../test/support/broken-down-plan.js';
import { memoryEngine, send } from '../../test/support/engine.js';
import { filled, sent, workbookOf } from '../../test/support/workbooks.js';
import { readReportRows } from './read-report.js';

const clerk: Actor = { id: 'clerk-331102', name: '莲都填报员', unit: '331102', roles: ['reporter'], means: 'import' };
const other: Actor = { id: 'reviewer-1', name: '市局审核员', unit: '331100', roles: ['reviewer'], means: 'import' };

const projects = `id,unit,name,class,category,sector,plannedStart,plannedEnd,investment,builder,builderPending,package,printedPeriod,printedInvestment,reading,anomalies,line
P1,331102,养护院,implementing,new,,2021,2023,100,,,,,,,,
`;
const tasks = `id,title,actionPlan,kind,owner,due,section,note,line
D1,编制清单,,,331102,2025,,,
`;

let engine: Engine;
beforeEach(async () => {
  engine = memoryEngine();
  await engine.start();
  await engine.submissions.submit({ ...brokenDownPlan(), 'projects.csv': projects, 'tasks.csv': tasks });
});
afterEach(() => engine.close());

const blank = () => workbookOf(engine, 'small', '331102', '2023');
const report = async (bytes: Buffer) => sent('small', clerk, bytes);

it('what is written beside a value explains the marks that have to be explained, and no others', async () => {
  const rule = { kind: 'range', indicator: '03', required: 'explanation' } as const;
  const rules = [
    { ...rule, id: 'most', maximum: '5' },
    { ...rule, id: 'least', minimum: '1' },
  ];
  await send(engine, make(SetQualityRules, { plan: 'small', rules }));
  await engine.caughtUp();
  const said = { 代码: '03', 单位: '331102', 期间: '2023', 数值: 8 };
  const asked = (row: object) => ({ plan: 'small', actor: operatorActor, given: readReportRows([row]), accepted: [] });
  await expect(engine.unitReports.submit(asked(said))).rejects.toMatchObject({
    problems: [{ code: 'figure.explanation-needed' }],
  });
  await engine.unitReports.submit(asked({ ...said, 说明: '含新开业的两家' }));
  await engine.caughtUp();
  const key = figureKey({ plan: 'small', code: '03', unit: '331102', period: '2023' });
  expect((await engine.views.get(figureProjection, key))!.body.latest!.explanations).toEqual([
    { rule: 'most', text: '含新开业的两家' },
  ]);
});

describe('parts of a breakdown', () => {
  it('have rows of their own', async () => {
    const bytes = await filled(
      await blank(),
      ['指标', '03', '数值', 8],
      ['指标', '03/sex.f', '数值', 3],
      ['指标', '03/sex.m', '数值', 5],
    );
    const { rows } = await engine.unitReports.submit(await report(bytes));
    expect(rows.filter(({ outcome }) => outcome === 'new')).toMatchObject([{ to: '8（性别：女 3、男 5）' }]);
    await engine.caughtUp();
    const key = figureKey({ plan: 'small', code: '03', unit: '331102', period: '2023' });
    expect((await engine.views.get(figureProjection, key))!.body.latest!.reported).toEqual({
      value: '8',
      parts: [
        { breakdown: 'sex', part: 'f', value: '3' },
        { breakdown: 'sex', part: 'm', value: '5' },
      ],
    });
    expect(await engine.unitReports.submit(await report(await blank()))).toMatchObject({ events: 0 });
  });

  it('are refused in their own cells', async () => {
    const wrong = await filled(
      await blank(),
      ['指标', '03', '数值', 8],
      ['指标', '03/sex.f', '数值', 3.5],
      ['指标', '03/sex.m', '数值', 4.5],
    );
    const { rows } = await engine.unitReports.tryOut(await report(wrong));
    expect(rows[0]!.problems).toMatchObject([{ code: 'figure.not-whole', field: '指标!H7' }]);
    const alone = await filled(await blank(), ['指标', '03/sex.f', '数值', 3]);
    expect((await engine.unitReports.tryOut(await report(alone))).rows[0]!.problems).toMatchObject([
      { code: 'report.part-without-whole' },
    ]);
  });
});

describe('the programme', () => {
  const started = async () => {
    const bytes = await filled(
      await blank(),
      ['项目', 'P1', '动作', '项目开工'],
      ['项目', 'P1', '日期', '2023/3/1'],
      ['项目', 'P1', '金额', '１２．５'],
      ['项目', 'P1', '百分比', '10%'],
    );
    return engine.unitReports.submit(await report(bytes));
  };

  it('a project starts, moves on and spends in one row', async () => {
    const { rows, events } = await started();
    expect(events).toBe(3);
    expect(rows.find(({ key }) => key === 'project/P1')).toMatchObject({
      outcome: 'new',
      name: '养护院',
      to: '项目开工 2023-03-01；项目进度 2023-03-01 10；项目投资 2023-03-01 12.5',
    });
  });

  it('an investment of the same day is corrected, with its reason', async () => {
    await started();
    const cells = [
      ['项目', 'P1', '日期', '2023-03-01'],
      ['项目', 'P1', '金额', 11],
    ] as const;
    expect((await engine.unitReports.tryOut(await report(await filled(await blank(), ...cells)))).rows).toContainEqual(
      expect.objectContaining({ key: 'project/P1', outcome: 'refused' }),
    );
    const reasoned = await filled(await blank(), ...cells, ['项目', 'P1', '说明', '核减']);
    expect((await engine.unitReports.submit(await report(reasoned))).rows).toContainEqual(
      expect.objectContaining({ key: 'project/P1', outcome: 'changed' }),
    );
  });

  it('what somebody else reported of the same meanwhile is a conflict', async () => {
    await started();
    const mine = await filled(await blank(), ['项目', 'P1', '日期', '2023-06-30'], ['项目', 'P1', '百分比', 40]);
    const about = { plan: 'small', id: 'P1', on: '2023-06-30' };
    await send(engine, make(ReportInvestment, { ...about, amount: '20' }), other);
    expect((await engine.unitReports.tryOut(await report(mine))).counts).toMatchObject({ conflict: 0, new: 1 });
    await send(engine, make(ReportProjectProgress, { ...about, percent: '35' }), other);
    expect((await engine.unitReports.tryOut(await report(mine))).rows).toContainEqual(
      expect.objectContaining({
        outcome: 'conflict',
        conflict: expect.objectContaining({ from: '2023-03-01 10', to: '2023-06-30 35' }),
      }),
    );
  });

  it.each([
    [{ 动作: '开工' }, 'report.choice', /动作须为.*项目开工/],
    [{ 百分比: '45' }, 'report.day', /须填“日期”/],
    [{ 日期: '1/2/2023', 百分比: '45' }, 'report.day', /年份四位/],
    [{ 日期: '2023-06-30', 文字: '主体封顶' }, 'report.cell-unused', /填了“文字”/],
    [{ 日期: '2023-06-30', 百分比: '四成' }, 'report.number', /须为数/],
  ])('a row %j is refused', async (cells, code, message) => {
    const given = readReportRows([{ 表: '项目', 代码: 'P1', ...cells }]);
    const { rows } = await engine.unitReports.tryOut({ plan: 'small', actor: clerk, given, accepted: [] });
    expect(rows[0]).toMatchObject({
      outcome: 'refused',
      problems: [{ code, message: expect.stringMatching(message) }],
    });
  });

  it('what somebody else withdrew meanwhile is a conflict for a row that reports it', async () => {
    await started();
    const events = await engine.log.readStream(projectStream('small', 'P1'));
    const progress = events.find(({ type }) => type === 'ProjectProgressReported')!.id;
    const mine = await filled(await blank(), ['项目', 'P1', '日期', '2023-06-30'], ['项目', 'P1', '百分比', 40]);
    const withdrawal = { plan: 'small', id: 'P1', report: progress, reason: '误报' };
    await send(engine, make(WithdrawProjectReport, withdrawal), other);
    expect((await engine.unitReports.tryOut(await report(mine))).rows).toContainEqual(
      expect.objectContaining({
        outcome: 'conflict',
        conflict: expect.objectContaining({ from: '2023-03-01 10', to: '已撤回' }),
      }),
    );
  });

  it('an investment of a day whose report was withdrawn is reported anew, not corrected', async () => {
    const { submission } = await started();
    await engine.withdrawals.withdraw({ plan: 'small', submission, actor: clerk, reason: '误报', leave: [] });
    expect((await started()).rows).toContainEqual(expect.objectContaining({ key: 'project/P1', outcome: 'new' }));
  });
});

it.each([
  [[{ 代码: '03' }], 'report.no-code'],
  [[{ 单位: '331102', 期间: '2023', 数值: 1 }], 'report.no-code'],
  [[{ 代码: '03', 系统键: 'figure/04/331102/2023', 数值: 1 }], 'report.key'],
  [[{ 代码: '03', 系统键: '03', 数值: 1 }], 'report.key'],
  [[{ 代码: '03', 单位: '331102', 期间: '2023', 数值: 1, 系统版本: '七' }], 'report.revision'],
  [[{ 代码: '03', 单位: '331102', 期间: '2023', 数值: 1, 系统版本: '7' }], 'report.revision'],
  [[{ 代码: '03', 单位: '331102', 期间: '2023', 数值: 1, 缺报原因: '不适用' }], 'report.value-and-missing'],
  [[{ 代码: '03', 单位: '331102', 期间: '2023', 缺报原因: '没空' }], 'report.choice'],
])('what rows are about must be told: %j', async (rows, code) => {
  const found = await engine.unitReports.tryOut({
    plan: 'small',
    actor: clerk,
    given: readReportRows(rows),
    accepted: [],
  });
  expect(found.rows.flatMap(({ problems = [] }) => problems.map((problem) => problem.code))).toEqual([code]);
});

it('the same row twice is refused, and a unit that the plan does not have', async () => {
  const row = { 代码: '03', 单位: '331102', 期间: '2023', 数值: 1 };
  const twice = await engine.unitReports.tryOut({
    plan: 'small',
    actor: clerk,
    given: readReportRows([row, row]),
    accepted: [],
  });
  expect(twice.counts).toMatchObject({ new: 1, refused: 1 });
  const given = readReportRows([{ ...row, 单位: '331199' }]);
  const { rows } = await engine.unitReports.tryOut({ plan: 'small', actor: clerk, given, accepted: [] });
  expect(rows[0]!.problems).toMatchObject([{ code: 'unit.unknown' }]);
});
