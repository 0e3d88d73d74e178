import type { Engine } from '../engine.js';
import { memoryEngine } from '../../test/support/engine.js';
import { mistakesIn } from '../../test/support/mistakes.js';
import { lishui, seedFiles } from '../../test/support/seeds.js';
import { smallPlan, smallPlanEvents, type SmallFile } from '../../test/support/small-plan.js';
import type { Problem } from '../kernel/errors.js';
import { readFolder } from './read-folder.js';

let engine: Engine;
beforeEach(() => void (engine = memoryEngine()));

it('a folder without mistakes is loaded', async () => {
  expect(await engine.submissions.submit(smallPlan())).toMatchObject({ plan: 'small', events: smallPlanEvents });
});

describe('a mistake is named by file, row and field, and nothing is appended', () => {
  it.each<[string, [SmallFile, string, string], Partial<Problem>]>([
    [
      'broken YAML',
      ['plan.yaml', 'title: 小规划', 'title: [小规划'],
      { file: 'plan.yaml', code: 'folder.yaml', row: 3 },
    ],
    [
      'a key said twice',
      ['plan.yaml', 'territory', 'title: 又\nterritory'],
      { file: 'plan.yaml', code: 'folder.yaml', row: 3 },
    ],
    [
      'an unknown key',
      ['plan.yaml', 'territory', 'province: 浙江\nterritory'],
      { file: 'plan.yaml', row: 3, field: 'province' },
    ],
    [
      'an unknown key of the source',
      ['plan.yaml', '{ title: 规划文本 }', '{ title: 规划文本, documentNumber: 1号 }'],
      { file: 'plan.yaml', row: 9, code: 'folder.unknown-key', field: 'source.documentNumber' },
    ],
    [
      'a source without its title',
      ['plan.yaml', '{ title: 规划文本 }', '{ locator: 第1页 }'],
      { file: 'plan.yaml', row: 9, code: 'folder.source' },
    ],
    [
      'an unknown key of the actor',
      ['plan.yaml', 'name: 装载员', 'name: 装载员, phone: 1'],
      { file: 'plan.yaml', row: 10, code: 'folder.unknown-key', field: 'actor.phone' },
    ],
    [
      'a unit code that YAML takes for a number',
      ['plan.yaml', "unit: '331100'", 'unit: 331100'],
      { file: 'plan.yaml', row: 10, code: 'folder.actor', field: 'actor.unit' },
    ],
    [
      'roles that are no list',
      ['plan.yaml', '[loader, backfill]', 'backfill'],
      { file: 'plan.yaml', row: 10, code: 'folder.actor', field: 'actor.roles' },
    ],
    [
      'a mark of invention that is neither true nor false',
      ['plan.yaml', 'territory', 'demo: 是\nterritory'],
      { file: 'plan.yaml', row: 3, code: 'folder.demo', field: 'demo' },
    ],
    [
      'areas that are no list',
      ['plan.yaml', '  - { code: A1, name: 幸福颐养标杆区 }', '  A1: 幸福颐养标杆区'],
      { file: 'plan.yaml', code: 'folder.not-a-list', field: 'areas' },
    ],
    ['no plan code', ['plan.yaml', 'plan: small\n', ''], { file: 'plan.yaml', code: 'folder.plan', field: 'plan' }],
    [
      'nobody who says it',
      ['plan.yaml', "actor: { id: loader, name: 装载员, unit: '331100', roles: [loader, backfill] }\n", ''],
      { file: 'plan.yaml', code: 'folder.actor' },
    ],
    ['a year in words', ['plan.yaml', '2021', '二〇二一'], { file: 'plan.yaml', row: 5, field: 'startYear' }],
    [
      'a time zone that is none',
      ['plan.yaml', 'Asia/Shanghai', 'Asia/Lishui'],
      { file: 'plan.yaml', row: 4, code: 'plan.time-zone', field: 'timeZone' },
    ],
    ['a level that is none', ['plan.yaml', 'county', 'district'], { file: 'plan.yaml', row: 15, field: 'level' }],
    [
      'a parent not yet named',
      ['plan.yaml', "parent: '331100'", "parent: '330000'"],
      { file: 'plan.yaml', row: 15, code: 'plan.unknown-parent' },
    ],
    [
      'an unknown field',
      ['indicators.yaml', 'weight', "wait: '2'\n  weight"],
      { file: 'indicators.yaml', row: 17, code: 'input.unknown-field', field: 'wait' },
    ],
    [
      'a value type that is none',
      ['indicators.yaml', 'count', 'number'],
      { file: 'indicators.yaml', row: 10, field: 'valueType' },
    ],
    [
      'an area that is not the plan’s',
      ['indicators.yaml', 'A1', 'A9'],
      { file: 'indicators.yaml', code: 'indicator.unknown-area', field: 'area' },
    ],
    [
      'a target that is no number',
      ['targets.csv', '2025,100', '2025,一百'],
      { file: 'targets.csv', row: 3, field: 'value' },
    ],
    [
      'a target outside the plan',
      ['targets.csv', '2025,100', '2026,100'],
      { file: 'targets.csv', row: 3, code: 'target.outside-plan' },
    ],
    [
      'a target of an unknown indicator',
      ['targets.csv', '03,331100,2025', '99,331100,2025'],
      { file: 'targets.csv', row: 3, code: 'indicator.unknown' },
    ],
    ['a row too long', ['targets.csv', '40,', '40,,'], { file: 'targets.csv', row: 2, code: 'folder.csv-columns' }],
    [
      'a column missing',
      ['targets.csv', ',line', ''],
      { file: 'targets.csv', row: 1, code: 'folder.csv-header', field: 'line' },
    ],
    [
      'a column twice',
      ['targets.csv', ',line', ',line,value'],
      { file: 'targets.csv', row: 1, code: 'folder.csv-header', field: 'value' },
    ],
    [
      'a line in words',
      ['targets.csv', '40,', '40,第95行'],
      { file: 'targets.csv', row: 2, code: 'folder.line', field: 'line' },
    ],
    ['a line before the first', ['targets.csv', '40,', '40,0'], { file: 'targets.csv', row: 2, field: 'line' }],
    ['a column too many', ['targets.csv', ',line', ',line,备注'], { file: 'targets.csv', row: 1, field: '备注' }],
    ['a quote never closed', ['targets.csv', '40,', '"40,'], { file: 'targets.csv', code: 'folder.csv' }],
    [
      'an unknown person',
      ['history.csv', '2023-03-01,reporter-1', '2023-03-01,reporter-9'],
      { file: 'history.csv', row: 3, field: '经办人' },
    ],
    [
      'an unknown action',
      ['history.csv', '2023-03-01,reporter-1,上报', '2023-03-01,reporter-1,改'],
      { file: 'history.csv', row: 3, field: '动作' },
    ],
    [
      'a reviewer without the day',
      ['history.csv', '2022-03-10,reviewer-1', ',reviewer-1'],
      { file: 'history.csv', row: 2, code: 'folder.cell-missing', field: '审核日期' },
    ],
    [
      'a day of review without the reviewer',
      ['history.csv', '2022-03-10,reviewer-1', '2022-03-10,'],
      { file: 'history.csv', row: 2, code: 'folder.cell-missing', field: '审核人' },
    ],
    [
      'a place in no document',
      ['history.csv', ',2022 年名录,,', ',,第3页,'],
      { file: 'history.csv', row: 3, code: 'folder.cell-missing', field: '依据' },
    ],
    [
      'a cell that such a row has no use for',
      ['history.csv', '331102,2022,8,,,,', '331102,2022,8,,,未统计,'],
      { file: 'history.csv', row: 3, code: 'folder.cell-unused', field: '缺报原因' },
    ],
    [
      'an action named like what every object has',
      ['history.csv', '2023-03-01,reporter-1,上报', '2023-03-01,reporter-1,constructor'],
      { file: 'history.csv', row: 3, code: 'folder.unknown-action' },
    ],
    ['no known day', ['history.csv', '2023-03-01', ''], { file: 'history.csv', row: 3, field: '知悉日期' }],
    [
      'a day that does not exist',
      ['history.csv', '2023-03-01', '2023-02-29'],
      { file: 'history.csv', row: 3, code: 'time.malformed' },
    ],
    [
      'a day in the future',
      ['history.csv', '2023-03-01', '2027-03-01'],
      { file: 'history.csv', row: 3, code: 'known-time.future' },
    ],
    [
      'a period not yet begun',
      ['history.csv', '331102,2022,8', '331102,2024,8'],
      { file: 'history.csv', row: 3, code: 'figure.future' },
    ],
    [
      'half a union',
      ['history.csv', '2022,8', '2022,8.5'],
      { file: 'history.csv', row: 3, code: 'figure.not-whole', field: '数值' },
    ],
    [
      'a unit that does not take part',
      ['history.csv', '331102,2022', '331103,2022'],
      { file: 'history.csv', row: 3, code: 'unit.unknown' },
    ],
    [
      'one’s own approval',
      ['history.csv', '2022-03-10,reviewer-1', '2022-03-10,reporter-1'],
      { file: 'history.csv', row: 2, code: 'figure.own-approval' },
    ],
    [
      'a person without the right',
      ['actors.csv', 'reporter;backfill', 'reporter'],
      { file: 'history.csv', row: 2, code: 'known-time.no-right' },
    ],
  ])('%s', async (_, change, expected) => {
    expect(await mistakesIn(smallPlan(change))).toEqual([expect.objectContaining(expected)]);
  });

  it('all of them at once, those of the form and those of the matter, in the order of the folder', async () => {
    const wrong: [SmallFile, string, string][] = [
      ['targets.csv', '2025,100', '2026,100'],
      ['history.csv', '2022,8', '2022,8.5'],
    ];
    const places = (problems: readonly Problem[]) => problems.map(({ file, row, code }) => [file, row, code]);
    expect(places(await mistakesIn(smallPlan(...wrong)))).toEqual([
      ['targets.csv', 3, 'target.outside-plan'],
      ['history.csv', 3, 'figure.not-whole'],
    ]);
    expect(places(await mistakesIn(smallPlan(...wrong, ['targets.csv', '40', '四十'])))).toEqual([
      ['targets.csv', 2, 'input.invalid-field'],
      ['targets.csv', 3, 'target.outside-plan'],
      ['history.csv', 3, 'figure.not-whole'],
    ]);
  });

  it('a file that nobody reads', async () => {
    const problems = await mistakesIn({ ...smallPlan(), 'target.csv': '' });
    expect(problems).toEqual([expect.objectContaining({ file: 'target.csv', code: 'folder.unknown-file' })]);
  });

  it.each([
    ['previous-plan.csv', 'row,sub_row,name,unit,value,line,note\n1,0,床位数,张,60,20,\n2,0,床位数,张,60,第 21 行,\n'],
    ['glossary.csv', 'number,term,gist,line\n1,专班,专门工作班子,256\n2,专班,专门工作班子,二五六\n'],
  ])('a line in words in %s', async (file, text) => {
    const problems = await mistakesIn({ ...smallPlan(), [file]: text });
    expect(problems).toEqual([expect.objectContaining({ file, row: 3, code: 'folder.line', field: 'line' })]);
  });

  it('a missing title or plan code, and nothing that only follows from it', async () => {
    const noSource = ['plan.yaml', 'source: { title: 规划文本 }\n', ''] as [SmallFile, string, string];
    const noTitle = await mistakesIn(smallPlan(noSource, ['plan.yaml', 'title: 小规划\n', '']));
    expect(noTitle).toMatchObject([{ file: 'plan.yaml', code: 'folder.title', field: 'title' }]);
    expect(noTitle).toHaveLength(1);
    const noPlan = await mistakesIn(smallPlan(['plan.yaml', 'plan: small\n', '']));
    expect(noPlan.map(({ code }) => code)).toEqual(['folder.plan']);
    const broken = await mistakesIn(smallPlan(['plan.yaml', 'title: 小规划', 'title: [小规划']));
    expect(new Set(broken.map(({ code }) => code))).toEqual(new Set(['folder.yaml']));
  });

  it('in a supplement, a file that only a plan has', async () => {
    await engine.submissions.submit(smallPlan());
    const { 'plan.yaml': plan, ...rest } = smallPlan();
    const [actor] = /^actor:.*$/m.exec(plan!)!;
    const files = { ...rest, 'supplement.yaml': `plan: small\ntitle: 补充\n${actor}\n`, 'glossary.csv': '' };
    expect(await mistakesIn({ ...files, 'previous-plan.csv': '' }, engine)).toEqual([
      expect.objectContaining({ file: 'previous-plan.csv', code: 'folder.misplaced-file' }),
      expect.objectContaining({ file: 'glossary.csv', code: 'folder.misplaced-file' }),
    ]);
  });

  it('a folder that is neither a plan nor a supplement, or both', async () => {
    expect(await mistakesIn({})).toMatchObject([{ code: 'folder.no-plan' }]);
    const both = { ...smallPlan(), 'supplement.yaml': 'plan: small' };
    expect(await mistakesIn(both)).toMatchObject([{ code: 'folder.no-plan' }]);
  });

  it('a supplement to a plan that is not there', async () => {
    const { 'plan.yaml': plan, 'history.csv': _, ...rest } = smallPlan();
    const [actor] = /^actor:.*$/m.exec(plan!)!;
    const supplement = `plan: small\ntitle: 补充\nknownAt: '2021-12-31'\n${actor}\n`;
    const problems = await mistakesIn({ ...rest, 'supplement.yaml': supplement });
    expect(new Set(problems.map(({ code }) => code))).toEqual(new Set(['plan.unknown']));
  });

  it('the same one in many rows once, different ones as far as they can be read, and how many there are', async () => {
    const targets = (value: (index: number) => string) => {
      const rows = Array.from({ length: 250 }, (_, index) => `03,331100,2022,${value(index)},`).join('\n');
      return smallPlan(['targets.csv', '03,331100,2025,100,', rows]);
    };
    const same = await mistakesIn(targets(() => 'x'));
    expect(same).toMatchObject([{ file: 'targets.csv', row: 3, field: 'value' }]);
    expect(same[0]!.message).toMatch(/（此处为「x」）；第 3、4、5 行等 250 行都是如此$/);
    const different = await mistakesIn(targets((index) => `x${index}`));
    expect(different.map(({ row }) => row)).toEqual(Array.from({ length: 21 }, (_, index) => index + 3));
    expect(different.at(-1)!.message).toBe('同类错误另有 230 处：第 23–252 行');
    await expect(engine.submissions.submit(targets(() => 'x'))).rejects.toThrow(/共 250 处错误/);
  });
});

describe('a row for a period outside the plan', () => {
  const outside = (header: string, cells: string) =>
    smallPlan(
      ['history.csv', '审核日期,审核人\n', `审核日期,审核人${header}\n`],
      ['history.csv', '2022-03-10,reviewer-1', `2022-03-10,reviewer-1${cells}`],
      ['history.csv', '331102,2022,8,,,,,2022 年名录,,,,', `331102,2018,8,,,,,2018 年名录,,,,${cells && ',早年数据'}`],
    );

  it('is refused where it does not say why', async () => {
    expect(await mistakesIn(outside('', ''))).toMatchObject([{ row: 3, code: 'figure.outside-plan' }]);
  });

  it('is taken with its 例外说明, a column that other files may leave out', async () => {
    await engine.submissions.submit(outside(',例外说明', ','));
    const [measured] = await engine.log.readStream('figure-small.03.331102.2018');
    expect(measured).toMatchObject({ type: 'IndicatorMeasured', data: { exception: '早年数据' } });
  });

  it('has no use for one where it is not a report', async () => {
    const files = outside(',例外说明', ',')['history.csv']!.replace(
      '2023-03-01,reporter-1,上报',
      '2023-03-01,reporter-1,更正',
    );
    const problems = await mistakesIn({ ...smallPlan(), 'history.csv': files });
    expect(problems).toContainEqual(expect.objectContaining({ code: 'folder.cell-unused', field: '例外说明' }));
  });
});

describe('a plan that is wholly invented', () => {
  it('says so of every event', async () => {
    await engine.submissions.submit(smallPlan(['plan.yaml', 'territory', 'demo: true\nterritory']));
    const events = await engine.log.readAll();
    expect(events.length).toBeGreaterThan(smallPlanEvents);
    for (const { metadata } of events) expect(metadata.demo).toBe(true);
  });

  it('like the example of the documentation', async () => {
    for (const folder of ['village-water', 'village-water-figures']) {
      const files = readFolder(`docs/examples/${folder}`);
      expect(await engine.submissions.submit(files)).toMatchObject({ plan: 'village-water-2021-2025', demo: true });
    }
  });
});

describe('rules that were changed in the folder of a plan', () => {
  const rules = (...[from, to]: [string, string]) => seedFiles(lishui)['rules.yaml']!.replace(from, to);
  const withRules = (text: string) => ({ ...smallPlan(), 'rules.yaml': text });
  const standing = async () => {
    const events = await engine.log.readStream('plan-small');
    return events.filter(({ type }) => type === 'EvaluationRulesSet').map(({ knownAt }) => knownAt.slice(0, 10));
  };

  beforeEach(() => engine.submissions.submit(withRules(rules('', ''))));

  it('are not as old as the plan: what was judged by those before stays so', async () => {
    const problems = await mistakesIn(withRules(rules("'5'", "'8'")), engine);
    expect(problems).toMatchObject([{ file: 'rules.yaml', code: 'rules.backdated', field: 'knownAt' }]);
    expect(await standing()).toEqual(['2021-12-31']);
  });

  it('say themselves since when they are known; and loaded again add nothing', async () => {
    const changed = withRules(`knownAt: '2023-05-01'\n${rules("'5'", "'8'")}`);
    expect(await engine.submissions.submit(changed)).toMatchObject({ events: 1 });
    expect(await standing()).toEqual(['2021-12-31', '2023-05-01']);
    expect(await engine.submissions.submit(changed)).toMatchObject({ events: 0 });
  });

  it('are told what is wrong with their day, in their own file', async () => {
    const problems = await mistakesIn(withRules(`knownAt: 去年\n${rules("'5'", "'8'")}`), engine);
    expect(problems).toMatchObject([{ file: 'rules.yaml', row: 1, field: 'knownAt' }]);
  });
});

describe('a row of an old template', () => {
  beforeEach(() => engine.submissions.submit(smallPlan()));

  it('that says something else by now is refused, with who reported what stands', async () => {
    const waiting = await mistakesIn(smallPlan(['history.csv', '2022,8', '2022,9']), engine);
    expect(waiting).toMatchObject([{ file: 'history.csv', row: 3, code: 'figure.already-reported' }]);
    expect(waiting[0]?.message).toMatch(/莲都填报员 上报为 8：要改为 9 请用“更正”/);
  });

  it('is so refused also where the figure was approved since', async () => {
    const locked = await mistakesIn(smallPlan(['history.csv', '2021,3', '2021,4']), engine);
    expect(locked[0]).toMatchObject({ file: 'history.csv', row: 2, code: 'figure.already-reported' });
    expect(locked[0]?.message).toMatch(/莲都填报员 上报为 3/);
  });

  it('that is the same appends nothing, whoever sends it', async () => {
    const byAnother = smallPlan(['plan.yaml', 'id: loader', 'id: another-loader']);
    expect(await engine.submissions.submit(byAnother)).toMatchObject({ events: 0 });
  });
});
