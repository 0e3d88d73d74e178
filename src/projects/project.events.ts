import { Type } from '@sinclair/typebox';
import { defineEvent, type EventOf } from '../kernel/event.js';
import { streamName } from '../kernel/stream-name.js';
import { withdrawnReport } from '../slice/withdrawable.js';

export const projectStream = (plan: string, id: string) => streamName('project', plan, id);

/** `implementing` 实施类: construction is decided; `prospective` 谋划类: still in preparation. */
export const projectClasses = ['implementing', 'prospective'] as const;
/** `continuing` 续建, `new` 新建. */
export const projectCategories = ['continuing', 'new'] as const;

const closed = { additionalProperties: false } as const;
const text = Type.Optional(Type.String());
const on = Type.String({ description: 'Day on which it happened (valid time), YYYY-MM-DD' });
const money = (description: string) =>
  Type.String({ description: `${description}, in the plan’s unit of money, 万元 by default` });

export const ProjectRegistered = defineEvent({
  name: 'ProjectRegistered',
  label: '登记项目',
  meaning: 'A project of the plan was registered with its printed text, and an interpretation if that text is unclear',
  schema: Type.Object(
    {
      name: Type.String(),
      unit: Type.String({ description: 'The responsible unit' }),
      class: Type.Union(projectClasses.map((value) => Type.Literal(value))),
      category: Type.Optional(Type.Union(projectCategories.map((value) => Type.Literal(value)))),
      sector: text,
      plannedStart: Type.String({ description: 'Period in which the project is planned to start' }),
      plannedEnd: Type.String({ description: 'Period by whose end the project is planned to be completed' }),
      investment: money('Total investment'),
      builder: text,
      builderPending: Type.Boolean({ description: 'The builder is not yet determined (建设单位待定)' }),
      package: Type.Optional(
        Type.String({ description: 'Id of the package (打包项目) to which this project belongs' }),
      ),
      printed: Type.Object({ period: text, investment: text }, closed),
      reading: Type.Optional(Type.String({ description: 'Interpretation of the printed text, if the two differ' })),
      anomalies: Type.Array(Type.String(), { description: 'Anomalies of the printed text' }),
      line: Type.Optional(Type.Integer({ minimum: 1 })),
    },
    closed,
  ),
  example: {
    name: '合众养护院（丽水认知障碍老人护理院）',
    unit: '331100',
    class: 'implementing',
    category: 'continuing',
    sector: '养老服务',
    plannedStart: '2020',
    plannedEnd: '2023',
    investment: '25000',
    builder: '丽水市润康养老公司',
    builderPending: false,
    printed: { period: '2020-2023年', investment: '25000' },
    anomalies: ['建设期始于规划期之前'],
    line: 372,
  },
});

export const ProjectAmended = defineEvent({
  name: 'ProjectAmended',
  label: '修改项目',
  meaning:
    'What the plan says of the project was amended for the reason in metadata; holds the whole new content. Standing, progress and investments stay as they were. The planned completion follows the new content, unless the project was rescheduled before: a rescheduling stands',
  schema: ProjectRegistered.schema,
  example: {
    ...ProjectRegistered.example,
    investment: '26000',
    printed: { period: '2020-2023年', investment: '26000' },
  },
});

export const ProjectStarted = defineEvent({
  name: 'ProjectStarted',
  label: '项目开工',
  meaning: 'Construction started',
  schema: Type.Object({ on }, closed),
  example: { on: '2021-09-28' },
});

export const ProjectProgressReported = defineEvent({
  name: 'ProjectProgressReported',
  label: '报告形象进度',
  meaning: 'Physical progress of the works on a day, in percent and in words',
  schema: Type.Object({ on, percent: Type.String({ description: '0–100' }), text }, closed),
  example: { on: '2022-06-30', percent: '45', text: '主体结构封顶' },
});

export const InvestmentReported = defineEvent({
  name: 'InvestmentReported',
  label: '报告投资',
  meaning: 'Cumulative investment since the start of the project, as of a day',
  schema: Type.Object({ on, amount: money('Cumulative investment') }, closed),
  example: { on: '2022-06-30', amount: '11200' },
});

export const InvestmentCorrected = defineEvent({
  name: 'InvestmentCorrected',
  label: '更正投资',
  meaning:
    'The investment reported for a day was corrected; records the old amount, the new amount and (in metadata) the reason',
  schema: Type.Object({ on, from: money('Old amount'), to: money('New amount') }, closed),
  example: { on: '2022-06-30', from: '11200', to: '10800' },
});

export const ProjectRescheduled = defineEvent({
  name: 'ProjectRescheduled',
  label: '调整工期',
  meaning: 'The planned completion was moved for the reason in metadata; the original one is kept',
  schema: Type.Object({ from: Type.String(), to: Type.String() }, closed),
  example: { from: '2023', to: '2024-06' },
});

export const ProjectSuspended = defineEvent({
  name: 'ProjectSuspended',
  label: '项目停工',
  meaning: 'Construction was suspended for the reason in metadata',
  schema: Type.Object({ on }, closed),
  example: { on: '2022-08-01' },
});

export const ProjectResumed = defineEvent({
  name: 'ProjectResumed',
  label: '项目复工',
  meaning: 'Construction resumed after a suspension',
  schema: Type.Object({ on }, closed),
  example: { on: '2022-12-01' },
});

export const ProjectCompleted = defineEvent({
  name: 'ProjectCompleted',
  label: '项目竣工',
  meaning: 'Construction was completed',
  schema: Type.Object({ on }, closed),
  example: { on: '2023-11-20' },
});

export const ProjectCancelled = defineEvent({
  name: 'ProjectCancelled',
  label: '取消项目',
  meaning: 'The project was cancelled for the reason in metadata',
  schema: Type.Object({ on }, closed),
  example: { on: '2023-03-15' },
});

export const ProjectReportWithdrawn = defineEvent({
  name: 'ProjectReportWithdrawn',
  label: '撤回项目登记',
  meaning:
    'A report on the project was withdrawn for the reason in metadata: all is as if it had not been made. What was known before stays readable as of then',
  schema: withdrawnReport,
  example: { eventId: '0f4c51d2-6a0e-5a1b-9a53-7c1a2f0e9d11', type: 'ProjectStarted', revision: 1, on: '2021-09-28' },
});

export const projectEvents = [
  ProjectRegistered,
  ProjectAmended,
  ProjectStarted,
  ProjectProgressReported,
  InvestmentReported,
  InvestmentCorrected,
  ProjectRescheduled,
  ProjectSuspended,
  ProjectResumed,
  ProjectCompleted,
  ProjectCancelled,
  ProjectReportWithdrawn,
] as const;
export type ProjectEvent = EventOf<typeof projectEvents>;
/** All but the withdrawal of another. */
export type ProjectFact = Exclude<ProjectEvent, { type: 'ProjectReportWithdrawn' }>;
