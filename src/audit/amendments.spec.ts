import { make } from '../../test/support/decider-spec.js';
import { memoryEngine, send } from '../../test/support/engine.js';
import { programmeFolder, programmeWarnings } from '../../test/support/programme-folder.js';
import type { Engine } from '../engine.js';
import { AmendFinding } from '../findings/finding.commands.js';
import { AmendCitedPolicy, AmendPolicy, PostponePolicy } from '../policies/policy.commands.js';
import { AmendProject } from '../projects/project.commands.js';
import { AmendPromise } from '../promises/promise.commands.js';
import { AmendIndicator } from '../indicators/indicator.commands.js';
import { indicatorProjection } from '../indicators/indicator.projection.js';
import { AmendArea, AmendPlan, AmendUnit } from '../plans/plan.commands.js';
import { planProjection } from '../plans/plan.projection.js';
import type { Command } from '../slice/command.js';
import { eventTypes } from '../slices.js';
import { AmendTask, DropTask } from '../tasks/task.commands.js';
import { amendmentOf } from './amendments.js';
import { Trail } from './trail.js';

const plan = 'small';
const reason = '中期调整';
let engine: Engine;
let trail: Trail;

beforeAll(async () => {
  engine = memoryEngine();
  await engine.start();
  await engine.submissions.submit(programmeFolder(), undefined, programmeWarnings);
  trail = new Trail(engine.log, engine.views, engine.catalogue);
});
afterAll(() => engine.close());

const project = {
  name: '公墓',
  unit: '331102',
  class: 'prospective',
  plannedStart: '2024',
  plannedEnd: '2027',
  printed: { period: '2024-2027年', investment: '9279（一期投资约3930）' },
  reading: '按总投资',
} as const;
const policy = {
  name: '慈善办法',
  intent: 'revision',
  to: '2023',
  number: 2,
  remark: '修订',
  policyType: '规章',
} as const;
const promise = { statement: '覆盖率保持100%', indicator: 'H1', period: '2025', comparator: '=' } as const;

const amendments: readonly (readonly [stream: string, command: Command, from: string, to: string])[] = [
  [
    'project-small.P02',
    make(AmendProject, { plan, id: 'P02', ...project, investment: '9000', anomalies: ['两个数'] }),
    '总投资 9279；原文异常 两个数、期后竣工',
    '总投资 9000；原文异常 两个数',
  ],
  ['policy-small.R02', make(AmendPolicy, { plan, id: 'R02', ...policy }), '文种 未填', '文种 规章'],
  [
    'policy-small.C01',
    make(AmendCitedPolicy, { plan, id: 'C01', name: '老龄工作意见', level: 'national', role: '上位依据', line: 2 }),
    '行号 1',
    '行号 2',
  ],
  [
    'task-small.D02',
    make(AmendTask, { plan, id: 'D02', title: '建立数据平台', kind: 'platform' }),
    '完成期限 2023-S1',
    '完成期限 未填',
  ],
  [
    'promise-small.T05',
    make(AmendPromise, {
      plan,
      id: 'T05',
      ...promise,
      value: '99',
      unitOfMeasure: '%',
      commitment: 'firm',
      repeats: true,
    }),
    '任务目标值 100；与主要指标重复 否',
    '任务目标值 99；与主要指标重复 是',
  ],
  [
    'finding-small.I01',
    make(AmendFinding, { plan, id: 'I01', severity: 'low', subjectType: 'plan', title: '附表没有合计', lines: [3, 4] }),
    '问题 附表无合计；行号 未填',
    '问题 附表没有合计；行号 3、4',
  ],
];

it.each(amendments)('the trail of %s names what the amendment changed', async (stream, command, from, to) => {
  await send(engine, Object.assign(command, { reason }));
  await engine.caughtUp();
  expect((await trail.ofStreams([stream])).at(-1)).toMatchObject({ from, to, reason });
});

it('it names the same after later events, and if nothing was read before it', async () => {
  await send(engine, make(PostponePolicy, { plan, id: 'R02', to: '2025', reason }));
  await send(engine, make(AmendPolicy, { plan, id: 'R02', ...policy, line: 7, reason }));
  await send(engine, make(DropTask, { plan, id: 'D02', on: '2023-09-01', reason }));
  await engine.caughtUp();
  const entries = await trail.ofStreams(['policy-small.R02']);
  const amended = entries.filter(({ type }) => type === 'PolicyAmended');
  expect(amended.map(({ from, to }) => [from, to])).toEqual([
    ['文种 未填', '文种 规章'],
    ['行号 未填', '行号 7'],
  ]);
  const page = await trail.page(plan, { types: trail.typesNamed('TaskAmended') });
  expect(page.entries.map(({ from, to }) => [from, to])).toEqual([['完成期限 2023-S1', '完成期限 未填']]);
});

it('of a plan, its areas, units and indicators, and of a definition', async () => {
  const drafted = (await engine.views.get(planProjection, plan))!.body;
  const { title, territory, timeZone, startYear, endYear, baseline } = drafted;
  const draft = { title, territory, timeZone, startYear, endYear, baseline };
  const { definitions, ...content } = (await engine.views.get(indicatorProjection, `${plan}/03`))!.body;
  const { definition } = definitions[0]!;
  const { name, role, area, attribute, kind, direction, frequency, decimals, targetScope, trajectory } = content;
  const indicator = { name, role, area, attribute, kind, direction, frequency, decimals, targetScope, trajectory };
  const unit = { code: '331102', name: '莲都区', level: 'county', parent: '331100' } as const;
  for (const command of [
    make(AmendPlan, { plan, ...draft, endYear: 2026, reason }),
    make(AmendArea, { plan, code: 'A1', name: '幸福养老标杆区', reason }),
    make(AmendUnit, { plan, ...unit, bureau: '莲都区民政局', reason }),
    make(AmendUnit, { plan, ...unit, bureau: '莲都区民政局', translations: { en: 'Liandu', pt: 'Liandu' }, reason }),
    make(AmendIndicator, {
      ...{ plan, code: '03', ...indicator, weight: '2', reason },
      ...{ definition: { ...definition, text: '年末核定个数' }, comparable: true },
    }),
  ]) {
    await send(engine, command);
  }
  await engine.caughtUp();
  const entries = await trail.ofStreams([`plan-${plan}`, `indicator-${plan}.03`]);
  const told = entries.filter(({ type }) => /(Amended|Redefined)$/.test(type));
  expect(told.map(({ from, to }) => [from, to])).toEqual([
    ['结束年 2025', '结束年 2026'],
    ['标杆区名称 幸福颐养标杆区', '标杆区名称 幸福养老标杆区'],
    ['责任部门 未填', '责任部门 莲都区民政局'],
    ['其他语言的名称 未填', '其他语言的名称 Liandu（en）、Liandu（pt）'],
    ['权重 1', '权重 2'],
    ['口径 年末建成并运行的个数', '口径 年末核定个数'],
  ]);
});

it.each(['Plan', 'Area', 'Unit', 'Indicator', 'Project', 'Policy', 'CitedPolicy', 'Task', 'Promise', 'Finding'])(
  'each field of %sAmended has a Chinese name',
  (thing) => {
    const { name, schema } = eventTypes.find((type) => type.name === `${thing}Amended`)!;
    const fields = Object.keys(schema.properties).filter((field) => field !== 'code');
    expect([...amendmentOf(name)!.names.keys()].sort()).toEqual(fields.sort());
  },
);
