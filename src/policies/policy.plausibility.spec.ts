import { expectWarning, plausibleFolder, warningsIn } from '../../test/support/plausible-folder.js';

const csv = 'policies.csv';
const planned = (from: string, to: string, printed: string) =>
  plausibleFolder([csv, '2022,2024,1,2022-2024年', `${from},${to},1,${printed}`]);

it.each([
  ['from', '2020', '2024', 'startYear'],
  ['to', '2022', '2042', 'endYear'],
])('a policy is warned of a planned time outside the plan: %s', (field, from, to, other) =>
  expectWarning(planned(from, to, ''), `policy.outside-plan:R01/${field}`, [
    [csv, field],
    ['plan.yaml', other],
  ]),
);

it('a policy is warned of a time that is not the printed one', () =>
  expectWarning(planned('2022', '2023', '2022-2024年'), 'policy.unlike-printed:R01/to', [
    [csv, 'to'],
    [csv, 'printedDate'],
  ]));

it.each([
  ['2021', '2025', ''],
  ['2022-S1', '2024', '2022年上半年至2024年'],
  ['', '', '2022年'],
])('a policy is not warned of %s–%s, printed as %s', async (from, to, printed) =>
  expect(await warningsIn(planned(from, to, printed))).toEqual([]),
);
