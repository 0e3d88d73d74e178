import type { Engine } from '../engine.js';
import { lishuiEngine } from '../../test/support/engine.js';
import { lishui } from '../../test/support/seeds.js';
import { parseKnownTime } from '../kernel/time.js';
import { Decimal } from '../assessment/decimals.js';
import { isMeasured, type Measured, type Unmeasured } from '../assessment/measured.js';
import { composeOverview, type Overview } from './overview.js';
import { withLater } from './overview-later.js';

let engine: Engine;
beforeAll(async () => void (engine = await lishuiEngine()));
afterAll(() => engine.close());

const knownOn = (day: string) => ({ knownAt: parseKnownTime(day, 'Asia/Shanghai') });
const overviewOf = (period: string, day?: string): Promise<Overview> =>
  composeOverview(engine.views, lishui, period, day === undefined ? {} : knownOn(day));

const city = '331100';
const counties = ['331102', '331121', '331122', '331123', '331124', '331125', '331126', '331127', '331181'];
const rowOf = ({ indicators }: Overview, code: string) => indicators.find((row) => row.code === code)!;
const cellOf = (overview: Overview, code: string, unit = city) =>
  rowOf(overview, code).cells.find((cell) => cell.unit === unit)!;

function valueOf(overview: Overview, code: string, unit = city): Measured {
  const { value } = cellOf(overview, code, unit);
  if (!isMeasured(value)) throw new Error(`${code} of ${unit} is ${value.absent}`);
  return value;
}
function absenceOf(overview: Overview, code: string, unit = city): Unmeasured {
  const { value } = cellOf(overview, code, unit);
  if (isMeasured(value)) throw new Error(`${code} of ${unit} is ${value.shown}`);
  return value;
}

/** The plan’s table 主要指标 as printed: base 2020, target 2022, target 2025. */
const printed: readonly [string, string, string, string, string, string][] = [
  ['01', '每万老年人拥有执证养老护理员数', 'expected', '12', '20', '25'],
  ['02', '护理型床位占养老机构床位比例', 'expected', '54.9', '55', '58'],
  ['03', '康养联合体数', 'expected', '0', '40', '100'],
  ['04', '城乡居民最低生活保障标准', 'binding', '10200', '11000', '13000'],
  ['05', '救助“一件事”惠民联办率', 'expected', '0', '70', '100'],
  ['06', '每万人拥有登记社会组织数', 'expected', '12.7', '13', '16'],
  ['07', '每万人持证社会工作专业人才数', 'expected', '9', '18', '20'],
  ['08', '节地生态安葬率', 'expected', '58', '60', '70'],
  ['09', '4A级标准婚姻登记机关覆盖率', 'expected', '0', '20', '40'],
];

describe('the main indicators of 丽水’s plan', () => {
  let midterm: Overview;
  beforeAll(async () => void (midterm = await overviewOf('2022', '2023-06-30')));

  it('are the nine printed ones, each in its area, with equal weights', () => {
    expect(midterm.indicators.map(({ code }) => code)).toEqual(printed.map(([code]) => code));
    const areas = ['A1', 'A1', 'A1', 'A2', 'A2', 'A3', 'A3', 'A4', 'A4'];
    expect(midterm.indicators.map(({ area }) => area)).toEqual(areas);
    expect(new Set(midterm.indicators.map(({ weight }) => weight))).toEqual(new Set(['1']));
  });

  it.each(printed)('%s %s (%s): %s in 2020, %s by 2022, %s by 2025', (code, name, attribute, ...numbers) => {
    const row = rowOf(midterm, code);
    expect([row.name, row.attribute]).toEqual([name, attribute]);
    const { base, targets } = cellOf(midterm, code);
    expect(isMeasured(base) && [base.shown, base.demo]).toEqual([numbers[0], false]);
    expect(targets.map(({ period, value }) => [period, value])).toEqual([
      ['2022', numbers[1]],
      ['2025', numbers[2]],
    ]);
    expect(targets.every(({ demo }) => !demo)).toBe(true);
  });

  it('do not include context indicators', async () => {
    expect(
      (await overviewOf('2021')).context.map(({ code, value }) => [code, isMeasured(value) && value.shown]),
    ).toEqual([
      ['C01', '935'],
      ['C02', '886'],
      ['S01', '15120'],
      ['S02', '32800'],
      ['S03', '19800'],
      ['S04', '19800'],
      ['S05', '16020'],
    ]);
  });
});

describe('2022 as known on 2023-06-30 and as known today', () => {
  let then: Overview;
  let today: Overview;
  beforeAll(async () => {
    [then, today] = await Promise.all([overviewOf('2022', '2023-06-30'), overviewOf('2022')]);
  });

  it('02: after 莲都’s correction by −54 beds the city misses its 2022 target', () => {
    expect(valueOf(then, '02')).toMatchObject({ shown: '55.2', corrections: 0, source: 'computed' });
    expect(valueOf(today, '02')).toMatchObject({ shown: '54.9', corrections: 1 });
    expect(valueOf(then, '02', '331102').components).toEqual({ numerator: '2161', denominator: '3891' });
    expect(valueOf(today, '02', '331102').components).toEqual({ numerator: '2107', denominator: '3891' });
    expect(cellOf(then, '02').assessment.interim).toMatchObject({ met: true });
    expect(cellOf(today, '02').assessment.interim).toMatchObject({ met: false });
  });

  it('02: the approved value stays in use while the correction waits for approval', async () => {
    const waiting = await overviewOf('2022', '2023-08-22');
    expect(valueOf(waiting, '02').shown).toBe('55.2');
    expect(valueOf(waiting, '02', '331102')).toMatchObject({ shown: '55.5', pending: '54.2' });
    expect(valueOf(await overviewOf('2022', '2023-08-25'), '02').shown).toBe('54.9');
  });

  it('05: the city has no value while 庆元 has not reported, and is severely behind afterwards', () => {
    expect(absenceOf(then, '05')).toMatchObject({ absent: 'incomplete', lacking: ['331126'] });
    expect(cellOf(then, '05').assessment.status).toBe('no-data');
    expect(valueOf(today, '05')).toMatchObject({ shown: '42.0', exact: '42' });
    expect(cellOf(today, '05').assessment.status).toBe('severely-behind');
  });

  it('05: a missing county is not counted as 0', () => {
    const eight = counties.filter((unit) => unit !== '331126');
    const { partial } = absenceOf(then, '05');
    expect(partial?.parts).toEqual(eight);
    expect(partial?.exact).toBe(ratioOf(then, '05', eight).toSignificantDigits(20).toFixed());
    // The coverage of the index is eight of nine indicators.
    const indexOf = ({ indexes }: Overview) => indexes.find(({ unit }) => unit === city)!.index;
    expect(indexOf(then).coverage).toBe('88.888888888888888889');
    expect(indexOf(today).coverage).toBe('100');
  });

  it('03: the city’s report disagrees with the sum of its counties, then and today', () => {
    for (const overview of [then, today]) {
      const sum = counties.reduce((total, unit) => total + Number(valueOf(overview, '03', unit).exact), 0);
      expect(sum).toBe(41);
      expect(valueOf(overview, '03')).toMatchObject({
        ...{ shown: '41', source: 'computed' },
        disagreement: { reported: '43', computed: '41', difference: '2' },
      });
    }
  });

  it('06: the 2025 target is 16 until the revision on 2023-09-15 and 15 afterwards', async () => {
    const targetOn = async (day?: string) => cellOf(await overviewOf('2022', day), '06').targets[1];
    expect(await targetOn('2023-09-14')).toMatchObject({ value: '16', targetVersion: 1 });
    for (const day of ['2023-09-15', undefined]) {
      expect(await targetOn(day)).toMatchObject({
        ...{ value: '15', original: '16', targetVersion: 2 },
        documentNumber: '示例〔2023〕1号',
        reason: expect.stringContaining('中期评估'),
      });
    }
    expect((await targetOn('2023-09-14'))?.original).toBeUndefined();
  });

  it('04: the city’s standard is used for each county', () => {
    for (const unit of counties) expect(valueOf(today, '04', unit)).toMatchObject({ shown: '11280', source: 'common' });
  });

  it.each(['02', '06', '07', '08', '09'])('%s of the city is Σ numerators ÷ Σ denominators', (code) => {
    const { exact, components } = valueOf(today, code);
    expect(exact).toBe(ratioOf(today, code, counties).toSignificantDigits(20).toFixed());
    const sums = (part: 'numerator' | 'denominator') =>
      counties.reduce((sum, unit) => sum + Number(valueOf(today, code, unit).components?.[part]), 0);
    expect(components).toEqual({ numerator: String(sums('numerator')), denominator: String(sums('denominator')) });
  });

  it('withLater adds today’s value where it differs', () => {
    const shown = withLater(then, knownOn('2023-06-30'), today);
    const changed = shown.indicators.flatMap(({ code, cells }) =>
      cells.flatMap(({ unit, later }) => (later ? [[code, unit, later.shown]] : [])),
    );
    expect(changed).toEqual([
      ['02', city, '54.9'],
      ['02', '331102', '54.2'],
      ['05', city, '42.0'],
      ['05', '331126', '31.6'],
    ]);
    const corrected = rowOf(shown as Overview, '02').cells.find(({ unit }) => unit === '331102');
    expect(corrected).toMatchObject({
      later: { knownAt: parseKnownTime('2023-08-20', 'Asia/Shanghai'), reason: expect.stringContaining('54张床位') },
    });
    expect(withLater(today, {}, today)).toEqual(today);
  });

  it('the same query gives the same result again', async () => {
    expect(await overviewOf('2022', '2023-06-30')).toEqual(then);
  });
});

describe('a missing value', () => {
  it('08: 景宁 declared 2023 not collected, so the city has no value', async () => {
    const overview = await overviewOf('2023');
    expect(absenceOf(overview, '08', '331127')).toMatchObject({ absent: 'missing', because: 'not-collected' });
    expect(absenceOf(overview, '08')).toMatchObject({ absent: 'incomplete', lacking: ['331127'] });
    expect(cellOf(overview, '08').assessment.score).toBeUndefined();
  });

  it('01: 遂昌’s figure of 2021 is absent between its withdrawal and the new report', async () => {
    expect(valueOf(await overviewOf('2021', '2022-03-17'), '01', '331123').shown).toBe('12.6');
    expect(absenceOf(await overviewOf('2021', '2022-03-18'), '01', '331123').absent).toBe('withdrawn');
    expect(valueOf(await overviewOf('2021', '2022-04-07'), '01', '331123').components).not.toEqual({
      ...{ numerator: '59', denominator: '46782' },
    });
  });

  it('07: 缙云’s figure of 2022 is absent between its return and the new report', async () => {
    expect(valueOf(await overviewOf('2022', '2023-02-23'), '07', '331122').approved).toBe(false);
    expect(absenceOf(await overviewOf('2022', '2023-02-24'), '07', '331122')).toMatchObject({
      ...{ absent: 'returned', note: expect.stringContaining('137人') },
    });
    expect(isMeasured(cellOf(await overviewOf('2022', '2023-03-13'), '07', '331122').value)).toBe(true);
  });

  it('is refused before the plan was known', async () => {
    await expect(overviewOf('2022', '2021-12-30')).rejects.toMatchObject({ code: 'plan.not-yet-known' });
    const first = await overviewOf('2022', '2021-12-31');
    expect(first.indicators.every(({ cells }) => cells.every(({ value }) => !isMeasured(value)))).toBe(true);
    expect(first.indexes.map(({ index }) => index.value)).toEqual(Array(10).fill(undefined));
  });

  it('is refused for a plan that does not exist', async () => {
    await expect(composeOverview(engine.views, 'nowhere', '2022')).rejects.toMatchObject({ code: 'plan.unknown' });
  });
});

/** Σ numerators ÷ Σ denominators × scale, computed from the reported components of these counties. */
function ratioOf(overview: Overview, code: string, units: readonly string[]): Decimal {
  const { measurement } = rowOf(overview, code).definition;
  const scale = measurement.type === 'ratio' ? measurement.scale : '1';
  const components = units.map((unit) => valueOf(overview, code, unit).components!);
  const numerator = Decimal.sum(...components.map((part) => part.numerator));
  return numerator.times(scale).div(Decimal.sum(...components.map((part) => part.denominator)));
}
