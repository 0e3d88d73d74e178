import { drafted, planDecider, type PlanState } from '../plans/plan.decider.js';
import { planStream } from '../plans/plan.events.js';
import type { Slice } from '../slice/slice.js';
import {
  DefineIndicator,
  RedefineIndicator,
  RetireIndicator,
  ReviseTarget,
  SetTarget,
  type IndicatorCommand,
} from './indicator.commands.js';
import { indicatorDecider, type IndicatorState } from './indicator.decider.js';
import { indicatorEvents, indicatorStream, type IndicatorEvent } from './indicator.events.js';

const path = 'plans/:plan/indicators/:code';

export const indicatorSlice: Slice<IndicatorCommand, IndicatorEvent, IndicatorState, { plan: PlanState }> = {
  name: 'indicators',
  events: indicatorEvents,
  decider: indicatorDecider,
  commands: [
    { type: DefineIndicator, path: `${path}/definition`, summary: '定义指标' },
    { type: RedefineIndicator, path: `${path}/redefinitions`, summary: '口径变更' },
    { type: SetTarget, path: `${path}/targets/:unit/:period`, summary: '设定目标' },
    { type: ReviseTarget, path: `${path}/targets/:unit/:period/revisions`, summary: '目标调整' },
    { type: RetireIndicator, path: `${path}/retirement`, summary: '停用指标' },
  ],
  stream: ({ plan, code }) => indicatorStream(plan, code),
  known: async ({ plan }, load) => ({ plan: await load(planDecider, planStream(plan)) }),
  timeZone: async ({ plan }, load) => drafted(plan, await load(planDecider, planStream(plan))).timeZone,
};
