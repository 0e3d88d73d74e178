import {
  expectWarning,
  indicatorField,
  onlyFiles,
  plausibleFolder,
  warningsIn,
  type Change,
} from '../../test/support/plausible-folder.js';

const yaml = 'indicators.yaml';
const csv = 'targets.csv';
const target = (from: string, to: string): Change => [csv, from, to];

const growthOfCounties = ['06,990000,2025,8,', ...[1, 2, 3, 4].map((at) => `06,99000${at},2025,1,`)].join('\n');

describe('a definition is warned of', () => {
  it.each<[string, string, [file: string, field?: string][], Change[]]>([
    [
      'a ratio that is added up',
      'indicator.sum-of-rates:04',
      [
        [yaml, 'aggregation'],
        [yaml, 'measurement'],
      ],
      [indicatorField('04', 'aggregation', 'sum')],
    ],
    [
      'a percentage that is added up',
      'indicator.sum-of-rates:07',
      [
        [yaml, 'aggregation'],
        [yaml, 'unitOfMeasure'],
      ],
      [indicatorField('07', 'aggregation', 'sum')],
    ],
    [
      'one standard for all that is added up',
      'indicator.sum-of-rates:03',
      [
        [yaml, 'aggregation'],
        [yaml, 'unitOfMeasure'],
      ],
      [indicatorField('03', 'aggregation', 'sum')],
    ],
    [
      'a number of things that may be negative',
      'indicator.minimum-negative:02',
      [
        [yaml, 'minimum'],
        [yaml, 'unitOfMeasure'],
      ],
      [indicatorField('02', 'aggregation', `sum\n  minimum: '-5'`)],
    ],
    [
      'two indicators of one name',
      'indicator.same-name:07',
      [
        [yaml, 'name'],
        [yaml, 'name'],
      ],
      [indicatorField('07', 'name', '救助支出')],
    ],
    [
      'an area without an indicator',
      'area.no-indicator:A1',
      [['plan.yaml'], [yaml, 'area']],
      [indicatorField('01', 'area', 'A2'), indicatorField('02', 'area', 'A2')],
    ],
    [
      'a weight on another scale than the others',
      'indicator.weight-scale:03',
      [
        [yaml, 'weight'],
        [yaml, 'weight'],
      ],
      [indicatorField('03', 'weight', `'0.02'`)],
    ],
  ])('%s', (_, id, places, changes) => expectWarning(plausibleFolder(...changes), id, places));

  it('weights that are all 0', async () => {
    const weights = ['01', '02', '03', '04', '05', '06', '07'].map((code) => indicatorField(code, 'weight', `'0'`));
    const warnings = await warningsIn(plausibleFolder(...weights));
    expect(warnings.map(({ id }) => id)).toEqual(['indicator.weights-zero:01']);
    expect(warnings[0]!.message).toContain('7 项');
  });

  it('of a plan that has none', () =>
    expectWarning(onlyFiles(plausibleFolder(), 'plan.yaml', 'tasks.csv'), 'plan.no-indicators:plausible-2021-2025', [
      ['plan.yaml'],
      [yaml],
    ]));
});

describe('a definition is not warned of', () => {
  it.each<[string, Change[]]>([
    ['a capacity in tons a year that is added up', [indicatorField('06', 'unitOfMeasure', '吨/年')]],
    ['a total of the years that may fall', [indicatorField('05', 'aggregation', `sum\n  minimum: '-100'`)]],
    ['one weight that is ten times the others', [indicatorField('03', 'weight', `'10'`)]],
    ['one weight that is 0', [indicatorField('03', 'weight', `'0'`)]],
  ])('%s', async (_, changes) => expect(await warningsIn(plausibleFolder(...changes))).toEqual([]));
});

describe('a target is warned of', () => {
  it.each<[string, string, [file: string, field?: string][], Change[]]>([
    [
      '580 %',
      'target.out-of-range:01/990000/2025',
      [
        [csv, 'value'],
        [yaml, 'unitOfMeasure'],
      ],
      [target('2025,58,', '2025,580,'), ['promises.csv', '=,58,%', '=,580,%']],
    ],
    [
      'a range with one end above 100 %',
      'target.out-of-range:07/990000/2025',
      [
        [csv, 'value'],
        [yaml, 'unitOfMeasure'],
      ],
      [target('07,990000,2025,80,', '07,990000,2025,80%-180%,')],
    ],
    [
      'more than 580 %',
      'target.out-of-range:01/990000/2025',
      [
        [csv, 'value'],
        [yaml, 'unitOfMeasure'],
      ],
      [target('2025,58,', '2025,>580,'), ['promises.csv', '=,58,%', '>,580,%']],
    ],
    [
      'one above the maximum that the definition says',
      'target.out-of-range:05/990000/2025',
      [
        [csv, 'value'],
        [yaml, 'maximum'],
      ],
      [indicatorField('05', 'aggregation', `sum\n  maximum: '300'`)],
    ],
    [
      'half a thing',
      'target.not-whole:05/990000/2025',
      [
        [csv, 'value'],
        [yaml, 'decimals'],
      ],
      [target('2025,500,', '2025,500.5,')],
    ],
    [
      'a negative growth where higher is better',
      'target.growth-sign:06/990000/2025',
      [
        [csv, 'value'],
        [yaml, 'direction'],
      ],
      [target('06,990000,2025,8,', '06,990000,2025,-8,')],
    ],
    [
      'the same target in two rows',
      'target.set-twice:01/990000/2025',
      [
        [csv, 'period'],
        [csv, 'period'],
      ],
      [target('01,990000,2025,58,', '01,990000,2025,58,\n01,990000,2025,58,7')],
    ],
    [
      'an indicator that has none',
      'indicator.no-target:05',
      [[yaml, 'code'], [csv]],
      [target('05,990000,2025,500,\n', '')],
    ],
    [
      'one unit that has none where all beside it have one',
      'target.unit-left-out:990003',
      [[csv, 'value'], ['plan.yaml']],
      [target('02,990003,2025,25,\n', '')],
    ],
    [
      'parts that do not make up the whole',
      'target.parts-short:02/990000/2025',
      Array.from({ length: 5 }, (): [string, string] => [csv, 'value']),
      [target('02,990003,2025,25,', '02,990003,2025,24,')],
    ],
  ])('%s', (_, id, places, changes) => expectWarning(plausibleFolder(...changes), id, places));

  it.each([
    ['is not there', () => undefined],
    ['has a header only', (text: string) => `${text.split('\n')[0]}\n`],
  ])('targets.csv, where it %s', async (_, emptied) => {
    const folder = plausibleFolder();
    const { [csv]: targets, 'promises.csv': __, ...rest } = folder;
    const text = emptied(targets!);
    await expectWarning({ ...rest, ...(text !== undefined && { [csv]: text }) }, 'targets.missing:targets.csv', [
      [csv],
      [yaml, 'code'],
    ]);
  });
});

describe('a target is not warned of', () => {
  it.each<[string, Change[]]>([
    [
      'above 100 % where the definition has such a maximum',
      [
        target('07,990000,2025,80,', '07,990000,2025,180,'),
        indicatorField('07', 'aggregation', `none\n  maximum: '200'`),
      ],
    ],
    ['that is a range', [target('07,990000,2025,80,', '07,990000,2025,合理区间（80%-95%）,')]],
    [
      'to be passed, whose parts make it up',
      [target('02,990000,2025,100,', '02,990000,2025,>100,'), ['promises.csv', '>,99,', '>,100,']],
    ],
    ['of a total, in brackets', [target('05,990000,2025,500,', '05,990000,2025,[500],')]],
    ['of 100 %', [target('07,990000,2025,80,', '07,990000,2025,100,')]],
    ['with a fraction of what is not counted', [target('04,990000,2025,5,', '04,990000,2025,5.5,')]],
    [
      'two units that have none: the plan is not divided among all',
      [target('02,990003,2025,25,\n', ''), target('02,990004,2025,25,\n', '')],
    ],
    ['parts that make up more than the whole', [target('02,990003,2025,25,', '02,990003,2025,30,')]],
    ['rates of growth, which do not add up', [target('06,990000,2025,8,', growthOfCounties)]],
  ])('%s', async (_, changes) => expect(await warningsIn(plausibleFolder(...changes))).toEqual([]));
});

it('what stands in the plan already is the other side of what a supplement brings', async () => {
  const { [csv]: targets, 'promises.csv': _, 'history.csv': __, ...rest } = plausibleFolder();
  const [head, , ...others] = targets!.split('\n');
  const actor = /^actor:.*$/m.exec(rest['plan.yaml']!)![0];
  const supplement = {
    'supplement.yaml': `plan: plausible-2021-2025\ntitle: 补充\n${actor}\n`,
    [csv]: `${head}\n01,990000,2022,155,\n`,
  };
  await expectWarning(supplement, 'target.out-of-range:01/990000/2022', [[csv, 'value'], ['指标 01']], {
    ...rest,
    [csv]: [head, ...others].join('\n'),
  });
});
