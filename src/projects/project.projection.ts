import type { RecordedEvent } from '../kernel/event.js';
import type { Projection } from '../kernel/projection.js';
import { isDemo, reportingOf, type Reporting } from '../kernel/reporting.js';
import { parseStreamName } from '../kernel/stream-name.js';
import type { ProjectStanding, Registered } from './project.decider.js';
import type { ProjectEvent } from './project.events.js';

/** A change of the project's standing; `on` is the day on which it happened. */
export type ProjectStep = Reporting & { readonly to: ProjectStanding; readonly on: string };
export type ProgressReport = Reporting & { readonly on: string; readonly percent: string; readonly text?: string };
export type InvestmentReport = Reporting & {
  readonly on: string;
  readonly amount: string;
  /** The report that this one corrects. */
  readonly corrects?: InvestmentReport;
};
export type Rescheduling = Reporting & { readonly from: string; readonly to: string };

/** Read model of a project: one document per project, keyed by `plan/id`. Reports are ordered by day. */
export interface ProjectDocument extends Registered {
  readonly plan: string;
  readonly id: string;
  readonly steps: readonly ProjectStep[];
  readonly progress: readonly ProgressReport[];
  readonly investments: readonly InvestmentReport[];
  readonly reschedulings: readonly Rescheduling[];
  /** Example data: the content or any report. */
  readonly demo: boolean;
  /** Example data: the content alone. */
  readonly demoContent: boolean;
}

const standings = {
  ProjectStarted: 'started',
  ProjectResumed: 'started',
  ProjectSuspended: 'suspended',
  ProjectCompleted: 'completed',
  ProjectCancelled: 'cancelled',
} as const;

export const projectProjection: Projection<ProjectDocument> = {
  name: 'projects',
  version: 2,
  category: 'project',

  keys({ stream }) {
    const { plan, parts } = parseStreamName(stream);
    return [`${plan}/${parts[0]}`];
  },

  evolve(before, recorded) {
    const event = recorded as RecordedEvent & ProjectEvent;
    const reporting = reportingOf(recorded);
    if (event.type === 'ProjectRegistered') {
      const { plan, parts } = parseStreamName(recorded.stream);
      const nothing = { steps: [], progress: [], investments: [], reschedulings: [] };
      const { demo } = reporting;
      return { ...event.data, plan, id: parts[0]!, ...nothing, demo, demoContent: demo };
    }
    if (!before) throw new Error(`${event.type} before the project was registered`);
    if (event.type === 'ProjectReportWithdrawn') return without(event.data.eventId, before);
    const document = { ...before, demo: before.demo || reporting.demo };
    switch (event.type) {
      case 'ProjectAmended': {
        const { plan, id, steps: taken, progress, investments, reschedulings, demo } = document;
        const demoContent = before.demoContent || reporting.demo;
        return { ...event.data, plan, id, steps: taken, progress, investments, reschedulings, demo, demoContent };
      }
      case 'ProjectProgressReported':
        return { ...document, progress: [...document.progress, { ...event.data, ...reporting }] };
      case 'InvestmentReported':
        return { ...document, investments: [...document.investments, { ...event.data, ...reporting }] };
      case 'InvestmentCorrected': {
        const { on, to } = event.data;
        const investments = document.investments.map((report) =>
          report.on === on ? { on, amount: to, corrects: report, ...reporting } : report,
        );
        return { ...document, investments };
      }
      case 'ProjectRescheduled':
        return { ...document, reschedulings: [...document.reschedulings, { ...event.data, ...reporting }] };
      case 'ProjectStarted':
      case 'ProjectResumed':
      case 'ProjectSuspended':
      case 'ProjectCompleted':
      case 'ProjectCancelled':
        return {
          ...document,
          steps: [...document.steps, { to: standings[event.type], on: event.data.on, ...reporting }],
        };
    }
  },
};

/** The document as if the report had not been made. */
function without(eventId: string, document: ProjectDocument): ProjectDocument {
  const stands = (report: Reporting) => report.eventId !== eventId;
  const steps = document.steps.filter(stands);
  const progress = document.progress.filter(stands);
  const reschedulings = document.reschedulings.filter(stands);
  const investments = document.investments.flatMap((report) => (stands(report) ? report : (report.corrects ?? [])));
  const demo = isDemo(document.demoContent, steps, progress, reschedulings, investments.flatMap(withCorrected));
  return { ...document, steps, progress, investments, reschedulings, demo };
}

const withCorrected = (report: InvestmentReport): InvestmentReport[] => [
  report,
  ...(report.corrects ? withCorrected(report.corrects) : []),
];
