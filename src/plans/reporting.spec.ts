import { make, specification } from '../../test/support/decider-spec.js';
import { by, reviewer, saying } from '../../test/support/recorded.js';
import { plan, planReady } from '../../test/support/examples/plans.js';
import { EndUnlocking, SetReportingRules, UnlockFigures } from './plan.commands.js';
import { planDecider } from './plan.decider.js';
import { FiguresUnlocked, PlanClosed, planEvents, ReportingRulesSet, UnlockingEnded } from './plan.events.js';

const given = specification(planDecider, planEvents, { known: undefined, now: '2023-08-25T20:00:00.000Z' });
const rules = { approval: ['county', 'city'], unapproved: 'excluded', visibility: 'unit' } as const;
const set = (fields: Partial<SetReportingRules>) => make(SetReportingRules, { plan, approval: [], ...fields });

describe('the rules of reporting', () => {
  it('are set whole, with their defaults', () => {
    given(...planReady)
      .when(set({ ...rules, approval: [...rules.approval] }))
      .then(ReportingRulesSet.of({ ...rules, approval: [...rules.approval] }));
    given(...planReady)
      .when(set({}))
      .then(ReportingRulesSet.of({ approval: [], unapproved: 'marked', visibility: 'plan' }));
  });

  it.each([[['city', 'county']], [['county', 'county']], [['town', 'city', 'county']]] as const)(
    'have levels that go upwards: not %j',
    (approval) => {
      given(...planReady)
        .when(set({ approval: [...approval] }))
        .thenRefused('reporting-rules.order');
    },
  );

  it('replace those before, not backdated', () => {
    const before = saying({ knownAt: '2023-03-01T00:00:00.000Z' }, ReportingRulesSet.of({ ...rules, approval: [] }));
    const changed = set({ approval: ['city'] });
    given(...planReady, before)
      .when(changed, { knownAt: '2023-03-01T00:00:00.000Z' })
      .thenRefused('reporting-rules.backdated', 'knownAt');
    given(...planReady, before)
      .when(changed, { knownAt: '2023-03-02T00:00:00.000Z' })
      .then(ReportingRulesSet.of({ approval: ['city'], unapproved: 'marked', visibility: 'plan' }));
  });
});

describe('unlocking figures', () => {
  const what = { unit: '331102', period: '2022' };
  const unlock = (fields: Partial<UnlockFigures> = {}) =>
    make(UnlockFigures, { plan, ...what, until: '2023-09-15', ...fields });
  const reason = '省系统迁移后核对';

  it('says which, until when and why', () => {
    given(...planReady)
      .when(unlock({ code: '02' }), { reason })
      .then(FiguresUnlocked.of({ ...what, code: '02', until: '2023-09-15' }));
    given(...planReady)
      .when(unlock())
      .thenRefused('reason.missing', 'reason');
  });

  it('ends today at the earliest, by the clock of the plan', () => {
    // 2023-08-26 04:00 in Shanghai.
    given(...planReady)
      .when(unlock({ until: '2023-08-25' }), { reason })
      .thenRefused('unlock.past', 'until');
    given(...planReady)
      .when(unlock({ until: '2023-08-26' }), { reason })
      .then(FiguresUnlocked.of({ ...what, until: '2023-08-26' }));
  });

  it('is for a unit of the plan', () => {
    given(...planReady)
      .when(unlock({ unit: '331199' }), { reason })
      .thenRefused('unit.unknown', 'unit', { kind: 'unit', id: '331199' });
  });

  it('is stated anew with another end, and is possible after the plan is over', () => {
    const unlocked = by(reviewer, FiguresUnlocked.of({ ...what, until: '2023-09-15' }));
    given(...planReady, unlocked, PlanClosed.of({}))
      .when(unlock({ until: '2023-10-15' }), { reason })
      .then(FiguresUnlocked.of({ ...what, until: '2023-10-15' }));
    given(...planReady, unlocked)
      .when(unlock(), { reason })
      .thenNothing();
  });

  it('ends early', () => {
    const unlocked = FiguresUnlocked.of({ ...what, until: '2023-09-15' });
    const end = make(EndUnlocking, { plan, ...what });
    given(...planReady, unlocked)
      .when(end)
      .then(UnlockingEnded.of(what));
    given(...planReady)
      .when(end)
      .thenRefused('unlock.unknown');
    given(...planReady, unlocked)
      .when(make(EndUnlocking, { plan, ...what, code: '02' }))
      .thenRefused('unlock.unknown');
  });
});
