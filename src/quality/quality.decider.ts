import { isDeepStrictEqual } from 'node:util';
import { Decimal } from '../kernel/decimal.js';
import type { Decider } from '../kernel/decider.js';
import { DomainError, type Problem } from '../kernel/errors.js';
import { plain } from '../kernel/json.js';
import { parseFormula, referencesOf } from '../indicators/formula.js';
import { drafted, type PlanState } from '../plans/plan.state.js';
import type { SetQualityRules } from './quality.commands.js';
import { QualityRulesSet, type QualityEvent } from './quality.events.js';
import { defaultQualityRules, kindWords, parameters, parametersOf, type QualityRule } from './quality-rules.js';

export interface QualityState {
  /** 0 while the plan sets none: then they are the default ones. */
  readonly version: number;
  readonly rules: readonly QualityRule[];
}

export interface QualityKnownPlan {
  readonly plan: PlanState;
  /** Of the codes that the rules name, those that the plan has. */
  readonly indicators: ReadonlySet<string>;
}

export const qualityDecider: Decider<SetQualityRules, QualityEvent, QualityState, QualityKnownPlan> = {
  initialState: { version: 0, rules: defaultQualityRules },

  decide({ plan, rules: given }, { version, rules: standing }, { known }) {
    drafted(plan, known.plan);
    const rules = plain(given) as QualityRule[];
    const problems = [...repeated(rules), ...rules.flatMap((rule, at) => problemsOf(rule, `rules.${at}`, known))];
    if (problems.length > 0) {
      throw new DomainError('invalid', 'quality-rules.invalid', problems.map(({ message }) => message).join('；'), {
        problems,
      });
    }
    if (version > 0 && isDeepStrictEqual(standing, rules)) return [];
    return [QualityRulesSet.of({ version: version + 1, rules })];
  },

  evolve: (_, { data }) => data,
};

function repeated(rules: readonly QualityRule[]): Problem[] {
  return rules.flatMap(({ id }, at) =>
    rules.findIndex((rule) => rule.id === id) < at
      ? [
          {
            code: 'quality-rules.repeated',
            message: `规则代码 ${id} 重复：每条规则须有自己的代码`,
            field: `rules.${at}.id`,
          },
        ]
      : [],
  );
}

function problemsOf(rule: QualityRule, at: string, known: QualityKnownPlan): Problem[] {
  const { id, kind, indicator } = rule;
  const { all = [], some = [] } = parametersOf[kind];
  const problems: Problem[] = [];
  const mistake = (code: string, field: string, message: string) =>
    problems.push({ code, message: `规则 ${id}：${message}`, field: `${at}.${field}` });

  for (const name of all.filter((each) => rule[each] === undefined)) {
    mistake('quality-rules.parameter-missing', name, `“${kindWords[kind]}”（${kind}）须填 ${name}`);
  }
  if (some.length > 0 && some.every((name) => rule[name] === undefined)) {
    mistake('quality-rules.parameter-missing', some[0]!, `“${kindWords[kind]}”（${kind}）须填 ${some.join(' 或 ')}`);
  }
  for (const name of parameters.filter((each) => rule[each] !== undefined && ![...all, ...some].includes(each))) {
    mistake('quality-rules.parameter-unused', name, `“${kindWords[kind]}”（${kind}）没有参数 ${name}：请删去`);
  }
  for (const name of ['percent', 'points', 'days', 'margin'] as const) {
    const number = rule[name];
    if (number === undefined) continue;
    const isRight = !new Decimal(number).isNegative() && (name !== 'days' || new Decimal(number).isInteger());
    if (!isRight) mistake('quality-rules.number', name, `${name} 须为不小于 0 的${name === 'days' ? '整数' : '数'}`);
  }
  const { minimum, maximum } = rule;
  if (minimum !== undefined && maximum !== undefined && new Decimal(minimum).gt(maximum)) {
    mistake('quality-rules.order', 'minimum', `下限 ${minimum} 不能大于上限 ${maximum}`);
  }
  if (indicator !== undefined && !known.indicators.has(indicator)) {
    mistake('quality-rules.unknown-indicator', 'indicator', `规划没有指标 ${indicator}：请核对指标代码`);
  }
  problems.push(...formulaProblems(rule, at, known));
  return problems;
}

function formulaProblems({ id, formula }: QualityRule, at: string, { indicators }: QualityKnownPlan): Problem[] {
  if (formula === undefined) return [];
  const field = `${at}.formula`;
  try {
    return referencesOf(parseFormula(formula)).flatMap(({ code }) =>
      indicators.has(code)
        ? []
        : [{ code: 'quality-rules.unknown-indicator', message: `规则 ${id}：规划没有公式中的指标 ${code}`, field }],
    );
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return [{ code: error.code, message: `规则 ${id}：${error.message}`, field }];
  }
}

/** The codes of indicators that rules name; a formula that cannot be read names none. */
export function codesIn(rules: readonly Pick<QualityRule, 'indicator' | 'formula'>[]): string[] {
  const codes = rules.flatMap(({ indicator, formula }) => {
    const own = indicator === undefined ? [] : [indicator];
    try {
      return formula === undefined ? own : [...own, ...referencesOf(parseFormula(formula)).map(({ code }) => code)];
    } catch (error) {
      if (error instanceof DomainError) return own;
      throw error;
    }
  });
  return [...new Set(codes)];
}
