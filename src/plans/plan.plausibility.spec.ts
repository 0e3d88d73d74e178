import {
  expectWarning,
  onlyFiles,
  plausibleFolder,
  warningsIn,
  type Change,
} from '../../test/support/plausible-folder.js';

const yaml = 'plan.yaml';
const change = (from: string, to: string): Change => [yaml, from, to];
const county = (code: string, name: string, parent = `, parent: '990000'`) =>
  `  - { code: '${code}', name: ${name}, level: county${parent} }\n`;
const reference = `  - { code: '980000'`;
const counties = [
  ['990001', '甲县'],
  ['990002', '乙县'],
  ['990003', '丙县'],
  ['990004', '丁县'],
] as const;

/** The plan with one target for each indicator, so that its years may change. */
const folder = (...changes: readonly Change[]) => ({
  ...onlyFiles(plausibleFolder(...changes), 'plan.yaml', 'indicators.yaml'),
  'targets.csv': `indicator,unit,period,value,line\n${codes.map((code) => `${code},990000,2025,${code === '07' ? 80 : 50},\n`).join('')}`,
});
const codes = ['01', '02', '03', '04', '05', '06', '07'];
const unnamedYears = [change('plan: plausible-2021-2025', 'plan: plausible'), change('“十四五”', '')];

describe('a plan folder is warned of', () => {
  it.each<[string, string, [field: string, other: string], Change[]]>([
    [
      'a county without a parent beside counties that have one',
      'unit.no-parent:990003',
      ['parent', 'parent'],
      [change(county('990003', '丙县'), county('990003', '丙县', ''))],
    ],
    [
      'a unit whose parent is not above it',
      'unit.level:990003',
      ['parent', 'level'],
      [change(county('990003', '丙县'), county('990003', '丙县', `, parent: '990002'`))],
    ],
    ['two units of one name', 'unit.same-name:990003', ['name', 'name'], [change('name: 丙县', 'name: 乙县')]],
    ['two areas of one name', 'area.same-name:A2', ['name', 'name'], [change('name: 救助', 'name: 养老')]],
    [
      'a plan of a hundred years',
      'plan.long:plausible',
      ['endYear', 'startYear'],
      [...unnamedYears, change('endYear: 2025', 'endYear: 2125')],
    ],
    [
      'a base period long before the plan',
      'plan.baseline-far:plausible-2021-2025',
      ['baseline', 'startYear'],
      [change(`baseline: '2020'`, `baseline: '2012'`)],
    ],
    [
      'a base period inside the plan',
      'plan.baseline-far:plausible-2021-2025',
      ['baseline', 'startYear'],
      [change(`baseline: '2020'`, `baseline: '2023'`)],
    ],
    [
      'years other than those in its code',
      'plan.code-years:plausible-2021-2026',
      ['plan', 'endYear'],
      [change('plan: plausible-2021-2025', 'plan: plausible-2021-2026')],
    ],
    [
      'years other than those of its title',
      'plan.title-years:plausible',
      ['title', 'startYear'],
      [change('plan: plausible-2021-2025', 'plan: plausible'), change('十四五', '十三五')],
    ],
    [
      'a title of another place than its territory',
      'plan.title-territory:plausible-2021-2025',
      ['territory', 'title'],
      [change('title: 示例市', 'title: 衢州市')],
    ],
    [
      'a first unit of another place than its territory',
      'plan.territory-unit:plausible-2021-2025',
      ['territory', 'name'],
      [change('name: 示例市', 'name: 范例市')],
    ],
  ])('%s', (_, id, fields, changes) =>
    expectWarning(
      folder(...changes),
      id,
      fields.map((field) => ['plan.yaml', field]),
    ),
  );

  it('a level that puts every unit beside its parent, once', () =>
    expectWarning(
      folder(change('level: city', 'level: county')),
      'unit.level:990000',
      ['parent', 'parent', 'parent', 'level'].map((field) => ['plan.yaml', field]),
    ));
});

it('a plan folder is warned of a nation below a city', () =>
  expectWarning(
    folder(change(county('990003', '丙县'), county('990003', '丙县').replace('county', 'national'))),
    'unit.level:990003',
    ['parent', 'level'].map((field) => ['plan.yaml', field]),
  ));

describe('a plan folder is not warned of', () => {
  it.each<[string, Change[]]>([
    ['a folder as it should be', []],
    [
      'two units of one name in different cities',
      [
        change(
          reference,
          `  - { code: '990100', name: 某市, level: city, parent: '990000' }\n${county('990101', '甲县', `, parent: '990100'`)}${reference}`,
        ),
        change('name: 示例市, level: city', 'name: 示例市, level: province'),
      ],
    ],
    ['a nation above its counties', [change('name: 示例市, level: city', 'name: 示例市, level: national')]],
    [
      'a nation above a province above counties',
      [
        change(
          reference,
          `  - { code: '990100', name: 某省, level: province, parent: '990000' }\n${county('990101', '甲县', `, parent: '990100'`)}${reference}`,
        ),
        change('name: 示例市, level: city', 'name: 示例市, level: national'),
      ],
    ],
    [
      'units that are all without a parent',
      counties.map(([code, name]) => change(county(code, name), county(code, name, '').replace('county', 'city'))),
    ],
    ['a plan of fifteen years', [...unnamedYears, change('endYear: 2025', 'endYear: 2035')]],
    ['a base period three years before', [...unnamedYears, change('startYear: 2021', 'startYear: 2023')]],
    ['a title that names the years as the plan has them', [change('“十四五”', '（2021—2025年）')]],
    ['a title that begins with a word that ends like a place', [change('title: 示例市', 'title: 城市')]],
  ])('%s', async (_, changes) => expect(await warningsIn(folder(...changes))).toEqual([]));
});
