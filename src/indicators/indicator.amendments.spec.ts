import { make, specification } from '../../test/support/decider-spec.js';
import {
  allowanceDefined,
  bedsDefined,
  indicatorDefined,
  indicatorState,
  nursingBedShare,
  redefined,
  targetSet,
} from '../../test/support/examples/indicators.js';
import { plan, planState } from '../../test/support/examples/plans.js';
import { AmendIndicator, SetTarget, WithdrawTarget } from './indicator.commands.js';
import { indicatorDecider } from './indicator.decider.js';
import {
  IndicatorAmended,
  IndicatorRedefined,
  TargetSet,
  TargetWithdrawn,
  indicatorEvents,
} from './indicator.events.js';

const given = specification(indicatorDecider, indicatorEvents, {
  known: { plan: planState() },
  now: '2023-09-15T02:00:00.000Z',
});
const why = { reason: '规划修订' };
const { definition: _, ...beds } = bedsDefined.data;

describe('amending an indicator', () => {
  const amend = (different: Partial<AmendIndicator> = {}) =>
    make(AmendIndicator, { plan, code: '02', ...bedsDefined.data, ...different });
  const narrower = { ...nursingBedShare, text: '年末护理型床位数占养老机构核定床位总数的百分比' };

  it('states it anew besides its definition, with a reason', () => {
    given(bedsDefined)
      .when(amend({ weight: '2' }), why)
      .then(IndicatorAmended.of({ ...beds, weight: '2' }));
    given(bedsDefined)
      .when(amend({ weight: '2' }))
      .thenRefused('reason.missing', 'reason');
    given(bedsDefined).when(amend()).thenNothing();
  });

  it('makes a changed definition a version of its own, which must say whether it is comparable', () => {
    const redefinition = IndicatorRedefined.of({ definitionVersion: 2, definition: narrower, comparable: false });
    given(bedsDefined)
      .when(amend({ definition: narrower }), why)
      .thenRefused('indicator.comparable', 'comparable');
    given(bedsDefined)
      .when(amend({ definition: narrower, comparable: false }), why)
      .then(redefinition);
    given(bedsDefined)
      .when(amend({ definition: narrower, comparable: false, name: '护理床位占比' }), why)
      .then(IndicatorAmended.of({ ...beds, name: '护理床位占比' }), redefinition);
    given(bedsDefined, redefinition)
      .when(amend({ definition: narrower }))
      .thenNothing();
  });

  it('does not restore an older definition unnoticed', () => {
    given(bedsDefined, redefined(2, false))
      .when(amend({ weight: '2' }), why)
      .thenRefused('indicator.comparable', 'comparable');
  });

  it('keeps the frequency, by which figures and targets were given', () => {
    given(bedsDefined)
      .when(amend({ frequency: 'Q' }), why)
      .thenRefused('indicator.frequency-fixed', 'frequency');
  });

  it('is compared with what was amended last, and keeps definition, targets and scope', () => {
    const amended = IndicatorAmended.of({ ...beds, weight: '2' });
    given(bedsDefined, amended)
      .when(amend({ weight: '2' }))
      .thenNothing();
    given(bedsDefined, amended).when(amend(), why).then(IndicatorAmended.of(beds));
    const before = [bedsDefined, targetSet('2025', '58'), redefined(2, true)];
    const { defined, ...rest } = indicatorState(...before);
    expect(indicatorState(...before, amended)).toEqual({ ...rest, defined: { ...defined, weight: '2' } });
  });

  it('is checked as a definition is', () => {
    given(bedsDefined)
      .when(amend({ area: 'A9' }), why)
      .thenRefused('indicator.unknown-area', 'area');
    given()
      .when(amend({ weight: '2' }), why)
      .thenRefused('indicator.unknown', 'code');
  });
});

describe('withdrawing a target', () => {
  const place = { unit: '331100', period: '2025' };
  const set = TargetSet.of({ ...place, value: '58', targetVersion: 1 });
  const withdraw = (more: Partial<WithdrawTarget> = {}) =>
    make(WithdrawTarget, { plan, code: '02', ...place, ...more });
  const withdrawn = TargetWithdrawn.of({ ...place, value: '58' });

  it('ends it, once, with a reason', () => {
    given(bedsDefined, set).when(withdraw(), why).then(withdrawn);
    given(bedsDefined, set).when(withdraw()).thenRefused('reason.missing', 'reason');
    given(bedsDefined, set, withdrawn).when(withdraw(), why).thenNothing();
    given(bedsDefined).when(withdraw(), why).thenRefused('target.unknown', 'period');
  });

  it('leaves the others', () => {
    const other = targetSet('2022', '55');
    expect(indicatorState(bedsDefined, set, other, withdrawn).targets).toEqual(
      indicatorState(bedsDefined, other).targets,
    );
  });

  it('lets it be set anew, as another version', () => {
    given(bedsDefined, set, withdrawn)
      .when(make(SetTarget, { plan, code: '02', ...place, value: '60' }))
      .then(TargetSet.of({ ...place, value: '60', targetVersion: 2 }));
  });

  it('needs a document for a binding indicator', () => {
    const binding = given(allowanceDefined, set);
    binding.when(withdraw(), why).thenRefused('target.binding-withdrawn', 'documentNumber');
    const documentNumber = '示例〔2023〕1号';
    binding.when(withdraw({ documentNumber }), why).then(TargetWithdrawn.of({ ...withdrawn.data, documentNumber }));
    given(indicatorDefined(), set)
      .when(withdraw({ approvedOn: '2023-09-16' }), why)
      .thenRefused('date.future', 'approvedOn');
  });
});
