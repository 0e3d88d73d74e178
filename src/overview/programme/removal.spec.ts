import { make } from '../../../test/support/decider-spec.js';
import { memoryEngine, send } from '../../../test/support/engine.js';
import { programmeFolder, programmeWarnings } from '../../../test/support/programme-folder.js';
import type { Engine } from '../../engine.js';
import { WithdrawFinding } from '../../findings/finding.commands.js';
import { programmeDifferences } from '../../evaluations/programme-differences.js';
import { AmendProject } from '../../projects/project.commands.js';
import { WithdrawPromise } from '../../promises/promise.commands.js';
import { AmendTask, DropTask } from '../../tasks/task.commands.js';
import { composeOverview } from '../overview.js';
import type { Programme } from './programme.js';

const plan = 'small';
let engine: Engine;
let before: string;

beforeAll(async () => {
  engine = memoryEngine();
  await engine.start();
  await engine.submissions.submit(programmeFolder(), undefined, programmeWarnings);
  before = (await engine.log.readAll({ limit: 10_000 })).at(-1)!.position;
  await send(engine, make(DropTask, { plan, id: 'D02', on: '2023-09-01', reason: '并入省平台' }));
  await send(engine, make(WithdrawPromise, { plan, id: 'T05', reason: '原文误读' }));
  await send(engine, make(WithdrawFinding, { plan, id: 'I02', reason: '两处口径不同' }));
  await engine.caughtUp();
});
afterAll(() => engine.close());

const of = async (period: string, position?: string): Promise<Programme> =>
  (await composeOverview(engine.views, plan, period, position === undefined ? undefined : { position })).programme;
const find = <Thing extends { readonly id: string }>(list: readonly Thing[], id: string) =>
  list.find((each) => each.id === id)!;
const checked = ({ checks }: Programme) => checks.map(({ check, subject }) => `${check} ${subject}`);

describe('a dropped task', () => {
  it('is listed as dropped, not overdue and not counted among the tasks', async () => {
    const { tasks } = await of('2024');
    expect(find(tasks.list, 'D02')).toMatchObject({ standing: 'dropped', overdue: false, text: '并入省平台' });
    expect(tasks.byActionPlan[0]).toMatchObject({ count: 2, dropped: 1 });
    expect(checked(await of('2024'))).not.toContain('task-overdue D02');
  });

  it('is as it was on days before it', async () => {
    expect(checked(await of('2023-S1'))).toContain('task-overdue D02');
    expect(find((await of('2023-S1')).tasks.list, 'D02').standing).toBe('assigned');
  });

  it('is as it was, read as of before', async () => {
    const { tasks } = await of('2024', before);
    expect(find(tasks.list, 'D02')).toMatchObject({ standing: 'assigned', overdue: true });
    expect(tasks.byActionPlan[0]).not.toHaveProperty('dropped');
    expect(checked(await of('2024', before))).toContain('task-overdue D02');
  });
});

describe('a withdrawn promise', () => {
  it('is listed as withdrawn with its reason, and is neither judged nor checked', async () => {
    const { promises } = await of('2022');
    const promise = find(promises.list, 'T05');
    expect(promise).toMatchObject({ state: 'withdrawn', light: 'grey', because: '原文误读' });
    for (const field of ['shown', 'status', 'target', 'withdrawn']) expect(promise).not.toHaveProperty(field);
    expect(promises.counts).toMatchObject({ 'not-kept': 0, withdrawn: 1 });
    expect(checked(await of('2022'))).not.toContain('promise-broken T05');
  });

  it('is as it was, read as of before', async () => {
    const { promises } = await of('2022', before);
    expect(find(promises.list, 'T05')).toMatchObject({ state: 'not-kept', shown: '99' });
    expect(promises.counts).not.toHaveProperty('withdrawn');
    expect(checked(await of('2022', before))).toContain('promise-broken T05');
  });
});

it('a withdrawn finding keeps its answers and says why; read as of before it is as it was', async () => {
  expect(find((await of('2022')).findings, 'I02')).toMatchObject({
    ...{ standing: 'withdrawn', because: '两处口径不同', answers: [{ text: '两处口径不同' }] },
  });
  const earlier = find((await of('2022', before)).findings, 'I02');
  expect(earlier.standing).toBe('closed');
  expect(earlier).not.toHaveProperty('because');
});

it('the comparison names what was dropped and withdrawn', async () => {
  const differences = programmeDifferences(await of('2024', before), await of('2024'), {
    plan,
    units: [],
    money: '万元',
  });
  expect(differences.map(({ subject, from, to }) => [subject, from, to])).toEqual([
    ['T05', '暂无数据 · 目标 100', '已撤销 · 原文误读'],
    ['D02', '未报进展', '已取消 · 并入省平台'],
    ['I02', '已办结 · 已重述', '已撤销 · 两处口径不同'],
  ]);
});

describe('after a removal', () => {
  it('a promise that a dropped task tracks has nothing to be judged by', async () => {
    const other = memoryEngine();
    await other.start();
    await other.submissions.submit(programmeFolder(), undefined, programmeWarnings);
    await send(other, make(DropTask, { plan, id: 'D01', on: '2023-09-01', reason: '并入 D02' }));
    await other.caughtUp();
    const promise = async (period: string) =>
      find((await composeOverview(other.views, plan, period)).programme.promises.list, 'T07');
    expect(await promise('2023')).toMatchObject({ state: 'no-data', light: 'grey', task: 'D01' });
    expect(await promise('2022')).toMatchObject({ state: 'kept', light: 'green' });
    await other.close();
  });

  it('an amendment is compared by what it changed, and judged by the new content', async () => {
    const other = memoryEngine();
    await other.start();
    await other.submissions.submit(programmeFolder(), undefined, programmeWarnings);
    await other.caughtUp();
    const at = async () => (await composeOverview(other.views, plan, '2024')).programme;
    const earlier = await at();
    await send(other, make(AmendTask, { plan, id: 'D02', title: '建立数据平台', due: '2025', reason: '中期调整' }));
    const content = { name: '公墓', unit: '331102', class: 'prospective', plannedStart: '2024' } as const;
    await send(
      other,
      make(AmendProject, { plan, id: 'P02', ...content, plannedEnd: '2027', investment: '9000', reason: '中期调整' }),
    );
    await other.caughtUp();
    const later = await at();
    expect(find(later.tasks.list, 'D02').overdue).toBe(false);
    const differences = programmeDifferences(earlier, later, { plan, units: [], money: '万元' });
    expect(differences.map(({ subject, from, to }) => [subject, from, to])).toEqual([
      ['P02', '未报开工 · 竣工期限 2027 · 总投资 9279', '未报开工 · 竣工期限 2027 · 总投资 9000'],
      ['D02', '未报进展 · 期限 2023-S1', '未报进展 · 期限 2025'],
    ]);
    await other.close();
  });
});
