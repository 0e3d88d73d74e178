import { isDeepStrictEqual } from 'node:util';
import type { Decider, DecisionContext } from '../kernel/decider.js';
import { invalid, notFound, refused } from '../kernel/errors.js';
import { plain } from '../kernel/json.js';
import { assertAmendable, toAmend } from '../plans/amendable.js';
import { factDay } from '../plans/fact-day.js';
import { drafted, type PlanState } from '../plans/plan.state.js';
import type {
  AmendFinding,
  AnswerFinding,
  CloseFinding,
  FindingCommand,
  FindingContent,
  RaiseFinding,
} from './finding.commands.js';
import {
  FindingAmended,
  FindingAnswered,
  FindingClosed,
  FindingRaised,
  FindingWithdrawn,
  type FindingEvent,
  type FindingSubject,
} from './finding.events.js';

export type Raised = (typeof FindingRaised)['example'];

export interface FindingState {
  readonly raised?: Raised;
  readonly answers: readonly (typeof FindingAnswered)['example'][];
  readonly closed?: (typeof FindingClosed)['example'];
  readonly withdrawn?: true;
}

export interface FindingKnown {
  readonly plan: PlanState;
  /** Whether the subject that the finding's content names exists. */
  readonly subjectExists: boolean;
}

type Context = DecisionContext<FindingKnown>;

export const subjectWords: Readonly<Record<FindingSubject, string>> = {
  plan: '规划',
  indicator: '指标',
  project: '项目',
  policy: '政策',
  promise: '规划任务目标',
  task: '任务',
};

export const findingDecider: Decider<FindingCommand, FindingEvent, FindingState, FindingKnown> = {
  initialState: { answers: [] },

  decide(command, state, context) {
    drafted(command.plan, context.known.plan);
    if (command.type === 'RaiseFinding') return raise(command, state, context);
    if (!state.raised) {
      const message = `规划 ${command.plan} 没有问题 ${command.id}：请核对问题编号`;
      throw notFound('finding.unknown', message, 'id', command.about);
    }
    switch (command.type) {
      case 'AmendFinding':
        return amend(command, state, context);
      case 'AnswerFinding':
        return answer(command, state, context);
      case 'CloseFinding':
        return close(command, state, context);
      case 'WithdrawFinding':
        return withdraw(state, context);
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'FindingRaised':
      case 'FindingAmended':
        return { ...state, raised: event.data };
      case 'FindingAnswered':
        return { ...state, answers: [...state.answers, event.data] };
      case 'FindingClosed':
        return { ...state, closed: event.data };
      case 'FindingWithdrawn':
        return { ...state, withdrawn: true };
    }
  },
};

function contentOf(command: FindingContent, { subjectExists }: FindingKnown): Raised {
  const { severity, subjectType, subject, title, detail, lines = [] } = command;
  if ((subjectType === 'plan') !== (subject === undefined)) {
    throw invalid('finding.subject', '关于规划本身的问题不填对象编号，其余须填', 'subject');
  }
  if (!subjectExists) {
    const missing = subject === undefined ? undefined : { kind: subjectType, id: subject };
    throw invalid('finding.unknown-subject', `规划中没有${subjectWords[subjectType]} ${subject}`, 'subject', missing);
  }
  return plain({ severity, subjectType, subject, title, detail, lines });
}

function raise(command: RaiseFinding, state: FindingState, { known }: Context): FindingEvent[] {
  const event = FindingRaised.of(contentOf(command, known));
  if (isDeepStrictEqual(state.raised, event.data)) return [];
  if (state.raised) {
    const message = `问题 ${command.id} 已提出且内容不同：${toAmend('修改问题')}；另一个问题请换一个编号`;
    throw refused('finding.already-raised', message, 'id');
  }
  return [event];
}

function amend(command: AmendFinding, state: FindingState, context: Context): FindingEvent[] {
  const event = FindingAmended.of(contentOf(command, context.known));
  if (isDeepStrictEqual(state.raised, event.data)) return [];
  assertNotWithdrawn(state);
  assertAmendable(context, '问题');
  return [event];
}

function answer({ plan, on, text }: AnswerFinding, state: FindingState, context: Context): FindingEvent[] {
  const event = FindingAnswered.of({ on, text });
  if (state.answers.some((existing) => isDeepStrictEqual(existing, event.data))) return [];
  assertOpen(state);
  factDay({ plan, on }, context, state.answers.at(-1)?.on);
  return [event];
}

function close({ plan, on, text }: CloseFinding, state: FindingState, context: Context): FindingEvent[] {
  const event = FindingClosed.of({ on, text });
  if (isDeepStrictEqual(state.closed, event.data)) return [];
  assertOpen(state);
  factDay({ plan, on }, context, state.answers.at(-1)?.on);
  return [event];
}

function withdraw({ withdrawn }: FindingState, { reason }: Context): FindingEvent[] {
  if (withdrawn) return [];
  if (!reason) throw invalid('reason.missing', '撤销问题须写明事由', 'reason');
  return [FindingWithdrawn.of({})];
}

function assertOpen(state: FindingState): void {
  assertNotWithdrawn(state);
  const { closed } = state;
  if (closed) throw refused('finding.closed', `该问题已于 ${closed.on} 办结：仍有问题的请另提`);
}

function assertNotWithdrawn({ withdrawn }: FindingState): void {
  if (withdrawn) throw refused('finding.withdrawn', '该问题已撤销：确有问题的请用新的编号另提');
}
