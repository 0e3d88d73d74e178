import { Decimal } from '../kernel/decimal.js';
import type { Decider, DecisionContext } from '../kernel/decider.js';
import { invalid, notFound, refused } from '../kernel/errors.js';
import { endInYears, firstDayOf, lastDayOf, parsePeriod, reportingPeriod, type Period } from '../kernel/period.js';
import { dayOf } from '../kernel/time.js';
import { parseFormula, referencesOf } from '../indicators/formula.js';
import { frequencyWords } from '../indicators/words.js';
import { unknownIndicator } from '../indicators/indicator.state.js';
import type { Definition } from '../indicators/indicator.events.js';
import { applies } from '../indicators/scope.js';
import { isOfPlan, yearsText } from '../plans/lookup.js';
import { drafted, missingUnit, unitsOf, type PlanState } from '../plans/plan.state.js';
import { successorsOf, unitsAbove, type UnitInTime } from '../plans/units-in-time.js';
import { approvalChain } from './approval-chain.js';
import { checkedParts } from './breakdown.js';
import { assertComponents, assertValue, type Admitted, type Components } from './checked-numbers.js';
import type { CorrectMeasurement, DeclareMissing, FigureCommand, MeasureIndicator } from './figure.commands.js';
import {
  IndicatorMeasured,
  MeasurementAccepted,
  MeasurementCorrected,
  MeasurementDeclaredMissing,
  type FigureEvent,
  type FigureId,
  type Part,
  type Reported,
} from './figure.events.js';
import { assertChangeable } from './figure-lock.js';
import { explained } from './explained.js';
import { approve, sendBack, withdraw } from './figure.review.js';
import { approvingPlan, evolveFigure, noFigure, type FigureKnown, type FigureState } from './figure.state.js';
import { enteredText } from './reported.js';

export const figureDecider: Decider<FigureCommand, FigureEvent, FigureState, FigureKnown> = {
  initialState: noFigure,

  decide(command, state, context) {
    const { definition, definitionVersion } = assertReportable(command, context);
    switch (command.type) {
      case 'MeasureIndicator':
        return measure(command, state, checkedReported(command, definition, context), definitionVersion, context);
      case 'CorrectMeasurement':
        return correct(command, state, checkedReported(command, definition, context), definitionVersion, context);
      case 'DeclareMissing':
        return declareMissing(command, state, context);
      case 'ApproveMeasurement':
        return approve(command, state, context);
      case 'ReturnMeasurement':
        return sendBack(command, state, context);
      case 'WithdrawMeasurement':
        return withdraw(command, state, context);
    }
  },

  evolve: evolveFigure,
};

/** Whether both have the same form (value or components), equal numbers and equal parts; 55.2 equals 55.20. */
export function sameReported(a: Reported, b: Reported): boolean {
  const [own, others] = [a.parts ?? [], b.parts ?? []];
  const sameParts = (part: Part, at: number) => {
    const other = others[at]!;
    return part.breakdown === other.breakdown && part.part === other.part && sameNumbers(part, other);
  };
  return sameNumbers(a, b) && own.length === others.length && own.every(sameParts);
}

function sameNumbers(a: Reported | Part, b: Reported | Part): boolean {
  if ('value' in a || 'value' in b) {
    return 'value' in a && 'value' in b && new Decimal(a.value).equals(b.value);
  }
  return new Decimal(a.numerator).equals(b.numerator) && new Decimal(a.denominator).equals(b.denominator);
}

function measure(
  command: MeasureIndicator,
  state: FigureState,
  reported: Reported,
  definitionVersion: number,
  context: DecisionContext<FigureKnown>,
): FigureEvent[] {
  const { standing, latest } = state;
  if ((standing === 'reported' || standing === 'approved') && latest) {
    if (sameReported(latest.reported, reported) && latest.definitionVersion === definitionVersion) return [];
    if (sameNumbers(latest.reported, reported)) {
      const how = !latest.reported.parts ? '没有分组' : reported.parts ? '分组不同' : '并有分组';
      throw refused(
        'figure.already-reported',
        `该数据已由 ${latest.by.name} 上报为 ${enteredText(latest.reported)}，${how}：补报或改动分组请用“更正”并写明事由`,
        'parts',
      );
    }
    throw refused(
      'figure.already-reported',
      `该数据已由 ${latest.by.name} 上报为 ${enteredText(latest.reported)}：要改为 ${enteredText(reported)} 请用“更正”并写明事由`,
      'value',
    );
  }
  // A returned figure may be reported again even if the plan is closed, because it is not a new figure.
  if (standing !== 'returned') assertOpen(context.known.plan);
  // A correction of an approved value was returned: another one is a correction as well.
  assertChangeable(command, state, context);
  const { exception } = command;
  return [
    IndicatorMeasured.of({
      ...{ reported, definitionVersion },
      ...(exception !== undefined && { exception }),
      ...explained(command, reported, context),
    }),
    ...acceptedByRule(command, reported, context),
  ];
}

/** Where nobody approves, what was entered is in use at once. */
const acceptedByRule = (
  figure: FigureId,
  reported: Reported,
  { known }: DecisionContext<FigureKnown>,
): FigureEvent[] =>
  approvalChain(approvingPlan(known.plan), figure).length === 0 ? [MeasurementAccepted.of({ reported })] : [];

function correct(
  command: CorrectMeasurement,
  state: FigureState,
  reported: Reported,
  definitionVersion: number,
  context: DecisionContext<FigureKnown>,
): FigureEvent[] {
  const { parts } = command;
  const { standing, latest, approved } = state;
  const { reason, known } = context;
  // After a returned correction the approved value is in use, and can be corrected again.
  const standingValue = standing === 'returned' ? approved : latest;
  if (!standingValue) throw refused('figure.nothing-to-correct', '没有可更正的数据：请先上报');
  assertChangeable(command, state, context);
  if (!reason) throw invalid('reason.missing', '更正须写明事由', 'reason');
  const from = standingValue.reported;
  if (sameReported(from, reported) && standingValue.definitionVersion === definitionVersion) {
    throw refused('figure.unchanged', `更正没有改变任何内容：现值已是 ${enteredText(from)}`, 'value');
  }
  // A definition without the breakdowns has no parts to state.
  const isBrokenDown = known.indicator.definition?.breakdowns?.some(({ code }) =>
    from.parts?.some(({ breakdown }) => breakdown === code),
  );
  if (isBrokenDown && parts === undefined) {
    throw invalid(
      'figure.parts-dropped',
      '现值有分组：更正总数的，请一并写明更正后的各组；各组确已无从得知的，请写明没有分组（分组填“无”，接口填 parts: []）',
      'parts',
    );
  }
  return [
    MeasurementCorrected.of({ from, to: reported, definitionVersion, ...explained(command, reported, context) }),
    ...acceptedByRule(command, reported, context),
  ];
}

function declareMissing(
  command: DeclareMissing,
  state: FigureState,
  context: DecisionContext<FigureKnown>,
): FigureEvent[] {
  const { because } = command;
  if (state.standing === 'reported' || state.standing === 'approved') {
    throw refused('figure.has-value', '该数据已有数值：确无数据的，请先撤回再登记缺报');
  }
  if (state.standing === 'missing' && state.because === because) return [];
  assertOpen(context.known.plan);
  // A correction was returned, and the approved value is in use.
  assertChangeable(command, state, context);
  return [MeasurementDeclaredMissing.of({ because })];
}

/** A closed plan refuses new figures. Existing figures may still be corrected, approved, returned and withdrawn. */
function assertOpen({ closed }: PlanState): void {
  if (closed) throw refused('plan.closed', '规划已结束：不再接收新的数据，仅可更正已有数据');
}

/**
 * Checks that plan, indicator, unit and period admit a figure, and returns the indicator's current definition.
 * @throws {DomainError} `plan.unknown`, `indicator.unknown`, `figure.computed`, `unit.unknown`, `figure.frequency`,
 * `figure.future`, `figure.outside-plan`, `figure.indicator-retired`
 */
function assertReportable(
  command: FigureCommand,
  { known, knownAt }: DecisionContext<FigureKnown>,
): { definition: Definition; definitionVersion: number } {
  const plan = drafted(command.plan, known.plan);
  const { defined, definition, definitionVersion, retiredFrom } = known.indicator;
  if (!defined || !definition) {
    throw unknownIndicator(command);
  }
  const { measurement } = definition;
  if (measurement.type === 'formula' && entersFigure(command)) {
    const from = [...new Set(referencesOf(parseFormula(measurement.formula)).map(({ code }) => code))];
    throw refused(
      'figure.computed',
      `指标 ${command.code} 由公式 ${measurement.formula} 计算，不用填报：请填报 ${from.join('、')} 的数据`,
      'code',
    );
  }
  if (!known.plan.units.has(command.unit)) {
    const { missing, meant } = missingUnit(command.unit, known.plan);
    const message = `规划 ${command.plan} 没有单位 ${command.unit}：请核对单位代码${meant}`;
    throw notFound('unit.unknown', message, 'unit', missing);
  }
  const period = reportingPeriod(command.period, plan);
  assertUnitThen(known.plan.units.get(command.unit)!, period, known.plan);
  if (period.frequency !== defined.frequency) {
    throw invalid('figure.frequency', `指标 ${command.code} 按 ${frequencyWords[defined.frequency]} 填报`, 'period');
  }
  if (firstDayOf(period, plan) > dayOf(knownAt, plan.timeZone)) {
    throw invalid('figure.future', `期间 ${period.text} 在掌握之日尚未开始`, 'period');
  }
  const above = () => unitsAbove(unitsOf(known.plan), command.unit, lastDayOf(period, plan));
  const isDue = applies(known.indicator.scopes, command.unit, above, period);
  const excused = command.type !== 'MeasureIndicator' || command.exception !== undefined;
  if (!isOfPlan(plan, period) && !excused) {
    throw refused(
      'figure.outside-plan',
      `期间 ${period.text} 在规划年度 ${yearsText(plan)} 和基期 ${plan.baseline} 之外：确需填报的，请填“例外说明”`,
      'exception',
    );
  }
  if (!isDue && !excused) {
    throw refused(
      'figure.out-of-scope',
      `指标 ${command.code} 对单位 ${command.unit} 不适用：确需填报的，请填“例外说明”`,
      'exception',
    );
  }
  const retired = retiredFrom !== undefined && endInYears(period) >= endInYears(parsePeriod(retiredFrom));
  if (retired && !excused) {
    throw refused(
      'figure.indicator-retired',
      `指标 ${command.code} 自 ${retiredFrom} 起停用：确需填报的，请填“例外说明”`,
      'exception',
    );
  }
  return { definition, definitionVersion };
}

/** A figure of a period before the unit's first day is a recast one: what was, within the unit's borders. */
function assertUnitThen(unit: UnitInTime, period: Period, plan: PlanState): void {
  const { code, name, until } = unit;
  if (until === undefined || until > lastDayOf(period, plan.drafted!)) return;
  const heirs = successorsOf(plan, unit);
  throw refused(
    'figure.unit-ended',
    `单位 ${code}（${name}）自 ${until} 起已不存在，没有 ${period.text} 的数据：${heirs.length > 0 ? `请填报 ${heirs.join('、')}` : '请核对单位和期间'}`,
    'unit',
  );
}

const entersFigure = ({ type }: FigureCommand) =>
  type === 'MeasureIndicator' || type === 'CorrectMeasurement' || type === 'DeclareMissing';

/**
 * The reported value or components, checked against the definition, with the parts that make it up.
 * @throws {DomainError} `figure.value-and-components`, `figure.components-needed`, and what `assertValue`,
 * `assertComponents` and `checkedParts` refuse
 */
function checkedReported(
  command: MeasureIndicator | CorrectMeasurement,
  definition: Definition,
  { known }: DecisionContext<FigureKnown>,
): Reported {
  const admitted = { definition, decimals: known.indicator.defined!.decimals };
  const whole = checkedWhole(command, admitted, known.plan);
  const parts = checkedParts(command.parts, whole, admitted);
  return { ...whole, ...(parts && { parts: [...parts] }) };
}

function checkedWhole(
  { unit, value, numerator, denominator }: MeasureIndicator | CorrectMeasurement,
  admitted: Admitted,
  plan: PlanState,
): { value: string } | Components {
  const { aggregation, measurement } = admitted.definition;
  if (value !== undefined) {
    if (numerator !== undefined || denominator !== undefined) {
      throw invalid('figure.value-and-components', '数值与分子、分母只能填一种', 'value');
    }
    if (aggregation === 'ratio-of-sums' && plan.units.get(unit)?.parent !== undefined) {
      throw invalid(
        'figure.components-needed',
        '该指标由分子、分母汇总计算：请填分子和分母，不要只填比率',
        'numerator',
      );
    }
    assertValue(value, admitted);
    return { value };
  }
  if (measurement.type !== 'ratio') throw invalid('figure.value-needed', '请填数值（该指标直接填报）', 'value');
  if (numerator === undefined || denominator === undefined) {
    const field = numerator === undefined ? 'numerator' : 'denominator';
    throw invalid('figure.components-needed', '请同时填分子和分母', field);
  }
  assertComponents({ numerator, denominator }, admitted);
  return { numerator, denominator };
}
