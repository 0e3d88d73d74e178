import { indicatorDecider } from '../indicators/indicator.decider.js';
import { indicatorStream } from '../indicators/indicator.events.js';
import { knownPlan, planTimeZone, unitsFrom } from '../plans/known-plan.js';
import { streamName } from '../kernel/stream-name.js';
import { deciding, type Slice } from '../slice/slice.js';
import { SetQualityRules } from './quality.commands.js';
import { QualityController } from './quality.controller.js';
import { codesIn, qualityDecider, type QualityKnownPlan, type QualityState } from './quality.decider.js';
import { qualityEvents, qualityStream, type QualityEvent } from './quality.events.js';
import { qualityFolder } from './quality.folder.js';
import { qualityProjection } from './quality.projection.js';

export const qualitySlice: Slice = {
  name: 'quality',
  announced: ['quality'],
  events: qualityEvents,
  projections: [qualityProjection],
  deciding: deciding<SetQualityRules, QualityEvent, QualityState, QualityKnownPlan>({
    decider: qualityDecider,
    commands: [
      {
        type: SetQualityRules,
        path: 'plans/:plan/quality-rules',
        permission: 'plans.define',
        summary: '设定数据质量规则：整份重述',
      },
    ],
    stream: ({ plan }) => qualityStream(plan),
    async known({ plan: slug, rules }, load) {
      const codes = codesIn(rules);
      const [plan, ...states] = await Promise.all([
        knownPlan({ plan: slug }, load),
        ...codes.map((code) => load(indicatorDecider, indicatorStream(slug, code))),
      ]);
      return { plan, indicators: new Set(codes.filter((_, at) => states[at]!.defined)) };
    },
    units: ({ plan }, load) => unitsFrom(plan, undefined, load),
    timeZone: planTimeZone,
  }),
  controllers: [QualityController],
  // A plan has one of it, under the plan's own slug.
  trails: { 'quality-rules': (plan, id) => (id === plan ? qualityStream(plan) : streamName('quality', plan, id)) },
  folder: qualityFolder,
};
