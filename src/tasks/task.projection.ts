import type { RecordedEvent } from '../kernel/event.js';
import type { Projection } from '../kernel/projection.js';
import { isDemo, reportingOf, type Reporting } from '../kernel/reporting.js';
import { parseStreamName } from '../kernel/stream-name.js';
import type { Assigned } from './task.decider.js';
import type { TaskEvent } from './task.events.js';

/** A progress report, completion, reopening or dropping; `on` is the day on which it happened. */
export type TaskReport = Reporting & {
  readonly what: 'progress' | 'completed' | 'reopened' | 'dropped';
  readonly on: string;
  readonly percent?: string;
  readonly text?: string;
};

/** Read model of a task: one document per task, keyed by `plan/id`. */
export interface TaskDocument extends Assigned {
  readonly plan: string;
  readonly id: string;
  readonly reports: readonly TaskReport[];
  /** Example data: the content or any report. */
  readonly demo: boolean;
  /** Example data: the content alone. */
  readonly demoContent: boolean;
}

const reportKinds = {
  TaskProgressReported: 'progress',
  TaskCompleted: 'completed',
  TaskReopened: 'reopened',
  TaskDropped: 'dropped',
} as const;

export const taskProjection: Projection<TaskDocument> = {
  name: 'tasks',
  version: 2,
  category: 'task',

  keys({ stream }) {
    const { plan, parts } = parseStreamName(stream);
    return [`${plan}/${parts[0]}`];
  },

  evolve(before, recorded) {
    const event = recorded as RecordedEvent & TaskEvent;
    const reporting = reportingOf(recorded);
    if (event.type === 'TaskAssigned') {
      const { plan, parts } = parseStreamName(recorded.stream);
      const { demo } = reporting;
      return { ...event.data, plan, id: parts[0]!, reports: [], demo, demoContent: demo };
    }
    if (!before) throw new Error(`${event.type} before the task was assigned`);
    if (event.type === 'TaskReportWithdrawn') {
      const reports = before.reports.filter(({ eventId }) => eventId !== event.data.eventId);
      return { ...before, reports, demo: isDemo(before.demoContent, reports) };
    }
    const demo = before.demo || reporting.demo;
    if (event.type === 'TaskAmended') {
      const { plan, id, reports } = before;
      return { ...event.data, plan, id, reports, demo, demoContent: before.demoContent || reporting.demo };
    }
    const report = { what: reportKinds[event.type], ...event.data, ...reporting };
    return { ...before, reports: [...before.reports, report], demo };
  },
};
