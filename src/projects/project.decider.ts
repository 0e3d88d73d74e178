import { isDeepStrictEqual } from 'node:util';
import { Decimal } from '../kernel/decimal.js';
import type { Decider, DecisionContext } from '../kernel/decider.js';
import { invalid, notFound, refused } from '../kernel/errors.js';
import { plain } from '../kernel/json.js';
import { firstDayOf, lastDayOf, parsePeriod, plannedPeriod } from '../kernel/period.js';
import { assertAmendable, toAmend } from '../plans/amendable.js';
import { factDay } from '../plans/fact-day.js';
import { moneyUnit } from '../plans/money.js';
import { drafted, missingUnit, type PlanState } from '../plans/plan.state.js';
import { withdrawable, type Standing } from '../slice/withdrawable.js';
import type {
  AmendProject,
  CorrectInvestment,
  ProjectCommand,
  ProjectContent,
  RegisterProject,
  ReportInvestment,
  ReportProjectProgress,
  RescheduleProject,
} from './project.commands.js';
import {
  InvestmentCorrected,
  InvestmentReported,
  ProjectAmended,
  ProjectCancelled,
  ProjectCompleted,
  ProjectProgressReported,
  ProjectRegistered,
  ProjectReportWithdrawn,
  ProjectRescheduled,
  ProjectResumed,
  ProjectStarted,
  ProjectSuspended,
  projectEvents,
  type ProjectEvent,
  type ProjectFact,
} from './project.events.js';

export type Registered = (typeof ProjectRegistered)['example'];
export type ProjectStanding = 'registered' | 'started' | 'suspended' | 'completed' | 'cancelled';

interface ProjectFacts {
  readonly registered?: Registered;
  readonly standing: ProjectStanding;
  /** Type of the event that last changed `standing`; `since` is its day. */
  readonly last?: ProjectEvent['type'];
  readonly since?: string;
  readonly plannedEnd?: string;
  readonly rescheduled?: true;
  readonly progress?: (typeof ProjectProgressReported)['example'];
  /** Ordered by day. */
  readonly investments: readonly (typeof InvestmentReported)['example'][];
}

export type ProjectState = ProjectFacts & Standing<ProjectFact>;

export interface ProjectKnown {
  readonly plan: PlanState;
  /** State of the package that the project's content names. */
  readonly package?: ProjectState;
}

type Context = DecisionContext<ProjectKnown>;

export const standingWords: Readonly<Record<ProjectStanding, string>> = {
  registered: '未报开工',
  started: '在建',
  suspended: '停工',
  completed: '竣工',
  cancelled: '已取消',
};

/** The standings from which each transition is possible. */
const transitions = {
  ProjectStarted: ['registered'],
  ProjectSuspended: ['started'],
  ProjectResumed: ['suspended'],
  ProjectCompleted: ['started'],
  ProjectCancelled: ['registered', 'started', 'suspended'],
} as const satisfies Partial<Record<ProjectEvent['type'], readonly ProjectStanding[]>>;

export const projectReports = withdrawable({
  withdrawal: ProjectReportWithdrawn,
  types: projectEvents,
  reports: {
    ProjectStarted: 'programme.report',
    ProjectProgressReported: 'programme.report',
    InvestmentReported: 'programme.report',
    InvestmentCorrected: 'programme.report',
    ProjectRescheduled: 'programme.plan',
    ProjectSuspended: 'programme.report',
    ProjectResumed: 'programme.report',
    ProjectCompleted: 'programme.report',
    ProjectCancelled: 'programme.plan',
  },
  initialState: { standing: 'registered', investments: [] },
  evolve: evolveProject,
  follows,
});

export const projectDecider: Decider<ProjectCommand, ProjectEvent, ProjectState, ProjectKnown> = {
  initialState: projectReports.initialState,

  decide(command, state, context) {
    drafted(command.plan, context.known.plan);
    if (command.type === 'RegisterProject') return register(command, state, context.known);
    if (!state.registered) {
      const message = `规划 ${command.plan} 没有项目 ${command.id}：请核对项目编号`;
      throw notFound('project.unknown', message, 'id', command.about);
    }
    switch (command.type) {
      case 'AmendProject':
        return amend(command, state, context);
      case 'StartProject':
        return transition(ProjectStarted, command, state, context);
      case 'ReportProjectProgress':
        return reportProgress(command, state, context);
      case 'ReportInvestment':
        return reportInvestment(command, state, context);
      case 'CorrectInvestment':
        return correctInvestment(command, state, context);
      case 'RescheduleProject':
        return reschedule(command, state, context);
      case 'SuspendProject':
        return transition(ProjectSuspended, command, state, requiringReason(context));
      case 'ResumeProject':
        return transition(ProjectResumed, command, state, context);
      case 'CompleteProject':
        return transition(ProjectCompleted, command, state, context);
      case 'CancelProject':
        return transition(ProjectCancelled, command, state, requiringReason(context));
      case 'WithdrawProjectReport':
        return projectReports.withdraw(command.report, state, context.reason);
    }
  },

  evolve: projectReports.evolve,
};

function evolveProject(state: ProjectFacts, event: ProjectFact): ProjectFacts {
  switch (event.type) {
    case 'ProjectRegistered':
      return { ...state, registered: event.data, plannedEnd: event.data.plannedEnd };
    case 'ProjectAmended': {
      const plannedEnd = state.rescheduled ? state.plannedEnd : event.data.plannedEnd;
      return { ...state, registered: event.data, plannedEnd };
    }
    case 'ProjectStarted':
    case 'ProjectResumed':
      return { ...state, standing: 'started', last: event.type, since: event.data.on };
    case 'ProjectSuspended':
      return { ...state, standing: 'suspended', last: event.type, since: event.data.on };
    case 'ProjectCompleted':
      return { ...state, standing: 'completed', last: event.type, since: event.data.on };
    case 'ProjectCancelled':
      return { ...state, standing: 'cancelled', last: event.type, since: event.data.on };
    case 'ProjectProgressReported':
      return { ...state, progress: event.data };
    case 'InvestmentReported':
      return { ...state, investments: [...state.investments, event.data] };
    case 'InvestmentCorrected': {
      const { on, to } = event.data;
      const investments = state.investments.map((report) => (report.on === on ? { on, amount: to } : report));
      return { ...state, investments };
    }
    case 'ProjectRescheduled':
      return { ...state, plannedEnd: event.data.to, rescheduled: true };
  }
}

/** Whether the event is possible in the state, apart from its day. */
function follows(state: ProjectFacts, event: ProjectFact): boolean {
  switch (event.type) {
    case 'ProjectRegistered':
    case 'ProjectAmended':
      return true;
    case 'ProjectProgressReported':
      return state.standing === 'started';
    case 'InvestmentReported':
      return neverFalling(evolveProject(state, event));
    case 'InvestmentCorrected': {
      const { on, from } = event.data;
      const isThere = state.investments.some((report) => report.on === on && report.amount === from);
      return isThere && neverFalling(evolveProject(state, event));
    }
    case 'ProjectRescheduled':
      return state.plannedEnd === event.data.from;
    default: {
      const from: readonly ProjectStanding[] = transitions[event.type];
      return from.includes(state.standing);
    }
  }
}

const neverFalling = ({ investments }: ProjectFacts): boolean =>
  investments.every(({ amount }, at) => at === 0 || new Decimal(amount).gte(investments[at - 1]!.amount));

function contentOf(command: ProjectContent, known: ProjectKnown): Registered {
  const { name, unit, category, sector, plannedStart, plannedEnd, investment, builder, reading, line } = command;
  const { builderPending = false, printed = {}, anomalies = [] } = command;
  if (!known.plan.units.has(unit)) {
    const { missing, meant } = missingUnit(unit, known.plan);
    throw invalid('project.unknown-unit', `规划中没有单位 ${unit}${meant}`, 'unit', missing);
  }
  const plan = drafted(command.plan, known.plan);
  const first = firstDayOf(plannedPeriod(plannedStart, plan, 'plannedStart'), plan);
  const last = lastDayOf(plannedPeriod(plannedEnd, plan, 'plannedEnd'), plan);
  if (last < first) {
    throw invalid('project.years', '计划竣工不能早于计划开工', 'plannedEnd');
  }
  if (!new Decimal(investment).greaterThan(0)) throw invalid('project.investment', '总投资须大于 0', 'investment');
  if (command.package !== undefined) assertPackage(command.id, command.package, known.package);
  return plain({
    ...{ name, unit, class: command.class, category, sector, plannedStart, plannedEnd, investment, builder },
    ...{ builderPending, package: command.package, printed, reading, anomalies, line },
  });
}

function register(command: RegisterProject, state: ProjectState, known: ProjectKnown): ProjectEvent[] {
  const event = ProjectRegistered.of(contentOf(command, known));
  if (isDeepStrictEqual(state.registered, event.data)) return [];
  if (state.registered) {
    const message = `项目 ${command.id} 已登记且内容不同：${toAmend('修改项目')}`;
    throw refused('project.already-registered', message, 'id');
  }
  if (known.plan.closed) throw refused('plan.closed', '规划已结束：不能再登记项目');
  return [event];
}

/** Investments reported above the new total are not refused: a check shows them. */
function amend(command: AmendProject, state: ProjectState, context: Context): ProjectEvent[] {
  const event = ProjectAmended.of(contentOf(command, context.known));
  if (isDeepStrictEqual(state.registered, event.data)) return [];
  assertAmendable(context, '项目');
  return [event];
}

function assertPackage(id: string, name: string, found: ProjectState | undefined): void {
  if (name === id)
    throw invalid('project.own-package', `项目 ${id} 不能是自己的子项：请改填所属的打包项目，或不填`, 'package');
  if (!found?.registered) {
    const message = `没有打包项目 ${name}：请先登记打包项目，再登记子项`;
    throw invalid('project.unknown-package', message, 'package', { kind: 'project', id: name });
  }
  if (found.registered.package !== undefined) {
    throw invalid('project.nested-package', `${name} 本身是子项：子项之下不能再分子项`, 'package');
  }
}

type TransitionCommand = Extract<ProjectCommand, { on: string }>;
interface DatedEvent {
  readonly name: keyof typeof transitions;
  of(data: { on: string }): ProjectEvent;
}

/**
 * A transition to another standing. Repeating the last transition gives no event.
 * @throws {DomainError} `project.standing`, and those of `factDay`: the day must not be before the last transition
 */
function transition(
  type: DatedEvent,
  command: TransitionCommand,
  state: ProjectState,
  context: Context,
): ProjectEvent[] {
  if (state.last === type.name && state.since === command.on) return [];
  const from: readonly ProjectStanding[] = transitions[type.name];
  if (!from.includes(state.standing)) {
    const [now, needed] = [standingWords[state.standing], from.map((each) => standingWords[each]).join('、')];
    throw refused('project.standing', `项目现为“${now}”：只有“${needed}”的项目才能${commandWords[command.type]}`);
  }
  return [type.of({ on: factDay(command, context, state.since) })];
}

const commandWords: Readonly<Record<string, string>> = {
  StartProject: '开工',
  SuspendProject: '停工',
  ResumeProject: '复工',
  CompleteProject: '竣工',
  CancelProject: '取消',
};

function requiringReason(context: Context): Context {
  if (!context.reason) throw invalid('reason.missing', '停工、取消和调整工期须写明事由', 'reason');
  return context;
}

function reportProgress(command: ReportProjectProgress, state: ProjectState, context: Context): ProjectEvent[] {
  const { percent, text } = command;
  const event = ProjectProgressReported.of(plain({ on: command.on, percent, text }));
  if (isDeepStrictEqual(state.progress, event.data)) return [];
  if (state.standing !== 'started') {
    throw refused(
      'project.standing',
      `项目现为“${standingWords[state.standing]}”：只有在建的项目才有形象进度，请先登记开工或复工`,
    );
  }
  const value = new Decimal(percent);
  if (value.isNegative() || value.greaterThan(100)) {
    throw invalid('project.percent', `形象进度须在 0 到 100 之间，收到 ${percent}`, 'percent');
  }
  if (state.progress && value.lessThan(state.progress.percent) && !context.reason) {
    throw invalid(
      'reason.missing',
      `形象进度由 ${state.progress.percent}% 退至 ${percent}%：须写明事由（返工、原报有误等）`,
      'reason',
    );
  }
  factDay(command, context, state.progress?.on ?? state.since);
  return [event];
}

function reportInvestment(command: ReportInvestment, state: ProjectState, context: Context): ProjectEvent[] {
  const { amount } = command;
  const unit = moneyUnit(drafted(command.plan, context.known.plan));
  const last = state.investments.at(-1);
  const standing = state.investments.find(({ on }) => on === command.on);
  if (standing && new Decimal(standing.amount).equals(amount)) return [];
  if (standing) {
    throw refused(
      'project.investment-reported',
      `${command.on} 的累计投资已报为 ${standing.amount} ${unit}：要改为 ${amount} 请用“更正投资”并写明事由`,
      'amount',
    );
  }
  if (state.standing === 'cancelled') throw refused('project.cancelled', '项目已取消：不能再报投资');
  if (new Decimal(amount).isNegative()) throw invalid('project.investment', '累计投资不能为负', 'amount');
  const on = factDay(command, context, last?.on);
  if (last && new Decimal(amount).lessThan(last.amount)) {
    throw refused(
      'project.investment-falls',
      `累计投资不能由 ${last.amount} 降至 ${amount} ${unit}：原报有误的请更正 ${last.on} 的数`,
      'amount',
    );
  }
  return [InvestmentReported.of({ on, amount })];
}

function correctInvestment(
  command: CorrectInvestment,
  state: ProjectState,
  { reason, known }: Context,
): ProjectEvent[] {
  const { on, amount } = command;
  const unit = moneyUnit(drafted(command.plan, known.plan));
  const at = state.investments.findIndex((report) => report.on === on);
  const standing = state.investments[at];
  if (!standing) throw refused('project.nothing-to-correct', `没有 ${on} 的累计投资可更正：请先报告`, 'on');
  if (new Decimal(standing.amount).equals(amount)) {
    throw refused('project.unchanged', `更正没有改变任何内容：现值已是 ${standing.amount} ${unit}`, 'amount');
  }
  if (!reason) throw invalid('reason.missing', '更正须写明事由', 'reason');
  const [before, after] = [state.investments[at - 1]?.amount ?? '0', state.investments[at + 1]?.amount];
  if (new Decimal(amount).lessThan(before) || (after !== undefined && new Decimal(amount).greaterThan(after))) {
    throw refused(
      'project.investment-order',
      `更正后的累计投资须在前一次的 ${before} 与后一次的 ${after ?? '不限'} ${unit}之间：请先更正前后的数`,
      'amount',
    );
  }
  return [InvestmentCorrected.of({ on, from: standing.amount, to: amount })];
}

function reschedule(command: RescheduleProject, state: ProjectState, context: Context): ProjectEvent[] {
  const { plannedEnd } = command;
  const { registered, standing, since } = state;
  const from = state.plannedEnd!;
  if (from === plannedEnd) return [];
  if (standing === 'completed' || standing === 'cancelled') {
    throw refused('project.ended', `项目已${standingWords[standing]}：不能再调整工期`);
  }
  requiringReason(context);
  const plan = drafted(command.plan, context.known.plan);
  const end = plannedPeriod(plannedEnd, plan, 'plannedEnd');
  const begun = since ?? firstDayOf(parsePeriod(registered!.plannedStart), plan);
  if (lastDayOf(end, plan) < begun) {
    throw invalid('project.years', '新的计划竣工不能早于开工', 'plannedEnd');
  }
  return [ProjectRescheduled.of({ from, to: plannedEnd })];
}
