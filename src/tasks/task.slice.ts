import { knownPlan, planTimeZone, unitsFrom } from '../plans/known-plan.js';
import type { PlanState } from '../plans/plan.state.js';
import { deciding, type Slice } from '../slice/slice.js';
import {
  AmendTask,
  AssignTask,
  CompleteTask,
  DropTask,
  ReopenTask,
  ReportTaskProgress,
  WithdrawTaskReport,
  type TaskCommand,
} from './task.commands.js';
import { taskDecider, taskReports, type TaskState } from './task.decider.js';
import { taskEvents, taskStream, type TaskEvent } from './task.events.js';
import { taskFolder } from './task.folder.js';
import { taskPlausibility } from './task.plausibility.js';
import { taskProjection } from './task.projection.js';

const path = 'plans/:plan/tasks/:id';

export const taskSlice: Slice = {
  name: 'tasks',
  announced: ['task'],
  events: taskEvents,
  projections: [taskProjection],
  deciding: deciding<TaskCommand, TaskEvent, TaskState, { readonly plan: PlanState }>({
    decider: taskDecider,
    commands: [
      { type: AssignTask, path: `${path}/assignment`, permission: 'programme.plan', summary: '下达任务' },
      { type: AmendTask, path: `${path}/amendments`, permission: 'programme.plan', summary: '修改任务' },
      { type: ReportTaskProgress, path: `${path}/progress`, permission: 'programme.report', summary: '报告任务进展' },
      { type: CompleteTask, path: `${path}/completion`, permission: 'programme.report', summary: '完成任务' },
      { type: ReopenTask, path: `${path}/reopening`, permission: 'programme.report', summary: '重启任务' },
      { type: DropTask, path: `${path}/dropping`, permission: 'programme.plan', summary: '取消任务' },
      {
        type: WithdrawTaskReport,
        path: `${path}/reports/:report/withdrawal`,
        permission: 'programme.report',
        summary: '撤回一次任务登记',
      },
    ],
    permission: async (command, load) =>
      command instanceof WithdrawTaskReport
        ? taskReports.permission(await load(taskDecider, taskStream(command.plan, command.id)), command.report)
        : undefined,
    stream: ({ plan, id }) => taskStream(plan, id),
    known: async (command, load) => ({ plan: await knownPlan(command, load) }),
    units: async ({ plan, id }, load) => {
      const { assigned } = await load(taskDecider, taskStream(plan, id));
      return unitsFrom(plan, assigned?.owner, load);
    },
    timeZone: planTimeZone,
  }),
  documents: [{ resource: 'tasks', label: '任务', projection: taskProjection, answer: 'TaskDocument' }],
  trails: { tasks: taskStream },
  folder: taskFolder,
  plausibility: taskPlausibility,
  codes: { task: taskProjection },
};
