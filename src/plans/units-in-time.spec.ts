import { parsePeriod } from '../kernel/period.js';
import {
  UnitChangeWithdrawn,
  UnitEnded,
  UnitMoved,
  UnitRenamed,
  UnitSplit,
  UnitsMerged,
} from './unit-change.events.js';
import {
  above,
  asEnrolled,
  correctedUnit,
  evolveUnits,
  firstChangeOf,
  firstPeriodOf,
  successorsOf,
  territoryChangeOf,
  unitOn,
  unitsAbove,
  unitsIn,
  type UnitInTime,
} from './units-in-time.js';

/** Founded in May 2021 under C, called 甲; 乙 from 2022; under D from July 2022; 丙 from 2023; ended with 2023. */
const unit: UnitInTime = {
  ...{ code: 'U', name: '丙', level: 'county', parent: 'D', from: '2021-05-01', until: '2024-01-01' },
  names: [
    { until: '2022-01-01', name: '甲' },
    { until: '2023-01-01', name: '乙' },
  ],
  parents: [{ until: '2022-07-01', parent: 'C' }],
};
const plainUnit = (code: string, parent?: string): UnitInTime => ({
  ...{ code, name: code, level: 'county' },
  ...(parent !== undefined && { parent }),
});

describe('a unit on a day', () => {
  it.each([
    ['2021-04-30', undefined],
    ['2021-05-01', '甲 C'],
    ['2021-12-31', '甲 C'],
    ['2022-01-01', '乙 C'],
    ['2022-06-30', '乙 C'],
    ['2022-07-01', '乙 D'],
    ['2023-01-01', '丙 D'],
    ['2023-12-31', '丙 D'],
    ['2024-01-01', undefined],
  ])('%s', (day, expected) => {
    const then = unitOn(unit, day);
    expect(then && `${then.name} ${then.parent}`).toBe(expected);
  });

  it('has nothing of what changes about it', () => {
    expect(unitOn(unit, '2022-01-01')).toEqual({
      ...{ code: 'U', name: '乙', level: 'county', parent: 'C', from: '2021-05-01' },
    });
    const moved: UnitInTime = { ...plainUnit('R', 'C'), parents: [{ until: '2022-01-01' }] };
    expect(unitOn(moved, '2021-12-31')).toEqual(plainUnit('R'));
    expect(unitOn(moved, '2022-01-01')).toEqual(plainUnit('R', 'C'));
  });

  it('is in the periods at whose end it exists', () => {
    const codes = (period: string, fiscalYear?: { firstMonth: number; namedAfter: 'start' | 'end' }) =>
      unitsIn({ units: [unit, plainUnit('C')], ...(fiscalYear && { fiscalYear }) }, parsePeriod(period)).map(
        ({ code }) => code,
      );
    expect(codes('2021-Q1')).toEqual(['C']);
    expect(codes('2021-Q2')).toEqual(['U', 'C']);
    expect(codes('2023')).toEqual(['U', 'C']);
    expect(codes('2024-01')).toEqual(['C']);
    expect(codes('FY2023', { firstMonth: 4, namedAfter: 'start' })).toEqual(['C']);
    expect(codes('FY2022', { firstMonth: 4, namedAfter: 'start' })).toEqual(['U', 'C']);
  });

  it.each([
    ['2020', '2021'],
    ['2021', '2021'],
    ['2022', '2022'],
    ['2020-Q4', '2021-Q2'],
    ['2021-Q1', '2021-Q2'],
    ['2021-04', '2021-05'],
    ['2020-S2', '2021-S1'],
  ])('exists first, from %s on, in %s', (from, first) => {
    expect(firstPeriodOf(unit, parsePeriod(from), {}).text).toBe(first);
    expect(firstPeriodOf(plainUnit('C'), parsePeriod(from), {}).text).toBe(from);
  });
});

describe('the units above one', () => {
  const units = [plainUnit('A'), plainUnit('B', 'A'), plainUnit('C', 'B'), plainUnit('X', 'Y'), plainUnit('Y', 'X')];

  it('are told nearest first, and end with the top or where they go round', () => {
    expect(above(units, 'C')).toEqual(['B', 'A']);
    expect(above(units, 'A')).toEqual([]);
    expect(above(units, 'Q')).toEqual([]);
    expect(above(units, 'X')).toEqual(['Y', 'X']);
  });

  it('are those of the day', () => {
    const all = [plainUnit('A'), plainUnit('C', 'A'), plainUnit('D', 'A'), unit];
    expect(unitsAbove({ units: all }, 'U', '2022-06-30')).toEqual(['C', 'A']);
    expect(unitsAbove({ units: all }, 'U', '2022-07-01')).toEqual(['D', 'A']);
    expect(unitsAbove({ units: all }, 'U', '2024-01-01')).toEqual([]);
  });
});

describe('what is known of a unit besides', () => {
  const on = '2024-01-01';
  const changes = [
    { on: '2021-05-01', from: ['V', 'W'], into: ['U'] },
    { on, from: ['U'], into: ['K', 'L'] },
  ];

  it('its successors, where it ended by a merger or a split', () => {
    expect(successorsOf({ territoryChanges: changes }, unit)).toEqual(['K', 'L']);
    expect(successorsOf({ territoryChanges: changes }, { ...unit, until: '2023-01-01' })).toEqual([]);
    expect(successorsOf({ territoryChanges: changes }, { ...unit, code: 'T' })).toEqual([]);
    expect(successorsOf({}, unit)).toEqual([]);
  });

  it('the change of territory of a day', () => {
    expect(territoryChangeOf({ territoryChanges: changes }, 'L', on)).toBe(changes[1]);
    expect(territoryChangeOf({ territoryChanges: changes }, 'V', '2021-05-01')).toBe(changes[0]);
    expect(territoryChangeOf({ territoryChanges: changes }, 'V', on)).toBeUndefined();
    expect(territoryChangeOf({}, 'U', on)).toBeUndefined();
  });

  it('what it was when it was enrolled, and the first day on which something changed', () => {
    expect(asEnrolled(unit)).toMatchObject({ name: '甲', parent: 'C' });
    expect(firstChangeOf(unit, { territoryChanges: changes })).toBe('2022-01-01');
    const { names: _, parents: __, until: ___, ...bare } = unit;
    expect(firstChangeOf(bare, { territoryChanges: changes })).toBe(on);
    expect(firstChangeOf(bare, { territoryChanges: changes.slice(0, 1) })).toBeUndefined();
    expect(firstChangeOf(bare, {})).toBeUndefined();
    expect(firstChangeOf({ ...bare, until: '2023-05-01' }, {})).toBe('2023-05-01');
    expect(firstChangeOf({ ...bare, parents: [{ until: '2021-06-01' }] }, {})).toBe('2021-06-01');
  });

  it('what was wrong about it at its first day, put right', () => {
    const right = { code: 'U', name: '正', level: 'town', parent: 'E', bureau: '某局' } as const;
    const corrected = correctedUnit(unit, right);
    expect(corrected).toEqual({
      ...{ code: 'U', name: '丙', level: 'town', bureau: '某局', parent: 'D', until: '2024-01-01' },
      names: [{ until: '2022-01-01', name: '正' }, unit.names![1]],
      parents: [{ until: '2022-07-01', parent: 'E' }],
    });
    expect(asEnrolled(corrected)).toEqual(right);
    expect(correctedUnit(plainUnit('U', 'C'), right)).toEqual(right);
    const { parent: _, ...top } = right;
    expect(correctedUnit(plainUnit('U', 'C'), top)).toEqual(top);
    expect(correctedUnit(unit, top).parents).toEqual([{ until: '2022-07-01' }]);
  });
});

describe('the units after an event', () => {
  const before = [plainUnit('A'), plainUnit('B', 'A'), plainUnit('C', 'A')];
  const after = (...events: readonly Parameters<typeof evolveUnits>[1][]) =>
    events.reduce<ReturnType<typeof evolveUnits>>((units, event) => evolveUnits(units, event), {
      units: before,
      territoryChanges: [],
    });
  const b = (changed: Partial<UnitInTime>) => [before[0], { ...before[1]!, ...changed }, before[2]];

  it('keep earlier names and parents; the same day stated again replaces what it stated', () => {
    const renamed = UnitRenamed.of({ code: 'B', name: 'B2', on: '2022-01-01' });
    const moved = UnitMoved.of({ code: 'B', parent: 'C', on: '2022-01-01' });
    const names = [{ until: '2022-01-01', name: 'B' }];
    const parents = [{ until: '2022-01-01', parent: 'A' }];
    expect(after(renamed).units).toEqual(b({ name: 'B2', names }));
    expect(after(renamed, UnitRenamed.of({ ...renamed.data, name: 'B3' })).units).toEqual(b({ name: 'B3', names }));
    expect(after(moved).units).toEqual(b({ parent: 'C', parents }));
    expect(after(moved, UnitMoved.of({ ...moved.data, parent: 'D' })).units).toEqual(b({ parent: 'D', parents }));
    expect(after(UnitMoved.of({ code: 'A', parent: 'X', on: '2022-01-01' })).units[0]).toEqual({
      ...plainUnit('A', 'X'),
      parents: [{ until: '2022-01-01' }],
    });
  });

  it('end what was merged, split or ended, and pass its territory, in the order of the days', () => {
    const merged = UnitsMerged.of({ units: ['B', 'C'], into: 'B', on: '2023-01-01' });
    expect(after(merged)).toEqual({
      units: [before[0], before[1], { ...before[2]!, until: '2023-01-01' }],
      territoryChanges: [{ on: '2023-01-01', from: ['B', 'C'], into: ['B'] }],
    });
    const split = UnitSplit.of({ code: 'B', into: ['D', 'E'], on: '2022-01-01' });
    expect(after(merged, split).territoryChanges.map(({ on }) => on)).toEqual(['2022-01-01', '2023-01-01']);
    expect(after(split).units).toEqual(b({ until: '2022-01-01' }));
    expect(after(UnitSplit.of({ ...split.data, into: ['B', 'E'] })).units).toEqual(before);
    const ended = UnitEnded.of({ code: 'B', on: '2022-01-01' });
    expect(after(ended)).toEqual({
      units: b({ until: '2022-01-01' }),
      territoryChanges: [{ on: '2022-01-01', from: ['B'], into: [] }],
    });
  });

  it('are as before where a change is withdrawn; one between two others lets the earlier state last', () => {
    const withdrawn = (change: 'name' | 'parent' | 'territory', on: string, code = 'B') =>
      UnitChangeWithdrawn.of({ code, on, change });
    const names = ['2021-01-01', '2022-01-01', '2023-01-01'].map((on, at) =>
      UnitRenamed.of({ code: 'B', name: `B${at}`, on }),
    );
    expect(after(...names, withdrawn('name', '2022-01-01'))).toEqual(after(names[0]!, names[2]!));
    expect(after(...names, withdrawn('name', '2023-01-01'))).toEqual(after(names[0]!, names[1]!));
    expect(after(...names, withdrawn('name', '2021-01-01'))).toEqual(after(names[1]!, names[2]!));
    expect(after(...names, withdrawn('name', '2020-01-01'))).toEqual(after(...names));
    expect(after(withdrawn('name', '2020-01-01')).units).toEqual(before);

    const moves = ['2021-01-01', '2022-01-01', '2023-01-01'].map((on, at) =>
      UnitMoved.of({ code: 'B', parent: `P${at}`, on }),
    );
    expect(after(...moves, withdrawn('parent', '2022-01-01'))).toEqual(after(moves[0]!, moves[2]!));
    expect(after(...moves, withdrawn('parent', '2023-01-01'))).toEqual(after(moves[0]!, moves[1]!));
    expect(after(...moves, withdrawn('parent', '2021-01-01'))).toEqual(after(moves[1]!, moves[2]!));
    expect(after(...moves, withdrawn('parent', '2020-01-01'))).toEqual(after(...moves));
    expect(after(withdrawn('parent', '2020-01-01')).units).toEqual(before);
    const up = UnitMoved.of({ code: 'A', parent: 'X', on: '2022-01-01' });
    expect(after(up, withdrawn('parent', '2022-01-01', 'A')).units).toEqual(before);

    const merged = UnitsMerged.of({ units: ['B', 'C'], into: 'B', on: '2023-01-01' });
    const ended = UnitEnded.of({ code: 'A', on: '2024-01-01' });
    expect(after(merged, ended, withdrawn('territory', '2023-01-01', 'C'))).toEqual(after(ended));
    expect(after(merged, ended, withdrawn('territory', '2024-01-01', 'A'))).toEqual(after(merged));
    expect(after(merged, withdrawn('territory', '2022-01-01'))).toEqual(after(merged));
  });
});
