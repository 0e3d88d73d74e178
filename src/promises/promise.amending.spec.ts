import { make, specification } from '../../test/support/decider-spec.js';
import { indicatorState, unionsDefined } from '../../test/support/examples/indicators.js';
import { plan, planState } from '../../test/support/examples/plans.js';
import { promiseAmended, promiseRecorded, promiseWithdrawn } from '../../test/support/examples/promises.js';
import { taskAssigned, taskDropped, taskState } from '../../test/support/examples/tasks.js';
import { plain } from '../kernel/json.js';
import { PlanClosed } from '../plans/plan.events.js';
import { AmendPromise, RecordPromise, WithdrawPromise } from './promise.commands.js';
import { promiseDecider, type PromiseKnown } from './promise.decider.js';
import { promiseEvents } from './promise.events.js';

const known: PromiseKnown = { plan: planState(), indicator: indicatorState(unionsDefined) };
const closed = { known: { ...known, plan: planState(PlanClosed.of({})) } };
const given = specification(promiseDecider, promiseEvents, { known, now: '2022-03-01T02:00:00.000Z' });

const amend = (different: Partial<AmendPromise> = {}) =>
  make(AmendPromise, { plan, id: 'T01', ...promiseRecorded().data, value: '120', ...different });
const withdraw = make(WithdrawPromise, { plan, id: 'T01' });
const because = { reason: '规划中期调整' };
const byTask = { indicator: undefined, task: 'D01' };
const droppedTask = { known: { ...known, task: taskState(taskAssigned(), taskDropped()) } };

const recorded = promiseRecorded();
const amended = promiseAmended({ value: '120' });

describe('amending a promise', () => {
  it('records the whole new content', () => {
    given(recorded).when(amend(), because).then(amended);
    const { statement, commitment } = recorded.data;
    given(recorded)
      .when(make(AmendPromise, { plan, id: 'T01', statement, commitment, task: 'D01' }), {
        ...because,
        known: { ...known, task: taskState(taskAssigned()) },
      })
      .then({ type: 'PromiseAmended', data: { statement, commitment, task: 'D01', repeats: false } });
  });

  it('changes nothing if nothing differs', () => {
    given(recorded)
      .when(amend({ value: '100' }))
      .thenNothing();
    given(recorded, amended).when(amend(), closed).thenNothing();
    given(recorded, promiseWithdrawn)
      .when(amend({ value: '100' }))
      .thenNothing();
  });

  it('requires a reason, a promise, and a plan that is not closed', () => {
    given(recorded).when(amend()).thenRefused('reason.missing', 'reason');
    given().when(amend(), because).thenRefused('promise.unknown', 'id', { kind: 'promise', id: 'T01' });
    given(recorded)
      .when(amend(), { ...because, ...closed })
      .thenRefused('plan.closed');
  });

  it('refuses what a recording refuses', () => {
    given(recorded)
      .when(amend({ task: 'D01' }), because)
      .thenRefused('promise.followed-by', 'indicator');
    given(recorded)
      .when(amend(), { ...because, known: { plan: known.plan } })
      .thenRefused('promise.unknown-indicator', 'indicator');
    given(recorded)
      .when(amend(byTask), because)
      .thenRefused('promise.unknown-task', 'task', { kind: 'task', id: 'D01' });
    given(recorded)
      .when(amend({ period: '2026' }), because)
      .thenRefused('promise.period', 'period');
  });

  it('makes the old content different content', () => {
    const record = make(RecordPromise, { plan, id: 'T01', ...recorded.data });
    given(recorded, amended).when(record).thenRefused('promise.already-recorded', 'id');
  });
});

describe('a dropped task', () => {
  it('cannot be taken by a promise', () => {
    given(recorded)
      .when(amend(byTask), { ...because, ...droppedTask })
      .thenRefused('promise.task-dropped', 'task');
    given()
      .when(make(RecordPromise, { plan, id: 'T01', ...recorded.data, ...byTask }), droppedTask)
      .thenRefused('promise.task-dropped', 'task');
  });

  it('can be kept by one, or replaced', () => {
    const ofTask = plain(promiseRecorded(byTask));
    given(ofTask)
      .when(amend({ ...byTask, value: '100' }), droppedTask)
      .thenNothing();
    given(ofTask)
      .when(amend(byTask), { ...because, ...droppedTask })
      .then(plain(promiseAmended({ ...byTask, value: '120' })));
    given(ofTask).when(amend(), because).then(amended);
  });
});

describe('withdrawing a promise', () => {
  it('needs a reason', () => {
    given(recorded).when(withdraw, because).then(promiseWithdrawn);
    given(recorded, amended).when(withdraw, because).then(promiseWithdrawn);
    given(recorded).when(withdraw).thenRefused('reason.missing', 'reason');
  });

  it('happens once', () => {
    given(recorded, promiseWithdrawn).when(withdraw).thenNothing();
  });

  it('is refused for an unknown promise, and in a closed plan', () => {
    given().when(withdraw, because).thenRefused('promise.unknown', 'id');
    given(recorded)
      .when(withdraw, { ...because, ...closed })
      .thenRefused('plan.closed');
  });

  it('ends amendments; the same recording may be repeated', () => {
    given(recorded, promiseWithdrawn).when(amend(), because).thenRefused('promise.withdrawn', 'id');
    given(recorded, promiseWithdrawn)
      .when(make(RecordPromise, { plan, id: 'T01', ...recorded.data }))
      .thenNothing();
  });
});
