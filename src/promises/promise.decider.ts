import { isDeepStrictEqual } from 'node:util';
import type { Decider, DecisionContext } from '../kernel/decider.js';
import { invalid, notFound, refused } from '../kernel/errors.js';
import { plain } from '../kernel/json.js';
import { reportingPeriod } from '../kernel/period.js';
import type { IndicatorState } from '../indicators/indicator.state.js';
import { assertAmendable, toAmend } from '../plans/amendable.js';
import { yearsText } from '../plans/lookup.js';
import { drafted, type PlanState } from '../plans/plan.state.js';
import type { TaskState } from '../tasks/task.decider.js';
import type { AmendPromise, PromiseCommand, PromiseContent, RecordPromise } from './promise.commands.js';
import { PromiseAmended, PromiseRecorded, PromiseWithdrawn, type PromiseEvent } from './promise.events.js';

export type Recorded = (typeof PromiseRecorded)['example'];

export interface PromiseState {
  readonly recorded?: Recorded;
  readonly withdrawn?: true;
}

export interface PromiseKnown {
  readonly plan: PlanState;
  /** State of the indicator or task that the promise's content names. */
  readonly indicator?: IndicatorState;
  readonly task?: TaskState;
}

type Context = DecisionContext<PromiseKnown>;

export const promiseDecider: Decider<PromiseCommand, PromiseEvent, PromiseState, PromiseKnown> = {
  initialState: {},

  decide(command, state, context) {
    drafted(command.plan, context.known.plan);
    if (command.type === 'RecordPromise') return record(command, state, context.known);
    if (!state.recorded) {
      const message = `规划 ${command.plan} 没有规划任务目标 ${command.id}：请核对规划任务目标编号`;
      throw notFound('promise.unknown', message, 'id', command.about);
    }
    switch (command.type) {
      case 'AmendPromise':
        return amend(command, state, context);
      case 'WithdrawPromise':
        return withdraw(state, context);
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'PromiseRecorded':
      case 'PromiseAmended':
        return { ...state, recorded: event.data };
      case 'PromiseWithdrawn':
        return { ...state, withdrawn: true };
    }
  },
};

function contentOf(command: PromiseContent, { recorded }: PromiseState, known: PromiseKnown): Recorded {
  const plan = drafted(command.plan, known.plan);
  const { statement, section, indicator, task, period, comparator, value, unitOfMeasure, commitment } = command;
  const { repeats = false, note, line } = command;
  if ((indicator === undefined) === (task === undefined)) {
    throw invalid('promise.followed-by', '规划任务目标须对应一个指标或一项任务，且只能一个', 'indicator');
  }
  if (indicator !== undefined && !known.indicator?.defined) {
    const missing = { kind: 'indicator', id: indicator };
    throw invalid('promise.unknown-indicator', `规划中没有指标 ${indicator}：请先定义指标`, 'indicator', missing);
  }
  if (task !== undefined) assertTask(task, recorded, known.task);
  if (period !== undefined) {
    const { year } = reportingPeriod(period, plan);
    if (year < plan.startYear || year > plan.endYear) {
      throw invalid('promise.period', `期限 ${period} 不在规划年度 ${yearsText(plan)} 之内`, 'period');
    }
  }
  return plain({
    ...{ statement, section, indicator, task, period, comparator, value, unitOfMeasure, commitment },
    ...{ repeats, note, line },
  });
}

/** A promise may keep a task that was dropped since, but not take one. */
function assertTask(task: string, recorded: Recorded | undefined, found: TaskState | undefined): void {
  if (!found?.assigned) {
    const missing = { kind: 'task', id: task };
    throw invalid('promise.unknown-task', `规划中没有任务 ${task}：请先下达任务`, 'task', missing);
  }
  if (found.droppedOn !== undefined && recorded?.task !== task) {
    const message = `任务 ${task} 已于 ${found.droppedOn} 取消，不能据以评判规划任务目标：请改填指标或别的任务`;
    throw refused('promise.task-dropped', message, 'task');
  }
}

function record(command: RecordPromise, state: PromiseState, known: PromiseKnown): PromiseEvent[] {
  const event = PromiseRecorded.of(contentOf(command, state, known));
  if (isDeepStrictEqual(state.recorded, event.data)) return [];
  if (state.recorded) {
    const message = `规划任务目标 ${command.id} 已登记且内容不同：${toAmend('修改规划任务目标')}`;
    throw refused('promise.already-recorded', message, 'id');
  }
  if (known.plan.closed) throw refused('plan.closed', '规划已结束：不能再登记规划任务目标');
  return [event];
}

function amend(command: AmendPromise, state: PromiseState, context: Context): PromiseEvent[] {
  const event = PromiseAmended.of(contentOf(command, state, context.known));
  if (isDeepStrictEqual(state.recorded, event.data)) return [];
  if (state.withdrawn) {
    throw refused('promise.withdrawn', `规划任务目标 ${command.id} 已撤销：仍要评判的，请用新的编号另行登记`, 'id');
  }
  assertAmendable(context, '规划任务目标');
  return [event];
}

function withdraw({ withdrawn }: PromiseState, { known, reason }: Context): PromiseEvent[] {
  if (withdrawn) return [];
  if (known.plan.closed) throw refused('plan.closed', '规划已结束：不能再撤销规划任务目标');
  if (!reason) throw invalid('reason.missing', '撤销规划任务目标须写明事由', 'reason');
  return [PromiseWithdrawn.of({})];
}
