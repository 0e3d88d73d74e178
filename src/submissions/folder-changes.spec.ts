import { make } from '../../test/support/decider-spec.js';
import { memoryEngine, send } from '../../test/support/engine.js';
import { MovingClock } from '../../test/support/moving-clock.js';
import { smallPlan } from '../../test/support/small-plan.js';
import type { Engine } from '../engine.js';
import { ReviseTarget } from '../indicators/indicator.commands.js';
import { indicatorProjection } from '../indicators/indicator.projection.js';
import { DomainError } from '../kernel/errors.js';
import { planProjection } from '../plans/plan.projection.js';
import type { FolderFiles } from '../slice/folder-part.js';
import type { DifferenceEntry } from './differences.js';

const day = 86_400_000;
let clock: MovingClock;
let engine: Engine;
beforeEach(async () => {
  clock = new MovingClock('2023-05-01T00:00:00.000Z');
  engine = memoryEngine({ clock });
  await engine.start();
  await engine.submissions.submit(smallPlan());
  clock.advance(day);
});
afterEach(() => engine.close());

/** The small plan with parts of its files replaced, and with a changes.csv. */
function changed(
  edits: Readonly<Record<string, readonly [string, string]>>,
  changes: readonly string[] = [],
): FolderFiles {
  const files: Record<string, string> = { ...smallPlan() };
  for (const [file, [from, to]] of Object.entries(edits)) {
    if (!files[file]!.includes(from)) throw new Error(`${file} has no ${from}`);
    files[file] = files[file]!.replace(from, to);
  }
  if (changes.length > 0)
    files['changes.csv'] = ['对象,代码,事由,依据,文号,批准机关,批准日期,可比,自,知悉日期', ...changes].join('\n');
  return files;
}

const load = async (files: FolderFiles, accepted: readonly string[] = []) => {
  const result = await engine.submissions.submit(files, undefined, { accepted });
  await engine.caughtUp();
  return result;
};
const refusal = async (files: FolderFiles): Promise<readonly string[]> => {
  const error: unknown = await load(files).catch((thrown: unknown) => thrown);
  if (!(error instanceof DomainError)) throw new Error('was not refused');
  return error.problems.map(({ code, file, row, field }) => [code, file, row, field].filter(Boolean).join(' '));
};
const typesSince = async (before: number) =>
  (await engine.log.readAll())
    .slice(before)
    .map(({ type }) => type)
    .filter((type) => !type.startsWith('Submission'));
const logged = async () => (await engine.log.readAll()).length;
const differences = async (files: FolderFiles) =>
  (await engine.submissions.differences(files)).differences.map(summary);
const summary = ({ change, object, code, fields }: DifferenceEntry) =>
  [change, object, code, ...fields.map(({ field, from, to }) => `${field}:${from}→${to}`)].join(' ');
const planNow = async (asOf?: string) =>
  (await engine.views.get(planProjection, 'small', asOf ? { knownAt: asOf } : undefined))!.body;
const indicatorNow = async (code: string, asOf?: string) =>
  (await engine.views.get(indicatorProjection, `small/${code}`, asOf ? { knownAt: asOf } : undefined))?.body;

describe('a folder that was loaded before, changed', () => {
  it('tells what differs, field by field, and nothing else', async () => {
    const files = changed({
      'plan.yaml': ['title: 小规划', 'title: 小规划（修订）'],
      'indicators.yaml': ["weight: '1'", "weight: '2'"],
      'targets.csv': ['2025,100', '2025,120'],
    });
    expect(await differences(files)).toEqual([
      'changed 规划  title:小规划→小规划（修订）',
      'changed 指标 03 weight:1→2',
      'changed 目标 03/331100/2025 value:100→120',
    ]);
    expect(await differences(smallPlan())).toEqual([]);
    const { template } = await engine.submissions.differences(files);
    expect(template.split('\n').slice(1, 4)).toEqual([
      '规划,,,,,,,,,',
      "指标,'03,,,,,,,,",
      "目标,'03/331100/2025,,,,,,,,",
    ]);
  });

  it('tells of a translation that changed, by its language', async () => {
    const titled = (translations: string) =>
      changed({ 'plan.yaml': ['title: 小规划', `title: 小规划${translations}`] });
    const files = titled('\ntranslations: { pt: Plano pequeno }');
    expect(await differences(files)).toEqual(['changed 规划  translations.pt:undefined→Plano pequeno']);
    const { 'changes.csv': changes } = changed({}, ['规划,,补葡文名称,,,,,,,']);
    await load({ ...files, 'changes.csv': changes! });
    expect((await planNow()).translations).toEqual({ pt: 'Plano pequeno' });
    const english = titled('\ntranslations: { en: Small plan }');
    expect(await differences(english)).toEqual([
      'changed 规划  translations.pt:Plano pequeno→undefined translations.en:undefined→Small plan',
    ]);
  });

  it('does not differ where only its documents or its people do', async () => {
    const files = changed({ 'plan.yaml': ['source: { title: 规划文本 }', 'source: { title: 规划文本（扫描件） }'] });
    expect(await differences(files)).toEqual([]);
    expect(await load(files)).toMatchObject({ events: 0 });
  });

  it('does not differ where a target only is written otherwise; the writing is checked', async () => {
    const written = (text: string) => changed({ 'targets.csv': ['2025,100', `2025,${text}`] });
    expect(await differences(written('≥100.0个'))).toEqual([]);
    expect(await load(written('≥100.0个'))).toMatchObject({ events: 0 });
    expect(await refusal(written('≤100'))).toEqual(['target.direction targets.csv 3 value']);
    expect(await refusal(written('100张'))).toEqual(['target.unit targets.csv 3 value']);
    expect(await differences(written('>100'))).toEqual(['changed 目标 03/331100/2025 value:100→>100']);
  });

  it('leaves alone what is only written otherwise, whatever happened to it since', async () => {
    const revision = { plan: 'small', code: '03', unit: '331100', period: '2025', value: '110', reason: '提高' };
    await send(engine, make(ReviseTarget, revision));
    const before = await logged();
    await load(changed({ 'targets.csv': ['2025,100', '2025,100个'] }));
    expect(await typesSince(before)).toEqual([]);
    expect((await indicatorNow('03'))!.targets.map(({ value }) => value)).toEqual(['40', '110']);
  });

  it('is refused as long as a change is not explained, at its row', async () => {
    const files = changed({
      'plan.yaml': ['name: 幸福颐养标杆区', 'name: 幸福养老标杆区'],
      'targets.csv': ['03,331100,2022,40,\n', ''],
    });
    const before = await logged();
    expect(await refusal(files)).toEqual(['change.unexplained plan.yaml 12', 'change.unexplained targets.csv']);
    expect(await logged()).toBe(before);
  });

  it('becomes events, each with its reason and document; a moment before reads as before', async () => {
    const before = await logged();
    const moment = clock.now();
    const then = { plan: await planNow(), indicator: await indicatorNow('03') };
    clock.advance(day);
    const files = changed(
      {
        'plan.yaml': ['title: 小规划', 'title: 小规划（修订）\napproval: { approvedBy: 丽水市人民政府 }'],
        'indicators.yaml': ["weight: '1'", "weight: '2'"],
        'targets.csv': ['03,331100,2022,40,\n03,331100,2025,100', '03,331100,2025,120'],
      },
      [
        '规划,,修订规划,关于修订规划的通知,丽政发〔2023〕5号,,,,,',
        "指标,'03,重新确定权重,,,,,,,",
        '目标,,提高目标,关于修订规划的通知,丽政发〔2023〕5号,丽水市人民政府,2023-05-01,,,',
      ],
    );
    await load(files);
    expect(await typesSince(before)).toEqual([
      'PlanAmended',
      'PlanApproved',
      'IndicatorAmended',
      'TargetRevised',
      'TargetWithdrawn',
    ]);
    expect(await planNow()).toMatchObject({ title: '小规划（修订）', approval: { approvedBy: '丽水市人民政府' } });
    expect(await indicatorNow('03')).toMatchObject({
      weight: '2',
      targets: [
        { period: '2025', value: '120', original: '100', reason: '提高目标', documentNumber: '丽政发〔2023〕5号' },
      ],
    });
    expect({ plan: await planNow(moment), indicator: await indicatorNow('03', moment) }).toEqual(then);
    const amended = (await engine.log.readAll()).find(({ type }) => type === 'PlanAmended');
    expect(amended!.metadata).toMatchObject({
      reason: '修订规划',
      evidence: [{ title: '关于修订规划的通知', documentNumber: '丽政发〔2023〕5号' }],
    });
    expect(amended!.metadata.knownAt).toBeUndefined();

    expect(await differences(files)).toEqual([]);
    expect(await load(files)).toMatchObject({ events: 0 });
    // As the same folder without what explained the change.
    const { 'changes.csv': _, ...plainFiles } = files;
    expect(await load(plainFiles)).toMatchObject({ events: 0 });
  });

  it('needs what its commands need, told at the cell of changes.csv', async () => {
    const files = changed({ 'indicators.yaml': ['definition: 年末建成', 'definition: 年末核定建成'] }, [
      "指标,'03,口径调整,,,,,,,",
    ]);
    expect(await refusal(files)).toEqual(['indicator.comparable changes.csv 2 可比']);
    const wrong = { ...files, 'changes.csv': files['changes.csv']!.replace(',,,,,,,', ',,,,,也许,,') };
    expect(await refusal(wrong)).toEqual(['input.invalid-field changes.csv 2 可比']);
    const right = { ...files, 'changes.csv': files['changes.csv']!.replace(',,,,,,,', ',,,,,否,,') };
    await load(right);
    expect((await indicatorNow('03'))!.definitions).toMatchObject([{ version: 1 }, { version: 2, comparable: false }]);
  });

  it('retires what is gone, from the period that changes.csv names', async () => {
    const second = smallPlan()['indicators.yaml']!.replace("'03'", "'04'").replace('康养联合体数', '站点数');
    const two = { ...smallPlan(), 'indicators.yaml': `${smallPlan()['indicators.yaml']}${second}` };
    await load(two, ['indicator.no-target']);
    clock.advance(day);
    expect(await differences(smallPlan())).toEqual(['removed 指标 04']);
    expect(await refusal(changed({}, ["指标,'04,不再统计,,,,,,,"]))).toEqual(['input.invalid-field changes.csv 2 自']);
    await load(changed({}, ["指标,'04,不再统计,,,,,,2024,"]));
    expect(await indicatorNow('04')).toMatchObject({ retiredFrom: '2024' });
    // Loading it again does not bring it back, and says so.
    const again = { ...two, 'README.md': '重新列入' };
    expect(await refusal(again)).toEqual(['change.stands-already indicators.yaml 18']);
  });

  it('knows what is new from now on, or from the day that changes.csv names', async () => {
    const before = '2023-05-01T00:00:00.000Z';
    const row = ['03,331100,2025,100,', '03,331100,2025,100,\n03,331100,2024,80,'] as const;
    await load(changed({ 'targets.csv': row }));
    const periods = async (asOf?: string) => (await indicatorNow('03', asOf))!.targets.map(({ period }) => period);
    expect(await periods()).toEqual(['2022', '2025', '2024']);
    expect(await periods(before)).toEqual(['2022', '2025']);

    const more = [row[0], `${row[1]}\n03,331100,2023,60,`] as const;
    await load(changed({ 'targets.csv': more }, ['目标,03/331100/2023,漏录,,,,,,,2023-05-02']));
    expect(await periods()).toContain('2023');
  });

  it('is refused where somebody changed the same thing since in another way', async () => {
    const place = { plan: 'small', code: '03', unit: '331100', period: '2025' };
    await send(engine, make(ReviseTarget, { ...place, value: '110', reason: '会议决定' }));
    const explained = ['目标,,提高目标,,,,,,,'];
    expect(await refusal(changed({ 'targets.csv': ['2025,100', '2025,120'] }, explained))).toEqual([
      'change.standing-differs targets.csv 3',
    ]);
    // The folder states first what stands now.
    expect(await load(changed({ 'targets.csv': ['2025,100', '2025,110'] }, explained))).toMatchObject({ events: 0 });
    await load(changed({ 'targets.csv': ['2025,100', '2025,120'] }, explained));
    expect((await indicatorNow('03'))!.targets).toMatchObject([{ value: '40' }, { value: '120' }]);
  });

  it('can be changed back', async () => {
    await load(changed({ 'targets.csv': ['2025,100', '2025,120'] }, ['目标,,提高,,,,,,,']));
    await load(changed({}, ['目标,,恢复,,,,,,,']));
    expect((await indicatorNow('03'))!.targets).toMatchObject([{ value: '40' }, { value: '100', original: '100' }]);
  });

  it('warns of rows that changed nothing, of rows whose reports stay, and of what stands already', async () => {
    const unused = changed({}, ['目标,03/331100/2030,提高,,,,,,,']);
    expect(await refusal(unused)).toEqual(['change.nothing-differs changes.csv 2 代码']);
    await load(unused, ['change.nothing-differs']);

    const elsewhere = memoryEngine({ clock });
    expect(await elsewhere.submissions.submit(unused)).toMatchObject({ warnings: [] });

    const fewer = changed({ 'history.csv': ['2023-03-01,reporter-1,上报,03,331102,2022,8,,,,,2022 年名录,,,,\n', ''] });
    expect((await engine.submissions.differences(fewer)).droppedRows).toEqual([{ file: 'history.csv', row: 3 }]);
    expect(await refusal(fewer)).toEqual(['change.row-dropped history.csv']);
    await load(fewer, ['change.row-dropped']);

    await load(changed({ 'targets.csv': ['03,331100,2022,40,\n', ''] }, ['目标,,撤销,,,,,,,']), ['change.row-dropped']);
    const second = (await engine.submissions.differences(smallPlan())).former;
    expect(await load(smallPlan())).toMatchObject({ events: 0, superseded: second });
  });

  it('ends what is gone before it ends the plan', async () => {
    const without = changed({ 'targets.csv': ['03,331100,2022,40,\n', ''] }, ['目标,,撤销,,,,,,,']);
    const before = await logged();
    await load({ ...without, 'plan.yaml': `${without['plan.yaml']}closed: '2023-04-30'\n` });
    expect((await typesSince(before)).toSorted()).toEqual(['PlanClosed', 'TargetWithdrawn']);
  });

  it('says how changes of one folder come to be known in their order', async () => {
    const files = changed({ 'plan.yaml': ['name: 幸福颐养标杆区', 'name: 颐养'] }, ['标杆区,A1,更名,,,,,,,']);
    const both = {
      ...files,
      'plan.yaml': files['plan.yaml']!.replace('name: 莲都区', 'name: 莲都'),
      'changes.csv': `${files['changes.csv']}\n单位,331102,更正,,,,,,,2023-04-01`,
    };
    await expect(load(both)).rejects.toMatchObject({
      problems: [{ code: 'known-time.before-last', message: expect.stringContaining('也可在 changes.csv') as string }],
    });
    await load({ ...both, 'changes.csv': both['changes.csv'].replace('A1,更名,,,,,,,', 'A1,更名,,,,,,,2023-03-31') });
  });

  it('counts a row once that brings a report and its approval', async () => {
    const row = '2023-03-01,reporter-1,上报,03,331102,2022,8,,,,,2022 年名录,,';
    const approved = changed({ 'history.csv': [`${row},,\n`, `${row},2023-03-02,reviewer-1\n`] });
    expect((await engine.submissions.differences(approved)).newRows).toEqual([{ file: 'history.csv', rows: 1 }]);
    await load(approved);
    const without = changed({ 'history.csv': [`${row},,\n`, ''] });
    expect((await engine.submissions.differences(without)).droppedRows).toEqual([{ file: 'history.csv', row: 3 }]);
    expect(await refusal(without)).toEqual(['change.row-dropped history.csv']);
  });

  it('names the words of changes.csv that it does not know, and a change that is written twice', async () => {
    const files = changed({}, ['指标目标,03,改,,,,,,,', '目标,a,改,,,,,,,', '目标,a,改了,,,,,,,', '目标,b,,,,,,,,']);
    expect(await refusal(files)).toEqual([
      'folder.unknown-word changes.csv 2 对象',
      'change.twice changes.csv 4 代码',
      'folder.cell-missing changes.csv 5 事由',
    ]);
  });
});

describe('what is implausible in a change', () => {
  it('is warned of as in a folder that is new', async () => {
    const files = changed({ 'plan.yaml': ['title: 小规划', 'title: 2016–2020 年小规划'] }, ['规划,,改名,,,,,,,']);
    expect(await refusal(files)).toEqual(['plan.title-years plan.yaml 2 title']);
  });

  it('is warned of where an indicator stays in an area that is gone', async () => {
    const more = [
      '  - { code: A1, name: 幸福颐养标杆区 }',
      '  - { code: A1, name: 幸福颐养标杆区 }\n  - { code: A2, name: 乙区 }',
    ] as const;
    await load(changed({ 'plan.yaml': more }), ['area.no-indicator']);
    const gone = ['  - { code: A1, name: 幸福颐养标杆区 }', '  - { code: A2, name: 乙区 }'] as const;
    expect(await refusal(changed({ 'plan.yaml': gone }, ['标杆区,,合并标杆区,,,,,,,']))).toContain(
      'indicator.area-retired indicators.yaml 5 area',
    );
  });
});
