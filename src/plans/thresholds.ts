import type { EvaluationRules } from './evaluation-rules.js';

/** What the evaluation rules set, by its path in them, with its Chinese name. */
export const thresholdWords = {
  'status.ahead': '快于预期：领先不少于',
  'status.asExpected': '符合预期：领先不少于',
  'status.roughly': '基本符合预期：领先不少于',
  'status.severe': '严重滞后：领先低于',
  'outlook.reachable': '可完成：所需速度为实际的倍数不大于',
  'outlook.needsEffort': '需努力：所需速度为实际的倍数不大于',
  'verdict.basicallyCompleted': '基本完成：进度不少于',
  'limit.roughly': '限值基本符合预期：超出不多于',
  'limit.basicallyCompleted': '限值基本完成：超出不多于',
  'index.baseScore': '指数基础分',
  'index.slope': '指数进度分',
  'index.cap': '指数封顶分',
  'index.bindingVeto': '约束性指标一票否决',
  'projects.moneyAhead': '项目资金超前：高出形象进度不少于',
} as const;
export type Threshold = keyof typeof thresholdWords;
export const thresholds = Object.keys(thresholdWords) as Threshold[];

/** `true`, `false` or a decimal as text; undefined where the rules do not set it. */
export function thresholdIn(rules: EvaluationRules, path: Threshold): string | undefined {
  const [group, name] = path.split('.') as [keyof EvaluationRules, string];
  const found = (rules[group] as Readonly<Record<string, string | boolean>> | undefined)?.[name];
  return found === undefined ? undefined : String(found);
}

/** The rules with another threshold, which `checkEvaluationRules` is still to check. */
export function withThreshold(rules: EvaluationRules, path: Threshold, value: string): EvaluationRules {
  const [group, name] = path.split('.') as [keyof EvaluationRules, string];
  const set = path === 'index.bindingVeto' && (value === 'true' || value === 'false') ? value === 'true' : value;
  return { ...rules, [group]: { ...(rules[group] as object | undefined), [name]: set } };
}
