import { knownPlan } from '../plans/known-plan.js';
import { sideOfPlan, yearsText } from '../plans/lookup.js';
import { PlanContent } from '../plans/plan.commands.js';
import type { PlanState } from '../plans/plan.state.js';
import { plausibility, type AskedCommand } from '../slice/plausibility.js';
import { TaskContent } from './task.commands.js';

interface TaskSight {
  readonly plan: PlanState;
  readonly draft: AskedCommand<PlanContent> | undefined;
  readonly tasks: readonly AskedCommand<TaskContent>[];
}

export const taskPlausibility = plausibility<TaskSight>({
  gather: async (asked, load) => ({
    plan: await knownPlan(asked, load),
    draft: asked.of(PlanContent)[0],
    tasks: asked.of(TaskContent),
  }),

  oddities({ plan, draft, tasks }) {
    const ofPlan = plan.drafted!;
    return tasks.flatMap((asked) => {
      const { id, title, due } = asked.command;
      const side = due === undefined ? undefined : sideOfPlan(ofPlan, due);
      if (!side) return [];
      return {
        code: 'task.due-outside-plan',
        subject: id,
        message: `任务 ${id} ${title} 的期限 ${due} 在规划 ${yearsText(ofPlan)} 年之外：请核对年份`,
        sides: [
          { asked, field: 'due' },
          draft ? { asked: draft, field: side === 'before' ? 'startYear' : 'endYear' } : { standing: '规划的起止年' },
        ],
      };
    });
  },
});
