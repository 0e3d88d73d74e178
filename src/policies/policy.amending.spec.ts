import { make, specification } from '../../test/support/decider-spec.js';
import { plan, planState } from '../../test/support/examples/plans.js';
import {
  citedPolicyAmended,
  policyAmended,
  policyCited,
  policyDrafted,
  policyDropped,
  policyIssued,
  policyPlanned,
  policyPostponed,
} from '../../test/support/examples/policies.js';
import { PlanClosed } from '../plans/plan.events.js';
import { AmendCitedPolicy, AmendPolicy, IssuePolicy, PostponePolicy, type PolicyCommand } from './policy.commands.js';
import { policyDecider } from './policy.decider.js';
import { policyEvents } from './policy.events.js';

const known = { plan: planState() };
const closed = { known: { plan: planState(PlanClosed.of({})) } };
const given = specification(policyDecider, policyEvents, { known, now: '2025-12-31T02:00:00.000Z' });

const policy = { plan, id: 'R01' };
const amend = (different: Partial<AmendPolicy> = {}) =>
  make(AmendPolicy, { ...policy, name: '居家养老服务条例', intent: 'new', from: '2022', to: '2023', ...different });
const amendCited = (different: Partial<AmendCitedPolicy> = {}) =>
  make(AmendCitedPolicy, { ...policy, name: policyCited.data.name, level: 'national', line: 2, ...different });
const postpone = (to: string) => make(PostponePolicy, { ...policy, to });
const because = { reason: '规划中期调整' };

const planned = policyPlanned();
const amended = policyAmended({ to: '2023' });

describe('amending a policy to make', () => {
  it('records the whole new content', () => {
    given(planned).when(amend(), because).then(amended);
    given(planned)
      .when(make(AmendPolicy, { ...policy, name: '养老条例', intent: 'unremarked', policyType: '地方性法规' }), because)
      .then({ type: 'PolicyAmended', data: { name: '养老条例', type: '地方性法规', intent: 'unremarked' } });
  });

  it('is possible whatever became of the policy', () => {
    given(planned, policyIssued()).when(amend(), because).then(amended);
    given(planned, policyDropped()).when(amend(), because).then(amended);
  });

  it('refuses what a listing refuses', () => {
    given(planned)
      .when(amend({ owner: '339999' }), because)
      .thenRefused('policy.unknown-owner', 'owner', { kind: 'unit', id: '339999' });
    given(planned)
      .when(amend({ from: '2024' }), because)
      .thenRefused('policy.years', 'to');
  });

  it('of a cited policy has its own command', () => {
    given(policyCited).when(amend(), because).thenRefused('policy.cited', 'id');
    given(planned).when(amendCited(), because).thenRefused('policy.not-cited', 'id');
  });

  it('keeps its standing', () => {
    const issue = make(IssuePolicy, { ...policy, on: '2023-09-30', documentNumber: '示例〔2023〕1号' });
    given(planned, policyIssued(), amended).when(issue).thenRefused('policy.already-issued');
  });

  it('moves the due period, unless the policy was postponed before', () => {
    given(planned, amended).when(postpone('2023'), because).thenNothing();
    given(planned, amended).when(postpone('2024'), because).then(policyPostponed('2024', '2023'));
    given(planned, policyPostponed('2024', '2022'), amended).when(postpone('2024'), because).thenNothing();
    given(planned, policyPostponed('2024', '2022'), amended)
      .when(postpone('2023'), because)
      .thenRefused('policy.not-later', 'to');
  });
});

describe('amending a cited policy', () => {
  it('records the whole new content', () => {
    given(policyCited)
      .when(amendCited(), because)
      .then(citedPolicyAmended({ line: 2 }));
    given(policyCited)
      .when(make(AmendCitedPolicy, { ...policy, name: '老龄意见', role: '上位依据' }), because)
      .then({ type: 'CitedPolicyAmended', data: { name: '老龄意见', role: '上位依据' } });
  });
});

const both: [string, PolicyCommand, PolicyCommand, typeof planned | typeof policyCited][] = [
  ['AmendPolicy', amend(), amend({ to: '2022' }), planned],
  ['AmendCitedPolicy', amendCited(), amendCited({ line: 1 }), policyCited],
];

describe.each(both)('%s', (_, different, same, listed) => {
  it('changes nothing if nothing differs', () => {
    given(listed).when(same).thenNothing();
    given(listed).when(same, closed).thenNothing();
  });

  it('requires a reason, a policy, and a plan that is not closed', () => {
    given(listed).when(different).thenRefused('reason.missing', 'reason');
    given().when(different, because).thenRefused('policy.unknown', 'id', { kind: 'policy', id: 'R01' });
    given(listed)
      .when(different, { ...because, ...closed })
      .thenRefused('plan.closed');
  });
});

it('an amended draft can still be issued', () => {
  const issue = make(IssuePolicy, { ...policy, on: '2022-09-30', documentNumber: '示例〔2022〕18号' });
  given(planned, policyDrafted(), amended).when(issue).then(policyIssued());
});
