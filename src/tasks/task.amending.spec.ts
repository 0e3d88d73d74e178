import { make, specification } from '../../test/support/decider-spec.js';
import { plan, planState } from '../../test/support/examples/plans.js';
import {
  taskAmended,
  taskAssigned,
  taskCompleted,
  taskDropped,
  taskProgressed,
  taskReopened,
} from '../../test/support/examples/tasks.js';
import { planDecider } from '../plans/plan.decider.js';
import { PlanClosed } from '../plans/plan.events.js';
import { AmendTask, AssignTask, CompleteTask, DropTask, ReopenTask, ReportTaskProgress } from './task.commands.js';
import { taskDecider } from './task.decider.js';
import { taskEvents } from './task.events.js';

const known = { plan: planState() };
const closed = { plan: planState(PlanClosed.of({})) };
const given = specification(taskDecider, taskEvents, { known, now: '2025-12-31T02:00:00.000Z' });

const task = { plan, id: 'D01' };
const amend = (different: Partial<AmendTask> = {}) =>
  make(AmendTask, { ...task, ...taskAssigned().data, due: '2023', ...different } as Partial<AmendTask>);
const drop = (on = '2023-03-15') => make(DropTask, { ...task, on });
const because = { reason: '规划中期调整' };

const assigned = taskAssigned();
const amended = taskAmended({ due: '2023' });
const dropped = [assigned, taskProgressed(), taskDropped()];

describe('amending a task', () => {
  it('records the whole new content', () => {
    given(assigned).when(amend(), because).then(amended);
    given(assigned)
      .when(make(AmendTask, { ...task, title: '编制清单' }), because)
      .then({ type: 'TaskAmended', data: { title: '编制清单' } });
  });

  it('is possible again, and after completion', () => {
    given(assigned, amended)
      .when(amend({ due: '2022' }), because)
      .then(taskAmended());
    given(assigned, taskCompleted()).when(amend(), because).then(amended);
  });

  it('changes nothing if nothing differs, without a reason too', () => {
    given(assigned)
      .when(amend({ due: '2022' }))
      .thenNothing();
    given(assigned, amended).when(amend()).thenNothing();
    given(...dropped)
      .when(amend({ due: '2022' }), { known: closed })
      .thenNothing();
  });

  it('requires a reason, a task, and a plan that is not closed', () => {
    given(assigned).when(amend()).thenRefused('reason.missing', 'reason');
    given().when(amend(), because).thenRefused('task.unknown', 'id', { kind: 'task', id: 'D01' });
    given(assigned)
      .when(amend(), { ...because, known: closed })
      .thenRefused('plan.closed');
    given(assigned)
      .when(amend(), { ...because, known: { plan: planDecider.initialState } })
      .thenRefused('plan.unknown');
  });

  it('refuses what an assignment refuses', () => {
    given(assigned)
      .when(amend({ owner: '339999' }), because)
      .thenRefused('task.unknown-owner', 'owner', { kind: 'unit', id: '339999' });
    given(assigned)
      .when(amend({ actionPlan: 'P9' }), because)
      .thenRefused('plan.unknown-action-plan', 'actionPlan');
  });

  it('makes the old content different content', () => {
    const assign = make(AssignTask, { ...task, ...taskAssigned().data } as Partial<AssignTask>);
    given(assigned, amended).when(assign).thenRefused('task.already-assigned', 'id');
  });

  it('leaves reports and completion as they were', () => {
    const completed = [assigned, taskProgressed(), taskCompleted(), amended];
    given(...completed)
      .when(make(ReportTaskProgress, { ...task, on: '2023-01-31', text: '再报' }))
      .thenRefused('task.completed');
    given(...completed)
      .when(make(CompleteTask, { ...task, on: '2022-12-20', text: '清单已公布' }))
      .thenNothing();
  });
});

describe('dropping a task', () => {
  it('needs a reason and is possible whether or not anything was reported', () => {
    given(assigned).when(drop(), because).then(taskDropped());
    given(assigned, taskProgressed()).when(drop(), because).then(taskDropped());
    given(assigned, taskCompleted(), taskReopened('2023-01-10')).when(drop(), because).then(taskDropped());
    given(assigned).when(drop()).thenRefused('reason.missing', 'reason');
    given(assigned)
      .when(drop(), { ...because, known: closed })
      .then(taskDropped());
  });

  it('happens once', () => {
    given(...dropped)
      .when(drop())
      .thenNothing();
    given(...dropped)
      .when(drop('2023-04-01'), because)
      .thenRefused('task.dropped');
  });

  it('is refused for an unknown task and for a completed one', () => {
    given().when(drop(), because).thenRefused('task.unknown', 'id');
    given(assigned, taskCompleted()).when(drop(), because).thenRefused('task.completed');
  });

  it.each([
    ['2022-06-29', 'date.before-last'],
    ['2026-01-01', 'date.future'],
  ])('on %s is refused (%s)', (on, code) => {
    given(assigned, taskProgressed()).when(drop(on), because).thenRefused(code, 'on');
  });

  it('ends reports, completion, reopening and amendments; what was said before may be repeated', () => {
    const report = (on: string, text: string) => make(ReportTaskProgress, { ...task, on, percent: '60', text });
    given(...dropped)
      .when(report('2023-06-30', '又有进展'))
      .thenRefused('task.dropped');
    given(...dropped)
      .when(make(CompleteTask, { ...task, on: '2023-06-30', text: '完成' }))
      .thenRefused('task.dropped');
    given(...dropped)
      .when(make(ReopenTask, { ...task, on: '2023-06-30' }), because)
      .thenRefused('task.dropped');
    given(...dropped)
      .when(amend(), because)
      .thenRefused('task.dropped');
    given(...dropped)
      .when(report('2022-06-30', '已征求意见'))
      .thenNothing();
  });
});
