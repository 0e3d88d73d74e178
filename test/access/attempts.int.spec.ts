import type { RoleName } from '../../src/access/roles.js';
import type { CommandAnswer, ProblemDetails } from '../../src/http/api-models.js';
import type { OverviewNow } from '../../src/overview/overview-later.js';
import type { TrailEntry } from '../../src/audit/trail-entry.js';
import type { Proof } from '../../src/kernel/event-log.js';
import type { Verification } from '../../src/evaluations/snapshot.js';
import { password } from '../support/credentials.js';
import { keepFile, pdfOf } from '../support/evidence.js';
import { signUp, type SignedUp } from '../support/people.js';
import { lishui, seedFiles } from '../support/seeds.js';
import { startTestServer, type Answer, type TestServer } from '../support/server.js';
import { Browser } from '../support/signed-in.js';
import { until } from '../support/until.js';

/** The table “Facts to test against” of the design of access, each row over HTTP on the real server; ended access is in test/e2e. */

let server: TestServer;
const counties = ['331102', '331121', '331122', '331123', '331124', '331125', '331126', '331127', '331181'];
const people = new Map<string, SignedUp>();
const as = (name: string): Record<string, string> => people.get(name)!.headers;
const figure = (unit: string, period: string, code = '03') => `${server.plan}/figures/${code}/${unit}/${period}`;
const shortly = ({ status, body }: Answer<unknown>) => [status, (body as { code?: string }).code];

async function join(name: string, granted: { role: RoleName; unit?: string; plan?: string }[], unit?: string) {
  const scoped = granted.map((each) => (each.role === 'security-admin' ? each : { plan: lishui, ...each }));
  people.set(name, await signUp(server, name, scoped, unit));
}

beforeAll(async () => {
  server = await startTestServer({ demo: false });
  const other = {
    ...seedFiles(lishui),
    'plan.yaml': (seedFiles(lishui)['plan.yaml'] as string).replace(lishui, 'other'),
  };
  await server.engine.submissions.submit(other);
  await join('莲都填报员', [{ role: 'reporter', unit: '331102' }], '331102');
  await join('青田填报员', [{ role: 'reporter', unit: '331121' }], '331121');
  await join('青田审核员', [{ role: 'reviewer', unit: '331121' }], '331121');
  await join('市局审核员', [{ role: 'reviewer', unit: '331100' }], '331100');
  await join('评估员', [{ role: 'evaluation-lead' }, { role: 'plan-manager' }]);
  await join('安全管理员', [{ role: 'security-admin' }]);
  await server.engine.caughtUp();
}, 120_000);
afterAll(() => server.close());

/** The page of a person who has an account and is signed in. */
async function signedIn(person: string, account: string) {
  const { secret } = await server.identity!.accounts.invite(person, 'invitation');
  await server.identity!.accounts.accept(secret, { account, password });
  const browser = new Browser(server.url);
  expect((await browser.ask('POST', '/api/session', { account, password })).status).toBe(200);
  return browser;
}

describe('a clerk', () => {
  it('does not find the figures of another county when reporting them', async () => {
    const before = await server.engine.log.head();
    const refused = await server.post(`${figure('331121', '2024')}/measurement`, { value: '7' }, as('莲都填报员'));
    expect(shortly(refused)).toEqual([404, 'access.unknown']);
    expect(refused.text).not.toContain('331121');
    expect(await server.engine.log.head()).toBe(before);
  });

  it('sees no waiting value of another county, and totals without it', async () => {
    const city = async (who: string): Promise<unknown> => {
      const { body } = await server.get<OverviewNow>(`${server.plan}/overview?period=2024`, as(who));
      return body.indicators.find(({ code }) => code === '03')!.cells.find(({ unit }) => unit === '331100')!.value;
    };
    const isListed = async (who: string): Promise<boolean> => {
      const { status, text } = await server.get(`${server.plan}/figures?limit=1000`, as(who));
      expect(status).toBe(200);
      return text.includes('4711');
    };
    for (const unit of counties.filter((each) => each !== '331121')) {
      expect((await server.post(`${figure(unit, '2024')}/measurement`, { value: '5' })).status).toBe(200);
      expect((await server.post(`${figure(unit, '2024')}/approval`, {}, as('市局审核员'))).status).toBe(200);
    }
    await server.engine.caughtUp();
    const before = await city('莲都填报员');
    expect(before).toMatchObject({ absent: 'incomplete', lacking: ['331121'] });
    expect(await city('评估员')).toEqual(before);
    const value = { value: '4711' };
    const reported = await server.post(`${figure('331121', '2024')}/measurement`, value, as('青田填报员'));
    expect(reported.status).toBe(200);
    await server.engine.caughtUp();

    expect(await isListed('莲都填报员')).toBe(false);
    expect(await isListed('青田填报员')).toBe(true);
    expect((await server.get(figure('331121', '2024'), as('莲都填报员'))).text).not.toContain('4711');
    expect((await server.get(figure('331121', '2024'), as('青田填报员'))).text).toContain('4711');
    expect(await city('莲都填报员')).toEqual(before);
    expect(await city('评估员')).toMatchObject({ shown: String(8 * 5 + 4711) });
    const trail = await server.get(`${figure('331121', '2024')}/trail`, as('莲都填报员'));
    expect([trail.status, trail.text.includes('4711')]).toEqual([404, false]);
    for (const path of [
      'overview?period=2024',
      'indicators/03/history',
      'index?period=2024',
      'obligations?period=2024',
    ]) {
      const { status, text } = await server.get(`${server.plan}/${path}`, as('莲都填报员'));
      expect({ path, status, shows: text.includes('4711') }).toEqual({ path, status: 200, shows: false });
    }
  });
});

describe('nobody approves', () => {
  const path = () => figure('331122', '2022');
  let person: string;
  let browser: Browser;
  beforeAll(async () => {
    await join('两职', [
      { role: 'reporter', unit: '331122' },
      { role: 'reviewer', unit: '331122' },
    ]);
    ({ person } = people.get('两职')!);
    browser = await signedIn(person, 'first.account');
    expect((await browser.ask('POST', `${path()}/measurement`, { value: '5' })).status).toBe(200);
    await server.engine.caughtUp();
  });

  it('what they reported themselves, by a token', async () => {
    const refused = await server.post(`${path()}/approval`, {}, as('两职'));
    expect(shortly(refused)).toEqual([403, 'figure.own-approval']);
  });

  it('nor under another account of theirs', async () => {
    const second = await signedIn(person, 'second.account');
    const refused = await second.ask('POST', `${path()}/approval`, {});
    expect([refused.status, refused.body.code]).toEqual([403, 'figure.own-approval']);
  });

  it('nor what their token reported', async () => {
    const other = `${figure('331122', '2023')}`;
    expect((await server.post(`${other}/measurement`, { value: '5' }, as('两职'))).status).toBe(200);
    const third = await signedIn(person, 'third.account');
    const refused = await third.ask('POST', `${other}/approval`, {});
    expect([refused.status, refused.body.code]).toEqual([403, 'figure.own-approval']);
    expect((await server.post(`${other}/approval`, {}, as('市局审核员'))).status).toBe(200);
  });
});

it('a token corrects nothing that is locked without that right, nor does it set a known time without that one', async () => {
  const scope = [{ role: 'corrector', plan: lishui } as const, { role: 'backfill', plan: lishui } as const];
  const path = figure('331127', '2023');
  expect((await server.post(`${path}/measurement`, { value: '5' })).status).toBe(200);
  expect((await server.post(`${path}/approval`, {}, as('市局审核员'))).status).toBe(200);
  const all = await signUp(server, '更正程序', scope);
  const kept = await keepFile(server, pdfOf(), '331127', all.headers);
  const correction = { value: '6', reason: '复核', evidence: [{ title: '台账', sha256: kept.body.sha256 }] };
  const some = await signUp(server, '部分更正程序', scope, undefined, ['figures.correct']);
  const refused = await server.post(`${path}/corrections`, correction, some.headers);
  expect(shortly(refused)).toEqual([422, 'figure.locked']);
  const backdated = { ...correction, knownAt: '2023-12-31' };
  const both = await signUp(server, '全部更正程序', scope, undefined, ['figures.correct', 'figures.correct-locked']);
  const early = await server.post(`${path}/corrections`, backdated, both.headers);
  expect(shortly(early)).toEqual([403, 'known-time.no-right']);
  expect((await server.post(`${path}/corrections`, correction, all.headers)).status).toBe(200);
});

it('a city does not approve before the county did, where the plan says so', async () => {
  const rules = { approval: ['county', 'city'] };
  expect((await server.post(`${server.plan}/reporting-rules`, rules, as('评估员'))).status).toBe(200);
  const path = figure('331121', '2023');
  expect((await server.post(`${path}/measurement`, { value: '6' }, as('青田填报员'))).status).toBe(200);
  const early = await server.post(`${path}/approval`, {}, as('市局审核员'));
  expect(shortly(early)).toEqual([409, 'approval.not-yet']);
  expect((await server.post(`${path}/approval`, {}, as('青田审核员'))).status).toBe(200);
  expect((await server.post(`${path}/approval`, {}, as('市局审核员'))).status).toBe(200);
});

it('an auditor’s role is not granted to a reporter, and the refusal names both', async () => {
  const { person } = people.get('莲都填报员')!;
  const refused = await server.post<ProblemDetails>(
    `/api/people/${person}/grants`,
    { role: 'auditor', reason: '轮岗' },
    as('安全管理员'),
  );
  expect(shortly(refused)).toEqual([422, 'roles.held-apart']);
  expect(refused.body.detail).toMatch(/审计员.*填报员/);
});

describe('a third-party evaluator', () => {
  const moment = '2023-06-30';
  beforeAll(async () => {
    for (const id of ['midterm', 'final']) {
      const opened = await server.post(
        `${server.plan}/evaluations/${id}`,
        { kind: id, period: id === 'midterm' ? '2022' : '2025' },
        as('评估员'),
      );
      expect([opened.status, opened.text]).toEqual([200, opened.text]);
    }
    const scope = { plan: lishui, until: '2099-12-31', moment, evaluations: ['midterm'] };
    people.set('第三方', await signUp(server, '第三方', [{ role: 'external-evaluator', ...scope }]));
    await server.engine.caughtUp();
  });

  it('reads the plan as it was known at the moment of the invitation', async () => {
    expect((await server.get(server.plan, as('第三方'))).status).toBe(200);
    expect((await server.get(`${server.plan}/overview?period=2022`, as('第三方'))).status).toBe(200);
    expect((await server.get(`${server.plan}/overview?period=2022&asOf=${moment}`, as('第三方'))).status).toBe(200);
  });

  it('reads the evaluation to which it was invited, which goes on', async () => {
    expect((await server.get(`${server.plan}/evaluations/midterm`, as('第三方'))).status).toBe(200);
    const { body } = await server.get<{ id: string }[]>(`${server.plan}/evaluations`, as('第三方'));
    expect(body.map(({ id }) => id)).toEqual(['midterm']);
  });

  it('is not told of what became known later', async () => {
    const path = figure('331102', '2022');
    await server.post(`${path}/measurement`, { value: '90017' });
    await server.post(`${path}/approval`, {}, as('市局审核员'));
    await server.engine.caughtUp();
    const read = ['overview?period=2022', 'figures?limit=1000', 'obligations?period=2022', 'indicators/03/history'];
    for (const query of [...read, `overview?period=2022&asOf=${moment}`]) {
      const { status, text } = await server.get(`${server.plan}/${query}`, as('第三方'));
      expect({ query, status, told: text.includes('90017') }).toEqual({ query, status: 200, told: false });
    }
    expect((await server.get(`${server.plan}/overview?period=2022`)).text).toContain('90017');
  });

  it.each<[string, () => string]>([
    ['after the moment', () => `${server.plan}/overview?period=2022&asOf=2023-07-01`],
    ['figures after the moment', () => `${server.plan}/figures?asOf=2024-01-01`],
    ['another plan', () => '/api/plans/other'],
    ['figures of another plan', () => '/api/plans/other/figures'],
    ['a plan that does not exist', () => '/api/plans/none'],
    ['another evaluation', () => `${server.plan}/evaluations/final`],
    ['a snapshot of another evaluation', () => `${server.plan}/evaluations/final/snapshots/1`],
    ['all events', () => '/api/events'],
    ['the events of the plan', () => `/api/events?plan=${lishui}`],
    ['the audit trail', () => `${server.plan}/audit?actor=loader`],
    ['the access log', () => '/api/access-log'],
    ['the directory', () => '/api/people'],
    ['rights', () => '/api/rights'],
  ])('does not find %s', async (_, path) => {
    expect((await server.get(path(), as('第三方'))).status).toBe(404);
  });

  it('is told of an unknown plan as of one that is closed to them', async () => {
    const [closed, none] = await Promise.all(
      ['other', 'none'].map((plan) => server.get(`/api/plans/${plan}`, as('第三方'))),
    );
    expect(closed!.text.replaceAll('other', 'none')).toBe(none!.text);
  });
});

it('a token of a person whose role ended is refused', async () => {
  await join('离任', [{ role: 'reporter', unit: '331123' }]);
  const { person } = people.get('离任')!;
  await server.engine.caughtUp();
  expect((await server.get(server.plan, as('离任'))).status).toBe(200);
  const ended = await server.post(`/api/people/${person}/grants/g1/end`, { reason: '离任' }, as('安全管理员'));
  expect(ended.status).toBe(200);
  for (const path of [server.plan, '/api/plans']) {
    expect(shortly(await server.get(path, as('离任')))).toEqual([401, 'access.ended']);
  }
  const report = await server.post(`${figure('331123', '2024')}/measurement`, { value: '5' }, as('离任'));
  expect(shortly(report)).toEqual([401, 'access.ended']);
});

it('a stolen cookie with a foreign origin writes nothing', async () => {
  await join('受害者', [{ role: 'reporter', unit: '331124' }]);
  const browser = await signedIn(people.get('受害者')!.person, 'victim.account');
  const before = await server.engine.log.head();
  const foreign: Record<string, string>[] = [
    { origin: 'https://evil.example' },
    { 'sec-fetch-site': 'cross-site' },
    { origin: 'null' },
  ];
  for (const headers of foreign) {
    const path = `${figure('331124', '2024')}/measurement`;
    const refused = await browser.ask('POST', path, { value: '5' }, headers);
    expect([refused.status, refused.body.code]).toEqual([403, 'request.foreign-site']);
  }
  expect(await server.engine.log.head()).toBe(before);
});

it('an Idempotency-Key of another person is unknown', async () => {
  const key = { 'Idempotency-Key': 'report-of-2021' };
  const [value, path] = [{ value: '8' }, (unit: string) => `${figure(unit, '2021')}/measurement`];
  const first = await server.post<CommandAnswer>(path('331102'), value, { ...key, ...as('莲都填报员') });
  expect([first.status, first.body.repeated]).toEqual([200, false]);
  const other = await server.post<CommandAnswer>(path('331121'), value, { ...key, ...as('青田填报员') });
  expect([other.status, other.body.repeated]).toEqual([200, false]);
  const again = await server.post<CommandAnswer>(path('331102'), value, { ...key, ...as('莲都填报员') });
  expect(again.body).toEqual({ ...first.body, repeated: true });
});

describe('an erased person', () => {
  it('is named nowhere, and no hash changes', async () => {
    const name = '欧阳将去';
    await join(name, [{ role: 'reporter', unit: '331125' }], '331125');
    const { person } = people.get(name)!;
    const path = figure('331125', '2022');
    expect((await server.post(`${path}/measurement`, { value: '5' }, as(name))).status).toBe(200);
    expect((await server.post(`${path}/corrections`, { value: '6', reason: '复核' }, as(name))).status).toBe(200);
    const evaluation = `${server.plan}/evaluations/annual`;
    await server.post(evaluation, { kind: 'annual', period: '2022' }, as('评估员'));
    await server.engine.caughtUp();
    const taken = await server.post<CommandAnswer>(`${evaluation}/snapshots`, {}, as('评估员'));
    expect(taken.status).toBe(200);
    await server.engine.caughtUp();

    const verified = () => server.post<Verification>(`${evaluation}/snapshots/1/verification`, {});
    const proved = () => server.get<Proof>('/api/log/proof');
    const trail = () => server.get<TrailEntry[]>(`${path}/trail`);
    // Names are held for a second.
    await until(async () => (await trail()).text.includes(name));
    const before = { snapshot: await verified(), proof: await proved(), trail: await trail() };
    expect(before.snapshot.body).toMatchObject({ stored: 'intact', reproduced: true });
    expect(before.trail.body.map(({ actor }) => actor.name)).toEqual([name, name]);

    for (const [step, body] of [
      ['end', { reason: '调离' }],
      ['erasure', { reason: '本人申请' }],
    ] as const) {
      expect((await server.post(`/api/people/${person}/${step}`, body)).status).toBe(200);
    }
    const after = { snapshot: await verified(), trail: await trail() };
    expect(after.trail.body.map(({ actor }) => actor.name)).toEqual(['已注销人员', '已注销人员']);
    expect(after.snapshot.body).toEqual(before.snapshot.body);
    for (const shown of [
      `${path}/trail`,
      `${path}/trail?format=csv`,
      path,
      `${server.plan}/audit?unit=331125&format=csv`,
      `/api/events?plan=${lishui}`,
      `${evaluation}/snapshots/1`,
      `${evaluation}/snapshots/1/report.html`,
      '/api/people',
      '/api/access-log/export',
    ]) {
      const { status, text } = await server.get(shown);
      expect({ shown, status, named: text.includes(name) }).toEqual({ shown, status: 200, named: false });
    }
    // The log goes on from the same seal: what it had is proved unchanged.
    const { position, chain } = before.proof.body.seal!;
    const proof = await server.get<Proof>(`/api/log/proof?seal=${position}:${chain}`);
    expect(proof.body.damage).toBeUndefined();
    expect(proof.body.events).toBeGreaterThan(before.proof.body.events);
  });
});
