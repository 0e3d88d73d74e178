import { assertRefusal } from '../../test/support/decider-spec.js';
import { memoryEngine } from '../../test/support/engine.js';
import { lishui, seedFiles } from '../../test/support/seeds.js';
import type { Engine } from '../engine.js';
import type { DomainError, Problem } from '../kernel/errors.js';
import type { FolderFiles } from '../slice/folder-part.js';

const plan = seedFiles(lishui);
const demo = seedFiles(`${lishui}-demo`);

function changed(files: FolderFiles, file: string, from: string | RegExp, to: string): FolderFiles {
  const text = files[file]!.replace(from, to);
  if (text === files[file]) throw new Error(`${file} does not say ${String(from)}`);
  return { ...files, [file]: text };
}

/** Without the column, in the header and in every row. */
const withoutColumn = (files: FolderFiles, file: string, at: number): FolderFiles => ({
  ...files,
  [file]: files[file]!.replace(/^.+$/gm, (line) => line.split(',').toSpliced(at, 1).join(',')),
});

async function refusalOf(files: FolderFiles, engine: Engine): Promise<DomainError> {
  const refusal: unknown = await engine.submissions.submit(files).catch((error: unknown) => error);
  assertRefusal(refusal, 'it was taken');
  return refusal;
}

const brief = ({ problems }: DomainError) =>
  problems.map(({ file, row, field, code }: Problem) => [file, row, field, code].filter((part) => part !== undefined));

describe('one mistake in the plan of 丽水 is one message', () => {
  const inPlan = (file: string, from: string | RegExp, to: string) => changed(plan, file, from, to);

  it.each<[string, FolderFiles, unknown[]]>([
    [
      'a last year before the first',
      inPlan('plan.yaml', 'endYear: 2025', 'endYear: 2015'),
      ['plan.yaml', 6, 'startYear', 'plan.years'],
    ],
    [
      'a year in words',
      inPlan('plan.yaml', 'endYear: 2025', 'endYear: 二〇二五'),
      ['plan.yaml', 7, 'endYear', 'input.invalid-field'],
    ],
    [
      'a time zone that is none',
      inPlan('plan.yaml', 'Asia/Shanghai', 'Asia/Lishui'),
      ['plan.yaml', 5, 'timeZone', 'plan.time-zone'],
    ],
    [
      'a day that does not exist',
      inPlan('plan.yaml', "knownAt: '2021-12-31'", "knownAt: '2021-12-32'"),
      ['plan.yaml', 10, 'knownAt', 'folder.known-at'],
    ],
    [
      'a loader without the right',
      inPlan('plan.yaml', 'backfill', 'bakfill'),
      ['plan.yaml', 19, 'actor.roles', 'known-time.no-right'],
    ],
    [
      'a wrong parent',
      inPlan('plan.yaml', "parent: '331100'", "parent: '331109'"),
      ['plan.yaml', 53, 'parent', 'plan.unknown-parent'],
    ],
    [
      'a unit without quotes',
      inPlan('plan.yaml', "code: '331122'", 'code: 331122'),
      ['plan.yaml', 55, 'code', 'input.invalid-field'],
    ],
    ['a tab in plan.yaml', inPlan('plan.yaml', '\n  ', '\n\t'), ['plan.yaml', 12, 'folder.yaml']],
    ['a tab in the indicators', inPlan('indicators.yaml', '\n  ', '\n\t'), ['indicators.yaml', 5, 'folder.yaml']],
    [
      'an area under another code',
      inPlan('indicators.yaml', /area: A2/, 'area: A9'),
      ['indicators.yaml', 137, 'area', 'indicator.unknown-area'],
    ],
    [
      'no column for the values',
      inPlan('targets.csv', ',value', ',wert'),
      ['targets.csv', 1, 'value', 'folder.csv-header'],
    ],
    [
      'a column of names cut out',
      withoutColumn(plan, 'projects.csv', 2),
      ['projects.csv', 1, 'name', 'folder.csv-header'],
    ],
    ['a column of codes cut out', withoutColumn(plan, 'tasks.csv', 0), ['tasks.csv', 1, 'id', 'folder.csv-header']],
    ['a quote in a project', inPlan('projects.csv', 'P10,', 'P10,"'), ['projects.csv', 11, 'unit', 'folder.csv']],
    [
      'a cell too many in a promise',
      inPlan('promises.csv', 'T31,', 'T31,,'),
      ['promises.csv', 32, 'folder.csv-columns'],
    ],
    ['no people', inPlan('actors.csv', 'id,', 'nr,'), ['actors.csv', 1, 'id', 'folder.csv-header']],
    [
      'a source that is no hash',
      inPlan('plan.yaml', 'sha256: ', 'sha256: x'),
      ['plan.yaml', 13, 'source.sha256', 'input.invalid-field'],
    ],
  ])('%s', async (_, files, message) => {
    expect(brief(await refusalOf(files, memoryEngine()))).toEqual([message]);
  });

  it('and what rests on it is counted', async () => {
    const refusal = await refusalOf(inPlan('plan.yaml', 'Asia/Shanghai', 'Asia/Lishui'), memoryEngine());
    expect(refusal.message).toBe('共 1 处错误，未写入任何数据；另有 403 处因此未能检查');
  });

  it('or one for each file, where the rest of the folder contradicts it', async () => {
    const lastYear = await refusalOf(inPlan('plan.yaml', 'endYear: 2025', 'endYear: 2024'), memoryEngine());
    expect(brief(lastYear)).toEqual([
      ['targets.csv', 3, 'period', 'target.outside-plan'],
      ['promises.csv', 4, 'period', 'promise.period'],
    ]);
    expect(lastYear.message).toBe('共 78 处错误，未写入任何数据；另有 5 处因此未能检查');
    const code = await refusalOf(inPlan('indicators.yaml', "code: '02'", "code: '2'"), memoryEngine());
    expect(code.problems.map(({ file, message }) => [file, /您是否指 .*？/.exec(message)?.[0]])).toEqual([
      ['targets.csv', '您是否指 2？'],
      ['promises.csv', '您是否指 2？'],
      ['history.csv', '您是否指 2？'],
    ]);
  });

  it.each(Object.keys(plan).filter((file) => !file.endsWith('.md') && file !== 'plan.yaml'))(
    'or few, where the file %s is missing',
    async (file) => {
      const { [file]: _, ...rest } = plan;
      const problems = await memoryEngine()
        .submissions.submit(rest)
        .then(
          () => [],
          (error: DomainError) => error.problems,
        );
      expect(problems.length).toBeLessThanOrEqual(50);
    },
  );
});

describe('mistakes that have nothing to do with each other are all told', () => {
  it('those of the head, of the form, and of the matter', async () => {
    const wrong: [string, string | RegExp, string][] = [
      ['plan.yaml', "code: '331181'\n    name: 龙泉市", "code: '331181'\n    nome: 龙泉市"],
      ['targets.csv', '2025', '2025年'],
      ['tasks.csv', /^id/, 'ID'],
      ['promises.csv', ',firm,', ',坚决,'],
      ['history.csv', '上报', '填报'],
    ];
    const files = wrong.reduce<FolderFiles>((all, [file, from, to]) => {
      const text = all[file]!.replace(from, to);
      return { ...all, [file]: text };
    }, plan);
    const problems = (await refusalOf(files, memoryEngine())).problems;
    expect(problems.map(({ file, code }) => `${file} ${code}`)).toEqual(
      expect.arrayContaining([
        'targets.csv input.invalid-field',
        'tasks.csv folder.csv-header',
        'promises.csv input.invalid-field',
        'history.csv folder.unknown-action',
      ]),
    );
    const files_ = problems.map(({ file }) => file);
    expect(files_).toEqual(files_.toSorted((a, b) => order.indexOf(a!) - order.indexOf(b!)));
  });
  const order = ['plan.yaml', 'targets.csv', 'tasks.csv', 'promises.csv', 'history.csv'];
});

describe('one mistake in the demonstration data', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = memoryEngine();
    await engine.submissions.submit(plan);
  });

  it.each<[string, FolderFiles, unknown[][]]>([
    [
      'a person who is missing',
      changed(demo, 'actors.csv', /^demo-reporter-331102.*\n/m, ''),
      [
        ['history.csv', 2, '经办人', 'folder.unknown-actor'],
        ['progress.csv', 3, '经办人', 'folder.unknown-actor'],
      ],
    ],
    [
      'a person without the right',
      changed(
        demo,
        'actors.csv',
        'demo-reporter-331102,示例·莲都填报员,331102,reporter;backfill',
        'demo-reporter-331102,示例·莲都填报员,331102,reporter',
      ),
      [
        ['history.csv', 2, '经办人', 'known-time.no-right'],
        ['progress.csv', 3, '经办人', 'known-time.no-right'],
      ],
    ],
    [
      'no column of days',
      changed(demo, 'history.csv', '知悉日期', '日子'),
      [['history.csv', 1, '知悉日期', 'folder.csv-header']],
    ],
    [
      'a plan that there is not',
      changed(demo, 'supplement.yaml', lishui, `${lishui}x`),
      [['supplement.yaml', 2, 'plan', 'plan.unknown']],
    ],
  ])('is few messages: %s', async (_, files, messages) => {
    expect(brief(await refusalOf(files, engine)).map(([file, , ...rest]) => [file, ...rest])).toEqual(
      messages.map(([file, , ...rest]) => [file, ...rest]),
    );
  });

  it('in a folder that was loaded before does not make its old rows look new', async () => {
    const loaded = memoryEngine();
    await loaded.submissions.submit(plan);
    await loaded.submissions.submit(demo);
    const without = changed(demo, 'actors.csv', 'id,name', 'id,nome');
    expect(brief(await refusalOf(without, loaded))).toEqual([['actors.csv', 1, 'name', 'folder.csv-header']]);
  });
});
