import { indicatorDecider } from '../indicators/indicator.decider.js';
import { indicatorStream } from '../indicators/indicator.events.js';
import type { LoadState } from '../kernel/handling.js';
import { policyDecider } from '../policies/policy.decider.js';
import { policyStream } from '../policies/policy.events.js';
import { projectDecider } from '../projects/project.decider.js';
import { projectStream } from '../projects/project.events.js';
import { promiseDecider } from '../promises/promise.decider.js';
import { promiseStream } from '../promises/promise.events.js';
import { taskDecider } from '../tasks/task.decider.js';
import { taskStream } from '../tasks/task.events.js';
import type { FindingSubject } from './finding.events.js';

/** Whether the plan has the thing. */
export async function subjectExists(type: FindingSubject, plan: string, id: string, load: LoadState): Promise<boolean> {
  switch (type) {
    case 'plan':
      return true;
    case 'indicator':
      return (await load(indicatorDecider, indicatorStream(plan, id))).defined !== undefined;
    case 'project':
      return (await load(projectDecider, projectStream(plan, id))).registered !== undefined;
    case 'policy': {
      const { planned, cited } = await load(policyDecider, policyStream(plan, id));
      return (planned ?? cited) !== undefined;
    }
    case 'promise':
      return (await load(promiseDecider, promiseStream(plan, id))).recorded !== undefined;
    case 'task':
      return (await load(taskDecider, taskStream(plan, id))).assigned !== undefined;
  }
}
