import { taskDecider, type Assigned, type TaskState } from '../../../src/tasks/task.decider.js';
import {
  TaskAmended,
  TaskAssigned,
  TaskCompleted,
  TaskDropped,
  TaskProgressReported,
  TaskReopened,
  type TaskEvent,
} from '../../../src/tasks/task.events.js';
import { stateOf } from '../decider-spec.js';

/** A task that is due by the end of 2022. */
export const taskAssigned = (different: Partial<Assigned> = {}) =>
  TaskAssigned.of({ title: '编制基本养老服务清单', actionPlan: 'P1', owner: '331100', due: '2022', ...different });
export const taskAmended = (different: Partial<Assigned> = {}) => TaskAmended.of(taskAssigned(different).data);
export const taskProgressed = (on = '2022-06-30', percent: string | undefined = '60', text = '已征求意见') =>
  TaskProgressReported.of({ on, text, ...(percent !== undefined && { percent }) });
export const taskCompleted = (on = '2022-12-20', text = '清单已公布') => TaskCompleted.of({ on, text });
export const taskReopened = (on = '2023-05-10') => TaskReopened.of({ on });
export const taskDropped = (on = '2023-03-15') => TaskDropped.of({ on });

export const taskState = (...events: TaskEvent[]): TaskState => stateOf(taskDecider, ...events);
