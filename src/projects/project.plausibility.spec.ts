import { expectWarning, plausibleFolder, warningsIn, type Change } from '../../test/support/plausible-folder.js';

const csv = 'projects.csv';
const rows = 'progress.csv';
const project = (from: string, to: string): Change => [csv, from, to];
const step = (from: string, to: string): Change => [rows, from, to];
type Case = [string, string, [file: string, field?: string][], Change[]];

describe('a project is warned of', () => {
  it.each<Case>([
    [
      'an investment in 元 instead of 万元',
      'project.investment-magnitude:P01',
      [
        [csv, 'investment'],
        [csv, 'investment'],
      ],
      [project('2023,25000,,,,2021-2023年,25000', '2023,250000000000,,,,,')],
    ],
    [
      'an investment that is beyond any bound, where there is nothing to compare with',
      'project.investment-magnitude:P01',
      [[csv, 'investment']],
      [
        project('2023,25000,,,,2021-2023年,25000', '2023,12000000,,,,,'),
        project('P02-1,990001,甲县公墓一区,implementing,new,,2022,2024,3000,,,P02,,,,,\n', ''),
        project('P02-2,990001,甲县公墓二区,implementing,new,,2022,2024,2000,,,P02,,,,,\n', ''),
      ],
    ],
    [
      'parts of a package that do not add up',
      'project.package-sum:P02',
      [
        [csv, 'investment'],
        [csv, 'investment'],
        [csv, 'investment'],
      ],
      [project('2024,2000,', '2024,2700,')],
    ],
    [
      'a period far from the plan’s years',
      'project.outside-plan:P02-1',
      [
        [csv, 'plannedEnd'],
        ['plan.yaml', 'endYear'],
      ],
      [project('一区,implementing,new,,2022,2024', '一区,implementing,new,,2022,2042')],
    ],
    [
      'a period that is over before the plan begins',
      'project.outside-plan:P02-1',
      [
        [csv, 'plannedEnd'],
        ['plan.yaml', 'startYear'],
      ],
      [project('一区,implementing,new,,2022,2024', '一区,implementing,new,,2018,2020')],
    ],
    [
      'an investment that is not the printed one',
      'project.unlike-printed:P01/investment',
      [
        [csv, 'investment'],
        [csv, 'printedInvestment'],
      ],
      [project('2023,25000,', '2023,2500,')],
    ],
    [
      'years that are not the printed ones',
      'project.unlike-printed:P01/plannedEnd',
      [
        [csv, 'plannedEnd'],
        [csv, 'printedPeriod'],
      ],
      [project('2021,2023,25000', '2021,2024,25000')],
    ],
    [
      'a new end that had passed when it became known',
      'project.rescheduled-into-past:P01/2022-03',
      [
        [rows, '新期限'],
        [rows, '日期'],
      ],
      [step('2024-06', '2022-03')],
    ],
    [
      'what was invested, ten times the total',
      'project.invested-magnitude:P01',
      [
        [rows, '金额'],
        [csv, 'investment'],
      ],
      [step(',11200,', ',250000,')],
    ],
  ])('%s', (_, id, places, changes) => expectWarning(plausibleFolder(...changes), id, places));
});

describe('a project is not warned of', () => {
  it.each<[string, Change[]]>([
    ['an investment a hundred times the others', [project('2023,25000,,,,2021-2023年,25000', '2023,500000,,,,,')]],
    [
      'an investment that the row itself calls odd',
      [project('2023,25000,,,,2021-2023年,25000,,', '2023,25000000,,,,2021-2023年,25000000,,投资远大于其他各项')],
    ],
    [
      'parts that do not add up where the row says so',
      [project('2024,2000,,,P02,,,,', '2024,2700,,,P02,,,子项合计多700万元,')],
    ],
    [
      'an end five years after the plan',
      [project('一区,implementing,new,,2022,2024', '一区,implementing,new,,2022,2030')],
    ],
    ['a start five years before it', [project('一区,implementing,new,,2022,2024', '一区,implementing,new,,2016,2024')]],
    ['a printed number with another in brackets', []],
    ['a printed number in 亿元', [project('2021-2023年,25000', '2021-2023年,2.5亿元')]],
    [
      'another reading than the printed one',
      [project('2023,25000,,,,2021-2023年,25000,', '2023,24000,,,,2021-2023年,25000,扣除土地款')],
    ],
    ['a new end that is still to come', [step('2024-06', '2022-10')]],
    ['more than the total', [step(',11200,', ',30000,')]],
  ])('%s', async (_, changes) => expect(await warningsIn(plausibleFolder(...changes))).toEqual([]));
});
