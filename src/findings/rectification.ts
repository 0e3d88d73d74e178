import { isDeepStrictEqual } from 'node:util';
import type { DecisionContext } from '../kernel/decider.js';
import { DomainError, invalid, refused } from '../kernel/errors.js';
import type { Actor, DomainEvent, Recorded } from '../kernel/event.js';
import { plain } from '../kernel/json.js';
import { factDay } from '../plans/fact-day.js';
import { missingUnit, type PlanState } from '../plans/plan.state.js';
import type {
  AcceptMeasures,
  AssignFinding,
  MoveFindingDue,
  RectificationCommand,
  ReportMeasures,
  SendBackMeasures,
} from './finding.commands.js';
import {
  FindingAssigned,
  FindingDueMoved,
  MeasuresAccepted,
  MeasuresReported,
  MeasuresSentBack,
  rectificationEvents,
  type RectificationEvent,
} from './finding.events.js';

/** How far the 整改 of a finding is: whose turn it is follows from it. */
export type RectificationStage = 'assigned' | 'reported' | 'sent-back' | 'accepted';

export interface RectificationState {
  /** Absent before the finding is assigned. */
  readonly stage?: RectificationStage;
  readonly owner?: string;
  readonly dueOn?: string;
  /** All who reported measures. */
  readonly doers: readonly Actor[];
  readonly last?: RectificationEvent;
  /** Day of the last step that has one. */
  readonly since?: string;
}

export const notAssigned: RectificationState = { doers: [] };

type Context = DecisionContext<{ readonly plan: PlanState }>;

const types: ReadonlySet<string> = new Set(rectificationEvents.map(({ name }) => name));
export const isRectification = <Event extends DomainEvent>(
  event: Event,
): event is Extract<Event, { type: RectificationEvent['type'] }> => types.has(event.type);

export function evolveRectification(
  state: RectificationState,
  event: Recorded<RectificationEvent>,
): RectificationState {
  const last = { type: event.type, data: event.data } as RectificationEvent;
  switch (event.type) {
    case 'FindingAssigned': {
      const { owner, dueOn, on } = event.data;
      return { ...state, stage: 'assigned', owner, dueOn, last, since: on };
    }
    case 'FindingDueMoved':
      return { ...state, dueOn: event.data.to };
    case 'MeasuresReported': {
      const doers = [...state.doers, event.metadata.actor];
      return { ...state, stage: 'reported', doers, last, since: event.data.on };
    }
    case 'MeasuresAccepted':
      return { ...state, stage: 'accepted', last, since: event.data.on };
    case 'MeasuresSentBack':
      return { ...state, stage: 'sent-back', last, since: event.data.on };
  }
}

/** @param assertOpen throws where the finding is closed or withdrawn */
export function decideRectification(
  command: RectificationCommand,
  state: RectificationState,
  context: Context,
  assertOpen: () => void,
): RectificationEvent[] {
  const event = eventOf(command, state);
  if (isDeepStrictEqual(event, state.last)) return [];
  if (command.type === 'MoveFindingDue' && command.to === state.dueOn) return [];
  assertOpen();
  switch (command.type) {
    case 'AssignFinding':
      assertAssignable(command, state, context);
      break;
    case 'MoveFindingDue':
      assertDueMovable(command, state, context);
      break;
    case 'ReportMeasures':
      assertReportable(command, state, context);
      break;
    case 'AcceptMeasures':
      assertAcceptable(command, state, context);
      break;
    case 'SendBackMeasures':
      assertReturnable(command, state, context);
  }
  return [event];
}

function eventOf(command: RectificationCommand, { dueOn }: RectificationState): RectificationEvent {
  switch (command.type) {
    case 'AssignFinding':
      return FindingAssigned.of({ on: command.on, owner: command.owner, dueOn: command.dueOn });
    case 'MoveFindingDue':
      return FindingDueMoved.of({ from: dueOn ?? '', to: command.to });
    case 'ReportMeasures':
      return MeasuresReported.of({ on: command.on, text: command.text });
    case 'AcceptMeasures':
      return MeasuresAccepted.of(plain({ on: command.on, text: command.text }));
    case 'SendBackMeasures':
      return MeasuresSentBack.of({ on: command.on });
  }
}

function assertAssignable(command: AssignFinding, state: RectificationState, context: Context): void {
  const { owner, dueOn, on } = command;
  if (!context.known.plan.units.has(owner)) {
    const { missing, meant } = missingUnit(owner, context.known.plan);
    throw invalid('finding.unknown-owner', `规划中没有单位 ${owner}${meant}`, 'owner', missing);
  }
  if (dueOn < on) throw invalid('finding.due-before', `整改期限 ${dueOn} 早于交办之日 ${on}`, 'dueOn');
  if (state.stage === 'reported' || state.stage === 'accepted') {
    throw refused(
      'finding.already-assigned',
      `${state.owner} 已报送整改情况，不能改派：须改派的，请先退回整改`,
      'owner',
    );
  }
  if (owner === state.owner) {
    const message = `该问题已交 ${owner} 整改，期限 ${state.dueOn}：只改期限的，请用“调整整改期限”`;
    throw refused('finding.already-assigned', message, 'dueOn');
  }
  if (state.stage && !context.reason) throw invalid('reason.missing', '改派整改单位须写明事由', 'reason');
  factDay(command, context, state.since);
}

function assertDueMovable({ to }: MoveFindingDue, state: RectificationState, { reason }: Context): void {
  const { stage, since = to } = assigned(state);
  if (stage === 'accepted') throw refused('finding.accepted', '整改已验收，不再调整期限：验收有误的，请先退回整改');
  if (!reason) throw invalid('reason.missing', '调整整改期限须写明事由', 'reason');
  if (to < since) throw invalid('finding.due-before', `新期限 ${to} 早于已登记的 ${since}`, 'to');
}

function assertReportable(command: ReportMeasures, state: RectificationState, context: Context): void {
  if (assigned(state).stage === 'accepted') {
    throw refused('finding.accepted', '整改已验收：确需补充的，请验收人先退回整改');
  }
  if (context.evidence.length === 0) {
    throw invalid('finding.no-evidence', '报送整改须附依据：请写明依据的文件，或先留存文件再附上', 'evidence');
  }
  factDay(command, context, state.since);
}

function assertAcceptable(command: AcceptMeasures, state: RectificationState, context: Context): void {
  const { stage, doers } = assigned(state);
  if (stage !== 'reported') {
    const way = stage === 'accepted' ? '整改已验收' : '整改单位还没有报送整改情况，不能验收';
    throw refused('finding.nothing-to-accept', way);
  }
  assertNotDoer(doers, context.actor, '验收');
  factDay(command, context, state.since);
}

function assertReturnable(command: SendBackMeasures, state: RectificationState, context: Context): void {
  const { stage, doers } = assigned(state);
  if (stage !== 'reported' && stage !== 'accepted') {
    throw refused('finding.nothing-to-accept', '整改单位还没有报送整改情况，没有可退回的');
  }
  if (!context.reason) throw invalid('reason.missing', '退回整改须写明事由', 'reason');
  assertNotDoer(doers, context.actor, '退回');
  factDay(command, context, state.since);
}

/**
 * A finding that was assigned is closed after its work was accepted, by somebody who took no part in the work, of a unit
 * that took no part.
 * @throws {DomainError} `finding.not-accepted`, `finding.own-work`, `finding.own-unit`
 */
export function assertClosable({ stage, owner, doers }: RectificationState, { actor }: Pick<Context, 'actor'>): void {
  if (!stage) return;
  if (stage !== 'accepted') {
    throw refused('finding.not-accepted', '整改尚未验收，不能办结：请先由审核员或评估负责人验收');
  }
  assertNotDoer(doers, actor, '办结');
  if (actor.unit !== undefined && [owner, ...doers.map(({ unit }) => unit)].includes(actor.unit)) {
    const message = `办结人须为其他单位的人：${actor.unit} 是整改单位，请由其他单位的评估负责人办结`;
    throw new DomainError('forbidden', 'finding.own-unit', message);
  }
}

function assertNotDoer(doers: readonly Actor[], actor: Actor, what: string): void {
  if (!doers.some(({ id }) => id === actor.id)) return;
  const message = `整改人与${what}人须为两人：${actor.name} 报送过该问题的整改情况，请由他人${what}`;
  throw new DomainError('forbidden', 'finding.own-work', message);
}

function assigned(state: RectificationState): RectificationState {
  if (!state.stage) throw refused('finding.not-assigned', '该问题尚未交办整改：请评估员先交办，写明整改单位和期限');
  return state;
}
