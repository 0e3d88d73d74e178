import { drafted } from '../plans/plan.state.js';
import { knownPlan, planTimeZone, unitsFrom } from '../plans/known-plan.js';
import { deciding, type Slice } from '../slice/slice.js';
import { AuditSampleController } from './audit-sample.controller.js';
import { ComparisonController } from './comparison.controller.js';
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
import { evaluationDecider, snapshotOf, type EvaluationKnown, type EvaluationState } from './evaluation.decider.js';
import { evaluationEvents, evaluationStream, type EvaluationEvent } from './evaluation.events.js';
import { evaluationProjection } from './evaluation.projection.js';
import { evaluationSight } from './evaluation.sight.js';
import { EvaluationsController } from './evaluations.controller.js';
import { takeFacts } from './snapshot-taking.js';

const path = 'plans/:plan/evaluations/:id';

export const evaluationSlice: Slice = {
  name: 'evaluations',
  announced: ['evaluation'],
  events: evaluationEvents,
  projections: [evaluationProjection],
  deciding: deciding<EvaluationCommand, EvaluationEvent, EvaluationState, EvaluationKnown>({
    decider: evaluationDecider,
    commands: [
      { type: OpenEvaluation, path, permission: 'evaluations.open', summary: '建立评估' },
      { type: TakeSnapshot, path: `${path}/snapshots`, permission: 'evaluations.snapshot', summary: '冻结评估快照' },
      { type: RecordFinding, path: `${path}/findings`, permission: 'evaluations.find', summary: '记录问题' },
      {
        type: MakeRecommendation,
        path: `${path}/recommendations`,
        permission: 'evaluations.recommend',
        summary: '提出建议',
      },
      {
        type: ReportRectification,
        path: `${path}/recommendations/:recommendation/rectifications`,
        permission: 'programme.report',
        summary: '报告整改',
      },
      { type: PublishEvaluation, path: `${path}/publication`, permission: 'evaluations.publish', summary: '发布评估' },
      {
        type: SupersedeEvaluation,
        path: `${path}/succession`,
        permission: 'evaluations.supersede',
        summary: '由另一评估接替',
      },
    ],
    stream: ({ plan, id }) => evaluationStream(plan, id),
    async known(command, load, ports) {
      const plan = await knownPlan(command, load);
      if (command.type !== 'TakeSnapshot') return { plan };
      const { timeZone } = drafted(command.plan, plan);
      const { opened } = await load(evaluationDecider, evaluationStream(command.plan, command.id));
      return { plan, snapshot: opened && (await takeFacts(command, opened, timeZone, ports)) };
    },
    units: ({ plan }, load) => unitsFrom(plan, undefined, load),
    timeZone: planTimeZone,
    named({ id }, outcome) {
      const snapshot = snapshotOf(outcome);
      if (!snapshot) return undefined;
      const { number, period, asOf, contentHash } = snapshot;
      return { snapshot: { evaluation: id, number, period, asOf, contentHash } };
    },
  }),
  controllers: [EvaluationsController, AuditSampleController, ComparisonController],
  sights: [evaluationSight],
};
