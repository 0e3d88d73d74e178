import {
  expectWarning,
  indicatorField,
  plausibleFolder,
  warningsIn,
  type Change,
} from '../../test/support/plausible-folder.js';

const yaml = 'indicators.yaml';
const csv = 'targets.csv';
const rows = 'history.csv';
const row = (from: string, to: string): Change => [rows, from, to];
const target = (from: string, to: string): Change => [csv, from, to];
type Case = [string, string, [file: string, field?: string][], Change[]];

/** All counties and the city report 02 in thousands of what they did. */
const thousandfold = (text: string) => text.replaceAll(/(02,99000\d,2022),11,/g, '$1,11000,');

describe('the way from the base over the targets is warned of', () => {
  it.each<Case>([
    [
      'a target below the base where higher is better',
      'target.behind-base:03/990000/2022',
      [
        [csv, 'value'],
        [rows, '数值'],
        [yaml, 'direction'],
      ],
      [target('03,990000,2022,11000,', '03,990000,2022,10100,')],
    ],
    [
      'a target above the base where lower is better',
      'target.behind-base:04/990000/2022',
      [
        [csv, 'value'],
        [rows, '数值'],
        [yaml, 'direction'],
      ],
      [target('04,990000,2022,8,', '04,990000,2022,11,')],
    ],
    [
      'a target that falls behind the one before it',
      'target.path-turns:03/990000/2025',
      [
        [csv, 'value'],
        [csv, 'value'],
        [yaml, 'direction'],
      ],
      [target('03,990000,2025,13000,', '03,990000,2025,10900,'), ['promises.csv', '13000', '10900']],
    ],
    [
      'a direction against which every target goes',
      'indicator.direction:03',
      [
        [yaml, 'direction'],
        [csv, 'value'],
        [rows, '数值'],
      ],
      [indicatorField('03', 'direction', 'lower')],
    ],
    [
      'a direction against which every target falls',
      'indicator.direction:04',
      [
        [yaml, 'direction'],
        [csv, 'value'],
        [rows, '数值'],
      ],
      [indicatorField('04', 'direction', 'higher')],
    ],
    [
      'a base of 0.5 for 54.9 %',
      'indicator.scale:01',
      [
        [yaml, 'measurement.scale'],
        [rows, '数值'],
        [rows, '分子'],
      ],
      [row('990000,2020,54.9,', '990000,2020,0.5,')],
    ],
    [
      'a base of another magnitude than the targets',
      'target.magnitude:03/990000/2022',
      [
        [csv, 'value'],
        [rows, '数值'],
        [yaml, 'unitOfMeasure'],
      ],
      [row('990000,2020,10200,', '990000,2020,102,')],
    ],
    [
      'a target of another magnitude than the one before it',
      'target.magnitude:03/990000/2025',
      [
        [csv, 'value'],
        [csv, 'value'],
        [yaml, 'unitOfMeasure'],
      ],
      [target('03,990000,2025,13000,', '03,990000,2025,13000000,'), ['promises.csv', '13000', '13000000']],
    ],
  ])('%s', (_, id, places, changes) => expectWarning(plausibleFolder(...changes), id, places));
});

describe('values are warned of', () => {
  it.each<Case>([
    [
      'a scale that the units of measure contradict',
      'indicator.scale:04',
      [
        [yaml, 'measurement.scale'],
        [yaml, 'unitOfMeasure'],
      ],
      [indicatorField('04', 'measurement', scaled('100'))],
    ],
    [
      'a number of another magnitude than the one before it',
      'figure.magnitude:03/990000/2022',
      [
        [rows, '数值'],
        [rows, '数值'],
      ],
      [row('990000,2022,11000,', '990000,2022,110000000,')],
    ],
    [
      'a number of another magnitude than the target, where nothing was before',
      'figure.far-from-target:07/990000/2022',
      [
        [rows, '数值'],
        [csv, 'value'],
      ],
      [row('990000,2022,93,', '990000,2022,0.5,')],
    ],
    [
      'a denominator ten times the one before it',
      'figure.denominator:01/990002/2022',
      [
        [rows, '分母'],
        [rows, '分母'],
      ],
      [row('01,990002,2022,,560,1000,', '01,990002,2022,,5600,10000,')],
    ],
    [
      'a total far from what its parts add up to',
      'figure.total-far-off:02',
      [
        [rows, '数值'],
        [rows, '数值'],
      ],
      [
        row(
          'county-1,上报,02,990001,2022,',
          `city-1,上报,02,990000,2022,4,,,,,年报,,,,\n2023-12-31,county-1,上报,02,990001,2022,`,
        ),
      ],
    ],
    [
      'a numerator above the denominator of a share',
      'figure.over-whole:01/990002/2022',
      [
        [rows, '分子'],
        [yaml, 'unitOfMeasure'],
      ],
      [row('01,990002,2022,,560,1000,', '01,990002,2022,,1060,1000,'), indicatorField('01', 'valueType', 'decimal')],
    ],
  ])('%s', (_, id, places, changes) => expectWarning(plausibleFolder(...changes), id, places));

  it('a unit of measure that all units got wrong, once', async () => {
    const folder = plausibleFolder(target('02,990000,2022,40,\n', ''));
    const warnings = await warningsIn({ ...folder, [rows]: thousandfold(folder[rows]!) });
    expect(warnings.map(({ id }) => id)).toEqual(['figure.far-from-target:02/990001/2022']);
  });
});

describe('rows of a history are warned of', () => {
  it.each<Case>([
    [
      'a figure that was known before its period was over',
      'figure.known-early:05/990000/2022',
      [
        [rows, '知悉日期'],
        [rows, '期间'],
      ],
      [row('2023-02-01,city-1,上报,05', '2022-02-01,city-1,上报,05')],
    ],
    [
      'figures that were known before the plan',
      'figure.known-before-plan:03/990000/2020',
      [
        [rows, '知悉日期'],
        ['plan.yaml', 'knownAt'],
      ],
      [row('2021-12-31,city-1,上报,03', '2021-03-31,city-1,上报,03')],
    ],
    [
      'a figure that is reported twice',
      'figure.reported-twice:05/990000/2022',
      [
        [rows, '期间'],
        [rows, '期间'],
      ],
      [
        row(
          '2023-02-01,city-1,上报,07',
          '2023-03-01,city-1,上报,05,990000,2022,60,,,,,台账,,,,\n2023-02-01,city-1,上报,07',
        ),
      ],
    ],
    [
      'a figure that is missing in a year outside the plan',
      'figure.missing-outside-plan:07/990000/2018',
      [
        [rows, '期间'],
        ['plan.yaml', 'baseline'],
      ],
      [row('07,990000,2021,', '07,990000,2018,')],
    ],
    [
      'a person who reports for another unit',
      'figure.reporter-unit:county-2',
      [
        [rows, '经办人'],
        ['actors.csv', 'unit'],
      ],
      [['actors.csv', '乙县填报员,990002', '乙县填报员,990003']],
    ],
    [
      'a reporter and a reviewer of one name',
      'figure.same-person:reviewer-1',
      [
        [rows, '审核人'],
        ['actors.csv', 'name'],
      ],
      [['actors.csv', '市局审核员', '市局填报员']],
    ],
  ])('%s', (_, id, places, changes) => expectWarning(plausibleFolder(...changes), id, places));
});

describe('nothing is warned of', () => {
  it.each<[string, Change[]]>([
    ['a target that is as the base', [target('03,990000,2022,11000,', '03,990000,2022,10200,')]],
    ['a target below what is, of what has to be kept', [target('07,990000,2025,80,', '07,990000,2025,60,')]],
    ['a target that is twenty times the base', [row('990000,2020,10200,', '990000,2020,700,')]],
    [
      'a number of things that grows from one to a hundred',
      [row('02,990000,2020,0,', '02,990000,2020,1,'), row('02,990001,2020,0,', '02,990001,2020,1,')],
    ],
    ['a figure that falls to a tenth', [row('990000,2022,11000,', '990000,2022,1100,')]],
    ['a denominator that doubles', [row('01,990002,2022,,560,1000,', '01,990002,2022,,1120,2000,')]],
    [
      'more than 100 % where the definition has such a maximum',
      [row('07,990000,2022,93,', '07,990000,2022,130,'), indicatorField('07', 'aggregation', `none\n  maximum: '200'`)],
    ],
    [
      'a figure that became known on the last day of its period',
      [row('2023-02-01,city-1,上报,05', '2022-12-31,city-1,上报,05')],
    ],
    ['background data that is older than the plan', []],
    ['a city that reports for its county', [row('county-2,上报,04,990002,2022', 'city-1,上报,04,990002,2022')]],
    [
      'a figure that was sent back and reported again',
      [
        row(
          '2023-02-01,city-1,上报,07',
          `2023-02-05,reviewer-1,退回,05,990000,2022,,,,,核对,台账,,,,
2023-03-01,city-1,上报,05,990000,2022,60,,,,,台账,,,,
2023-02-01,city-1,上报,07`,
        ),
      ],
    ],
    [
      'a value that was mistyped and corrected',
      [
        row('990000,2022,11000,', '990000,2022,110000000,'),
        row(
          '2023-02-01,city-1,上报,07',
          '2023-03-01,city-1,更正,03,990000,2022,11000,,,,多打了零,台账,,,,\n2023-02-01,city-1,上报,07',
        ),
      ],
    ],
  ])('%s', async (_, changes) => expect(await warningsIn(plausibleFolder(...changes))).toEqual([]));
});

describe('figures that come later', () => {
  it('are compared with the plan’s targets and with the year before', async () => {
    const folder = plausibleFolder();
    const [head] = folder[rows]!.split('\n');
    const actor = /^actor:.*$/m.exec(folder['plan.yaml']!)![0];
    const later = (cells: string) => ({
      'supplement.yaml': `plan: plausible-2021-2025\ntitle: 补充\n${actor}\n`,
      'actors.csv': folder['actors.csv']!,
      [rows]: `${head}\n2024-02-01,city-1,上报,${cells},,,,,年报,,,,\n`,
    });
    const places: [string, string?][] = [[rows, '数值'], ['指标 03 单位 990000 2022 的数据']];
    await expectWarning(later('03,990000,2023,1'), 'figure.magnitude:03/990000/2023', places, folder);
    expect(await warningsIn(later('03,990000,2023,11900'), folder)).toEqual([]);
  });
});

function scaled(scale: string): string {
  const { [yaml]: text = '' } = plausibleFolder();
  const line = text.split('\n').find((each) => each.includes(`scale: '10000'`))!;
  return line.replace('  measurement: ', '').replace(`'10000'`, `'${scale}'`);
}

describe('parts that a unit does not report are warned of', () => {
  /** 02 is broken down by sex; every row of the history gets the column 分组. */
  const brokenDown = (...more: string[]) => {
    const breakdowns = 'breakdowns: [{ code: sex, name: 性别, parts: [{ code: f, name: 女 }, { code: m, name: 男 }] }]';
    const files = plausibleFolder(indicatorField('02', 'aggregation', `sum\n  ${breakdowns}`));
    const [head, ...body] = files[rows]!.trimEnd().split('\n');
    return {
      ...files,
      [rows]: [`${head},分组`, ...body.map((each) => `${each},`), ...more, ''].join('\n'),
    };
  };
  const parts = (unit: string) =>
    ['f,5', 'm,6'].map((each) => {
      const [code, value] = each.split(',');
      return `2023-12-31,,上报,02,${unit},2022,${value},,,,,,,,,,sex.${code}`;
    });

  it('where others report theirs', async () => {
    await expectWarning(brokenDown(...parts('990001'), ...parts('990003')), 'figure.parts-lacking:02/2022/sex', [
      [rows, '数值'],
      [rows, '数值'],
      [rows, '数值'],
    ]);
  });

  it('not where all do, or none', async () => {
    const all = ['990001', '990002', '990003', '990004'].flatMap(parts);
    expect(await warningsIn(brokenDown(...all))).toEqual([]);
    expect(await warningsIn(brokenDown())).toEqual([]);
  });
});
