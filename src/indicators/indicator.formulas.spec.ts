import { make, specification } from '../../test/support/decider-spec.js';
import {
  allowanceDefined,
  allowanceStandard,
  indicatorDefined,
  indicatorState,
  targetSet,
  unionsDefined,
} from '../../test/support/examples/indicators.js';
import { plan, planState } from '../../test/support/examples/plans.js';
import { DefineIndicator, RedefineIndicator, ReviseTarget, SetTarget } from './indicator.commands.js';
import { indicatorDecider } from './indicator.decider.js';
import { TargetRevised, indicatorEvents, type Definition } from './indicator.events.js';

/** S00 is reported directly, S01 is computed from S00; 04 is an allowance (元/年), 03 a number of unions. */
const supportStandard: Definition = { ...allowanceStandard, text: '特困人员基本生活标准', aggregation: 'none' };
const computedBy = (formula: string): Definition => ({ ...supportStandard, measurement: { type: 'formula', formula } });
const support = (different: Parameters<typeof indicatorDefined>[0] = {}) =>
  indicatorDefined({ name: '特困标准', kind: 'hold', attribute: 'binding', definition: supportStandard, ...different });
const computed = support({ definition: computedBy('value("S00")') });

const referred = new Map([
  ['04', indicatorState(allowanceDefined)],
  ['03', indicatorState(unionsDefined)],
  ['S00', indicatorState(support())],
]);
const known = { plan: planState(), referred };
const given = specification(indicatorDecider, indicatorEvents, { known, now: '2023-09-15T02:00:00.000Z' });
const withReferred = (...more: [string, ReturnType<typeof indicatorState>][]) => ({
  known: { ...known, referred: new Map([...referred, ...more]) },
});

const define = (definition: Definition, different: Partial<DefineIndicator> = {}) =>
  make(DefineIndicator, { plan, code: 'S01', ...computed.data, definition, ...different });
const setTarget = (value: string) => make(SetTarget, { plan, code: 'S01', unit: '331100', period: '2025', value });
const revise = (value: string, more: Partial<ReviseTarget> = {}) =>
  make(ReviseTarget, { plan, code: 'S01', unit: '331100', period: '2025', value, ...more });
const rule = '=1.3*value("04")';

describe('an indicator that is measured by a formula', () => {
  it('may refer to defined indicators', () => {
    given()
      .when(define(computedBy('value("S00")')))
      .then(computed);
  });

  it.each<[string, string]>([
    ['value("S09")', 'formula.unknown-indicator'],
    ['value("S01")*2', 'formula.self'],
    ['previous("S01")', 'formula.self'],
    ['value("03")', 'formula.units'],
    ['value("04")+value("03")', 'formula.units'],
    ['value(04)', 'formula.arguments'],
  ])('refuses %s', (formula, code) => {
    given()
      .when(define(computedBy(formula)))
      .thenRefused(code, 'definition.measurement.formula');
  });

  it('refuses indicators of another frequency', () => {
    given()
      .when(define(computedBy('value("S00")'), { frequency: 'Q' }))
      .thenRefused('formula.frequency', 'definition.measurement.formula');
  });

  it('refuses aggregation by sum, a scale, a missing formula, and a formula on a direct measurement', () => {
    const formula = computedBy('value("S00")');
    given()
      .when(define({ ...formula, aggregation: 'sum' }))
      .thenRefused('indicator.aggregation', 'definition.aggregation');
    given()
      .when(define({ ...formula, measurement: { type: 'formula' } as never }))
      .thenRefused('indicator.formula', 'definition.measurement.formula');
    given()
      .when(define({ ...formula, measurement: { type: 'direct', formula: 'value("S00")' } as never }))
      .thenRefused('indicator.formula', 'definition.measurement.formula');
    given()
      .when(define({ ...formula, measurement: { type: 'formula', formula: 'value("S00")', scale: '2' } as never }))
      .thenRefused('indicator.direct', 'definition.measurement');
  });

  it('refuses a cycle through formulas or rule targets', () => {
    const byFormula = indicatorState(support({ definition: computedBy('value("S01")') }));
    given()
      .when(define(computedBy('value("S02")')), withReferred(['S02', byFormula]))
      .thenRefused('formula.cycle');
    const byRule = indicatorState(support(), targetSet('2025', '=1.1*value("S01")'));
    given()
      .when(define(computedBy('value("S02")')), withReferred(['S02', byRule]))
      .thenRefused('formula.cycle');
    const between = indicatorState(support({ definition: computedBy('value("S02")') }));
    given()
      .when(define(computedBy('value("S03")')), withReferred(['S02', byFormula], ['S03', between]))
      .thenRefused('formula.cycle');
    // A cycle that does not include this indicator is not refused here.
    const own = indicatorState(support(), targetSet('2025', '=previous("S04")'));
    given()
      .when(define(computedBy('value("S04")')), withReferred(['S04', own]))
      .then(support({ definition: computedBy('value("S04")') }));
  });

  it('may be introduced by 口径变更, with the same checks', () => {
    const redefine = (definition: Definition) =>
      make(RedefineIndicator, { plan, code: 'S01', definition, comparable: true });
    given(support())
      .when(redefine(computedBy('value("S00")')), { reason: '改为计算' })
      .then({
        type: 'IndicatorRedefined',
        data: { definitionVersion: 2, definition: computedBy('value("S00")'), comparable: true },
      });
    given(support())
      .when(redefine(computedBy('value("S01")')), { reason: '改为计算' })
      .thenRefused('formula.self');
  });
});

describe('a target that is a rule', () => {
  it('is stored as written', () => {
    given(computed).when(setTarget(rule)).then(targetSet('2025', rule));
  });

  it('is allowed only for indicators of kind hold', () => {
    for (const kind of ['level', 'growth', 'cumulative'] as const) {
      given(support({ kind })).when(setTarget(rule)).thenRefused('target.rule-kind', 'value');
    }
  });

  it.each<[string, string]>([
    ['=1.3*value("09")', 'formula.unknown-indicator'],
    ['=1.3*value("S01")', 'formula.self'],
    ['=previous("S01")-value("S01")', 'formula.self'],
    ['=value("03")', 'formula.units'],
    ['=13000', 'formula.constant'],
    ['=1.3*', 'formula.syntax'],
  ])('is refused for %s', (value, code) => {
    given(computed).when(setTarget(value)).thenRefused(code, 'value');
  });

  it('may refer to the indicator’s own value of the year before', () => {
    const kept = '=max(previous("S01"), 1.3*value("04"))';
    given(support()).when(setTarget(kept)).then(targetSet('2025', kept));
  });

  it('is compared after parsing, regardless of spaces and quotes', () => {
    const standing = given(computed, targetSet('2025', rule));
    standing.when(setTarget("= 1.30 * value('04')")).thenNothing();
    standing.when(setTarget('=1.4*value("04")')).thenRefused('target.already-set', 'value');
    standing.when(setTarget('13000')).thenRefused('target.already-set', 'value');
    standing.when(revise("=1.3*value('04')"), { reason: '重申' }).thenNothing();
    standing.when(setTarget('=1.3*')).thenRefused('formula.syntax', 'value');
  });

  it('requires a document for any change if binding: which rule is stricter cannot be determined', () => {
    const document = { documentNumber: '示例〔2023〕1号' };
    const change = { unit: '331100', period: '2025', targetVersion: 2, ...document };
    for (const [from, to] of [
      [rule, '=1.4*value("04")'],
      [rule, '99999'],
      ['13000', rule],
    ] as const) {
      const standing = given(computed, targetSet('2025', from));
      standing.when(revise(to), { reason: '调整' }).thenRefused('target.binding-rule', 'documentNumber');
      standing.when(revise(to, document)).thenRefused('reason.missing', 'reason');
      standing.when(revise(to, document), { reason: '调整' }).then(TargetRevised.of({ from, to, ...change }));
    }
  });

  it('requires only a reason for a change if expected', () => {
    given(support({ attribute: 'expected' }), targetSet('2025', rule))
      .when(revise('13000'), { reason: '调整' })
      .then(TargetRevised.of({ unit: '331100', period: '2025', from: rule, to: '13000', targetVersion: 2 }));
  });
});
