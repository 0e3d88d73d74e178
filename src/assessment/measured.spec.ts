import {
  approved,
  beds2107,
  beds2161,
  corrected,
  lianduBeds,
  measured,
  missing,
  ratio,
  returned,
  value,
  withdrawn,
} from '../../test/support/examples/figures.js';
import {
  allowanceDefined,
  bedsDefined,
  indicatorDefined,
  nursingBedShare,
  redefined,
  unionsDefined,
} from '../../test/support/examples/indicators.js';
import { planState } from '../../test/support/examples/plans.js';
import { recorded, saying, type Said } from '../../test/support/recorded.js';
import { figureStream, type FigureEvent } from '../figures/figure.events.js';
import { figureProjection, type FigureDocument } from '../figures/figure.projection.js';
import { IndicatorScopeSet, indicatorStream, type IndicatorEvent } from '../indicators/indicator.events.js';
import { indicatorProjection, type IndicatorDocument } from '../indicators/indicator.projection.js';
import { parsePeriod } from '../kernel/period.js';
import { isMeasured, measuredByUnit, type Finding } from './measured.js';
import { methodNumbered } from './method.js';

const [city, liandu, qingtian, jinyun] = ['331100', '331102', '331121', '331122'] as const;
const units = [...planState().units.values()];
const year2022 = parsePeriod('2022');

const indicatorAfter = (...events: IndicatorEvent[]): IndicatorDocument =>
  recorded(events, { stream: indicatorStream('lishui', '02') }).reduce<IndicatorDocument | undefined>(
    (document, event) => indicatorProjection.evolve(document, event),
    undefined,
  )!;

const figureAfter = (unit: string, ...events: Said<FigureEvent>[]): FigureDocument =>
  recorded(events, { stream: figureStream({ ...lianduBeds, unit }) }).reduce<FigureDocument | undefined>(
    (document, event) => figureProjection.evolve(document, event),
    undefined,
  )!;

type Reports = Record<string, Said<FigureEvent>[]>;
function found(indicator: IndicatorDocument, reports: Reports, isBaseline = false): (unit: string) => Finding {
  const figures = Object.entries(reports).map(([unit, events]) => figureAfter(unit, ...events));
  const findings = measuredByUnit(indicator, units, figures, { period: year2022, isBaseline });
  return (unit) => findings.get(unit)!;
}

const beds = indicatorAfter(bedsDefined);
const unions = indicatorAfter(unionsDefined);
const three: Reports = {
  [liandu]: [measured(ratio('1', '2'))],
  [qingtian]: [measured(ratio('10', '100'))],
  [jinyun]: [measured(ratio('0', '48'))],
};

describe('a city’s ratio', () => {
  it('that the city reports by its components agrees with its counties to the digits that are shown', () => {
    const own = (numerator: string) => found(beds, { ...three, [city]: [measured(ratio(numerator, '150'))] })(city);
    expect(own('11')).toMatchObject({ source: 'reported', shown: '7.3', parts: [liandu, qingtian, jinyun] });
    expect(own('11')).not.toHaveProperty('disagreement');
    // 11.2 of 150 is 7.4666…, which is shown as 7.5.
    expect(own('11.2')).toMatchObject({ source: 'computed', disagreement: { reported: '7.5', computed: '7.3' } });
  });

  it('that the city reports by its components disagreed by nothing in methods 1 and 2', () => {
    const reports = { ...three, [city]: [measured(ratio('11', '150'))] };
    const figures = Object.entries(reports).map(([unit, events]) => figureAfter(unit, ...events));
    const options = { period: year2022, isBaseline: false, method: methodNumbered(2) };
    expect(measuredByUnit(beds, units, figures, options).get(city)).toMatchObject({
      ...{ source: 'computed', disagreement: { difference: '0' } },
    });
  });

  it('is the ratio of the sums of its counties, not the mean of their ratios', () => {
    // The mean of 50, 10 and 0 would be 20.
    expect(found(beds, three)(city)).toEqual({
      ...{ shown: '7.3', exact: '7.3333333333333333333', source: 'computed' },
      components: { numerator: '11', denominator: '150' },
      ...{ approved: false, corrections: 0, comparable: true, demo: false },
      parts: [liandu, qingtian, jinyun],
    });
  });

  it('leaves out a unit that is only enrolled for comparison', () => {
    const outside = { code: '330000', name: '全省', level: 'reference', parent: city } as const;
    const figures = Object.entries({ ...three, '330000': [measured(ratio('9', '10'))] });
    const documents = figures.map(([unit, events]) => figureAfter(unit, ...events));
    const findings = measuredByUnit(beds, [...units, outside], documents, { period: year2022, isBaseline: false });
    expect(findings.get(city)).toMatchObject({ shown: '7.3', parts: [liandu, qingtian, jinyun] });
    expect(findings.get('330000')).toMatchObject({ shown: '90.0' });
  });

  it('is rounded half up to the indicator’s decimals for display only', () => {
    const eighth = found(beds, {
      ...three,
      [liandu]: [measured(ratio('1', '16'))],
      [qingtian]: [measured(ratio('0', '0.1'))],
    });
    expect(eighth(liandu)).toMatchObject({ shown: '6.3', exact: '6.25' });
    const whole = { ...beds, decimals: 0 };
    expect(found(whole, three)(city)).toMatchObject({ shown: '7', exact: '7.3333333333333333333' });
  });

  it('is approved if all its parts are, and sums up their corrections', () => {
    const pass = (reported = beds2161) => [measured(reported), approved(reported)];
    const all = {
      [liandu]: pass(),
      [qingtian]: pass(),
      [jinyun]: [...pass(ratio('1', '9')), corrected(ratio('1', '9'), beds2161), approved(beds2161)],
    };
    expect(found(beds, all)(city)).toMatchObject({ approved: true, corrections: 1 });
    expect(found(beds, { ...all, [qingtian]: [measured(beds2161)] })(city)).toMatchObject({ approved: false });
  });

  it('is demonstration data if one of its parts is', () => {
    expect(found(beds, { ...three, [jinyun]: [saying({ demo: true }, measured(beds2161))] })(city).demo).toBe(true);
  });
});

describe('a missing value', () => {
  it.each<[string, Said<FigureEvent>[] | undefined]>([
    ['not reported', undefined],
    ['declared missing', [missing('not-collected')]],
    ['sent back', [measured(beds2161), returned(beds2161)]],
    ['withdrawn', [measured(beds2161), withdrawn(beds2161)]],
  ])('(%s) is not counted as 0: the city has only a partial value', (_, events) => {
    const { [jinyun]: __, ...others } = three;
    const finding = found(beds, events ? { ...others, [jinyun]: events } : others)(city);
    expect(finding).toMatchObject({
      ...{ absent: 'incomplete', lacking: [jinyun] },
      partial: { shown: '10.8', parts: [liandu, qingtian] },
    });
    expect(isMeasured(finding)).toBe(false);
  });

  it('differs from a reported 0', () => {
    const sum = (last: Said<FigureEvent>[]) =>
      found(unions, { [liandu]: [measured(value('3'))], [qingtian]: [measured(value('4'))], [jinyun]: last })(city);
    expect(sum([measured(value('0'))])).toMatchObject({ exact: '7', source: 'computed' });
    expect(sum([missing('not-collected')])).toMatchObject({ absent: 'incomplete', partial: { exact: '7' } });
  });

  it.each([
    [1, 1, '10.0'],
    [1, 2, '10.00'],
    [1, 0, '10'],
    [2, 1, '0.0'],
  ])('of a sum has the decimals of the definition: case %d, %d decimals, %s', (which, decimals, shown) => {
    const last = which === 1 ? '5.5' : '-4.5';
    const reports = { [liandu]: [measured(value('4.5'))], [qingtian]: [measured(value(last))] };
    const indicator = { ...unions, decimals };
    const of = (all: Reports) => found(indicator, all)(city);
    expect(of({ ...reports, [jinyun]: [measured(value('0'))] })).toMatchObject({ shown });
    expect(of(reports)).toMatchObject({ absent: 'incomplete', partial: { shown } });
  });

  it('of a sum keeps all digits of its parts, so that a report of the same sum agrees', () => {
    const parts = ['999999999999999.12345678901234567891', '0.00000000000000000009', '1'];
    const sum = '1000000000000000.123456789012345679';
    const reports = Object.fromEntries(
      [liandu, qingtian, jinyun].map((unit, at) => [unit, [measured(value(parts[at]!))]]),
    );
    const indicator = { ...unions, decimals: 20 };
    const of = (own?: string) => found(indicator, own ? { ...reports, [city]: [measured(value(own))] } : reports)(city);
    expect(of()).toMatchObject({ exact: sum, shown: `${sum}00` });
    expect(of(`${sum}00`)).toMatchObject({ source: 'reported', exact: sum });
    expect(of(`${sum}00`)).not.toHaveProperty('disagreement');
    expect(of(`${sum}01`)).toMatchObject({ disagreement: { difference: '0.00000000000000000001' } });
  });

  it('of a sum by method 1 had no zeros at the end', () => {
    const figures = [liandu, qingtian, jinyun].map((unit, at) =>
      figureAfter(unit, measured(value(['4.5', '5.5', '0'][at]!))),
    );
    const options = { period: year2022, isBaseline: false, method: methodNumbered(1) };
    expect(measuredByUnit({ ...unions, decimals: 1 }, units, figures, options).get(city)).toMatchObject({
      ...{ shown: '10', exact: '10' },
    });
  });

  it('has the declared reason and note', () => {
    const finding = found(beds, { [liandu]: [saying({ reason: '系统更换' }, missing('not-collected'))] })(liandu);
    expect(finding).toMatchObject({ absent: 'missing', because: 'not-collected', note: '系统更换' });
    expect(found(beds, {})(liandu)).toMatchObject({ absent: 'not-reported' });
  });

  it('is demonstration data if a demonstration report says so, and real if nothing was reported', () => {
    const declared = saying({ demo: true }, missing('not-collected'));
    expect(found(beds, { [liandu]: [declared] })(liandu)).toMatchObject({ absent: 'missing', demo: true });
    expect(found(beds, { [liandu]: [missing('not-collected')] })(liandu)).toMatchObject({ demo: false });
    expect(found(beds, {})(liandu)).toMatchObject({ absent: 'not-reported', demo: false });
  });

  it('of a county leaves the city’s own report in use', () => {
    const { [jinyun]: _, ...two } = three;
    expect(found(beds, { ...two, [city]: [measured(value('7.5'))] })(city)).toMatchObject({
      ...{ source: 'reported', shown: '7.5' },
    });
  });

  it('of all counties leaves the city without a partial value', () => {
    expect(found(beds, {})(city)).toMatchObject({ absent: 'not-reported' });
    expect(found(beds, {})(city)).not.toHaveProperty('partial');
  });
});

describe('市县数据不一致', () => {
  const own = (text: string) => ({ ...three, [city]: [measured(value(text))] });

  it('does not exist if the city’s report equals the computed value rounded to the report’s digits', () => {
    for (const text of ['7.3', '7', '7.33']) {
      const finding = found(beds, own(text))(city);
      expect(finding).toMatchObject({ shown: text, source: 'reported', parts: [liandu, qingtian, jinyun] });
      expect(finding).not.toHaveProperty('disagreement');
    }
  });

  it('is returned with the difference, and the computed value is used', () => {
    expect(found(beds, own('7.4'))(city)).toMatchObject({
      ...{ source: 'computed', shown: '7.3' },
      disagreement: { reported: '7.4', computed: '7.3', difference: '0.0666666666666666667' },
    });
  });

  it('is returned for the base period too, where the reported value is used', () => {
    expect(found(beds, own('7.4'), true)(city)).toMatchObject({
      ...{ source: 'reported', shown: '7.4', exact: '7.4' },
      disagreement: { reported: '7.4', computed: '7.3' },
    });
  });
});

describe('a unit to which an indicator does not apply', () => {
  const notApplicable = { [jinyun]: [missing('not-applicable')] };
  const two: Reports = { [liandu]: [measured(value('4'))], [qingtian]: [measured(value('5'))] };

  it('leaves the sum whole, whether it was declared for the period or for the indicator', () => {
    expect(found(unions, { ...two, ...notApplicable })(city)).toMatchObject({ shown: '9', parts: [liandu, qingtian] });
    const scoped = indicatorAfter(unionsDefined, IndicatorScopeSet.of({ unit: jinyun, applies: false }));
    expect(found(scoped, two)(city)).toMatchObject({ shown: '9', parts: [liandu, qingtian] });
    expect(found(scoped, two)(jinyun)).toMatchObject({ absent: 'missing', because: 'not-applicable' });
  });

  it('is one from a period on, and until it applies again', () => {
    const later = indicatorAfter(
      unionsDefined,
      IndicatorScopeSet.of({ unit: jinyun, applies: false, fromPeriod: '2023' }),
    );
    expect(found(later, two)(city)).toMatchObject({ absent: 'incomplete', lacking: [jinyun] });
    const again = indicatorAfter(
      unionsDefined,
      IndicatorScopeSet.of({ unit: jinyun, applies: true, fromPeriod: '2022' }),
      IndicatorScopeSet.of({ unit: jinyun, applies: false }),
    );
    expect(found(again, two)(city)).toMatchObject({ absent: 'incomplete', lacking: [jinyun] });
  });

  it('counts with what it reported all the same', () => {
    const scoped = indicatorAfter(unionsDefined, IndicatorScopeSet.of({ unit: jinyun, applies: false }));
    expect(found(scoped, { ...two, [jinyun]: [measured(value('1'))] })(city)).toMatchObject({ shown: '10' });
  });

  it('where it applies to no unit, it does not apply to the whole', () => {
    const none = indicatorAfter(unionsDefined, IndicatorScopeSet.of({ unit: city, applies: false }));
    expect(found(none, {})(city)).toMatchObject({ because: 'not-applicable' });
    expect(found(none, {})(liandu)).toMatchObject({ because: 'not-applicable' });
  });

  it('was lacking under the first method', () => {
    const figures = Object.entries({ ...two, ...notApplicable }).map(([unit, events]) => figureAfter(unit, ...events));
    const options = { period: year2022, isBaseline: false, method: methodNumbered(1) };
    expect(measuredByUnit(unions, units, figures, options).get(city)).toMatchObject({ absent: 'incomplete' });
  });
});

describe('other aggregations', () => {
  it('common: units below use the standard of the unit above unless they reported their own', () => {
    const allowance = indicatorAfter(allowanceDefined);
    const find = found(allowance, { [city]: [measured(value('11280'))], [liandu]: [measured(value('11300'))] });
    expect(find(qingtian)).toMatchObject({ shown: '11280', source: 'common' });
    expect(find(liandu)).toMatchObject({ shown: '11300', source: 'reported' });
    expect(found(allowance, { [liandu]: [measured(value('11300'))] })(city)).toMatchObject({ absent: 'not-reported' });
  });

  it('none: nothing is aggregated', () => {
    const alone = indicatorAfter(indicatorDefined({ definition: { ...nursingBedShare, aggregation: 'none' } }));
    expect(found(alone, three)(city)).toMatchObject({ absent: 'not-reported' });
  });
});

describe('the value of one unit', () => {
  it('is displayed with the reported digits', () => {
    expect(found(unions, { [liandu]: [measured(value('3.0'))] })(liandu)).toMatchObject({ shown: '3.0', exact: '3' });
  });

  it('stays in use while a correction waits for approval, which is returned as pending', () => {
    const events = [measured(beds2161), approved(beds2161), corrected(beds2161, ratio('2107', '3891'))];
    expect(found(beds, { [liandu]: events })(liandu)).toMatchObject({
      ...{ shown: '55.5', approved: true, pending: '54.2', corrections: 0 },
    });
  });

  it.each<[string, Said<FigureEvent>[]]>([
    ['reported', [measured(beds2161)]],
    ['approved', [measured(beds2161), approved(beds2161)]],
    ['corrected and approved', [measured(ratio('1', '2')), corrected(ratio('1', '2'), beds2161), approved(beds2161)]],
    [
      'approved, corrected and sent back',
      [measured(beds2161), approved(beds2161), corrected(beds2161, ratio('1', '2')), returned(ratio('1', '2'))],
    ],
  ])('has nothing pending if it was %s', (_, events) => {
    const finding = found(beds, { [liandu]: events })(liandu);
    expect(finding).toMatchObject({ shown: '55.5' });
    expect(finding).not.toHaveProperty('pending');
  });

  it('stays in use when its correction was returned, which is told apart', () => {
    const events = [measured(beds2161), approved(beds2161), corrected(beds2161, beds2107), returned(beds2107)];
    const finding = found(beds, { [liandu]: events })(liandu);
    expect(finding).toMatchObject({ shown: '55.5', approved: true, sentBack: '54.2', corrections: 0 });
    expect(finding).not.toHaveProperty('pending');
    expect(found(beds, { ...three, [liandu]: events })(city)).toMatchObject({ corrections: 0 });
    expect(found(beds, { [liandu]: [measured(beds2161), returned(beds2161)] })(liandu)).toEqual({
      ...{ absent: 'returned', demo: false },
    });
  });

  it('of method 1 counted every correction that was entered', () => {
    const events = [measured(beds2161), approved(beds2161), corrected(beds2161, beds2107), returned(beds2107)];
    const options = { period: year2022, isBaseline: false, method: methodNumbered(1) };
    const finding = measuredByUnit(beds, units, [figureAfter(liandu, ...events)], options).get(liandu);
    expect(finding).toMatchObject({ shown: '55.5', corrections: 1 });
    expect(finding).not.toHaveProperty('sentBack');
  });

  it('is incomparable if measured under an incomparable definition, and so is the city’s value', () => {
    const changed = indicatorAfter(bedsDefined, redefined(2, false));
    const find = found(changed, { ...three, [jinyun]: [measured(beds2161, 2)] });
    expect([liandu, jinyun, city].map((unit) => find(unit))).toMatchObject([
      { comparable: false },
      { comparable: true },
      { comparable: false },
    ]);
    expect(found(indicatorAfter(bedsDefined, redefined(2, true)), three)(city)).toMatchObject({ comparable: true });
  });
});
