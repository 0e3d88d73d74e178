import { evidenceDecider } from '../evidence/evidence.decider.js';
import { evidenceStream } from '../evidence/evidence.events.js';
import { indicatorDecider } from '../indicators/indicator.decider.js';
import { indicatorStream } from '../indicators/indicator.events.js';
import { knownPlan, planTimeZone, unitsFrom } from '../plans/known-plan.js';
import { qualityDecider } from '../quality/quality.decider.js';
import { qualityStream } from '../quality/quality.events.js';
import type { LoadState } from '../kernel/handling.js';
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
import { supportProjection } from './support.projection.js';
import { SupportingFileController } from './supporting-file.controller.js';

const path = 'plans/:plan/figures/:code/:unit/:period';

export const figureSlice: Slice = {
  name: 'figures',
  announced: ['figure'],
  events: figureEvents,
  projections: [figureProjection, supportProjection],
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
      const [plan, indicator, kept, published, rules] = await Promise.all([
        knownPlan({ plan: slug }, load),
        load(indicatorDecider, indicatorStream(slug, code)),
        keptFiles(command, load),
        isChange ? publications.now(slug, load) : undefined,
        isValue ? load(qualityDecider, qualityStream(slug)) : undefined,
      ]);
      const quality = rules && (await knownQuality(command, { plan, indicator, rules: rules.rules }, load));
      return { plan, indicator, kept, ...(published && { published }), ...(quality && { quality }) };
    },
    units: ({ plan, unit }, load) => unitsFrom(plan, unit, load),
    timeZone: planTimeZone,
    undoing: figureUndoing,
  }),
  // Before the routes of single figures, which have parameters where this one has words.
  controllers: [ReviewsController, FigureCheckController, FiguresController, SupportingFileController],
  sights: [figureSight],
  folder: figureFolder,
  plausibility: figurePlausibility,
};

/** The hashes that the command's evidence names of files that are kept for its unit or one above it. */
async function keptFiles({ plan, unit, evidence = [] }: FigureCommand, load: LoadState): Promise<readonly string[]> {
  const named = [...new Set(evidence.flatMap(({ sha256 }) => sha256 ?? []))];
  if (named.length === 0) return [];
  const units = await unitsFrom(plan, unit, load);
  const files = await Promise.all(named.map((sha256) => load(evidenceDecider, evidenceStream(plan, sha256))));
  return named.filter((_, at) => files[at]!.units.some((each) => units.includes(each)));
}
