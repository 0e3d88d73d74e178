import { make } from '../../test/support/decider-spec.js';
import { memoryEngine, send } from '../../test/support/engine.js';
import { join } from '../../test/support/people.js';
import { loader, someone } from '../../test/support/recorded.js';
import { smallPlan } from '../../test/support/small-plan.js';
import type { Engine } from '../engine.js';
import { LogClock } from '../kernel/log-clock.js';
import { PlanReading } from '../plans/plan-reading.js';
import { EnrolUnit } from '../plans/plan.commands.js';
import { SetQualityRules } from '../quality/quality.commands.js';
import type { QualityRule } from '../quality/quality-rules.js';
import { CorrectMeasurement, MeasureIndicator } from './figure.commands.js';
import { FigureCheckController } from './figure-check.controller.js';
import { figureStream } from './figure.events.js';
import { statusSight } from './figure-status.js';
import { reviewQueue } from './review-queue.js';

const plan = 'small';
const figure = (period: string, unit = '331102') => ({ plan, code: '03', unit, period });
const measure = (period: string, value: string, more: Partial<MeasureIndicator> = {}) =>
  make(MeasureIndicator, { ...figure(period), value, ...more });
const jump: QualityRule = { id: 'jump', kind: 'jump', percent: '50', required: 'explanation' };
const explanations = [{ rule: 'jump', text: '两家机构年内投入运营' }];

let engine: Engine;
beforeEach(async () => {
  engine = memoryEngine();
  await engine.start();
  // 2021: 3, approved; 2022: 8, waits.
  await engine.submissions.submit(smallPlan());
});
afterEach(() => engine.close());

const setRules = (...rules: QualityRule[]) => send(engine, make(SetQualityRules, { plan, rules }));
const refusalOf = async (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );
const queue = async () => {
  await engine.caughtUp();
  const sight = await statusSight(engine, plan, {}, await engine.handling.now());
  return (await reviewQueue(engine.views, sight, {}, {}, { limit: 50 })).waiting;
};

describe('a report that a rule marks which requires an explanation', () => {
  beforeEach(() => setRules(jump, { id: 'range', kind: 'range', maximum: '10' }));

  it('is refused without one, with the rule and the numbers', async () => {
    const refusal = await refusalOf(send(engine, measure('2023', '20'), someone));
    expect(refusal).toMatchObject({
      ...{ code: 'figure.explanation-needed', kind: 'refused' },
      message: expect.stringMatching(/jump：数值 20 与上期（2022）8 相比变动 150%，超过 50%/) as unknown,
    });
    // A rule that requires nothing only marks.
    expect((refusal as Error).message).not.toMatch(/range/);
  });

  it('is taken with one, which stays with the report', async () => {
    await send(engine, measure('2023', '20', { explanations }), someone);
    const [event] = await engine.log.readStream(figureStream(figure('2023')));
    expect(event!.data).toMatchObject({ explanations });
    const waiting = await queue();
    expect(waiting.find(({ period }) => period === '2023')!.marks).toMatchObject([
      { rule: 'jump', explanation: '两家机构年内投入运营', numbers: { value: '20', previous: '8', percent: '50' } },
      { rule: 'range', message: '数值 20 高于上限 10' },
    ]);
  });

  it('is the same for a correction', async () => {
    const correct = (more: Partial<CorrectMeasurement> = {}) =>
      make(CorrectMeasurement, { ...figure('2022'), value: '9', reason: '重新清点', ...more });
    // The reason of a correction explains what an import marks, but not what a person does.
    const reporter = await join(engine, [{ role: 'reporter' }]);
    expect(await refusalOf(send(engine, correct(), reporter))).toMatchObject({ code: 'figure.explanation-needed' });
    await send(engine, correct({ explanations }), reporter);
  });

  it('is not refused where nothing is marked, or the value before is out of sight', async () => {
    await send(engine, measure('2023', '9'), someone);
    await send(engine, make(MeasureIndicator, { ...figure('2023', '331100'), value: '900' }), someone);
  });

  it('may not explain what is no rule', async () => {
    const stray = [{ rule: 'jmp', text: '两家机构年内投入运营' }];
    expect(await refusalOf(send(engine, measure('2023', '9', { explanations: stray }), someone))).toMatchObject({
      ...{ code: 'figure.unknown-rule', problems: [{ field: 'explanations.0.rule' }] },
    });
  });

  it('of an import is explained by its reason', async () => {
    expect(await refusalOf(send(engine, measure('2023', '20'), loader))).toMatchObject({
      code: 'figure.explanation-needed',
    });
    await send(engine, measure('2023', '20', { reason: '省系统导入' }), loader);
  });

  it('that does not fit its plan is refused for that', async () => {
    expect(await refusalOf(send(engine, measure('2023-Q1', '20'), someone))).toMatchObject({
      code: 'figure.frequency',
    });
    expect(await refusalOf(send(engine, measure('FY2023', '20'), someone))).toMatchObject({ code: 'period.calendar' });
  });
});

it('the marks of a value compare it with the units below', async () => {
  await send(engine, make(EnrolUnit, { plan, code: '331121', name: '青田县', level: 'county', parent: '331100' }));
  await send(engine, make(MeasureIndicator, { ...figure('2022', '331100'), value: '20' }), someone);
  const marksOfCity = async () => (await queue()).find(({ unit }) => unit === '331100')!.marks;
  expect(await marksOfCity()).toEqual([]);
  await send(engine, make(MeasureIndicator, { ...figure('2022', '331121'), value: '5' }), someone);
  expect(await marksOfCity()).toMatchObject([{ rule: 'parts-sum', numbers: { value: '20', parts: '13' } }]);
});

describe('a check before sending', () => {
  const check = async (kind: 'measurement' | 'correction', period: string, body: object) => {
    await engine.caughtUp();
    const clock = new LogClock(engine.presence, engine.clock);
    const reading = new PlanReading(engine.views, engine.projector, engine.presence, clock);
    const controller = new FigureCheckController(reading, engine.views, clock, engine.gateway);
    return controller[kind](figure(period), body, {});
  };

  it('says what the rules mark and what has to be explained, and writes nothing', async () => {
    await setRules(jump, { id: 'late', kind: 'overdue', days: '30' });
    const head = await engine.log.head();
    const { marks, unexplained } = await check('measurement', '2023', { value: '20', knownAt: undefined });
    expect(marks.map(({ rule }) => rule)).toEqual(['jump', 'late']);
    expect(unexplained).toEqual(['jump']);
    expect(await check('measurement', '2023', { value: '20', explanations })).toMatchObject({ unexplained: [] });
    expect(await check('correction', '2022', { value: '9', reason: '重新清点' })).toMatchObject({
      unexplained: ['jump'],
    });
    expect(await engine.log.head()).toBe(head);
  });

  it('is refused like the report itself', async () => {
    await expect(check('measurement', '2023', { value: '1.5' })).rejects.toMatchObject({ code: 'figure.not-whole' });
    await expect(check('measurement', '2022', { value: '9' })).rejects.toMatchObject({
      code: 'figure.already-reported',
    });
    await expect(check('measurement', '2022', { val: '9' })).rejects.toMatchObject({ code: 'input.invalid' });
  });
});
