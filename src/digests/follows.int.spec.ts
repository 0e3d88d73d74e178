import { signUp } from '../../test/support/people.js';
import { startTestServer, type TestServer } from '../../test/support/server.js';
import type { FollowedList } from './follows.js';

let server: TestServer;
beforeAll(async () => void (server = await startTestServer()), 60_000);
afterAll(() => server.close());

type Headers = Record<string, string>;
const list = async (headers: Headers) =>
  (await server.get<FollowedList>(`${server.plan}/follows?latest=true`, headers)).body.follows;
const send = (headers: Headers, method: 'POST' | 'DELETE', thing: string) =>
  server.ask<{ code: string }>(method, `${server.plan}/follows/${thing}`, headers);

it('what a person follows is listed with its name and its latest change, the last one first', async () => {
  const { headers } = await signUp(server, '林领导', [{ role: 'leader' }]);
  expect(await list(headers)).toEqual([]);
  for (const thing of ['indicator/05', 'unit/331102', 'project/P01', 'indicator/05']) {
    expect((await send(headers, 'POST', thing)).status).toBe(204);
  }
  const follows = await list(headers);
  expect(follows.map(({ kind, id }) => `${kind} ${id}`).toSorted()).toEqual([
    ...['indicator 05', 'project P01', 'unit 331102'],
  ]);
  const [indicator, unit] = ['05', '331102'].map((id) => follows.find((each) => each.id === id)!);
  expect(indicator).toMatchObject({ title: expect.any(String) as string, latest: { kind: 'figure', id: '05' } });
  expect(unit).toMatchObject({ title: '莲都区', latest: { kind: 'figure', unit: '331102' } });

  expect((await send(headers, 'DELETE', 'unit/331102')).status).toBe(204);
  expect((await list(headers)).map(({ id }) => id)).not.toContain('331102');
});

it('is one’s own', async () => {
  const [one, other] = await Promise.all(['甲', '乙'].map((name) => signUp(server, name, [{ role: 'leader' }])));
  await send(one!.headers, 'POST', 'indicator/02');
  expect(await list(one!.headers)).toHaveLength(1);
  expect(await list(other!.headers)).toEqual([]);
});

it('is refused for what the plan does not have, and beyond a hundred things', async () => {
  const { headers } = await signUp(server, '丙', [{ role: 'leader' }]);
  expect((await send(headers, 'POST', 'indicator/99')).body).toMatchObject({ code: 'document.unknown' });
  expect((await send(headers, 'POST', 'toString/02')).body).toMatchObject({ code: 'follow.unknown-kind' });
  expect(await list(headers)).toEqual([]);

  const { person, headers: full } = await signUp(server, '丁', [{ role: 'leader' }]);
  const { follows } = server.identity!.credentials;
  const plan = server.plan.split('/').at(-1)!;
  for (let at = 0; at < 100; at++) {
    await follows.add(person, plan, { kind: 'project', id: `X${at}` }, '2026-01-01T00:00:00.000Z');
  }
  expect((await send(full, 'POST', 'indicator/02')).body).toMatchObject({ code: 'follow.too-many' });
  // What the plan does not have any more is listed without a name.
  expect((await list(full))[0]).toEqual({ kind: 'project', id: 'X0' });
});
