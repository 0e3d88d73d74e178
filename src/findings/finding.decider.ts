import { isDeepStrictEqual } from 'node:util';
import type { Decider, DecisionContext } from '../kernel/decider.js';
import { invalid, notFound, refused } from '../kernel/errors.js';
import { plain } from '../kernel/json.js';
import { excerpt } from '../kernel/text.js';
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
import { groundForm } from './grounds.js';
import {
  assertClosable,
  decideRectification,
  evolveRectification,
  isRectification,
  notAssigned,
  type RectificationState,
} from './rectification.js';

export type Raised = (typeof FindingRaised)['example'];

export interface FindingState {
  readonly raised?: Raised;
  readonly answers: readonly (typeof FindingAnswered)['example'][];
  readonly closed?: (typeof FindingClosed)['example'];
  readonly withdrawn?: true;
  readonly rectification: RectificationState;
}

export interface FindingKnown {
  readonly plan: PlanState;
  /** Whether the subject that the finding's content names exists. */
  readonly subjectExists: boolean;
  /** Those of the grounds in the finding's content that name nothing of the plan. */
  readonly unknownGrounds?: readonly string[];
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
  initialState: { answers: [], rectification: notAssigned },

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
      default:
        return decideRectification(command, state.rectification, context, () => assertOpen(state));
    }
  },

  evolve(state, event) {
    if (isRectification(event)) return { ...state, rectification: evolveRectification(state.rectification, event) };
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

function contentOf(command: FindingContent, { subjectExists, unknownGrounds = [] }: FindingKnown): Raised {
  const { severity, subjectType, subject, title, detail, lines = [], grounds } = command;
  if ((subjectType === 'plan') !== (subject === undefined)) {
    throw invalid('finding.subject', '关于规划本身的问题不填对象编号，其余须填', 'subject');
  }
  if (!subjectExists) {
    const missing = subject === undefined ? undefined : { kind: subjectType, id: subject };
    throw invalid('finding.unknown-subject', `规划中没有${subjectWords[subjectType]} ${subject}`, 'subject', missing);
  }
  const odd = grounds?.find((ground) => !groundForm.test(ground));
  if (odd !== undefined) {
    const forms = 'figure/指标/单位/期间、project/编号、snapshot/评估/序号/指标/单位 等';
    throw invalid('finding.ground-form', `所据 ${excerpt(odd, 80)} 的写法不对：请写作 ${forms}`, 'grounds');
  }
  if (unknownGrounds.length > 0) {
    const message = `没有所据的 ${unknownGrounds.join('、')}：请核对编号、单位和期间，或不填`;
    throw invalid('finding.unknown-ground', message, 'grounds');
  }
  return plain({
    severity,
    subjectType,
    subject,
    title,
    detail,
    lines,
    grounds: grounds?.length ? grounds : undefined,
  });
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
  assertClosable(state.rectification, context);
  factDay({ plan, on }, context, state.rectification.since ?? state.answers.at(-1)?.on);
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
