import { isDeepStrictEqual } from 'node:util';
import type { Decider, DecisionContext } from '../kernel/decider.js';
import { invalid, notFound, refused } from '../kernel/errors.js';
import { plain } from '../kernel/json.js';
import { factDay } from '../plans/fact-day.js';
import { drafted, type PlanState } from '../plans/plan.state.js';
import type { AnswerFinding, CloseFinding, FindingCommand, RaiseFinding } from './finding.commands.js';
import {
  FindingAnswered,
  FindingClosed,
  FindingRaised,
  type FindingEvent,
  type FindingSubject,
} from './finding.events.js';

export interface FindingState {
  readonly raised?: (typeof FindingRaised)['example'];
  readonly answers: readonly (typeof FindingAnswered)['example'][];
  readonly closed?: (typeof FindingClosed)['example'];
}

export interface FindingKnown {
  readonly plan: PlanState;
  /** Whether the subject of the finding exists. */
  readonly subjectExists: boolean;
}

type Context = DecisionContext<FindingKnown>;

export const subjectWords: Readonly<Record<FindingSubject, string>> = {
  plan: '规划',
  indicator: '指标',
  project: '项目',
  policy: '政策',
  promise: '承诺',
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
      case 'AnswerFinding':
        return answer(command, state, context);
      case 'CloseFinding':
        return close(command, state, context);
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'FindingRaised':
        return { ...state, raised: event.data };
      case 'FindingAnswered':
        return { ...state, answers: [...state.answers, event.data] };
      case 'FindingClosed':
        return { ...state, closed: event.data };
    }
  },
};

function raise(command: RaiseFinding, state: FindingState, { known }: Context): FindingEvent[] {
  const { severity, subjectType, subject, title, detail, lines = [] } = command;
  if ((subjectType === 'plan') !== (subject === undefined)) {
    throw invalid('finding.subject', '关于规划本身的问题不填对象编号，其余须填', 'subject');
  }
  if (!known.subjectExists) {
    const missing = subject === undefined ? undefined : { kind: subjectType, id: subject };
    throw invalid('finding.unknown-subject', `规划中没有${subjectWords[subjectType]} ${subject}`, 'subject', missing);
  }
  const event = FindingRaised.of(plain({ severity, subjectType, subject, title, detail, lines }));
  if (isDeepStrictEqual(state.raised, event.data)) return [];
  if (state.raised) {
    throw refused('finding.already-raised', `问题 ${command.id} 已提出且内容不同：请换一个编号`, 'id');
  }
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

function assertOpen({ closed }: FindingState): void {
  if (closed) throw refused('finding.closed', `该问题已于 ${closed.on} 办结：仍有问题的请另提`);
}
