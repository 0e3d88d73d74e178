import { isDeepStrictEqual } from 'node:util';
import { Decimal } from '../kernel/decimal.js';
import type { Decider, DecisionContext } from '../kernel/decider.js';
import { invalid, notFound, refused } from '../kernel/errors.js';
import { plain } from '../kernel/json.js';
import { plannedPeriod } from '../kernel/period.js';
import { assertAmendable, toAmend } from '../plans/amendable.js';
import { factDay } from '../plans/fact-day.js';
import { drafted, missingUnit, unknownActionPlan, type PlanState } from '../plans/plan.state.js';
import { withdrawable, type Standing } from '../slice/withdrawable.js';
import type {
  AmendTask,
  AssignTask,
  CompleteTask,
  DropTask,
  ReopenTask,
  ReportTaskProgress,
  TaskCommand,
  TaskContent,
} from './task.commands.js';
import {
  TaskAmended,
  TaskAssigned,
  TaskCompleted,
  TaskDropped,
  TaskProgressReported,
  TaskReopened,
  TaskReportWithdrawn,
  taskEvents,
  type TaskEvent,
  type TaskFact,
} from './task.events.js';

export type Assigned = (typeof TaskAssigned)['example'];

interface TaskFacts {
  readonly assigned?: Assigned;
  readonly progress?: (typeof TaskProgressReported)['example'];
  readonly completed?: (typeof TaskCompleted)['example'];
  readonly reopenedOn?: string;
  readonly droppedOn?: string;
  /** Day of the last report, completion or reopening. */
  readonly since?: string;
}

export type TaskState = TaskFacts & Standing<TaskFact>;

type Context = DecisionContext<{ readonly plan: PlanState }>;

export const taskReports = withdrawable({
  withdrawal: TaskReportWithdrawn,
  types: taskEvents,
  reports: {
    TaskProgressReported: 'programme.report',
    TaskCompleted: 'programme.report',
    TaskReopened: 'programme.report',
    TaskDropped: 'programme.plan',
  },
  initialState: {},
  evolve: evolveTask,
  follows,
});

export const taskDecider: Decider<TaskCommand, TaskEvent, TaskState, { readonly plan: PlanState }> = {
  initialState: taskReports.initialState,

  decide(command, state, context) {
    drafted(command.plan, context.known.plan);
    if (command.type === 'AssignTask') return assign(command, state, context.known.plan);
    if (!state.assigned) {
      const message = `规划 ${command.plan} 没有任务 ${command.id}：请核对任务编号`;
      throw notFound('task.unknown', message, 'id', command.about);
    }
    switch (command.type) {
      case 'AmendTask':
        return amend(command, state, context);
      case 'ReportTaskProgress':
        return reportProgress(command, state, context);
      case 'CompleteTask':
        return complete(command, state, context);
      case 'ReopenTask':
        return reopen(command, state, context);
      case 'DropTask':
        return drop(command, state, context);
      case 'WithdrawTaskReport':
        return taskReports.withdraw(command.report, state, context.reason);
    }
  },

  evolve: taskReports.evolve,
};

function evolveTask(state: TaskFacts, event: TaskFact): TaskFacts {
  switch (event.type) {
    case 'TaskAssigned':
    case 'TaskAmended':
      return { ...state, assigned: event.data };
    case 'TaskProgressReported':
      return { ...state, progress: event.data, since: event.data.on };
    case 'TaskCompleted':
      return { ...state, completed: event.data, reopenedOn: undefined, since: event.data.on };
    case 'TaskReopened':
      return { ...state, completed: undefined, reopenedOn: event.data.on, since: event.data.on };
    case 'TaskDropped':
      return { ...state, droppedOn: event.data.on };
  }
}

/** Whether the event is possible in the state, apart from its day. */
function follows({ completed, droppedOn }: TaskFacts, { type }: TaskFact): boolean {
  switch (type) {
    case 'TaskAssigned':
    case 'TaskAmended':
      return true;
    case 'TaskProgressReported':
    case 'TaskCompleted':
    case 'TaskDropped':
      return !completed && droppedOn === undefined;
    case 'TaskReopened':
      return completed !== undefined;
  }
}

function contentOf(command: TaskContent, plan: PlanState): Assigned {
  const { title, actionPlan, kind, owner, due, section, note, line } = command;
  if (owner !== undefined && !plan.units.has(owner)) {
    const { missing, meant } = missingUnit(owner, plan);
    throw invalid('task.unknown-owner', `规划中没有单位 ${owner}${meant}`, 'owner', missing);
  }
  if (actionPlan !== undefined && !plan.drafted?.actionPlans.some(({ code }) => code === actionPlan)) {
    throw unknownActionPlan(actionPlan, plan);
  }
  if (due !== undefined) plannedPeriod(due, drafted(command.plan, plan), 'due');
  return plain({ title, actionPlan, kind, owner, due, section, note, line });
}

function assign(command: AssignTask, state: TaskState, plan: PlanState): TaskEvent[] {
  const event = TaskAssigned.of(contentOf(command, plan));
  if (isDeepStrictEqual(state.assigned, event.data)) return [];
  if (state.assigned) {
    const message = `任务 ${command.id} 已下达且内容不同：${toAmend('修改任务')}`;
    throw refused('task.already-assigned', message, 'id');
  }
  if (plan.closed) throw refused('plan.closed', '规划已结束：不能再下达任务');
  return [event];
}

function amend(command: AmendTask, state: TaskState, context: Context): TaskEvent[] {
  const event = TaskAmended.of(contentOf(command, context.known.plan));
  if (isDeepStrictEqual(state.assigned, event.data)) return [];
  assertNotDropped(command.id, state);
  assertAmendable(context, '任务');
  return [event];
}

function assertNotDropped(id: string, { droppedOn }: TaskState): void {
  if (droppedOn === undefined) return;
  throw refused('task.dropped', `任务 ${id} 已于 ${droppedOn} 取消：仍要办的，请用新的编号另行下达`);
}

function reportProgress(command: ReportTaskProgress, state: TaskState, context: Context): TaskEvent[] {
  const { percent, text } = command;
  const event = TaskProgressReported.of(plain({ on: command.on, percent, text }));
  if (isDeepStrictEqual(state.progress, event.data)) return [];
  assertNotDropped(command.id, state);
  if (state.completed) {
    throw refused('task.completed', `任务已于 ${state.completed.on} 完成：确未完成的，请先“重启任务”`);
  }
  if (percent !== undefined && (new Decimal(percent).isNegative() || new Decimal(percent).greaterThan(100))) {
    throw invalid('task.percent', `进展须在 0 到 100 之间，收到 ${percent}`, 'percent');
  }
  factDay(command, context, state.since);
  return [event];
}

function complete(command: CompleteTask, state: TaskState, context: Context): TaskEvent[] {
  const event = TaskCompleted.of({ on: command.on, text: command.text });
  if (isDeepStrictEqual(state.completed, event.data)) return [];
  assertNotDropped(command.id, state);
  if (state.completed) throw refused('task.completed', `任务已于 ${state.completed.on} 完成`);
  factDay(command, context, state.since);
  return [event];
}

function reopen(command: ReopenTask, state: TaskState, context: Context): TaskEvent[] {
  if (!state.completed) {
    if (state.reopenedOn === command.on) return [];
    assertNotDropped(command.id, state);
    throw refused('task.not-completed', '任务尚未完成：无须重启');
  }
  if (!context.reason) throw invalid('reason.missing', '重启任务须写明事由', 'reason');
  return [TaskReopened.of({ on: factDay(command, context, state.since) })];
}

function drop(command: DropTask, state: TaskState, context: Context): TaskEvent[] {
  if (state.droppedOn === command.on) return [];
  assertNotDropped(command.id, state);
  if (state.completed) {
    const message = `任务已于 ${state.completed.on} 完成，不能取消：确未完成的，请先“重启任务”`;
    throw refused('task.completed', message);
  }
  if (!context.reason) throw invalid('reason.missing', '取消任务须写明事由', 'reason');
  return [TaskDropped.of({ on: factDay(command, context, state.since) })];
}
