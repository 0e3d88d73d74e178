import { make, specification } from '../../test/support/decider-spec.js';
import { indicatorState, unionsDefined } from '../../test/support/examples/indicators.js';
import { plan, planState } from '../../test/support/examples/plans.js';
import { promiseRecorded } from '../../test/support/examples/promises.js';
import { taskAssigned, taskState } from '../../test/support/examples/tasks.js';
import { planDecider } from '../plans/plan.decider.js';
import { PlanClosed } from '../plans/plan.events.js';
import { RecordPromise } from './promise.commands.js';
import { promiseDecider, type PromiseKnown } from './promise.decider.js';
import { promiseEvents } from './promise.events.js';

const indicator = indicatorState(unionsDefined);
const known: PromiseKnown = { plan: planState(), indicator };
const given = specification(promiseDecider, promiseEvents, { known, now: '2022-03-01T02:00:00.000Z' });

const record = (different: Partial<RecordPromise> = {}) =>
  make(RecordPromise, { plan, id: 'T01', ...promiseRecorded().data, ...different });
const byTask = { indicator: undefined, task: 'D01' };

describe('recording a promise of the text', () => {
  it('names the indicator that measures it', () => {
    given().when(record()).then(promiseRecorded());
    given()
      .when(record({ repeats: undefined }))
      .then(promiseRecorded());
    const rest = { section: '养老', note: '与主要指标同', line: 175, repeats: true, commitment: 'strive' } as const;
    given().when(record(rest)).then(promiseRecorded(rest));
  });

  it('may name a task instead, without value and period', () => {
    const { statement, commitment, repeats } = promiseRecorded().data;
    given()
      .when(make(RecordPromise, { plan, id: 'T02', statement, commitment, task: 'D01' }), {
        known: { ...known, task: taskState(taskAssigned()) },
      })
      .then({ type: 'PromiseRecorded', data: { statement, commitment, repeats, task: 'D01' } });
  });

  it('requires exactly one of indicator and task', () => {
    given()
      .when(record({ indicator: undefined }))
      .thenRefused('promise.followed-by', 'indicator');
    given()
      .when(record({ task: 'D01' }))
      .thenRefused('promise.followed-by', 'indicator');
  });

  it('refuses an indicator or task that does not exist', () => {
    const nothing = { known: { plan: known.plan, indicator: indicatorState(), task: taskState() } };
    const missing = { kind: 'indicator', id: record().indicator! };
    given().when(record(), nothing).thenRefused('promise.unknown-indicator', 'indicator', missing);
    given()
      .when(record(), { known: { plan: known.plan } })
      .thenRefused('promise.unknown-indicator', 'indicator');
    given()
      .when(record(byTask), nothing)
      .thenRefused('promise.unknown-task', 'task', { kind: 'task', id: byTask.task });
    given().when(record(byTask)).thenRefused('promise.unknown-task', 'task');
  });

  it.each(['2020', '2026', '2020-12'])('refuses the period %s outside the plan’s years', (period) => {
    given().when(record({ period })).thenRefused('promise.period', 'period');
  });

  it.each(['2021', '2022-S2', '2025-12'])('accepts the period %s', (period) => {
    given().when(record({ period })).then(promiseRecorded({ period }));
  });

  it('happens once and refuses different content', () => {
    given(promiseRecorded()).when(record()).thenNothing();
    given(promiseRecorded())
      .when(record({ value: '120' }))
      .thenRefused('promise.already-recorded', 'id');
  });

  it('requires a drafted plan that is not closed', () => {
    given()
      .when(record(), { known: { ...known, plan: planDecider.initialState } })
      .thenRefused('plan.unknown');
    const closed = { known: { ...known, plan: planState(PlanClosed.of({})) } };
    given().when(record(), closed).thenRefused('plan.closed');
    given(promiseRecorded()).when(record(), closed).thenNothing();
  });
});
