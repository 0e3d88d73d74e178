import { indicatorDecider } from '../indicators/indicator.decider.js';
import { indicatorStream } from '../indicators/indicator.events.js';
import { knownPlan, planTimeZone, unitsFrom } from '../plans/known-plan.js';
import { qualityDecider } from '../quality/quality.decider.js';
import { qualityStream } from '../quality/quality.events.js';
import { deciding, type Slice } from '../slice/slice.js';
import {
  ApproveMeasurement,
  CorrectMeasurement,
  DeclareMissing,
  MeasureIndicator,
  ReturnMeasurement,
  WithdrawMeasurement,
  type FigureCommand,
} from './figure.commands.js';
import { figureDecider } from './figure.decider.js';
import { figureEvents, figureStream, type FigureEvent } from './figure.events.js';
import { figureFolder } from './figure.folder.js';
import { figureSight } from './figure.sight.js';
import { figurePlausibility } from './figure.plausibility.js';
import { figureProjection } from './figure.projection.js';
import type { FigureKnown, FigureState } from './figure.state.js';
import { figureUndoing } from './figure.undoing.js';
import { FiguresController } from './figures.controller.js';
import { FigureCheckController } from './figure-check.controller.js';
import { knownQuality } from './quality-source.js';
import { ReviewsController } from './reviews.controller.js';

const path = 'plans/:plan/figures/:code/:unit/:period';

export const figureSlice: Slice = {
  name: 'figures',
  events: figureEvents,
  projections: [figureProjection],
  deciding: deciding<FigureCommand, FigureEvent, FigureState, FigureKnown>({
    decider: figureDecider,
    commands: [
      { type: MeasureIndicator, path: `${path}/measurement`, permission: 'figures.report', summary: '上报' },
      { type: DeclareMissing, path: `${path}/missing`, permission: 'figures.declare-missing', summary: '登记缺报' },
      { type: ApproveMeasurement, path: `${path}/approval`, permission: 'figures.approve', summary: '审核通过' },
      { type: ReturnMeasurement, path: `${path}/return`, permission: 'figures.return', summary: '退回' },
      { type: CorrectMeasurement, path: `${path}/corrections`, permission: 'figures.correct', summary: '更正' },
      { type: WithdrawMeasurement, path: `${path}/withdrawal`, permission: 'figures.withdraw', summary: '撤回' },
    ],
    stream: figureStream,
    known: async (command, load, { publications }) => {
      const { plan: slug, code } = command;
      const isValue = command.type === 'MeasureIndicator' || command.type === 'CorrectMeasurement';
      const isChange = command.type === 'CorrectMeasurement' || command.type === 'WithdrawMeasurement';
      const [plan, indicator, published, rules] = await Promise.all([
        knownPlan({ plan: slug }, load),
        load(indicatorDecider, indicatorStream(slug, code)),
        isChange ? publications.now(slug, load) : undefined,
        isValue ? load(qualityDecider, qualityStream(slug)) : undefined,
      ]);
      const quality = rules && (await knownQuality(command, { plan, indicator, rules: rules.rules }, load));
      return { plan, indicator, ...(published && { published }), ...(quality && { quality }) };
    },
    units: ({ plan, unit }, load) => unitsFrom(plan, unit, load),
    timeZone: planTimeZone,
    undoing: figureUndoing,
  }),
  // Before the routes of single figures, which have parameters where this one has words.
  controllers: [ReviewsController, FigureCheckController, FiguresController],
  sights: [figureSight],
  folder: figureFolder,
  plausibility: figurePlausibility,
};
