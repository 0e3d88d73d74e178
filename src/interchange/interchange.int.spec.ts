import { setImmediate } from 'node:timers/promises';
import { CloudEvent as ReadEvent } from 'cloudevents';
import { parse } from 'csv-parse/sync';
import { smallPlan } from '../../test/support/small-plan.js';
import { startTestServer, type TestServer } from '../../test/support/server.js';
import type { ReportResult } from '../reporting/report-result.js';
import type { CloudEvent } from './cloud-event.js';

let server: TestServer;
beforeAll(async () => void (server = await startTestServer()), 120_000);
afterAll(() => server.close());

type Row = Readonly<Record<string, string>>;

async function textOf(path: string): Promise<string> {
  const { status, text } = await server.get(path);
  if (status !== 200) throw new Error(text);
  return text;
}

const rowsOf = async (query: string): Promise<Row[]> =>
  parse(await textOf(`${server.plan}/interchange/sdmx-csv?${query}`), { columns: true });

const components = (row: Row): Row => {
  const { ACTION: _, VALID_FROM: __, VALID_TO: ___, ...rest } = row;
  return rest;
};
const keyOf = ({ INDICATOR, REF_AREA, TIME_PERIOD, MEASURE, BREAKDOWN }: Row): string =>
  [INDICATOR, REF_AREA, TIME_PERIOD, MEASURE, BREAKDOWN].join('/');
const byKey = (rows: readonly Row[]): Row[] => rows.map(components).toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));

/** What a receiver has after it carried out the changes, as SDMX-CSV says it is done. */
function after(rows: readonly Row[], changes: readonly Row[]): Row[] {
  const standing = new Map(rows.map((row) => [keyOf(row), row]));
  for (const row of changes) {
    if (row.ACTION === 'D') standing.delete(keyOf(row));
    else standing.set(keyOf(row), row);
  }
  return byKey([...standing.values()]);
}

describe('SDMX-CSV', () => {
  it('has the digits of the log, and says of each number what it is', async () => {
    const rows = await rowsOf('asOf=2023-06-30');
    const of = (key: string) => rows.find((row) => keyOf(row) === key);
    const events = (await textOf(`/api/events?plan=${server.plan.split('/').at(-1)}`)).trim().split('\n');
    const measured = events
      .map((line) => JSON.parse(line) as CloudEvent)
      .filter(({ type }) => type === 'IndicatorMeasured');
    expect(measured.length).toBeGreaterThan(100);
    const entered = new Set(
      events
        .map((line) => JSON.parse(line) as CloudEvent)
        .flatMap(({ data }) => Object.values((data.reported ?? data.to ?? {}) as Record<string, string>)),
    );
    for (const { MEASURE, COMPUTED, OBS_VALUE, OBS_STATUS } of rows) {
      if (MEASURE === 'TARGET' || COMPUTED || 'MLO'.includes(OBS_STATUS!)) continue;
      expect(entered).toContain(OBS_VALUE);
    }
    expect(of('02/331100/2025/TARGET/_T')).toMatchObject({ OBS_VALUE: '58', OBS_STATUS: 'A', ACTION: 'I', DEMO: 'N' });
    expect(rows.some(({ DEMO, MEASURE }) => DEMO === 'Y' && MEASURE === 'VALUE')).toBe(true);
  });

  it.each(['2021-12-31', '2022-08-31', '2023-06-30', '2024-06-30', '2025-12-31'])(
    'of its history, what held on %s is what is exported of that day',
    async (day) => {
      const moment = new Date(`${day}T23:59:59.999+08:00`).toISOString();
      const held = (await rowsOf('includeHistory=true')).filter(
        ({ ACTION, VALID_FROM, VALID_TO }) =>
          ACTION !== 'D' && VALID_FROM! <= moment && (VALID_TO === '' || moment < VALID_TO!),
      );
      const there = await rowsOf(`asOf=${day}`);
      expect(there.length).toBeGreaterThan(0);
      expect(byKey(held)).toEqual(byKey(there));
    },
  );

  it.each([
    ['2021-12-31', '2022-12-31'],
    ['2022-12-31', '2023-06-30'],
    ['2023-06-30', '2025-12-31'],
    ['2023-08-31', '2023-08-31'],
  ])('what was known on %s, with what was updated after it until %s, is what was known then', async (from, to) => {
    const changes = await rowsOf(`asOf=${to}&updatedAfter=${from}&derived=true`);
    expect(after(await rowsOf(`asOf=${from}&derived=true`), changes)).toEqual(
      byKey(await rowsOf(`asOf=${to}&derived=true`)),
    );
  });

  it('is refused with parameters that do not go together', async () => {
    for (const query of ['includeHistory=true&updatedAfter=2022-01-01', 'includeHistory=true&derived=true']) {
      const { status, body } = await server.get<{ code: string }>(`${server.plan}/interchange/sdmx-csv?${query}`);
      expect([status, body.code]).toEqual([400, 'interchange.combination']);
    }
  });
});

describe('CloudEvents', () => {
  const linesOf = async (query: string): Promise<CloudEvent[]> =>
    (await textOf(`/api/events${query}`))
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as CloudEvent);

  it('are read by the SDK, which checks each of them', async () => {
    const events = await linesOf('?limit=3000');
    for (const [at, { data, ...attributes }] of events.entries()) {
      // The server is in this process: while nothing else runs, it cannot close what is idle before that is used again.
      if (at % 100 === 0) await setImmediate();
      expect(new ReadEvent({ ...attributes, data }, true).validate()).toBe(true);
      for (const [name, value] of Object.entries(attributes)) {
        expect(name).toMatch(/^[a-z0-9]{1,20}$/);
        expect(['string', 'number', 'boolean']).toContain(typeof value);
      }
    }
  }, 30_000);

  it('that are taken in parts are those that are taken at once', async () => {
    const whole = await linesOf('');
    const parts: CloudEvent[] = [];
    for (let next = ''; ; next = `&after=${parts.at(-1)!.position}`) {
      const part = await linesOf(`?limit=700${next}`);
      parts.push(...part);
      if (part.length < 700) break;
    }
    expect(parts).toEqual(whole);
    expect(await linesOf(`?after=${whole.at(-1)!.position}`)).toEqual([]);
  }, 30_000);
});

describe('figures that come as SDMX-CSV', () => {
  const report = (text: string, more: object = {}) =>
    server.post<ReportResult & { code?: string; problems?: { code: string; field?: string; row?: number }[] }>(
      '/api/plans/small/interchange/sdmx-csv',
      { file: { name: 'figures.csv', base64: Buffer.from(text).toString('base64') }, ...more },
    );
  const own = () => textOf('/api/plans/small/interchange/sdmx-csv');
  const header = 'STRUCTURE,STRUCTURE_ID,ACTION,INDICATOR,REF_AREA,TIME_PERIOD,MEASURE,OBS_VALUE,MISSING_REASON,DEMO';
  const line = (action: string, period: string, value: string, more = ',N') =>
    `dataflow,TONGJIAN:small(1.0.0),${action},03,331102,${period},VALUE,${value},${more}`;

  beforeAll(async () => {
    await server.engine.submissions.submit(smallPlan());
    await server.engine.caughtUp();
  });

  it('change nothing where they are what stands, and pass over targets', async () => {
    const { body, status } = await report(await own(), { dryRun: true });
    expect(status).toBe(200);
    expect(body.counts).toMatchObject({ unchanged: 2, new: 0, changed: 0, refused: 0 });
    expect(body.passedOver).toEqual(['MEASURE=TARGET（2 行）']);
  });

  it('are said row by row in a dry run, then taken whole, and exported as they came', async () => {
    const text = [header, line('A', '2023', '12'), line('R', '2022', '8')].join('\r\n');
    const tried = await report(text, { dryRun: true });
    expect(tried.body.rows.map(({ at, outcome, to }) => [at, outcome, to])).toEqual([
      ['第 2 行', 'new', '12'],
      ['第 3 行', 'unchanged', undefined],
    ]);
    const before = await own();
    expect(await own()).toBe(before);
    const { status, headers } = await report(text, { acceptWarnings: tried.body.unaccepted });
    expect(status).toBe(200);
    await server.engine.caughtUp();
    expect(headers.get('tongjian-position')).toBeTruthy();
    const rows = parse<Row>(await own(), { columns: true });
    expect(rows.find(({ TIME_PERIOD, MEASURE }) => TIME_PERIOD === '2023' && MEASURE === 'VALUE')).toMatchObject({
      ...{ INDICATOR: '03', REF_AREA: '331102', OBS_VALUE: '12', OBS_STATUS: 'P' },
    });
  });

  it.each([
    ['no content', { name: 'figures.csv' }],
    ['what is no base64', { name: 'figures.csv', base64: '*' }],
    ['no name', { base64: '' }],
  ])('are refused where the file has %s', async (_, file) => {
    const { status, body } = await server.post<{ code?: string; problems?: { field?: string }[] }>(
      '/api/plans/small/interchange/sdmx-csv',
      { file },
    );
    expect([status, body.code, body.problems?.[0]?.field]).toEqual([400, 'report.body', 'file']);
  });

  it('that are withdrawn later are deleted from what was taken before, and end in the history', async () => {
    const taken = parse<Row>(await own(), { columns: true });
    const { body: status } = await server.get<{ head: string }>('/api/status');
    const withdrawal = await server.post('/api/plans/small/figures/03/331102/2023/withdrawal', { reason: '误报' });
    expect(withdrawal.status).toBe(200);
    await server.engine.caughtUp();
    const since = await textOf(`/api/plans/small/interchange/sdmx-csv?updatedAfterPosition=${status.head}`);
    const changes = parse<Row>(since, { columns: true });
    expect(changes.map((row) => [row.ACTION, keyOf(row), row.OBS_VALUE])).toEqual([
      ['D', '03/331102/2023/VALUE/_T', ''],
    ]);
    expect(after(taken, changes)).toEqual(byKey(parse<Row>(await own(), { columns: true })));
    const history = await textOf('/api/plans/small/interchange/sdmx-csv?includeHistory=true');
    const versions = parse<Row>(history, { columns: true }).filter(({ TIME_PERIOD }) => TIME_PERIOD === '2023');
    expect(versions.map(({ ACTION, OBS_VALUE, VALID_TO }) => [ACTION, OBS_VALUE, VALID_TO !== ''])).toEqual([
      ['R', '12', true],
      ['D', '', false],
    ]);
  });

  it.each([
    ['a value that the definition refuses', line('A', '2024', '1.5'), undefined],
    ['a deletion', line('D', '2022', ''), 'sdmx.action'],
    ['demonstration data for a real plan', line('A', '2024', '5', ',Y'), 'sdmx.demo'],
    ['another dataflow', line('A', '2024', '5').replace('small', 'other'), 'sdmx.other-structure'],
    ['the same number twice', `${line('A', '2024', '5')}\n${line('A', '2024', '6')}`, 'sdmx.twice'],
  ])('are refused whole with %s', async (_, wrong, code) => {
    const before = await own();
    const { status, body } = await report([header, line('A', '2025', '9'), wrong].join('\n'));
    expect([status, body.code]).toEqual([400, 'report.refused']);
    expect(body.problems!.length).toBeGreaterThan(0);
    if (code !== undefined) expect(body.problems!.map((each) => each.code)).toEqual([code]);
    expect(await own()).toBe(before);
  });
});
