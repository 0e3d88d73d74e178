import { memoryEngine } from '../../test/support/engine.js';
import { mistakesIn } from '../../test/support/mistakes.js';
import { programmeFolder, programmeWarnings, type ProgrammeFile } from '../../test/support/programme-folder.js';
import { smallPlan } from '../../test/support/small-plan.js';
import type { Engine } from '../engine.js';
import type { Problem } from '../kernel/errors.js';

let engine: Engine;
beforeEach(() => void (engine = memoryEngine()));

describe('a folder with projects, policies, tasks, promises and findings', () => {
  it('is loaded whole, and loaded again appends nothing', async () => {
    const { events } = await engine.submissions.submit(programmeFolder(), undefined, programmeWarnings);
    const streams = (await engine.log.readAll({ limit: 10_000 })).map(({ stream }) =>
      stream.slice(0, stream.indexOf('-')),
    );
    const count = (category: string) => streams.filter((each) => each === category).length;
    expect(['task', 'policy', 'project', 'promise', 'finding'].map(count)).toEqual([6, 7, 11, 9, 5]);
    expect(events).toBe(streams.length - count('submission'));
    expect(await engine.submissions.submit(programmeFolder(), undefined, programmeWarnings)).toMatchObject({
      events: 0,
    });
  });

  it('says of each row where it stands in the plan, and of each later one who knew it since when, and why', async () => {
    await engine.submissions.submit(programmeFolder(), undefined, programmeWarnings);
    const [registered, started, progress, , corrected] = await engine.log.readStream('project-small.P01');
    expect(registered).toMatchObject({
      data: { line: 372, builderPending: false, printed: { period: '2022-2023年', investment: '10000' } },
      metadata: { evidence: [{ title: '规划文本', locator: '第372行' }] },
      knownAt: '2021-12-31T15:59:59.999Z',
    });
    expect(started).toMatchObject({ data: { on: '2022-03-01' }, knownAt: '2022-04-01T15:59:59.999Z' });
    expect(progress!.metadata.evidence).toEqual([{ title: '月报', locator: '第2页' }]);
    expect(corrected).toMatchObject({ type: 'InvestmentCorrected', metadata: { reason: '误含土地款' } });
    const [cemetery] = await engine.log.readStream('project-small.P02');
    expect(cemetery!.data).toMatchObject({ reading: '按总投资', anomalies: ['两个数', '期后竣工'] });
    const [, issued] = (await engine.log.readStream('policy-small.R01')).slice(1);
    expect(issued).toMatchObject({
      data: { documentNumber: '示例〔2022〕18号' },
      metadata: { evidence: [{ title: '公报' }] },
    });
    const [finding] = await engine.log.readStream('finding-small.I02');
    expect(finding!.data).toMatchObject({ lines: [48, 200] });
  });
});

describe('a mistake in one of its tables is named by file, row and field', () => {
  const commands = (file: ProgrammeFile, from: string, to: string, expected: Partial<Problem>) =>
    [`${from} → ${to}`, [file, from, to], { file, ...expected }] as [
      string,
      [ProgrammeFile, string, string],
      Partial<Problem>,
    ];

  it.each([
    commands('tasks.csv', 'id,title', 'id,name', { row: 1, code: 'folder.csv-header', field: 'title' }),
    commands('tasks.csv', ',list,', ',list-of,', { row: 2, code: 'input.invalid-field', field: 'kind' }),
    commands('tasks.csv', '331100', '339999', { row: 2, code: 'task.unknown-owner', field: 'owner' }),
    commands('tasks.csv', 'D01,编制服务清单,', 'D01,编制服务清单,P9', { row: 2, code: 'plan.unknown-action-plan' }),
    commands('tasks.csv', '2023-S1', '2023年', { row: 3, code: 'input.invalid-field', field: 'due' }),
    commands('tasks.csv', ',167', ',第167行', { row: 2, code: 'folder.line', field: 'line' }),
    commands('tasks.csv', 'D02,', 'D01,', { row: 3, code: 'task.already-assigned', field: 'id' }),
    commands('policies.csv', ',new,', ',新,', { row: 2, code: 'input.invalid-field', field: 'intent' }),
    commands('policies.csv', '2022,2022,1', '2023,2022,1', { row: 2, code: 'policy.years', field: 'to' }),
    commands('policies.csv', '2022,1,', '2022,一,', { row: 2, code: 'input.invalid-field', field: 'number' }),
    commands('policies.csv', '新制定,', '新制定,依据', { row: 2, code: 'input.unknown-field', field: 'role' }),
    commands('policies.csv', 'national,', 'national,331100', { row: 4, code: 'input.unknown-field', field: 'owner' }),
    commands('projects.csv', 'P01-1,331102', 'P01-1,331199', { row: 3, code: 'project.unknown-unit', field: 'unit' }),
    commands('projects.csv', 'yes,P01', 'yes,P09', { row: 3, code: 'project.unknown-package', field: 'package' }),
    commands('projects.csv', 'yes,P01', '是,P01', { row: 3, code: 'input.invalid-field', field: 'builderPending' }),
    commands('projects.csv', ',10000,某', ',一万,某', { row: 2, code: 'input.invalid-field', field: 'investment' }),
    commands('projects.csv', ',10000,某', ',0,某', { row: 2, code: 'project.investment', field: 'investment' }),
    commands('projects.csv', '2022,2023,10000', '2022,2021,10000', {
      row: 2,
      code: 'project.years',
      field: 'plannedEnd',
    }),
    commands('promises.csv', 'L1,,2025', 'L9,,2025', { row: 2, code: 'promise.unknown-indicator', field: 'indicator' }),
    commands('promises.csv', ',D01,', ',D09,', { row: 8, code: 'promise.unknown-task', field: 'task' }),
    commands('promises.csv', 'L1,,2025', 'L1,D01,2025', { row: 2, code: 'promise.followed-by' }),
    commands('promises.csv', 'L1,,2025', 'L1,,2026', { row: 2, code: 'promise.period', field: 'period' }),
    commands('promises.csv', ',yes,', ',true,', { row: 10, code: 'input.invalid-field', field: 'repeats' }),
    commands('promises.csv', 'firm', '坚决', { row: 2, code: 'input.invalid-field', field: 'commitment' }),
    commands('findings.csv', 'promise,T01', 'promise,T99', {
      row: 3,
      code: 'finding.unknown-subject',
      field: 'subject',
    }),
    commands('findings.csv', 'project,P02', 'project,', { row: 4, code: 'finding.subject', field: 'subject' }),
    commands('findings.csv', '48 200', '48、200', { row: 3, code: 'input.invalid-field', field: 'lines' }),
    commands('findings.csv', 'high', '高', { row: 3, code: 'input.invalid-field', field: 'severity' }),
    commands('progress.csv', '项目开工', '开工', { row: 2, code: 'folder.unknown-action', field: '动作' }),
    commands('progress.csv', 'D01,2022-06-30', 'D09,2022-06-30', { row: 13, code: 'task.unknown', field: '对象' }),
    commands('progress.csv', 'D01,2022-06-30', ',2022-06-30', { row: 13, code: 'input.invalid-field', field: '对象' }),
    commands('progress.csv', 'P01,2022-03-01', 'P01,', { row: 2, code: 'input.invalid-field', field: '日期' }),
    commands('progress.csv', 'P01,2022-03-01', 'P01,2022-04-02', { row: 2, code: 'date.future', field: '日期' }),
    commands('progress.csv', 'P01,2022-06-30,20', 'P01,2022-06-31,20', {
      row: 3,
      code: 'input.invalid-field',
      field: '日期',
    }),
    commands('progress.csv', 'P01,2022-06-30,20', 'P01,2022-02-28,20', { row: 3, code: 'date.before-last' }),
    commands('progress.csv', '2022-06-30,20', '2022-06-30,120', { row: 3, code: 'project.percent', field: '百分比' }),
    commands('progress.csv', '20,,基础', '20,5,基础', { row: 3, code: 'folder.cell-unused', field: '金额' }),
    commands('progress.csv', '月报,第2页', ',第2页', { row: 3, code: 'folder.cell-missing', field: '依据' }),
    commands('progress.csv', '项目停工,征地,,', '项目停工,,月报,', { row: 6, code: 'reason.missing', field: '事由' }),
    commands('progress.csv', ',2024-06', ',2021', { row: 8, code: 'project.years', field: '新期限' }),
    commands('progress.csv', '公报,,示例〔2022〕18号', '公报,,', { row: 10, field: '文号' }),
    commands('progress.csv', ',,示例〔2022〕18号,\n', ',,示例〔2020〕1号,\n', {
      row: 11,
      code: 'policy.revises-other',
    }),
    commands('progress.csv', '2024-06-01,reporter-1', '2024-06-01,nobody', { row: 11, code: 'folder.unknown-actor' }),
    commands('progress.csv', ',2024\n', ',2022\n', { row: 12, code: 'policy.not-later', field: '新期限' }),
    commands('progress.csv', '任务重启,清单失效,,', '任务重启,,月报,', { row: 15, code: 'reason.missing' }),
    commands('progress.csv', 'I02,2022-03-15', 'I09,2022-03-15', { row: 16, code: 'finding.unknown' }),
    commands('progress.csv', '两处口径不同', '', { row: 16, code: 'input.invalid-field', field: '文字' }),
  ])('%s', async (_, change, expected) => {
    expect(await mistakesIn(programmeFolder(change))).toEqual([expect.objectContaining(expected)]);
  });

  it('in progress.csv without anybody named in actors.csv', async () => {
    const { 'actors.csv': _, 'history.csv': __, ...rest } = programmeFolder();
    const problems = await mistakesIn(rest);
    expect(problems[0]).toMatchObject({ file: 'actors.csv', code: 'folder.no-actors' });
    expect(problems[0]!.message).toContain('progress.csv');
  });

  it('what follows from a row that was refused is not told, but counted', async () => {
    const problems = await mistakesIn(programmeFolder(['projects.csv', 'P02,331102', 'P02,339999']));
    expect(problems).toMatchObject([{ file: 'projects.csv', row: 5, code: 'project.unknown-unit' }]);
    expect(problems).toHaveLength(1);
    await expect(
      engine.submissions.submit(programmeFolder(['projects.csv', 'P02,331102', 'P02,339999'])),
    ).rejects.toThrow('共 1 处错误，未写入任何数据；另有 1 处因此未能检查');
  });

  it('a step that was said of another thing is missed where it belongs', async () => {
    const problems = await mistakesIn(programmeFolder(['progress.csv', 'P01,2022-03-01', 'P09,2022-03-01']));
    expect(problems).toMatchObject([
      { row: 2, code: 'project.unknown', field: '对象' },
      { row: 3, code: 'project.standing' },
    ]);
    expect(problems).toHaveLength(2);
  });
});

it('the tables may come later, as a supplement to the plan', async () => {
  const { 'plan.yaml': plan } = smallPlan();
  await engine.submissions.submit(smallPlan());
  const [actor] = /^actor:.*$/m.exec(plan!)!;
  const { 'tasks.csv': tasks, 'projects.csv': projects } = programmeFolder();
  const supplement = {
    'supplement.yaml': `plan: small\ntitle: 补充\ndemo: true\nknownAt: '2022-12-31'\n${actor}\n`,
    ...{ 'tasks.csv': tasks!, 'projects.csv': projects! },
  };
  const loaded = await engine.submissions.submit(supplement, undefined, programmeWarnings);
  expect(loaded).toMatchObject({ demo: true, events: 7 });
  const [task] = await engine.log.readStream('task-small.D01');
  expect(task!.metadata).toMatchObject({ demo: true, reason: '补充' });
});
