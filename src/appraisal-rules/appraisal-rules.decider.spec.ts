import { make, specification } from '../../test/support/decider-spec.js';
import { plan, planState } from '../../test/support/examples/plans.js';
import { saying } from '../../test/support/recorded.js';
import { SetAppraisalRules } from './appraisal-rules.commands.js';
import { appraisalRulesDecider } from './appraisal-rules.decider.js';
import { appraisalRulesEvents, AppraisalRulesSet } from './appraisal-rules.events.js';
import { defaultAppraisalRules, type AppraisalItemRule, type AppraisalRules } from './appraisal-rules.js';

const now = '2023-08-25T02:00:00.000Z';
const known = { plan: planState() };
const given = specification(appraisalRulesDecider, appraisalRulesEvents, { known, now });
const set = (rules: AppraisalRules) => make(SetAppraisalRules, { plan, ...rules });
const timeliness: AppraisalItemRule = {
  ...{ code: 'timeliness', name: '报送及时', weight: '60', base: 'owed' },
  losses: [
    { count: 'overdue', factor: '1' },
    {
      count: 'lateDays',
      steps: [
        { from: 1, factor: '0.2' },
        { from: 10, factor: '0.5' },
      ],
    },
  ],
};
const own: AppraisalRules = { source: '某市考核办法（示例）', objectionDays: 7, items: [timeliness] };
const stricter: AppraisalRules = { ...own, objectionDays: 3 };
const first = AppraisalRulesSet.of({ version: 1, rules: own });

it('all rules are stated anew, each time as the next version, and the same rules change nothing', () => {
  given().when(set(own)).then(first);
  given(first).when(set(own)).thenNothing();
  given(first)
    .when(set(stricter))
    .then(AppraisalRulesSet.of({ version: 2, rules: stricter }));
  // Stating the default rules is a statement all the same.
  given()
    .when(set(defaultAppraisalRules))
    .then(AppraisalRulesSet.of({ version: 1, rules: defaultAppraisalRules }));
});

it('backdated rules must be later than those in force', () => {
  const standing = saying({ knownAt: '2023-03-01T00:00:00.000Z' }, first);
  given(standing)
    .when(set(stricter), { knownAt: '2023-02-01T00:00:00.000Z' })
    .thenRefused('appraisal-rules.backdated', 'knownAt', undefined, '第 1 版');
  given(standing)
    .when(set(stricter), { knownAt: '2023-04-01T00:00:00.000Z' })
    .then(AppraisalRulesSet.of({ version: 2, rules: stricter }));
});

const [overdue, lateDays] = timeliness.losses as [AppraisalItemRule['losses'][0], AppraisalItemRule['losses'][0]];
const item = (different: Partial<AppraisalItemRule>): AppraisalItemRule[] => [{ ...timeliness, ...different }];

it.each<[string, string, AppraisalItemRule[]]>([
  ['repeated', 'items.1.code', [timeliness, { ...timeliness, name: '又一项' }]],
  ['repeated', 'items.0.losses.1.count', item({ losses: [overdue, overdue] })],
  ['factor-or-steps', 'items.0.losses.0.factor', item({ losses: [{ count: 'late' }] })],
  ['factor-or-steps', 'items.0.losses.0.factor', item({ losses: [{ ...lateDays, factor: '1' }] })],
  ['number', 'items.0.losses.0.factor', item({ losses: [{ count: 'late', factor: '0' }] })],
  ['steps', 'items.0.losses.0.steps.0', item({ losses: [{ count: 'late', steps: [{ from: 1, factor: '1' }] }] })],
  [
    'number',
    'items.0.losses.0.steps.0.factor',
    item({ losses: [{ count: 'lateDays', steps: [{ from: 1, factor: '-1' }] }] }),
  ],
  ['order', 'items.0.losses.0.steps.1.from', item({ losses: [{ ...lateDays, steps: lateDays.steps!.toReversed() }] })],
  ['number', 'items.0.weight', item({ weight: '0' })],
  ['number', 'items.0.cap.share', item({ cap: { count: 'late', share: '1.5' } })],
])('refuses rules that cannot be used: %s at %s', (code, field, items) => {
  const decide = () =>
    appraisalRulesDecider.decide(
      set({ ...own, items }),
      {},
      {
        ...{ now, knownAt: now, evidence: [], known },
        actor: { id: 'a', name: 'a', roles: [] },
      },
    );
  expect(decide).toThrow(
    expect.objectContaining({
      code: 'appraisal-rules.invalid',
      problems: [expect.objectContaining({ code: `appraisal-rules.${code}`, field }) as unknown],
    }),
  );
});
