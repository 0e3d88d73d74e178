import { make, specification } from '../../test/support/decider-spec.js';
import { plan, planReady } from '../../test/support/examples/plans.js';
import { by, reviewer } from '../../test/support/recorded.js';
import { planDecider } from './plan.decider.js';
import { PlanClosed, planEvents, PublicationSet } from './plan.events.js';
import { SetPublication } from './publication.commands.js';

const given = specification(planDecider, planEvents, { known: undefined, now: '2023-08-25T20:00:00.000Z' });
const set = (fields: Partial<SetPublication>) => make(SetPublication, { plan, parts: [], ...fields });

describe('what is public', () => {
  it('is set whole, in one order and without repetition', () => {
    given(...planReady)
      .when(set({ parts: ['units', 'judgements', 'units'], indicators: ['02', '01', '02'] }))
      .then(PublicationSet.of({ parts: ['judgements', 'units'], indicators: ['01', '02'] }));
    given(...planReady)
      .when(set({}))
      .then(PublicationSet.of({ parts: [] }));
  });

  it('is not set again if it is the same', () => {
    given(...planReady, PublicationSet.of({ parts: ['judgements', 'units'] }))
      .when(set({ parts: ['units', 'judgements'] }))
      .then();
  });

  it('can be changed after the plan is over, when its final evaluation is published', () => {
    given(...planReady, by(reviewer, PlanClosed.of({})))
      .when(set({ parts: ['projects'] }))
      .then(PublicationSet.of({ parts: ['projects'] }));
  });

  it('is only of a plan that there is', () => {
    given().when(set({})).thenRefused('plan.unknown');
  });
});
