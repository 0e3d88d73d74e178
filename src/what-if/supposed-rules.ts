import { invalid } from '../kernel/errors.js';
import { defaultEvaluationRules } from '../plans/evaluation-rules.js';
import { EvaluationRulesSet, planStream } from '../plans/plan.events.js';
import { planProjection, type PlanDocument } from '../plans/plan.projection.js';
import { thresholdIn, withThreshold } from '../plans/thresholds.js';
import type { SupposedChange } from './question.js';
import type { Supposed, Supposing } from './supposed.js';

type Rules = PlanDocument['rules'];

/**
 * Another version of the evaluation rules; 0 is the engine's default rules.
 * @throws {DomainError} `what-if.rules-version`
 */
export async function otherRules(
  { version }: SupposedChange,
  { views, plan, asOf }: Supposing,
): Promise<Supposed & { readonly rules: Rules }> {
  const history = await views.history(planProjection, plan.plan, asOf);
  const versions = new Map([[0, defaultEvaluationRules], ...history.map(({ body }) => pairOf(body.rules))]);
  const rules = versions.get(version!);
  if (!rules) {
    const known = [...versions.keys()].join('、');
    throw invalid(
      'what-if.rules-version',
      `评估规则没有第 ${version} 版：届时有第 ${known} 版（0 即默认规则）`,
      'version',
    );
  }
  const to = { version: version!, rules };
  return { ...ruled(plan, to), from: `第 ${plan.rules.version} 版`, to: `第 ${version} 版`, rules: to };
}

/** The rules with another threshold, which still have to be checked together with those of other changes. */
export function otherThreshold(
  { threshold, value }: SupposedChange,
  { plan }: Pick<Supposing, 'plan'>,
  { version, rules }: Rules,
): Supposed & { readonly rules: Rules } {
  const to = { version, rules: withThreshold(rules, threshold!, value!) };
  const from = thresholdIn(rules, threshold!);
  return { ...ruled(plan, to), ...(from !== undefined && { from }), to: value, rules: to };
}

const pairOf = ({ version, rules }: Rules) => [version, rules] as const;

const ruled = ({ plan }: PlanDocument, data: Rules): Supposed => ({
  stream: planStream(plan),
  events: [EvaluationRulesSet.of(data)],
});
