import { isDeepStrictEqual } from 'node:util';
import type { Decider, DecisionContext } from '../kernel/decider.js';
import { codeMeant, orMeant } from '../kernel/did-you-mean.js';
import { DomainError, invalid, notFound, refused } from '../kernel/errors.js';
import { plain } from '../kernel/json.js';
import { reportingPeriod, type Calendar } from '../kernel/period.js';
import { moneyIn } from '../kernel/unit-of-measure.js';
import { dayOf, isTimeZone } from '../kernel/time.js';
import { backdated } from './backdated-rules.js';
import { checkEvaluationRules } from './evaluation-rules.js';
import { moneyUnit, type WithMoney } from './money.js';
import { translationsOf } from './translations.js';
import type {
  AmendApproval,
  AmendArea,
  AmendPlan,
  AmendUnit,
  ApprovePlan,
  DefineArea,
  DraftPlan,
  EndUnlocking,
  EnrolUnit,
  PlanContent,
  PlanCommand,
  RetireArea,
  SetEvaluationRules,
  SetReportingRules,
  UnlockFigures,
} from './plan.commands.js';
import {
  AreaAmended,
  AreaDefined,
  AreaRetired,
  EvaluationRulesSet,
  FiguresUnlocked,
  PlanAmended,
  PlanApproved,
  PlanClosed,
  PlanDrafted,
  ReportingRulesSet,
  UnitAmended,
  UnitEnrolled,
  UnlockingEnded,
  type PlanEvent,
} from './plan.events.js';
import { toAmend } from './amendable.js';
import { changeUnits } from './unit-changes.js';
import { setDeadlines } from './set-deadlines.js';
import { setPublication } from './set-publication.js';
import { reportingRulesOf } from './reporting-rules.js';
import { sameUnlock, unlockOf, without } from './unlocks.js';
import { drafted, missingUnit, nothingYet, unknownActionPlan, type Area, type PlanState } from './plan.state.js';
import { asEnrolled, correctedUnit, evolveUnits, firstChangeOf, unitsAbove, type Unit } from './units-in-time.js';

export const planDecider: Decider<PlanCommand, PlanEvent, PlanState> = {
  initialState: nothingYet,

  decide(command, state, context) {
    if (command.type === 'DraftPlan') return draft(command, state);
    drafted(command.plan, state);
    if (state.closed && !afterTheEnd.includes(command.type)) {
      throw refused('plan.closed', '规划已结束：不能再定义或修改，仅可更正已有数据');
    }
    switch (command.type) {
      case 'AmendPlan':
        return amendPlan(command, state, context);
      case 'ApprovePlan':
        return once(approved(command, state, context), state.approval, '规划的批准');
      case 'AmendApproval':
        return amended(approved(command, state, context), state.approval, '规划的批准', context);
      case 'DefineArea':
        return once(AreaDefined.of(areaOf(command, state)), state.areas.get(command.code), areaWord(command));
      case 'AmendArea':
        return amended(
          AreaAmended.of(areaOf(command, state)),
          state.areas.get(command.code),
          areaWord(command),
          context,
        );
      case 'RetireArea':
        return retireArea(command, state, context);
      case 'EnrolUnit':
        return enrol(command, state);
      case 'AmendUnit':
        return amendUnit(command, state, context);
      case 'RenameUnit':
      case 'MoveUnit':
      case 'MergeUnits':
      case 'SplitUnit':
      case 'EndUnit':
      case 'WithdrawUnitChange':
        return changeUnits(command, state, context);
      case 'SetEvaluationRules':
        return setRules(command, state, context);
      case 'SetReportingRules':
        return setReporting(command, state, context);
      case 'UnlockFigures':
        return unlock(command, state, context);
      case 'EndUnlocking':
        return endUnlocking(command, state);
      case 'SetDeadlines':
        return setDeadlines(command, state);
      case 'SetPublication':
        return setPublication(command, state);
      case 'ClosePlan':
        return state.closed ? [] : [PlanClosed.of({})];
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'PlanDrafted':
        return { ...state, drafted: event.data, knownAt: event.knownAt };
      case 'PlanAmended':
        return { ...state, drafted: event.data };
      case 'PlanApproved':
        return { ...state, approval: event.data };
      case 'AreaDefined':
      case 'AreaAmended':
        return { ...state, areas: new Map(state.areas).set(event.data.code, event.data) };
      case 'AreaRetired': {
        const areas = [...state.areas].filter(([code]) => code !== event.data.code);
        return { ...state, areas: new Map(areas) };
      }
      case 'UnitEnrolled':
        return { ...state, units: new Map(state.units).set(event.data.code, event.data) };
      case 'UnitAmended': {
        const { code } = event.data;
        return { ...state, units: new Map(state.units).set(code, correctedUnit(state.units.get(code)!, event.data)) };
      }
      case 'UnitRenamed':
      case 'UnitMoved':
      case 'UnitsMerged':
      case 'UnitSplit':
      case 'UnitEnded':
      case 'UnitChangeWithdrawn': {
        const { units, territoryChanges } = evolveUnits({ ...state, units: [...state.units.values()] }, event);
        return { ...state, units: new Map(units.map((unit) => [unit.code, unit])), territoryChanges };
      }
      case 'EvaluationRulesSet':
        return { ...state, rules: { ...event.data, knownAt: event.knownAt } };
      case 'ReportingRulesSet':
        return { ...state, reporting: { rules: event.data, knownAt: event.knownAt } };
      case 'FiguresUnlocked':
        return { ...state, unlocks: [...without(state.unlocks, event.data), unlockOf(event, event.data)] };
      case 'UnlockingEnded':
        return { ...state, unlocks: without(state.unlocks, event.data) };
      case 'DeadlinesSet':
        return { ...state, deadlines: event.data };
      case 'PublicationSet':
        return { ...state, publication: event.data };
      case 'PlanClosed':
        return { ...state, closed: true };
    }
  },
};

/** Figures of a plan that is over are still corrected, and its evaluations published. */
const afterTheEnd: readonly PlanCommand['type'][] = ['UnlockFigures', 'EndUnlocking', 'SetPublication', 'ClosePlan'];

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

function calendarOf({ fiscalYear }: PlanContent): Calendar {
  if (!fiscalYear) return {};
  const { firstMonth, namedAfter = 'start' } = fiscalYear;
  return { fiscalYear: { firstMonth, namedAfter } };
}

/** @throws {DomainError} `plan.money` */
function moneyOf({ money }: PlanContent): WithMoney {
  if (!money) return {};
  const { unit } = money;
  if (moneyIn(unit)) return { money: { unit } };
  const message = `“${unit}”不是金额单位：请写币种和倍数，如 万元、百万美元、USD million`;
  throw invalid('plan.money', message, 'money.unit');
}

function draft(command: DraftPlan, state: PlanState): PlanEvent[] {
  timeZoneOf(command, state);
  const event = PlanDrafted.of(contentOf(command));
  if (!state.drafted) return [event];
  if (isDeepStrictEqual(state.drafted, event.data)) return [];
  throw refused('plan.already-drafted', `规划 ${command.plan} 已存在且内容不同：${toAmend('修订规划')}`);
}

/** Figures and known times were dated in the plan's time zone and years, amounts were reported in its unit of money. */
function amendPlan(command: AmendPlan, state: PlanState, context: DecisionContext): PlanEvent[] {
  const standing = drafted(command.plan, state);
  if (command.timeZone !== standing.timeZone) {
    throw refused(
      'plan.time-zone-fixed',
      `规划的时区是 ${standing.timeZone}，已有数据按它计日：不能改为 ${command.timeZone}`,
      'timeZone',
    );
  }
  const content = contentOf(command);
  if (!isDeepStrictEqual(content.fiscalYear, standing.fiscalYear)) {
    throw refused('plan.years-fixed', '已有数据按规划原来的年度计期：不能改变 fiscalYear', 'fiscalYear');
  }
  if (moneyUnit(content) !== moneyUnit(standing)) {
    const message = `项目的金额以 ${moneyUnit(standing)} 计：不能改为 ${moneyUnit(content)}`;
    throw refused('plan.money-fixed', message, 'money.unit');
  }
  return amended(PlanAmended.of(content), standing, '规划', context);
}

/** @throws {DomainError} `plan.years`, `plan.baseline`, `plan.midterm`, and those of `translationsOf` */
function contentOf(command: DraftPlan | AmendPlan): (typeof PlanDrafted)['example'] {
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
  const { title, language, territory, timeZone, startYear, endYear, midterm } = command;
  const { assumptions = [], actionPlans = [], previousResults = [], glossary = [] } = command;
  return {
    title,
    ...(language !== undefined && { language }),
    ...translationsOf(command, language),
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
  };
}

function approved(command: ApprovePlan | AmendApproval, state: PlanState, { now }: DecisionContext): PlanEvent {
  const { approvedBy, documentNumber, approvedOn } = command;
  if (approvedOn !== undefined && approvedOn > dayOf(now, drafted(command.plan, state).timeZone)) {
    throw invalid('date.future', '批准日期不能在未来', 'approvedOn');
  }
  return PlanApproved.of(plain({ approvedBy, documentNumber, approvedOn }));
}

const areaWord = ({ code }: { code: string }) => `标杆区 ${code}`;

function areaOf(command: DefineArea | AmendArea, state: PlanState): Area {
  const { code, name, actionPlan, line } = command;
  if (actionPlan !== undefined && !state.drafted?.actionPlans.some((plan) => plan.code === actionPlan)) {
    throw unknownActionPlan(actionPlan, state);
  }
  return plain({ code, name, ...translationsOf(command, state.drafted?.language), actionPlan, line });
}

function retireArea({ code }: RetireArea, { areas }: PlanState, { reason }: DecisionContext): PlanEvent[] {
  if (!areas.has(code)) {
    const missing = { kind: 'area', id: code };
    const message = `规划中没有标杆区 ${code}${orMeant(codeMeant(code, areas.keys()))}`;
    throw notFound('plan.unknown-area', message, 'code', missing);
  }
  if (!reason) throw invalid('reason.missing', '取消标杆区须写明事由', 'reason');
  return [AreaRetired.of({ code })];
}

function unitOf(command: EnrolUnit | AmendUnit, state: PlanState): Unit {
  const { code, name, bureau, level, parent, from } = command;
  if (parent !== undefined && !state.units.has(parent)) {
    const message = `上级单位 ${parent} 尚未纳入规划：请先登记上级${orMeant(codeMeant(parent, state.units.keys()))}`;
    throw invalid('plan.unknown-parent', message, 'parent', { kind: 'unit', id: parent });
  }
  return plain({ code, name, ...translationsOf(command, state.drafted?.language), bureau, level, parent, from });
}

function enrol(command: EnrolUnit, state: PlanState): PlanEvent[] {
  const standing = state.units.get(command.code);
  return once(UnitEnrolled.of(unitOf(command, state)), standing && asEnrolled(standing), `单位 ${command.code}`);
}

function amendUnit(command: AmendUnit, state: PlanState, context: DecisionContext): PlanEvent[] {
  const { code, parent, from } = command;
  const standing = state.units.get(code);
  const unit = unitOf(command, state);
  const isOrigin = state.territoryChanges.some(
    ({ into, from: before }) => into.includes(code) && !before.includes(code),
  );
  if (standing && isOrigin && from !== standing.from) {
    const message = `单位 ${code} 自 ${standing.from} 由合并或拆分而成：设立日期随那次变更，请先撤回它`;
    throw refused('unit.from-fixed', message, 'from');
  }
  const changed = standing && firstChangeOf(standing, state);
  if (from !== undefined && from !== standing?.from && changed !== undefined && from >= changed) {
    const message = `单位 ${code} 在 ${changed} 已有变更：设立日期 ${from} 须早于它，或先撤回那次变更`;
    throw refused('unit.change-order', message, 'from');
  }
  const isTop = standing && asEnrolled(standing).parent === undefined && standing.level !== 'reference';
  if (isTop && parent !== undefined) {
    throw refused('unit.top', `单位 ${code} 代表整个规划：没有上级`, 'parent');
  }
  const above = parent === undefined ? [] : unitsAbove({ units: [...state.units.values()] }, parent, from ?? '');
  if (parent === code || above.includes(code)) {
    throw invalid('unit.circle', `单位 ${parent} 在 ${code} 之下：不能作它的上级`, 'parent');
  }
  return amended(UnitAmended.of(unit), standing && asEnrolled(standing), `单位 ${code}`, context);
}

function setRules(command: SetEvaluationRules, state: PlanState, context: DecisionContext): PlanEvent[] {
  const problems = checkEvaluationRules(command.rules);
  if (problems.length > 0) {
    throw new DomainError('invalid', 'rules.invalid', '评估规则有误', { problems });
  }
  const standing = state.rules;
  if (isDeepStrictEqual(standing?.rules, command.rules)) return [];
  const word = `评估规则（第 ${standing?.version} 版）`;
  const { timeZone } = drafted(command.plan, state);
  const refusal = backdated({ word, place: 'rules.yaml ', knownAt: standing?.knownAt, timeZone }, context);
  if (refusal) throw refused('rules.backdated', refusal, 'knownAt');
  return [EvaluationRulesSet.of({ version: (standing?.version ?? 0) + 1, rules: command.rules })];
}

function setReporting(command: SetReportingRules, state: PlanState, context: DecisionContext): PlanEvent[] {
  const { reporting } = state;
  const rules = reportingRulesOf(command);
  if (isDeepStrictEqual(reporting?.rules, rules)) return [];
  const { timeZone } = drafted(command.plan, state);
  const present = { word: '填报规则', place: 'plan.yaml 的 reporting 里', knownAt: reporting?.knownAt, timeZone };
  const refusal = backdated(present, context);
  if (refusal) throw refused('reporting-rules.backdated', refusal, 'knownAt');
  return [ReportingRulesSet.of(rules)];
}

function unlock(command: UnlockFigures, state: PlanState, { now, reason }: DecisionContext): PlanEvent[] {
  const { unit, period, code, until } = command;
  const plan = drafted(command.plan, state);
  reportingPeriod(period, plan);
  if (!state.units.has(unit)) {
    const { missing, meant } = missingUnit(unit, state);
    throw notFound('unit.unknown', `规划 ${command.plan} 没有单位 ${unit}：请核对单位代码${meant}`, 'unit', missing);
  }
  const today = dayOf(now, plan.timeZone);
  if (until < today) throw invalid('unlock.past', `解锁截止日期 ${until} 已过：须为今日（${today}）或以后`, 'until');
  if (!reason) throw invalid('reason.missing', '解除锁定须写明事由', 'reason');
  const event = FiguresUnlocked.of(plain({ unit, period, code, until }));
  return sameUnlock(state.unlocks, event.data)?.until === until ? [] : [event];
}

function endUnlocking({ plan, unit, period, code }: EndUnlocking, state: PlanState): PlanEvent[] {
  const event = UnlockingEnded.of(plain({ unit, period, code }));
  if (sameUnlock(state.unlocks, event.data)) return [event];
  const what = `${unit} ${period}${code === undefined ? '' : ` 指标 ${code}`}`;
  throw notFound(
    'unlock.unknown',
    `规划 ${plan} 没有解除过 ${what} 的锁定，或已经恢复：请核对单位、期间和指标`,
    'unit',
  );
}

/**
 * Returns the event for a first definition and nothing for an identical one.
 * @throws {DomainError} `plan.already-defined` if the existing content differs
 */
function once<Event extends PlanEvent>(event: Event, standing: unknown, what: string): Event[] {
  if (standing === undefined) return [event];
  if (isDeepStrictEqual(standing, event.data)) return [];
  throw refused('plan.already-defined', `${what} 已存在且内容不同：${toAmend('修改')}`);
}

/**
 * Returns the event for content that differs from what stands, and nothing for the same.
 * @throws {DomainError} `plan.not-defined`, `reason.missing`
 */
function amended<Event extends PlanEvent>(
  event: Event,
  standing: unknown,
  what: string,
  { reason }: DecisionContext,
): Event[] {
  if (standing === undefined) throw refused('plan.not-defined', `${what} 还没有登记：没有可修改的，请先登记`);
  if (isDeepStrictEqual(standing, event.data)) return [];
  if (!reason) throw invalid('reason.missing', `修改${what}须写明事由`, 'reason');
  return [event];
}
