import { findPeriod } from '../kernel/period.js';
import { areaOf, isOfPlan, judgedUnitOf, namedBy, periodOfPlan, unitOf, wayOut } from './lookup.js';

const units = [
  { code: '331100', name: '丽水市', level: 'city' },
  { code: '331121', name: '青田县', level: 'county', parent: '331100' },
  { code: '331127', name: '景宁畲族自治县', level: 'county', parent: '331100' },
  { code: '331126', name: '庆元县', level: 'county', parent: '331100' },
  { code: '330000', name: '浙江省', level: 'reference' },
] as const;
const plan = { units: [...units], areas: [{ code: 'A1', name: '幸福颐养标杆区' }] };

describe('a thing of the plan', () => {
  it('is found by its code', () => {
    expect(unitOf(plan, '331121')).toBe(units[1]);
    expect(judgedUnitOf(plan, '331121')).toBe(units[1]);
    expect(unitOf(plan, '330000')).toBe(units[4]);
    expect(areaOf(plan, 'A1').name).toBe('幸福颐养标杆区');
  });

  it('is unknown by any other, with the way out', () => {
    const named = { code: 'unit.unknown', message: '规划没有单位 青田：您是否指 331121（青田县）？' };
    expect(() => unitOf(plan, '青田')).toThrow(expect.objectContaining(named));
    expect(() => unitOf(plan, '33112')).toThrow(/请用代码，如 331100（丽水市）、331121（青田县）/);
    expect(() => areaOf(plan, '颐养')).toThrow(/您是否指 A1（幸福颐养标杆区）？/);
    expect(() => areaOf({ areas: [] }, 'A1')).toThrow(/尚未登记任何一个/);
    expect(() => judgedUnitOf(plan, '330000')).toThrow(expect.objectContaining({ code: 'unit.not-judged' }));
  });

  it.each([
    ['青田县', '331121'],
    ['青田', '331121'],
    [' 青田县 ', '331121'],
    ['丽水市青田县', undefined],
    ['浙江省青田县', undefined],
    ['缙云县', undefined],
    ['县', undefined],
    ['青', undefined],
    ['', undefined],
  ])('is meant by its name %j: %s', (text, code) => {
    expect(namedBy(units, text)?.code).toBe(code);
  });

  it('is not listed among too many', () => {
    const many = Array.from({ length: 40 }, (_, at) => ({ code: String(at), name: `乡${at}` }));
    expect(wayOut(many, 'x')).toMatch(/^请用代码，如 0（乡0）、.*、11（乡11） 等 40 个$/);
  });
});

describe('a period of the plan', () => {
  const years = { startYear: 2021, endYear: 2025, baseline: '2020' };

  it.each([
    ...['2021', '2025', '2022-Q3', '2025-12', '2020', '2020-01', '2020-S2'].map((text) => [text, true] as const),
    ...['2019', '2026', '2026-01', '2019-12'].map((text) => [text, false] as const),
  ])('%s: %s', (text, inside) => {
    expect(isOfPlan(years, findPeriod(text)!)).toBe(inside);
  });

  it.each([
    ['2020-12', true],
    ['2020-07', true],
    ['2020-06', false],
    ['2020', false],
  ])('with half a year for its base: %s: %s', (text, inside) => {
    expect(isOfPlan({ ...years, baseline: '2020-S2' }, findPeriod(text)!)).toBe(inside);
  });

  it('is refused where it is none, with the years to choose from', () => {
    expect(periodOfPlan(years, '2022-Q3')).toMatchObject({ text: '2022-Q3', frequency: 'Q' });
    const outside = {
      code: 'period.outside-plan',
      message: '期间 2031 在规划年度 2021–2025 和基期 2020 之外：请另选期间',
      problems: [expect.objectContaining({ field: 'fromPeriod' })],
    };
    expect(() => periodOfPlan(years, '2031', 'fromPeriod')).toThrow(expect.objectContaining(outside));
    expect(() => periodOfPlan(years, '2022-13')).toThrow(expect.objectContaining({ code: 'period.malformed' }));
  });
});
