import { make, specification, stateOf } from '../../test/support/decider-spec.js';
import { lishuiEnrolled, plan, planDrafted, planState } from '../../test/support/examples/plans.js';
import {
  taskAssigned,
  taskCompleted,
  taskDropped,
  taskProgressed,
  taskReopened,
} from '../../test/support/examples/tasks.js';
import { idAt } from '../../test/support/recorded.js';
import { planDecider } from '../plans/plan.decider.js';
import { PlanClosed, PlanDrafted } from '../plans/plan.events.js';
import {
  AssignTask,
  CompleteTask,
  ReopenTask,
  ReportTaskProgress,
  WithdrawTaskReport,
  type TaskCommand,
} from './task.commands.js';
import { taskDecider } from './task.decider.js';
import { TaskAssigned, TaskReportWithdrawn, taskEvents, type TaskEvent } from './task.events.js';

const known = { plan: planState() };
const given = specification(taskDecider, taskEvents, { known, now: '2025-12-31T02:00:00.000Z' });

const task = { plan, id: 'D01' };
const assign = (different: Partial<AssignTask> = {}) =>
  make(AssignTask, {
    ...task,
    title: '编制基本养老服务清单',
    actionPlan: 'P1',
    owner: '331100',
    due: '2022',
    ...different,
  });
const report = (on = '2022-06-30', percent: string | undefined = '60', text = '已征求意见') =>
  make(ReportTaskProgress, { ...task, on, percent, text });
const complete = (on = '2022-12-20', text = '清单已公布') => make(CompleteTask, { ...task, on, text });
const reopen = (on = '2023-05-10') => make(ReopenTask, { ...task, on });
const because = { reason: '清单已失效' };

const assigned = taskAssigned();
const underWay = [assigned, taskProgressed()];
const completed = [...underWay, taskCompleted()];
const reopened = [...completed, taskReopened()];
const named = (...commands: readonly TaskCommand[]) => commands.map((command) => [command.type, command] as const);

describe('assigning a task', () => {
  it('records title, owner and due period; all but the title may be omitted', () => {
    given().when(assign()).then(assigned);
    given()
      .when(make(AssignTask, { ...task, title: '编制清单' }))
      .then(TaskAssigned.of({ title: '编制清单' }));
    const rest = { kind: 'list', section: '健全政策机制', note: '正文', line: 167 } as const;
    given().when(assign(rest)).then(taskAssigned(rest));
  });

  it('happens once', () => {
    given(...completed)
      .when(assign())
      .thenNothing();
    given(assigned)
      .when(assign({ due: '2023' }))
      .thenRefused('task.already-assigned', 'id');
  });

  it('refuses an owner or action plan that the plan does not have', () => {
    given()
      .when(assign({ owner: '339999' }))
      .thenRefused('task.unknown-owner', 'owner');
    given()
      .when(assign({ actionPlan: 'P9' }))
      .thenRefused('plan.unknown-action-plan', 'actionPlan');
  });

  it('may have any of the plan’s action plans', () => {
    const actionPlans = [...planDrafted.data.actionPlans, { code: 'P2', name: '另一行动计划' }];
    const state = stateOf(planDecider, PlanDrafted.of({ ...planDrafted.data, actionPlans }), lishuiEnrolled);
    given()
      .when(assign({ actionPlan: 'P2' }), { known: { plan: state } })
      .then(taskAssigned({ actionPlan: 'P2' }));
  });

  it('is refused if the plan is closed, but an existing task can still change', () => {
    const closed = { known: { plan: planState(PlanClosed.of({})) } };
    given().when(assign(), closed).thenRefused('plan.closed');
    given(assigned).when(assign(), closed).thenNothing();
    given(assigned).when(complete(), closed).then(taskCompleted());
  });

  it.each(named(report(), complete(), reopen()))('must precede %s', (_, command) => {
    given().when(command, because).thenRefused('task.unknown', 'id');
  });

  it.each(named(assign(), report(), complete(), reopen()))('requires a drafted plan (%s)', (_, command) => {
    given(...completed)
      .when(command, { known: { plan: planDecider.initialState }, ...because })
      .thenRefused('plan.unknown');
  });
});

describe('progress of a task', () => {
  it('has a text and an optional percentage', () => {
    given(assigned).when(report()).then(taskProgressed());
    given(...underWay)
      .when(make(ReportTaskProgress, { ...task, on: '2022-09-30', text: '已报审' }))
      .then({ type: 'TaskProgressReported', data: { on: '2022-09-30', text: '已报审' } });
    given(...reopened)
      .when(report('2023-06-30', '80'))
      .then(taskProgressed('2023-06-30', '80'));
  });

  it('repeated changes nothing', () => {
    given(...underWay)
      .when(report())
      .thenNothing();
    given(...completed)
      .when(report())
      .thenNothing();
  });

  it.each(['-1', '100.5'])('must be between 0 and 100, not %s', (percent) => {
    given(assigned).when(report('2022-06-30', percent)).thenRefused('task.percent', 'percent');
  });

  it('is refused after completion', () => {
    given(...completed)
      .when(report('2023-01-31', '100'))
      .thenRefused('task.completed');
  });
});

describe('completion of a task', () => {
  it('records the result', () => {
    given(assigned).when(complete()).then(taskCompleted());
    given(...underWay)
      .when(complete())
      .then(taskCompleted());
    given(...reopened)
      .when(complete('2023-08-01', '清单已重新公布'))
      .then(taskCompleted('2023-08-01', '清单已重新公布'));
  });

  it('happens once', () => {
    given(...completed)
      .when(complete())
      .thenNothing();
    given(...completed)
      .when(complete('2022-12-21'))
      .thenRefused('task.completed');
  });

  it('is reverted by reopening, which requires a reason', () => {
    given(...completed)
      .when(reopen(), because)
      .then(taskReopened());
    given(...completed)
      .when(reopen())
      .thenRefused('reason.missing', 'reason');
    given(...reopened)
      .when(reopen(), because)
      .thenNothing();
  });

  it('cannot be reverted if the task is not completed', () => {
    for (const before of [[assigned], underWay]) {
      given(...before)
        .when(reopen(), because)
        .thenRefused('task.not-completed');
    }
    given(...reopened)
      .when(reopen('2023-06-01'), because)
      .thenRefused('task.not-completed');
  });
});

it.each([
  ['2022-06-29', 'date.before-last'],
  ['2026-01-01', 'date.future'],
])('a report, completion or reopening on %s is refused (%s)', (on, code) => {
  given(...underWay)
    .when(report(on, '70'))
    .thenRefused(code, 'on');
  given(...underWay)
    .when(complete(on))
    .thenRefused(code, 'on');
  given(assigned, taskCompleted('2022-06-30')).when(reopen(on), because).thenRefused(code, 'on');
});

describe('withdrawing a report', () => {
  const withdraw = (place: number) => make(WithdrawTaskReport, { ...task, report: idAt(place) });
  const withdrawn = (place: number, type: TaskEvent['type'], on: string) =>
    TaskReportWithdrawn.of({ eventId: idAt(place), type, revision: place - 1, on });
  const mistaken = { reason: '误报' };

  it('leaves the task as if the report had not been made', () => {
    given(...completed)
      .when(withdraw(3), mistaken)
      .then(withdrawn(3, 'TaskCompleted', '2022-12-20'));
    given(...completed, withdrawn(3, 'TaskCompleted', '2022-12-20'))
      .when(report('2022-09-30', '70'))
      .then(taskProgressed('2022-09-30', '70'));
    given(assigned, taskDropped(), withdrawn(2, 'TaskDropped', '2023-03-15'))
      .when(report())
      .then(taskProgressed());
  });

  it('is refused of what a later report rests on', () => {
    given(...reopened)
      .when(withdraw(3), mistaken)
      .thenRefused('withdrawal.rested-on', 'report');
    given(...reopened, taskProgressed('2023-06-30', '80'))
      .when(withdraw(4), mistaken)
      .thenRefused('withdrawal.rested-on', 'report');
    given(...completed)
      .when(withdraw(2), mistaken)
      .then(withdrawn(2, 'TaskProgressReported', '2022-06-30'));
  });

  it('needs a reason and a report', () => {
    given(...completed)
      .when(withdraw(3))
      .thenRefused('reason.missing', 'reason');
    given(...completed)
      .when(withdraw(1), mistaken)
      .thenRefused('withdrawal.not-report', 'report');
  });
});
