import type { Engine } from '../../src/engine.js';
import type { Overview } from '../../src/overview/overview.js';
import { islandAt, islandEngine, namesOf, type Moment } from '../support/island-republic.js';
import { cellOf, expectIndex, expectUnit, limit, partsOf, reach, shownOf, ten } from '../support/judged.js';

/**
 * A national plan of fiscal years from April, loaded from `test/plans/island-republic` (as printed) and
 * `test/plans/island-republic-figures` (what happened since): two provinces are merged on 2023-10-01, in FY2023, one is
 * renamed in FY2024, figures of FY2023 are corrected in January 2025. Every expected number was computed by hand with the
 * default rules, from the rows of the folder; the expressions say how.
 */
let engine: Engine;
beforeAll(async () => void (engine = await islandEngine()));
afterAll(() => engine.close());

const at = (moment: Moment) => islandAt(engine, moment);

describe('FY2022 as known in July 2023, after 24 of 60 months', () => {
  let year: Overview;
  beforeAll(async () => void (year = await at('annual-2022')));

  it('is of five provinces, in fiscal years and USD million', () => {
    expect(namesOf(year)).toEqual([
      ...['IS 示例岛国', 'IS-N 示例北省', 'IS-W 示例西省', 'IS-C 示例中省', 'IS-E 示例东省', 'IS-S 示例南省'],
    ]);
    expect(year.plan).toMatchObject({ fiscalYear: { firstMonth: 4 }, baseline: 'FY2020', money: { unit: '百万美元' } });
    expect(year.indicators.find(({ code }) => code === 'UNE')!.period).toBe('FY2022-Q4');
    expect(year.demo).toBe(true);
  });

  it('the nation', () => {
    expectUnit(year, 'IS', {
      // Above the range 5–6 by 1 − 6 ÷ 6.2 = 3.2 % of its end: nearly met.
      GDP: { shown: '6.2', status: 'roughly', score: ten((6 / 6.2) * 100), outcome: 'needs-effort' },
      // More than 7 is asked: 7 misses it by 0 %.
      REN: limit('7', 'roughly', 7 / 7, 'needs-effort'),
      UNE: limit('5.6', 'roughly', 5.5 / 5.6, 'needs-effort'),
      // 116 + 90 + 140 + 70 + 48; Δ = 32 − 40 = −8. Needed 136 / 3 a year, observed 64 / 2: 1.42 times.
      SEA: reach('464.0', 'roughly', [464 / 600, (464 - 400) / (600 - 400), 24 / 60], 'needs-effort'),
      // 250 / 400; due 60 + 4 · 2/3 by the milestone 64 of FY2023. Δ = 25 − 26.7. Needed 7.5 / 3, observed 2.5 / 2.
      LAB: reach('62.5', 'as-expected', [62.5 / 70, 2.5 / 10, (4 * (2 / 3)) / 10], 'hardly-reachable'),
      // 124 + 70 + 46 + 62 + 58; Δ = 60 − 40.
      CRW: reach('360', 'ahead', [360 / 400, (360 - 300) / (400 - 300), 24 / 60], 'reachable'),
      // 180 in FY2021 and 210 in FY2022. Needed 610 / 3 a year, observed 390 / 2.
      HOU: reach('210', 'as-expected', [390 / 1000, 390 / 1000, 24 / 60], 'needs-effort'),
      // 20 % of 200 are 40.
      EDU: limit('39.0', 'roughly', (10 + 9 + 12 + 6 + 2) / (0.2 * (50 + 40 + 60 + 30 + 20)), 'needs-effort'),
      // The base is 28.8 / 160 = 18 %; Δ = 37.5 − 40.
      EDS: reach('19.5', 'roughly', [19.5 / 22, (19.5 - 18) / (22 - 18), 24 / 60], 'needs-effort'),
      DOC: limit('2.9', 'roughly', 2.9 / 3, 'needs-effort'),
    });
    expect(cellOf(year, 'GDP').assessment.range).toEqual({ lower: '5', upper: '6', outside: '0.2' });
    expect(cellOf(year, 'HOU').cumulativeSum).toBe('390');
    const whole = 2 * (600 / 6.2) + 100 + 550 / 5.6 + 2 * 92 + 2 * 97.5 + 100 + 99 + 97.5 + 97.5 + 3 * (290 / 3);
    expectIndex(year, 'IS', whole / 15);
  });

  it('the parts of breakdowns are added up, and no share is given of a ratio', () => {
    expect(partsOf(cellOf(year, 'LAB'))).toEqual([
      ['f', '56.0', `${27 + 22 + 42 + 15 + 6}/${50 + 40 + 70 + 30 + 10}`],
      ['m', '69.0', `${34 + 29 + 45 + 23 + 7}/${50 + 40 + 70 + 30 + 10}`],
    ]);
    expect(partsOf(cellOf(year, 'CRW'))).toEqual([
      ['a15', `${40 + 25 + 12 + 26 + 20}`, ten((123 / 360) * 100)],
      ['a35', `${60 + 33 + 22 + 25 + 27}`, ten((167 / 360) * 100)],
      ['a60', `${24 + 12 + 12 + 11 + 11}`, ten((70 / 360) * 100)],
    ]);
  });

  it('the provinces; GDP, REN, UNE and EDS have targets of the nation only', () => {
    expectUnit(year, 'IS-N', {
      SEA: reach('116', 'roughly', [116 / 150, 16 / 50, 2 / 5]),
      // From its own base 58 to the nation's milestone 64.
      LAB: reach('61.0', 'roughly', [61 / 70, 3 / 12, (6 * (2 / 3)) / 12]),
      CRW: reach('124', 'as-expected', [124 / 160, 24 / 60, 2 / 5]),
      HOU: reach('60', 'as-expected', [(40 + 60) / 250, 100 / 250, 2 / 5]),
      EDU: limit('10', 'as-expected', 10 / (0.2 * 50)),
      DOC: limit('3.1', 'as-expected', 3.1 / 3),
    });
    expectIndex(year, 'IS-N', (2 * 92 + 2 * 90 + 100 + 100 + 100 + 3 * 100) / 10);
    expectUnit(year, 'IS-W', {
      SEA: reach('90', 'behind', [90 / 120, 10 / 40, 2 / 5]),
      LAB: reach('63.8', 'as-expected', [63.75 / 70, 1.25 / 7.5, (1.5 * (2 / 3)) / 7.5]),
      CRW: reach('70', 'behind', [70 / 100, 10 / 40, 2 / 5]),
      HOU: reach('40', 'as-expected', [(40 + 40) / 200, 80 / 200, 2 / 5]),
      EDU: limit('9', 'as-expected', 9 / (0.2 * 40)),
      DOC: limit('3.0', 'as-expected', 3 / 3),
    });
    expectIndex(year, 'IS-W', (2 * 85 + 2 * 100 + 85 + 100 + 100 + 3 * 100) / 10);
    expectUnit(year, 'IS-C', {
      SEA: reach('140', 'as-expected', [140 / 170, 20 / 50, 2 / 5]),
      LAB: reach('62.1', 'roughly', [(87 / 140) * (100 / 70), 300 / 140 / 10, (4 * (2 / 3)) / 10]),
      CRW: reach('46', 'roughly', [46 / 60, 6 / 20, 2 / 5]),
      HOU: reach('50', 'as-expected', [(50 + 50) / 250, 100 / 250, 2 / 5]),
      EDU: limit('12', 'as-expected', 12 / (0.2 * 60)),
      DOC: limit('3.2', 'as-expected', 3.2 / 3),
    });
    // LAB: 60 + 40 · (3/14) / (4/15).
    expectIndex(year, 'IS-C', (2 * 100 + 2 * (60 + 450 / 14) + 90 + 100 + 100 + 3 * 100) / 10);
  });

  it('a binding floor that is missed vetoes the index of its province', () => {
    expectUnit(year, 'IS-E', {
      SEA: reach('70', 'roughly', [70 / 90, 10 / 30, 2 / 5]),
      LAB: reach('63.3', 'ahead', [(38 / 60) * (100 / 70), 200 / 60 / 10, (4 * (2 / 3)) / 10]),
      CRW: reach('62', 'ahead', [62 / 75, 12 / 25, 2 / 5]),
      HOU: reach('40', 'as-expected', [(20 + 40) / 150, 60 / 150, 2 / 5]),
      EDU: limit('6', 'as-expected', 6 / (0.2 * 30)),
      // Missed by a third.
      DOC: limit('2.0', 'severely-behind', 2 / 3),
    });
    expectIndex(year, 'IS-E', (2 * (60 + 100 / 3) + 2 * 100 + 100 + 100 + 100 + 3 * (200 / 3)) / 10, 100, ['DOC']);
    expectUnit(year, 'IS-S', {
      SEA: reach('48', 'behind', [48 / 70, 8 / 30, 2 / 5]),
      LAB: reach('65.0', 'ahead', [65 / 70, 5 / 10, (4 * (2 / 3)) / 10]),
      CRW: reach('58', 'roughly', [58 / 75, 8 / 25, 2 / 5]),
      HOU: reach('20', 'roughly', [(30 + 20) / 150, 50 / 150, 2 / 5]),
      EDU: limit('2', 'severely-behind', 2 / (0.2 * 20)),
      // Missed by a fifth.
      DOC: limit('2.4', 'behind', 2.4 / 3),
    });
    const rest = 2 * (60 + 80 / 3) + 2 * 100 + 92 + (60 + 100 / 3) + 50;
    expectIndex(year, 'IS-S', (rest + 3 * 80) / 10, 100, ['DOC']);
  });

  it('the rest of the plan, up to 2023-03-31', () => {
    const { until, projects, policies, tasks, promises } = year.programme;
    expect(until).toBe('2023-03-31');
    // From 2021-07-01: 184 + 365 + 90 days of 184 + 365 + 365 + 366 + 90.
    expect(projects.list).toMatchObject([{ id: 'P1', percent: '45', investmentRate: '50', status: 'as-expected' }]);
    expect(ten(projects.list[0]!.scheduled)).toBe(ten((639 / 1370) * 100));
    expect(policies.list.map(({ timeliness }) => timeliness)).toEqual(['overdue']);
    expect(tasks.list).toMatchObject([{ standing: 'assigned', overdue: false }]);
    expect(promises.list.map(({ id, state }) => `${id} ${state}`)).toEqual(['K1 on-track', 'K2 open']);
  });
});

describe('FY2023 as first reported, after the merger of 2023-10-01', () => {
  let year: Overview;
  beforeAll(async () => void (year = await at('midterm-2023')));

  it('is of four provinces', () => {
    expect(namesOf(year)).toEqual([
      ...['IS 示例岛国', 'IS-N 示例北省', 'IS-W 示例西省', 'IS-C 示例中省', 'IS-SE 示例东南省'],
    ]);
  });

  it('the nation', () => {
    expectUnit(year, 'IS', {
      GDP: { shown: '5.5', status: 'as-expected', score: 100, outcome: 'reachable' },
      REN: limit('7.1', 'as-expected', 7.1 / 7, 'reachable'),
      // Less than 5.5 is asked.
      UNE: limit('5.5', 'roughly', 5.5 / 5.5, 'needs-effort'),
      // 130 + 100 + 150 + 128; Δ = 54 − 60. Needed 92 / 2, observed 108 / 3.
      SEA: reach('508.0', 'roughly', [508 / 600, 108 / 200, 3 / 5], 'needs-effort'),
      // 258 / 400; Δ = 45 − 40. Needed 5.5 / 2, observed 4.5 / 3.
      LAB: reach('64.5', 'ahead', [64.5 / 70, 4.5 / 10, 4 / 10], 'hardly-reachable'),
      // 139 + 84 + 132: without IS-C, to which it does not apply any more; Δ = 55 − 60.
      CRW: reach('355', 'roughly', [355 / 400, 55 / 100, 3 / 5], 'needs-effort'),
      HOU: reach('200', 'as-expected', [(180 + 210 + 200) / 1000, 590 / 1000, 3 / 5], 'needs-effort'),
      EDU: limit('44.0', 'as-expected', (12 + 9 + 12 + 11) / (0.2 * (55 + 45 + 60 + 60)), 'reachable'),
      // Needed 2 / 2 a year, observed 2 / 3: exactly 1.5 times.
      EDS: reach('20.0', 'roughly', [20 / 22, 2 / 4, 3 / 5], 'needs-effort'),
      DOC: limit('3.0', 'as-expected', 3 / 3, 'reachable'),
    });
    expect(cellOf(year, 'LAB').assessment.interim).toMatchObject({ period: 'FY2023', target: '64', met: true });
    const [crw, hou, eds] = [60 + (40 * 55) / 60, 60 + (40 * 59) / 60, 60 + (40 * 50) / 60];
    expectIndex(year, 'IS', (2 * 100 + 100 + 100 + 2 * 96 + 2 * 100 + crw + hou + 100 + eds + 3 * 100) / 15);
  });

  it('the parts of breakdowns are those of the four provinces', () => {
    expect(partsOf(cellOf(year, 'LAB'))).toEqual([
      ['f', '59.0', `${30 + 23 + 45 + 20}/${50 + 40 + 70 + 40}`],
      ['m', '70.0', `${35 + 29 + 46 + 30}/${50 + 40 + 70 + 40}`],
    ]);
    expect(partsOf(cellOf(year, 'CRW'))).toEqual([
      ['a15', `${46 + 30 + 52}`, ten((128 / 355) * 100)],
      ['a35', `${67 + 40 + 56}`, ten((163 / 355) * 100)],
      ['a60', `${26 + 14 + 24}`, ten((64 / 355) * 100)],
    ]);
  });

  it('the merged province is judged from what its parts were', () => {
    expectUnit(year, 'IS-SE', {
      // 60 + 40 → 160.
      SEA: reach('128', 'behind', [128 / 160, (128 - 100) / (160 - 100), 3 / 5]),
      // (36 + 12) / (60 + 20) = 60 % → 70 %.
      LAB: reach('62.5', 'behind', [62.5 / 70, 2.5 / 10, 4 / 10]),
      CRW: reach('132', 'as-expected', [132 / 150, (132 - 100) / (150 - 100), 3 / 5]),
      // (20 + 30) + (40 + 20) + 70.
      HOU: reach('70', 'as-expected', [180 / 300, 180 / 300, 3 / 5]),
      EDU: limit('11', 'behind', 11 / (0.2 * 60)),
      DOC: limit('2.9', 'roughly', 2.9 / 3),
    });
    const { base } = cellOf(year, 'LAB', 'IS-SE');
    expect(base).toMatchObject({
      components: { numerator: `${14 + 22 + 5 + 7}`, denominator: '80' },
      breakdowns: [{ parts: [{ shown: '47.5' }, { shown: '72.5' }] }], // (14 + 5) / 40, (22 + 7) / 40
    });
    const sea = 60 + (40 * (28 / 60)) / (3 / 5);
    expectIndex(year, 'IS-SE', (2 * sea + 2 * 85 + 100 + 100 + 1100 / 12 + 3 * (290 / 3)) / 10);
  });

  it('the other provinces; one figure that is missing lowers the coverage', () => {
    expectUnit(year, 'IS-N', {
      SEA: reach('130', 'as-expected', [130 / 150, 30 / 50, 3 / 5]),
      LAB: reach('65.0', 'ahead', [65 / 70, 7 / 12, 6 / 12]),
      CRW: reach('139', 'ahead', [139 / 160, 39 / 60, 3 / 5]),
      HOU: reach('50', 'as-expected', [(40 + 60 + 50) / 250, 150 / 250, 3 / 5]),
      EDU: limit('12', 'as-expected', 12 / (0.2 * 55)),
      DOC: limit('3.2', 'as-expected', 3.2 / 3),
    });
    expectIndex(year, 'IS-N', 100);
    expectUnit(year, 'IS-W', {
      SEA: reach('100', 'roughly', [100 / 120, 20 / 40, 3 / 5]),
      LAB: reach('65.0', 'ahead', [65 / 70, 2.5 / 7.5, 1.5 / 7.5]),
      CRW: reach('84', 'as-expected', [84 / 100, 24 / 40, 3 / 5]),
      HOU: reach('50', 'ahead', [(40 + 40 + 50) / 200, 130 / 200, 3 / 5]),
      EDU: limit('9', 'as-expected', 9 / (0.2 * 45)),
      DOC: limit('3.0', 'as-expected', 3 / 3),
    });
    expectIndex(year, 'IS-W', (2 * (60 + (40 * 50) / 60) + 8 * 100) / 10);
    expectUnit(year, 'IS-C', {
      SEA: reach('150', 'as-expected', [150 / 170, 30 / 50, 3 / 5]),
      LAB: reach('65.0', 'ahead', [65 / 70, 5 / 10, 4 / 10]),
      HOU: reach('30', 'roughly', [(50 + 50 + 30) / 250, 130 / 250, 3 / 5]),
      EDU: limit('12', 'as-expected', 12 / (0.2 * 60)),
      DOC: { shown: 'under-verification', status: 'no-data' },
    });
    expect(shownOf(cellOf(year, 'CRW', 'IS-C').value)).toBe('not-applicable');
    // Of the weights 2 + 2 + 1 + 1 + 3, that of DOC has no score.
    expectIndex(year, 'IS-C', (2 * 100 + 2 * 100 + (60 + (40 * 52) / 60) + 100) / 6, (6 / 9) * 100);
  });

  it('the rest of the plan, up to 2024-03-31', () => {
    const { projects, policies, tasks, promises } = year.programme;
    // Δ = 70 − 73.4.
    expect(projects.list).toMatchObject([{ percent: '70', investmentRate: '75', status: 'roughly' }]);
    expect(ten(projects.list[0]!.scheduled)).toBe(ten(((639 + 366) / 1370) * 100));
    expect(policies.list).toMatchObject([{ issuedOn: '2023-05-10', timeliness: 'late' }]);
    expect(tasks.list).toMatchObject([{ standing: 'completed', on: '2023-09-15', overdue: false }]);
    expect(promises.list.map(({ id, state }) => `${id} ${state}`)).toEqual(['K1 kept', 'K2 kept']);
  });
});

describe('FY2023 after the corrections of January 2025', () => {
  let year: Overview;
  beforeAll(async () => void (year = await at('corrected-2023')));

  it('the merged province: SEA 134 instead of 128, LAB 52 of 80 instead of 50', () => {
    expectUnit(year, 'IS-SE', {
      SEA: reach('134', 'roughly', [134 / 160, (134 - 100) / (160 - 100), 3 / 5]),
      LAB: reach('65.0', 'ahead', [65 / 70, 5 / 10, 4 / 10]),
      CRW: reach('132', 'as-expected', [132 / 150, (132 - 100) / (150 - 100), 3 / 5]),
      HOU: reach('70', 'as-expected', [180 / 300, 180 / 300, 3 / 5]),
      EDU: limit('11', 'behind', 11 / (0.2 * 60)),
      DOC: limit('2.9', 'roughly', 2.9 / 3),
    });
    const sea = 60 + (40 * (34 / 60)) / (3 / 5);
    expectIndex(year, 'IS-SE', (2 * sea + 2 * 100 + 100 + 100 + 1100 / 12 + 3 * (290 / 3)) / 10);
  });

  it('the nation, with the parts of the correction', () => {
    expectUnit(year, 'IS', {
      GDP: { shown: '5.5', status: 'as-expected', score: 100, outcome: 'reachable' },
      REN: limit('7.1', 'as-expected', 7.1 / 7, 'reachable'),
      UNE: limit('5.5', 'roughly', 5.5 / 5.5, 'needs-effort'),
      // Needed 86 / 2, observed 114 / 3.
      SEA: reach('514.0', 'roughly', [514 / 600, (508 - 128 + 134 - 400) / 200, 3 / 5], 'needs-effort'),
      // 260 / 400. Needed 5 / 2 a year, observed 5 / 3: exactly 1.5 times.
      LAB: reach('65.0', 'ahead', [65 / 70, 5 / 10, 4 / 10], 'needs-effort'),
      CRW: reach('355', 'roughly', [355 / 400, 55 / 100, 3 / 5], 'needs-effort'),
      HOU: reach('200', 'as-expected', [590 / 1000, 590 / 1000, 3 / 5], 'needs-effort'),
      EDU: limit('44.0', 'as-expected', 44 / (0.2 * 220), 'reachable'),
      EDS: reach('20.0', 'roughly', [20 / 22, 2 / 4, 3 / 5], 'needs-effort'),
      DOC: limit('3.0', 'as-expected', 3 / 3, 'reachable'),
    });
    expect(partsOf(cellOf(year, 'LAB'))).toEqual([
      ['f', '60.0', `${30 + 23 + 45 + 22}/200`],
      ['m', '70.0', `${35 + 29 + 46 + 30}/200`],
    ]);
    expect(cellOf(year, 'LAB').value).toMatchObject({ corrections: 1 });
    const [crw, hou, eds] = [60 + (40 * 55) / 60, 60 + (40 * 59) / 60, 60 + (40 * 50) / 60];
    expectIndex(year, 'IS', (2 * 100 + 100 + 100 + 2 * 98 + 2 * 100 + crw + hou + 100 + eds + 3 * 100) / 15);
  });

  it('a late report completes IS-C, and vetoes its index', () => {
    // 2.8 misses 3.0 by 6.7 %.
    expect(cellOf(year, 'DOC', 'IS-C').assessment).toMatchObject({ status: 'behind', light: 'red' });
    const rest = 2 * 100 + 2 * 100 + (60 + (40 * 52) / 60) + 100;
    expectIndex(year, 'IS-C', (rest + 3 * (280 / 3)) / 9, 100, ['DOC']);
    expectIndex(year, 'IS-N', 100);
    expectIndex(year, 'IS-W', (2 * (60 + (40 * 50) / 60) + 8 * 100) / 10);
  });
});

describe('FY2025, the end of the plan', () => {
  let year: Overview;
  beforeAll(async () => void (year = await at('final-2025')));

  it('the nation', () => {
    expectUnit(year, 'IS', {
      GDP: { shown: '6.2', status: 'roughly', score: ten((6 / 6.2) * 100), outcome: 'basically-completed' },
      REN: limit('7.5', 'completed', 7.5 / 7, 'completed'),
      UNE: limit('5.4', 'completed', 5.5 / 5.4, 'completed'),
      SEA: reach('605.0', 'completed', [(150 + 125 + 165 + 165) / 600, 205 / 200, 1], 'completed'),
      LAB: reach('70.5', 'completed', [(72 + 56 + 98 + 56) / 4 / 70, 10.5 / 10, 1], 'completed'),
      CRW: reach('408', 'completed', [(160 + 98 + 150) / 400, 108 / 100, 1], 'completed'),
      // FY2024 adds 200 to the 590, FY2025 210.
      HOU: reach('210', 'completed', [(590 + 200 + 210) / 1000, 1, 1], 'completed'),
      EDU: limit('55.0', 'completed', (13 + 10 + 14 + 18) / (0.2 * (60 + 50 + 70 + 70)), 'completed'),
      EDS: reach('22.0', 'completed', [((55 / 250) * 100) / 22, 1, 1], 'completed'),
      DOC: limit('3.1', 'completed', 3.1 / 3, 'completed'),
    });
    expectIndex(year, 'IS', (2 * (600 / 6.2) + 13 * 100) / 15);
    expect(partsOf(cellOf(year, 'LAB'))).toEqual([
      ['f', '66.5', `${34 + 26 + 48 + 25}/200`],
      ['m', '74.5', `${38 + 30 + 50 + 31}/200`],
    ]);
  });

  it('the provinces', () => {
    expectUnit(year, 'IS-N', {
      SEA: reach('150', 'completed', [1, 1, 1], 'completed'),
      LAB: reach('72.0', 'completed', [72 / 70, 14 / 12, 1], 'completed'),
      CRW: reach('160', 'completed', [1, 1, 1], 'completed'),
      HOU: reach('50', 'completed', [(40 + 60 + 50 + 50 + 50) / 250, 1, 1], 'completed'),
      EDU: limit('13', 'completed', 13 / (0.2 * 60), 'completed'),
      DOC: limit('3.2', 'completed', 3.2 / 3, 'completed'),
    });
    expectIndex(year, 'IS-N', 100);
    expectUnit(year, 'IS-W', {
      SEA: reach('125', 'completed', [125 / 120, 45 / 40, 1], 'completed'),
      LAB: reach('70.0', 'completed', [1, 7.5 / 7.5, 1], 'completed'),
      // 38 of 40 are the 95 % of a target that is basically met.
      CRW: reach('98', 'roughly', [98 / 100, 38 / 40, 1], 'basically-completed'),
      HOU: reach('40', 'completed', [(40 + 40 + 50 + 30 + 40) / 200, 1, 1], 'completed'),
      EDU: limit('10', 'completed', 10 / (0.2 * 50), 'completed'),
      DOC: limit('3.0', 'completed', 1, 'completed'),
    });
    expectIndex(year, 'IS-W', (98 + 9 * 100) / 10);
    expectUnit(year, 'IS-C', {
      SEA: reach('165', 'roughly', [165 / 170, 45 / 50, 1], 'not-completed'),
      LAB: reach('70.0', 'completed', [1, 1, 1], 'completed'),
      HOU: reach('60', 'completed', [(50 + 50 + 30 + 60 + 60) / 250, 1, 1], 'completed'),
      EDU: limit('14', 'completed', 14 / (0.2 * 70), 'completed'),
      DOC: limit('3.0', 'completed', 1, 'completed'),
    });
    expectIndex(year, 'IS-C', (2 * 96 + 7 * 100) / 9);
    expectUnit(year, 'IS-SE', {
      SEA: reach('165', 'completed', [165 / 160, 65 / 60, 1], 'completed'),
      LAB: reach('70.0', 'completed', [1, 1, 1], 'completed'),
      CRW: reach('150', 'completed', [1, 1, 1], 'completed'),
      HOU: reach('60', 'completed', [(50 + 60 + 70 + 60 + 60) / 300, 1, 1], 'completed'),
      EDU: limit('18', 'completed', 18 / (0.2 * 70), 'completed'),
      DOC: limit('2.9', 'roughly', 2.9 / 3, 'basically-completed'),
    });
    expectIndex(year, 'IS-SE', (3 * (290 / 3) + 7 * 100) / 10);
  });

  it('the rest of the plan', () => {
    const { projects, policies, tasks, promises } = year.programme;
    expect(projects.list).toMatchObject([{ percent: '100', scheduled: '100', completedOn: '2025-03-31' }]);
    expect(policies.counts).toMatchObject({ planned: 1, issued: 1, late: 1 });
    expect(tasks.list.map(({ standing }) => standing)).toEqual(['completed']);
    expect(promises.counts).toMatchObject({ kept: 2 });
  });
});
