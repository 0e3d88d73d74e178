import { indicatorDecider } from '../indicators/indicator.decider.js';
import { indicatorStream } from '../indicators/indicator.events.js';
import { knownPlan, planTimeZone } from '../plans/known-plan.js';
import { deciding, type Slice } from '../slice/slice.js';
import { taskDecider } from '../tasks/task.decider.js';
import { taskStream } from '../tasks/task.events.js';
import { RecordPromise } from './promise.commands.js';
import { promiseDecider, type PromiseKnown, type PromiseState } from './promise.decider.js';
import { promiseEvents, promiseStream, type PromiseEvent } from './promise.events.js';
import { promiseFolder } from './promise.folder.js';
import { promisePlausibility } from './promise.plausibility.js';
import { promiseProjection } from './promise.projection.js';

export const promiseSlice: Slice = {
  name: 'promises',
  events: promiseEvents,
  projections: [promiseProjection],
  deciding: deciding<RecordPromise, PromiseEvent, PromiseState, PromiseKnown>({
    decider: promiseDecider,
    commands: [{ type: RecordPromise, path: 'plans/:plan/promises/:id', summary: '登记规划承诺' }],
    stream: ({ plan, id }) => promiseStream(plan, id),
    known: async (command, load) => {
      const { plan, indicator, task } = command;
      return {
        plan: await knownPlan(command, load),
        ...(indicator && { indicator: await load(indicatorDecider, indicatorStream(plan, indicator)) }),
        ...(task && { task: await load(taskDecider, taskStream(plan, task)) }),
      };
    },
    timeZone: planTimeZone,
  }),
  documents: [{ resource: 'promises', label: '承诺', projection: promiseProjection, answer: 'PromiseDocument' }],
  trails: { promises: promiseStream },
  folder: promiseFolder,
  plausibility: promisePlausibility,
  codes: { promise: promiseProjection },
};
