import { make, specification } from '../../test/support/decider-spec.js';
import { plan, planState } from '../../test/support/examples/plans.js';
import {
  number18,
  number6,
  policyCited,
  policyDrafted,
  policyDropped,
  policyIssued,
  policyPlanned,
  policyPostponed,
  policyRepealed,
  policyRevised,
  policyUndated,
} from '../../test/support/examples/policies.js';
import { idAt } from '../../test/support/recorded.js';
import { planDecider } from '../plans/plan.decider.js';
import { PlanClosed } from '../plans/plan.events.js';
import {
  CitePolicy,
  DraftPolicy,
  DropPolicy,
  IssuePolicy,
  PlanPolicy,
  PostponePolicy,
  RepealPolicy,
  RevisePolicy,
  WithdrawPolicyReport,
  type PolicyCommand,
} from './policy.commands.js';
import { policyDecider } from './policy.decider.js';
import { PolicyPlanned, PolicyReportWithdrawn, policyEvents, type PolicyEvent } from './policy.events.js';

const known = { plan: planState() };
const closed = { known: { plan: planState(PlanClosed.of({})) } };
const given = specification(policyDecider, policyEvents, { known, now: '2025-12-31T02:00:00.000Z' });

const policy = { plan, id: 'R01' };
const include = (different: Partial<PlanPolicy> = {}) =>
  make(PlanPolicy, { ...policy, name: '居家养老服务条例', intent: 'new', from: '2022', to: '2022', ...different });
const cite = (different: Partial<CitePolicy> = {}) =>
  make(CitePolicy, { ...policy, name: policyCited.data.name, level: 'national', line: 1, ...different });
const draft = (on = '2022-03-10') => make(DraftPolicy, { ...policy, on });
const issue = (on = '2022-09-30', different: Partial<IssuePolicy> = {}) =>
  make(IssuePolicy, { ...policy, on, documentNumber: number18, ...different });
const revise = (on = '2024-05-20', different: Partial<RevisePolicy> = {}) =>
  make(RevisePolicy, { ...policy, on, documentNumber: number6, revises: number18, ...different });
const postpone = (to: string) => make(PostponePolicy, { ...policy, to });
const drop = (on = '2024-01-15') => make(DropPolicy, { ...policy, on });
const repeal = (on = '2025-02-01') => make(RepealPolicy, { ...policy, on });
const because = { reason: '上位法修改' };

const planned = policyPlanned();
const drafted = [planned, policyDrafted()];
const issued = [...drafted, policyIssued()];
const dropped = [...drafted, policyDropped()];
const repealed = [...issued, policyRepealed()];

const steps = [draft(), issue(), revise(), postpone('2024'), drop(), repeal()];
const named = (commands: readonly PolicyCommand[]) => commands.map((command) => [command.type, command] as const);

describe('a planned policy', () => {
  it('is listed with a year, a range or no period', () => {
    given().when(include()).then(planned);
    given()
      .when(include({ from: undefined, to: undefined, intent: 'unremarked' }))
      .then(policyUndated());
    const annex = { owner: '331100', number: 3, printedDate: '2022-2024年', remark: '修订', note: '两处', line: 280 };
    given()
      .when(include({ ...annex, intent: 'revision', policyType: '地方性法规', to: '2024' }))
      .then(policyPlanned({ ...annex, intent: 'revision', type: '地方性法规', to: '2024' }));
  });

  it('is listed once; different content is refused', () => {
    given(...dropped)
      .when(include())
      .thenNothing();
    given(planned)
      .when(include({ to: '2023' }))
      .thenRefused('policy.already-listed', 'id');
    given(planned).when(cite()).thenRefused('policy.already-listed', 'id');
  });

  it('refuses an owner that the plan does not have', () => {
    given()
      .when(include({ owner: '339999' }))
      .thenRefused('policy.unknown-owner', 'owner');
  });

  it('refuses an end before the start', () => {
    given()
      .when(include({ from: '2023' }))
      .thenRefused('policy.years', 'to');
    given()
      .when(include({ from: '2022', to: '2022-S1' }))
      .then(policyPlanned({ to: '2022-S1' }));
  });

  it('may have a start or an end only', () => {
    given()
      .when(include({ to: undefined }))
      .then(PolicyPlanned.of({ name: '居家养老服务条例', intent: 'new', from: '2022' }));
    given()
      .when(include({ from: undefined }))
      .then(PolicyPlanned.of({ name: '居家养老服务条例', intent: 'new', to: '2022' }));
  });

  it('cannot be added to a closed plan, but an existing one can still change', () => {
    given().when(include(), closed).thenRefused('plan.closed');
    given(planned).when(include(), closed).thenNothing();
    given(planned).when(draft(), closed).then(policyDrafted());
  });

  it.each(named(steps))('must precede %s', (_, command) => {
    given().when(command, because).thenRefused('policy.unknown', 'id');
  });
});

describe('a cited policy', () => {
  it('is cited once; different content is refused', () => {
    given().when(cite()).then(policyCited);
    given(policyCited).when(cite()).thenNothing();
    given(policyCited)
      .when(cite({ role: '上位依据' }))
      .thenRefused('policy.already-listed', 'id');
    given(policyCited).when(include()).thenRefused('policy.already-listed', 'id');
  });

  it('cannot be added to a closed plan', () => {
    given().when(cite(), closed).thenRefused('plan.closed');
    given(policyCited).when(cite(), closed).thenNothing();
  });

  it.each(named(steps))('is not tracked: %s is refused', (_, command) => {
    given(policyCited).when(command, because).thenRefused('policy.cited', 'id');
  });
});

it.each(named([include(), cite(), ...steps]))('a policy requires a drafted plan (%s)', (_, command) => {
  given(planned)
    .when(command, { known: { plan: planDecider.initialState }, ...because })
    .thenRefused('plan.unknown');
});

describe('the standing of a policy', () => {
  it('changes by draft, issue and repeal, or by dropping', () => {
    given(planned).when(draft()).then(policyDrafted());
    given(planned).when(issue()).then(policyIssued());
    given(...drafted)
      .when(issue())
      .then(policyIssued());
    given(...issued)
      .when(repeal(), because)
      .then(policyRepealed());
    for (const before of [[planned], drafted]) {
      given(...before)
        .when(drop(), because)
        .then(policyDropped());
    }
  });

  it.each<[string, readonly PolicyEvent[], readonly PolicyCommand[]]>([
    ['planned', [planned], [revise(), repeal()]],
    ['drafted', drafted, [draft('2022-04-01'), revise(), repeal()]],
    ['issued', issued, [draft('2023-01-01'), postpone('2024'), drop()]],
    ['dropped', dropped, [draft('2024-02-01'), issue('2024-02-01'), revise(), postpone('2025'), drop('2024-02-01')]],
    [
      'repealed',
      repealed,
      [draft('2025-03-01'), issue('2025-03-01'), revise(), postpone('2026'), repeal('2025-03-01')],
    ],
  ])('allows no other transition from: %s', (_, before, commands) => {
    for (const command of commands) {
      given(...before)
        .when(command, because)
        .thenRefused('policy.standing');
    }
  });

  it.each<[string, readonly PolicyEvent[], PolicyCommand]>([
    ['drafted', drafted, draft()],
    ['dropped', dropped, drop()],
    ['repealed', repealed, repeal()],
  ])('does not change again if it was already %s on that day', (_, before, command) => {
    given(...before)
      .when(command, because)
      .thenNothing();
  });

  it.each<[string, readonly PolicyEvent[], PolicyCommand]>([
    ['draft an issued policy', issued, draft('2022-09-30')],
    ['issue a repealed one', repealed, issue('2025-02-01')],
    ['revise a repealed one', repealed, revise('2025-02-01', { documentNumber: number18 })],
  ])('does not allow to %s, not even on the day of the last change', (_, before, command) => {
    given(...before)
      .when(command, because)
      .thenRefused('policy.standing');
  });

  it('may change twice on one day', () => {
    given(...drafted)
      .when(drop('2022-03-10'), because)
      .then(policyDropped('2022-03-10'));
    given(...issued)
      .when(revise('2022-09-30'))
      .then(policyRevised('2022-09-30'));
  });

  it.each([
    ['dropped', drafted, drop()],
    ['repealed', issued, repeal()],
    ['postponed', drafted, postpone('2024')],
  ])('requires a reason to be %s', (_, before, command) => {
    given(...before)
      .when(command)
      .thenRefused('reason.missing', 'reason');
  });

  it.each([
    ['2022-03-09', 'date.before-last'],
    ['2026-01-01', 'date.future'],
  ])('refuses a change on %s (%s)', (on, code) => {
    for (const command of [issue(on), drop(on)]) {
      given(...drafted)
        .when(command, because)
        .thenRefused(code, 'on');
    }
    if (code !== 'date.before-last') given(planned).when(draft(on)).thenRefused(code, 'on');
  });
});

describe('issuing', () => {
  it('happens once: another document number requires a revision', () => {
    given(...issued)
      .when(issue())
      .thenNothing();
    for (const other of [issue('2022-10-01'), issue('2022-09-30', { documentNumber: number6 })]) {
      given(...issued)
        .when(other)
        .thenRefused('policy.already-issued', 'documentNumber');
    }
  });

  it('must name the revised document if the policy is planned as a revision', () => {
    const revision = policyPlanned({ intent: 'revision' });
    given(revision).when(issue()).thenRefused('policy.revises-missing', 'revises');
    given(revision)
      .when(issue('2022-09-30', { revises: '丽政发〔2015〕3号' }))
      .then(policyIssued('2022-09-30', '丽政发〔2015〕3号'));
  });
});

describe('revising', () => {
  it('replaces the document number in force', () => {
    given(...issued)
      .when(revise())
      .then(policyRevised());
    given(...issued, policyRevised())
      .when(revise())
      .thenNothing();
    given(...issued, policyRevised())
      .when(revise('2025-01-01', { documentNumber: '示例〔2025〕1号' }))
      .thenRefused('policy.revises-other', 'revises');
  });

  it('refuses another revised document, an equal number and an earlier day', () => {
    given(...issued)
      .when(revise('2024-05-20', { revises: number6 }))
      .thenRefused('policy.revises-other', 'revises');
    given(...issued)
      .when(revise('2024-05-20', { documentNumber: number18 }))
      .thenRefused('policy.same-number', 'documentNumber');
    given(...issued)
      .when(revise('2022-09-29'))
      .thenRefused('date.before-last', 'on');
  });
});

describe('postponing', () => {
  it('moves the planned period, or sets one for an undated policy', () => {
    given(planned).when(postpone('2023'), because).then(policyPostponed('2023', '2022'));
    given(...drafted, policyPostponed('2023', '2022'))
      .when(postpone('2024'), because)
      .then(policyPostponed('2024', '2023'));
    given(policyUndated()).when(postpone('2023'), because).then(policyPostponed('2023'));
  });

  it('changes nothing if the period is the same', () => {
    given(planned).when(postpone('2022')).thenNothing();
    given(planned, policyPostponed('2023', '2022')).when(postpone('2023')).thenNothing();
  });

  it.each(['2021', '2022-S1', '2022-12'])('refuses to move 2022 to %s, which is not later', (to) => {
    given(planned).when(postpone(to), because).thenRefused('policy.not-later', 'to');
  });

  it('refuses a malformed period', () => {
    given(planned).when(postpone('2023年'), because).thenRefused('period.malformed', 'to');
  });
});

describe('withdrawing a report', () => {
  const withdraw = (place: number) => make(WithdrawPolicyReport, { ...policy, report: idAt(place) });
  const withdrawn = (place: number, type: PolicyEvent['type'], on?: string) =>
    PolicyReportWithdrawn.of({ eventId: idAt(place), type, revision: place - 1, ...(on !== undefined && { on }) });
  const mistaken = { reason: '误报' };

  it('leaves the policy as if the report had not been made', () => {
    given(...issued)
      .when(withdraw(3), mistaken)
      .then(withdrawn(3, 'PolicyIssued', '2022-09-30'));
    given(...issued, withdrawn(3, 'PolicyIssued', '2022-09-30'))
      .when(issue('2022-10-31'))
      .then(policyIssued('2022-10-31'));
    given(planned, policyPostponed('2023', '2022'), withdrawn(2, 'PolicyPostponed'))
      .when(postpone('2024'), because)
      .then(policyPostponed('2024', '2022'));
  });

  it('is refused of what a later report rests on; a draft carries no issue', () => {
    for (const [events, place] of [
      [[...issued, policyRevised()], 3],
      [repealed, 3],
      [[planned, policyPostponed('2023', '2022'), policyPostponed('2024', '2023')], 2],
    ] as const) {
      given(...events)
        .when(withdraw(place), mistaken)
        .thenRefused('withdrawal.rested-on', 'report');
    }
    given(...issued)
      .when(withdraw(2), mistaken)
      .then(withdrawn(2, 'PolicyDrafted', '2022-03-10'));
  });

  it('needs a reason and a report', () => {
    given(...drafted)
      .when(withdraw(2))
      .thenRefused('reason.missing', 'reason');
    given(...drafted)
      .when(withdraw(1), mistaken)
      .thenRefused('withdrawal.not-report', 'report');
    given(policyCited).when(withdraw(2), mistaken).thenRefused('policy.cited', 'id');
  });
});
