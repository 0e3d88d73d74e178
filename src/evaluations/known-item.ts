import { subjectExists } from '../findings/subject-exists.js';
import type { LoadState } from '../kernel/handling.js';
import { knownPlan, unitsFrom } from '../plans/known-plan.js';
import { policyDecider } from '../policies/policy.decider.js';
import { policyStream } from '../policies/policy.events.js';
import { projectDecider } from '../projects/project.decider.js';
import { projectStream } from '../projects/project.events.js';
import { taskDecider } from '../tasks/task.decider.js';
import { taskStream } from '../tasks/task.events.js';
import type { Item } from './items.js';

/** Whether the plan has the item. */
export async function itemExists(plan: string, { type, code = '', unit }: Item, load: LoadState): Promise<boolean> {
  const { areas, units } = await knownPlan({ plan }, load);
  if (type === 'criterion') return true;
  if (type === 'area') return areas.has(code);
  return (unit === undefined || units.has(unit)) && subjectExists(type, plan, code, load);
}

/** The unit that the item belongs to, with those above it; that of the plan whole where it belongs to none. */
export async function unitsOfItem(plan: string, { type, code = '', unit }: Item, load: LoadState) {
  const ownerOf = async (): Promise<string | undefined> => {
    switch (type) {
      case 'project':
        return (await load(projectDecider, projectStream(plan, code))).registered?.unit;
      case 'policy':
        return (await load(policyDecider, policyStream(plan, code))).planned?.owner;
      case 'task':
        return (await load(taskDecider, taskStream(plan, code))).assigned?.owner;
      default:
        return unit;
    }
  };
  return unitsFrom(plan, await ownerOf(), load);
}
