import { isDeepStrictEqual } from 'node:util';
import type { Decider } from '../kernel/decider.js';
import { DomainError, refused } from '../kernel/errors.js';
import { plain } from '../kernel/json.js';
import type { Instant } from '../kernel/time.js';
import { backdated } from '../plans/backdated-rules.js';
import { drafted, type PlanState } from '../plans/plan.state.js';
import { appraisalRulesProblems } from './appraisal-rules.check.js';
import type { SetAppraisalRules } from './appraisal-rules.commands.js';
import { AppraisalRulesSet, type AppraisalRulesEvent } from './appraisal-rules.events.js';
import type { AppraisalRules } from './appraisal-rules.js';

export interface AppraisalRulesState {
  /** Absent while the plan sets none: then the default ones apply. */
  readonly standing?: { readonly version: number; readonly rules: AppraisalRules; readonly knownAt: Instant };
}

export const appraisalRulesDecider: Decider<
  SetAppraisalRules,
  AppraisalRulesEvent,
  AppraisalRulesState,
  { readonly plan: PlanState }
> = {
  initialState: {},

  decide({ plan, source, objectionDays, items }, { standing }, context) {
    const { timeZone } = drafted(plan, context.known.plan);
    const rules: AppraisalRules = plain({ source, objectionDays, items });
    const problems = appraisalRulesProblems(rules);
    if (problems.length > 0) {
      throw new DomainError('invalid', 'appraisal-rules.invalid', problems.map(({ message }) => message).join('；'), {
        problems,
      });
    }
    if (isDeepStrictEqual(standing?.rules, rules)) return [];
    const word = `考核规则（第 ${standing?.version} 版）`;
    const present = { word, place: 'appraisal-rules.yaml ', knownAt: standing?.knownAt, timeZone };
    const refusal = backdated(present, context);
    if (refusal) throw refused('appraisal-rules.backdated', refusal, 'knownAt');
    return [AppraisalRulesSet.of({ version: (standing?.version ?? 0) + 1, rules })];
  },

  evolve: (_, { data, knownAt }) => ({ standing: { ...data, knownAt } }),
};
