import { parsePeriod } from '../kernel/period.js';
import { knownPlan } from '../plans/known-plan.js';
import { sideOfPlan, yearsText } from '../plans/lookup.js';
import { PlanContent } from '../plans/plan.commands.js';
import type { PlanState } from '../plans/plan.state.js';
import { plausibility, type AskedCommand, type Oddity, type Side } from '../slice/plausibility.js';
import { PlannedContent } from './policy.commands.js';

interface PolicySight {
  readonly plan: PlanState;
  readonly draft: AskedCommand<PlanContent> | undefined;
  readonly policies: readonly AskedCommand<PlannedContent>[];
}

export const policyPlausibility = plausibility<PolicySight>({
  gather: async (asked, load) => ({
    plan: await knownPlan(asked, load),
    draft: asked.of(PlanContent)[0],
    policies: asked.of(PlannedContent),
  }),
  oddities: (sight) => sight.policies.flatMap((asked) => [...outsidePlan(asked, sight), ...unlikePrinted(asked)]),
});

function outsidePlan(asked: AskedCommand<PlannedContent>, { plan, draft }: PolicySight): Oddity[] {
  const ofPlan = plan.drafted!;
  const { id, name } = asked.command;
  return (['from', 'to'] as const).flatMap((field) => {
    const period = asked.command[field];
    const side = period === undefined ? undefined : sideOfPlan(ofPlan, period);
    if (!side) return [];
    const planSide: Side = draft
      ? { asked: draft, field: side === 'before' ? 'startYear' : 'endYear' }
      : { standing: '规划的起止年' };
    return {
      code: 'policy.outside-plan',
      subject: `${id}/${field}`,
      message: `政策 ${id}《${name}》计划的期间 ${period} 在规划 ${yearsText(ofPlan)} 年之外：请核对年份`,
      sides: [{ asked, field }, planSide],
    };
  });
}

/** The years that are printed against those that were read from them. */
function unlikePrinted(asked: AskedCommand<PlannedContent>): Oddity[] {
  const { id, name, from, to, printedDate } = asked.command;
  const years = printedDate?.match(/\d{4}/g) ?? [];
  return (
    [
      ['from', from, years[0]],
      ['to', to, years.at(-1)],
    ] as const
  ).flatMap(([field, period, printed]) => {
    if (period === undefined || printed === undefined || String(parsePeriod(period).year) === printed) return [];
    return {
      code: 'policy.unlike-printed',
      subject: `${id}/${field}`,
      message: `政策 ${id}《${name}》：原文印作“${printedDate}”，${field} 却是 ${period}：请改成一致`,
      sides: [
        { asked, field },
        { asked, field: 'printedDate' },
      ],
    };
  });
}
