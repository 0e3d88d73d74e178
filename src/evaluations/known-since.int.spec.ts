import { make } from '../../test/support/decider-spec.js';
import { lishuiEngine, send } from '../../test/support/engine.js';
import { MovingClock } from '../../test/support/moving-clock.js';
import { asOperator, operatorKey } from '../../test/support/operator.js';
import { lishui } from '../../test/support/seeds.js';
import type { CausedPart } from '../attribution/answer.js';
import type { Engine } from '../engine.js';
import { Decimal } from '../kernel/decimal.js';
import type { ProblemDetails } from '../http/api-models.js';
import { createServer, type HttpServer } from '../server.js';
import { OpenEvaluation, TakeSnapshot } from './evaluation.commands.js';
import type { KnownSince, KnownSinceSnapshot } from './known-since.js';

const plan = lishui;
const id = 'midterm-2022';
const [city, county] = ['331100', '331102'];
let engine: Engine;
let server: HttpServer;
let url: string;
let head: string | undefined;
let found: KnownSinceSnapshot;

beforeAll(async () => {
  engine = await lishuiEngine({ clock: new MovingClock('2026-10-01T00:00:00.000Z') });
  await send(engine, make(OpenEvaluation, { plan, id, kind: 'midterm', period: '2022' }));
  await send(engine, make(TakeSnapshot, { plan, id, asOf: '2023-06-30' }));
  await engine.caughtUp();
  server = await createServer(engine, { operatorKey });
  url = await server.listen(0, '127.0.0.1');
  head = await engine.log.head();
  found = await get(snapshot);
}, 120_000);
afterAll(async () => {
  await server.close();
  await engine.close();
});

const snapshot = `evaluations/${id}/snapshots/1/known-since`;

async function get<Body = KnownSinceSnapshot>(path: string): Promise<Body> {
  const response = await fetch(`${url}/api/plans/${plan}/${path}`, { headers: asOperator });
  return (await response.json()) as Body;
}
const refusal = async (path: string) => {
  const { code, problems } = await get<ProblemDetails>(path);
  return problems ? [code, problems[0]!.field] : [code];
};

const eventOf = ({ entry }: CausedPart) =>
  entry && `${entry.type} ${[entry.subject.code, entry.subject.unit].filter(Boolean).join('/')}`;

describe('what became known since the mid-term snapshot', () => {
  it('is counted from the content of the snapshot, and nothing is recorded', async () => {
    expect(found).toMatchObject({ evaluation: id, snapshot: 1, period: '2022', isWhole: true, demo: true });
    expect(await engine.log.head()).toBe(head);
  });

  it('tells each event in known order, by whom and why', () => {
    const days = found.parts.flatMap(({ entry }) => entry?.knownAt ?? []);
    expect(days).toEqual(days.toSorted());
    expect(found.parts.map(eventOf)).toEqual(
      expect.arrayContaining([
        'MeasurementCorrected 02/331102',
        'MeasurementApproved 02/331102',
        'TargetRevised 06/331100',
        'IndicatorMeasured 05/331126',
      ]),
    );
    expect(found.parts.find((part) => eventOf(part) === 'MeasurementCorrected 02/331102')!.entry!.reason).toContain(
      '54张床位未通过护理型床位验收',
    );
  });

  it('a correction moves nothing before it is approved; then the value, the verdicts and the index, each with its part', () => {
    const part = (event: string) => found.parts.find((each) => eventOf(each) === event)!;
    expect(part('MeasurementCorrected 02/331102')).toMatchObject({ numbers: [], verdicts: [] });
    const { numbers, verdicts } = part('MeasurementApproved 02/331102');
    const value = numbers.find(({ of, indicator, unit }) => of === 'value' && indicator === '02' && unit === county)!;
    const [from, to] = [value.from, value.to].map((text) => Number(text).toFixed(1));
    expect([from, to, value.change]).toEqual(['55.5', '54.2', value.alone!.change]);
    expect(numbers.map(({ of }) => of)).toEqual(expect.arrayContaining(['index', 'progress', 'score']));
    expect(verdicts).toContainEqual({
      ...{ of: 'status', indicator: '02', unit: county, from: 'ahead', to: 'severely-behind' },
      alone: { from: 'ahead', to: 'severely-behind' },
    });
  });

  it('says where events act together: the index of an event alone is not its part in turn', () => {
    const index = found.parts.flatMap(({ numbers }) =>
      numbers.filter(({ of, unit, area }) => of === 'index' && unit === city && area === undefined),
    );
    expect(index.some(({ together }) => together)).toBe(true);
    for (const { change, alone, together } of index) expect(change === alone?.change).toBe(!together);
  });

  it('names for every verdict that flips the events that flip it, and for every number parts that sum to its change', () => {
    const flip = found.verdicts.find(
      ({ of, indicator, unit }) => of === 'status' && indicator === '02' && unit === county,
    )!;
    expect(flip.by.map((at) => eventOf(found.parts[at]!))).toEqual(['MeasurementApproved 02/331102']);
    const sums = found.numbers.filter(({ change }) => change !== undefined);
    expect(sums.length).toBeGreaterThan(20);
    for (const { of, indicator, unit, area, subject, group, period, by, change } of sums) {
      const own = by.flatMap((at) =>
        found.parts[at]!.numbers.filter((each) =>
          Object.entries({ of, indicator, unit, area, subject, group, period }).every(
            ([key, value]) => each[key as 'of'] === value,
          ),
        ),
      );
      expect(Decimal.sum(0, ...own.map((each) => each.change!)).equals(change!)).toBe(true);
    }
  });
});

it('tells of a moment what it tells of a snapshot of that moment', async () => {
  const ofMoment = await get<KnownSince>('known-since?asOf=2023-06-30&period=2022&told=1');
  expect(changed(ofMoment)).toEqual(changed(found));
  expect(ofMoment.verdicts.map(({ by: _, ...verdict }) => verdict)).toEqual(
    found.verdicts.map(({ by: _, ...verdict }) => verdict),
  );
}, 60_000);

/** The numbers that differ, whatever moved them. */
const changed = ({ numbers }: KnownSince) =>
  numbers.flatMap(({ by: _, ...number }) => (number.from === number.to ? [] : [JSON.stringify(number)])).sort();

it('ends with the day that is asked, and tells the rest together beyond the number that is asked', async () => {
  const early = await get(`${snapshot}?until=2023-07-31`);
  expect(early.parts.length).toBeLessThan(found.parts.length);
  expect(early.parts.every(({ entry }) => entry!.knownAt < '2023-07-31T16:00:00.000Z')).toBe(true);
  const short = await get(`${snapshot}?told=1`);
  expect(short.parts.map(({ kind }) => kind)).toEqual(['event', 'rest']);
  expect(short.parts[1]!.events).toBeGreaterThan(20);
  expect(changed(short)).toEqual(changed(found));
}, 60_000);

it('refuses an end before the cut-off, a number of events out of bounds, and a moment that is not said', async () => {
  expect(await refusal(`${snapshot}?until=2023-01-01`)).toEqual(['known-since.order', 'until']);
  expect(await refusal(`${snapshot}?told=0`)).toEqual(['input.invalid', 'told']);
  expect(await refusal('known-since?period=2022')).toEqual(['known-since.no-start', 'asOf']);
});
