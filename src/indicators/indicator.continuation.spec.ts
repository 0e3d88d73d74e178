import { make, specification } from '../../test/support/decider-spec.js';
import { bedsDefined, indicatorState } from '../../test/support/examples/indicators.js';
import { plan, planState } from '../../test/support/examples/plans.js';
import { ContinueIndicator, WithdrawContinuation } from './indicator.commands.js';
import { indicatorDecider } from './indicator.decider.js';
import { ContinuationWithdrawn, IndicatorContinued, indicatorEvents } from './indicator.events.js';

const own = planState();
const earlier = { ...own, drafted: { ...own.drafted!, startYear: 2016, endYear: 2020 } };
const former = { plan: earlier, indicator: indicatorState(bedsDefined) };
const formerPlan = 'lishui-civil-affairs-2016-2020';
const known = { plan: own, former };
const given = specification(indicatorDecider, indicatorEvents, { known, now: '2023-09-15T02:00:00.000Z' });

const same = { formerPlan, formerIndicator: '02', continuedDefinition: 'same' as const };
const factor = { factor: '0.98', basis: '按两种口径同时统计的2020年数之比' };
const proceed = (different: Partial<ContinueIndicator> = {}) =>
  make(ContinueIndicator, { plan, code: '02', ...same, ...different });
const other = { continuedDefinition: 'other' as const };
const continued = (different: object = {}) =>
  IndicatorContinued.of({ plan: formerPlan, indicator: '02', definition: 'same', ...different });
const withdraw = make(WithdrawContinuation, { plan, code: '02' });
const reason = '口径核对';

describe('an indicator that continues one of an earlier plan', () => {
  it('says under the same or another definition, with or without a factor', () => {
    given(bedsDefined).when(proceed()).then(continued());
    given(bedsDefined)
      .when(proceed(other))
      .then(continued({ definition: 'other' }));
    given(bedsDefined)
      .when(proceed({ ...other, ...factor }))
      .then(continued({ definition: 'other', ...factor }));
  });

  it('says the same again without an event, and something else only with a reason', () => {
    given(bedsDefined, continued()).when(proceed()).thenNothing();
    given(bedsDefined, continued()).when(proceed(other)).thenRefused('reason.missing', 'reason');
    given(bedsDefined, continued())
      .when(proceed(other), { reason })
      .then(continued({ definition: 'other' }));
  });

  it('is withdrawn with a reason, and once', () => {
    given(bedsDefined, continued()).when(withdraw).thenRefused('reason.missing', 'reason');
    given(bedsDefined, continued())
      .when(withdraw, { reason })
      .then(ContinuationWithdrawn.of({ plan: formerPlan, indicator: '02' }));
    given(bedsDefined).when(withdraw, { reason }).thenRefused('continuation.none');
  });

  it('continues an indicator that there is, of a plan that began earlier', () => {
    const nothing = indicatorDecider.initialState;
    given(bedsDefined)
      .when(proceed({ formerPlan: plan }))
      .thenRefused('continuation.same-plan', 'formerPlan');
    given(bedsDefined)
      .when(proceed(), { known: { plan: own, former: { ...former, plan: own } } })
      .thenRefused('continuation.order', 'formerPlan');
    given(bedsDefined)
      .when(proceed(), { known: { plan: own, former: { plan: { ...own, drafted: undefined }, indicator: nothing } } })
      .thenRefused('continuation.unknown-plan', 'formerPlan');
    given(bedsDefined)
      .when(proceed(), { known: { plan: own, former: { ...former, indicator: nothing } } })
      .thenRefused('continuation.unknown-indicator', 'formerIndicator');
    given().when(proceed()).thenRefused('indicator.unknown', 'code');
  });

  it('has the same unit and measurement under the same definition; a factor only under another, with its basis', () => {
    const { indicator } = former;
    const perMille = { ...indicator, definition: { ...indicator.definition!, unitOfMeasure: '‰' } };
    given(bedsDefined)
      .when(proceed(), { known: { plan: own, former: { ...former, indicator: perMille } } })
      .thenRefused('continuation.not-same', 'continuedDefinition', undefined, '计量单位原为“‰”，现为“%”');
    given(bedsDefined).when(proceed(factor)).thenRefused('continuation.factor', 'factor');
    given(bedsDefined)
      .when(proceed({ ...other, ...factor, factor: '0' }))
      .thenRefused('continuation.factor', 'factor');
    given(bedsDefined)
      .when(proceed({ ...other, factor: '0.98' }))
      .thenRefused('continuation.basis', 'basis');
  });
});
