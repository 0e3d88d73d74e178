import { make, specification } from '../../test/support/decider-spec.js';
import { findingAnswered, findingClosed, findingRaised } from '../../test/support/examples/findings.js';
import { plan, planState } from '../../test/support/examples/plans.js';
import { planDecider } from '../plans/plan.decider.js';
import { PlanClosed } from '../plans/plan.events.js';
import { AnswerFinding, CloseFinding, RaiseFinding, type FindingCommand } from './finding.commands.js';
import { findingDecider, subjectWords, type FindingKnown } from './finding.decider.js';
import { FindingRaised, findingEvents, findingSubjects } from './finding.events.js';

const known: FindingKnown = { plan: planState(), subjectExists: true };
const given = specification(findingDecider, findingEvents, { known, now: '2025-12-31T02:00:00.000Z' });

const finding = { plan, id: 'I03' };
const raise = (different: Partial<RaiseFinding> = {}) =>
  make(RaiseFinding, { ...finding, ...findingRaised().data, ...different });
const answer = (on = '2022-03-15', text = '两处口径不同') => make(AnswerFinding, { ...finding, on, text });
const close = (on = '2023-07-20', text = '已按同一口径重述') => make(CloseFinding, { ...finding, on, text });

const raised = findingRaised();
const answered = [raised, findingAnswered()];
const closed = [...answered, findingClosed()];
const named = (...commands: readonly FindingCommand[]) => commands.map((command) => [command.type, command] as const);

describe('raising a finding', () => {
  it('is about the plan or one of its parts', () => {
    given().when(raise()).then(raised);
    given()
      .when(make(RaiseFinding, { ...finding, severity: 'low', subjectType: 'plan', title: '附表无合计' }))
      .then(FindingRaised.of({ severity: 'low', subjectType: 'plan', title: '附表无合计', lines: [] }));
  });

  it('requires a subject, except for a finding about the plan itself', () => {
    given()
      .when(raise({ subject: undefined }))
      .thenRefused('finding.subject', 'subject');
    given()
      .when(raise({ subjectType: 'plan' }))
      .thenRefused('finding.subject', 'subject');
  });

  it.each(findingSubjects.filter((subject) => subject !== 'plan'))('refuses a %s that does not exist', (type) => {
    const nowhere = { known: { ...known, subjectExists: false } };
    given()
      .when(raise({ subjectType: type, subject: 'X9' }), nowhere)
      .thenRefused('finding.unknown-subject', 'subject', { kind: type, id: 'X9' });
    expect(subjectWords[type]).toMatch(/^\p{Script=Han}+$/u);
  });

  it('happens once', () => {
    given(...closed)
      .when(raise())
      .thenNothing();
    given(raised)
      .when(raise({ severity: 'low' }))
      .thenRefused('finding.already-raised', 'id');
  });

  it('requires a drafted plan, which may be closed', () => {
    for (const [, command] of named(raise(), answer(), close())) {
      given(raised)
        .when(command, { known: { ...known, plan: planDecider.initialState } })
        .thenRefused('plan.unknown');
    }
    given()
      .when(raise(), { known: { ...known, plan: planState(PlanClosed.of({})) } })
      .then(raised);
  });

  it.each(named(answer(), close()))('must precede %s', (_, command) => {
    given().when(command).thenRefused('finding.unknown', 'id');
  });
});

describe('a raised finding', () => {
  it('can be answered several times and closed', () => {
    given(raised).when(answer()).then(findingAnswered());
    given(...answered)
      .when(answer('2022-03-15', '已请示'))
      .then(findingAnswered('2022-03-15', '已请示'));
    given(...answered)
      .when(close())
      .then(findingClosed());
    given(raised).when(close()).then(findingClosed());
  });

  it('ignores a repeated answer or closing, whatever happened since', () => {
    given(...closed)
      .when(answer())
      .thenNothing();
    given(...answered, findingAnswered('2022-06-01', '已请示'))
      .when(answer())
      .thenNothing();
    given(...closed)
      .when(close())
      .thenNothing();
  });

  it('refuses answers and closings after it is closed', () => {
    given(...closed)
      .when(answer('2023-08-01', '又一答复'))
      .thenRefused('finding.closed');
    given(...closed)
      .when(close('2023-08-01'))
      .thenRefused('finding.closed');
  });

  it.each([
    ['2022-03-14', 'date.before-last'],
    ['2026-01-01', 'date.future'],
  ])('refuses an answer or closing on %s (%s)', (on, code) => {
    for (const [, command] of named(answer(on, '另一答复'), close(on))) {
      given(...answered)
        .when(command)
        .thenRefused(code, 'on');
    }
  });
});
