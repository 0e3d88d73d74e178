import { figureDecider } from '../figures/figure.decider.js';
import { figureStream } from '../figures/figure.events.js';
import { enteredText } from '../figures/reported.js';
import { knownPlan, planTimeZone, unitsFrom } from '../plans/known-plan.js';
import { deciding, type Slice } from '../slice/slice.js';
import { AnomaliesController } from './anomalies.controller.js';
import { ExplainAnomaly, JudgeAnomalyExplanation, type ExplanationCommand } from './explanation.commands.js';
import { explanationDecider, type ExplanationKnown, type ExplanationState } from './explanation.decider.js';
import { explanationEvents, explanationStream, type ExplanationEvent } from './explanation.events.js';
import { explanationProjection } from './explanation.projection.js';

const path = 'plans/:plan/figures/:code/:unit/:period/anomalies/:kind';

/** 数据异常提示: marks over all units and periods, which are computed, and what is said of them. */
export const anomaliesSlice: Slice = {
  name: 'anomalies',
  announced: ['anomaly'],
  events: explanationEvents,
  projections: [explanationProjection],
  deciding: deciding<ExplanationCommand, ExplanationEvent, ExplanationState, ExplanationKnown>({
    decider: explanationDecider,
    commands: [
      {
        type: ExplainAnomaly,
        path: `${path}/explanation`,
        permission: 'figures.report',
        summary: '说明数据异常提示：现有数值为何与常情不同',
      },
      {
        type: JudgeAnomalyExplanation,
        path: `${path}/explanation/judgement`,
        permission: 'figures.approve',
        summary: '审核数据异常说明：认可，或写明事由不认可',
      },
    ],
    stream: ({ plan, code, unit, period }) => explanationStream(plan, code, unit, period),
    async known(command, load) {
      const { plan, code, unit, period } = command;
      const figure = await load(figureDecider, figureStream({ plan, code, unit, period }));
      const used = figure.approved ?? (figure.standing === 'reported' ? figure.latest : undefined);
      return { plan: await knownPlan(command, load), ...(used && { value: enteredText(used.reported) }) };
    },
    units: ({ plan, unit }, load) => unitsFrom(plan, unit, load),
    timeZone: planTimeZone,
  }),
  controllers: [AnomaliesController],
};
