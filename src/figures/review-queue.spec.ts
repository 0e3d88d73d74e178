import { make } from '../../test/support/decider-spec.js';
import { memoryEngine, send } from '../../test/support/engine.js';
import { allNotReady } from '../../test/support/not-ready.js';
import { join } from '../../test/support/people.js';
import { smallPlan } from '../../test/support/small-plan.js';
import type { Engine } from '../engine.js';
import {
  MakeRecommendation,
  OpenEvaluation,
  PublishEvaluation,
  TakeSnapshot,
} from '../evaluations/evaluation.commands.js';
import { KeepEvidence } from '../evidence/evidence.commands.js';
import type { Actor } from '../kernel/event.js';
import { EnrolUnit, SetReportingRules, UnlockFigures } from '../plans/plan.commands.js';
import { checkedInput } from '../slice/command.js';
import { BulkApproval, BulkReturn, carryOutReviews } from './bulk-review.js';
import { ApproveMeasurement, CorrectMeasurement, MeasureIndicator } from './figure.commands.js';
import { figureStatus, statusSight } from './figure-status.js';
import { figureKey, figureProjection } from './figure.projection.js';
import { reviewQueue, type ReviewQuery } from './review-queue.js';

const plan = 'small';
const figure = (period: string, unit = '331102') => ({ plan, code: '03', unit, period });
const sha256 = 'a1'.repeat(32);
const evidence = [{ title: '2021 年名录复核记录', sha256 }];

let engine: Engine;
let [clerk, county, reviewer, corrector]: Actor[] = [];
beforeEach(async () => {
  engine = memoryEngine();
  await engine.start();
  // 2021 is approved, 2022 waits.
  await engine.submissions.submit(smallPlan());
  await send(engine, make(EnrolUnit, { plan, code: '331121', name: '青田县', level: 'county', parent: '331100' }));
  clerk = await join(engine, [{ role: 'reporter', plan }]);
  const both = [
    { role: 'reviewer', plan, unit: '331102' },
    { role: 'reporter', plan },
  ] as const;
  county = await join(engine, both, '331102');
  reviewer = await join(engine, [{ role: 'reviewer', plan, unit: '331100' }]);
  corrector = await join(engine, [{ role: 'corrector', plan }]);
  await send(engine, make(SetReportingRules, { plan, approval: ['county', 'city'] }));
});
afterEach(() => engine.close());

const sight = async () => {
  await engine.caughtUp();
  return statusSight(engine, plan, {}, await engine.handling.now());
};
const queue = async (query: ReviewQuery = {}, paging: { after?: string; limit: number } = { limit: 50 }) =>
  reviewQueue(engine.views, await sight(), query, {}, paging);
const statusOf = async (period: string) => {
  const at = await sight();
  const { body } = (await engine.views.get(figureProjection, figureKey(figure(period))))!;
  return figureStatus(body, at);
};
const publish = async () => {
  const evaluation = { plan, id: 'annual-2022' };
  await send(engine, make(OpenEvaluation, { ...evaluation, kind: 'annual', period: '2022' }));
  await send(engine, make(TakeSnapshot, evaluation));
  await send(engine, make(MakeRecommendation, { ...evaluation, text: '加快建设' }));
  await send(engine, make(PublishEvaluation, { ...evaluation, snapshot: 1, acceptWarnings: allNotReady }));
};

describe('the queue of those who approve', () => {
  it('has each value beside the one before, the target, and the other units of its level', async () => {
    await send(engine, make(MeasureIndicator, { ...figure('2022', '331121'), value: '5' }), clerk);
    const { waiting, total } = await queue({ unit: '331102' });
    expect(total).toBe(1);
    expect(waiting).toEqual([
      expect.objectContaining({
        ...{
          code: '03',
          name: '康养联合体数',
          unitOfMeasure: '个',
          unit: '331102',
          unitName: '莲都区',
          period: '2022',
        },
        ...{ shown: '8', revision: 0, approvals: [], waitsFor: { level: 'county', unit: '331102' } },
        latest: expect.objectContaining({ evidence: [{ title: '2022 年名录' }] }) as unknown,
        previous: { unit: '331102', unitName: '莲都区', period: '2021', shown: '3', approved: true },
        others: [{ unit: '331121', unitName: '青田县', period: '2022', shown: '5', approved: false }],
      }),
    ]);
    expect(waiting[0]).not.toHaveProperty('inUse');
  });

  it('has the target of the period, or the next', async () => {
    await send(engine, make(MeasureIndicator, { ...figure('2022', '331100'), value: '20' }), county);
    await send(engine, make(MeasureIndicator, { ...figure('2023', '331100'), value: '30' }), county);
    expect((await queue({ level: 'city' })).waiting.map(({ period, target }) => [period, target])).toEqual([
      ['2022', { period: '2022', value: '40' }],
      ['2023', { period: '2025', value: '100' }],
    ]);
  });

  it('of a level has what waits for that level', async () => {
    expect((await queue({ level: 'city' })).total).toBe(0);
    await send(engine, make(ApproveMeasurement, figure('2022')), county);
    expect((await queue({ level: 'county' })).total).toBe(0);
    const { waiting } = await queue({ level: 'city' });
    expect(waiting[0]).toMatchObject({
      waitsFor: { level: 'city', unit: '331100' },
      approvals: [{ level: 'county', by: { id: county!.id, unit: '331102' } }],
    });
    await send(engine, make(ApproveMeasurement, figure('2022')), reviewer);
    expect((await queue()).total).toBe(0);
  });

  it('is asked by unit with those below, period and indicator, and comes in pages', async () => {
    for (const unit of ['331100', '331121']) {
      await send(engine, make(MeasureIndicator, { ...figure('2023', unit), value: '9' }), clerk);
    }
    const asked = async (query: ReviewQuery) =>
      (await queue(query)).waiting.map(({ unit, period }) => `${unit} ${period}`);
    expect(await asked({})).toEqual(['331102 2022', '331100 2023', '331121 2023']);
    expect(await asked({ unit: '331100' })).toHaveLength(3);
    expect(await asked({ unit: '331121' })).toEqual(['331121 2023']);
    expect(await asked({ period: '2022' })).toEqual(['331102 2022']);
    expect(await asked({ code: '03', period: '2023' })).toHaveLength(2);
    expect(await asked({ code: '04' })).toEqual([]);
    const first = await queue({}, { limit: 2 });
    expect([first.waiting.length, first.total]).toEqual([2, 3]);
    const second = await queue({}, { limit: 2, after: first.next });
    expect(second.waiting.map(({ unit }) => unit)).toEqual(['331121']);
    expect(second.next).toBeUndefined();
  });

  it('has a correction beside the approved value that it is to replace, and counts it', async () => {
    const file = make(KeepEvidence, { plan, sha256, unit: '331100', title: '复核记录', fileType: 'pdf', size: 9 });
    await send(engine, file, corrector);
    await send(
      engine,
      make(CorrectMeasurement, { ...figure('2021'), value: '4', reason: '重新清点', evidence }),
      corrector,
    );
    const { waiting, changedSinceApproval } = await queue({ period: '2021' });
    expect(waiting[0]).toMatchObject({
      shown: '4',
      inUse: { shown: '3', approved: true },
      lock: { because: 'approved', by: '市局审核员' },
    });
    expect(changedSinceApproval).toBe(1);
    expect((await queue({ period: '2022' })).changedSinceApproval).toBe(0);
  });
});

describe('many figures at once', () => {
  const list = (...periods: readonly (readonly [string, number])[]) => ({
    figures: periods.map(([period, revision]) => ({ code: '03', unit: '331102', period, revision })),
  });
  const approveAll = (input: object, commandId: string, actor = county!) =>
    carryOutReviews(engine.gateway, plan, checkedInput(BulkApproval, input), { commandId, actor });

  it('are approved together, once', async () => {
    await send(engine, make(MeasureIndicator, { ...figure('2023'), value: '9' }), clerk);
    const both = list(['2022', 0], ['2023', 0]);
    const { reviewed, position } = await approveAll(both, 'bulk');
    expect(reviewed.figures.map(({ period, revision }) => [period, revision])).toEqual([
      ['2022', 1],
      ['2023', 1],
    ]);
    expect(position).toBe(await engine.log.head());
    expect((await queue({ level: 'city' })).total).toBe(2);
    expect((await approveAll(both, 'bulk')).reviewed.figures.map(({ revision }) => revision)).toEqual([1, 1]);
    expect(await engine.log.head()).toBe(position);
  });

  it('are not approved at all where one is refused, and each refusal says why', async () => {
    await send(engine, make(MeasureIndicator, { ...figure('2023'), value: '9' }), county);
    const head = await engine.log.head();
    await expect(approveAll(list(['2022', 0], ['2023', 0], ['2024', 5]), 'bulk')).rejects.toMatchObject({
      code: 'figures.review-refused',
      problems: [
        { code: 'figure.own-approval', field: 'figures.1' },
        { code: 'revision.mismatch', field: 'figures.2' },
      ],
    });
    expect(await engine.log.head()).toBe(head);
  });

  it('are returned together with one reason', async () => {
    const input = checkedInput(BulkReturn, { ...list(['2022', 0]), reason: '与统计台账不符' });
    await carryOutReviews(engine.gateway, plan, input, { commandId: 'bulk', actor: county! });
    await engine.caughtUp();
    expect((await engine.views.get(figureProjection, figureKey(figure('2022'))))!.body).toMatchObject({
      ...{ standing: 'returned', note: '与统计台账不符' },
    });
    expect(() => checkedInput(BulkReturn, list(['2022', 0]))).toThrow('事由');
  });
});

describe('the status of a figure', () => {
  it('says who has to approve it, and for whom it waits', async () => {
    expect(await statusOf('2022')).toEqual({
      chain: [
        { level: 'county', unit: '331102' },
        { level: 'city', unit: '331100' },
      ],
      waitsFor: { level: 'county', unit: '331102' },
    });
  });

  it('says by what it is locked, and until when it is unlocked', async () => {
    await publish();
    expect((await statusOf('2021')).lock).toMatchObject({ because: 'approved', by: '市局审核员' });
    expect((await statusOf('2022')).lock).toMatchObject({ because: 'published', evaluation: 'annual-2022' });
    await send(
      engine,
      make(UnlockFigures, { plan, unit: '331102', period: '2022', until: '2099-12-31', reason: '迁移' }),
    );
    expect((await statusOf('2022')).unlock).toMatchObject({
      until: '2099-12-31',
      reason: '迁移',
      by: { id: 'loader' },
    });
    expect(await statusOf('2021')).not.toHaveProperty('unlock');
  });

  it('is what a command is decided on: a published evaluation locks its period at once', async () => {
    const correct = make(CorrectMeasurement, { ...figure('2022'), value: '7', reason: '重新清点', evidence });
    await publish();
    await expect(send(engine, correct, clerk)).rejects.toMatchObject({ code: 'figure.locked' });
    await send(
      engine,
      make(UnlockFigures, { plan, unit: '331102', period: '2022', until: '2099-12-31', reason: '迁移' }),
    );
    await send(engine, correct, clerk);
    await engine.caughtUp();
    const { body } = (await engine.views.get(figureProjection, figureKey(figure('2022'))))!;
    expect(body).toMatchObject({ standing: 'reported', latest: { reported: { value: '7' } }, changesSinceApproval: 0 });
  });
});
