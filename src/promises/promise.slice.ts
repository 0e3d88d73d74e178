import { indicatorDecider } from '../indicators/indicator.decider.js';
import { indicatorStream } from '../indicators/indicator.events.js';
import type { LoadState } from '../kernel/handling.js';
import { knownPlan, planTimeZone, unitsFrom } from '../plans/known-plan.js';
import { deciding, type Slice } from '../slice/slice.js';
import { taskDecider } from '../tasks/task.decider.js';
import { taskStream } from '../tasks/task.events.js';
import {
  AmendPromise,
  PromiseContent,
  RecordPromise,
  WithdrawPromise,
  type PromiseCommand,
} from './promise.commands.js';
import { promiseDecider, type PromiseKnown, type PromiseState } from './promise.decider.js';
import { promiseEvents, promiseStream, type PromiseEvent } from './promise.events.js';
import { promiseFolder } from './promise.folder.js';
import { promisePlausibility } from './promise.plausibility.js';
import { promiseProjection } from './promise.projection.js';

const path = 'plans/:plan/promises/:id';

export const promiseSlice: Slice = {
  name: 'promises',
  announced: ['promise'],
  events: promiseEvents,
  projections: [promiseProjection],
  deciding: deciding<PromiseCommand, PromiseEvent, PromiseState, PromiseKnown>({
    decider: promiseDecider,
    commands: [
      { type: RecordPromise, path, permission: 'programme.plan', summary: '登记规划任务目标' },
      { type: AmendPromise, path: `${path}/amendments`, permission: 'programme.plan', summary: '修改规划任务目标' },
      { type: WithdrawPromise, path: `${path}/withdrawal`, permission: 'programme.plan', summary: '撤销规划任务目标' },
    ],
    stream: ({ plan, id }) => promiseStream(plan, id),
    known: async (command, load) => ({
      plan: await knownPlan(command, load),
      ...(command instanceof PromiseContent && (await followedBy(command, load))),
    }),
    units: ({ plan }, load) => unitsFrom(plan, undefined, load),
    timeZone: planTimeZone,
  }),
  documents: [
    { resource: 'promises', label: '规划任务目标', projection: promiseProjection, answer: 'PromiseDocument' },
  ],
  trails: { promises: promiseStream },
  folder: promiseFolder,
  plausibility: promisePlausibility,
  codes: { promise: promiseProjection },
};

async function followedBy(
  { plan, indicator, task }: PromiseContent,
  load: LoadState,
): Promise<Pick<PromiseKnown, 'indicator' | 'task'>> {
  return {
    ...(indicator && { indicator: await load(indicatorDecider, indicatorStream(plan, indicator)) }),
    ...(task && { task: await load(taskDecider, taskStream(plan, task)) }),
  };
}
