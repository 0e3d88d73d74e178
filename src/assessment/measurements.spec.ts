import { approved, corrected, measured, ratio, value } from '../../test/support/examples/figures.js';
import { allowanceStandard, bedsDefined, indicatorDefined, redefined } from '../../test/support/examples/indicators.js';
import { plan, planState } from '../../test/support/examples/plans.js';
import { recorded, saying, type Said } from '../../test/support/recorded.js';
import { figureStream, type FigureEvent } from '../figures/figure.events.js';
import { figureProjection, type FigureDocument } from '../figures/figure.projection.js';
import { indicatorStream, type IndicatorEvent } from '../indicators/indicator.events.js';
import { indicatorProjection, type IndicatorDocument } from '../indicators/indicator.projection.js';
import { parsePeriod } from '../kernel/period.js';
import { Measurements, sourcesOf } from './measurements.js';

const city = '331100';
const units = [...planState().units.values()];

const indicator = (code: string, ...events: IndicatorEvent[]): [string, IndicatorDocument] => [
  code,
  recorded(events, { stream: indicatorStream(plan, code) }).reduce<IndicatorDocument | undefined>(
    (document, event) => indicatorProjection.evolve(document, event),
    undefined,
  )!,
];
const figure = (code: string, period: string, ...events: Said<FigureEvent>[]): FigureDocument =>
  recorded(events, { stream: figureStream({ plan, code, unit: city, period }) }).reduce<FigureDocument | undefined>(
    (document, event) => figureProjection.evolve(document, event),
    undefined,
  )!;

const direct = (name: string) => indicatorDefined({ name, definition: { ...allowanceStandard, aggregation: 'none' } });
const computed = (formula: string) =>
  indicatorDefined({
    ...{ name: formula, decimals: 1 },
    definition: { ...allowanceStandard, aggregation: 'none', measurement: { type: 'formula', formula } },
  });

/** A and B are reported; the others are computed. */
const indicators = new Map([
  indicator('A', direct('甲')),
  indicator('B', direct('乙')),
  indicator('SUM', computed('value("A")+value("B")')),
  indicator('RATE', computed('value("A")/value("B")')),
  indicator('RISE', computed('value("A")-previous("A")')),
  indicator('NESTED', computed('2*value("SUM")')),
  indicator('UNKNOWN', computed('value("X")+value("A")')),
  indicator('LOOP1', computed('value("LOOP2")+value("A")')),
  indicator('LOOP2', computed('value("LOOP1")')),
]);

const measuring = (...figures: FigureDocument[]) => measuringIn({ units, baseline: '2020' }, ...figures);

function measuringIn(plan: ConstructorParameters<typeof Measurements>[0], ...figures: FigureDocument[]) {
  const measurements = new Measurements(plan, indicators, ({ code, period }) =>
    figures.filter((each) => each.code === code && each.period === period.text),
  );
  return (code: string, period = '2022', unit = city) =>
    measurements.of({ code, period: parsePeriod(period) }).get(unit);
}

const a = (number: string, period = '2022') => figure('A', period, measured(value(number)));
const b = (number: string, period = '2022') => figure('B', period, measured(value(number)));

describe('in a plan that does not use what was never approved', () => {
  const strict = { units, baseline: '2020', reporting: { unapproved: 'excluded' } } as const;
  const [reported, passed] = [measured(value('5')), approved(value('5'))];
  const waiting = figure('A', '2022', reported);

  it('a value that waits is none, and says so', () => {
    expect(measuringIn(strict, waiting)('A')).toEqual({ absent: 'not-approved', demo: false });
    expect(measuringIn(strict, waiting, b('3'))('SUM')).not.toHaveProperty('exact');
    expect(measuringIn({ ...strict, reporting: { unapproved: 'marked' } }, waiting)('A')).toMatchObject({ exact: '5' });
  });

  it('an approved value is used, also while its correction waits', () => {
    const correction = corrected(value('5'), value('6'));
    expect(measuringIn(strict, figure('A', '2022', reported, passed))('A')).toMatchObject({ exact: '5' });
    expect(measuringIn(strict, figure('A', '2022', reported, passed, correction))('A')).toMatchObject({
      ...{ exact: '5', pending: '6' },
    });
  });
});

describe('a figure that is computed by a formula', () => {
  it('has the value of the formula, rounded for display only, and names its inputs', () => {
    expect(measuring(a('1'), b('3'))('RATE')).toEqual({
      ...{ shown: '0.3', exact: '0.33333333333333333333', source: 'computed' },
      inputs: [
        { code: 'A', name: '甲', period: '2022', shown: '1' },
        { code: 'B', name: '乙', period: '2022', shown: '3' },
      ],
      ...{ approved: false, corrections: 0, comparable: true, demo: false },
    });
  });

  it('may need a figure of the year before', () => {
    const find = measuring(a('5'), a('3', '2021'), a('100', '2023'));
    expect(find('RISE')).toMatchObject({
      exact: '2',
      inputs: [
        { code: 'A', period: '2022', shown: '5' },
        { code: 'A', period: '2021', shown: '3' },
      ],
    });
    expect(find('RISE', '2023')).toMatchObject({ exact: '95' });
  });

  it('may need one that is computed itself, with its inputs', () => {
    expect(measuring(a('1'), b('3'))('NESTED')).toMatchObject({
      exact: '8',
      inputs: [{ code: 'SUM', period: '2022', shown: '4.0', inputs: [{ code: 'A' }, { code: 'B' }] }],
    });
    expect(measuring(a('1'), b('3'))('SUM')).not.toHaveProperty('inputs.0.inputs');
  });

  it('is approved if all inputs are, and sums up their corrections', () => {
    const approvedA = figure('A', '2022', measured(value('1')), approved(value('1')));
    const correctedB = [measured(value('2')), corrected(value('2'), value('3')), corrected(value('3'), value('4'))];
    const approvedB = figure('B', '2022', ...correctedB, approved(value('4')));
    expect(measuring(approvedA, approvedB)('SUM')).toMatchObject({ exact: '5', approved: true, corrections: 2 });
    expect(measuring(approvedA, b('4'))('SUM')).toMatchObject({ approved: false, corrections: 0 });
  });

  it('is demonstration data if one input is', () => {
    const demoB = figure('B', '2022', saying({ demo: true }, measured(value('3'))));
    expect(measuring(a('1'), demoB)('SUM')?.demo).toBe(true);
  });

  it('is incomparable if one input is', () => {
    const changed = new Map([...indicators, indicator('B', direct('乙'), redefined(2, false))]);
    const figures = [a('1'), b('3')];
    const measurements = new Measurements({ units, baseline: '2020' }, changed, ({ code }) =>
      figures.filter((each) => each.code === code),
    );
    const source = { code: 'SUM', period: parsePeriod('2022') };
    expect(measurements.of(source).get(city)).toMatchObject({ comparable: false });
  });
});

describe('a formula without result', () => {
  it('names the inputs that have no value; they are not counted as 0', () => {
    expect(measuring(a('1'))('SUM')).toEqual({
      absent: 'uncomputed',
      inputs: [
        { code: 'A', name: '甲', period: '2022', shown: '1' },
        { code: 'B', name: '乙', period: '2022' },
      ],
      lackingInputs: [{ code: 'B', name: '乙', period: '2022' }],
      demo: false,
    });
  });

  it('names an indicator that does not exist by its code', () => {
    expect(measuring(a('1'))('UNKNOWN')).toMatchObject({ lackingInputs: [{ code: 'X', name: 'X' }] });
  });

  it('says if it divides by zero; it is demonstration data if one input is', () => {
    const demoB = figure('B', '2022', saying({ demo: true }, measured(value('0'))));
    expect(measuring(a('1'), b('0'))('RATE')).toMatchObject({ absent: 'uncomputed', note: '除数为 0', demo: false });
    expect(measuring(a('1'), b('0'))('RATE')).not.toHaveProperty('lackingInputs');
    expect(measuring(a('1'), demoB)('RATE')).toMatchObject({ absent: 'uncomputed', demo: true });
  });

  it('is one that leads back to itself, in every period', () => {
    const find = measuring(a('1'), a('1', '2023'), b('3', '2023'));
    expect(find('LOOP1')).toMatchObject({ absent: 'uncomputed', lackingInputs: [{ code: 'LOOP2' }] });
    expect(find('LOOP1', '2023')).toMatchObject({ absent: 'uncomputed', lackingInputs: [{ code: 'LOOP2' }] });
  });

  it('in one period does not keep it from being computed in another', () => {
    const find = measuring(a('1'), a('1', '2023'), b('3', '2023'));
    expect(find('SUM')).toMatchObject({ absent: 'uncomputed' });
    expect(find('SUM', '2023')).toMatchObject({ exact: '4' });
  });
});

describe('a figure that is reported', () => {
  const counties = ['331102', '331121', '331122'];
  const beds = (period: string) => [
    ...counties.map((unit) => ({ ...figure('02', period, measured(ratio('1', '2'))), unit })),
    figure('02', period, measured(value('49'))),
  ];
  const of = (frequency: 'A' | 'Q', period: string) =>
    new Measurements(
      { units, baseline: '2020' },
      new Map([indicator('02', { ...bedsDefined, data: { ...bedsDefined.data, frequency } })]),
      () => beds(period),
    )
      .of({ code: '02', period: parsePeriod(period) })
      .get(city);

  it('is used for the base period although the units below differ; for others they are used', () => {
    expect(of('A', '2020')).toMatchObject({ source: 'reported', exact: '49', disagreement: { computed: '50.0' } });
    expect(of('A', '2021')).toMatchObject({ source: 'computed', exact: '50', disagreement: { reported: '49' } });
  });

  it('of the last quarter of the base year is one of the base period', () => {
    expect(of('Q', '2020-Q4')).toMatchObject({ source: 'reported' });
    expect(of('Q', '2020-Q3')).toMatchObject({ source: 'computed' });
  });

  it('is none for an indicator that does not exist', () => {
    expect(measuring(a('1'))('X')).toBeUndefined();
  });

  it('is read for its own indicator and period', () => {
    expect(measuring(a('1'), a('2', '2021'), b('3'))('A')).toMatchObject({ exact: '1', source: 'reported' });
  });
});

describe('the figures that an indicator is computed from', () => {
  const sources = (code: string, period = '2022') =>
    sourcesOf(indicators, { code, period: parsePeriod(period) }).map(
      (source) => `${source.code} ${source.period.text}`,
    );

  it('are its own if it is reported, or does not exist', () => {
    expect([sources('A'), sources('X')]).toEqual([['A 2022'], ['X 2022']]);
  });

  it('are those that its formula refers to, also through other formulas', () => {
    expect(sources('SUM')).toEqual(['A 2022', 'B 2022']);
    expect(sources('NESTED')).toEqual(['A 2022', 'B 2022']);
    expect(sources('RISE')).toEqual(['A 2022', 'A 2021']);
    expect(sources('RISE', '2022-Q1')).toEqual(['A 2022-Q1', 'A 2021-Q1']);
  });

  it('are found once if formulas lead back to each other', () => {
    expect(sources('LOOP1')).toEqual(['A 2022']);
  });
});
