import type { AccessLogProof } from '../../src/people/access-log.controller.js';
import type { GrantScope, PersonAnswer, PersonStep } from '../../src/people/people.controller.js';
import type { DueDay } from '../../src/reporting/obligation-calendar.js';
import type { TrailEntry } from '../../src/audit/trail-entry.js';
import { createInstallation, type Installation } from '../support/house.js';
import { signUp, type SignedUp } from '../support/people.js';
import { serve, type TestServer } from '../support/server.js';
import { smallPlan } from '../support/small-plan.js';

/** What administrators read of people, rights and plans. They use tokens here, which see ids for names. */

let installation: Installation;
let server: TestServer;
let systemAdmin: SignedUp;
let securityAdmin: SignedUp;
let auditor: SignedUp;
let manager: SignedUp;

beforeAll(async () => {
  installation = await createInstallation();
  server = await serve(installation.data);
  await server.engine.submissions.submit(smallPlan());
  systemAdmin = await signUp(server, '系统', [{ role: 'system-admin' }]);
  securityAdmin = await signUp(server, '安全', [{ role: 'security-admin' }]);
  auditor = await signUp(server, '审计', [{ role: 'auditor' }]);
  manager = await signUp(server, '规划', [{ role: 'plan-manager', plan: 'small' }]);
  await server.engine.caughtUp();
}, 60_000);
afterAll(async () => {
  await server.close();
  await installation.remove();
});

async function get<Body>(path: string, { headers }: SignedUp): Promise<Body> {
  const response = await fetch(`${server.url}/api/${path}`, { headers });
  expect({ path, status: response.status }).toEqual({ path, status: 200 });
  return (await response.json()) as Body;
}

const post = (path: string, body: object, { headers }: SignedUp) =>
  fetch(`${server.url}/api/${path}`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

it('the directory says with which accounts a person signs in, and since when not', async () => {
  const invited = await post('people', { name: '李新人', unit: '331102' }, systemAdmin);
  const { person, secret } = (await invited.json()) as { person: string; secret: string };
  const before = await get<PersonAnswer>(`people/${person}`, securityAdmin);
  expect(before).toMatchObject({ name: person, waysIn: { accounts: [], openId: 0, hasSecondFactor: false } });

  const password = '莲都 古堰 画乡 云和 梯田';
  await post('invitations', { secret, account: 'li.xin', password }, { person, headers: {} as SignedUp['headers'] });
  await fetch(`${server.url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url },
    body: JSON.stringify({ account: 'li.xin', password }),
  });
  const after = (await get<PersonAnswer[]>('people?name=李新', auditor))[0]!;
  expect(after.waysIn).toMatchObject({ accounts: ['li.xin'], lastAt: expect.stringMatching(/^20/) as string });
});

it('the history of a person says who granted what, and why', async () => {
  const { person } = await signUp(server, '周某', []);
  const granted = await post(
    `people/${person}/grants`,
    { role: 'reporter', plan: 'small', unit: '331102', reason: '接替王某', evidence: [{ title: '任免通知' }] },
    securityAdmin,
  );
  expect(granted.status).toBe(200);
  const steps = await get<PersonStep[]>(`people/${person}/history`, systemAdmin);
  expect(steps.map(({ label }) => label)).toEqual(expect.arrayContaining(['邀请人员', '授予角色']));
  expect(steps.find(({ type }) => type === 'RoleGranted')).toMatchObject({
    by: { id: securityAdmin.person },
    reason: '接替王某',
    evidence: [{ title: '任免通知' }],
    data: { role: 'reporter', unit: '331102' },
  });
});

it('administrators of people know plans and units by name, and nothing else of them', async () => {
  const [scope] = await get<GrantScope[]>('grant-scopes', securityAdmin);
  expect(scope).toMatchObject({ plan: 'small', title: '小规划' });
  expect(scope!.units).toContainEqual(expect.objectContaining({ code: '331102', name: '莲都区', level: 'county' }));
  const { headers } = securityAdmin;
  expect((await fetch(`${server.url}/api/plans/small`, { headers })).status).toBe(404);
});

it('the chain of the access log is proved, with the time of its oldest entry', async () => {
  const { proof, oldest } = await get<AccessLogProof>('access-log/proof', auditor);
  expect(proof).toMatchObject({ holds: true });
  expect(oldest).toMatch(/^20/);
});

it('deadlines give the due day of each period, and the plan’s trail says who set them', async () => {
  const set = await post('plans/small/deadlines', { days: { A: 90 }, reason: '市局通知' }, manager);
  expect(set.status).toBe(200);
  await server.engine.caughtUp();
  const days = await get<DueDay[]>('plans/small/due-days', manager);
  expect(days).toContainEqual({ period: '2022', frequency: 'A', due: '2023-03-31' });
  const trail = await get<TrailEntry[]>('plans/small/plans/small/trail', manager);
  expect(trail.at(-1)).toMatchObject({ type: 'DeadlinesSet', reason: '市局通知', actor: { id: manager.person } });
  const other = await fetch(`${server.url}/api/plans/small/plans/other/trail`, { headers: manager.headers });
  expect(other.status).toBe(404);
});
