import { Module, type DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AuditController } from './audit/audit.controller.js';
import type { Engine } from './engine.js';
import { evaluationCommands } from './evaluations/evaluation.slice.js';
import { EvaluationsController } from './evaluations/evaluations.controller.js';
import { figureSlice } from './figures/figure.slice.js';
import { FiguresController } from './figures/figures.controller.js';
import { SystemController } from './http/system.controller.js';
import { indicatorSlice } from './indicators/indicator.slice.js';
import { IndicatorsController } from './indicators/indicators.controller.js';
import { planSlice } from './plans/plan.slice.js';
import { PlansController } from './plans/plans.controller.js';
import { commandController } from './slice/command-controller.js';
import { commandHandlers } from './slice/command-handlers.js';
import type { CommandRoute } from './slice/slice.js';
import { SubmissionsController } from './submissions/submissions.controller.js';
import { ENGINE, GATEWAY } from './tokens.js';

const slices: readonly [string, readonly CommandRoute[]][] = [
  ['plans', planSlice.commands],
  ['indicators', indicatorSlice.commands],
  ['figures', figureSlice.commands],
  ['evaluations', evaluationCommands],
];

/** The surfaces around an engine that is already there. */
@Module({})
export class AppModule {
  static around(engine: Engine): DynamicModule {
    return {
      module: AppModule,
      imports: [CqrsModule.forRoot()],
      controllers: [
        ...slices.map(([tag, commands]) => commandController(tag, commands)),
        PlansController,
        IndicatorsController,
        FiguresController,
        EvaluationsController,
        AuditController,
        SubmissionsController,
        SystemController,
      ],
      providers: [
        { provide: ENGINE, useValue: engine },
        { provide: GATEWAY, useValue: engine.gateway },
        ...slices.flatMap(([, commands]) => commandHandlers(commands)),
      ],
    };
  }
}
