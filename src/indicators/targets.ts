import { isDeepStrictEqual } from 'node:util';
import type { DecisionContext } from '../kernel/decider.js';
import { invalid, notFound, refused } from '../kernel/errors.js';
import { plain } from '../kernel/json.js';
import { reportingPeriod } from '../kernel/period.js';
import { isEasier, sameValue } from '../kernel/target-value.js';
import { dayOf, type Instant } from '../kernel/time.js';
import { yearsText } from '../plans/lookup.js';
import { drafted, missingUnit, type PlanState } from '../plans/plan.state.js';
import { checkedFormula } from './formula-check.js';
import { isRule, parseFormula } from './formula.js';
import type { ReviseTarget, SetTarget, WithdrawTarget } from './indicator.commands.js';
import { TargetRevised, TargetSet, TargetWithdrawn, type IndicatorEvent } from './indicator.events.js';
import { isStale, targetKey, type Defined, type IndicatorKnown, type IndicatorState } from './indicator.state.js';
import { storedTarget } from './printed-target.js';

export function assertUnit(unit: string, plan: PlanState): void {
  if (plan.units.has(unit)) return;
  const { missing, meant } = missingUnit(unit, plan);
  throw invalid('target.unknown-unit', `规划中没有单位 ${unit}${meant}`, 'unit', missing);
}

export function setTarget(
  command: SetTarget,
  state: IndicatorState,
  defined: Defined,
  known: IndicatorKnown,
): IndicatorEvent[] {
  const { unit, period, line } = command;
  assertUnit(unit, known.plan);
  assertTargetPeriod(period, state, known.plan);
  const value = valueToStore(command, state, defined);
  const standing = state.targets.get(targetKey(unit, period));
  if (standing && isStale(standing, state)) {
    throw refused(
      'target.already-set',
      `${unit} ${period} 的目标 ${standing.value} 是按原口径设定的：请用“目标调整”按现口径重新设定，数值不变的也须重新设定`,
      'value',
    );
  }
  if (standing && sameTarget(standing.value, value)) return [];
  if (standing) {
    throw refused(
      'target.already-set',
      `${unit} ${period} 的目标已是 ${standing.value}：要改为 ${value} 请用“目标调整”，并附调整文件`,
      'value',
    );
  }
  assertTargetValue(command, state, defined, known);
  const targetVersion = (state.withdrawn.get(targetKey(unit, period)) ?? 0) + 1;
  return [TargetSet.of(plain({ unit, period, value, targetVersion, line }))];
}

const valueToStore = ({ code, value }: SetTarget | ReviseTarget, { definition }: IndicatorState, defined: Defined) =>
  storedTarget(value, { code, ...defined, unitOfMeasure: definition!.unitOfMeasure });

/** The same value, or the same rule however it is spaced and quoted. */
function sameTarget(a: string, b: string): boolean {
  if (!isRule(a) && !isRule(b)) return sameValue(a, b);
  return a === b || (isRule(a) && isRule(b) && isDeepStrictEqual(parseFormula(a), parseFormula(b, 'value')));
}

/** A rule only says how much is enough: there is no way from a base to it, so it is for what has to be kept. */
function assertTargetValue(
  { code, value }: SetTarget | ReviseTarget,
  { definition }: IndicatorState,
  { kind, frequency }: Defined,
  { referred = new Map() }: IndicatorKnown,
): void {
  if (!isRule(value)) return;
  if (kind !== 'hold') {
    throw invalid(
      'target.rule-kind',
      `指标 ${code} 的类型是 ${kind}：只有“保持（底线）”类（hold）的目标可以是规则，其他类型请写数`,
      'value',
    );
  }
  const { unitOfMeasure } = definition!;
  checkedFormula(value, { code, frequency, unitOfMeasure, referred, field: 'value', ownPrevious: true });
}

function assertTargetPeriod(text: string, state: IndicatorState, plan: PlanState): void {
  const ofPlan = drafted('', plan);
  const { startYear, endYear } = ofPlan;
  const period = reportingPeriod(text, ofPlan);
  if (period.year < startYear || period.year > endYear) {
    throw invalid('target.outside-plan', `目标期间 ${text} 不在规划年度 ${yearsText(ofPlan)} 之内`, 'period');
  }
  if (period.frequency !== 'A' && period.frequency !== state.defined?.frequency) {
    throw invalid('target.frequency', `目标期间 ${text} 与指标频次 ${state.defined?.frequency} 不符`, 'period');
  }
}

/**
 * A binding target is lowered (made easier) only under an adjustment document. Where nobody can tell whether it is
 * lowered, the document is always needed: for a rule, and for a target that is restated for another definition.
 */
export function reviseTarget(
  command: ReviseTarget,
  state: IndicatorState,
  defined: Defined,
  { reason, now, known }: DecisionContext<IndicatorKnown>,
): IndicatorEvent[] {
  const { unit, period, documentNumber, approvedBy, approvedOn } = command;
  const standing = state.targets.get(targetKey(unit, period));
  if (!standing) {
    throw notFound('target.unknown', `${unit} ${period} 还没有目标：请先设定`, 'period', command.about);
  }
  const value = valueToStore(command, state, defined);
  const restated = isStale(standing, state);
  if (sameTarget(standing.value, value) && !restated) return [];
  assertTargetValue(command, state, defined, known);
  if (!reason) throw invalid('reason.missing', '目标调整须写明事由', 'reason');
  assertPast(approvedOn, now, known);
  if (defined.attribute === 'binding' && documentNumber === undefined) {
    if (restated) {
      throw refused(
        'target.binding-redefined',
        '口径已变更，约束性指标的目标是否降低无法比较：按现口径重新设定须附调整文号',
        'documentNumber',
      );
    }
    if (isRule(standing.value) || isRule(value)) {
      throw refused(
        'target.binding-rule',
        '约束性指标的目标是规则的，调整高低无法比较：须附调整文号',
        'documentNumber',
      );
    }
    if (isEasier(defined.direction, value, standing.value)) {
      throw refused(
        'target.binding-lowered',
        '约束性指标的目标不能降低或放宽：确需调整的，须附调整文号',
        'documentNumber',
      );
    }
  }
  return [
    TargetRevised.of(
      plain({
        unit,
        period,
        from: standing.value,
        to: value,
        targetVersion: standing.targetVersion + 1,
        documentNumber,
        approvedBy,
        approvedOn,
      }),
    ),
  ];
}

/** Without its target nobody can be measured by it: for a binding one, that is as much as lowering it. */
export function withdrawTarget(
  command: WithdrawTarget,
  state: IndicatorState,
  { attribute }: Defined,
  { reason, now, known }: DecisionContext<IndicatorKnown>,
): IndicatorEvent[] {
  const { unit, period, documentNumber, approvedBy, approvedOn } = command;
  const standing = state.targets.get(targetKey(unit, period));
  if (!standing) {
    if (state.withdrawn.has(targetKey(unit, period))) return [];
    throw notFound('target.unknown', `${unit} ${period} 没有目标：没有可撤销的`, 'period', command.about);
  }
  if (!reason) throw invalid('reason.missing', '撤销目标须写明事由', 'reason');
  assertPast(approvedOn, now, known);
  if (attribute === 'binding' && documentNumber === undefined) {
    throw refused('target.binding-withdrawn', '约束性指标的目标不能撤销：确需撤销的，须附文号', 'documentNumber');
  }
  const { value } = standing;
  return [TargetWithdrawn.of(plain({ unit, period, value, documentNumber, approvedBy, approvedOn }))];
}

function assertPast(approvedOn: string | undefined, now: Instant, { plan }: IndicatorKnown): void {
  if (approvedOn !== undefined && approvedOn > dayOf(now, drafted('', plan).timeZone)) {
    throw invalid('date.future', '批准日期不能在未来', 'approvedOn');
  }
}
