import { Type } from '@sinclair/typebox';
import { defineEvent, type EventOf } from '../kernel/event.js';
import { streamName } from '../kernel/stream-name.js';
import { withdrawnReport } from '../slice/withdrawable.js';

export const taskStream = (plan: string, id: string) => streamName('task', plan, id);

export const taskKinds = [
  ...['list', 'data', 'programme', 'policy', 'rule', 'system', 'platform', 'standard', 'pilot', 'coverage'],
  ...['project', 'application', 'plan', 'publication', 'milestone', 'goal'],
] as const;

const closed = { additionalProperties: false } as const;
const text = Type.Optional(Type.String());
const on = Type.String({ description: 'Day on which it happened (valid time), YYYY-MM-DD' });

export const TaskAssigned = defineEvent({
  name: 'TaskAssigned',
  label: '下达任务',
  meaning:
    'A qualitative task of the plan was assigned: expected result, owner and, if the plan states one, due period',
  schema: Type.Object(
    {
      title: Type.String(),
      actionPlan: text,
      kind: text,
      owner: text,
      due: Type.Optional(Type.String({ description: 'Period by whose end the task is due' })),
      section: text,
      note: text,
      line: Type.Optional(Type.Integer({ minimum: 1 })),
    },
    closed,
  ),
  example: {
    title: '编制基本养老服务项目清单',
    actionPlan: 'P1',
    kind: 'list',
    owner: '331100',
    section: '健全政策机制',
    line: 167,
  },
});

export const TaskAmended = defineEvent({
  name: 'TaskAmended',
  label: '修改任务',
  meaning:
    'The content of the task was amended for the reason in metadata; holds the whole new content. Reports, completion and dropping stay as they were',
  schema: TaskAssigned.schema,
  example: { ...TaskAssigned.example, title: '编制并公布基本养老服务项目清单', due: '2023' },
});

export const TaskProgressReported = defineEvent({
  name: 'TaskProgressReported',
  label: '报告任务进展',
  meaning: 'Progress of the task on a day, in words and optionally in percent',
  schema: Type.Object({ on, percent: text, text: Type.String() }, closed),
  example: { on: '2022-06-30', percent: '60', text: '清单初稿已征求意见' },
});

export const TaskCompleted = defineEvent({
  name: 'TaskCompleted',
  label: '完成任务',
  meaning: 'The task was completed; the text describes the result',
  schema: Type.Object({ on, text: Type.String() }, closed),
  example: { on: '2022-12-20', text: '清单已公布' },
});

export const TaskReopened = defineEvent({
  name: 'TaskReopened',
  label: '重启任务',
  meaning: 'A completed task was reopened for the reason in metadata',
  schema: Type.Object({ on }, closed),
  example: { on: '2023-05-10' },
});

export const TaskDropped = defineEvent({
  name: 'TaskDropped',
  label: '取消任务',
  meaning:
    'The task was dropped for the reason in metadata. From that day on it is neither due nor counted, and a promise that it tracks is not judged',
  schema: Type.Object({ on }, closed),
  example: { on: '2024-03-15' },
});

export const TaskReportWithdrawn = defineEvent({
  name: 'TaskReportWithdrawn',
  label: '撤回任务登记',
  meaning:
    'A report on the task was withdrawn for the reason in metadata: all is as if it had not been made. What was known before stays readable as of then',
  schema: withdrawnReport,
  example: { eventId: '0f4c51d2-6a0e-5a1b-9a53-7c1a2f0e9d13', type: 'TaskCompleted', revision: 2, on: '2022-12-20' },
});

export const taskEvents = [
  TaskAssigned,
  TaskAmended,
  TaskProgressReported,
  TaskCompleted,
  TaskReopened,
  TaskDropped,
  TaskReportWithdrawn,
] as const;
export type TaskEvent = EventOf<typeof taskEvents>;
/** All but the withdrawal of another. */
export type TaskFact = Exclude<TaskEvent, { type: 'TaskReportWithdrawn' }>;
