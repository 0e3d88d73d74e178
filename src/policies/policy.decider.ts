import { isDeepStrictEqual } from 'node:util';
import type { Decider, DecisionContext } from '../kernel/decider.js';
import { invalid, notFound, refused } from '../kernel/errors.js';
import { plain } from '../kernel/json.js';
import { firstDayOf, lastDayOf, parsePeriod, plannedPeriod } from '../kernel/period.js';
import { assertAmendable, toAmend } from '../plans/amendable.js';
import { factDay } from '../plans/fact-day.js';
import { drafted, missingUnit, type PlanState } from '../plans/plan.state.js';
import { withdrawable, type Standing } from '../slice/withdrawable.js';
import type {
  AmendCitedPolicy,
  AmendPolicy,
  CitedContent,
  CitePolicy,
  DraftPolicy,
  DropPolicy,
  IssuePolicy,
  PlannedContent,
  PlanPolicy,
  PolicyCommand,
  PostponePolicy,
  RepealPolicy,
  RevisePolicy,
} from './policy.commands.js';
import {
  CitedPolicyAmended,
  PolicyAmended,
  PolicyCited,
  PolicyDrafted,
  PolicyDropped,
  PolicyIssued,
  PolicyPlanned,
  PolicyPostponed,
  PolicyRepealed,
  PolicyReportWithdrawn,
  PolicyRevised,
  policyEvents,
  type PolicyEvent,
  type PolicyFact,
} from './policy.events.js';

export type Planned = (typeof PolicyPlanned)['example'];
export type Cited = (typeof PolicyCited)['example'];
export type PolicyStanding = 'planned' | 'drafted' | 'issued' | 'dropped' | 'repealed' | 'cited';

interface PolicyFacts {
  readonly planned?: Planned;
  readonly cited?: Cited;
  readonly standing: PolicyStanding;
  /** Day of the last change of `standing`. */
  readonly since?: string;
  /** Document number (文号) of the version in force. */
  readonly documentNumber?: string;
  readonly dueBy?: string;
  readonly postponed?: true;
}

export type PolicyState = PolicyFacts & Standing<PolicyFact>;

type Context = DecisionContext<{ readonly plan: PlanState }>;

export const policyWords: Readonly<Record<PolicyStanding, string>> = {
  planned: '未出台',
  drafted: '起草中',
  issued: '已印发',
  dropped: '不再制定',
  repealed: '已废止',
  cited: '引用',
};

/** The standings in which each report is possible. */
const possibleIn = {
  PolicyDrafted: ['planned'],
  PolicyIssued: ['planned', 'drafted'],
  PolicyRevised: ['issued'],
  PolicyPostponed: ['planned', 'drafted'],
  PolicyDropped: ['planned', 'drafted'],
  PolicyRepealed: ['issued'],
} as const satisfies Partial<Record<PolicyEvent['type'], readonly PolicyStanding[]>>;

export const policyReports = withdrawable({
  withdrawal: PolicyReportWithdrawn,
  types: policyEvents,
  reports: {
    PolicyDrafted: 'programme.report',
    PolicyIssued: 'programme.report',
    PolicyRevised: 'programme.report',
    PolicyPostponed: 'programme.plan',
    PolicyDropped: 'programme.plan',
    PolicyRepealed: 'programme.report',
  },
  initialState: { standing: 'planned' },
  evolve: evolvePolicy,
  follows,
});

export const policyDecider: Decider<PolicyCommand, PolicyEvent, PolicyState, { readonly plan: PlanState }> = {
  initialState: policyReports.initialState,

  decide(command, state, context) {
    drafted(command.plan, context.known.plan);
    if (command.type === 'PlanPolicy') return planned(command, state, context.known.plan);
    if (command.type === 'CitePolicy') return cited(command, state, context.known.plan);
    if (!(state.planned ?? state.cited)) {
      const message = `规划 ${command.plan} 没有政策 ${command.id}：请核对政策编号`;
      throw notFound('policy.unknown', message, 'id', command.about);
    }
    if (command.type === 'AmendCitedPolicy') return amendCited(command, state, context);
    if (state.cited) throw refused('policy.cited', `${command.id} 是规划引用的已有政策，${untracked(command)}`, 'id');
    switch (command.type) {
      case 'AmendPolicy':
        return amend(command, state, context);
      case 'DraftPolicy':
        return draft(command, state, context);
      case 'IssuePolicy':
        return issue(command, state, context);
      case 'RevisePolicy':
        return revise(command, state, context);
      case 'PostponePolicy':
        return postpone(command, state, context);
      case 'DropPolicy':
        return end(command, 'dropped', state, context);
      case 'RepealPolicy':
        return end(command, 'repealed', state, context);
      case 'WithdrawPolicyReport':
        return policyReports.withdraw(command.report, state, context.reason);
    }
  },

  evolve: policyReports.evolve,
};

function evolvePolicy(state: PolicyFacts, event: PolicyFact): PolicyFacts {
  switch (event.type) {
    case 'PolicyPlanned':
      return { ...state, planned: event.data, dueBy: event.data.to };
    case 'PolicyAmended':
      return { ...state, planned: event.data, dueBy: state.postponed ? state.dueBy : event.data.to };
    case 'PolicyCited':
    case 'CitedPolicyAmended':
      return { ...state, cited: event.data, standing: 'cited' };
    case 'PolicyDrafted':
      return { ...state, standing: 'drafted', since: event.data.on };
    case 'PolicyIssued':
    case 'PolicyRevised':
      return { ...state, standing: 'issued', since: event.data.on, documentNumber: event.data.documentNumber };
    case 'PolicyPostponed':
      return { ...state, dueBy: event.data.to, postponed: true };
    case 'PolicyDropped':
      return { ...state, standing: 'dropped', since: event.data.on };
    case 'PolicyRepealed':
      return { ...state, standing: 'repealed', since: event.data.on };
  }
}

/** Whether the event is possible in the state, apart from its day. */
function follows({ standing, documentNumber, dueBy }: PolicyFacts, event: PolicyFact): boolean {
  switch (event.type) {
    case 'PolicyPlanned':
    case 'PolicyAmended':
    case 'PolicyCited':
    case 'CitedPolicyAmended':
      return true;
    default: {
      const from: readonly PolicyStanding[] = possibleIn[event.type];
      if (event.type === 'PolicyRevised' && event.data.revises !== documentNumber) return false;
      if (event.type === 'PolicyPostponed' && event.data.from !== dueBy) return false;
      return from.includes(standing);
    }
  }
}

function plannedOf(command: PlannedContent, plan: PlanState): Planned {
  const { name, policyType, intent, level, owner, from, to, number, printedDate, remark, note, line } = command;
  if (owner !== undefined && !plan.units.has(owner)) {
    const { missing, meant } = missingUnit(owner, plan);
    throw invalid('policy.unknown-owner', `规划中没有单位 ${owner}${meant}`, 'owner', missing);
  }
  const calendar = drafted(command.plan, plan);
  const first = from === undefined ? undefined : firstDayOf(plannedPeriod(from, calendar, 'from'), calendar);
  const last = to === undefined ? undefined : lastDayOf(plannedPeriod(to, calendar, 'to'), calendar);
  if (first !== undefined && last !== undefined && last < first) {
    throw invalid('policy.years', '计划完成期间不能早于起始期间', 'to');
  }
  return plain({ name, type: policyType, intent, level, owner, from, to, number, printedDate, remark, note, line });
}

const citedOf = ({ name, policyType, level, role, note, line }: CitedContent): Cited =>
  plain({ name, type: policyType, level, role, note, line });

function planned(command: PlanPolicy, state: PolicyState, plan: PlanState): PolicyEvent[] {
  const event = PolicyPlanned.of(plannedOf(command, plan));
  if (isDeepStrictEqual(state.planned, event.data)) return [];
  assertNew(command.id, state);
  if (plan.closed) throw refused('plan.closed', '规划已结束：不能再列入政策');
  return [event];
}

function cited(command: CitePolicy, state: PolicyState, plan: PlanState): PolicyEvent[] {
  const event = PolicyCited.of(citedOf(command));
  if (isDeepStrictEqual(state.cited, event.data)) return [];
  assertNew(command.id, state);
  if (plan.closed) throw refused('plan.closed', '规划已结束：不能再列入政策');
  return [event];
}

function amend(command: AmendPolicy, state: PolicyState, context: Context): PolicyEvent[] {
  const event = PolicyAmended.of(plannedOf(command, context.known.plan));
  if (isDeepStrictEqual(state.planned, event.data)) return [];
  assertAmendable(context, '政策');
  return [event];
}

function amendCited(command: AmendCitedPolicy, state: PolicyState, context: Context): PolicyEvent[] {
  if (!state.cited) {
    const message = `${command.id} 是规划要制定的政策，不是引用的政策：请用“修改计划政策”，或换一个编号登记引用`;
    throw refused('policy.not-cited', message, 'id');
  }
  const event = CitedPolicyAmended.of(citedOf(command));
  if (isDeepStrictEqual(state.cited, event.data)) return [];
  assertAmendable(context, '引用的政策');
  return [event];
}

const untracked = ({ type }: PolicyCommand): string =>
  type === 'AmendPolicy' ? '要改的请用“修改引用政策”，要列为制定的请换一个编号' : '不跟踪其进展';

function assertNew(id: string, { planned, cited }: PolicyState): void {
  if (!(planned ?? cited)) return;
  const message = `政策 ${id} 已列入且内容不同：${toAmend(planned ? '修改计划政策' : '修改引用政策')}`;
  throw refused('policy.already-listed', message, 'id');
}

function draft(command: DraftPolicy, state: PolicyState, context: Context): PolicyEvent[] {
  if (state.standing === 'drafted' && state.since === command.on) return [];
  assertStanding(state, 'PolicyDrafted', '起草');
  return [PolicyDrafted.of({ on: factDay(command, context) })];
}

function issue(command: IssuePolicy, state: PolicyState, context: Context): PolicyEvent[] {
  const { documentNumber, revises } = command;
  if (state.standing === 'issued' && state.documentNumber === documentNumber && state.since === command.on) return [];
  if (state.standing === 'issued') {
    throw refused(
      'policy.already-issued',
      `该政策已于 ${state.since} 以 ${state.documentNumber} 印发：新的版本请用“修订政策”`,
      'documentNumber',
    );
  }
  assertStanding(state, 'PolicyIssued', '印发');
  if (state.planned!.intent === 'revision' && revises === undefined) {
    throw invalid('policy.revises-missing', '该政策列为修订：须写明修订的是哪一件文件', 'revises');
  }
  return [PolicyIssued.of(plain({ on: factDay(command, context, state.since), documentNumber, revises }))];
}

function revise(command: RevisePolicy, state: PolicyState, context: Context): PolicyEvent[] {
  const { documentNumber, revises } = command;
  if (state.standing === 'issued' && state.documentNumber === documentNumber && state.since === command.on) return [];
  assertStanding(state, 'PolicyRevised', '修订');
  if (revises !== state.documentNumber) {
    throw refused('policy.revises-other', `现行文号是 ${state.documentNumber}：修订须指明现行的版本`, 'revises');
  }
  if (documentNumber === revises) {
    throw invalid('policy.same-number', '修订后的文号不能与原文号相同', 'documentNumber');
  }
  return [PolicyRevised.of({ on: factDay(command, context, state.since), documentNumber, revises })];
}

function postpone(command: PostponePolicy, state: PolicyState, { reason, known }: Context): PolicyEvent[] {
  const { to } = command;
  const { dueBy } = state;
  if (dueBy === to) return [];
  assertStanding(state, 'PolicyPostponed', '推迟');
  if (!reason) throw invalid('reason.missing', '推迟须写明事由', 'reason');
  const plan = drafted(command.plan, known.plan);
  const last = lastDayOf(plannedPeriod(to, plan, 'to'), plan);
  if (dueBy !== undefined && last <= lastDayOf(parsePeriod(dueBy), plan)) {
    throw invalid('policy.not-later', `推迟至 ${to} 并不晚于现定的 ${dueBy}`, 'to');
  }
  return [PolicyPostponed.of(plain({ from: dueBy, to }))];
}

function end(
  command: DropPolicy | RepealPolicy,
  standing: 'dropped' | 'repealed',
  state: PolicyState,
  context: Context,
): PolicyEvent[] {
  if (state.standing === standing && state.since === command.on) return [];
  if (standing === 'dropped') assertStanding(state, 'PolicyDropped', '不再制定');
  else assertStanding(state, 'PolicyRepealed', '废止');
  if (!context.reason) throw invalid('reason.missing', '不再制定和废止须写明事由', 'reason');
  const on = factDay(command, context, state.since);
  return [standing === 'dropped' ? PolicyDropped.of({ on }) : PolicyRepealed.of({ on })];
}

function assertStanding({ standing }: PolicyState, type: keyof typeof possibleIn, step: string): void {
  const allowed: readonly PolicyStanding[] = possibleIn[type];
  if (allowed.includes(standing)) return;
  const needed = allowed.map((each) => policyWords[each]).join('、');
  throw refused('policy.standing', `该政策现为“${policyWords[standing]}”：只有“${needed}”的政策才能${step}`);
}
