import { isDeepStrictEqual } from 'node:util';
import type { Decider } from '../kernel/decider.js';
import { invalid, refused } from '../kernel/errors.js';
import { plain } from '../kernel/json.js';
import { reportingPeriod } from '../kernel/period.js';
import type { IndicatorState } from '../indicators/indicator.decider.js';
import { yearsText } from '../plans/lookup.js';
import { drafted, type PlanState } from '../plans/plan.state.js';
import type { TaskState } from '../tasks/task.decider.js';
import type { RecordPromise } from './promise.commands.js';
import { PromiseRecorded, type PromiseEvent } from './promise.events.js';

export type PromiseState = { readonly recorded?: (typeof PromiseRecorded)['example'] };

export interface PromiseKnown {
  readonly plan: PlanState;
  readonly indicator?: IndicatorState;
  readonly task?: TaskState;
}

export const promiseDecider: Decider<RecordPromise, PromiseEvent, PromiseState, PromiseKnown> = {
  initialState: {},

  decide(command, state, { known }) {
    const plan = drafted(command.plan, known.plan);
    const { statement, section, indicator, task, period, comparator, value, unitOfMeasure, commitment } = command;
    const { repeats = false, note, line } = command;
    if ((indicator === undefined) === (task === undefined)) {
      throw invalid('promise.followed-by', '承诺须对应一个指标或一项任务，且只能一个', 'indicator');
    }
    if (indicator !== undefined && !known.indicator?.defined) {
      const missing = { kind: 'indicator', id: indicator };
      throw invalid('promise.unknown-indicator', `规划中没有指标 ${indicator}：请先定义指标`, 'indicator', missing);
    }
    if (task !== undefined && !known.task?.assigned) {
      const missing = { kind: 'task', id: task };
      throw invalid('promise.unknown-task', `规划中没有任务 ${task}：请先下达任务`, 'task', missing);
    }
    if (period !== undefined) {
      const { year } = reportingPeriod(period, plan);
      if (year < plan.startYear || year > plan.endYear) {
        throw invalid('promise.period', `期限 ${period} 不在规划年度 ${yearsText(plan)} 之内`, 'period');
      }
    }
    const event = PromiseRecorded.of(
      plain({
        ...{ statement, section, indicator, task, period, comparator, value, unitOfMeasure, commitment },
        ...{ repeats, note, line },
      }),
    );
    if (isDeepStrictEqual(state.recorded, event.data)) return [];
    if (state.recorded) {
      throw refused('promise.already-recorded', `承诺 ${command.id} 已登记且内容不同：不改写已有内容`, 'id');
    }
    if (known.plan.closed) throw refused('plan.closed', '规划已结束：不能再登记承诺');
    return [event];
  },

  evolve: (_, event) => ({ recorded: event.data }),
};
