import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type {
  Compared,
  Entries,
  Found,
  History,
  Overview,
  Place,
  Plans,
  Snapshots,
} from '../../test/support/mcp-answers.js';
import { asOperator } from '../../test/support/operator.js';
import { signUp } from '../../test/support/people.js';
import { startPeopleServer } from '../../test/support/signed-in.js';
import { smallPlan } from '../../test/support/small-plan.js';
import { startTestServer, type TestServer } from '../../test/support/server.js';
import type { EventRecord, TrailPage } from '../audit/trail.js';
import type { OverviewSummary } from '../digests/summary.js';
import type { Comparison } from '../evaluations/comparison.js';
import type { EvaluationDocument } from '../evaluations/evaluation.projection.js';
import type { AccessListing } from '../people/access-log.controller.js';
import type { IndicatorHistory } from '../overview/indicator-history.js';

/** The tools of the Model Context Protocol, called by its own client on a server with the demonstration. */

let server: TestServer;
let plan: string;
const open: Client[] = [];

beforeAll(async () => {
  server = await startTestServer();
  plan = server.plan.split('/').at(-1)!;
  const evaluation = `${server.plan}/evaluations/midterm`;
  expect((await server.post(evaluation, { kind: 'midterm', period: '2022' })).status).toBe(200);
  expect((await server.post(`${evaluation}/snapshots`, { asOf: '2023-06-30' })).status).toBe(200);
  await server.engine.submissions.submit(smallPlan());
  await server.engine.caughtUp();
}, 120_000);
afterAll(async () => {
  for (const client of open) await client.close();
  await server.close();
});

async function connect(headers: Record<string, string> = asOperator): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' });
  const transport = new StreamableHTTPClientTransport(new URL('/api/mcp', server.url), { requestInit: { headers } });
  await client.connect(transport);
  open.push(client);
  // The client then checks answers by their schemas.
  await client.listTools();
  return client;
}

interface Called<Answer> {
  readonly answer: Answer;
  readonly text: string;
}

async function call<Answer = Found>(client: Client, name: string, args: object = {}): Promise<Called<Answer>> {
  const { content, structuredContent, isError } = await client.callTool({ name, arguments: { ...args } });
  const [{ text }] = content as [{ text: string }];
  if (isError) throw new Error(text);
  expect(JSON.parse(text)).toEqual(structuredContent);
  return { answer: structuredContent as Answer, text };
}

async function refusal(client: Client, name: string, args: object = {}): Promise<string> {
  const { content, structuredContent, isError } = await client.callTool({ name, arguments: { ...args } });
  expect([isError, structuredContent]).toEqual([true, undefined]);
  return (content as [{ text: string }])[0].text;
}

const get = async <Body>(path: string): Promise<Body> => {
  const { status, body, text } = await server.get<Body>(path);
  if (status !== 200) throw new Error(`${path}: ${text}`);
  return body;
};

/** Everything under these keys in an answer. */
function allUnder(answer: unknown, key: string): unknown[] {
  if (typeof answer !== 'object' || answer === null) return [];
  return Object.entries(answer).flatMap(([name, value]) => [
    ...(name === key ? [value as unknown] : []),
    ...allUnder(value, key),
  ]);
}

const eventsIn = (answer: unknown) => [
  ...(allUnder(answer, 'events') as Place[][]).flat(),
  ...(allUnder(answer, 'taken') as Place[]),
];

describe('what a desktop assistant finds', () => {
  it('lists tools that only read, in Chinese and English, with schemas', async () => {
    const client = await connect();
    expect(client.getInstructions()).toContain('示例数据');
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual([
      ...['list_plans', 'overview', 'indicator_history', 'changes', 'compare', 'list_snapshots', 'verify_snapshot'],
    ]);
    for (const { title, description, annotations, outputSchema } of tools) {
      expect([title, description]).toEqual([
        expect.stringMatching(/^\p{Script=Han}.* \/ [A-Z]/u),
        expect.stringMatching(/\p{Script=Han}/u),
      ]);
      expect(annotations).toMatchObject({ readOnlyHint: true });
      expect(outputSchema?.type).toBe('object');
    }
  });

  it('says of every answer about the demonstration that it has 示例数据, and of when it is', async () => {
    const client = await connect();
    const head = await server.engine.log.head();
    for (const [name, args] of [
      ['list_plans', {}],
      ['overview', { plan }],
      ['indicator_history', { plan, indicator: '02' }],
      ['changes', { plan, indicator: '02' }],
      ['compare', { plan, left: '2022-12-31' }],
      ['list_snapshots', { plan }],
      ['verify_snapshot', { plan, snapshot: 'midterm/1' }],
    ] as const) {
      const { answer, text } = await call(client, name, args);
      expect([name, answer.mark, answer.moment.position]).toEqual([name, '示例数据', head]);
      expect(text.length).toBeLessThan(40_000);
    }
  });
});

describe('its numbers', () => {
  it.each([{ period: '2022', asOf: '2023-06-30' }, { period: '2022' }, {}, { unit: '331102' }])(
    'of the overview %o are those of the HTTP API',
    async ({ asOf, ...asked }: { asOf?: string; unit?: string; period?: string }) => {
      const { answer } = await call<Overview>(await connect(), 'overview', { plan, ...asked, as_of: asOf });
      const search = new URLSearchParams({ ...asked, ...(asOf !== undefined && { asOf }) });
      const summary = await get<OverviewSummary>(`${server.plan}/overview/summary?${search.toString()}`);
      expect(answer.index).toMatchObject({ value: summary.index.value, coverage: summary.index.coverage });
      expect(answer.areas.map(({ value }) => value)).toEqual(summary.areas.map(({ value }) => value));
      expect(answer.indicators).toHaveLength(9);
      expect(
        answer.indicators.map(({ code, base, value, required, targets, status }) => ({
          ...{ code, base: base.shown, value: value.shown, required: required.shown, status },
          targets: targets.map(({ shown }) => shown),
        })),
      ).toEqual(
        summary.indicators.map(({ code, base, value, assessment, targets }) => ({
          ...{ code, base: base.shown, value: value.shown, status: assessment.status },
          ...{ required: assessment.requiredNow, targets: targets.map(({ shown }) => shown) },
        })),
      );
      // Followed later, its own address gives the same.
      expect((await get<OverviewSummary>(answer.index.api)).index.value).toBe(answer.index.value);
    },
  );

  it('of a history are those of the HTTP API, each version with the events that brought it', async () => {
    const { answer } = await call<History>(await connect(), 'indicator_history', { plan, indicator: '02' });
    const history = await get<IndicatorHistory>(`${server.plan}/indicators/02/history`);
    expect(answer.points.map(({ period, value, versions }) => [period, value.shown, versions.map((v) => v.shown)]))
      // prettier-ignore
      .toEqual(
        history.points.map(({ period, value, changes }) => [
          period,
          'shown' in value ? value.shown : undefined,
          changes.map((v) => v.shown),
        ]),
      );
    const { versions } = answer.points.find(({ period }) => period === '2022')!;
    expect(versions.map(({ shown }) => shown)).toEqual(['55.2', '54.9']);
    const [corrected] = versions.at(-1)!.events;
    const { entry } = await get<EventRecord>(`${server.plan}/audit/events/${corrected!.position}`);
    expect(entry).toMatchObject({ type: 'MeasurementCorrected', subject: { code: '02', period: '2022' } });
    const own = await call<History>(await connect(), 'indicator_history', {
      ...{ plan, indicator: '02', unit: '331102', period: '2022' },
    });
    expect(own.answer.points).toHaveLength(1);
  });

  it('of a comparison are those of the HTTP API, with the same causes', async () => {
    const client = await connect();
    const found: Compared['differences'][number][] = [];
    for (let offset: number | undefined = 0; offset !== undefined;) {
      const args = { plan, left: 'midterm/1', right: 'now', offset, limit: 7 };
      const { answer }: Called<Compared> = await call<Compared>(client, 'compare', args);
      found.push(...answer.differences);
      offset = answer.next as number | undefined;
    }
    const compared = await get<Comparison>(`${server.plan}/comparison?left=midterm/1&right=now`);
    const told = ({ aspect, from, to, because }: Compared['differences'][number]) => ({
      ...{ aspect, from, to, because: because.map(({ eventId }) => eventId) },
    });
    expect(compared.differences.length).toBeGreaterThan(7);
    expect(found.map(told)).toEqual(
      compared.differences.map((each) => told({ ...each, because: each.because.slice(0, 5) })),
    );
    const some = await call<Compared>(client, 'compare', { plan, left: '2023-06-30', period: '2022', indicator: '02' });
    expect(some.answer.total).toBeLessThan(found.length);
  });

  it('of a snapshot are those that were kept, and are proven by recomputing', async () => {
    const client = await connect();
    const { answer } = await call<Snapshots>(client, 'list_snapshots', { plan });
    const [evaluation] = await get<EvaluationDocument[]>(`${server.plan}/evaluations`);
    const { contentHash, summary } = evaluation!.snapshots[0]!;
    expect(answer.snapshots).toMatchObject([{ snapshot: 'midterm/1', contentHash, index: summary.index }]);
    for (const snapshot of ['midterm/1', 'midterm']) {
      const verified = await call(client, 'verify_snapshot', { plan, snapshot });
      expect(verified.answer).toMatchObject({ contentHash, recomputedHash: contentHash, reproduced: true });
    }
  });

  it('of the trail are its entries, page by page', async () => {
    const client = await connect();
    const args = { plan, indicator: '02', unit: '331102', sort: 'recorded', limit: 5 };
    const first = (await call<Entries>(client, 'changes', args)).answer;
    const second = (await call<Entries>(client, 'changes', { ...args, cursor: first.next })).answer;
    const trail = await get<TrailPage>(`${server.plan}/audit?indicator=02&unit=331102&sort=recorded&limit=10`);
    expect([...first.entries, ...second.entries].map(({ eventId }) => eventId)).toEqual(
      trail.entries.map(({ eventId }) => eventId),
    );
    // The page has its own names for what is searched.
    const { page } = (first as unknown as { address: { page: string } }).address;
    expect(page).toBe(`/p/${plan}/audit?unit=331102&sort=recorded&code=02`);
    const corrected = await call<Entries>(client, 'changes', { plan, period: '2022', corrections_only: true });
    expect(corrected.answer.entries.length).toBeGreaterThan(0);
  });
});

describe('what can be checked of an answer', () => {
  it.each([
    ['overview', { as_of: '2023-06-30', period: '2022' }],
    ['indicator_history', { indicator: '02' }],
    ['indicator_history', { indicator: '06', unit: '331102', as_of: '2024-06-30' }],
    ['list_snapshots', {}],
    ['changes', { indicator: '02', limit: 5 }],
    ['compare', { left: 'midterm/1', limit: 5 }],
  ])('%s %o: its events stand in the audit trail, its addresses answer', async (name, asked) => {
    const { answer } = await call<object>(await connect(), name, { plan, ...asked });
    const entries = [...allUnder(answer, 'because'), ...allUnder(answer, 'entries')] as Place[][];
    const places = [...eventsIn(answer), ...entries.flat()];
    expect(places.length).toBeGreaterThan(0);
    for (const { eventId, position } of new Map(places.map((each) => [each.position, each])).values()) {
      const { entry } = await get<EventRecord>(`${server.plan}/audit/events/${position}`);
      expect(entry.eventId).toBe(eventId);
    }
    const addresses = [...new Set(allUnder(answer, 'api') as string[])].filter((each) => !each.includes('{position}'));
    expect(addresses.length).toBeGreaterThan(0);
    for (const address of addresses) expect([address, (await server.get(address)).status]).toEqual([address, 200]);
    for (const page of new Set(allUnder(answer, 'page') as string[]))
      expect(page).toMatch(new RegExp(`^/p/${plan}[/?]`));
  });

  it('every number that was entered rests on events', async () => {
    const { answer } = await call<Overview>(await connect(), 'overview', { plan, period: '2022' });
    for (const { base, value, required, targets } of answer.indicators) {
      for (const { shown, events, eventsInAll } of [base, value, required, ...targets]) {
        if (shown === undefined) continue;
        expect(events.length).toBe(Math.min(eventsInAll, 12));
        expect(events.length).toBeGreaterThan(0);
      }
    }
  });
});

describe('who may not', () => {
  it('is told so as by the HTTP API: without a token, or with a wrong one', async () => {
    for (const headers of [undefined, { authorization: 'Bearer tj_wrong' }]) {
      const answer = await fetch(`${server.url}/api/mcp`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
        body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
      });
      expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
        401,
        expect.stringMatching(/^access\./),
      ]);
    }
    await expect(connect({})).rejects.toThrow('access.not-signed-in');
  });

  it('reads no trail without the right to, and no plan of others', async () => {
    const granted = [{ role: 'reporter', plan, unit: '331102' }] as const;
    const person = await signUp(server, '莲都填报员', granted, '331102');
    const clerk = await connect(person.headers);
    expect(await refusal(clerk, 'changes', { plan, indicator: '02' })).toContain('查阅审计记录');
    const { answer } = await call<Overview & { eventAddress?: object }>(clerk, 'overview', { plan, unit: '331102' });
    expect(answer.eventAddress).toBeUndefined();
    // Whatever address the clerk is given leads somewhere.
    const compared = await call(clerk, 'compare', { plan, left: '2023-06-30', period: '2022' });
    expect(allUnder(compared.answer, 'eventId').length).toBeGreaterThan(0);
    for (const address of new Set(allUnder([answer, compared.answer], 'api') as string[])) {
      expect([address, (await server.get(address, person.headers)).status]).toEqual([address, 200]);
    }
    const stranger = await connect((await signUp(server, '外人', [{ role: 'reviewer', plan: 'small' }])).headers);
    const { answer: listed } = await call<Plans>(stranger, 'list_plans');
    expect(listed.plans.map((each) => each.plan)).toEqual(['small']);
    expect(listed.mark).toBeUndefined();
    for (const name of ['overview', 'list_snapshots', 'changes']) {
      expect(await refusal(stranger, name, { plan })).toContain('plan.unknown');
    }
  });
});

describe('who is let in', () => {
  it('is also somebody with a session, whose rights have just changed', async () => {
    const people = await startPeopleServer();
    const { person, browser } = await people.signedIn('zhou.min', 'leader');
    await people.grant(person, { role: 'reviewer' });
    const params = { name: 'list_plans', arguments: {} };
    for (let turn = 0; turn < 2; turn++) {
      const { status, body } = await browser.ask<{ result: { isError?: true; structuredContent: object } }>(
        ...(['POST', '/api/mcp', { jsonrpc: '2.0', id: 1, method: 'tools/call', params }] as const),
        { accept: 'application/json, text/event-stream' },
      );
      expect([status, body.result.isError]).toEqual([200, undefined]);
      expect(body.result.structuredContent).toMatchObject({ plans: [], total: 0 });
    }
    await people.close();
  });

  it('is noted in the access log as who reads the trail by the HTTP API', async () => {
    const auditor = await signUp(server, '审计员', [{ role: 'auditor' }]);
    await call(await connect(auditor.headers), 'changes', { plan, indicator: '02' });
    const { entries } = await get<AccessListing>(`/api/access-log?person=${auditor.person}`);
    expect(entries.map(({ kind, detail }) => [kind, detail?.path])).toContainEqual([
      ...['read.trail', `${server.plan}/audit`],
    ]);
  });
});

describe('what is wrong', () => {
  const send = (body: unknown, headers: Record<string, string> = {}) =>
    server.post<{ error?: { code: number }; code?: string }>('/api/mcp', body, {
      accept: 'application/json, text/event-stream',
      ...headers,
    });
  const tools = { jsonrpc: '2.0', id: 1, method: 'tools/list' };

  it.each([
    ['no JSON', '{"jsonrpc"', 400, 'request.malformed'],
    ['no message', {}, 400, -32_700],
    ['no object', 3, 400, -32_700],
    ['another version', { jsonrpc: '1.0', id: 1, method: 'tools/list' }, 400, -32_700],
    ['a batch', [tools, tools], 400, -32_600],
    ['an unknown method', { jsonrpc: '2.0', id: 1, method: 'tools/delete' }, 200, -32_601],
    ['a call without a tool', { jsonrpc: '2.0', id: 1, method: 'tools/call', params: {} }, 200, -32_603],
  ])('%s is a protocol error', async (_, body, status, code) => {
    const answer = await send(body);
    expect([answer.status, answer.body.error?.code ?? answer.body.code]).toEqual([status, code]);
  });

  it('a message that asks nothing is accepted, a stream or the end of a session is not to be had', async () => {
    expect((await send({ jsonrpc: '2.0', method: 'notifications/initialized' })).status).toBe(202);
    expect((await send(tools, { accept: 'application/json' })).status).toBe(406);
    expect((await send(tools, { origin: 'https://elsewhere.example' })).body.code).toBe('request.foreign-site');
    for (const method of ['GET', 'DELETE']) {
      const { status, headers } = await server.ask(method, '/api/mcp', { accept: 'text/event-stream' });
      expect([status, headers.get('allow')]).toEqual([405, 'POST']);
    }
  });

  it('a plan, an indicator, a moment or an argument that there is not is named', async () => {
    const client = await connect();
    expect(await refusal(client, 'overview', { plan: 'nowhere' })).toContain('plan.unknown');
    expect(await refusal(client, 'overview', { plan, as_of: 'yesterday' })).toContain('input.invalid');
    expect(await refusal(client, 'overview', { plan, at_position: '999999' })).toContain('position.beyond-log');
    expect(await refusal(client, 'indicator_history', { plan, indicator: '99' })).toContain('indicator.unknown');
    expect(await refusal(client, 'changes', { plan, unit: 'x' })).toContain('unit.unknown');
    expect(await refusal(client, 'verify_snapshot', { plan, snapshot: 'x/1' })).toContain('evaluation.unknown');
    expect(await refusal(client, 'compare', { plan, left: 'midterm/7' })).toContain('evaluation.unknown-snapshot');
    expect(await refusal(client, 'overview', { plan, limit: 1_000 })).toContain('limit');
    expect(await refusal(client, 'overview', { plan, asOf: '2023-06-30' })).toContain('asOf');
    expect(await refusal(client, 'delete_plan', {})).toContain('delete_plan');
  });

  it('writes nothing', async () => {
    const before = await server.engine.log.head();
    await call(await connect(), 'overview', { plan });
    expect(await server.engine.log.head()).toBe(before);
  });
});
