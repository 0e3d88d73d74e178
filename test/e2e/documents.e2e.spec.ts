import type { CommandAnswer } from '../../src/http/api-models.js';
import type { ProjectDocument } from '../../src/projects/project.projection.js';
import { projectRegistered } from '../support/examples/projects.js';
import { startTestServer, type TestServer } from '../support/server.js';

let server: TestServer;
beforeAll(async () => void (server = await startTestServer({ demo: false })));
afterAll(() => server.close());

describe('the projects of a plan', () => {
  const ours = () => `${server.plan}/projects/X99`;

  it('are listed and shown one by one, what was just reported included', async () => {
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

  it('are not there before they were known, nor where the plan is not', async () => {
    for (const path of [`${ours()}?asOf=2022-12-31`, `${server.plan}/projects/X98`]) {
      const { status, body } = await server.get<{ code: string }>(path);
      expect([path, status, body.code]).toEqual([path, 404, 'document.unknown']);
    }
    const then = await server.get<ProjectDocument[]>(`${server.plan}/projects?asOf=2022-12-31`);
    expect(then.body.map(({ id }) => id)).not.toContain('X99');
    expect((await server.get('/api/plans/no-such-plan/projects')).body).toMatchObject({ code: 'plan.unknown' });
  });

  it.each(['policies', 'tasks', 'promises', 'findings'])('and %s alike', async (resource) => {
    expect(await server.get(`${server.plan}/${resource}`)).toMatchObject({
      status: 200,
      body: expect.any(Array) as [],
    });
    expect((await server.get(`${server.plan}/${resource}/X98`)).body).toMatchObject({ code: 'document.unknown' });
  });
});
