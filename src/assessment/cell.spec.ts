import type { TargetEntry } from '../indicators/indicator.projection.js';
import { planState } from '../../test/support/examples/plans.js';
import { targetsOf } from '../indicators/targets-of.js';
import { assessmentInput, hasDemo, rulesIn, type Cell } from './cell.js';
import type { Finding, Measured } from './measured.js';
import { methodNumbered } from './method.js';
import type { CellTarget, Rule } from './rule-targets.js';

const [city, liandu] = ['331100', '331102'] as const;
const units = [...planState().units.values()];

const measured = (exact: string, different: Partial<Measured> = {}): Measured => ({
  ...{ shown: exact, exact, source: 'reported', approved: true, corrections: 0, comparable: true, demo: false },
  ...different,
});
const stale = (exact: string) => measured(exact, { comparable: false });
const absent = (because?: string): Finding => ({ absent: 'missing', because, demo: false });

const target = (period: string, value: string, different: Partial<CellTarget> = {}): CellTarget => ({
  ...{ unit: city, period, value, targetVersion: 1, definitionVersion: 1 },
  ...{ eventId: `target-${period}`, knownAt: '2021-07-01T00:00:00.000Z', demo: false },
  ...different,
});
const rule = (different: Partial<Rule> = {}): { readonly rule: Rule } => ({
  rule: { value: '60', shown: '60', inputs: [], comparable: true, demo: false, ...different },
});
const ofRule = (different: Partial<Rule> = {}) => target('2025', '=value("04")', rule(different));

type Judged = Omit<Cell, 'assessment'>;
const cell = (different: Partial<Judged> = {}): Judged => ({
  ...{ unit: city, base: measured('50'), value: measured('55'), targets: [target('2025', '60')] },
  ...different,
});
const row: Parameters<typeof assessmentInput>[0] = {
  ...{ kind: 'level', direction: 'higher', attribute: 'expected', trajectory: 'linear' },
  ...{ frequency: 'A', period: '2022', retiredFrom: undefined },
};
const input = (different: Partial<Judged> = {}, inRow: Partial<typeof row> = {}) =>
  assessmentInput({ ...row, ...inRow }, cell(different), '2020');

describe('the base of a judgement', () => {
  it('is the value at the end of the base period', () => {
    expect(input().base).toEqual({ value: '50', period: '2020' });
    expect(input({}, { frequency: 'Q' }).base).toEqual({ value: '50', period: '2020-Q4' });
  });

  it('is unknown if it was not measured', () => {
    expect(input({ base: absent() })).toMatchObject({ base: undefined, notRestated: undefined });
  });

  it('is 0 for a total, whatever the base year’s value is', () => {
    for (const base of [measured('50'), stale('50'), absent()]) {
      expect(input({ base }, { kind: 'cumulative' })).toMatchObject({
        ...{ base: { value: '0', period: '2020' }, notRestated: undefined },
      });
    }
  });

  it.each(['level', 'growth'] as const)('has to be restated after an incomparable redefinition (%s)', (kind) => {
    expect(input({ base: stale('50') }, { kind })).toMatchObject({ base: undefined, notRestated: 'base' });
    expect(input({}, { kind })).toMatchObject({ base: { value: '50' }, notRestated: undefined });
  });

  it('need not be restated for a hold, nor by the method of earlier snapshots', () => {
    expect(input({ base: stale('50') }, { kind: 'hold' }).notRestated).toBeUndefined();
    const before = assessmentInput(row, cell({ base: stale('50') }), '2020', methodNumbered(1));
    expect(before).toMatchObject({ base: undefined, notRestated: undefined });
  });
});

describe('the reason why nothing can be judged', () => {
  it('does not exist for a value that is measured and comparable', () => {
    expect(input()).toMatchObject({ value: '55', gap: undefined, targetLacking: false, notRestated: undefined });
  });

  it.each([
    ['2021', undefined],
    ['2022', 'not-applicable'],
    ['2023', 'not-applicable'],
  ])('is the retirement from 2022 on: %s', (period, gap) => {
    expect(input({}, { retiredFrom: '2022', period }).gap).toBe(gap);
    expect(input({ value: stale('55') }, { retiredFrom: '2022', period: '2023' }).gap).toBe('not-applicable');
  });

  it('is the value: incomparable, not applicable by the report, or not there', () => {
    expect(input({ value: stale('55') })).toMatchObject({ value: '55', gap: 'incomparable' });
    expect(input({ value: absent('not-applicable') })).toMatchObject({ value: undefined, gap: 'not-applicable' });
    expect(input({ value: absent('not-collected') })).toMatchObject({ value: undefined, gap: 'no-data' });
    expect(input({ value: absent() }).gap).toBe('no-data');
  });

  it('is a part of the sum that was measured under another definition', () => {
    const total = { cumulativeSum: '90', sumComparable: false } as const;
    expect(input(total, { kind: 'cumulative' })).toMatchObject({ cumulativeSum: '90', gap: 'incomparable' });
    expect(input({ ...total, value: absent() }, { kind: 'cumulative' }).gap).toBe('no-data');
    expect(input({ cumulativeSum: '90' }, { kind: 'cumulative' }).gap).toBeUndefined();
  });

  it('is a rule target without value, or with an incomparable one', () => {
    const lacking = ofRule({ value: undefined, lacking: [{ code: '04', name: '低保标准', period: '2022' }] });
    expect(input({ targets: [lacking] })).toMatchObject({ targetLacking: true, gap: undefined });
    expect(input({ targets: [ofRule({ comparable: false })] })).toMatchObject({
      ...{ targetLacking: false, gap: 'incomparable' },
    });
    expect(input({ targets: [ofRule({ comparable: false })], value: absent() }).gap).toBe('no-data');
    expect(input({ targets: [ofRule()] })).toMatchObject({
      gap: undefined,
      targets: [{ period: '2025', value: '60' }],
    });
  });

  it('is a target that was not restated, before a base that was not', () => {
    const targets = [target('2025', '60', { comparable: false })];
    for (const base of [measured('50'), stale('50')]) {
      expect(input({ targets, base })).toMatchObject({ targets: [], notRestated: 'target' });
    }
  });
});

describe('the targets of a judgement', () => {
  const interim = target('2022', '55');
  const final = target('2025', '60');

  it('are the numbers of all targets', () => {
    expect(input({ targets: [final, interim] }).targets).toEqual([
      { period: '2025', value: '60' },
      { period: '2022', value: '55' },
    ]);
  });

  it.each<[string, string, readonly CellTarget[], string | undefined]>([
    ['2021', 'the next one due', [target('2022', '55', { comparable: false }), final], 'target'],
    ['2022', 'the next one due', [target('2022', '55', { comparable: false }), final], 'target'],
    ['2023', 'one that was due before', [target('2022', '55', { comparable: false }), final], undefined],
    ['2021', 'the final one', [interim, target('2025', '60', { comparable: false })], 'target'],
    ['2021', 'one between', [interim, target('2023', '57', { comparable: false }), final], undefined],
    ['2026', 'the final one', [target('2025', '60', { comparable: false }), interim], 'target'],
    ['2021', 'the final one, listed first', [target('2025', '60', { comparable: false }), interim], 'target'],
  ])('cannot be used in %s if %s belongs to another definition', (period, _, targets, notRestated) => {
    expect(input({ targets }, { period }).notRestated).toBe(notRestated);
    const usable = targets
      .filter(({ comparable }) => comparable !== false)
      .map(({ period, value }) => ({ period, value }));
    expect(input({ targets }, { period }).targets).toEqual(usable);
  });

  it('do not suffer from a rule that was due before', () => {
    const past = target('2021', '=value("04")', rule({ value: undefined, comparable: false }));
    expect(input({ targets: [past, final] })).toMatchObject({ targetLacking: false, gap: undefined });
  });

  it('may be none', () => {
    expect(input({ targets: [] })).toMatchObject({ targets: [], targetLacking: false, notRestated: undefined });
  });
});

describe('a cell is demonstration data', () => {
  const demo = { demo: true };
  const hasDemoWith = (different: Partial<Judged>) => hasDemo(cell(different) as Cell);

  it('if base, value, any target or any figure of a rule is', () => {
    expect(hasDemoWith({ base: measured('50', demo) })).toBe(true);
    expect(hasDemoWith({ value: measured('55', demo) })).toBe(true);
    expect(hasDemoWith({ targets: [target('2022', '55'), target('2025', '60', demo)] })).toBe(true);
    expect(hasDemoWith({ targets: [target('2022', '55'), ofRule(demo)] })).toBe(true);
  });

  it('otherwise not', () => {
    expect(hasDemoWith({ targets: [target('2022', '55'), ofRule()] })).toBeFalsy();
    expect(hasDemoWith({ targets: [] })).toBeFalsy();
  });
});

describe('the targets that apply to a unit', () => {
  const entry = (unit: string, period: string, value: string): TargetEntry => target(period, value, { unit });
  const periods = (targets: readonly TargetEntry[], targetScope: 'all' | 'own', unit: string) =>
    targetsOf({ targets, targetScope }, units, unit).map(({ unit, period }) => `${unit} ${period}`);

  it('are its own, ordered by time', () => {
    const targets = [entry(city, '2025', '60'), entry(liandu, '2025', '70'), entry(city, '2022', '55')];
    for (const scope of ['all', 'own'] as const) {
      expect(periods(targets, scope, city)).toEqual([`${city} 2022`, `${city} 2025`]);
      expect(periods(targets, scope, liandu)).toEqual([`${liandu} 2025`]);
    }
  });

  it('are those of the unit above if it has none, unless every unit has its own', () => {
    const targets = [entry(city, '2025', '60')];
    expect(periods(targets, 'all', liandu)).toEqual([`${city} 2025`]);
    expect(periods(targets, 'own', liandu)).toEqual([]);
  });

  it('are none for a unit that the plan does not have', () => {
    expect(periods([entry(city, '2025', '60')], 'all', '339999')).toEqual([]);
  });

  it('are not those of a unit below or beside', () => {
    const targets = [entry(liandu, '2025', '70')];
    expect(periods(targets, 'all', city)).toEqual([]);
    expect(periods(targets, 'all', '331121')).toEqual([]);
  });
});

it('the rules among targets are listed once each', () => {
  const targets = [target('2022', '55'), target('2023', '=value("04")'), target('2025', '=value("04")')];
  expect(rulesIn([...targets, target('2025-S1', '=value("03")')])).toEqual(['=value("04")', '=value("03")']);
});
