import { isDeepStrictEqual } from 'node:util';
import { Decimal } from '../kernel/decimal.js';
import type { Decider, DecisionContext } from '../kernel/decider.js';
import { codeMeant, orMeant } from '../kernel/did-you-mean.js';
import { invalid, refused } from '../kernel/errors.js';
import { plain } from '../kernel/json.js';
import { reportingPeriod, type Calendar } from '../kernel/period.js';
import { toAmend } from '../plans/amendable.js';
import { drafted, missingUnit } from '../plans/plan.state.js';
import { translationsOf } from '../plans/translations.js';
import { assertBreakdowns } from './breakdowns.js';
import { continueIndicator, withdrawContinuation } from './continuation.js';
import { checkedFormula } from './formula-check.js';
import type {
  AmendIndicator,
  DefineIndicator,
  IndicatorCommand,
  RedefineIndicator,
  RetireIndicator,
  SetIndicatorScope,
} from './indicator.commands.js';
import {
  IndicatorAmended,
  IndicatorDefined,
  IndicatorRedefined,
  IndicatorRetired,
  IndicatorScopeSet,
  type Definition,
  type IndicatorEvent,
  type Measuring,
} from './indicator.events.js';
import {
  targetKey,
  unknownIndicator,
  withTarget,
  type Defined,
  type IndicatorKnown,
  type IndicatorState,
} from './indicator.state.js';
import { withScope } from './scope.js';
import { assertUnit, reviseTarget, setTarget, withdrawTarget } from './targets.js';
import { frequencyWords } from './words.js';

export const indicatorDecider: Decider<IndicatorCommand, IndicatorEvent, IndicatorState, IndicatorKnown> = {
  initialState: { definitionVersion: 0, comparableSince: 1, targets: new Map(), withdrawn: new Map(), scopes: [] },

  decide(command, state, context) {
    const plan = drafted(command.plan, context.known.plan);
    if (context.known.plan.closed) throw refused('plan.closed', '规划已结束：不能再定义指标或调整目标');
    if (command.type === 'DefineIndicator') return define(command, state, context.known);
    if (!state.defined || !state.definition) {
      throw unknownIndicator(command);
    }
    switch (command.type) {
      case 'AmendIndicator':
        return amend(command, state, state.defined, context);
      case 'RedefineIndicator':
        return redefine(command, state, state.defined, context);
      case 'SetTarget':
        return setTarget(command, state, state.defined, context.known);
      case 'ReviseTarget':
        return reviseTarget(command, state, state.defined, context);
      case 'WithdrawTarget':
        return withdrawTarget(command, state, state.defined, context);
      case 'SetIndicatorScope':
        return setScope(command, state, context.known);
      case 'RetireIndicator':
        return retire(command, state, plan);
      case 'ContinueIndicator':
        return continueIndicator(command, state, context);
      case 'WithdrawContinuation':
        return withdrawContinuation(command, state, context);
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'IndicatorDefined':
        return { ...state, defined: event.data, definition: event.data.definition, definitionVersion: 1 };
      case 'IndicatorAmended':
        return { ...state, defined: { ...event.data, definition: state.defined!.definition } };
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
      case 'TargetWithdrawn': {
        const key = targetKey(event.data.unit, event.data.period);
        const { targetVersion } = state.targets.get(key)!;
        const targets = new Map([...state.targets].filter(([each]) => each !== key));
        return { ...state, targets, withdrawn: new Map(state.withdrawn).set(key, targetVersion) };
      }
      case 'IndicatorScopeSet':
        return { ...state, scopes: withScope(state.scopes, event.data) };
      case 'IndicatorRetired':
        return { ...state, retiredFrom: event.data.fromPeriod };
      case 'IndicatorContinued':
        return { ...state, continues: event.data };
      case 'ContinuationWithdrawn': {
        const { continues: _, ...others } = state;
        return others;
      }
    }
  },
};

/** @throws {DomainError} `indicator.unknown-area`, `indicator.unknown-owner`, `indicator.weight`, and those of the definition and of `translationsOf` */
function contentOf(command: DefineIndicator | AmendIndicator, known: IndicatorKnown): Defined {
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
  return plain({
    ...{
      name,
      ...translationsOf(command, plan.drafted?.language),
      printedName,
      role,
      area,
      attribute,
      kind,
      direction,
      frequency,
      decimals,
      definition,
    },
    ...{ targetScope, trajectory, weight, owner, line, assumptions },
  });
}

function define(command: DefineIndicator, state: IndicatorState, known: IndicatorKnown): IndicatorEvent[] {
  const content = contentOf(command, known);
  if (!state.defined) return [IndicatorDefined.of(content)];
  if (isDeepStrictEqual({ ...state.defined, definition: state.definition }, content)) return [];
  throw refused(
    'indicator.already-defined',
    `指标 ${command.code} 已定义且内容不同：改变口径请用“口径变更”，调整目标请用“目标调整”；其余${toAmend('修改指标')}`,
  );
}

/** The definition has a history of its own: where it changes too, that is an event of its own. */
function amend(
  command: AmendIndicator,
  state: IndicatorState,
  standing: Defined,
  { reason, known }: DecisionContext<IndicatorKnown>,
): IndicatorEvent[] {
  const { definition, ...content } = contentOf(command, known);
  const { definition: _, ...attributes } = standing;
  if (content.frequency !== standing.frequency) {
    throw refused(
      'indicator.frequency-fixed',
      `指标 ${command.code} 按${frequencyWords[standing.frequency]}填报，已有的数据和目标都按它：要改频次，请停用本指标，另定义一个`,
      'frequency',
    );
  }
  const isRedefined = !isDeepStrictEqual(state.definition, definition);
  const isAmended = !isDeepStrictEqual(attributes, content);
  if (!isRedefined && !isAmended) return [];
  if (!reason) throw invalid('reason.missing', '修改指标须写明事由', 'reason');
  if (isRedefined && command.comparable === undefined) {
    throw invalid(
      'indicator.comparable',
      `指标 ${command.code} 的口径有变：请写明新旧口径的数值是否可以直接比较`,
      'comparable',
    );
  }
  const definitionVersion = state.definitionVersion + 1;
  return [
    ...(isAmended ? [IndicatorAmended.of(content)] : []),
    ...(isRedefined ? [IndicatorRedefined.of({ definitionVersion, definition, comparable: command.comparable! })] : []),
  ];
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

function setScope(command: SetIndicatorScope, state: IndicatorState, { plan }: IndicatorKnown): IndicatorEvent[] {
  const { unit, applies, fromPeriod } = command;
  assertUnit(unit, plan);
  if (fromPeriod !== undefined) reportingPeriod(fromPeriod, drafted(command.plan, plan), 'fromPeriod');
  const standing = state.scopes.find((scope) => scope.unit === unit && scope.fromPeriod === fromPeriod);
  if (standing?.applies === applies) return [];
  return [IndicatorScopeSet.of({ unit, applies, ...(fromPeriod !== undefined && { fromPeriod }) })];
}

function retire(
  command: RetireIndicator,
  state: IndicatorState,
  plan: Calendar & { readonly startYear: number },
): IndicatorEvent[] {
  const from = reportingPeriod(command.fromPeriod, plan, 'fromPeriod');
  if (state.retiredFrom !== undefined) {
    if (state.retiredFrom === from.text) return [];
    throw refused('indicator.already-retired', `指标已自 ${state.retiredFrom} 起停用`);
  }
  if (from.year < plan.startYear) throw invalid('indicator.retired-before-plan', '停用期间早于规划', 'fromPeriod');
  return [IndicatorRetired.of({ fromPeriod: from.text })];
}
