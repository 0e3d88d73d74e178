import { make, specification } from '../../test/support/decider-spec.js';
import {
  findingAmended,
  findingAnswered,
  findingClosed,
  findingRaised,
  findingWithdrawn,
} from '../../test/support/examples/findings.js';
import { plan, planState } from '../../test/support/examples/plans.js';
import { PlanClosed } from '../plans/plan.events.js';
import { AmendFinding, AnswerFinding, CloseFinding, RaiseFinding, WithdrawFinding } from './finding.commands.js';
import { findingDecider, type FindingKnown } from './finding.decider.js';
import { findingEvents } from './finding.events.js';

const known: FindingKnown = { plan: planState(), subjectExists: true };
const closedPlan = { known: { ...known, plan: planState(PlanClosed.of({})) } };
const given = specification(findingDecider, findingEvents, { known, now: '2025-12-31T02:00:00.000Z' });

const finding = { plan, id: 'I03' };
const amend = (different: Partial<AmendFinding> = {}) =>
  make(AmendFinding, { ...finding, ...findingRaised().data, severity: 'medium', ...different });
const withdraw = make(WithdrawFinding, finding);
const because = { reason: '复核原文' };

const raised = findingRaised();
const amended = findingAmended({ severity: 'medium' });
const closed = [raised, findingAnswered(), findingClosed()];

describe('amending a finding', () => {
  it('records the whole new content', () => {
    given(raised).when(amend(), because).then(amended);
    given(raised)
      .when(make(AmendFinding, { ...finding, severity: 'low', subjectType: 'plan', title: '附表无合计' }), because)
      .then({
        type: 'FindingAmended',
        data: { severity: 'low', subjectType: 'plan', title: '附表无合计', lines: [] },
      });
  });

  it('keeps answers and closing', () => {
    given(...closed)
      .when(amend(), because)
      .then(amended);
    given(...closed, amended)
      .when(make(AnswerFinding, { ...finding, on: '2023-08-01', text: '又一答复' }))
      .thenRefused('finding.closed');
  });

  it('changes nothing if nothing differs', () => {
    given(raised)
      .when(amend({ severity: 'high' }))
      .thenNothing();
    given(raised, amended).when(amend(), closedPlan).thenNothing();
    given(raised, findingWithdrawn)
      .when(amend({ severity: 'high' }))
      .thenNothing();
  });

  it('requires a reason, a finding, and a plan that is not closed', () => {
    given(raised).when(amend()).thenRefused('reason.missing', 'reason');
    given().when(amend(), because).thenRefused('finding.unknown', 'id', { kind: 'finding', id: 'I03' });
    given(raised)
      .when(amend(), { ...because, ...closedPlan })
      .thenRefused('plan.closed');
  });

  it('refuses what a raising refuses', () => {
    given(raised)
      .when(amend({ subject: undefined }), because)
      .thenRefused('finding.subject', 'subject');
    given(raised)
      .when(amend(), { ...because, known: { ...known, subjectExists: false } })
      .thenRefused('finding.unknown-subject', 'subject', { kind: 'promise', id: 'T36' });
  });

  it('makes the old content different content', () => {
    const raise = make(RaiseFinding, { ...finding, ...raised.data });
    given(raised, amended).when(raise).thenRefused('finding.already-raised', 'id');
  });
});

describe('withdrawing a finding', () => {
  it('needs a reason and is possible whatever was answered, also in a closed plan', () => {
    given(raised).when(withdraw, because).then(findingWithdrawn);
    given(...closed)
      .when(withdraw, because)
      .then(findingWithdrawn);
    given(raised)
      .when(withdraw, { ...because, ...closedPlan })
      .then(findingWithdrawn);
    given(raised).when(withdraw).thenRefused('reason.missing', 'reason');
    given().when(withdraw, because).thenRefused('finding.unknown', 'id');
  });

  it('happens once', () => {
    given(raised, findingWithdrawn).when(withdraw).thenNothing();
  });

  it('ends answers, closing and amendments; what was said before may be repeated', () => {
    const answer = (on: string, text: string) => make(AnswerFinding, { ...finding, on, text });
    const after = given(raised, findingAnswered(), findingWithdrawn);
    after.when(answer('2023-08-01', '又一答复')).thenRefused('finding.withdrawn');
    after.when(make(CloseFinding, { ...finding, on: '2023-08-01', text: '办结' })).thenRefused('finding.withdrawn');
    after.when(amend(), because).thenRefused('finding.withdrawn');
    after.when(answer('2022-03-15', '两处口径不同')).thenNothing();
  });
});
