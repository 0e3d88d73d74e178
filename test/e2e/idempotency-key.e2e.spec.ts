import type { CommandAnswer } from '../../src/http/api-models.js';
import { createInstallation, installationKinds, type Installation } from '../support/house.js';
import { signUp } from '../support/people.js';
import { serve, type TestServer } from '../support/server.js';
import { smallPlan } from '../support/small-plan.js';

interface Problem {
  readonly code: string;
  readonly status: number;
  readonly detail: string;
}

const figures = (plan: string) => `/api/plans/${plan}/figures/03/331102`;
const first = `${figures('small')}/2023/measurement`;
const key = { 'Idempotency-Key': 'report-1' };

describe.each(installationKinds)('an Idempotency-Key, with log and views on %s,', (kind) => {
  let installation: Installation;
  let server: TestServer;
  let answer: CommandAnswer;

  const start = async () => {
    server = await serve(installation.data, installation.environment);
  };
  beforeAll(async () => {
    installation = await createInstallation(kind);
    await start();
    await server.engine.submissions.submit(smallPlan());
    await server.engine.submissions.submit(
      smallPlan(['plan.yaml', 'plan: small', 'plan: other'], ['plan.yaml', '小规划', '另一规划']),
    );
    await server.engine.caughtUp();
    answer = (await server.post<CommandAnswer>(first, { value: '9' }, key)).body;
  });
  afterAll(async () => {
    await server.close();
    await installation.remove();
  });

  const uses: [string, () => [path: string, body: object, headers: object]][] = [
    ['other content', () => [first, { value: '8' }, key]],
    ['another command on the same figure', () => [`${figures('small')}/2023/withdrawal`, { reason: '误报' }, key]],
    ['another figure', () => [`${figures('small')}/2024/measurement`, { value: '9' }, key]],
    ['another plan', () => [`${figures('other')}/2023/measurement`, { value: '9' }, key]],
    [
      'another kind of thing',
      () => ['/api/plans/small/findings/I01', { severity: 'low', subjectType: 'plan', title: '附表无合计' }, key],
    ],
  ];

  const expectRefused = async () => {
    for (const [what, use] of uses) {
      const [path, body, headers] = use();
      const refused = await server.post<Problem>(path, body, headers as Record<string, string>);
      expect([what, refused.body]).toMatchObject([what, { status: 422, code: 'command.id-reused' }]);
      expect(refused.body.detail).toContain('本机操作员（operator）');
      expect(refused.body.detail).toContain(
        `“上报”，figure-small.03.331102.2023 第 0 版，系统记录序号 ${answer.position}。`,
      );
    }
    const again = await server.post<CommandAnswer>(first, { value: '9' }, key);
    expect(again.body).toEqual({ ...answer, repeated: true });
  };

  it('answers the same command with its first result, and refuses every other use, naming the first', expectRefused);

  it('knows nothing of an id of another person', async () => {
    const { headers } = await signUp(server, '李四', [{ role: 'reporter', plan: 'small' }]);
    const other = await server.post<CommandAnswer>(
      `${figures('small')}/2025/measurement`,
      { value: '9' },
      {
        ...key,
        ...headers,
      },
    );
    expect([other.status, other.body.repeated]).toEqual([200, false]);
  });

  it('does so after a restart, too', async () => {
    await server.engine.caughtUp();
    await server.close();
    await start();
    await expectRefused();
  });

  it('is refused where it is too long, has a space, or the form of an id that the program gives itself', async () => {
    for (const own of ['auto-1', 'load-1', 'submission-1', 'x'.repeat(201), 'a b']) {
      const headers = { 'Idempotency-Key': own };
      const { body } = await server.post<Problem>(`${figures('small')}/2025/measurement`, { value: '9' }, headers);
      expect(body).toMatchObject({ status: 400, code: 'command.id' });
    }
  });
});

it('an Idempotency-Key is known to another instance once the read models have its command', async () => {
  const installation = await createInstallation('esdb + redis');
  const elsewhere = await createInstallation();
  const servers = [
    await serve(installation.data, installation.environment),
    await serve(elsewhere.data, installation.environment),
  ] as const;
  const [here, there] = servers;
  try {
    await here.engine.submissions.submit(smallPlan());
    const { body: answer } = await here.post<CommandAnswer>(first, { value: '9' }, key);
    await there.get('/api/plans', { 'Tongjian-Position': answer.position! });
    const refused = await there.post<Problem>(`${figures('small')}/2024/measurement`, { value: '9' }, key);
    expect(refused.body).toMatchObject({ status: 422, code: 'command.id-reused' });
    const again = await there.post<CommandAnswer>(first, { value: '9' }, key);
    expect(again.body).toEqual({ ...answer, repeated: true });
  } finally {
    for (const server of servers) await server.close();
    await elsewhere.remove();
    await installation.remove();
  }
});

it('a command without a key gets an id of the program’s own', async () => {
  const installation = await createInstallation();
  const server = await serve(installation.data);
  try {
    await server.engine.submissions.submit(smallPlan());
    await server.post(first, { value: '9' });
    const [event] = await server.engine.log.readStream('figure-small.03.331102.2023');
    expect(event!.metadata.commandId).toMatch(/^auto-[0-9a-f]{8}-/);
    expect(event!.metadata.correlationId).toBe(event!.metadata.commandId);
  } finally {
    await server.close();
    await installation.remove();
  }
});
