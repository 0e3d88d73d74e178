import { memoryEngine } from '../../test/support/engine.js';
import { MovingClock } from '../../test/support/moving-clock.js';
import { asOperator, operatorKey } from '../../test/support/operator.js';
import { openIdentity, signUp } from '../../test/support/people.js';
import { smallPlan } from '../../test/support/small-plan.js';
import type { Engine } from '../engine.js';
import { createServer, type HttpServer } from '../server.js';

let engine: Engine;
let server: HttpServer;
let url: string;
type Who = { readonly authorization: string };
let [clerk, county, reviewer]: Who[] = [];
let closeIdentity: () => Promise<void>;

beforeAll(async () => {
  engine = memoryEngine({ clock: new MovingClock('2024-03-01T00:00:00.000Z') });
  await engine.start();
  await engine.submissions.submit(smallPlan());
  await engine.caughtUp();
  const opened = await openIdentity(engine);
  closeIdentity = opened.close;
  const { identity } = opened;
  server = await createServer(engine, { operatorKey, identity });
  const house = { engine, identity };
  clerk = (await signUp(house, '莲都填报员', [{ role: 'reporter', plan: 'small', unit: '331102' }])).headers;
  county = (await signUp(house, '莲都审核员', [{ role: 'reviewer', plan: 'small', unit: '331102' }])).headers;
  reviewer = (await signUp(house, '市局审核员', [{ role: 'reviewer', plan: 'small', unit: '331100' }])).headers;
  url = await server.listen(0, '127.0.0.1');
});
afterAll(async () => {
  await server.close();
  await closeIdentity();
  await engine.close();
});

let seen: string | null = null;
const answerOf = async (response: Response) => {
  seen = response.headers.get('Tongjian-Position') ?? seen;
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};
const get = async (path: string) =>
  answerOf(
    await fetch(`${url}/api/plans/small${path}`, {
      headers: { ...asOperator, ...(seen !== null && { 'Tongjian-Position': seen }) },
    }),
  );
const post = async (path: string, body: object, who: Who = asOperator, key?: string) =>
  answerOf(
    await fetch(`${url}/api/plans/small${path}`, {
      method: 'POST',
      headers: {
        ...{ 'Content-Type': 'application/json', ...who },
        ...(key !== undefined && { 'Idempotency-Key': key }),
      },
      body: JSON.stringify(body),
    }),
  );
const figure = (revision: number) => ({ code: '03', unit: '331102', period: '2022', revision });

it('a figure goes from its check over two levels to a lock, an unlocking and a correction', async () => {
  const rule = { id: 'jump', kind: 'jump', percent: '50' };
  expect(await post('/quality-rules', { rules: [rule] })).toMatchObject({ status: 200 });
  expect(await get('/quality-rules')).toMatchObject({ body: { version: 1, rules: [rule] } });
  expect(await post('/reporting-rules', { approval: ['county', 'city'] })).toMatchObject({ status: 200 });

  expect(await post('/figures/03/331102/2023/measurement/check', { value: '20' })).toMatchObject({
    ...{ status: 200, body: { marks: [{ rule: 'jump' }], unexplained: [] } },
  });
  expect(await get('/figures/review?level=county&unit=331100')).toMatchObject({
    ...{ status: 200, body: { total: 1, changedSinceApproval: 0 } },
    body: { waiting: [{ revision: 0, marks: [{ rule: 'jump', numbers: { previous: '3' } }] }] },
  });
  expect(await post('/figures/approvals', { figures: [figure(0)] }, reviewer)).toMatchObject({
    ...{ status: 422, body: { code: 'figures.review-refused', problems: [{ code: 'approval.not-yet' }] } },
  });
  expect(await post('/figures/03/331102/2022/approval', {}, reviewer)).toMatchObject({
    ...{ status: 409, body: { code: 'approval.not-yet' } },
  });
  for (const again of [false, true]) {
    const { status, body } = await post('/figures/approvals', { figures: [figure(0)] }, county, 'first');
    expect([again, status, body]).toMatchObject([again, 200, { figures: [{ revision: 1 }] }]);
  }
  expect(await post('/figures/approvals', { figures: [figure(1)] }, reviewer)).toMatchObject({ status: 200 });
  expect(await get('/figures/03/331102/2022')).toMatchObject({
    body: { standing: 'approved', approvals: [{ level: 'county' }, { level: 'city' }], lock: { because: 'approved' } },
  });

  const correction = { value: '7', reason: '重新清点' };
  const corrections = '/figures/03/331102/2022/corrections';
  expect(await post(corrections, correction, clerk)).toMatchObject({ status: 422, body: { code: 'figure.locked' } });
  const unlocking = { unit: '331102', period: '2022', until: '2024-03-31', reason: '省系统迁移' };
  expect(await post('/unlocks', unlocking)).toMatchObject({ status: 200 });
  expect(await post(corrections, correction, clerk)).toMatchObject({ status: 200 });
  expect(await get('/figures/03/331102/2022')).toMatchObject({
    body: { standing: 'reported', changesSinceApproval: 1, unlock: { until: '2024-03-31' }, approved: {} },
  });
  expect(await get('/figures?code=03&changed=true')).toMatchObject({
    body: { changedSinceApproval: 1, figures: [{ period: '2022' }] },
  });
  expect((await get('/figures?code=03')).body).toMatchObject({ changedSinceApproval: 1, figures: [{}, {}] });
  expect(await get('/overview?period=2022')).toMatchObject({ body: { changedSinceApproval: { total: 1 } } });
  const { unit, period } = unlocking;
  expect(await post('/unlocks/end', { unit, period })).toMatchObject({ status: 200 });
  const returned = { figures: [figure(3)], reason: '与统计台账不符' };
  expect(await post('/figures/returns', returned, county)).toMatchObject({ status: 200 });
  expect(await post(corrections, correction, clerk)).toMatchObject({ status: 422, body: { code: 'figure.locked' } });
});
