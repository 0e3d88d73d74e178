import type { Engine } from '../engine.js';
import { memoryEngine } from '../../test/support/engine.js';
import { smallPlan, smallPlanEvents, type SmallFile } from '../../test/support/small-plan.js';
import type { Problem } from '../kernel/errors.js';
import { assertRefusal } from '../../test/support/decider-spec.js';
import type { FolderFiles } from './plan-folder.js';

let engine: Engine;
beforeEach(() => void (engine = memoryEngine()));

/** What is wrong with a folder; nothing of it may be in the log. */
async function mistakesIn(files: FolderFiles): Promise<readonly Problem[]> {
  const before = await engine.log.head();
  const refusal = await engine.submissions.submit(files).then(
    () => undefined,
    (error: unknown) => error,
  );
  assertRefusal(refusal, 'it was taken');
  expect(refusal).toMatchObject({ kind: 'invalid', code: 'submission.refused' });
  expect(await engine.log.head()).toBe(before);
  return refusal.problems;
}

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
    ['no plan code', ['plan.yaml', 'plan: small\n', ''], { file: 'plan.yaml', code: 'folder.plan', field: 'plan' }],
    ['nobody who says it', ['plan.yaml', 'actor:', 'x-actor:'], { file: 'plan.yaml', code: 'folder.actor' }],
    ['a year in words', ['plan.yaml', '2021', '二〇二一'], { file: 'plan.yaml', row: 5, field: 'startYear' }],
    [
      'a time zone that is none',
      ['plan.yaml', 'Asia/Shanghai', 'Asia/Lishui'],
      { file: 'plan.yaml', code: 'plan.time-zone' },
    ],
    ['a level that is none', ['plan.yaml', 'county', 'district'], { file: 'plan.yaml', row: 15, field: 'level' }],
    [
      'a parent not yet named',
      ['plan.yaml', "parent: '331100'", "parent: '330000'"],
      { file: 'plan.yaml', row: 15, code: 'plan.unknown-parent' },
    ],
    [
      'an unknown field',
      ['indicators.yaml', 'weight', 'wait'],
      { file: 'indicators.yaml', code: 'input.unknown-field', field: 'wait' },
    ],
    [
      'a value type that is none',
      ['indicators.yaml', 'count', 'number'],
      { file: 'indicators.yaml', row: 10, field: 'definition.valueType' },
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
      { file: 'history.csv', row: 3, code: 'figure.not-whole', field: 'value' },
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
    expect(await mistakesIn(smallPlan(change))).toContainEqual(expect.objectContaining(expected));
  });

  it('all of them at once, those of the form before those of the matter', async () => {
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
    ]);
  });

  it('a file that nobody reads', async () => {
    const problems = await mistakesIn({ ...smallPlan(), 'target.csv': '' });
    expect(problems).toEqual([expect.objectContaining({ file: 'target.csv', code: 'folder.unknown-file' })]);
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

  it('not more than two hundred of them, but how many there are', async () => {
    const rows = Array.from({ length: 250 }, () => '03,331100,2022,x,').join('\n');
    const many = smallPlan(['targets.csv', '03,331100,2025,100,', rows]);
    expect(await mistakesIn(many)).toHaveLength(200);
    await expect(engine.submissions.submit(many)).rejects.toThrow(/共 250 处错误/);
  });
});

describe('a row of an old template', () => {
  beforeEach(() => engine.submissions.submit(smallPlan()));

  it('that says something else by now is refused, with who reported what stands', async () => {
    const waiting = await mistakesIn(smallPlan(['history.csv', '2022,8', '2022,9']));
    expect(waiting).toMatchObject([{ file: 'history.csv', row: 3, code: 'figure.already-reported' }]);
    expect(waiting[0]?.message).toMatch(/莲都填报员 上报为 8：要改为 9 请用“更正”/);
  });

  it('is so refused also where the figure was approved since', async () => {
    const locked = await mistakesIn(smallPlan(['history.csv', '2021,3', '2021,4']));
    expect(locked[0]).toMatchObject({ file: 'history.csv', row: 2, code: 'figure.already-reported' });
    expect(locked[0]?.message).toMatch(/莲都填报员 上报为 3/);
  });

  it('that is the same appends nothing, whoever sends it', async () => {
    const byAnother = smallPlan(['plan.yaml', 'id: loader', 'id: another-loader']);
    expect(await engine.submissions.submit(byAnother)).toMatchObject({ events: 0 });
  });
});
