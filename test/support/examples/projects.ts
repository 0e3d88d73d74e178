import { projectDecider, type ProjectState, type Registered } from '../../../src/projects/project.decider.js';
import {
  InvestmentCorrected,
  InvestmentReported,
  ProjectAmended,
  ProjectCancelled,
  ProjectCompleted,
  ProjectProgressReported,
  ProjectRegistered,
  ProjectRescheduled,
  ProjectResumed,
  ProjectStarted,
  ProjectSuspended,
  type ProjectEvent,
} from '../../../src/projects/project.events.js';
import { stateOf } from '../decider-spec.js';

/** A new project for 2022 and 2023 with an investment of 10,000 万元. */
export const projectRegistered = (different: Partial<Registered> = {}) =>
  ProjectRegistered.of({
    name: '莲都康养中心',
    unit: '331102',
    class: 'implementing',
    category: 'new',
    plannedStart: '2022',
    plannedEnd: '2023',
    investment: '10000',
    builderPending: false,
    printed: { period: '2022-2023年', investment: '10000' },
    anomalies: [],
    ...different,
  });

export const projectAmended = (different: Partial<Registered> = {}) =>
  ProjectAmended.of(projectRegistered(different).data);

export const projectStarted = (on = '2022-03-01') => ProjectStarted.of({ on });
export const projectSuspended = (on = '2022-08-01') => ProjectSuspended.of({ on });
export const projectResumed = (on = '2022-12-01') => ProjectResumed.of({ on });
export const projectCompleted = (on = '2023-11-20') => ProjectCompleted.of({ on });
export const projectCancelled = (on = '2023-03-15') => ProjectCancelled.of({ on });
export const progressed = (on: string, percent: string, text?: string) =>
  ProjectProgressReported.of({ on, percent, ...(text !== undefined && { text }) });
export const invested = (on: string, amount: string) => InvestmentReported.of({ on, amount });
export const investmentCorrected = (on: string, from: string, to: string) => InvestmentCorrected.of({ on, from, to });
export const rescheduled = (from: string, to: string) => ProjectRescheduled.of({ from, to });

export const projectState = (...events: ProjectEvent[]): ProjectState => stateOf(projectDecider, ...events);
