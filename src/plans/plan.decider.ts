import { isDeepStrictEqual } from 'node:util';
import type { Decider, DecisionContext } from '../kernel/decider.js';
import { codeMeant, orMeant } from '../kernel/did-you-mean.js';
import { DomainError, invalid, refused } from '../kernel/errors.js';
import { plain } from '../kernel/json.js';
import { reportingPeriod, type Calendar } from '../kernel/period.js';
import { moneyIn } from '../kernel/unit-of-measure.js';
import { dayOf, isTimeZone } from '../kernel/time.js';
import { checkEvaluationRules } from './evaluation-rules.js';
import type { WithMoney } from './money.js';
import type {
  ApprovePlan,
  DefineArea,
  DraftPlan,
  EnrolUnit,
  PlanCommand,
  SetEvaluationRules,
} from './plan.commands.js';
import {
  AreaDefined,
  EvaluationRulesSet,
  PlanApproved,
  PlanClosed,
  PlanDrafted,
  UnitEnrolled,
  type PlanEvent,
} from './plan.events.js';
import { changeUnits } from './unit-changes.js';
import { drafted, nothingYet, unknownActionPlan, type PlanState } from './plan.state.js';
import { asEnrolled, evolveUnits } from './units-in-time.js';

export const planDecider: Decider<PlanCommand, PlanEvent, PlanState> = {
  initialState: nothingYet,

  decide(command, state, context) {
    if (command.type === 'DraftPlan') return draft(command, state);
    drafted(command.plan, state);
    if (state.closed && command.type !== 'ClosePlan') {
      throw refused('plan.closed', '规划已结束：不能再定义或修改，仅可更正已有数据');
    }
    switch (command.type) {
      case 'ApprovePlan':
        return approve(command, state, context);
      case 'DefineArea':
        return defineArea(command, state);
      case 'EnrolUnit':
        return enrol(command, state);
      case 'RenameUnit':
      case 'MoveUnit':
      case 'MergeUnits':
      case 'SplitUnit':
      case 'EndUnit':
        return changeUnits(command, state);
      case 'SetEvaluationRules':
        return setRules(command, state, context);
      case 'ClosePlan':
        return state.closed ? [] : [PlanClosed.of({})];
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'PlanDrafted':
        return { ...state, drafted: event.data, knownAt: event.knownAt };
      case 'PlanApproved':
        return { ...state, approval: event.data };
      case 'AreaDefined':
        return { ...state, areas: new Map(state.areas).set(event.data.code, event.data) };
      case 'UnitEnrolled':
        return { ...state, units: new Map(state.units).set(event.data.code, event.data) };
      case 'UnitRenamed':
      case 'UnitMoved':
      case 'UnitsMerged':
      case 'UnitSplit':
      case 'UnitEnded': {
        const { units, territoryChanges } = evolveUnits({ ...state, units: [...state.units.values()] }, event);
        return { ...state, units: new Map(units.map((unit) => [unit.code, unit])), territoryChanges };
      }
      case 'EvaluationRulesSet':
        return { ...state, rules: { ...event.data, knownAt: event.knownAt } };
      case 'PlanClosed':
        return { ...state, closed: true };
    }
  },
};

/**
 * The time zone that a draft names. What was drafted before keeps the one it has.
 * @throws {DomainError} `plan.time-zone`
 */
export function timeZoneOf({ timeZone }: DraftPlan, { drafted: standing }: PlanState): string {
  if (standing) return standing.timeZone;
  if (isTimeZone(timeZone)) return timeZone;
  throw invalid(
    'plan.time-zone',
    `没有时区 ${timeZone}：请写 IANA 时区全名（洲/城市，如 Asia/Shanghai）或 UTC，不用 CST 一类缩写`,
    'timeZone',
  );
}

function calendarOf({ fiscalYear }: DraftPlan): Calendar {
  if (!fiscalYear) return {};
  const { firstMonth, namedAfter = 'start' } = fiscalYear;
  return { fiscalYear: { firstMonth, namedAfter } };
}

/** @throws {DomainError} `plan.money` */
function moneyOf({ money }: DraftPlan): WithMoney {
  if (!money) return {};
  const { unit } = money;
  if (moneyIn(unit)) return { money: { unit } };
  const message = `“${unit}”不是金额单位：请写币种和倍数，如 万元、百万美元、USD million`;
  throw invalid('plan.money', message, 'money.unit');
}

function draft(command: DraftPlan, state: PlanState): PlanEvent[] {
  timeZoneOf(command, state);
  const calendar = calendarOf(command);
  const baseline = reportingPeriod(command.baseline, calendar, 'baseline');
  if (command.startYear > command.endYear) throw invalid('plan.years', '起始年不能晚于结束年', 'startYear');
  if (baseline.year > command.endYear) throw invalid('plan.baseline', '基期不能晚于规划结束年', 'baseline');
  if (command.midterm !== undefined) {
    const { year } = reportingPeriod(command.midterm, calendar, 'midterm');
    if (year < command.startYear || year > command.endYear) {
      throw invalid('plan.midterm', '中期须在规划起止年之内', 'midterm');
    }
  }
  const { title, territory, timeZone, startYear, endYear, midterm } = command;
  const { assumptions = [], actionPlans = [], previousResults = [], glossary = [] } = command;
  const event = PlanDrafted.of({
    title,
    territory,
    timeZone,
    startYear,
    endYear,
    ...calendar,
    ...moneyOf(command),
    baseline: command.baseline,
    ...(midterm !== undefined && { midterm }),
    assumptions: plain(assumptions),
    actionPlans: plain(actionPlans),
    previousResults: plain(previousResults),
    glossary: plain(glossary),
  });
  if (!state.drafted) return [event];
  if (isDeepStrictEqual(state.drafted, event.data)) return [];
  throw refused('plan.already-drafted', `规划 ${command.plan} 已存在且内容不同：装载不改写已有规划`);
}

function approve(command: ApprovePlan, state: PlanState, { now }: DecisionContext): PlanEvent[] {
  const { approvedBy, documentNumber, approvedOn } = command;
  if (approvedOn !== undefined && approvedOn > dayOf(now, drafted(command.plan, state).timeZone)) {
    throw invalid('date.future', '批准日期不能在未来', 'approvedOn');
  }
  return once(PlanApproved.of(plain({ approvedBy, documentNumber, approvedOn })), state.approval, '规划的批准');
}

function defineArea(command: DefineArea, state: PlanState): PlanEvent[] {
  const { code, name, actionPlan, line } = command;
  if (actionPlan !== undefined && !state.drafted?.actionPlans.some((plan) => plan.code === actionPlan)) {
    throw unknownActionPlan(actionPlan, state);
  }
  return once(AreaDefined.of(plain({ code, name, actionPlan, line })), state.areas.get(code), `标杆区 ${code}`);
}

function enrol(command: EnrolUnit, state: PlanState): PlanEvent[] {
  const { code, name, bureau, level, parent, from } = command;
  if (parent !== undefined && !state.units.has(parent)) {
    const message = `上级单位 ${parent} 尚未纳入规划：请先登记上级${orMeant(codeMeant(parent, state.units.keys()))}`;
    throw invalid('plan.unknown-parent', message, 'parent', { kind: 'unit', id: parent });
  }
  const enrolled = UnitEnrolled.of(plain({ code, name, bureau, level, parent, from }));
  const standing = state.units.get(code);
  return once(enrolled, standing && asEnrolled(standing), `单位 ${code}`);
}

function setRules(command: SetEvaluationRules, state: PlanState, { now, knownAt }: DecisionContext): PlanEvent[] {
  const problems = checkEvaluationRules(command.rules);
  if (problems.length > 0) {
    throw new DomainError('invalid', 'rules.invalid', '评估规则有误', { problems });
  }
  const standing = state.rules;
  if (isDeepStrictEqual(standing?.rules, command.rules)) return [];
  // Backdated rules would change the result of evaluations already made with the current rules.
  if (standing && knownAt < now && knownAt <= standing.knownAt) {
    const since = dayOf(standing.knownAt, drafted(command.plan, state).timeZone);
    throw refused(
      'rules.backdated',
      `现行评估规则（第 ${standing.version} 版）自 ${since} 起知悉，新一版须晚于它：请在 rules.yaml 写明新规则自己的 knownAt（今天即从现在起），经接口提交的可不填知悉时间`,
      'knownAt',
    );
  }
  return [EvaluationRulesSet.of({ version: (standing?.version ?? 0) + 1, rules: command.rules })];
}

/**
 * Returns the event for a first definition and nothing for an identical one.
 * @throws {DomainError} `plan.already-defined` if the existing content differs
 */
function once<Event extends PlanEvent>(event: Event, standing: unknown, what: string): Event[] {
  if (standing === undefined) return [event];
  if (isDeepStrictEqual(standing, event.data)) return [];
  throw refused('plan.already-defined', `${what} 已存在且内容不同：装载不改写已有内容`);
}
