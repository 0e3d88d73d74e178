import { keepFile, pdfOf } from '../../test/support/evidence.js';
import { asOperator } from '../../test/support/operator.js';
import { signUp } from '../../test/support/people.js';
import { lishui } from '../../test/support/seeds.js';
import { startTestServer, type TestServer } from '../../test/support/server.js';
import type { CommandAnswer } from '../http/api-models.js';
import type { CellMargin } from '../what-if/margins.js';
import type { Anomalies } from './plan-anomalies.js';
import { anomalyKinds } from './words.js';

let server: TestServer;
beforeAll(async () => void (server = await startTestServer()), 60_000);
afterAll(() => server.close());

async function read<Body>(path: string): Promise<Body> {
  const { status, body, text } = await server.get<Body>(`${server.plan}/${path}`);
  if (status !== 200) throw new Error(text);
  return body;
}

it('marks figures of all units and periods, and says what it looked at', async () => {
  const { anomalies, counts, figures } = await read<Anomalies>('anomalies');
  expect(figures).toBeGreaterThan(1000);
  for (const kind of anomalyKinds) {
    expect(counts[kind]).toBe(anomalies.filter((each) => each.kind === kind).length);
  }
  // The standard of 2021 is 19800 after 10200, and rises by 240 to 600 a year from then on.
  const found = anomalies.find(({ kind, figure }) => kind === 'jump' && figure?.code === 'S04');
  expect(found).toMatchObject({
    ...{ unit: '331100', figure: { period: '2021', shown: '19800' }, numbers: { change: '9600' }, demo: true },
    message: expect.stringMatching(/由上期（2020）的 10200 变为 19800.*中位数.*修正 z 值 52\.6/) as string,
    mayExplain: expect.stringMatching(/政策调整/) as string,
  });
});

it('is as of a moment, and of one unit', async () => {
  const then = await read<Anomalies>('anomalies?asOf=2022-06-30');
  const periods = then.anomalies.flatMap(({ figure }) => figure?.period ?? []);
  expect(periods.every((period) => period <= '2022')).toBe(true);
  // Five changes of a year need six years.
  expect(then.counts.jump).toBe(0);
  const own = await read<Anomalies>('anomalies?unit=331102');
  expect(own.anomalies).toEqual((await read<Anomalies>('anomalies')).anomalies.filter(({ unit }) => unit === '331102'));
});

it('marks a value that was moved just across a threshold right before an evaluation, with what was said of it', async () => {
  const { cells } = await read<{ cells: CellMargin[] }>('margins?period=2022&asOf=2023-06-30');
  const cell = cells.find(({ basis, up, light }) => basis === 'numerator' && up && light !== 'green')!;
  const { indicator, unit, period, denominator, up } = cell;
  const figure = `${server.plan}/figures/${indicator}/${unit}/${period}`;
  const { body: kept } = await keepFile(server, pdfOf(), unit, asOperator);
  const evidence = [{ title: '核查记录', sha256: kept.sha256 }];
  const correction = { numerator: up!.becomes, denominator, knownAt: '2023-06-20', reason: '台账复核', evidence };
  const plan = lishui;
  const { headers } = await signUp(server, '审核员', [
    { role: 'reviewer', plan, unit: '331100' },
    { role: 'backfill', plan, unit: '331100' },
  ]);
  const corrected = await server.post(`${figure}/corrections`, correction);
  const approved = await server.post(`${figure}/approval`, { knownAt: '2023-06-21', reason: '审核' }, headers);
  expect([corrected.status, approved.status]).toEqual([200, 200]);
  await server.post(`${server.plan}/evaluations/midterm`, { kind: 'midterm', period: '2022' });
  await server.post<CommandAnswer>(`${server.plan}/evaluations/midterm/snapshots`, { asOf: '2023-06-30' });
  const marks = await read<Anomalies>(`anomalies?unit=${unit}`);
  const found = marks.anomalies.filter(({ kind }) => kind === 'threshold');
  expect(found).toMatchObject([
    {
      figure: { code: indicator, period },
      explanation: '台账复核',
      message: expect.stringMatching(/评估 midterm\/1 截至 2023-06-30，此值 2023-06-20 才报出/) as string,
    },
  ]);
  // Before the evaluation there is nothing to be moved for.
  expect((await read<Anomalies>(`anomalies?unit=${unit}&atPosition=100`)).counts.threshold).toBe(0);
});

it('shows what the unit said of a mark, and how a reviewer judged it, as long as the value is the same', async () => {
  const { anomalies } = await read<Anomalies>('anomalies?unit=331121');
  const { figure } = anomalies.find(({ kind }) => kind === 'jump')!;
  const marked = async (query = '') =>
    (await read<Anomalies>(`anomalies?unit=331121${query}`)).anomalies.find(
      ({ kind, figure: on }) => kind === 'jump' && on?.code === figure!.code && on.period === figure!.period,
    )!;
  const path = (unit: string) => `${server.plan}/figures/${figure!.code}/${unit}/${figure!.period}/anomalies/jump`;
  const plan = lishui;
  const clerk = await signUp(server, '青田填报员', [{ role: 'reporter', plan, unit: '331121' }], '331121');
  const reviewer = await signUp(server, '市审核员', [{ role: 'reviewer', plan, unit: '331100' }]);
  const text = '新建福利院投入运营';
  const before = await server.engine.log.head();
  expect((await server.post(`${path('331102')}/explanation`, { text }, clerk.headers)).status).toBe(404);
  expect((await server.post(`${path('331121')}/explanation`, { text }, clerk.headers)).status).toBe(200);
  expect((await marked()).explained).toMatchObject({ text });
  expect((await marked(`&atPosition=${before}`)).explained).toBeUndefined();
  const judged = await server.post(`${path('331121')}/explanation/judgement`, { accepted: true }, reviewer.headers);
  expect(judged.status).toBe(200);
  expect((await marked()).explained).toMatchObject({ text, judged: { accepted: true } });
});

it('refuses a unit and a moment that there are not', async () => {
  const code = async (query: string) =>
    (await server.get<{ code: string }>(`${server.plan}/anomalies?${query}`)).body.code;
  expect(await code('unit=999999')).toBe('unit.unknown');
  expect(await code('asOf=2999-01-01')).toBe('time.future');
});
