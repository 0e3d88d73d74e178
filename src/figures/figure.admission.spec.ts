import { make, specification } from '../../test/support/decider-spec.js';
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
  indicatorState,
  nursingBedShare,
  retiredFrom,
  unionCount,
  unionsDefined,
} from '../../test/support/examples/indicators.js';
import { planState } from '../../test/support/examples/plans.js';
import { reviewer, someone } from '../../test/support/recorded.js';
import type { Component, Definition } from '../indicators/indicator.events.js';
import { indicatorDecider } from '../indicators/indicator.decider.js';
import { PlanClosed } from '../plans/plan.events.js';
import { planDecider } from '../plans/plan.decider.js';
import {
  ApproveMeasurement,
  CorrectMeasurement,
  DeclareMissing,
  MeasureIndicator,
  ReturnMeasurement,
  WithdrawMeasurement,
} from './figure.commands.js';
import { figureDecider } from './figure.decider.js';
import { IndicatorMeasured, figureEvents, type Reported } from './figure.events.js';

const known = { plan: planState(), indicator: indicatorState(bedsDefined) };
const given = specification(figureDecider, figureEvents, { known, now: '2026-02-01T02:00:00.000Z' });

const measure = (different: Partial<MeasureIndicator> = {}) =>
  make(MeasureIndicator, { ...lianduBeds, ...beds2161, ...different });
const report = (reported: Partial<MeasureIndicator>, unit = '331102') =>
  make(MeasureIndicator, { ...lianduBeds, unit, ...reported });
const measuring = (definition: Definition) => ({
  known: { ...known, indicator: indicatorState(indicatorDefined({ definition })) },
});
const of = (...events: Parameters<typeof indicatorState>) => ({
  known: { ...known, indicator: indicatorState(...events) },
});

describe('the subject of a figure', () => {
  it('must be an existing plan, indicator and unit', () => {
    given()
      .when(measure(), { known: { ...known, plan: planDecider.initialState } })
      .thenRefused('plan.unknown');
    given()
      .when(measure(), { known: { ...known, indicator: indicatorDecider.initialState } })
      .thenRefused('indicator.unknown');
    given()
      .when(measure({ unit: '339999' }))
      .thenRefused('unit.unknown', 'unit', { kind: 'unit', id: '339999' });
  });

  it('must have a period of the indicator’s frequency', () => {
    given()
      .when(measure({ period: '2022-S1' }))
      .thenRefused('figure.frequency', 'period');
    given()
      .when(measure({ period: '2022-Q3' }), of(indicatorDefined({ frequency: 'Q' })))
      .then(measured(beds2161));
  });

  it('must have a period that began before the known time, in the plan’s time zone', () => {
    const early = { knownAt: '2022-12-31T15:59:59.999Z' };
    given()
      .when(measure({ period: '2023' }), early)
      .thenRefused('figure.future', 'period');
    given()
      .when(measure({ period: '2023' }), { knownAt: '2022-12-31T16:00:00.000Z' })
      .then(measured(beds2161));
  });
});

describe('a closed plan', () => {
  const closed = { known: { ...known, plan: planState(PlanClosed.of({})) }, reason: '总结评估复核' };
  const declare = make(DeclareMissing, { ...lianduBeds, because: 'not-collected' });
  const reported = [measured(beds2161)];

  it('refuses a new figure, also after a withdrawal or a declaration of missing data', () => {
    for (const standing of [[], [...reported, withdrawn()], [missing('under-verification')]]) {
      given(...standing)
        .when(measure(), closed)
        .thenRefused('plan.closed');
      given(...standing)
        .when(declare, closed)
        .thenRefused('plan.closed');
    }
  });

  it('accepts a new report of a returned figure', () => {
    given(...reported, returned(beds2161))
      .when(measure(beds2107), closed)
      .then(measured(beds2107));
  });

  it('allows existing figures to be corrected, approved, returned and withdrawn', () => {
    const figure = given(...reported);
    figure.when(make(CorrectMeasurement, { ...lianduBeds, ...beds2107 }), closed).then(corrected(beds2161, beds2107));
    figure.when(make(ApproveMeasurement, lianduBeds), { ...closed, actor: reviewer }).then(approved(beds2161));
    figure.when(make(ReturnMeasurement, lianduBeds), closed).then(returned(beds2161));
    figure.when(make(WithdrawMeasurement, lianduBeds), closed).then(withdrawn(beds2161));
  });

  it('treats repeated and conflicting reports like an open plan does', () => {
    given(...reported)
      .when(measure(), closed)
      .thenNothing();
    given(...reported)
      .when(measure(beds2107), closed)
      .thenRefused('figure.already-reported');
    given(missing('not-collected')).when(declare, closed).thenNothing();
  });
});

describe('a figure outside the plan’s years', () => {
  it('needs no exception in the base year, the first year and the last year', () => {
    for (const period of ['2020', '2021', '2025']) given().when(measure({ period })).then(measured(beds2161));
  });

  it('needs no exception in a month, quarter or half of the base year', () => {
    for (const [period, frequency] of [
      ['2020-01', 'M'],
      ['2020-12', 'M'],
      ['2020-Q2', 'Q'],
      ['2020-S2', 'S'],
    ] as const) {
      given()
        .when(measure({ period }), of(indicatorDefined({ frequency })))
        .then(measured(beds2161));
    }
    for (const [period, frequency] of [
      ['2019-12', 'M'],
      ['2026-01', 'M'],
      ['2019-Q4', 'Q'],
    ] as const) {
      given()
        .when(measure({ period }), of(indicatorDefined({ frequency })))
        .thenRefused('figure.outside-plan');
    }
  });

  it.each(['2019', '2026'])('requires an exception for %s', (period) => {
    given().when(measure({ period })).thenRefused('figure.outside-plan', 'exception');
    given()
      .when(measure({ period, exception: '总结评估需要' }))
      .then(IndicatorMeasured.of({ reported: beds2161, definitionVersion: 1, exception: '总结评估需要' }));
  });

  it('requires the exception only for the report, not for later commands', () => {
    const outside = { ...lianduBeds, period: '2026' };
    given(measured(beds2161))
      .when(make(ApproveMeasurement, outside), { actor: reviewer })
      .then({ type: 'MeasurementApproved', data: { reported: beds2161 } });
    given()
      .when(make(DeclareMissing, { ...outside, because: 'not-due' }))
      .then(missing('not-due'));
  });
});

describe('a figure of a retired indicator', () => {
  const retired = of(bedsDefined, retiredFrom('2024'));

  it('needs no exception for a period before the retirement', () => {
    given()
      .when(measure({ period: '2023' }), retired)
      .then(measured(beds2161));
  });

  it.each(['2024', '2025'])('requires an exception for %s', (period) => {
    given().when(measure({ period }), retired).thenRefused('figure.indicator-retired', 'exception');
    given()
      .when(measure({ period, exception: '停用前已布置' }), retired)
      .then(IndicatorMeasured.of({ reported: beds2161, definitionVersion: 1, exception: '停用前已布置' }));
  });
});

describe('a ratio', () => {
  it('is reported as components; the city may report a value', () => {
    given().when(report(beds2161)).then(measured(beds2161));
    given()
      .when(report(value('54.9'), '331100'))
      .then(measured(value('54.9')));
  });

  it('cannot be reported as a value by a county, because values of ratios cannot be aggregated', () => {
    given()
      .when(report(value('54.9')))
      .thenRefused('figure.components-needed', 'numerator');
  });

  it('cannot be reported as value and components together', () => {
    given()
      .when(report({ value: '55', ...beds2161 }, '331100'))
      .thenRefused('figure.value-and-components', 'value');
    given()
      .when(report({ value: '55', denominator: '3891' }, '331100'))
      .thenRefused('figure.value-and-components', 'value');
    given()
      .when(report({ value: '55', numerator: '2161' }, '331100'))
      .thenRefused('figure.value-and-components', 'value');
  });

  it.each<[Partial<MeasureIndicator>, string, string]>([
    [{ numerator: '2161' }, 'figure.components-needed', 'denominator'],
    [{ denominator: '3891' }, 'figure.components-needed', 'numerator'],
    [{}, 'figure.components-needed', 'numerator'],
    [{ numerator: '2161', denominator: '0' }, 'figure.denominator', 'denominator'],
    [{ numerator: '2161', denominator: '-1' }, 'figure.denominator', 'denominator'],
    [{ numerator: '-1', denominator: '3891' }, 'figure.numerator', 'numerator'],
    [{ numerator: '2161.5', denominator: '3891' }, 'figure.not-whole', 'numerator'],
    [{ numerator: '2161', denominator: '3891.01' }, 'figure.not-whole', 'denominator'],
  ])('refuses components %j', (components, code, field) => {
    given().when(report(components)).thenRefused(code, field);
  });

  it('may have a numerator of zero', () => {
    given()
      .when(report(ratio('0', '3891')))
      .then(measured(ratio('0', '3891')));
  });

  it('counts people, households and things in whole numbers, and measures the rest', () => {
    const made = (numerator: Component, denominator: Component) =>
      measuring({ ...nursingBedShare, measurement: { type: 'ratio', numerator, denominator, scale: '1' } });
    const [people, households] = [
      { name: '人口', unit: '人' },
      { name: '户数', unit: '户' },
    ];
    const [money, average] = [
      { name: '投入', unit: '万元' },
      { name: '年平均人口', unit: '人', whole: false },
    ];
    const whole = made(people, households);
    given()
      .when(report(ratio('3.0', '4')), whole)
      .then(measured(ratio('3.0', '4')));
    given()
      .when(report(ratio('3.5', '4')), whole)
      .thenRefused('figure.not-whole', 'numerator');
    given()
      .when(report(ratio('3', '4.5')), whole)
      .thenRefused('figure.not-whole', 'denominator');
    given()
      .when(report(ratio('3.5', '4.25')), made(money, average))
      .then(measured(ratio('3.5', '4.25')));
    given()
      .when(report(ratio('3.5', '4')), made({ ...money, whole: true }, average))
      .thenRefused('figure.not-whole', 'numerator');
  });

  it('may be reported as a value by any unit if the indicator is not aggregated', () => {
    given()
      .when(report(value('54.9')), measuring({ ...nursingBedShare, aggregation: 'none' }))
      .then(measured(value('54.9')));
  });
});

describe('a percentage', () => {
  it('must lie between 0 and 100, also if it is computed from components', () => {
    given()
      .when(report(ratio('3891', '3891')))
      .then(measured(ratio('3891', '3891')));
    given()
      .when(report(ratio('3892', '3891')))
      .thenRefused('figure.out-of-range', 'value');
    given()
      .when(report(value('100.01'), '331100'))
      .thenRefused('figure.out-of-range', 'value');
    given()
      .when(report(value('-0.01'), '331100'))
      .thenRefused('figure.out-of-range', 'value');
  });

  it('must lie within minimum and maximum if its definition sets them', () => {
    const growth = measuring({ ...nursingBedShare, minimum: '-10', maximum: '150' });
    given()
      .when(report(value('-10'), '331100'), growth)
      .then(measured(value('-10')));
    given()
      .when(report(ratio('3', '2')), growth)
      .then(measured(ratio('3', '2')));
    given()
      .when(report(ratio('31', '20')), growth)
      .thenRefused('figure.out-of-range');
    given()
      .when(report(value('-10.1'), '331100'), growth)
      .thenRefused('figure.out-of-range');
  });
});

describe('a figure reported directly', () => {
  const unions = of(unionsDefined);

  it('must have a value and no components', () => {
    given()
      .when(report(value('3')), unions)
      .then(measured(value('3')));
    given().when(report(beds2161), unions).thenRefused('figure.value-needed', 'value');
    given().when(report({}), unions).thenRefused('figure.value-needed', 'value');
  });

  it('must be a non-negative integer if it is a count', () => {
    given()
      .when(report(value('0')), unions)
      .then(measured(value('0')));
    given()
      .when(report(value('3.5')), unions)
      .thenRefused('figure.not-whole', 'value');
    given()
      .when(report(value('-1')), unions)
      .thenRefused('figure.out-of-range', 'value');
    given()
      .when(report(value('3.0')), unions)
      .then(measured(value('3.0')));
  });

  it('has no more decimals than its definition', () => {
    const digits = (decimals: number) =>
      of(indicatorDefined({ decimals, definition: { ...unionCount, valueType: 'decimal' } }));
    for (const [decimals, text] of [
      ...([
        [0, '13080'],
        [0, '13080.00'],
        [1, '54.9'],
        [1, '54.90'],
        [2, '0.01'],
        [10, '0.0000000001'],
        [20, '999999999999999.12345678901234567891'],
      ] as const),
    ]) {
      given()
        .when(report(value(text)), digits(decimals))
        .then(measured(value(text)));
    }
    for (const [decimals, text] of [
      [0, '13080.5'],
      [1, '54.92'],
      [1, '0.05'],
      [2, '0.001'],
      [19, '12.12345678901234567891'],
    ] as const) {
      given()
        .when(report(value(text)), digits(decimals))
        .thenRefused('figure.decimals', 'value');
    }
    // Of a ratio, too, that the city reports as a value.
    given()
      .when(report(value('54.92'), '331100'))
      .thenRefused('figure.decimals', 'value');
  });

  it('has no upper bound unless its definition sets one', () => {
    given()
      .when(report(value('13080')), of(allowanceDefined))
      .then(measured(value('13080')));
    const few = measuring({ ...unionCount, maximum: '50' });
    given()
      .when(report(value('51')), few)
      .thenRefused('figure.out-of-range', 'value');
    given()
      .when(report(value('50')), few)
      .then(measured(value('50')));
  });
});

describe('a figure computed by a formula', () => {
  const definition: Definition = {
    ...unionCount,
    aggregation: 'none',
    measurement: { type: 'formula', formula: 'value("A1")+value("B1")-previous("A1")' },
  };
  const computed = measuring(definition);

  it('cannot be reported, corrected or declared missing', () => {
    for (const command of [
      report(value('3')),
      make(CorrectMeasurement, { ...lianduBeds, value: '3' }),
      make(DeclareMissing, { ...lianduBeds, because: 'not-due' }),
    ]) {
      given(measured(value('2')))
        .when(command, { ...computed, reason: '复核' })
        .thenRefused('figure.computed', 'code');
    }
  });

  it('names the indicators to report instead, each once', () => {
    const context = { now: '2026-02-01T02:00:00.000Z', knownAt: '2026-02-01T02:00:00.000Z', actor: reviewer };
    const decide = () =>
      figureDecider.decide(report(value('3')), figureDecider.initialState, { ...context, evidence: [], ...computed });
    expect(decide).toThrow('请填报 A1、B1 的数据');
  });

  it('can be approved, returned and withdrawn if it was reported before it was computed', () => {
    const standing = given(measured(value('2')));
    const by = { ...computed, actor: reviewer, reason: '复核' };
    standing.when(make(ApproveMeasurement, lianduBeds), by).then(approved(value('2')));
    standing.when(make(ReturnMeasurement, lianduBeds), by).then(returned(value('2')));
    standing.when(make(WithdrawMeasurement, lianduBeds), { ...by, actor: someone }).then(withdrawn(value('2')));
  });
});

it('a correction is validated like a report', () => {
  const wrong = (reported: Reported) => make(CorrectMeasurement, { ...lianduBeds, ...reported });
  const standing = given(measured(beds2161));
  standing.when(wrong(ratio('3892', '3891')), { reason: '复核' }).thenRefused('figure.out-of-range');
  standing.when(wrong(value('54.9')), { reason: '复核' }).thenRefused('figure.components-needed');
});
