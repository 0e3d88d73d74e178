import { isDeepStrictEqual } from 'node:util';
import { Decimal } from '../kernel/decimal.js';
import { withScope, type Scope } from './scope.js';
import type { Decider, DecisionContext } from '../kernel/decider.js';
import { codeMeant, orMeant } from '../kernel/did-you-mean.js';
import { invalid, notFound, refused, type DomainError } from '../kernel/errors.js';
import { plain } from '../kernel/json.js';
import { parsePeriod } from '../kernel/period.js';
import { isEasier, sameValue } from '../kernel/target-value.js';
import { dayOf } from '../kernel/time.js';
import { drafted, missingUnit, type PlanState } from '../plans/plan.state.js';
import { assertBreakdowns } from './breakdowns.js';
import { checkedFormula, type Referred } from './formula-check.js';
import { isRule, parseFormula } from './formula.js';
import { storedTarget } from './printed-target.js';
import type {
  DefineIndicator,
  IndicatorCommand,
  RedefineIndicator,
  RetireIndicator,
  SetIndicatorScope,
  ReviseTarget,
  SetTarget,
} from './indicator.commands.js';
import {
  IndicatorDefined,
  IndicatorRedefined,
  IndicatorRetired,
  IndicatorScopeSet,
  TargetRevised,
  TargetSet,
  type Definition,
  type IndicatorEvent,
  type Measuring,
} from './indicator.events.js';

export interface Target {
  readonly unit: string;
  readonly period: string;
  readonly value: string;
  readonly targetVersion: number;
  /** The definition under which it was set or revised; absent for the first. */
  readonly definitionVersion?: number;
}

type Defined = (typeof IndicatorDefined)['example'];

export interface IndicatorState {
  readonly defined?: Defined;
  /** The definition that holds now, and its version. */
  readonly definition?: Definition;
  readonly definitionVersion: number;
  /** The earliest definition whose figures and targets may be compared with those of the present one. */
  readonly comparableSince: number;
  /** By `unit/period`. */
  readonly targets: ReadonlyMap<string, Target>;
  /** To which units it does not apply, or applies again, and from when on. */
  readonly scopes: readonly Scope[];
  readonly retiredFrom?: string;
}

export const targetKey = (unit: string, period: string) => `${unit}/${period}`;

export interface IndicatorKnown {
  readonly plan: PlanState;
  /** Where the command brings a formula: what it leads to. */
  readonly referred?: Referred;
}

export function unknownIndicator({ plan, code }: { plan: string; code: string }): DomainError {
  const missing = { kind: 'indicator', id: code };
  return notFound('indicator.unknown', `规划 ${plan} 没有指标 ${code}：请核对指标代码`, 'code', missing);
}

export const indicatorDecider: Decider<IndicatorCommand, IndicatorEvent, IndicatorState, IndicatorKnown> = {
  initialState: { definitionVersion: 0, comparableSince: 1, targets: new Map(), scopes: [] },

  decide(command, state, context) {
    const plan = drafted(command.plan, context.known.plan);
    if (context.known.plan.closed) throw refused('plan.closed', '规划已结束：不能再定义指标或调整目标');
    if (command.type === 'DefineIndicator') return define(command, state, context.known);
    if (!state.defined || !state.definition) {
      throw unknownIndicator(command);
    }
    switch (command.type) {
      case 'RedefineIndicator':
        return redefine(command, state, state.defined, context);
      case 'SetTarget':
        return setTarget(command, state, state.defined, context.known);
      case 'ReviseTarget':
        return reviseTarget(command, state, state.defined, context);
      case 'SetIndicatorScope':
        return setScope(command, state, context.known);
      case 'RetireIndicator':
        return retire(command, state, plan.startYear);
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'IndicatorDefined':
        return { ...state, defined: event.data, definition: event.data.definition, definitionVersion: 1 };
      case 'IndicatorRedefined':
        return {
          ...state,
          definition: event.data.definition,
          definitionVersion: event.data.definitionVersion,
          ...(!event.data.comparable && { comparableSince: event.data.definitionVersion }),
        };
      case 'TargetSet':
        return withTarget(state, event.data);
      case 'TargetRevised':
        return withTarget(state, { ...event.data, value: event.data.to });
      case 'IndicatorScopeSet':
        return { ...state, scopes: withScope(state.scopes, event.data) };
      case 'IndicatorRetired':
        return { ...state, retiredFrom: event.data.fromPeriod };
    }
  },
};

function withTarget(state: IndicatorState, { unit, period, value, targetVersion }: Target): IndicatorState {
  const target = { unit, period, value, targetVersion, ...underDefinition(state.definitionVersion) };
  return { ...state, targets: new Map(state.targets).set(targetKey(unit, period), target) };
}

export const underDefinition = (version: number): Pick<Target, 'definitionVersion'> =>
  version > 1 ? { definitionVersion: version } : {};

/** Whether the target was set under a definition that is incomparable with the present one, and not restated since. */
const isStale = ({ definitionVersion = 1 }: Target, { comparableSince }: IndicatorState): boolean =>
  definitionVersion < comparableSince;

function define(command: DefineIndicator, state: IndicatorState, known: IndicatorKnown): IndicatorEvent[] {
  const { plan } = known;
  if (command.area !== undefined && !plan.areas.has(command.area)) {
    const meant = orMeant(codeMeant(command.area, plan.areas.keys()));
    const missing = { kind: 'area', id: command.area };
    throw invalid('indicator.unknown-area', `规划中没有标杆区 ${command.area}${meant}`, 'area', missing);
  }
  if (command.owner !== undefined && !plan.units.has(command.owner)) {
    const { missing, meant } = missingUnit(command.owner, plan);
    throw invalid('indicator.unknown-owner', `规划中没有单位 ${command.owner}${meant}`, 'owner', missing);
  }
  if (new Decimal(command.weight).isNegative()) throw invalid('indicator.weight', '权重不能为负', 'weight');
  const definition = checkedDefinition(command.definition, command, known);
  const { name, printedName, role, area, attribute, kind, direction, frequency, decimals } = command;
  const { targetScope, trajectory, weight, owner, line, assumptions = [] } = command;
  const event = IndicatorDefined.of(
    plain({
      ...{ name, printedName, role, area, attribute, kind, direction, frequency, decimals, definition },
      ...{ targetScope, trajectory, weight, owner, line, assumptions },
    }),
  );
  if (!state.defined) return [event];
  if (isDeepStrictEqual(state.defined, event.data)) return [];
  throw refused(
    'indicator.already-defined',
    `指标 ${command.code} 已定义且内容不同：改变口径请用“口径变更”，调整目标请用“目标调整”`,
  );
}

function checkedDefinition(
  input: DefineIndicator['definition'],
  { code, frequency }: { code: string; frequency: string },
  { referred = new Map() }: IndicatorKnown,
): Definition {
  const { type, numerator, denominator, scale, formula } = input.measurement;
  assertBreakdowns(input.breakdowns, type);
  if (type === 'ratio' && !(numerator && denominator && scale)) {
    throw invalid('indicator.ratio', '比率指标须写明分子、分母和倍数', 'definition.measurement');
  }
  if (scale !== undefined && !new Decimal(scale).greaterThan(0)) {
    throw invalid('indicator.scale', '倍数须大于 0', 'definition.measurement.scale');
  }
  if (type !== 'ratio' && (numerator ?? denominator ?? scale) !== undefined) {
    throw invalid('indicator.direct', '只有比率指标有分子、分母和倍数', 'definition.measurement');
  }
  if ((type === 'formula') !== (formula !== undefined)) {
    throw invalid(
      'indicator.formula',
      type === 'formula' ? '由公式计算的指标须写明公式 formula' : '只有由公式计算（formula）的指标有公式',
      'definition.measurement.formula',
    );
  }
  if (type === 'formula' && input.aggregation !== 'none') {
    throw invalid('indicator.aggregation', '由公式计算的指标逐单位计算：汇总方式须为 none', 'definition.aggregation');
  }
  if (formula !== undefined) {
    const field = 'definition.measurement.formula';
    const { unitOfMeasure } = input;
    checkedFormula(formula, { code, frequency, unitOfMeasure, referred, field, ownPrevious: false });
  }
  if (type === 'direct' && input.aggregation === 'ratio-of-sums') {
    throw invalid(
      'indicator.aggregation',
      '汇总方式 ratio-of-sums 仅适用于由分子、分母计算的指标',
      'definition.aggregation',
    );
  }
  const { minimum, maximum } = input;
  if (minimum !== undefined && maximum !== undefined && new Decimal(minimum).greaterThan(maximum)) {
    throw invalid('indicator.range', '下限不能大于上限', 'definition.minimum');
  }
  const { text, unitOfMeasure, valueType, aggregation, breakdowns } = input;
  const measurement = plain(input.measurement) as Measuring;
  return plain({ text, unitOfMeasure, valueType, minimum, maximum, measurement, aggregation, breakdowns });
}

function redefine(
  command: RedefineIndicator,
  state: IndicatorState,
  { frequency }: Defined,
  { reason, known }: DecisionContext<IndicatorKnown>,
): IndicatorEvent[] {
  const definition = checkedDefinition(command.definition, { code: command.code, frequency }, known);
  if (isDeepStrictEqual(state.definition, definition)) return [];
  if (!reason) throw invalid('reason.missing', '口径变更须写明事由', 'reason');
  const definitionVersion = state.definitionVersion + 1;
  return [IndicatorRedefined.of({ definitionVersion, definition, comparable: command.comparable })];
}

function assertUnit(unit: string, plan: PlanState): void {
  if (plan.units.has(unit)) return;
  const { missing, meant } = missingUnit(unit, plan);
  throw invalid('target.unknown-unit', `规划中没有单位 ${unit}${meant}`, 'unit', missing);
}

function setTarget(
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
  return [TargetSet.of(plain({ unit, period, value, targetVersion: 1, line }))];
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
  const period = parsePeriod(text);
  const { startYear, endYear } = drafted('', plan);
  if (period.year < startYear || period.year > endYear) {
    throw invalid('target.outside-plan', `目标期间 ${text} 不在规划年度 ${startYear}–${endYear} 之内`, 'period');
  }
  if (period.frequency !== 'A' && period.frequency !== state.defined?.frequency) {
    throw invalid('target.frequency', `目标期间 ${text} 与指标频次 ${state.defined?.frequency} 不符`, 'period');
  }
}

/**
 * A binding target is lowered (made easier) only under an adjustment document. Where nobody can tell whether it is
 * lowered, the document is always needed: for a rule, and for a target that is restated for another definition.
 */
function reviseTarget(
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
  if (approvedOn !== undefined && approvedOn > dayOf(now, drafted(command.plan, known.plan).timeZone)) {
    throw invalid('date.future', '批准日期不能在未来', 'approvedOn');
  }
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

function setScope(command: SetIndicatorScope, state: IndicatorState, { plan }: IndicatorKnown): IndicatorEvent[] {
  const { unit, applies, fromPeriod } = command;
  assertUnit(unit, plan);
  const standing = state.scopes.find((scope) => scope.unit === unit && scope.fromPeriod === fromPeriod);
  if (standing?.applies === applies) return [];
  return [IndicatorScopeSet.of({ unit, applies, ...(fromPeriod !== undefined && { fromPeriod }) })];
}

function retire(command: RetireIndicator, state: IndicatorState, startYear: number): IndicatorEvent[] {
  const from = parsePeriod(command.fromPeriod, 'fromPeriod');
  if (state.retiredFrom !== undefined) {
    if (state.retiredFrom === from.text) return [];
    throw refused('indicator.already-retired', `指标已自 ${state.retiredFrom} 起停用`);
  }
  if (from.year < startYear) throw invalid('indicator.retired-before-plan', '停用期间早于规划', 'fromPeriod');
  return [IndicatorRetired.of({ fromPeriod: from.text })];
}
