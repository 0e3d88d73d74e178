import { isDeepStrictEqual } from 'node:util';
import type { Decider } from '../kernel/decider.js';
import { DomainError, refused } from '../kernel/errors.js';
import { plain } from '../kernel/json.js';
import { dayOf, type Instant } from '../kernel/time.js';
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

  decide({ plan, source, objectionDays, items }, { standing }, { known, knownAt, now }) {
    const { timeZone } = drafted(plan, known.plan);
    const rules: AppraisalRules = plain({ source, objectionDays, items });
    const problems = appraisalRulesProblems(rules);
    if (problems.length > 0) {
      throw new DomainError('invalid', 'appraisal-rules.invalid', problems.map(({ message }) => message).join('；'), {
        problems,
      });
    }
    if (isDeepStrictEqual(standing?.rules, rules)) return [];
    // Backdated rules would change sheets that were already made by the current rules.
    if (standing && knownAt < now && knownAt <= standing.knownAt) {
      throw refused(
        'appraisal-rules.backdated',
        `现行考核规则（第 ${standing.version} 版）自 ${dayOf(standing.knownAt, timeZone)} 起知悉，新一版须晚于它：请在 appraisal-rules.yaml 写明新规则自己的 knownAt（今天即从现在起），经接口提交的可不填知悉时间`,
        'knownAt',
      );
    }
    return [AppraisalRulesSet.of({ version: (standing?.version ?? 0) + 1, rules })];
  },

  evolve: (_, { data, knownAt }) => ({ standing: { ...data, knownAt } }),
};
