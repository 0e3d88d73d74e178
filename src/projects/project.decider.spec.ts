import { make, specification } from '../../test/support/decider-spec.js';
import { plan, planState } from '../../test/support/examples/plans.js';
import {
  invested,
  investmentCorrected,
  progressed,
  projectCancelled,
  projectCompleted,
  projectRegistered,
  projectResumed,
  projectStarted,
  projectState,
  projectSuspended,
  rescheduled,
} from '../../test/support/examples/projects.js';
import { planDecider } from '../plans/plan.decider.js';
import { PlanClosed } from '../plans/plan.events.js';
import {
  CancelProject,
  CompleteProject,
  CorrectInvestment,
  RegisterProject,
  ReportInvestment,
  ReportProjectProgress,
  RescheduleProject,
  ResumeProject,
  StartProject,
  SuspendProject,
  type ProjectCommand,
} from './project.commands.js';
import { projectDecider, type ProjectKnown } from './project.decider.js';
import { projectEvents, type ProjectEvent } from './project.events.js';

const known: ProjectKnown = { plan: planState() };
const given = specification(projectDecider, projectEvents, { known, now: '2025-12-31T02:00:00.000Z' });

const project = { plan, id: 'P01' };
const register = (different: Partial<RegisterProject> = {}) =>
  make(RegisterProject, { ...project, ...projectRegistered().data, ...different });
const start = (on = '2022-03-01') => make(StartProject, { ...project, on });
const suspend = (on = '2022-08-01') => make(SuspendProject, { ...project, on });
const resume = (on = '2022-12-01') => make(ResumeProject, { ...project, on });
const complete = (on = '2023-11-20') => make(CompleteProject, { ...project, on });
const cancel = (on = '2023-03-15') => make(CancelProject, { ...project, on });
const progress = (on: string, percent: string, text?: string) =>
  make(ReportProjectProgress, { ...project, on, percent, text });
const invest = (on: string, amount: string) => make(ReportInvestment, { ...project, on, amount });
const correct = (on: string, amount: string) => make(CorrectInvestment, { ...project, on, amount });
const reschedule = (plannedEnd: string) => make(RescheduleProject, { ...project, plannedEnd });
const because = { reason: '征地未完成' };

const registered = projectRegistered();
const started = [registered, projectStarted()];
const suspended = [...started, projectSuspended()];
const resumed = [...suspended, projectResumed()];
const completed = [...started, projectCompleted()];
const cancelled = [...started, projectCancelled()];

describe('registering a project', () => {
  it('stores the printed text, reading and anomalies', () => {
    given().when(register()).then(registered);
    const odd = { printed: { investment: '9279（一期3930）' }, reading: '按总投资', anomalies: ['两个数'], line: 372 };
    given()
      .when(register({ ...odd, investment: '9279', sector: '养老服务', builder: '某公司' }))
      .then(projectRegistered({ ...odd, investment: '9279', sector: '养老服务', builder: '某公司' }));
  });

  it('stores defaults for omitted builderPending, printed and anomalies', () => {
    given()
      .when(register({ builderPending: undefined, printed: undefined, anomalies: undefined }))
      .then(projectRegistered({ printed: {} }));
  });

  it('happens once and refuses different content', () => {
    given(...cancelled)
      .when(register())
      .thenNothing();
    given(registered)
      .when(register({ investment: '10001' }))
      .thenRefused('project.already-registered', 'id');
  });

  it('refuses a unit that the plan does not have', () => {
    given()
      .when(register({ unit: '339999' }))
      .thenRefused('project.unknown-unit', 'unit', { kind: 'unit', id: '339999' });
  });

  it.each([
    ['2023', '2022'],
    ['2022-Q2', '2022-03'],
  ])('refuses a start in %s with an end in %s', (plannedStart, plannedEnd) => {
    given().when(register({ plannedStart, plannedEnd })).thenRefused('project.years', 'plannedEnd');
  });

  it.each([
    ['2023', '2023'],
    ['2022', '2022-06'],
    ['2020', '2027'],
  ])('accepts a start in %s with an end in %s', (plannedStart, plannedEnd) => {
    given().when(register({ plannedStart, plannedEnd })).then(projectRegistered({ plannedStart, plannedEnd }));
  });

  it('refuses a malformed start or end', () => {
    given()
      .when(register({ plannedStart: '2022年' }))
      .thenRefused('period.malformed', 'plannedStart');
    given()
      .when(register({ plannedEnd: '2023年' }))
      .thenRefused('period.malformed', 'plannedEnd');
  });

  it.each(['0', '-1', '0.00'])('refuses a total investment of %s', (investment) => {
    given().when(register({ investment })).thenRefused('project.investment', 'investment');
  });

  it('is refused if the plan is closed, except for an identical repetition', () => {
    const closed = { known: { plan: planState(PlanClosed.of({})) } };
    given().when(register(), closed).thenRefused('plan.closed');
    given(registered).when(register(), closed).thenNothing();
    given(registered).when(start(), closed).then(projectStarted());
  });

  it('requires that a named package is registered and is not itself a part', () => {
    const within = (...events: ProjectEvent[]) => ({ known: { ...known, package: projectState(...events) } });
    const part = register({ package: 'K1' });
    given()
      .when(part, within(registered))
      .then(projectRegistered({ package: 'K1' }));
    given().when(part, within()).thenRefused('project.unknown-package', 'package', { kind: 'project', id: 'K1' });
    given().when(part, { known }).thenRefused('project.unknown-package', 'package');
    given()
      .when(part, within(projectRegistered({ package: 'K0' })))
      .thenRefused('project.nested-package', 'package');
    given()
      .when(register({ package: 'P01' }), within())
      .thenRefused('project.own-package', 'package');
  });
});

const afterwards: ProjectCommand[] = [
  ...[start(), suspend(), resume(), complete(), cancel(), progress('2022-06-30', '45')],
  ...[invest('2022-06-30', '1'), correct('2022-06-30', '2'), reschedule('2024')],
];
const named = (commands: readonly ProjectCommand[]) => commands.map((command) => [command.type, command] as const);

describe('every other command', () => {
  it.each(named(afterwards))('requires a registered project (%s)', (_, command) => {
    given().when(command, because).thenRefused('project.unknown', 'id');
  });

  it.each(named([register(), ...afterwards]))('requires a drafted plan (%s)', (_, command) => {
    given(...started)
      .when(command, { known: { plan: planDecider.initialState }, ...because })
      .thenRefused('plan.unknown');
  });
});

describe('the standing of a project', () => {
  it('changes by start, suspension, resumption, completion and cancellation', () => {
    given(registered).when(start()).then(projectStarted());
    given(...started)
      .when(suspend(), because)
      .then(projectSuspended());
    given(...suspended)
      .when(resume())
      .then(projectResumed());
    given(...started)
      .when(complete())
      .then(projectCompleted());
    given(...resumed)
      .when(complete())
      .then(projectCompleted());
    for (const before of [[registered], started, suspended]) {
      given(...before)
        .when(cancel(), because)
        .then(projectCancelled());
    }
  });

  it.each<[string, readonly ProjectEvent[], readonly ProjectCommand[]]>([
    ['not started', [registered], [suspend(), resume(), complete()]],
    ['under way', started, [start('2022-04-01'), resume()]],
    ['suspended', suspended, [start('2022-09-01'), suspend('2022-09-01'), complete()]],
    ['under way again', resumed, [start('2022-12-01'), resume('2023-01-01')]],
    ['completed', completed, [start('2024-01-01'), suspend('2024-01-01'), resume('2024-01-01'), cancel('2024-01-01')]],
    ['cancelled', cancelled, [start('2024-01-01'), resume('2024-01-01'), complete(), cancel('2024-01-01')]],
  ])('allows no other transition from: %s', (_, before, commands) => {
    for (const command of commands) {
      given(...before)
        .when(command, because)
        .thenRefused('project.standing');
    }
  });

  it('does not treat a resumption on the day of the start as a repetition', () => {
    given(...started)
      .when(resume('2022-03-01'))
      .thenRefused('project.standing');
  });

  it.each([
    ['suspended', started, suspend()],
    ['cancelled', started, cancel()],
  ])('requires a reason to be %s', (_, before, command) => {
    given(...before)
      .when(command)
      .thenRefused('reason.missing', 'reason');
  });

  it.each([
    ['2022-02-28', 'date.before-last'],
    ['2026-01-01', 'date.future'],
  ])('refuses a change on %s (%s)', (on, code) => {
    for (const command of [suspend(on), complete(on), cancel(on)]) {
      given(...started)
        .when(command, because)
        .thenRefused(code, 'on');
    }
  });

  it.each<[string, readonly ProjectEvent[], ProjectCommand]>([
    ['started', started, start()],
    ['suspended', suspended, suspend()],
    ['resumed', resumed, resume()],
    ['completed', completed, complete()],
    ['cancelled', cancelled, cancel()],
  ])('does not change again if it was already %s on that day', (_, before, command) => {
    given(...before)
      .when(command, because)
      .thenNothing();
  });

  it('accepts two changes on one day, and a change on the known day in the plan’s time zone', () => {
    given(...started)
      .when(complete('2022-03-01'))
      .then(projectCompleted('2022-03-01'));
    const knownAt = '2022-02-28T16:30:00.000Z';
    given(registered).when(start(), { knownAt }).then(projectStarted());
    given(registered).when(start('2022-03-02'), { knownAt }).thenRefused('date.future', 'on');
  });
});

describe('形象进度', () => {
  const at45 = progressed('2022-06-30', '45', '主体封顶');

  it('is accepted only while works are under way', () => {
    given(...started)
      .when(progress('2022-06-30', '45', '主体封顶'))
      .then(at45);
    given(...resumed)
      .when(progress('2023-01-31', '50'))
      .then(progressed('2023-01-31', '50'));
    for (const before of [[registered], suspended, completed, cancelled]) {
      given(...before)
        .when(progress('2024-01-01', '50'))
        .thenRefused('project.standing');
    }
  });

  it('repeated changes nothing, even after a suspension', () => {
    given(...started, at45)
      .when(progress('2022-06-30', '45', '主体封顶'))
      .thenNothing();
    given(...started, at45, projectSuspended())
      .when(progress('2022-06-30', '45', '主体封顶'))
      .thenNothing();
  });

  it.each(['-0.1', '100.1'])('must be between 0 and 100, not %s', (percent) => {
    given(...started)
      .when(progress('2022-06-30', percent))
      .thenRefused('project.percent', 'percent');
  });

  it.each(['0', '100'])('may be %s', (percent) => {
    given(...started)
      .when(progress('2022-06-30', percent))
      .then(progressed('2022-06-30', percent));
  });

  it('requires a reason if it decreases', () => {
    given(...started, at45)
      .when(progress('2022-09-30', '40'))
      .thenRefused('reason.missing', 'reason');
    given(...started, at45)
      .when(progress('2022-09-30', '40'), { reason: '返工' })
      .then(progressed('2022-09-30', '40'));
  });

  it.each([
    ['2022-06-29', 'date.before-last'],
    ['2026-01-01', 'date.future'],
  ])('is refused for %s (%s)', (on, code) => {
    given(...started, at45)
      .when(progress(on, '50'))
      .thenRefused(code, 'on');
  });

  it('is refused for a day before the start', () => {
    given(...started)
      .when(progress('2022-02-28', '1'))
      .thenRefused('date.before-last', 'on');
  });
});

describe('investment', () => {
  const first = invested('2022-06-30', '1000');
  const second = invested('2022-12-31', '2500.5');
  const both = [...started, first, second];

  it('is reported cumulatively, also before the start and after completion', () => {
    given(registered).when(invest('2021-12-31', '0')).then(invested('2021-12-31', '0'));
    given(...started, first)
      .when(invest('2022-12-31', '2500.5'))
      .then(second);
    given(...completed, first)
      .when(invest('2024-03-01', '12000'))
      .then(invested('2024-03-01', '12000'));
  });

  it('repeated with an equal number changes nothing, whatever happened since', () => {
    given(...both)
      .when(invest('2022-06-30', '1000.00'))
      .thenNothing();
    given(...both, projectCancelled())
      .when(invest('2022-12-31', '2500.5'))
      .thenNothing();
  });

  it('refuses a second amount for the same day: that requires a correction', () => {
    given(...both)
      .when(invest('2022-06-30', '900'))
      .thenRefused('project.investment-reported', 'amount');
  });

  it('refuses a decrease, a negative amount, and an amount for a cancelled project', () => {
    given(...both)
      .when(invest('2023-03-31', '2500'))
      .thenRefused('project.investment-falls', 'amount');
    given(registered).when(invest('2022-06-30', '-1')).thenRefused('project.investment', 'amount');
    given(...cancelled)
      .when(invest('2023-06-30', '1'))
      .thenRefused('project.cancelled');
  });

  it.each([
    ['2022-12-30', 'date.before-last'],
    ['2026-01-01', 'date.future'],
  ])('is refused for %s (%s)', (on, code) => {
    given(...both)
      .when(invest(on, '3000'))
      .thenRefused(code, 'on');
  });

  it('is corrected with old and new amount in any standing of the project', () => {
    given(...both)
      .when(correct('2022-06-30', '900'), { reason: '误含土地款' })
      .then(investmentCorrected('2022-06-30', '1000', '900'));
    given(...both, projectCancelled())
      .when(correct('2022-12-31', '2000'), { reason: '审计核减' })
      .then(investmentCorrected('2022-12-31', '2500.5', '2000'));
    given(...both, investmentCorrected('2022-06-30', '1000', '900'))
      .when(correct('2022-06-30', '800'), { reason: '再核' })
      .then(investmentCorrected('2022-06-30', '900', '800'));
  });

  it('refuses a correction without reason, without change, or of a day without report', () => {
    given(...both)
      .when(correct('2022-06-30', '900'))
      .thenRefused('reason.missing', 'reason');
    given(...both)
      .when(correct('2022-06-30', '1000.0'), because)
      .thenRefused('project.unchanged', 'amount');
    given(...both)
      .when(correct('2022-07-01', '900'), because)
      .thenRefused('project.nothing-to-correct', 'on');
  });

  it.each([
    ['2022-06-30', '2500.6'],
    ['2022-06-30', '-1'],
    ['2022-12-31', '999'],
  ])('of %s cannot be corrected to %s, because cumulative amounts would decrease', (on, amount) => {
    given(...both)
      .when(correct(on, amount), because)
      .thenRefused('project.investment-order', 'amount');
  });
});

describe('rescheduling', () => {
  it('requires a reason and records the previous planned completion', () => {
    given(registered).when(reschedule('2024-06'), because).then(rescheduled('2023', '2024-06'));
    given(...suspended, rescheduled('2023', '2024-06'))
      .when(reschedule('2025'), because)
      .then(rescheduled('2024-06', '2025'));
    given(...started)
      .when(reschedule('2022-12'), because)
      .then(rescheduled('2023', '2022-12'));
    given(registered).when(reschedule('2024')).thenRefused('reason.missing', 'reason');
    given(registered).when(reschedule('2024年'), because).thenRefused('period.malformed', 'plannedEnd');
  });

  it('accepts a completion in the month of the start', () => {
    given(...started)
      .when(reschedule('2022-03'), because)
      .then(rescheduled('2023', '2022-03'));
  });

  it('changes nothing if the planned completion is the same', () => {
    given(registered).when(reschedule('2023')).thenNothing();
    given(registered, rescheduled('2023', '2024')).when(reschedule('2024')).thenNothing();
  });

  it('refuses a completion before the planned or actual start', () => {
    given(registered).when(reschedule('2021'), because).thenRefused('project.years', 'plannedEnd');
    given(...started)
      .when(reschedule('2022-02'), because)
      .thenRefused('project.years', 'plannedEnd');
  });

  it('is refused for a completed or cancelled project', () => {
    for (const before of [completed, cancelled]) {
      given(...before)
        .when(reschedule('2025'), because)
        .thenRefused('project.ended');
    }
  });
});
