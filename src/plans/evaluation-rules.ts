import { type Static, Type } from '@sinclair/typebox';
import { Value, ValueErrorType } from '@sinclair/typebox/value';
import { Decimal } from '../kernel/decimal.js';
import type { Problem } from '../kernel/errors.js';

/** A decimal number as text. A JSON number would lose digits, because parsers read it as a binary fraction. */
const decimalText = (description: string) => Type.String({ pattern: '^-?\\d{1,12}(\\.\\d{1,20})?$', description });
const group = { additionalProperties: false };

/**
 * Thresholds and scores by which a plan is evaluated. They belong to the plan's data and are set by an event, so an old
 * evaluation keeps the rules it used. `source` names the authority behind them.
 */
export const evaluationRulesSchema = Type.Object(
  {
    source: Type.String({
      minLength: 1,
      maxLength: 400,
      description: 'Source of the thresholds; shown together with them',
    }),
    status: Type.Object(
      {
        ahead: decimalText('快于预期 from this lead Δ = P − S upwards; percentage points'),
        asExpected: decimalText('符合预期 from this lead upwards; percentage points'),
        roughly: decimalText('基本符合预期 from this lead upwards, 滞后 below it; percentage points'),
        severe: decimalText('严重滞后 below this lead, and always if P < 0; percentage points'),
      },
      group,
    ),
    outlook: Type.Object(
      {
        reachable: decimalText('可完成 if needed pace ÷ observed pace is at most this factor'),
        needsEffort: decimalText('需努力 if needed pace ÷ observed pace is at most this factor; 难以完成 above it'),
      },
      group,
    ),
    verdict: Type.Object(
      { basicallyCompleted: decimalText('基本完成 at the final evaluation from this progress P upwards; percent') },
      group,
    ),
    limit: Type.Optional(
      Type.Object(
        {
          roughly: decimalText('基本符合预期 if a limit is missed by at most this; percent of the limit'),
          basicallyCompleted: decimalText(
            '基本完成 at the final evaluation if a limit is missed by at most this; percent of the limit',
          ),
        },
        {
          ...group,
          description:
            'Margins of a limit (hold, rule): how far it may be missed. Absent: nothing lies between met and missed',
        },
      ),
    ),
    index: Type.Object(
      {
        baseScore: decimalText('Score of an indicator whose value is still the base value'),
        slope: decimalText('Points added to baseScore when progress is on schedule: score = baseScore + slope · P / S'),
        cap: decimalText('Maximum score of an indicator, and the score of a met target'),
        bindingVeto: Type.Boolean({ description: 'Whether a red 约束性 indicator vetoes the overall verdict (否决)' }),
      },
      group,
    ),
    projects: Type.Object(
      {
        moneyAhead: decimalText(
          'A project is flagged 资金超前 if its investment rate exceeds its physical progress by at least this; percentage points',
        ),
      },
      group,
    ),
  },
  group,
);

export type EvaluationRules = Static<typeof evaluationRulesSchema>;

/**
 * [ours] Default rules for a plan that sets none of its own. No official thresholds were found, so these must never be
 * shown as official; the text of `source` says so. Scores follow the efficacy-coefficient method (功效系数法).
 */
export const defaultEvaluationRules: EvaluationRules = {
  source: '通鉴默认值（本系统自定，非官方标准）；指数计分参照功效系数法',
  status: { ahead: '5', asExpected: '-2', roughly: '-10', severe: '-25' },
  outlook: { reachable: '1', needsEffort: '1.5' },
  verdict: { basicallyCompleted: '95' },
  limit: { roughly: '5', basicallyCompleted: '5' },
  index: { baseScore: '60', slope: '40', cap: '100', bindingVeto: true },
  projects: { moneyAhead: '20' },
};

/** The default rules of methods 1 and 2, which knew no margin of a limit. */
export const defaultRulesWithoutMargin: EvaluationRules = (({ limit: _, ...rules }) => rules)(defaultEvaluationRules);

/**
 * Validates rules that arrive from outside as JSON. Returns one problem per field; an empty list means valid. The order
 * and ranges of the thresholds are checked only if the shape is right.
 */
export function checkEvaluationRules(rules: unknown): Problem[] {
  return Value.Check(evaluationRulesSchema, rules) ? rangeProblems(rules) : shapeProblems(rules);
}

function shapeProblems(rules: unknown): Problem[] {
  const problems = new Map<string, Problem>();
  for (const { type, path, value } of Value.Errors(evaluationRulesSchema, rules)) {
    const field = path.slice(1).replaceAll('/', '.');
    if (problems.has(field)) continue; // TypeBox reports a missing field twice: as missing and as of the wrong type.
    problems.set(field, { ...shapeProblem(type, field, value), field });
  }
  return [...problems.values()];
}

function shapeProblem(type: ValueErrorType, field: string, value: unknown): Problem {
  switch (type) {
    case ValueErrorType.ObjectRequiredProperty:
      return { code: 'evaluation-rules.missing', message: `评估规则缺少 ${field}` };
    case ValueErrorType.ObjectAdditionalProperties:
      return { code: 'evaluation-rules.unknown', message: `评估规则没有 ${field} 这一项` };
    case ValueErrorType.StringPattern:
      return {
        code: 'evaluation-rules.not-a-number',
        message: `${field}：“${String(value).slice(0, 40)}”不是数：请写十进制数，如 -2 或 1.5`,
      };
    default:
      return {
        code: 'evaluation-rules.malformed',
        message: `评估规则的 ${field || '内容'} 不合格式：数写作带引号的文本，如 "-2"；出处不得为空`,
      };
  }
}

function rangeProblems({ source, status, outlook, verdict, limit, index, projects }: EvaluationRules): Problem[] {
  const problems: Problem[] = [];
  const require = (holds: boolean, code: string, field: string, message: string) => {
    if (!holds) problems.push({ code: `evaluation-rules.${code}`, message, field });
  };
  const number = (text: string) => new Decimal(text);

  require(source.trim() !== '', 'source-missing', 'source', '请写明阈值的出处；没有官方出处的，写明“自定”');

  const bands = ['ahead', 'asExpected', 'roughly', 'severe'] as const;
  bands.slice(1).forEach((band, above) => {
    const [lower, upper] = [status[band], status[bands[above]!]];
    require(number(lower).lt(upper), 'order', `status.${band}`, `判断阈值须逐级下降：${lower} 不低于上一级的 ${upper}`);
  });
  require(number(status.ahead).gt(0) &&
    number(status.asExpected).lte(
      0,
    ), 'on-schedule', 'status.asExpected', '进度恰等于序时进度时应判为“符合预期”：“快于预期”的阈值须大于 0，“符合预期”的不大于 0');

  require(number(outlook.reachable).gt(0), 'range', 'outlook.reachable', '“可完成”的速度倍数须大于 0');
  require(number(outlook.needsEffort).gte(
    outlook.reachable,
  ), 'order', 'outlook.needsEffort', '“需努力”的速度倍数不得小于“可完成”的');

  const within = (text: string, most: string) => number(text).gt(0) && number(text).lte(most);
  const basically = verdict.basicallyCompleted;
  require(within(basically, '100'), 'range', 'verdict.basicallyCompleted', '“基本完成”须大于 0、不大于 100');
  if (limit) {
    const severe = number(status.severe).neg();
    const { roughly, basicallyCompleted } = limit;
    require(number(roughly).gte(0) &&
      number(roughly).lte(
        severe,
      ), 'range', 'limit.roughly', `未达底线而“基本符合预期”的差额须在 0 与“严重滞后”的 ${severe.toFixed()} 之间（底线的百分数）`);
    require(number(basicallyCompleted).gte(0) &&
      number(basicallyCompleted).lt(
        100,
      ), 'range', 'limit.basicallyCompleted', '未达底线而“基本完成”的差额须不小于 0、小于 100（底线的百分数）');
  }
  require(within(index.cap, '100'), 'range', 'index.cap', '满分须大于 0、不大于 100');
  require(number(index.baseScore).gte(0) &&
    number(index.baseScore).lte(index.cap), 'range', 'index.baseScore', '基础分须在 0 与满分之间');
  require(number(index.slope).gt(0), 'range', 'index.slope', '进度分须大于 0，否则进度快慢不影响得分');
  require(number(projects.moneyAhead).gt(0), 'range', 'projects.moneyAhead', '资金超前于形象进度的百分点须大于 0');
  return problems;
}
