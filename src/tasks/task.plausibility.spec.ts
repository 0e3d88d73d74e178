import { expectWarning, plausibleFolder, warningsIn } from '../../test/support/plausible-folder.js';

const due = (period: string) => plausibleFolder(['tasks.csv', '990000,2022,', `990000,${period},`]);

it.each([
  ['2020', 'startYear'],
  ['2052', 'endYear'],
])('a task that is due in %s, outside the plan, is warned of', (period, field) =>
  expectWarning(due(period), 'task.due-outside-plan:D01', [
    ['tasks.csv', 'due'],
    ['plan.yaml', field],
  ]),
);

it.each(['2021', '2025-12', ''])('a task that is due in “%s” is not', async (period) =>
  expect(await warningsIn(due(period))).toEqual([]),
);
