import { startTestServer, type TestServer } from '../../test/support/server.js';
import { signUp } from '../../test/support/people.js';
import { lishui } from '../../test/support/seeds.js';
import type { TrailEntry } from '../audit/trail-entry.js';
import type { UnitOverview } from '../digests/unit-digest.js';
import type { Appraisal, AppraisalSheet } from './plan-appraisal.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  const { status, text } = await server.post(`${server.plan}/deadlines`, { days: { A: 60 } });
  if (status !== 200) throw new Error(text);
}, 60_000);
afterAll(() => server.close());

async function read<Body>(path: string): Promise<Body> {
  const { status, body, text } = await server.get<Body>(`${server.plan}/${path}`);
  if (status !== 200) throw new Error(text);
  return body;
}

const counted = ({ items }: AppraisalSheet, code: string) =>
  Object.fromEntries(items.find((item) => item.code === code)!.counts.map(({ count, value }) => [count, value]));

it('the sheet of a unit counts what the page of the unit counts, and says whose weights they are', async () => {
  const sheet = await read<AppraisalSheet>(`appraisal/331121?period=2022`);
  const { punctuality, indicators } = await read<UnitOverview>(`overview/units/331121?period=2022`);
  const year = punctuality.periods.find(({ period }) => period === '2022')!;
  expect(counted(sheet, 'timeliness')).toEqual({
    ...{ owed: year.onTime + year.late + year.overdue, late: year.late, overdue: year.overdue },
  });
  const judged = indicators.filter(({ assessment: { light } }) => light !== 'grey');
  expect(counted(sheet, 'targets')['targets']).toBe(judged.length);
  expect(sheet).toMatchObject({ unit: '331121', period: '2022', demo: true, rules: { version: 0 } });
  expect(sheet.rules.source).toContain('不是民政局的规定');
});

it('every point that was lost by an event leads to that event', async () => {
  const { units } = await read<Appraisal>('appraisal?period=2022');
  const sheets = await Promise.all(units.map(({ unit }) => read<AppraisalSheet>(`appraisal/${unit}?period=2022`)));
  const lost = sheets.flatMap(({ items }) => items.flatMap((item) => item.lost));
  const corrected = lost.filter(({ count }) => count === 'corrected');
  expect(corrected.length).toBeGreaterThan(0);
  for (const { about, position } of corrected.slice(0, 5)) {
    const trail = await read<TrailEntry[]>(`figures/${about!.id}/${about!.unit}/${about!.period}/trail`);
    expect(trail.find((entry) => entry.position === position)?.type).toBe('MeasurementCorrected');
  }
  // Nothing else than the absence of an event has no place in the log.
  const without = lost.filter(({ position, about }) => position === undefined && about?.kind === 'figure');
  expect(
    without.filter(
      ({ count }) => !['overdue', 'bindingMissed', 'expectedMissed', 'roughly', 'contradictions'].includes(count),
    ),
  ).toEqual([]);
  units.forEach((unit, at) => {
    const { points, total, items } = sheets[at]!;
    expect({ points: unit.points, total: unit.total }).toEqual({ points, total });
    expect(unit.items.map((item) => item.points)).toEqual(items.map((item) => item.points));
  });
});

it('follows the moment: before there was a deadline, nothing was late and the item did not apply', async () => {
  const on = (moment: string) => read<AppraisalSheet>(`appraisal/331121?period=2022${moment}`);
  const [before, now] = [await on('&asOf=2024-06-30'), await on('')];
  expect([before.day, counted(before, 'timeliness')['owed'], before.items[0]!.points]).toEqual([
    '2024-06-30',
    0,
    undefined,
  ]);
  const late = now.items[0]!.lost.filter(({ count }) => count === 'late');
  expect(late.length).toBe(counted(now, 'timeliness')['late']);
  expect(late.length).toBeGreaterThan(0);
  for (const { text, position } of late) {
    expect(text).toMatch(/：期限 2023-03-01，20\d\d-\d\d-\d\d 上报，逾期 \d+ 天$/);
    expect(position).toMatch(/^\d+$/);
  }
});

it('is seen by those who see all figures of the unit, and 整改 counts for its owner', async () => {
  const { headers } = await signUp(
    server,
    '莲都填报员',
    [{ role: 'reporter', plan: lishui, unit: '331102' }],
    '331102',
  );
  const ask = async (path: string) => {
    const answer = await fetch(`${server.url}/api/plans/${lishui}/${path}`, { headers });
    return { status: answer.status, body: (await answer.json()) as Appraisal & { code: string } };
  };
  expect((await ask('appraisal?period=2022')).body.units.map(({ unit }) => unit)).toEqual(['331102']);
  expect((await ask('appraisal/331102?period=2022')).status).toBe(200);
  const other = await ask('appraisal/331121?period=2022');
  expect([other.status, other.body.code]).toEqual([404, 'appraisal.unknown']);

  const assigned = { on: '2022-07-01', owner: '331102', dueOn: '2022-12-31' };
  await server.post(`${server.plan}/findings/I03/assignment`, assigned);
  const sheet = await read<AppraisalSheet>('appraisal/331102?period=2022');
  expect(sheet.items.at(-1)).toMatchObject({
    ...{ code: 'rectification', points: '0' },
    lost: [{ count: 'rectificationsLate', points: '10', about: { kind: 'finding', id: 'I03' } }],
  });
  expect(sheet.items.at(-1)!.lost[0]!.text).toMatch(/期限 2022-12-31，逾期 \d+ 天/);
});
