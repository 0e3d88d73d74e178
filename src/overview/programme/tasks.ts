import type { Calendar } from '../../kernel/period.js';
import type { PlanDocument } from '../../plans/plan.projection.js';
import type { Assigned } from '../../tasks/task.decider.js';
import type { TaskDocument } from '../../tasks/task.projection.js';
import { given } from './projects.js';
import { isOver, lastUntil } from './until.js';

/** A task as of a day. */
export interface TaskNow extends Assigned {
  readonly id: string;
  readonly standing: 'assigned' | 'under-way' | 'completed' | 'dropped';
  readonly overdue: boolean;
  /** Day, progress and text of the last report. */
  readonly on?: string;
  readonly percent?: string;
  readonly text?: string;
  readonly demo: boolean;
}

export interface TaskGroup {
  /** Code of the action plan; empty for tasks without one. */
  readonly actionPlan: string;
  readonly name?: string;
  /** Number of tasks that were not dropped. */
  readonly count: number;
  readonly underWay: number;
  readonly completed: number;
  readonly overdue: number;
  /** Number of dropped tasks; absent if there is none. */
  readonly dropped?: number;
}

export interface TasksNow {
  readonly list: readonly TaskNow[];
  readonly byActionPlan: readonly TaskGroup[];
}

export function tasksNow(
  documents: readonly TaskDocument[],
  until: string,
  plan: Pick<PlanDocument, 'actionPlans' | 'fiscalYear'>,
): TasksNow {
  const list = documents.map((document) => taskAt(document, until, plan));
  const codes = [...new Set(list.map(({ actionPlan = '' }) => actionPlan))].sort();
  return {
    list,
    byActionPlan: codes.map((code) => {
      const own = list.filter(({ actionPlan = '' }) => actionPlan === code);
      const count = (standing: TaskNow['standing']) => own.filter((task) => task.standing === standing).length;
      const dropped = count('dropped');
      return {
        actionPlan: code,
        ...given({ name: plan.actionPlans.find((each) => each.code === code)?.name }),
        count: own.length - dropped,
        underWay: count('under-way'),
        completed: count('completed'),
        overdue: own.filter(({ overdue }) => overdue).length,
        ...(dropped > 0 && { dropped }),
      };
    }),
  };
}

function taskAt(document: TaskDocument, until: string, calendar: Calendar): TaskNow {
  const { reports, plan: _, demoContent: __, ...task } = document;
  const counted = reports.filter(({ on }) => on <= until);
  const step = counted.findLast(({ what }) => what !== 'progress')?.what;
  const ended = step === 'completed' || step === 'dropped' ? step : undefined;
  const last = lastUntil(counted, until);
  return {
    ...task,
    standing: ended ?? (counted.length > 0 ? 'under-way' : 'assigned'),
    overdue: !ended && task.due !== undefined && isOver(task.due, until, calendar),
    ...given({ on: last?.on, text: last?.text ?? last?.reason }),
    ...given({ percent: ended === 'completed' ? '100' : counted.findLast(({ percent }) => percent)?.percent }),
  };
}
