import { make, specification } from '../../test/support/decider-spec.js';
import { bedsDefined, indicatorState } from '../../test/support/examples/indicators.js';
import { plan, planState } from '../../test/support/examples/plans.js';
import { SetIndicatorScope } from './indicator.commands.js';
import { indicatorDecider } from './indicator.decider.js';
import { IndicatorScopeSet, indicatorEvents } from './indicator.events.js';

const given = specification(indicatorDecider, indicatorEvents, {
  known: { plan: planState() },
  now: '2023-09-15T02:00:00.000Z',
});
const scope = (different: Partial<SetIndicatorScope> = {}) =>
  make(SetIndicatorScope, { plan, code: '02', unit: '331102', applies: false, ...different });
const out = IndicatorScopeSet.of({ unit: '331102', applies: false });
const outFrom = (fromPeriod: string) => IndicatorScopeSet.of({ unit: '331102', applies: false, fromPeriod });

describe('the scope of an indicator', () => {
  it('leaves a unit out, always or from a period on', () => {
    given(bedsDefined).when(scope()).then(out);
    given(bedsDefined)
      .when(scope({ fromPeriod: '2023' }))
      .then(outFrom('2023'));
  });

  it('changes nothing where it is so already, for the same unit and period', () => {
    given(bedsDefined, out).when(scope()).thenNothing();
    given(bedsDefined, outFrom('2023'))
      .when(scope({ fromPeriod: '2023' }))
      .thenNothing();
    given(bedsDefined, out)
      .when(scope({ unit: '331121' }))
      .then(IndicatorScopeSet.of({ unit: '331121', applies: false }));
    given(bedsDefined, out)
      .when(scope({ fromPeriod: '2023' }))
      .then(outFrom('2023'));
    given(bedsDefined, outFrom('2023'))
      .when(scope({ fromPeriod: '2024' }))
      .then(outFrom('2024'));
  });

  it('applies again', () => {
    const again = IndicatorScopeSet.of({ unit: '331102', applies: true });
    given(bedsDefined, out)
      .when(scope({ applies: true }))
      .then(again);
    expect(indicatorState(bedsDefined, out, again).scopes).toEqual([again.data]);
    expect(indicatorState(bedsDefined, out, outFrom('2023')).scopes).toEqual([out.data, outFrom('2023').data]);
  });

  it('is of a unit of the plan, and of a period in the plan’s form', () => {
    given(bedsDefined)
      .when(scope({ unit: '339999' }))
      .thenRefused('target.unknown-unit', 'unit', { kind: 'unit', id: '339999' });
    given(bedsDefined)
      .when(scope({ fromPeriod: 'FY2023' }))
      .thenRefused('period.calendar', 'fromPeriod');
    given().when(scope()).thenRefused('indicator.unknown', 'code');
  });
});
