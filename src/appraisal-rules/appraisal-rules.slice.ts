import { streamName } from '../kernel/stream-name.js';
import { knownPlan, planTimeZone, unitsFrom } from '../plans/known-plan.js';
import type { PlanState } from '../plans/plan.state.js';
import { deciding, type Slice } from '../slice/slice.js';
import { SetAppraisalRules } from './appraisal-rules.commands.js';
import { AppraisalRulesController } from './appraisal-rules.controller.js';
import { appraisalRulesDecider, type AppraisalRulesState } from './appraisal-rules.decider.js';
import { appraisalRulesEvents, appraisalRulesStream, type AppraisalRulesEvent } from './appraisal-rules.events.js';
import { appraisalRulesFolder } from './appraisal-rules.folder.js';
import { appraisalRulesProjection } from './appraisal-rules.projection.js';

/** By what rules the 考核 sheets of a plan are computed, and how long a unit may object to its sheet. */
export const appraisalRulesSlice: Slice = {
  name: 'appraisal-rules',
  announced: ['appraisalrules'],
  events: appraisalRulesEvents,
  projections: [appraisalRulesProjection],
  deciding: deciding<SetAppraisalRules, AppraisalRulesEvent, AppraisalRulesState, { readonly plan: PlanState }>({
    decider: appraisalRulesDecider,
    commands: [
      {
        type: SetAppraisalRules,
        path: 'plans/:plan/appraisal-rules',
        permission: 'plans.define',
        summary: '设定考核规则：整份重述',
      },
    ],
    stream: ({ plan }) => appraisalRulesStream(plan),
    known: async (command, load) => ({ plan: await knownPlan(command, load) }),
    units: ({ plan }, load) => unitsFrom(plan, undefined, load),
    timeZone: planTimeZone,
  }),
  controllers: [AppraisalRulesController],
  // A plan has one of it, under the plan's own slug.
  trails: {
    'appraisal-rules': (plan, id) =>
      id === plan ? appraisalRulesStream(plan) : streamName('appraisalrules', plan, id),
  },
  folder: appraisalRulesFolder,
};
