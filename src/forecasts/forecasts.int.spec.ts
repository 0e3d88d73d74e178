import { startTestServer, type TestServer } from '../../test/support/server.js';
import type { IndicatorHistory } from '../overview/indicator-history.js';
import type { BackTest, EarlyWarnings, IndicatorForecast } from './plan-forecasts.js';

let server: TestServer;
beforeAll(async () => void (server = await startTestServer()), 60_000);
afterAll(() => server.close());

async function read<Body>(path: string): Promise<Body> {
  const { status, body, text } = await server.get<Body>(`${server.plan}/${path}`);
  if (status !== 200) throw new Error(text);
  return body;
}

it('forecasts from the values that were known at the moment, base included', async () => {
  const midterm = await read<IndicatorForecast>('forecasts/02?period=2022&asOf=2023-06-30');
  const history = await read<IndicatorHistory>('indicators/02/history?unit=331100&asOf=2023-06-30');
  expect(midterm.values).toEqual(
    history.points
      .filter(({ period }) => ['2020', '2021', '2022'].includes(period))
      .map(({ period, value }) => ({ period, shown: 'shown' in value ? value.shown : undefined, demo: value.demo })),
  );
  expect(midterm).toMatchObject({ chosen: 'last-pace', target: { period: '2025', shown: '58' }, demo: true });
  const [byLastPace] = midterm.methods;
  expect(byLastPace!.points.map(({ period }) => period)).toEqual(['2023', '2024', '2025']);

  // A correction that became known later changes the forecast from then on only.
  const later = await read<IndicatorForecast>('forecasts/02?period=2022&asOf=2024-06-30');
  expect(later.values).not.toEqual(midterm.values);
  expect(await read('forecasts/02?period=2022&asOf=2023-06-30')).toEqual(midterm);
});

it('uses more methods as the years give more values, and ends with the plan', async () => {
  const methods = async (period: string) =>
    (await read<IndicatorForecast>(`forecasts/06?period=${period}`)).methods.map(({ method }) => method);
  expect(await methods('2022')).toEqual(['last-pace']);
  expect(await methods('2023')).toEqual(['last-pace', 'linear', 'geometric']);
  expect(await methods('2024')).toEqual(['last-pace', 'linear', 'geometric', 'robust']);
  expect(await read('forecasts/06?period=2025')).toMatchObject({ methods: [], why: 'due' });
});

it('cuts a share at 100 % and says so', async () => {
  const { methods } = await read<IndicatorForecast>('forecasts/05?period=2022&asOf=2023-06-30');
  expect(methods[0]!.points.at(-1)).toEqual({ period: '2025', value: '100.0', cut: true });
  expect(methods[0]!.meets).toBe(true);
});

it('warns of each unit’s indicators whose forecast misses the target, and counts every indicator once', async () => {
  const all = await read<EarlyWarnings>('early-warnings?period=2023&asOf=2024-06-30');
  const units = 10;
  expect(Object.values(all.counts).reduce((sum, count) => sum + count, 0)).toBe(9 * units);
  expect(all.warnings).toHaveLength(all.counts.misses);
  expect(all.counts.misses).toBeGreaterThan(0);
  for (const { code, unit, method, forecast, last, target } of all.warnings) {
    const own = await read<IndicatorForecast>(`forecasts/${code}?period=2023&asOf=2024-06-30&unit=${unit}`);
    const chosen = own.methods.find((each) => each.method === own.chosen)!;
    expect({ code, unit, method, forecast, last, target, meets: chosen.meets }).toEqual({
      ...{ code, unit, method: own.chosen, forecast: chosen.points.at(-1), last: own.values.at(-1) },
      ...{ target: own.target, meets: false },
    });
  }
  const own = await read<EarlyWarnings>('early-warnings?period=2023&asOf=2024-06-30&unit=331102');
  expect(own.warnings).toEqual(all.warnings.filter(({ unit }) => unit === '331102'));
});

it('warns of projects and tasks by their reports up to the moment, of all units or of one', async () => {
  const { programme } = await read<EarlyWarnings>('early-warnings?period=2023&asOf=2024-01-31');
  const { body } = await server.get<{ items: { id: string; standing: string }[]; total: number }>(
    `${server.plan}/overview/projects?period=2023&asOf=2024-01-31&limit=500`,
  );
  const open = body.items.filter(({ standing }) => standing !== 'completed' && standing !== 'cancelled');
  const { late, standstill, ...others } = programme.counts.project;
  expect(body.items).toHaveLength(body.total);
  expect(Object.values(others).reduce((sum, count) => sum + count, late + standstill)).toBe(open.length);
  expect(programme.warnings.filter(({ kind }) => kind === 'project')).toHaveLength(late + standstill);
  expect(late).toBeGreaterThan(0);
  expect(programme.warnings.every(({ on, demo }) => on <= '2024-01-31' && demo)).toBe(true);
  const own = await read<EarlyWarnings>('early-warnings?period=2023&asOf=2024-01-31&unit=331121');
  expect(own.programme.warnings).toEqual(programme.warnings.filter(({ unit }) => unit === '331121'));
  expect(own.programme.warnings.length).toBeGreaterThan(0);
});

it('tests each method on what came', async () => {
  const { outcomes, series, demo } = await read<BackTest>('back-test?period=2024');
  expect({ demo, series }).toEqual({ demo: true, series: 90 });
  const of = (method: string, horizon: number) =>
    outcomes.find((each) => each.method === method && each.horizon === horizon)!;
  // Five values to 2024: the last pace is tested as of three of them, the line as of one.
  expect(of('last-pace', 1).count).toBeLessThanOrEqual(3 * series);
  expect(of('linear', 1).count).toBeLessThanOrEqual(series);
  expect(of('linear', 1).coverage!.count).toBe(of('linear', 1).count);
  expect(of('last-pace', 1).coverage).toBeUndefined();
  expect(of('robust', 1)).toBeUndefined();
});

it('refuses a unit, an indicator and a period that there are not', async () => {
  const code = async (path: string) => (await server.get<{ code: string }>(`${server.plan}/${path}`)).body.code;
  expect(await code('early-warnings?unit=999999')).toBe('unit.unknown');
  expect(await code('forecasts/99')).toBe('indicator.unknown');
  expect(await code('back-test?period=1999')).toBe('period.outside-plan');
});
