import { findPeriod } from '../kernel/period.js';
import { UnitEnded, UnitMoved, UnitSplit, UnitsMerged } from '../plans/unit-change.events.js';
import { evolveUnits, type Units } from '../plans/units-in-time.js';
import { Territory, type Makeup } from './territory.js';

const [base, later] = [findPeriod('2020')!, findPeriod('2025')!];
const on = '2022-07-01';
const county = (code: string, parent: string, from?: string) => ({
  ...{ code, name: code, level: 'county' as const, parent },
  ...(from && { from }),
});
/** Cities X and Y with the counties a, c and b, d. Z lends figures to X for comparison; n and m begin in 2022. */
const plan: Units = {
  units: [
    { code: 'P', name: 'P', level: 'province' },
    { code: 'X', name: 'X', level: 'city', parent: 'P' },
    { code: 'Y', name: 'Y', level: 'city', parent: 'P' },
    ...[county('a', 'X'), county('c', 'X'), county('b', 'Y'), county('d', 'Y')],
    { code: 'Z', name: 'Z', level: 'reference', parent: 'X' },
    ...[county('n', 'X', on), county('m', 'X', on)],
  ],
};
const after = (...events: Parameters<typeof evolveUnits>[1][]) =>
  new Territory(events.reduce<Units>((units, event) => evolveUnits(units, event), plan));
const own = (unit: string): Makeup => ({ kind: 'own', unit });
const parts = (unit: string, ...codes: string[]): Makeup => ({ kind: 'parts', unit, parts: codes.map(own) });

describe('a city is made up of', () => {
  it('itself, where counties were founded, merged or split within it', () => {
    expect(after().makeup('X', base, later)).toEqual(own('X'));
    expect(after(UnitsMerged.of({ units: ['a', 'c'], into: 'n', on })).makeup('X', base, later)).toEqual(own('X'));
    expect(after(UnitSplit.of({ code: 'a', into: ['n', 'm'], on })).makeup('X', base, later)).toEqual(own('X'));
  });

  it('the counties that it has now, where one came or went; not of founded ones, nor of those for comparison', () => {
    const moved = after(UnitMoved.of({ code: 'a', parent: 'Y', on }));
    expect(moved.makeup('X', base, later)).toEqual(parts('X', 'c'));
    expect(moved.makeup('Y', base, later)).toEqual(parts('Y', 'a', 'b', 'd'));
    expect(moved.makeup('P', base, later)).toEqual(own('P'));
    expect(moved.makeup('a', base, later)).toEqual(own('a'));
  });

  it('the counties that are left, where one ended without a successor', () => {
    const ended = after(UnitEnded.of({ code: 'a', on }));
    expect(ended.makeup('X', base, later)).toEqual(parts('X', 'c'));
    expect(ended.makeup('Y', base, later)).toEqual(own('Y'));
  });

  it('the parts of its parts, where a county was merged with one of another city', () => {
    const merged = after(UnitsMerged.of({ units: ['a', 'b'], into: 'a', on }));
    expect(merged.makeup('X', base, later)).toEqual({
      kind: 'parts',
      unit: 'X',
      parts: [parts('a', 'a', 'b'), own('c')],
    });
    expect(merged.makeup('Y', base, later)).toEqual(parts('Y', 'd'));
  });
});

describe('a county is made up of', () => {
  it('those that were merged into it, on the day and not before', () => {
    const merged = after(UnitsMerged.of({ units: ['a', 'c'], into: 'n', on }));
    expect(merged.makeup('n', base, later)).toEqual(parts('n', 'a', 'c'));
    expect(merged.makeup('n', findPeriod('2022')!, later)).toEqual(own('n'));
    expect([merged.differs(base, later), merged.differs(findPeriod('2022')!, later)]).toEqual([true, false]);
  });

  it('nothing that is known, if it came out of a split or was founded of nothing', () => {
    const split = after(UnitSplit.of({ code: 'a', into: ['a', 'n'], on }));
    for (const code of ['a', 'n', 'm']) {
      expect(split.makeup(code, base, later)).toEqual({ kind: 'unknown', unit: code });
    }
  });
});
