import { isDeepStrictEqual } from 'node:util';
import { Decimal } from '../kernel/decimal.js';
import type { DecisionContext } from '../kernel/decider.js';
import { invalid, notFound, refused } from '../kernel/errors.js';
import { plain } from '../kernel/json.js';
import type { ContinueIndicator } from './indicator.commands.js';
import { ContinuationWithdrawn, IndicatorContinued, type Definition, type IndicatorEvent } from './indicator.events.js';
import type { Defined, IndicatorKnown, IndicatorState } from './indicator.state.js';
import { frequencyWords } from './words.js';

/**
 * @throws {DomainError} `continuation.same-plan`, `continuation.unknown-plan`, `continuation.order`,
 * `continuation.unknown-indicator`, `continuation.not-same`, `continuation.factor`, `continuation.basis`
 */
export function continueIndicator(
  command: ContinueIndicator,
  state: IndicatorState,
  { reason, known }: DecisionContext<IndicatorKnown>,
): IndicatorEvent[] {
  const { formerPlan: plan, formerIndicator: indicator, continuedDefinition: definition, factor, basis } = command;
  const former = formerOf(command, known);
  if (definition === 'same') assertSame(command, former, { ...state.defined!, definition: state.definition! });
  assertFactor(command);
  const continued = plain({ plan, indicator, definition, factor, basis });
  if (isDeepStrictEqual(state.continues, continued)) return [];
  if (state.continues && !reason) throw invalid('reason.missing', '修改与原规划的衔接须写明事由', 'reason');
  return [IndicatorContinued.of(continued)];
}

/** @throws {DomainError} `continuation.none`, `reason.missing` */
export function withdrawContinuation(
  { code }: { readonly code: string },
  { continues }: IndicatorState,
  { reason }: DecisionContext<IndicatorKnown>,
): IndicatorEvent[] {
  if (!continues) throw refused('continuation.none', `指标 ${code} 没有衔接原规划的指标，无可撤销`);
  if (!reason) throw invalid('reason.missing', '撤销与原规划的衔接须写明事由', 'reason');
  const { plan, indicator } = continues;
  return [ContinuationWithdrawn.of({ plan, indicator })];
}

function formerOf({ plan, formerPlan, formerIndicator }: ContinueIndicator, known: IndicatorKnown): Defined {
  const { former } = known;
  if (formerPlan === plan) {
    throw invalid('continuation.same-plan', '原规划就是本规划：请写在先的规划的代码', 'formerPlan');
  }
  if (!former?.plan.drafted) {
    const message = `没有规划 ${formerPlan}：请核对代码；原规划须先装载`;
    throw notFound('continuation.unknown-plan', message, 'formerPlan');
  }
  const [from, to] = [former.plan.drafted.startYear, known.plan.drafted!.startYear];
  if (from >= to) {
    throw invalid(
      'continuation.order',
      `规划 ${formerPlan} 自 ${from} 年起，不早于本规划（自 ${to} 年起）：只能衔接在先的规划`,
      'formerPlan',
    );
  }
  if (former.indicator.defined) return { ...former.indicator.defined, definition: former.indicator.definition! };
  throw notFound(
    'continuation.unknown-indicator',
    `规划 ${formerPlan} 没有指标 ${formerIndicator}：请核对指标代码`,
    'formerIndicator',
  );
}

const measuringWords = { direct: '直接填报', ratio: '由分子、分母计算', formula: '由公式计算' } as const;
const kindWords = { level: '水平', cumulative: '累计', growth: '增长', hold: '保持' } as const;

/** What two indicators with the same definition have in common; each with its words. */
const compared: readonly (readonly [name: string, of: (of: Defined & { definition: Definition }) => string])[] = [
  ['计量单位', ({ definition }) => definition.unitOfMeasure],
  ['计量方式', ({ definition }) => measuringWords[definition.measurement.type]],
  ['指标类型', ({ kind }) => kindWords[kind]],
  ['频次', ({ frequency }) => frequencyWords[frequency]],
];

/** The wording of a definition may differ where it means the same; its unit and its measurement may not. */
function assertSame({ formerPlan, formerIndicator }: ContinueIndicator, former: Defined, own: Defined): void {
  const differing = compared.filter(([, of]) => of(former) !== of(own));
  if (differing.length === 0) return;
  const told = differing.map(([name, of]) => `${name}原为“${of(former)}”，现为“${of(own)}”`).join('；');
  throw invalid(
    'continuation.not-same',
    `${formerPlan} 的指标 ${formerIndicator} 与本指标口径不同：${told}。请改为 other（口径不同），可比的写明折算系数`,
    'continuedDefinition',
  );
}

function assertFactor({ continuedDefinition, factor, basis }: ContinueIndicator): void {
  if (factor === undefined) return;
  if (continuedDefinition === 'same') {
    throw invalid('continuation.factor', '口径相同的数值直接比较，不能有折算系数：请删去，或改为 other', 'factor');
  }
  if (!new Decimal(factor).greaterThan(0)) throw invalid('continuation.factor', '折算系数须大于 0', 'factor');
  if (basis === undefined) throw invalid('continuation.basis', '有折算系数的须写明折算依据', 'basis');
}
