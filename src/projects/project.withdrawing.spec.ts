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
  projectSuspended,
  rescheduled,
} from '../../test/support/examples/projects.js';
import { idAt } from '../../test/support/recorded.js';
import { ReportProjectProgress, RescheduleProject, StartProject, WithdrawProjectReport } from './project.commands.js';
import { projectDecider, type ProjectKnown } from './project.decider.js';
import { ProjectReportWithdrawn, projectEvents, type ProjectEvent } from './project.events.js';

const known: ProjectKnown = { plan: planState() };
const given = specification(projectDecider, projectEvents, { known, now: '2025-12-31T02:00:00.000Z' });

const project = { plan, id: 'P01' };
const start = (on: string) => make(StartProject, { ...project, on });
const progress = (on: string, percent: string) => make(ReportProjectProgress, { ...project, on, percent });
const reschedule = (plannedEnd: string) => make(RescheduleProject, { ...project, plannedEnd });
const because = { reason: '征地未完成' };

const registered = projectRegistered();
const started = [registered, projectStarted()];
const resumed = [...started, projectSuspended(), projectResumed()];
const completed = [...started, projectCompleted()];
const cancelled = [...started, projectCancelled()];

describe('withdrawing a report', () => {
  const withdraw = (place: number) => make(WithdrawProjectReport, { ...project, report: idAt(place) });
  const withdrawn = (place: number, type: ProjectEvent['type'], on?: string) =>
    ProjectReportWithdrawn.of({ eventId: idAt(place), type, revision: place - 1, ...(on !== undefined && { on }) });
  const mistaken = { reason: '误报' };

  it('names the withdrawn event, its place and its day', () => {
    given(...started)
      .when(withdraw(2), mistaken)
      .then(withdrawn(2, 'ProjectStarted', '2022-03-01'));
    given(registered, rescheduled('2023', '2024')).when(withdraw(2), mistaken).then(withdrawn(2, 'ProjectRescheduled'));
  });

  it('leaves the project as if the report had not been made', () => {
    const again = [...started, withdrawn(2, 'ProjectStarted', '2022-03-01')];
    given(...again)
      .when(progress('2022-06-30', '45'))
      .thenRefused('project.standing');
    given(...again)
      .when(start('2022-04-01'))
      .then(projectStarted('2022-04-01'));
    given(registered, rescheduled('2023', '2024'), withdrawn(2, 'ProjectRescheduled'))
      .when(reschedule('2025'), because)
      .then(rescheduled('2023', '2025'));
  });

  it.each([
    ['the start before a completion', completed, 2, '“项目竣工”（2023-11-20，'],
    ['the start before progress', [...started, progressed('2022-06-30', '45')], 2, '“报告形象进度”（2022-06-30，'],
    ['a suspension before its end', resumed, 3, '“项目复工”（2022-12-01，'],
    [
      'an investment before its correction',
      [registered, invested('2022-06-30', '1000'), investmentCorrected('2022-06-30', '1000', '900')],
      2,
      '“更正投资”（2022-06-30，',
    ],
    [
      'a correction before what came to be in order by it',
      [
        ...[registered, invested('2022-06-30', '1000'), investmentCorrected('2022-06-30', '1000', '500')],
        invested('2022-12-31', '700'),
      ],
      3,
      '“报告投资”（2022-12-31，',
    ],
    [
      'a rescheduling before the next',
      [registered, rescheduled('2023', '2024'), rescheduled('2024', '2025')],
      2,
      '“调整工期”（事件 ',
    ],
  ])('is refused of %s, which is named', (_, events, place, named) => {
    given(...events)
      .when(withdraw(place), mistaken)
      .thenRefused('withdrawal.rested-on', 'report', undefined, named);
  });

  it('is possible of what nothing rests on, however early', () => {
    const between = [...started, progressed('2022-06-30', '45'), progressed('2022-09-30', '60')];
    given(...between)
      .when(withdraw(3), mistaken)
      .then(withdrawn(3, 'ProjectProgressReported', '2022-06-30'));
    given(...cancelled)
      .when(withdraw(2), mistaken)
      .then(withdrawn(2, 'ProjectStarted', '2022-03-01'));
  });

  it('needs a reason and a report that stands; what the plan says is none', () => {
    given(...started)
      .when(withdraw(2))
      .thenRefused('reason.missing', 'reason');
    given(...started)
      .when(withdraw(9), mistaken)
      .thenRefused('withdrawal.unknown', 'report');
    given(...started)
      .when(withdraw(1), mistaken)
      .thenRefused('withdrawal.not-report', 'report');
    given(...started, withdrawn(2, 'ProjectStarted', '2022-03-01'))
      .when(withdraw(2), mistaken)
      .thenRefused('withdrawal.already', 'report');
    given().when(withdraw(1), mistaken).thenRefused('project.unknown', 'id');
  });
});
