import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import type { TrailEntry } from '../../src/audit/trail-entry.js';
import { startProgram, tongjian } from '../support/program.js';
import { lishui } from '../support/seeds.js';
import { temporaryFolder, type TemporaryFolder } from '../temporary-folder.js';

/** Each kind of command of the deciders against the real program, with the real plan. */
let home: TemporaryFolder;
let data: string;
let server: Awaited<ReturnType<typeof startProgram>>;
beforeAll(async () => {
  home = await temporaryFolder();
  data = home.path('data');
  expect((await tongjian(data, 'load', `seeds/${lishui}`)).code).toBe(0);
  server = await startProgram(data, '--no-demo');
}, 120_000);
afterAll(async () => {
  server.child.kill('SIGTERM');
  await once(server.child, 'exit');
  await home.remove();
});

const recorded = async (...args: string[]) => {
  const ended = await tongjian(data, ...args);
  expect([ended.err, ended.code, ended.out]).toEqual([
    '',
    0,
    expect.stringMatching(/^已记录（系统记录序号 \d+，修订号 \d+）/),
  ]);
  return ended.out;
};
const refused = async (...args: string[]) => {
  const { code, err } = await tongjian(data, ...args);
  return [code, /（([a-z.-]+)）/.exec(err)?.[1]];
};
const trail = async (...filters: string[]) => {
  const { out } = await tongjian(data, '--json', 'audit', ...filters);
  return (JSON.parse(out) as TrailEntry[]).map(({ type, to, reason }) => [type, to, reason]);
};

it('figures are sent back, withdrawn and declared missing', async () => {
  const figure = ['04', '331102', '2021'];
  await recorded('measure', ...figure, '12000', '--evidence', '年报');
  expect(await refused('return', ...figure)).toEqual([1, 'reason.missing']);
  await recorded('return', ...figure, '--reason', '与年报不符');
  await recorded('measure', ...figure, '12100');
  await recorded('withdraw', ...figure, '--reason', '误报');
  await recorded('missing', ...figure, '--because', 'under-verification');
  expect(await trail('--figure', figure.join('/'))).toEqual([
    ['IndicatorMeasured', '12000 · 待审核', undefined],
    ['MeasurementReturned', expect.any(String), '与年报不符'],
    ['IndicatorMeasured', '12100 · 待审核', undefined],
    ['MeasurementWithdrawn', expect.any(String), '误报'],
    ['MeasurementDeclaredMissing', expect.any(String), undefined],
  ]);
});

it('a target is set and revised, an indicator redefined from a file, put out of scope and retired', async () => {
  await recorded('target', 'set', '04', '331100', '2024', '12500');
  expect(await refused('target', 'revise', '04', '331100', '2024', '12400', '--reason', '调整')).toEqual([
    1,
    'target.binding-lowered',
  ]);
  const document = ['--document-number', '丽政〔2024〕1号', '--approved-on', '2024-01-05'];
  await recorded('target', 'revise', '04', '331100', '2024', '12400', '--reason', '调整', ...document);

  const definition = home.path('beds.yaml');
  const text = (minimum: string) =>
    [
      ...['text: 护理型床位占比，不含敬老院', "unitOfMeasure: '%'", 'valueType: percentage', `minimum: ${minimum}`],
      'measurement: { type: ratio, numerator: { name: 护理型床位, unit: 张 }, denominator: { name: 床位, unit: 张 }, scale: "100" }',
      'aggregation: ratio-of-sums',
    ].join('\n');
  const redefine = ['indicator', 'redefine', '02', '--definition', definition, '--reason', '口径调整'];
  expect(await refused(...redefine, '--no-comparable')).toEqual([2, undefined]);
  writeFileSync(definition, '{ text: [');
  expect(await refused(...redefine, '--no-comparable')).toEqual([1, 'input.file']);
  writeFileSync(definition, text('0'));
  expect(await refused(...redefine, '--no-comparable')).toEqual([1, 'input.invalid']);
  writeFileSync(definition, text("'0'"));
  expect(await refused(...redefine)).toEqual([1, 'input.invalid']);
  await recorded(...redefine, '--no-comparable');
  await recorded('indicator', 'scope', '06', '331127', '--no-applies', '--from-period', '2023', '--reason', '无此业务');
  await recorded('indicator', 'retire', '09', '--from-period', '2024', '--reason', '不再统计');
  expect((await trail('--action', '口径变更')).map(([type]) => type)).toEqual(['IndicatorRedefined']);
  expect((await trail('--unit', '331127', '--indicator', '06')).map(([type]) => type)).toContain('IndicatorScopeSet');
});

it('units are renamed, enrolled and merged; a plan is approved, ruled and closed', async () => {
  await recorded('unit', 'rename', '331121', '--name', '青田市', '--on', '2023-07-01', '--reason', '撤县设市');
  const founded = ['--level', 'county', '--parent', '331100', '--from', '2024-01-01'];
  await recorded('unit', 'enrol', '331128', '--name', '新县', ...founded);
  await recorded(
    'unit',
    'merge',
    '--units',
    '331123',
    '331124',
    '--into',
    '331128',
    '--on',
    '2024-01-01',
    '--reason',
    '合并',
  );
  expect(await refused('unit', 'rename', '青田', '--name', '青田市', '--on', '2023-07-01')).toEqual([
    1,
    expect.any(String),
  ]);
  expect((await trail('--unit', '331123', '--action', 'UnitsMerged')).length).toBe(1);
  const rules = await tongjian(data, 'plan', 'rules', '--rules', `seeds/${lishui}/rules.yaml`);
  expect([rules.code, rules.out]).toEqual([0, '没有变化：与库中已有的相同\n']);
  await recorded('plan', 'area', 'A9', '--name', '新标杆区');
});

it('an evaluation is opened, frozen, commented, published and superseded', async () => {
  const on = (action: string, ...rest: string[]) => recorded('evaluation', action, 'midterm-2022', ...rest);
  await on('open', '--kind', 'midterm', '--period', '2022', '--evaluator', '市发展改革委');
  expect(await on('snapshot')).toContain('；快照 midterm-2022/1');
  await on('finding', '--severity', 'high', '--subject', '02', '--text', '床位口径不一');
  await on('recommend', '--text', '统一口径', '--unit', '331102', '--due-on', '2023-12-31');
  await on('rectify', '1', '--text', '已统一', '--finished');
  expect(await refused('evaluation', 'publish', 'midterm-2022', '1')).toEqual([1, 'evaluation.open-points']);
  await on('publish', '1', '--accept-warnings', 'readiness:unreported', 'readiness:checks');
  await recorded('evaluation', 'open', 'midterm-2022-b', '--kind', 'midterm', '--period', '2022');
  await on('supersede', '--by', 'midterm-2022-b', '--reason', '数据更正后重评');
  const shown = await tongjian(data, '--json', 'audit', '--action', 'RectificationReported');
  expect((JSON.parse(shown.out) as TrailEntry[]).map(({ data: said }) => said)).toEqual([
    expect.objectContaining({ recommendation: 1, finished: true }),
  ]);
});

it('a project, a policy, a task, a promise and a finding are made and moved on', async () => {
  const project = ['--name', '示例中心', '--unit', '331102', '--class', 'implementing', '--investment', '1000'];
  await recorded(
    'project',
    'register',
    'P99',
    ...project,
    '--planned-start',
    '2022',
    '--planned-end',
    '2024',
    '--demo',
  );
  await recorded('project', 'start', 'P99', '--on', '2022-03-01');
  await recorded('project', 'reschedule', 'P99', '--to', '2025', '--reason', '用地');
  await recorded('policy', 'plan', 'R99', '--name', '示例办法', '--intent', 'new', '--to', '2024');
  await recorded('task', 'assign', 'D99', '--title', '示例任务');
  await recorded('promise', 'record', 'T99', '--statement', '示例承诺', '--commitment', 'firm', '--task', 'D99');
  const raised = ['--severity', 'low', '--subject-type', 'plan', '--title', '示例', '--lines', '3', '14'];
  await recorded('finding', 'raise', 'I99', ...raised);
  const shown = await tongjian(data, '--json', 'audit', '--of', 'findings/I99');
  expect(JSON.parse(shown.out)).toMatchObject([{ data: { lines: [3, 14] } }]);
  const on = (...words: string[]) => recorded('finding', words[0]!, 'I99', ...words.slice(1));
  await on('assign', '--on', '2024-01-08', '--owner', '331102', '--due-on', '2024-03-31');
  await on('due', '--to', '2024-04-30', '--reason', '需与统计局核对');
  await on('report', '--on', '2024-02-20', '--text', '已改', '--evidence', '附表（重印）');
  expect((await tongjian(data, 'finding', 'accept', 'I99', '--on', '2024-02-26')).err).toContain('须为两人');
});

it('what is asked of one unit or one indicator is found', async () => {
  const sheet = await tongjian(data, 'appraisal', '--period', '2022', '--unit', '331102');
  expect([sheet.code, sheet.out]).toEqual([0, expect.stringContaining('不是民政局的规定')]);
  const [deduction = ''] = /\b\w+\/\w+\/(?:figure|project|policy|task)\/\S+/.exec(sheet.out) ?? [];
  await recorded('sheet', 'put-forth', '2022');
  await recorded('sheet', 'object', '2022', '331102', deduction, '--reason', '当日系统停机');
  const own = await tongjian(data, 'sheet', 'decide', '2022', '331102', '1', '--accepted', '--reason', '属实');
  expect(own.err).toContain('须由他人裁定');
  const objected = await tongjian(data, 'appraisal', '--period', '2022', '--unit', '331102');
  expect(objected.out).toMatch(/第 1 次公示，申诉截至 .*[^]*申诉 1\s.*\n.*：当日系统停机\n {2}待裁定/);
  const forecast = await tongjian(data, 'forecast', '--indicator', '02', '--period', '2022');
  expect([forecast.code, forecast.out]).toEqual([0, expect.stringContaining('护理型床位')]);
});

it.each([
  [['target', 'rise'], 'unknown command'],
  [['target'], 'Usage'],
  [['target', 'revise', '02'], 'missing required argument'],
  [['project', 'correct-investment', 'P01', '--amount', '1'], '--on'],
  [['indicator', 'redefine', '02', '--definition', 'nowhere.yaml', '--comparable'], '不能读取文件'],
])('%j is a wrong command line', async (args, said) => {
  const { code, err } = await tongjian(data, ...args);
  expect([code, err]).toEqual([2, expect.stringContaining(said)]);
});

it('a figure is reported and corrected with its parts', async () => {
  const file = home.path('unions.yaml');
  const parts = '[{ code: u, name: 城镇 }, { code: r, name: 农村 }]';
  writeFileSync(
    file,
    [
      'text: 年末建成并运行的康养联合体个数',
      'unitOfMeasure: 个',
      'valueType: count',
      'measurement: { type: direct }',
      'aggregation: sum',
      `breakdowns: [{ code: area, name: 城乡, parts: ${parts} }]`,
    ].join('\n'),
  );
  await recorded('indicator', 'redefine', '03', '--definition', file, '--comparable', '--reason', '增加城乡分组');
  const figure = ['03', '331102', '2021'];
  expect(await refused('measure', ...figure, '8', '--part', 'area.u=3')).toEqual([1, 'figure.part-missing']);
  expect((await tongjian(data, 'measure', ...figure, '8', '--part', 'area=3')).code).toBe(2);
  await recorded('measure', '--part', 'area.u=3', '--part', 'area.r=5', ...figure, '8');
  expect(await refused('correct', ...figure, '9', '--reason', '与名录核对')).toEqual([1, 'figure.parts-dropped']);
  await recorded('correct', ...figure, '8', '--part', 'area.u=4', '--part', 'area.r=4', '--reason', '与名录核对');
  expect(await trail('--figure', figure.join('/'))).toEqual([
    ['IndicatorMeasured', '8（城乡：城镇 3、农村 5） · 待审核', undefined],
    ['MeasurementCorrected', '8（城乡：城镇 4、农村 4） · 待审核', '与名录核对'],
  ]);
  expect((await tongjian(data, 'history', '03', '--unit', '331102')).out).toContain(
    '2021 城乡：城镇 4（占 50.0%）、农村 4（占 50.0%）',
  );
});
