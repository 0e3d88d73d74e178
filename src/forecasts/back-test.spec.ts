import { Decimal } from '../assessment/decimals.js';
import { backTest } from './back-test.js';

const seriesOf = (...values: number[]) =>
  values.map((value, index) => ({ at: new Decimal(2020 + index), value: new Decimal(value) }));

it('repeats each forecast as of each earlier value', () => {
  // As of 2021 the last pace 2 gives 54 and 56; as of 2022 the last pace 3 gives 58. Scales: 2, and (2 + 3) / 2.
  expect(backTest([seriesOf(50, 52, 55, 57)])).toEqual([
    {
      method: 'last-pace',
      horizon: 1,
      count: 2,
      // −1 / 2 and 1 / 2.5.
      scaledError: '0.45',
      scaledBias: '-0.05',
      isFew: true,
    },
    { method: 'last-pace', horizon: 2, count: 1, scaledError: '0.5', scaledBias: '-0.5', isFew: true },
  ]);
});

it('finds no error on a line, covers all of it, and names what rests on few outcomes', () => {
  const found = backTest([seriesOf(...Array.from({ length: 14 }, (_, index) => 50 + 2 * index))]);
  for (const { method, horizon, scaledError, coverage, count, isFew } of found) {
    if (method === 'geometric') continue;
    expect({ method, horizon, scaledError }).toEqual({ method, horizon, scaledError: '0' });
    if (coverage) expect(coverage.share).toBe('100');
    expect(isFew ?? false).toBe(count < 10);
  }
  // The last pace from two values on, least squares from four, the robust method from five.
  const counted = (method: string) => found.find((each) => each.method === method && each.horizon === 1)!.count;
  expect(['last-pace', 'linear', 'robust'].map(counted)).toEqual([12, 10, 9]);
});

it('has no scaled error where nothing changed', () => {
  expect(backTest([seriesOf(50, 50, 52)])).toEqual([{ method: 'last-pace', horizon: 1, count: 1, isFew: true }]);
});

it('is empty without two values', () => {
  expect(backTest([seriesOf(50), []])).toEqual([]);
});
