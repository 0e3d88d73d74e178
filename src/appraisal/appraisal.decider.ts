import type { Decider, DecisionContext } from '../kernel/decider.js';
import { DomainError, invalid, notFound, refused } from '../kernel/errors.js';
import { lastDayOf } from '../kernel/period.js';
import { dayAfter, dayOf } from '../kernel/time.js';
import { drafted, type PlanState } from '../plans/plan.state.js';
import type { StoredAppraisal } from '../slice/appraisals.js';
import type {
  AppraisalCommand,
  DecideObjection,
  ObjectToDeduction,
  PutForthAppraisal,
  WithdrawObjection,
} from './appraisal.commands.js';
import {
  AppraisalPutForth,
  DeductionObjected,
  ObjectionDecided,
  ObjectionWithdrawn,
  type AppraisalEvent,
} from './appraisal.events.js';
import { yearOf } from './year.js';

type Round = (typeof AppraisalPutForth)['example'];
type Objected = (typeof DeductionObjected)['example'] & {
  /** The id of the person who objected. */
  readonly by: string;
  readonly accepted?: boolean;
  readonly withdrawn?: true;
};

export interface AppraisalState {
  /** Round n is at index n − 1. */
  readonly rounds: readonly Round[];
  /** Objection n is at index n − 1. */
  readonly objections: readonly Objected[];
}

export interface AppraisalKnown {
  readonly plan: PlanState;
  /** The published evaluation with which the sheets of the year were frozen. */
  readonly frozenBy?: string;
  /** Only for PutForthAppraisal: the sheets as they were stored before the decision. */
  readonly stored?: StoredAppraisal & { readonly units: readonly string[]; readonly objectionDays: number };
  /** Only for ObjectToDeduction: the deduction as the sheet that was last put forth has it. */
  readonly deduction?: { readonly text: string; readonly points: string };
}

type Context = DecisionContext<AppraisalKnown>;

export const appraisalDecider: Decider<AppraisalCommand, AppraisalEvent, AppraisalState, AppraisalKnown> = {
  initialState: { rounds: [], objections: [] },

  decide(command, state, context) {
    const { frozenBy } = context.known;
    if (frozenBy !== undefined) {
      const message = `${command.period} 年度考核表已随评估 ${frozenBy} 发布而定稿，不再公示、申诉和裁定：确有错误的请由接替的评估重新定稿`;
      throw refused('appraisal.frozen', message);
    }
    switch (command.type) {
      case 'PutForthAppraisal':
        return putForth(command, state, context);
      case 'ObjectToDeduction':
        return object(command, state, context);
      case 'WithdrawObjection':
        return withdraw(command, state, context);
      case 'DecideObjection':
        return decide(command, state, context);
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'AppraisalPutForth':
        return { ...state, rounds: [...state.rounds, event.data] };
      case 'DeductionObjected':
        return { ...state, objections: [...state.objections, { ...event.data, by: event.metadata.actor.id }] };
      case 'ObjectionWithdrawn': {
        const { number } = event.data;
        const withdrawn = { ...state.objections[number - 1]!, withdrawn: true as const };
        return { ...state, objections: state.objections.with(number - 1, withdrawn) };
      }
      case 'ObjectionDecided': {
        const { number, accepted } = event.data;
        const decided = { ...state.objections[number - 1]!, accepted };
        return { ...state, objections: state.objections.with(number - 1, decided) };
      }
    }
  },
};

function putForth({ plan, period }: PutForthAppraisal, { rounds }: AppraisalState, context: Context): AppraisalEvent[] {
  const { known, now } = context;
  const ofPlan = drafted(plan, known.plan);
  const { startYear, endYear, timeZone } = ofPlan;
  const year = yearOf(period);
  const today = dayOf(now, timeZone);
  if (year.year < startYear || year.year > endYear) {
    throw invalid('appraisal.period', `考核年度须在规划年度 ${startYear}–${endYear} 之内，收到 ${period}`, 'period');
  }
  if (lastDayOf(year, ofPlan) >= today) {
    throw refused('appraisal.year-not-over', `${period} 年度尚未结束，不能公示其考核表：请在年度结束后公示`, 'period');
  }
  if (!known.stored) throw new Error('PutForthAppraisal requires the facts of stored sheets');
  const { asOf, rulesVersion, units, contentHash, size, objectionDays } = known.stored;
  if (rounds.at(-1)?.contentHash === contentHash) return [];
  const until = dayAfter(today, objectionDays);
  const of = { asOf, rulesVersion, until, units: [...units], contentHash, size };
  return [AppraisalPutForth.of({ round: rounds.length + 1, ...of })];
}

function object(
  command: ObjectToDeduction,
  { rounds, objections }: AppraisalState,
  context: Context,
): AppraisalEvent[] {
  const { plan, period, unit, deduction } = command;
  const { known, knownAt, reason } = context;
  const { timeZone } = drafted(plan, known.plan);
  const last = rounds.at(-1);
  if (!last) throw refused('appraisal.not-put-forth', `${period} 年度考核表尚未公示，公示后才能申诉`);
  if (!last.units.includes(unit) || !known.deduction) {
    const message = `公示的 ${unit} 考核表没有扣分 ${deduction}：请按考核表所列扣分申诉`;
    throw notFound('appraisal.unknown-deduction', message, 'deduction');
  }
  const before = objections.findLast((each) => each.unit === unit && each.deduction === deduction && !each.withdrawn);
  if (before && (before.round === last.round || before.accepted !== false)) {
    const way = before.accepted === undefined ? '尚待裁定' : before.accepted ? '已采纳' : '未采纳';
    throw refused('appraisal.already-objected', `该项扣分已提出申诉（第 ${before.number} 号，${way}）`, 'deduction');
  }
  if (dayOf(knownAt, timeZone) > last.until) {
    const message = `申诉期限 ${last.until} 已过：第 ${last.round} 次公示的考核表不再受理申诉`;
    throw refused('appraisal.objection-late', message);
  }
  if (!reason) throw invalid('reason.missing', '申诉须写明事由：为何不应扣分', 'reason');
  const { text, points } = known.deduction;
  const number = objections.length + 1;
  return [DeductionObjected.of({ number, round: last.round, unit, deduction, text, points })];
}

function objectionOf({ period, unit, number }: WithdrawObjection | DecideObjection, { objections }: AppraisalState) {
  const objection = objections[number - 1];
  if (objection?.unit === unit) return objection;
  throw notFound('appraisal.unknown-objection', `${period} 年度 ${unit} 没有第 ${number} 号申诉`, 'number');
}

function withdraw(command: WithdrawObjection, state: AppraisalState, { reason }: Context): AppraisalEvent[] {
  const { number } = command;
  const { withdrawn, accepted } = objectionOf(command, state);
  if (withdrawn) return [];
  if (accepted !== undefined) {
    const message = `第 ${number} 号申诉已裁定为${accepted ? '采纳' : '不采纳'}，不能撤回：裁定随考核表留存`;
    throw refused('appraisal.already-decided', message);
  }
  if (!reason) throw invalid('reason.missing', '撤回申诉须写明事由', 'reason');
  return [ObjectionWithdrawn.of({ number })];
}

function decide(command: DecideObjection, state: AppraisalState, { actor, reason }: Context): AppraisalEvent[] {
  const { unit, number, accepted } = command;
  const objection = objectionOf(command, state);
  if (objection.withdrawn) {
    throw refused('appraisal.objection-withdrawn', `第 ${number} 号申诉已由 ${unit} 撤回，不再裁定`, 'number');
  }
  if (objection.accepted === accepted) return [];
  if (objection.accepted !== undefined) {
    const message = `第 ${number} 号申诉已裁定为${objection.accepted ? '采纳' : '不采纳'}，不再改判`;
    throw refused('appraisal.already-decided', message, 'accepted');
  }
  if (objection.by === actor.id) {
    throw new DomainError('forbidden', 'appraisal.own-objection', '该申诉由您提出：须由他人裁定');
  }
  if (actor.unit === unit) {
    const message = `裁定人须为其他单位的人：申诉由 ${unit} 提出，请由上级审核员或评估负责人裁定`;
    throw new DomainError('forbidden', 'appraisal.own-unit', message);
  }
  if (!reason) throw invalid('reason.missing', '裁定申诉须写明事由', 'reason');
  return [ObjectionDecided.of({ number, accepted })];
}
