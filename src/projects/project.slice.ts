import type { LoadState } from '../kernel/handling.js';
import { knownPlan, planTimeZone, unitsFrom } from '../plans/known-plan.js';
import { deciding, type Slice } from '../slice/slice.js';
import {
  AmendProject,
  CancelProject,
  CompleteProject,
  CorrectInvestment,
  ProjectContent,
  RegisterProject,
  ReportInvestment,
  ReportProjectProgress,
  RescheduleProject,
  ResumeProject,
  StartProject,
  SuspendProject,
  WithdrawProjectReport,
  type ProjectCommand,
} from './project.commands.js';
import { projectDecider, projectReports, type ProjectKnown, type ProjectState } from './project.decider.js';
import { projectEvents, projectStream, type ProjectEvent } from './project.events.js';
import { projectFolder } from './project.folder.js';
import { projectPlausibility } from './project.plausibility.js';
import { projectProjection } from './project.projection.js';

const path = 'plans/:plan/projects/:id';

export const projectSlice: Slice = {
  name: 'projects',
  announced: ['project'],
  events: projectEvents,
  projections: [projectProjection],
  deciding: deciding<ProjectCommand, ProjectEvent, ProjectState, ProjectKnown>({
    decider: projectDecider,
    commands: [
      { type: RegisterProject, path: `${path}/registration`, permission: 'programme.plan', summary: '登记项目' },
      { type: AmendProject, path: `${path}/amendments`, permission: 'programme.plan', summary: '修改项目' },
      { type: StartProject, path: `${path}/start`, permission: 'programme.report', summary: '项目开工' },
      {
        type: ReportProjectProgress,
        path: `${path}/progress`,
        permission: 'programme.report',
        summary: '报告形象进度',
      },
      { type: ReportInvestment, path: `${path}/investments`, permission: 'programme.report', summary: '报告累计投资' },
      {
        type: CorrectInvestment,
        path: `${path}/investments/:on/corrections`,
        permission: 'programme.report',
        summary: '更正累计投资',
      },
      { type: RescheduleProject, path: `${path}/reschedulings`, permission: 'programme.plan', summary: '调整工期' },
      { type: SuspendProject, path: `${path}/suspension`, permission: 'programme.report', summary: '项目停工' },
      { type: ResumeProject, path: `${path}/resumption`, permission: 'programme.report', summary: '项目复工' },
      { type: CompleteProject, path: `${path}/completion`, permission: 'programme.report', summary: '项目竣工' },
      { type: CancelProject, path: `${path}/cancellation`, permission: 'programme.plan', summary: '取消项目' },
      {
        type: WithdrawProjectReport,
        path: `${path}/reports/:report/withdrawal`,
        permission: 'programme.report',
        summary: '撤回一次项目登记',
      },
    ],
    permission: async (command, load) =>
      command instanceof WithdrawProjectReport
        ? projectReports.permission(await load(projectDecider, projectStream(command.plan, command.id)), command.report)
        : undefined,
    stream: ({ plan, id }) => projectStream(plan, id),
    known: async (command, load) => ({
      plan: await knownPlan(command, load),
      ...(await packageOf(command, load)),
    }),
    units: async ({ plan, id }, load) => {
      const { registered } = await load(projectDecider, projectStream(plan, id));
      return unitsFrom(plan, registered?.unit, load);
    },
    timeZone: planTimeZone,
  }),
  documents: [{ resource: 'projects', label: '项目', projection: projectProjection, answer: 'ProjectDocument' }],
  trails: { projects: projectStream },
  folder: projectFolder,
  plausibility: projectPlausibility,
  codes: { project: projectProjection },
};

async function packageOf(command: ProjectCommand, load: LoadState): Promise<Pick<ProjectKnown, 'package'>> {
  if (!(command instanceof ProjectContent) || command.package === undefined) return {};
  return { package: await load(projectDecider, projectStream(command.plan, command.package)) };
}
