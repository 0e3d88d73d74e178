import { drafted } from '../plans/plan.decider.js';
import { knownPlan, planTimeZone } from '../plans/known-plan.js';
import type { CommandRoute, Slice } from '../slice/slice.js';
import {
  MakeRecommendation,
  OpenEvaluation,
  PublishEvaluation,
  RecordFinding,
  ReportRectification,
  SupersedeEvaluation,
  TakeSnapshot,
  type EvaluationCommand,
} from './evaluation.commands.js';
import {
  evaluationDecider,
  type EvaluationKnown,
  type EvaluationState,
  type SnapshotFacts,
} from './evaluation.decider.js';
import { evaluationEvents, evaluationStream, type EvaluationEvent } from './evaluation.events.js';

const path = 'plans/:plan/evaluations/:id';

export const evaluationCommands: readonly CommandRoute<EvaluationCommand>[] = [
  { type: OpenEvaluation, path, summary: '建立评估' },
  { type: TakeSnapshot, path: `${path}/snapshots`, summary: '冻结评估快照' },
  { type: RecordFinding, path: `${path}/findings`, summary: '记录问题' },
  { type: MakeRecommendation, path: `${path}/recommendations`, summary: '提出建议' },
  { type: ReportRectification, path: `${path}/recommendations/:recommendation/rectifications`, summary: '报告整改' },
  { type: PublishEvaluation, path: `${path}/publication`, summary: '发布评估' },
  { type: SupersedeEvaluation, path: `${path}/succession`, summary: '由另一评估接替' },
];

/** Freezes what a TakeSnapshot asks for, before it is decided. */
export type TakeFacts = (command: TakeSnapshot, state: EvaluationState, timeZone: string) => Promise<SnapshotFacts>;

export function evaluationSlice(
  takeFacts: TakeFacts,
): Slice<EvaluationCommand, EvaluationEvent, EvaluationState, EvaluationKnown> {
  return {
    name: 'evaluations',
    events: evaluationEvents,
    decider: evaluationDecider,
    commands: evaluationCommands,
    stream: ({ plan, id }) => evaluationStream(plan, id),
    async known(command, load) {
      const plan = await knownPlan(command, load);
      if (command.type !== 'TakeSnapshot') return { plan };
      const { timeZone } = drafted(command.plan, plan);
      const state = await load(evaluationDecider, evaluationStream(command.plan, command.id));
      return { plan, snapshot: state.opened && (await takeFacts(command, state, timeZone)) };
    },
    timeZone: planTimeZone,
  };
}
