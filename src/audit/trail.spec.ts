import type { Engine } from '../engine.js';
import { make } from '../../test/support/decider-spec.js';
import { memoryEngine, send } from '../../test/support/engine.js';
import { MovingClock } from '../../test/support/moving-clock.js';
import { loader, reviewer, someone } from '../../test/support/recorded.js';
import { smallPlan } from '../../test/support/small-plan.js';
import { ApproveMeasurement, CorrectMeasurement, MeasureIndicator } from '../figures/figure.commands.js';
import { Trail } from './trail.js';
import type { TrailEntry } from './trail-entry.js';
import { liesIn, type AuditClock, type TrailQuery } from './trail-search.js';
import { parsePeriod } from '../kernel/period.js';
import { parseKnownTime, startOfDay } from '../kernel/time.js';
import { parse } from 'csv-parse/sync';
import { eventTypes } from '../slices.js';
import { corrections, correctionTypes } from './corrections.js';
import { trailCsv } from './trail-csv.js';

const plan = 'small';
const figure = { plan, code: '03', unit: '331102', period: '2023' };
const days = (clock: AuditClock, from: string, to = from): TrailQuery => ({
  [clock]: { from: startOfDay(from, 'Asia/Shanghai'), to: parseKnownTime(to, 'Asia/Shanghai') },
});
const clock = new MovingClock('2024-03-01T15:00:00.000Z');
let engine: Engine;
let trail: Trail;

beforeAll(async () => {
  engine = memoryEngine({ clock });
  await engine.start();
  await engine.submissions.submit(smallPlan());
  // 23:00 in Asia/Shanghai, then 01:00 on the next day.
  await send(engine, make(MeasureIndicator, { ...figure, value: '9' }), someone);
  clock.moveTo('2024-03-01T17:00:00.000Z');
  await send(engine, make(ApproveMeasurement, figure), reviewer);
  clock.moveTo('2024-05-01T02:00:00.000Z');
  const evidence = [{ title: '2023 年名录', locator: '第 3 页' }];
  const correction = { ...figure, value: '8', reason: '=1 家重复计入', evidence, knownAt: '2024-04-20' };
  await send(engine, make(CorrectMeasurement, correction), loader);
  await engine.caughtUp();
  trail = new Trail(engine.log, engine.views, engine.catalogue);
});
afterAll(() => engine.close());

describe('the trail of a figure', () => {
  it('lists actor, action, times, old and new value, reason and evidence', async () => {
    const entries = await trail.ofFigure(figure);
    expect(entries.map(({ label, actor, from, to, backfilled }) => [label, actor.id, from, to, backfilled])).toEqual([
      ['上报', someone.id, undefined, '9 · 待审核', false],
      ['审核通过', reviewer.id, '9 · 待审核', '9 · 已审核', false],
      ['更正', loader.id, '9 · 已审核', '8 · 待审核', true],
    ]);
    expect(entries[2]).toMatchObject({
      ...{ reason: '=1 家重复计入', evidence: [{ title: '2023 年名录' }], demo: false },
      ...{ knownAt: '2024-04-20T15:59:59.999Z', recordedAt: '2024-05-01T02:00:00.000Z' },
      subject: { code: '03', unit: '331102', period: '2023' },
    });
  });

  it('can be limited by known time and by position', async () => {
    expect(await trail.ofFigure(figure, { knownAt: '2024-03-31T00:00:00.000Z' })).toHaveLength(2);
    const [first] = await trail.ofFigure(figure);
    expect(await trail.ofFigure(figure, { position: first!.position })).toEqual([first]);
  });
});

describe('one event', () => {
  it('has what it changed, the events beside it, and its place', async () => {
    const [, approved, corrected] = await trail.ofFigure(figure);
    const record = await trail.record(plan, corrected!.position);
    expect(record.entry).toEqual(corrected);
    expect(record.previous).toMatchObject({ position: approved!.position, label: '审核通过' });
    expect(record).not.toHaveProperty('next');
    // The log of this spec is kept in memory.
    expect(record).not.toHaveProperty('chain');
  });

  it('is unknown in another plan, and where there is none', async () => {
    const [first] = await trail.ofFigure(figure);
    for (const asked of [trail.record('other', first!.position), trail.record(plan, '99999')]) {
      await expect(asked).rejects.toMatchObject({ code: 'audit.unknown-event' });
    }
  });
});

describe('the trail of a person or a day', () => {
  const all = async (query: TrailQuery, limit: number): Promise<TrailEntry[]> => {
    const entries: TrailEntry[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await trail.page(plan, query, { cursor, limit });
      expect(page.entries.length).toBeLessThanOrEqual(limit);
      entries.push(...page.entries);
      if (page.next === undefined) return entries;
      cursor = page.next;
    }
  };

  it('lists exactly the events of one person', async () => {
    const entries = await all({ actors: [reviewer.id] }, 100);
    expect(entries.map(({ type }) => type)).toEqual(['MeasurementApproved', 'MeasurementApproved']);
    expect(entries.map(({ actor }) => actor.id)).toEqual([reviewer.id, reviewer.id]);
    expect(await all({ actors: ['review'] }, 100)).toEqual([]);
  });

  it('uses days of the plan’s time zone', async () => {
    const on = async (clock: AuditClock, day: string) =>
      (await all(days(clock, day), 100)).map(({ type, actor }) => `${type} ${actor.id}`);
    expect(await on('recorded', '2024-03-02')).toEqual([`MeasurementApproved ${reviewer.id}`]);
    expect(await on('recorded', '2024-03-01')).toContain(`IndicatorMeasured ${someone.id}`);
    expect(await on('recorded', '2024-03-01')).toHaveLength(13);
    expect(await on('known', '2024-04-20')).toEqual([`MeasurementCorrected ${loader.id}`]);
    expect(await on('known', '2024-05-01')).toEqual([]);
    expect(await on('known', '2022-03-01')).toEqual(['IndicatorMeasured reporter-1']);
  });

  it.each([1, 2, 5, 12, 13, 14])('is the same with pages of %d entries', async (limit) => {
    const day = days('recorded', '2024-03-01');
    expect(await all(day, limit)).toEqual(await all(day, 100));
  });

  describe('with filters', () => {
    const ids = (entries: readonly TrailEntry[]) => entries.map(({ eventId }) => eventId);
    /** What the whole trail has of it, found by looking at each entry. */
    const among = async (wanted: (entry: TrailEntry) => boolean) => ids((await all({}, 100)).filter(wanted));

    it.each<[string, TrailQuery, (entry: TrailEntry) => boolean]>([
      ['an indicator', { indicator: '03' }, ({ stream }) => /^(figure|indicator)-small\.03(\.|$)/.test(stream)],
      [
        'a unit',
        { unit: '331102' },
        ({ subject, type, data }) => subject.unit === '331102' || (type === 'UnitEnrolled' && data.code === '331102'),
      ],
      ['a period', { period: parsePeriod('2023') }, ({ subject }) => subject.period === '2023'],
      ['an action', { types: new Set(['MeasurementApproved']) }, ({ type }) => type === 'MeasurementApproved'],
      [
        'a range and a person',
        { actors: [loader.id], recorded: { from: '2024-04-01T00:00:00.000Z' } },
        ({ actor, recordedAt }) => actor.id === loader.id && recordedAt >= '2024-04-01',
      ],
      [
        'two persons',
        { actors: [loader.id, reviewer.id] },
        ({ actor }) => actor.id === loader.id || actor.id === reviewer.id,
      ],
      ['a text of the reason', { text: '重复计入' }, ({ reason }) => reason?.includes('重复计入') ?? false],
      [
        'a text of the evidence',
        { text: '年名录' },
        ({ evidence = [] }) => evidence.some(({ title }) => title.includes('年名录')),
      ],
      [
        'ranges of both times',
        { recorded: { from: '2024-05-01T00:00:00.000Z' }, known: { to: '2024-04-30T00:00:00.000Z' } },
        ({ recordedAt, knownAt }) => recordedAt >= '2024-05-01' && knownAt < '2024-04-30',
      ],
      ['corrections', { types: correctionTypes({ types: eventTypes }) }, ({ type }) => type === 'MeasurementCorrected'],
      [
        'an indicator, a unit, a period, a person and an action',
        {
          ...{ indicator: '03', unit: '331102', period: parsePeriod('2023') },
          ...{ actors: [reviewer.id], types: new Set(['MeasurementApproved', 'MeasurementCorrected']) },
        },
        ({ type, subject, actor }) =>
          type === 'MeasurementApproved' && subject.period === '2023' && actor.id === reviewer.id,
      ],
    ])('lists exactly the entries of %s, whatever the size of a page', async (_, query, wanted) => {
      const expected = await among(wanted);
      expect(expected.length).toBeGreaterThan(0);
      for (const limit of [1, 3, 100]) {
        expect(ids(await all({ ...query, sort: 'recorded' }, limit))).toEqual(expected);
        expect(ids(await all({ ...query, sort: '-recorded' }, limit))).toEqual(expected.toReversed());
        expect(ids(await all({ ...query, sort: '-known' }, limit))).toEqual(
          ids(await all({ ...query, sort: 'known' }, limit)).toReversed(),
        );
      }
      expect(ids(await all({ ...query, sort: 'known' }, 3)).sort()).toEqual(expected.toSorted());
      expect(await trail.count(plan, query, {})).toEqual({ entries: expected.length });
    });

    it('takes a range from its first day to its last, by either clock', async () => {
      const between = async (clock: AuditClock, from: string, to: string) =>
        (await all({ types: new Set(['MeasurementCorrected']), ...days(clock, from, to) }, 100)).length;
      expect(await between('known', '2024-04-20', '2024-04-30')).toBe(1);
      expect(await between('known', '2024-04-01', '2024-04-20')).toBe(1);
      expect(await between('known', '2024-04-21', '2024-05-31')).toBe(0);
      expect(await between('recorded', '2024-04-21', '2024-05-01')).toBe(1);
      expect(await between('recorded', '2024-04-01', '2024-04-30')).toBe(0);
    });

    it.each([
      ['2022', '2022', true],
      ['2022', '2022-03', true],
      ['2022-Q1', '2022-03', true],
      ['2022-Q1', '2022-04', false],
      ['2022-03', '2022', false],
      ['2022', '2023-01', false],
      ['2022', 'no period', false],
    ])('of %s has those of %s: %s', (asked, period, expected) => {
      expect(liesIn(parsePeriod(asked), period)).toBe(expected);
    });

    it('looks at so much of the index at once, and goes on from there', async () => {
      const query = { types: new Set(['MeasurementCorrected']) };
      const lengths: number[] = [];
      const found: TrailEntry[] = [];
      for (let cursor: string | undefined; ;) {
        const page = await trail.page(plan, query, { cursor, limit: 10, scan: 4 });
        lengths.push(page.entries.length);
        found.push(...page.entries);
        if (page.next === undefined) break;
        cursor = page.next;
      }
      expect(ids(found)).toEqual(ids(await all(query, 10)));
      expect(lengths.length).toBeGreaterThan(3);
      expect(lengths[0]).toBe(0);
    });

    it('refuses the cursor of another query', async () => {
      const { next } = await trail.page(plan, { indicator: '03' }, { limit: 1 });
      const elsewhere = trail.page(plan, { actors: [reviewer.id] }, { cursor: next });
      await expect(elsewhere).rejects.toMatchObject({ code: 'audit.cursor' });
    });

    it('takes a range in reverse from its last moment to its first', async () => {
      const { recordedAt } = (await all({}, 100)).at(-2)!;
      const range = { from: recordedAt, to: recordedAt };
      const forth = ids(await all({ recorded: range, sort: 'recorded' }, 1));
      expect(forth.length).toBeGreaterThan(0);
      expect(ids(await all({ recorded: range, sort: '-recorded' }, 1))).toEqual(forth.toReversed());
    });

    it('lists all who did something', async () => {
      const actors = new Set((await all({}, 100)).map(({ actor }) => actor.id));
      expect((await trail.actors(plan)).map(({ id }) => id)).toEqual([...actors].sort());
    });

    it('every correction is an event type', () => {
      const known = new Set(eventTypes.map(({ name }) => name));
      expect([...corrections].filter((name) => !known.has(name))).toEqual([]);
    });

    it('knows an action by its name and by its label', () => {
      expect(trail.typesNamed('更正')).toEqual(new Set(['MeasurementCorrected']));
      expect(trail.typesNamed('MeasurementCorrected')).toEqual(trail.typesNamed('更正'));
      expect(() => trail.typesNamed('measurementcorrected')).toThrow('您是否指 MeasurementCorrected（更正）？');
    });
  });
});

it('the CSV of a trail has a byte order mark, local times, codes as text, and numbers beside the words', async () => {
  const csv = trailCsv(await trail.ofFigure(figure), 'Asia/Shanghai');
  const [head, ...rows] = parse(csv, { bom: true });
  const cells = rows.map((row) => Object.fromEntries(head!.map((name, at) => [name, row[at]!])));
  expect(cells.map(({ 动作, 改为, 原数, 新数, 计量单位 }) => [动作, 改为, 原数, 新数, 计量单位])).toEqual([
    ['上报', '9 · 待审核', '', '9', '个'],
    ['审核通过', '9 · 已审核', '9', '9', '个'],
    ['更正', '8 · 待审核', '9', '8', '个'],
  ]);
  expect(cells[0]).toMatchObject({ 指标: "'03", 单位: "'331102", 期间: "'2023" });
  expect(cells[0]!.掌握时间).toMatch(/\+08:00$/);
  expect(csv.startsWith('\ufeff位置,掌握时间')).toBe(true);
  expect(csv).not.toContain(',=1 家');
  expect(csv).toContain('2023 年名录 第 3 页');
  expect(csv.trim().split('\n')).toHaveLength(4);
});
