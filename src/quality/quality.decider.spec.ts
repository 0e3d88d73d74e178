import { make, specification } from '../../test/support/decider-spec.js';
import { plan, planState } from '../../test/support/examples/plans.js';
import { SetQualityRules } from './quality.commands.js';
import { codesIn, qualityDecider } from './quality.decider.js';
import { qualityEvents, QualityRulesSet } from './quality.events.js';
import { defaultQualityRules, parametersOf, qualityKinds, type QualityRule } from './quality-rules.js';

const known = { plan: planState(), indicators: new Set(['02', '03']) };
const given = specification(qualityDecider, qualityEvents, { known, now: '2023-08-25T02:00:00.000Z' });
const set = (...rules: QualityRule[]) => make(SetQualityRules, { plan, rules });
const jump: QualityRule = { id: 'jump-02', kind: 'jump', indicator: '02', percent: '20', required: 'explanation' };

it('the whole list is stated anew, and the same list changes nothing', () => {
  given()
    .when(set(jump))
    .then(QualityRulesSet.of({ version: 1, rules: [jump] }));
  const standing = QualityRulesSet.of({ version: 1, rules: [jump] });
  given(standing).when(set(jump)).thenNothing();
  given(standing)
    .when(set())
    .then(QualityRulesSet.of({ version: 2, rules: [] }));
});

it('a plan without rules has the kinds that need no parameters', () => {
  const needless = qualityKinds.filter((kind) => Object.keys(parametersOf[kind]).length === 0);
  expect(qualityDecider.initialState.rules).toBe(defaultQualityRules);
  expect(defaultQualityRules).toEqual(needless.map((kind) => ({ id: kind, kind })));
  // Stating the default rules is a statement all the same.
  given()
    .when(set(...defaultQualityRules))
    .then(QualityRulesSet.of({ version: 1, rules: [...defaultQualityRules] }));
});

it.each<[string, QualityRule[], string]>([
  ['quality-rules.repeated', [jump, { ...jump, percent: '5' }], 'rules.1.id'],
  ['quality-rules.parameter-missing', [{ id: 'a', kind: 'overdue' }], 'rules.0.days'],
  ['quality-rules.parameter-missing', [{ id: 'a', kind: 'range' }], 'rules.0.minimum'],
  ['quality-rules.parameter-unused', [{ id: 'a', kind: 'whole-numbers', margin: '1' }], 'rules.0.margin'],
  ['quality-rules.number', [{ id: 'a', kind: 'overdue', days: '1.5' }], 'rules.0.days'],
  ['quality-rules.number', [{ id: 'a', kind: 'jump', percent: '-1' }], 'rules.0.percent'],
  ['quality-rules.order', [{ id: 'a', kind: 'range', minimum: '2', maximum: '1' }], 'rules.0.minimum'],
  ['quality-rules.unknown-indicator', [{ ...jump, indicator: '99' }], 'rules.0.indicator'],
  [
    'quality-rules.unknown-indicator',
    [{ id: 'a', kind: 'formula', formula: 'value("02")-value("99")', minimum: '0' }],
    'rules.0.formula',
  ],
  ['formula.not-allowed', [{ id: 'a', kind: 'formula', formula: 'value("02")>1', minimum: '0' }], 'rules.0.formula'],
])('refuses rules that cannot be used: %s', (code, rules, field) => {
  const decide = () =>
    qualityDecider.decide(set(...rules), qualityDecider.initialState, {
      ...{ now: '2023-08-25T02:00:00.000Z', knownAt: '2023-08-25T02:00:00.000Z', evidence: [], known },
      actor: { id: 'a', name: 'a', roles: [] },
    });
  expect(decide).toThrow(
    expect.objectContaining({
      code: 'quality-rules.invalid',
      problems: [expect.objectContaining({ code, field }) as unknown],
    }),
  );
});

it('the indicators that rules name are those of their formulas too', () => {
  expect(codesIn([jump, { formula: 'value("03")/previous("02")' }, { formula: '((' }])).toEqual(['02', '03']);
});
