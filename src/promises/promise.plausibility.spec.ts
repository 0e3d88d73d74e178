import { expectWarning, plausibleFolder, warningsIn, type Change } from '../../test/support/plausible-folder.js';

const csv = 'promises.csv';
const promise = (from: string, to: string): Change => [csv, from, to];

describe('a promise is warned of', () => {
  it.each<[string, string, Change]>([
    ['another value than the target', 'promise.unlike-target:T01', promise('=,58,%', '=,85,%')],
    [
      'another value than the target in a unit of another size',
      'promise.unlike-target:T01',
      promise('=,58,%', '=,58,‰'),
    ],
    ['a value that the target does not exceed', 'promise.unlike-target:T02', promise('>,99,个', '>,100,个')],
    ['another value than the last target', 'promise.unlike-target:T03', promise('13000,元/年', '1300,元/年')],
  ])('%s', (_, id, change) =>
    expectWarning(plausibleFolder(change), id, [
      [csv, 'value'],
      ['targets.csv', 'value'],
    ]),
  );

  it('a time for which its indicator has no target', () =>
    expectWarning(plausibleFolder(promise('01,,2025', '01,,2024')), 'promise.no-target:T01', [
      [csv, 'period'],
      ['targets.csv'],
    ]));
});

describe('a promise is not warned of', () => {
  it.each<[string, Change]>([
    ['a value in another unit of measure than its indicator', promise('=,58,%', '=,4,个')],
    ['the same value in a unit of another size', promise('=,58,%', '=,580,‰')],
    ['no value', promise('=,58,%', ',,')],
    ['the same value, written otherwise', promise('=,58,%', '=,58.0,%')],
  ])('%s', async (_, change) => expect(await warningsIn(plausibleFolder(change))).toEqual([]));
});
