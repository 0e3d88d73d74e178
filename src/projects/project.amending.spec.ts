import { make, specification } from '../../test/support/decider-spec.js';
import { plan, planState } from '../../test/support/examples/plans.js';
import {
  invested,
  progressed,
  projectAmended,
  projectCancelled,
  projectCompleted,
  projectRegistered,
  projectStarted,
  projectState,
  rescheduled,
} from '../../test/support/examples/projects.js';
import { PlanClosed } from '../plans/plan.events.js';
import {
  AmendProject,
  RegisterProject,
  ReportInvestment,
  ReportProjectProgress,
  RescheduleProject,
  StartProject,
} from './project.commands.js';
import { projectDecider, type ProjectKnown } from './project.decider.js';
import { projectEvents, type ProjectEvent } from './project.events.js';

const known: ProjectKnown = { plan: planState() };
const closed = { known: { plan: planState(PlanClosed.of({})) } };
const given = specification(projectDecider, projectEvents, { known, now: '2025-12-31T02:00:00.000Z' });

const project = { plan, id: 'P01' };
const amend = (different: Partial<AmendProject> = {}) =>
  make(AmendProject, { ...project, ...projectRegistered().data, investment: '12000', ...different });
const reschedule = (plannedEnd: string) => make(RescheduleProject, { ...project, plannedEnd });
const because = { reason: '规划中期调整' };

const registered = projectRegistered();
const amended = projectAmended({ investment: '12000' });
const started = [registered, projectStarted()];

describe('amending a project', () => {
  it('records the whole new content, with defaults for what is omitted', () => {
    given(registered).when(amend(), because).then(amended);
    given(registered)
      .when(amend({ builderPending: undefined, printed: undefined, anomalies: undefined }), because)
      .then(projectAmended({ investment: '12000', printed: {} }));
  });

  it('changes nothing if nothing differs', () => {
    given(registered)
      .when(amend({ investment: '10000' }))
      .thenNothing();
    given(registered, amended).when(amend(), closed).thenNothing();
  });

  it('requires a reason, a project, and a plan that is not closed', () => {
    given(registered).when(amend()).thenRefused('reason.missing', 'reason');
    given().when(amend(), because).thenRefused('project.unknown', 'id', { kind: 'project', id: 'P01' });
    given(registered)
      .when(amend(), { ...because, ...closed })
      .thenRefused('plan.closed');
  });

  it('refuses what a registration refuses', () => {
    given(registered)
      .when(amend({ unit: '339999' }), because)
      .thenRefused('project.unknown-unit', 'unit', { kind: 'unit', id: '339999' });
    given(registered)
      .when(amend({ plannedStart: '2024' }), because)
      .thenRefused('project.years', 'plannedEnd');
    given(registered)
      .when(amend({ investment: '0' }), because)
      .thenRefused('project.investment', 'investment');
  });

  it('can make it a part of a package, but neither of itself nor of its own part', () => {
    const within = (...events: ProjectEvent[]) => ({
      ...because,
      known: { ...known, package: projectState(...events) },
    });
    given(registered)
      .when(amend({ package: 'K1' }), within(registered))
      .then(projectAmended({ investment: '12000', package: 'K1' }));
    given(registered)
      .when(amend({ package: 'P01' }), within(registered))
      .thenRefused('project.own-package', 'package');
    given(registered)
      .when(amend({ package: 'P01-1' }), within(projectRegistered({ package: 'P01' })))
      .thenRefused('project.nested-package', 'package');
    given(registered)
      .when(amend({ package: 'K9' }), within())
      .thenRefused('project.unknown-package', 'package', { kind: 'project', id: 'K9' });
  });

  it('makes the old content different content', () => {
    const register = make(RegisterProject, { ...project, ...registered.data });
    given(registered, amended).when(register).thenRefused('project.already-registered', 'id');
  });

  it('keeps standing, progress and investments, and may lower the total below what was invested', () => {
    const reported = [...started, progressed('2022-06-30', '45'), invested('2022-06-30', '5000')];
    const lower = projectAmended({ investment: '4000' });
    given(...reported)
      .when(amend({ investment: '4000' }), because)
      .then(lower);
    const after = given(...reported, lower);
    after.when(make(StartProject, { ...project, on: '2022-09-01' })).thenRefused('project.standing');
    after.when(make(ReportProjectProgress, { ...project, on: '2022-06-30', percent: '45' })).thenNothing();
    after.when(make(ReportInvestment, { ...project, on: '2022-06-30', amount: '5000' })).thenNothing();
    after
      .when(make(ReportInvestment, { ...project, on: '2022-09-30', amount: '4000' }))
      .thenRefused('project.investment-falls', 'amount');
  });

  it.each([
    ['completed', projectCompleted()],
    ['cancelled', projectCancelled()],
  ])('is possible after it was %s', (_, end) => {
    given(...started, end)
      .when(amend(), because)
      .then(amended);
  });

  it('moves the planned end, unless the project was rescheduled before', () => {
    const later = projectAmended({ plannedEnd: '2024' });
    given(registered, later).when(reschedule('2024'), because).thenNothing();
    given(registered, later).when(reschedule('2025'), because).then(rescheduled('2024', '2025'));
    given(registered, rescheduled('2023', '2025'), later).when(reschedule('2025'), because).thenNothing();
    given(registered, rescheduled('2023', '2025'), later)
      .when(reschedule('2024'), because)
      .then(rescheduled('2025', '2024'));
  });
});
