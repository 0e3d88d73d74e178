import { readFileSync } from 'node:fs';
import type { CommandAnswer } from '../../src/http/api-models.js';
import type { ProjectDocument } from '../../src/projects/project.projection.js';
import { projectRegistered } from '../support/examples/projects.js';
import { startTestServer, type TestServer } from '../support/server.js';

let server: TestServer;
beforeAll(async () => void (server = await startTestServer({ demo: false })));
afterAll(() => server.close());

describe('the projects of a plan', () => {
  const ours = () => `${server.plan}/projects/X99`;

  it('are listed and returned individually, including a project just registered', async () => {
    const { data } = projectRegistered();
    expect((await server.post(`${ours()}/registration`, data)).status).toBe(200);
    const started = await server.post<CommandAnswer>(`${ours()}/start`, { on: '2022-03-01' });
    const wait = { 'Tongjian-Position': started.body.position! };

    const one = await server.get<ProjectDocument>(ours(), wait);
    expect(one.status).toBe(200);
    expect(one.body).toMatchObject({ ...data, id: 'X99', steps: [{ to: 'started', on: '2022-03-01' }] });
    const all = await server.get<ProjectDocument[]>(`${server.plan}/projects`);
    expect(all.body.find(({ id }) => id === 'X99')).toEqual(one.body);
  });

  it('are not found before they were known, or if the plan does not exist', async () => {
    for (const path of [`${ours()}?asOf=2022-12-31`, `${server.plan}/projects/X98`]) {
      const { status, body } = await server.get<{ code: string }>(path);
      expect([path, status, body.code]).toEqual([path, 404, 'document.unknown']);
    }
    const then = await server.get<ProjectDocument[]>(`${server.plan}/projects?asOf=2022-12-31`);
    expect(then.body.map(({ id }) => id)).not.toContain('X99');
    expect((await server.get('/api/plans/no-such-plan/projects')).body).toMatchObject({ code: 'plan.unknown' });
  });

  it.each(['policies', 'tasks', 'promises', 'findings'])('%s are available in the same way', async (resource) => {
    expect(await server.get(`${server.plan}/${resource}`)).toMatchObject({
      status: 200,
      body: expect.any(Array) as [],
    });
    expect((await server.get(`${server.plan}/${resource}/X98`)).body).toMatchObject({ code: 'document.unknown' });
  });
});

it('serves the assets of the page compressed and immutable, and the page itself without caching', async () => {
  const page = await server.get('/');
  expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-cache']);
  const parts = [...page.text.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path]) => path!);
  expect(parts.length).toBeGreaterThan(2);
  for (const path of parts.filter((path) => !path.includes('runtime'))) {
    const { status, headers, text } = await server.get(path, { 'Accept-Encoding': 'gzip' });
    expect([path, status, headers.get('content-encoding'), headers.get('vary')]).toEqual([
      ...[path, 200, 'gzip', 'Accept-Encoding'],
    ]);
    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(text).toBe(readFileSync(`web/dist${path}`, 'utf8'));
  }
  expect((await server.get('/assets/of-another-version.js')).status).toBe(404);
});

it('answers compressed, kept nowhere, and 304 where the answer is still the same, also to a browser', async () => {
  const path = `${server.plan}/overview?period=2022`;
  const first = await server.get(path, { 'Accept-Encoding': 'br' });
  const etag = first.headers.get('etag')!;
  expect([first.headers.get('content-encoding'), first.headers.get('cache-control')]).toEqual(['br', 'no-store']);
  const again = await server.get(path, { 'If-None-Match': etag, 'Cache-Control': 'no-cache', Pragma: 'no-cache' });
  expect([again.status, again.headers.get('etag'), again.text]).toEqual([304, etag, '']);
  await server.post(`${server.plan}/projects/X97/registration`, projectRegistered().data);
  await server.engine.caughtUp();
  expect((await server.get(path, { 'If-None-Match': etag })).status).toBe(200);
});
