import { make, specification } from '../../test/support/decider-spec.js';
import {
  allowanceDefined,
  bedsDefined,
  indicatorDefined,
  nursingBedShare,
  redefined,
  retiredFrom,
  targetRevised,
  targetSet,
  unionCount,
  unionsDefined,
} from '../../test/support/examples/indicators.js';
import { plan, planState } from '../../test/support/examples/plans.js';
import { PlanClosed } from '../plans/plan.events.js';
import { planDecider } from '../plans/plan.decider.js';
import {
  AmendIndicator,
  DefineIndicator,
  RedefineIndicator,
  RetireIndicator,
  ReviseTarget,
  SetTarget,
} from './indicator.commands.js';
import { indicatorDecider } from './indicator.decider.js';
import {
  IndicatorAmended,
  IndicatorDefined,
  IndicatorRedefined,
  TargetRevised,
  TargetSet,
  indicatorEvents,
  type Definition,
} from './indicator.events.js';

const { definition: _, ...attributes } = bedsDefined.data;
const given = specification(indicatorDecider, indicatorEvents, {
  known: { plan: planState() },
  now: '2023-09-15T02:00:00.000Z',
});

const define = (different: Partial<DefineIndicator> = {}) =>
  make(DefineIndicator, { plan, code: '02', ...bedsDefined.data, ...different });
const redefine = (definition: Definition, comparable = false) =>
  make(RedefineIndicator, { plan, code: '02', definition, comparable });
const setTarget = (period: string, value: string, unit = '331100') =>
  make(SetTarget, { plan, code: '02', unit, period, value });
const revise = (value: string, more: Partial<ReviseTarget> = {}) =>
  make(ReviseTarget, { plan, code: '02', unit: '331100', period: '2025', value, ...more });
const retire = (fromPeriod: string) => make(RetireIndicator, { plan, code: '02', fromPeriod });

const anyOther = [setTarget('2025', '58'), revise('58'), retire('2024'), redefine(unionCount)];

describe('an indicator', () => {
  it.each([define(), ...anyOther])('requires a drafted plan ($type)', (command) => {
    given(bedsDefined)
      .when(command, { known: { plan: planDecider.initialState } })
      .thenRefused('plan.unknown');
  });

  it.each([define(), ...anyOther])('requires a plan that is not closed ($type)', (command) => {
    given(bedsDefined, targetSet('2025', '57'))
      .when(command, { known: { plan: planState(PlanClosed.of({})) }, reason: '口径统一' })
      .thenRefused('plan.closed');
  });

  it.each(anyOther)('must be defined before $type', (command) => {
    const missing = { kind: 'indicator', id: '02' };
    given().when(command, { reason: '口径统一' }).thenRefused('indicator.unknown', 'code', missing);
  });
});

describe('defining an indicator', () => {
  it('takes names in other languages than that of the plan', () => {
    const translations = { en: 'Nursing beds, per cent' };
    given()
      .when(define({ translations }))
      .then(IndicatorDefined.of({ ...bedsDefined.data, translations }));
    given()
      .when(define({ translations: { 'zh-CN': '护理型床位' } }))
      .thenRefused('language.own', 'translations.zh-CN');
    given()
      .when(define({ translations: { chinese: '护理型床位' } }))
      .thenRefused('language.tag', 'translations.chinese');
    given(bedsDefined)
      .when(make(AmendIndicator, { plan, code: '02', ...bedsDefined.data, translations }), { reason: '补译名' })
      .then(IndicatorAmended.of({ ...attributes, translations }));
  });

  it('defines it, by default without assumptions', () => {
    given().when(define()).then(bedsDefined);
    given()
      .when(define({ assumptions: undefined }))
      .then(bedsDefined);
  });

  it('stores the printed name, line and assumptions', () => {
    const more = { printedName: '护理型床位占比（%）', line: 100, assumptions: [{ field: 'owner', text: '原文没有' }] };
    given().when(define(more)).then(indicatorDefined(more));
  });

  it('says of a component whether it is a whole number', () => {
    const population = { name: '年平均人口', unit: '人', whole: false };
    const measurement = { ...nursingBedShare.measurement, denominator: population } as Definition['measurement'];
    const more = { definition: { ...nursingBedShare, measurement } };
    given().when(define(more)).then(indicatorDefined(more));
  });

  it('changes nothing if the indicator already has this definition', () => {
    given(bedsDefined).when(define()).thenNothing();
  });

  it('refuses a different definition: that requires 口径变更', () => {
    given(bedsDefined)
      .when(define({ weight: '2' }))
      .thenRefused('indicator.already-defined');
    given(bedsDefined, redefined(2, false)).when(define()).thenRefused('indicator.already-defined');
  });

  it('refuses an area or owner that the plan does not have; both may be omitted', () => {
    given()
      .when(define({ area: 'A9' }))
      .thenRefused('indicator.unknown-area', 'area', { kind: 'area', id: 'A9' });
    given()
      .when(define({ owner: '339999' }))
      .thenRefused('indicator.unknown-owner', 'owner');
    const { area: _, owner: __, ...data } = bedsDefined.data;
    given()
      .when(define({ area: undefined, owner: undefined }))
      .then({ type: 'IndicatorDefined', data });
  });

  it('refuses a negative weight', () => {
    given()
      .when(define({ weight: '-0.5' }))
      .thenRefused('indicator.weight', 'weight');
    given()
      .when(define({ weight: '0' }))
      .then(indicatorDefined({ weight: '0' }));
  });
});

describe('the definition of an indicator', () => {
  const { numerator, denominator } = nursingBedShare.measurement as Extract<
    Definition['measurement'],
    { type: 'ratio' }
  >;
  const measuring = (measurement: DefineIndicator['definition']['measurement']) => ({
    ...nursingBedShare,
    measurement,
  });

  it.each<[string, DefineIndicator['definition'], string, string]>([
    [
      'a ratio without numerator',
      measuring({ type: 'ratio', denominator, scale: '100' }),
      'indicator.ratio',
      'definition.measurement',
    ],
    [
      'a ratio without denominator',
      measuring({ type: 'ratio', numerator, scale: '100' }),
      'indicator.ratio',
      'definition.measurement',
    ],
    [
      'a ratio without scale',
      measuring({ type: 'ratio', numerator, denominator }),
      'indicator.ratio',
      'definition.measurement',
    ],
    [
      'a negative scale',
      measuring({ type: 'ratio', numerator, denominator, scale: '-100' }),
      'indicator.scale',
      'definition.measurement.scale',
    ],
    [
      'a scale of zero',
      measuring({ type: 'ratio', numerator, denominator, scale: '0' }),
      'indicator.scale',
      'definition.measurement.scale',
    ],
    [
      'a direct figure with components',
      { ...unionCount, measurement: { type: 'direct', numerator } },
      'indicator.direct',
      'definition.measurement',
    ],
    [
      'a direct figure with a scale',
      { ...unionCount, measurement: { type: 'direct', scale: '100' } },
      'indicator.direct',
      'definition.measurement',
    ],
    [
      'a minimum above the maximum',
      { ...unionCount, minimum: '10', maximum: '9.5' },
      'indicator.range',
      'definition.minimum',
    ],
    [
      'a ratio of sums without components',
      { ...unionCount, aggregation: 'ratio-of-sums' },
      'indicator.aggregation',
      'definition.aggregation',
    ],
  ])('must not be %s', (_, definition, code, field) => {
    given().when(define({ definition })).thenRefused(code, field);
  });

  it.each([{ minimum: '5' }, { maximum: '5' }])('may have one bound only: %j', (bound) => {
    const definition = { ...unionCount, ...bound };
    given().when(define({ definition })).then(indicatorDefined({ definition }));
  });

  it('may have equal minimum and maximum', () => {
    const definition = { ...unionCount, minimum: '5', maximum: '5' };
    given().when(define({ definition })).then(indicatorDefined({ definition }));
  });
});

describe('口径变更', () => {
  const counted: Definition = { ...nursingBedShare, text: '按核定床位数' };
  const why = { reason: '省厅统一口径' };

  it('creates the next version of the definition with its comparable flag', () => {
    given(bedsDefined)
      .when(redefine(counted, true), why)
      .then(IndicatorRedefined.of({ definitionVersion: 2, definition: counted, comparable: true }));
    given(bedsDefined, redefined(2, true))
      .when(redefine(counted), why)
      .then(IndicatorRedefined.of({ definitionVersion: 3, definition: counted, comparable: false }));
  });

  it('requires a reason only if something changes', () => {
    given(bedsDefined).when(redefine(counted)).thenRefused('reason.missing', 'reason');
    given(bedsDefined).when(redefine(nursingBedShare)).thenNothing();
  });

  it('validates the new definition like the first one', () => {
    given(bedsDefined)
      .when(redefine({ ...counted, minimum: '2', maximum: '1' }), why)
      .thenRefused('indicator.range');
    given(bedsDefined)
      .when(redefine({ ...unionCount, aggregation: 'ratio-of-sums' }), why)
      .thenRefused('indicator.aggregation', 'definition.aggregation');
  });
});

describe('setting a target', () => {
  it('sets the target of one unit and one period', () => {
    given(bedsDefined).when(setTarget('2025', '58')).then(targetSet('2025', '58'));
    given(bedsDefined, targetSet('2025', '58'))
      .when(setTarget('2025', '60', '331102'))
      .then(targetSet('2025', '60', '331102'));
    given(bedsDefined, targetSet('2025', '58')).when(setTarget('2022', '55')).then(targetSet('2022', '55'));
  });

  it('of an incomparable earlier definition does not restate it: that requires 目标调整', () => {
    const stale = given(bedsDefined, targetSet('2025', '58'), redefined(2, false));
    stale.when(setTarget('2025', '58')).thenRefused('target.already-set', 'value');
    stale.when(setTarget('2025', '60')).thenRefused('target.already-set', 'value');
    stale.when(setTarget('2022', '55')).then(targetSet('2022', '55'));
    const comparable = given(bedsDefined, targetSet('2025', '58'), redefined(2, true));
    comparable.when(setTarget('2025', '58')).thenNothing();
    const restated = [redefined(2, false), targetRevised('2025', '58', '58'), redefined(3, true)];
    given(bedsDefined, targetSet('2025', '58'), ...restated)
      .when(setTarget('2025', '58'))
      .thenNothing();
  });

  it('stores the line of the plan’s text', () => {
    const command = make(SetTarget, { plan, code: '02', unit: '331100', period: '2025', value: '58', line: 103 });
    const data = { unit: '331100', period: '2025', value: '58', targetVersion: 1, line: 103 };
    given(bedsDefined).when(command).then(TargetSet.of(data));
  });

  it('changes nothing if the number is equal (58 and 58.0)', () => {
    given(bedsDefined, targetSet('2025', '58')).when(setTarget('2025', '58.0')).thenNothing();
  });

  it('refuses to change an existing target: that requires 目标调整', () => {
    given(bedsDefined, targetSet('2025', '58'))
      .when(setTarget('2025', '57'))
      .thenRefused('target.already-set', 'value');
  });

  it('compares with the current value, not with the original one', () => {
    const revised = given(bedsDefined, targetSet('2025', '58'), targetRevised('2025', '58', '60'));
    revised.when(setTarget('2025', '60')).thenNothing();
    revised.when(setTarget('2025', '58')).thenRefused('target.already-set');
  });

  it('refuses a unit that the plan does not have', () => {
    given(bedsDefined)
      .when(setTarget('2025', '58', '339999'))
      .thenRefused('target.unknown-unit', 'unit');
  });

  it.each(['2020', '2026', '2026-S1'])('refuses %s, which lies outside the plan’s years', (period) => {
    given(indicatorDefined({ frequency: 'S' }))
      .when(setTarget(period, '58'))
      .thenRefused('target.outside-plan', 'period');
  });

  it('accepts a year or a period of the indicator’s frequency', () => {
    given(bedsDefined).when(setTarget('2021', '55')).then(targetSet('2021', '55'));
    const halfYearly = indicatorDefined({ frequency: 'S' });
    given(halfYearly).when(setTarget('2023-S1', '56')).then(targetSet('2023-S1', '56'));
    given(halfYearly).when(setTarget('2023', '56')).then(targetSet('2023', '56'));
    given(halfYearly).when(setTarget('2023-Q1', '56')).thenRefused('target.frequency', 'period');
    given(bedsDefined).when(setTarget('2023-S1', '56')).thenRefused('target.frequency', 'period');
  });
});

describe('目标调整', () => {
  const why = { reason: '中期评估建议' };
  const paper = { documentNumber: '示例〔2023〕1号', approvedBy: '丽水市人民政府', approvedOn: '2023-09-15' };
  const set = targetSet('2025', '58');

  it('records the old value, the new value and the approving document', () => {
    given(bedsDefined, set)
      .when(revise('56', paper), why)
      .then(TargetRevised.of({ unit: '331100', period: '2025', from: '58', to: '56', targetVersion: 2, ...paper }));
  });

  it('counts versions per target', () => {
    given(bedsDefined, set, targetSet('2022', '55'), targetRevised('2025', '58', '59'))
      .when(revise('60'), why)
      .then(targetRevised('2025', '59', '60', 3));
  });

  it('refuses a target that was never set', () => {
    given(bedsDefined, targetSet('2022', '55'), targetSet('2025', '58', '331102'))
      .when(revise('60'), why)
      .thenRefused('target.unknown', 'period');
  });

  it('requires a reason only if something changes', () => {
    given(bedsDefined, set).when(revise('60')).thenRefused('reason.missing', 'reason');
    given(bedsDefined, set).when(revise('58.0')).thenNothing();
  });

  it('restates a target for an incomparable definition, also with the same number', () => {
    given(bedsDefined, set, redefined(2, false)).when(revise('58')).thenRefused('reason.missing', 'reason');
    given(bedsDefined, set, redefined(2, false))
      .when(revise('58'), why)
      .then(targetRevised('2025', '58', '58'));
    given(bedsDefined, set, redefined(2, true)).when(revise('58'), why).thenNothing();
    given(bedsDefined, set, redefined(2, false), targetRevised('2025', '58', '58'))
      .when(revise('58'), why)
      .thenNothing();
    given(bedsDefined, set, redefined(2, false), targetRevised('2025', '58', '58'), redefined(3, false))
      .when(revise('58'), why)
      .then(targetRevised('2025', '58', '58', 3));
  });

  it('restates a binding target for an incomparable definition only under a document', () => {
    const binding = indicatorDefined({ attribute: 'binding' });
    for (const value of ['58', '60']) {
      given(binding, set, redefined(2, false))
        .when(revise(value), why)
        .thenRefused('target.binding-redefined', 'documentNumber');
    }
    given(binding, set, redefined(2, false))
      .when(revise('57', paper), why)
      .then(TargetRevised.of({ unit: '331100', period: '2025', from: '58', to: '57', targetVersion: 2, ...paper }));
    given(binding, set, redefined(2, true))
      .when(revise('60'), why)
      .then(targetRevised('2025', '58', '60'));
  });

  it('refuses an approval date in the future, by the calendar of the plan’s time zone', () => {
    const command = revise('60', { approvedOn: '2023-09-16' });
    given(bedsDefined, set)
      .when(command, { ...why, now: '2023-09-15T15:59:59.999Z' })
      .thenRefused('date.future', 'approvedOn');
    given(bedsDefined, set)
      .when(command, { ...why, now: '2023-09-15T16:00:00.000Z' })
      .then(
        TargetRevised.of({
          ...{ unit: '331100', period: '2025', from: '58', to: '60', targetVersion: 2 },
          approvedOn: '2023-09-16',
        }),
      );
  });

  it('allows an expected target to be lowered without a document', () => {
    given(unionsDefined, set)
      .when(revise('50'), why)
      .then(targetRevised('2025', '58', '50'));
  });

  it('requires a document number to make a binding target easier', () => {
    given(allowanceDefined, set).when(revise('57'), why).thenRefused('target.binding-lowered', 'documentNumber');
    given(allowanceDefined, set)
      .when(revise('57', paper), why)
      .then(TargetRevised.of({ unit: '331100', period: '2025', from: '58', to: '57', targetVersion: 2, ...paper }));
    given(allowanceDefined, set)
      .when(revise('59'), why)
      .then(targetRevised('2025', '58', '59'));
  });

  it('treats raising a lower-is-better target as making it easier', () => {
    const waiting = indicatorDefined({ attribute: 'binding', direction: 'lower' });
    given(waiting, set).when(revise('59'), why).thenRefused('target.binding-lowered');
    given(waiting, set)
      .when(revise('57'), why)
      .then(targetRevised('2025', '58', '57'));
  });
});

describe('retiring an indicator', () => {
  it('retires the indicator once', () => {
    given(bedsDefined).when(retire('2024')).then(retiredFrom('2024'));
    given(bedsDefined, retiredFrom('2024')).when(retire('2024')).thenNothing();
    given(bedsDefined, retiredFrom('2024')).when(retire('2023')).thenRefused('indicator.already-retired');
  });

  it('refuses a period before the plan’s first year', () => {
    for (const period of ['2019', '2020', '2020-Q4']) {
      given(bedsDefined).when(retire(period)).thenRefused('indicator.retired-before-plan', 'fromPeriod');
    }
    given(bedsDefined).when(retire('2021')).then(retiredFrom('2021'));
    given(bedsDefined).when(retire('2021年')).thenRefused('period.malformed', 'fromPeriod');
  });
});
