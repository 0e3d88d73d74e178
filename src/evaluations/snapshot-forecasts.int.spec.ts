import type { CommandAnswer } from '../http/api-models.js';
import type { IndicatorForecast } from '../forecasts/plan-forecasts.js';
import type { IndicatorHistory } from '../overview/indicator-history.js';
import { startTestServer, type TestServer } from '../../test/support/server.js';
import type { SnapshotForecasts } from './snapshot-forecasts.js';

let server: TestServer;
let evaluation: string;
beforeAll(async () => {
  server = await startTestServer();
  evaluation = `${server.plan}/evaluations/midterm`;
  await server.post(evaluation, { kind: 'midterm', period: '2022' });
  expect((await server.post<CommandAnswer>(`${evaluation}/snapshots`, { asOf: '2023-06-30' })).status).toBe(200);
}, 120_000);
afterAll(() => server.close());

async function read<Body>(path: string): Promise<Body> {
  const { status, body, text } = await server.get<Body>(path);
  if (status !== 200) throw new Error(text);
  return body;
}
const forecastsOf = () => read<SnapshotForecasts>(`${evaluation}/snapshots/1/forecasts`);

it('forecasts what was forecast at the cut-off, and puts the value of each period beside it', async () => {
  const { forecasts, period } = await forecastsOf();
  expect(period).toBe('2022');
  const found = forecasts.find(({ code, unit }) => code === '02' && unit === '331121')!;
  const then = await read<IndicatorForecast>(`${server.plan}/forecasts/02?period=2022&asOf=2023-06-30&unit=331121`);
  const points = ({ points: all }: (typeof found.methods)[number]) =>
    all.map(({ actual: _, error: __, isInside: ___, ...point }) => point);
  expect(found.methods.map(points)).toEqual(then.methods.map((method) => method.points));
  expect(found).toMatchObject({ chosen: then.chosen, last: then.values.at(-1), target: then.target });

  const history = await read<IndicatorHistory>(`${server.plan}/indicators/02/history?unit=331121`);
  const shown = new Map(
    history.points.flatMap(({ period: of, value }) => ('shown' in value ? [[of, value.shown]] : [])),
  );
  for (const { period: of, value, actual, error } of found.methods[0]!.points) {
    expect([of, actual]).toEqual([of, shown.get(of)]);
    expect(Number(error)).toBeCloseTo(Number(value) - Number(actual), 1);
  }
});

it('sums up what came by method and periods ahead', async () => {
  const { forecasts, outcomes, pending, demo } = await forecastsOf();
  const chosen = forecasts.flatMap(({ methods, chosen: own }) => methods.filter(({ method }) => method === own));
  const known = chosen.flatMap(({ points }) => points.filter(({ actual }) => actual !== undefined));
  expect(outcomes.reduce((sum, { count }) => sum + count, 0)).toBe(known.length);
  expect(chosen.flatMap(({ points }) => points)).toHaveLength(known.length + pending);
  // Where the mid-term year was not reported yet, the end of the plan is four years ahead.
  expect(outcomes.map(({ method, horizon }) => `${method} ${horizon}`)).toEqual(
    [1, 2, 3, 4].map((ahead) => `last-pace ${ahead}`),
  );
  expect(demo).toBe(true);
});

it('stays what it was when more becomes known; only what came of it changes', async () => {
  const before = await forecastsOf();
  // The only period without a value: of one unit, and so of the city.
  expect(before.pending).toBe(2);
  const reported = `${server.plan}/figures/08/331127/2023/measurement`;
  const { status, text } = await server.post(reported, { numerator: '30', denominator: '60' });
  expect([status, text]).toEqual([200, text]);
  await server.engine.caughtUp();
  const after = await forecastsOf();
  expect([after.pending, after.forecastHash]).toEqual([0, before.forecastHash]);
  const point = after.forecasts
    .find(({ code, unit }) => code === '08' && unit === '331127')!
    .methods[0]!.points.find(({ period }) => period === '2023')!;
  expect(point.actual).toBe('50.0');
});

it('refuses a snapshot that there is not', async () => {
  const { status, body } = await server.get<{ code: string }>(`${evaluation}/snapshots/9/forecasts`);
  expect([status, body.code]).toEqual([404, 'evaluation.unknown-snapshot']);
});
