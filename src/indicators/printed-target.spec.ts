import { make, specification } from '../../test/support/decider-spec.js';
import { indicatorDefined, targetSet } from '../../test/support/examples/indicators.js';
import { plan, planState } from '../../test/support/examples/plans.js';
import { checkedInput } from '../slice/command.js';
import { ReviseTarget, SetTarget } from './indicator.commands.js';
import { indicatorDecider } from './indicator.decider.js';
import { TargetRevised, indicatorEvents, type IndicatorDefined } from './indicator.events.js';

const given = specification(indicatorDecider, indicatorEvents, {
  known: { plan: planState() },
  now: '2023-09-15T02:00:00.000Z',
});

type Defined = (typeof IndicatorDefined)['example'];
/** Measured in %. */
const of = (kind: Defined['kind'], direction: Defined['direction'] = 'higher', more: Partial<Defined> = {}) =>
  indicatorDefined({ kind, direction, ...more });
const target = { plan, code: '02', unit: '331100', period: '2025' };
const set = (value: string) => make(SetTarget, { ...target, value });
const revise = (value: string, more: Partial<ReviseTarget> = {}) => make(ReviseTarget, { ...target, value, ...more });

describe('a target as the plan prints it', () => {
  it.each([
    ['hold', 'higher', '>7', '>7'],
    ['hold', 'higher', '≥7', '7'],
    ['hold', 'higher', '不低于7%', '7'],
    ['hold', 'lower', '<5.5', '<5.5'],
    ['hold', 'lower', '≤5.50', '5.50'],
    ['hold', 'lower', '5.5%以内', '5.5'],
    ['hold', 'higher', '5-6', '5..6'],
    ['hold', 'lower', '5%–6%', '5..6'],
    ['hold', 'higher', '合理区间（5%-6%）', '5..6'],
    ['growth', 'higher', '>7%', '>7'],
    ['level', 'higher', '≥58', '58'],
    ['level', 'higher', '58.0%', '58.0'],
    ['cumulative', 'higher', '[13.5]', '13.5'],
    ['cumulative', 'higher', '〔>13.5〕', '>13.5'],
  ] as const)('of a %s where %s is better: %s is stored as %s', (kind, direction, printed, stored) => {
    given(of(kind, direction)).when(set(printed)).then(targetSet('2025', stored));
  });

  it.each([
    ['hold', 'lower', '>7', 'target.direction'],
    ['hold', 'higher', '≤5.5', 'target.direction'],
    ['level', 'higher', '<5.5', 'target.direction'],
    ['level', 'higher', '5-6', 'target.range-kind'],
    ['growth', 'higher', '5-6', 'target.range-kind'],
    ['cumulative', 'higher', '[5-6]', 'target.range-kind'],
    ['hold', 'higher', '6-5', 'target.range-order'],
    ['hold', 'higher', '5..5', 'target.range-order'],
    ['hold', 'higher', '[13.5]', 'target.brackets'],
    ['level', 'higher', '[13.5]', 'target.brackets'],
    ['hold', 'higher', '5‰', 'target.unit'],
    ['level', 'higher', '58张', 'target.unit'],
  ] as const)('of a %s where %s is better: %s is refused', (kind, direction, printed, code) => {
    given(of(kind, direction)).when(set(printed)).thenRefused(code, 'value');
  });

  it.each([
    ['合理区间', /没有写明上下限.*5\.\.6/],
    ['5.5左右', /写作区间，如 4\.5\.\.5\.5/],
    ['1,234', /区间写作 5\.\.6，下限写作 >=7 或 >7.*您是否指 1234/],
    ['五到六', /须为十进制数文本/],
    [5.5, /须为文本：请加引号/],
    [undefined, /不能为空/],
  ])('%j is refused with the way to write it', (value, message) => {
    expect(() => checkedInput(SetTarget, { ...target, value })).toThrow(
      expect.objectContaining({
        problems: [{ code: 'input.invalid-field', field: 'value', message: expect.stringMatching(message) }],
      }),
    );
  });

  it('changes nothing where it asks for what holds already', () => {
    given(of('hold'), targetSet('2025', '5..6')).when(set('5.0%-6%')).thenNothing();
    given(of('hold'), targetSet('2025', '7')).when(set('≥7.0')).thenNothing();
    given(of('hold'), targetSet('2025', '7')).when(set('>7')).thenRefused('target.already-set', 'value');
    given(of('hold'), targetSet('2025', '>7')).when(revise('＞7')).thenNothing();
  });
});

describe('a binding target', () => {
  const binding = of('hold', 'higher', { attribute: 'binding' });
  const reason = '调整';

  it.each([
    ['5..6', '5..6.5'],
    ['5..6', '4..5.5'],
    ['5..6', '5'],
    ['6', '5..7'],
    ['>7', '7'],
    ['>7', '>6'],
  ])('%s is made easier to %s under a document only', (from, to) => {
    given(binding, targetSet('2025', from)).when(revise(to), { reason }).thenRefused('target.binding-lowered');
    given(binding, targetSet('2025', from))
      .when(revise(to, { documentNumber: '示例〔2023〕1号' }), { reason })
      .then(
        TargetRevised.of({
          ...{ unit: '331100', period: '2025', from, to, targetVersion: 2, documentNumber: '示例〔2023〕1号' },
        }),
      );
  });

  it.each([
    ['5..6', '5.5..6'],
    ['5', '5..6'],
    ['7', '>7'],
    ['>7', '8'],
  ])('%s is made stricter to %s without one', (from, to) => {
    given(binding, targetSet('2025', from))
      .when(revise(to), { reason })
      .then(TargetRevised.of({ unit: '331100', period: '2025', from, to, targetVersion: 2 }));
  });
});
