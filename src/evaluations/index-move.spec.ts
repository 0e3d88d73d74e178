import { make } from '../../test/support/decider-spec.js';
import { loader, reviewer } from '../../test/support/recorded.js';
import { lishuiEngine, send, readerOf } from '../../test/support/engine.js';
import { lishui } from '../../test/support/seeds.js';
import { Trail } from '../audit/trail.js';
import type { Engine } from '../engine.js';
import { ApproveMeasurement, CorrectMeasurement, ReturnMeasurement } from '../figures/figure.commands.js';
import { parsePeriod } from '../kernel/period.js';
import { parseKnownTime } from '../kernel/time.js';
import type { AsOf } from '../kernel/versioned-store.js';
import { Decimal, text } from '../assessment/decimals.js';
import { indexState } from '../overview/index-state.js';
import { indexMove, type IndexMove } from './index-move.js';
import { composeIndexed } from '../overview/overview.js';
import { PlanReader } from '../overview/plan-reader.js';

let engine: Engine;
beforeAll(async () => void (engine = await lishuiEngine()));
afterAll(() => engine.close());

const knownOn = (day: string): AsOf => ({ knownAt: parseKnownTime(day, 'Asia/Shanghai') });
const move = (from: [string, AsOf], to: [string, AsOf], scope: { unit: string; area?: string } = { unit: '331100' }) =>
  indexMove(
    { ...engine, open: readerOf(engine) },
    new Trail(engine.log, engine.views, engine.catalogue),
    [
      { period: from[0], asOf: from[1] },
      { period: to[0], asOf: to[1] },
    ],
    { plan: lishui, ...scope },
  );
const sum = (changes: readonly { readonly change: string }[]) =>
  text(changes.reduce((all, { change }) => all.plus(change), new Decimal(0)));
const partOf = ({ parts }: IndexMove, code: string) => parts.find(({ indicator }) => indicator === code)!;

it('indexState has the same indexes per unit and area as the overview', async () => {
  const asOf = knownOn('2023-06-30');
  const indexed = await composeIndexed(await PlanReader.open(engine.views, lishui, asOf), parsePeriod('2022'));
  const state = indexState(indexed, asOf);
  expect(state).toMatchObject({ plan: lishui, period: '2022', asOf: asOf.knownAt, demo: true });
  expect(state.units.map(({ unit }) => unit)).toEqual(indexed.indexes.map(({ unit }) => unit));
  const { index, byArea } = indexed.indexes[0]!;
  expect(state.units[0]).toMatchObject({
    unit: '331100',
    name: '丽水市',
    value: index.value,
    coverage: index.coverage,
  });
  expect(state.units[0]!.areas.map(({ area, value }) => [area, value])).toEqual(
    byArea.map(({ area, index: own }) => [area, own.value]),
  );
});

describe('the change of the 2022 index since 2023-06-30', () => {
  let found: IndexMove;
  beforeAll(async () => void (found = await move(['2022', knownOn('2023-06-30')], ['2022', {}])));

  it('is the exact sum of its parts', () => {
    expect(sum(found.parts)).toBe(found.change);
    expect(sum(found.causes)).toBe(found.change);
    expect(found.change).toBe(text(new Decimal(found.to.value!).minus(found.from.value!)));
    expect([found.from.coverage, found.to.coverage]).toEqual(['88.888888888888888889', '100']);
  });

  it('lists events, people and reasons', () => {
    const beds = partOf(found, '02');
    expect(beds.causes.map(({ cause }) => cause)).toEqual(['corrected']);
    expect(beds.because.map(({ type, subject }) => [type, subject.unit])).toEqual([
      ['MeasurementCorrected', '331102'],
      ['MeasurementApproved', '331102'],
    ]);
    expect(beds.because[0]!.reason).toContain('54张床位');
    const service = partOf(found, '05');
    expect(service.causes.map(({ cause }) => cause)).toEqual(['reported']);
    expect(service.because.map(({ subject }) => subject.unit)).toEqual(['331126', '331126']);
  });

  it('can be computed for a county', async () => {
    const county = await move(['2022', knownOn('2023-06-30')], ['2022', {}], { unit: '331102' });
    expect(county.unitName).toBe('莲都区');
    expect(county.parts.map(({ indicator }) => indicator)).toContain('02');
    expect(sum(county.parts)).toBe(county.change);
  });
});

it('a change between two periods at the same known time has the cause period and no events', async () => {
  const asOf = knownOn('2024-12-31');
  const found = await move(['2022', asOf], ['2023', asOf]);
  expect(found.causes.map(({ cause }) => cause)).toEqual(['period']);
  expect(found.parts.every(({ because }) => because.length === 0)).toBe(true);
  expect(sum(found.parts)).toBe(found.change);
});

it('a change between two periods and two known times is the sum of both changes', async () => {
  const found = await move(['2021', knownOn('2023-06-30')], ['2022', {}]);
  const [time, since] = await Promise.all([
    move(['2021', knownOn('2023-06-30')], ['2022', knownOn('2023-06-30')]),
    move(['2022', knownOn('2023-06-30')], ['2022', {}]),
  ]);
  expect(found.change).toBe(sum([{ change: time.change! }, { change: since.change! }]));
  expect(sum(found.parts)).toBe(found.change);
  expect(found.causes.map(({ cause }) => cause)).toEqual(['period', ...since.causes.map(({ cause }) => cause)]);
  expect(partOf(found, '02').because).toEqual(partOf(since, '02').because);
});

it('a change to a period of which nothing was known at the earlier time is taken in one step', async () => {
  const found = await move(['2022', knownOn('2023-06-30')], ['2023', {}]);
  const [before, after] = [found.from.value!, found.to.value!];
  expect(found.change).toBe(text(new Decimal(after).minus(before)));
  expect(sum(found.parts)).toBe(found.change);
  expect(sum(found.causes)).toBe(found.change);
});

it('a change does not list a correction that waits, nor one that was returned', async () => {
  const until = await engine.log.head();
  const found = await move(['2022', knownOn('2023-06-30')], ['2022', {}]);
  const figure = (county: string) => ({ plan: lishui, code: '02', unit: county, period: '2022', reason: '复核' });
  const correct = (county: string) => make(CorrectMeasurement, { ...figure(county), numerator: '1', denominator: '2' });
  await send(engine, correct('331121'), loader);
  await send(engine, correct('331122'), loader);
  await send(engine, make(ReturnMeasurement, figure('331122')), reviewer);
  await engine.caughtUp();
  const now = await move(['2022', knownOn('2023-06-30')], ['2022', {}]);
  expect(now.change).toBe(found.change);
  expect(partOf(now, '02').because).toEqual(partOf(found, '02').because);

  await send(engine, make(ApproveMeasurement, figure('331121')), reviewer);
  await engine.caughtUp();
  const approved = await move(['2022', { position: until! }], ['2022', {}]);
  expect(partOf(approved, '02').because.map(({ type, subject }) => [type, subject.unit])).toEqual([
    ['MeasurementCorrected', '331121'],
    ['MeasurementApproved', '331121'],
  ]);
});
