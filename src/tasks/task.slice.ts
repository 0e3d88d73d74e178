import { knownPlan, planTimeZone } from '../plans/known-plan.js';
import type { PlanState } from '../plans/plan.decider.js';
import type { Slice } from '../slice/slice.js';
import { AssignTask, CompleteTask, ReopenTask, ReportTaskProgress, type TaskCommand } from './task.commands.js';
import { taskDecider, type TaskState } from './task.decider.js';
import { taskEvents, taskStream, type TaskEvent } from './task.events.js';

const path = 'plans/:plan/tasks/:id';

export const taskSlice: Slice<TaskCommand, TaskEvent, TaskState, { readonly plan: PlanState }> = {
  name: 'tasks',
  events: taskEvents,
  decider: taskDecider,
  commands: [
    { type: AssignTask, path: `${path}/assignment`, summary: '下达任务' },
    { type: ReportTaskProgress, path: `${path}/progress`, summary: '报告任务进展' },
    { type: CompleteTask, path: `${path}/completion`, summary: '完成任务' },
    { type: ReopenTask, path: `${path}/reopening`, summary: '重启任务' },
  ],
  stream: ({ plan, id }) => taskStream(plan, id),
  known: async (command, load) => ({ plan: await knownPlan(command, load) }),
  timeZone: planTimeZone,
};
