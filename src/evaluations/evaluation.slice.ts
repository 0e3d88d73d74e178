import { figureKey, figureProjection, inUse } from '../figures/figure.projection.js';
import { drafted } from '../plans/plan.state.js';
import { knownPlan, planTimeZone, unitsFrom } from '../plans/known-plan.js';
import type { Permission } from '../access/roles.js';
import { TRAIL } from '../audit/trail.js';
import { READING } from '../http/reading.js';
import { EVENT_LOG } from '../kernel/event-log.js';
import { FILE_STORE } from '../kernel/file-store.js';
import type { LoadState } from '../kernel/handling.js';
import { LOG_CLOCK } from '../kernel/log-clock.js';
import { LOG_PRESENCE } from '../kernel/log-presence.js';
import { VIEWS } from '../kernel/views.js';
import { PLAN_READERS } from '../overview/plan-readers.js';
import { deciding, type DecisionPorts, type Slice } from '../slice/slice.js';
import { ATTRIBUTIONS, Attributions } from './attributions.js';
import { AuditSampleController } from './audit-sample.controller.js';
import { SnapshotForecastsController } from './snapshot-forecasts.controller.js';
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
import { itemOf } from './items.js';
import { judgingRoutes } from './judging-routes.js';
import { GiveVerdict, ConcludeItem, ReviseVerdict, WithdrawVerdict } from './judging.commands.js';
import type { AssessorStanding } from './judging.events.js';
import { JudgementController } from './judgement.controller.js';
import { itemExists, unitsOfItem } from './known-item.js';
import { KnownSinceController } from './known-since.controller.js';
import { SIDES, Sides } from './sides.js';
import { cutOff } from './snapshot.js';
import { evaluationDecider, snapshotOf, type EvaluationKnown, type EvaluationState } from './evaluation.decider.js';
import { evaluationEvents, evaluationStream, type EvaluationEvent } from './evaluation.events.js';
import { evaluationProjection } from './evaluation.projection.js';
import { evaluationSight } from './evaluation.sight.js';
import { EvaluationsController } from './evaluations.controller.js';
import { CheckSampledFigure } from './sample-check.commands.js';
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
      { type: TakeSnapshot, path: `${path}/snapshots`, permission: 'evaluations.snapshot', summary: '生成评估存档' },
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
      ...judgingRoutes(path),
      {
        type: CheckSampledFigure,
        path: `${path}/snapshots/:snapshot/checks`,
        permission: 'evaluations.find',
        summary: '核对抽查数据：属实、须更正或无依据',
      },
    ],
    stream: ({ plan, id }) => evaluationStream(plan, id),
    async known(command, load, ports) {
      const plan = await knownPlan(command, load);
      const item = await itemJudged(command, load);
      if (item !== undefined) return { plan, itemExists: await itemExists(command.plan, itemOf(item), load) };
      if (!isOnSnapshot(command)) return { plan };
      const { timeZone } = drafted(command.plan, plan);
      const { opened, snapshots } = await load(evaluationDecider, evaluationStream(command.plan, command.id));
      if (command.type === 'TakeSnapshot')
        return { plan, snapshot: opened && (await takeFacts(command, opened, timeZone, ports)) };
      const taken = snapshots[command.snapshot - 1];
      if (!opened || !taken) return { plan };
      const asOf = { knownAt: taken.asOf, position: await cutOff(ports.log, taken) };
      if (command.type === 'CheckSampledFigure') {
        const checked = await ports.views.get(figureProjection, figureKey(command), asOf);
        const enteredBy = inUse(checked?.body)?.by.id;
        return { plan, ...(enteredBy !== undefined && { enteredBy }) };
      }
      const appraisal = await appraisalOf(command.plan, opened, ports);
      return {
        plan,
        notReady: await ports.readiness.open({ plan: command.plan, period: opened.period, asOf }),
        ...(appraisal && { appraisal }),
      };
    },
    async permission(command, load) {
      const standing = await standingIn(command, load);
      return standing && standingPermissions[standing];
    },
    async units(command, load) {
      const item = await itemJudged(command, load);
      return item === undefined
        ? unitsFrom(command.plan, undefined, load)
        : unitsOfItem(command.plan, itemOf(item), load);
    },
    timeZone: planTimeZone,
    named({ id }, outcome) {
      const snapshot = snapshotOf(outcome);
      if (!snapshot) return undefined;
      const { number, period, asOf, contentHash } = snapshot;
      return { snapshot: { evaluation: id, number, period, asOf, contentHash } };
    },
  }),
  controllers: [
    ...[EvaluationsController, AuditSampleController, SnapshotForecastsController, JudgementController],
    ...[ComparisonController, KnownSinceController],
  ],
  providers: [
    {
      provide: SIDES,
      inject: [READING, VIEWS, FILE_STORE, LOG_PRESENCE, PLAN_READERS, LOG_CLOCK],
      useFactory: (...[reading, views, files, presence, readers, clock]: ConstructorParameters<typeof Sides>) =>
        new Sides(reading, views, files, presence, readers, clock),
    },
    {
      provide: ATTRIBUTIONS,
      inject: [VIEWS, PLAN_READERS, EVENT_LOG, TRAIL],
      useFactory: (...[views, readers, log, trail]: ConstructorParameters<typeof Attributions>) =>
        new Attributions(views, readers, log, trail),
    },
  ],
  sights: [evaluationSight],
};

const isOnSnapshot = (command: EvaluationCommand) =>
  command.type === 'TakeSnapshot' || command.type === 'PublishEvaluation' || command.type === 'CheckSampledFigure';

/** The 考核 sheets that are frozen with a publication: those of its year, of an annual evaluation. */
async function appraisalOf(
  plan: string,
  { kind, period }: NonNullable<EvaluationState['opened']>,
  { appraisals }: DecisionPorts,
): Promise<EvaluationKnown['appraisal']> {
  if (kind !== 'annual') return undefined;
  const open = await appraisals.open(plan, period);
  const stored = await appraisals.store(plan, period);
  return stored && { open, stored };
}

const standingPermissions = {
  self: 'evaluations.as-self',
  authority: 'evaluations.as-authority',
  'third-party': 'evaluations.as-third-party',
  experts: 'evaluations.as-experts',
  public: 'evaluations.as-experts',
} as const satisfies Record<AssessorStanding, Permission>;

/** The verdict that a command changes. */
async function verdictOf(command: EvaluationCommand, load: LoadState) {
  if (!(command instanceof ReviseVerdict || command instanceof WithdrawVerdict)) return undefined;
  const { judging } = await load(evaluationDecider, evaluationStream(command.plan, command.id));
  return judging.verdicts[command.verdict - 1];
}

/** The item that a command judges. */
const itemJudged = async (command: EvaluationCommand, load: LoadState): Promise<string | undefined> =>
  command instanceof GiveVerdict || command instanceof ConcludeItem
    ? command.item
    : (await verdictOf(command, load))?.item;

/** The standing in which a command judges. */
const standingIn = async (command: EvaluationCommand, load: LoadState): Promise<AssessorStanding | undefined> =>
  command instanceof GiveVerdict ? command.standing : (await verdictOf(command, load))?.standing;
