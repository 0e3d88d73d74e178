import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AuditController } from '../audit/audit.controller.js';
import type { Role } from '../config.js';
import type { Engine } from '../engine.js';
import { evaluationCommands } from '../evaluations/evaluation.slice.js';
import { EvaluationsController } from '../evaluations/evaluations.controller.js';
import { IndexController } from '../overview/index.controller.js';
import { figureSlice } from '../figures/figure.slice.js';
import { FiguresController } from '../figures/figures.controller.js';
import { findingProjection } from '../findings/finding.projection.js';
import { findingSlice } from '../findings/finding.slice.js';
import { MetricsController, type Metrics } from './metrics.js';
import { SystemController } from './system.controller.js';
import { indicatorSlice } from '../indicators/indicator.slice.js';
import { IndicatorsController } from '../indicators/indicators.controller.js';
import type { Loading } from '../operations/loading.js';
import { planSlice } from '../plans/plan.slice.js';
import { PlansController } from '../plans/plans.controller.js';
import { policyProjection } from '../policies/policy.projection.js';
import { policySlice } from '../policies/policy.slice.js';
import { projectProjection } from '../projects/project.projection.js';
import { projectSlice } from '../projects/project.slice.js';
import { promiseProjection } from '../promises/promise.projection.js';
import { promiseSlice } from '../promises/promise.slice.js';
import { commandController } from '../slice/command-controller.js';
import { commandHandlers } from '../slice/command-handlers.js';
import { documentController } from '../slice/document-controller.js';
import type { CommandRoute } from '../slice/slice.js';
import { SubmissionsController } from '../submissions/submissions.controller.js';
import { taskProjection } from '../tasks/task.projection.js';
import { taskSlice } from '../tasks/task.slice.js';
import { ENGINE, GATEWAY, LOADING, METRICS } from '../tokens.js';

const slices: readonly [string, readonly CommandRoute[]][] = [
  ['plans', planSlice.commands],
  ['indicators', indicatorSlice.commands],
  ['figures', figureSlice.commands],
  ['projects', projectSlice.commands],
  ['policies', policySlice.commands],
  ['tasks', taskSlice.commands],
  ['promises', promiseSlice.commands],
  ['findings', findingSlice.commands],
  ['evaluations', evaluationCommands],
];

const documents: readonly Type[] = [
  documentController({ resource: 'projects', label: '项目', projection: projectProjection, answer: 'ProjectDocument' }),
  documentController({ resource: 'policies', label: '政策', projection: policyProjection, answer: 'PolicyDocument' }),
  documentController({ resource: 'tasks', label: '任务', projection: taskProjection, answer: 'TaskDocument' }),
  documentController({ resource: 'promises', label: '承诺', projection: promiseProjection, answer: 'PromiseDocument' }),
  documentController({ resource: 'findings', label: '问题', projection: findingProjection, answer: 'FindingDocument' }),
];

/** The surfaces around an engine that is already there. */
@Module({})
export class AppModule {
  static around(engine: Engine, role: Role, metrics: Metrics, loading: Loading): DynamicModule {
    const providers = [
      { provide: ENGINE, useValue: engine },
      { provide: METRICS, useValue: metrics },
      { provide: LOADING, useValue: loading },
    ];
    const controllers = [SystemController, MetricsController];
    // A projector serves nobody but those who watch it.
    if (role === 'projector') return { module: AppModule, providers, controllers };
    return {
      module: AppModule,
      imports: [CqrsModule.forRoot()],
      controllers: [
        ...slices.map(([tag, commands]) => commandController(tag, commands)),
        PlansController,
        IndicatorsController,
        FiguresController,
        ...documents,
        EvaluationsController,
        IndexController,
        AuditController,
        SubmissionsController,
        ...controllers,
      ],
      providers: [
        ...providers,
        { provide: GATEWAY, useValue: metrics.watched(engine.gateway) },
        ...slices.flatMap(([, commands]) => commandHandlers(commands)),
      ],
    };
  }
}
