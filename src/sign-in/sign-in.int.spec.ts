import { URI, type TOTP } from 'otpauth';
import { password } from '../../test/support/credentials.js';
import { startPeopleServer, type PeopleServer } from '../../test/support/signed-in.js';
import { Demonstration } from '../people/demonstration.js';
import { guardedRoutes } from '../http/rights.js';
import { toMilliseconds } from '../kernel/time.js';
import { signInSlice } from './sign-in.slice.js';

const demonstration = new Demonstration();
let server: PeopleServer;
beforeEach(async () => {
  server = await startPeopleServer({ demonstration });
});
afterEach(() => server.close());

const codeOf = (totp: TOTP) => totp.generate({ timestamp: toMilliseconds(server.clock.now()) });

describe('a session over HTTP', () => {
  it('begins with account and password, says who it is, and ends', async () => {
    const person = await server.person('周敏');
    const { secret } = await server.identity.accounts.invite(person, 'invitation');
    const browser = server.browser();
    const look = await browser.ask('POST', '/api/invitations/look', { secret });
    expect(look.body).toMatchObject({ purpose: 'invitation', name: '周敏' });
    const account = { account: 'zhou.min', password };
    expect((await browser.ask('POST', '/api/invitations', { secret, ...account })).status).toBe(204);
    expect((await browser.ask('POST', '/api/invitations', { secret, ...account })).body.code).toBe('link.ended');

    const begun = await browser.ask('POST', '/api/session', account);
    expect(begun.status).toBe(200);
    const [cookie] = begun.headers.getSetCookie();
    expect(cookie).toMatch(/^session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
    const answer = { person, name: '周敏', secondFactor: 'none', secondFactorGiven: false, recoveryCodes: 0 };
    expect(begun.body).toMatchObject(answer);
    const shown = await browser.ask('GET', '/api/session');
    expect(shown.body).toEqual(begun.body);
    expect([begun, shown, look].map(({ headers }) => headers.get('cache-control'))).toEqual(Array(3).fill('no-store'));

    const { session } = begun.body as { session: string };
    const again = server.browser();
    again.cookies.set('session', browser.cookies.get('session')!);
    expect((await browser.ask('DELETE', '/api/session')).status).toBe(204);
    expect(browser.cookies.size).toBe(0);
    const ended = await again.ask('GET', '/api/session');
    expect([ended.status, ended.body.code]).toEqual([401, 'access.ended']);
    expect((await server.browser().ask('GET', '/api/session')).body.code).toBe('access.not-signed-in');
    const { entries } = await server.identity.credentials.accessLog.list({ person }, { limit: 9 });
    expect(entries.map(({ kind }) => kind)).toEqual(['sign-out', 'sign-in', 'account.set']);
    expect(entries[0]!.detail).toEqual({ session });
  });

  it('is refused with 401 in the same words, and with 429 and a wait at last', async () => {
    const { person } = await server.signedIn('zhou.min');
    const attempt = (account: string, tried: string) =>
      server.browser().ask('POST', '/api/session', { account, password: tried });
    const wrong = await attempt('zhou.min', 'wrong');
    const nobody = await attempt('nobody', 'wrong');
    await server.endAccess(person);
    const ended = await attempt('zhou.min', password);
    expect(wrong.status).toBe(401);
    expect(nobody.body).toEqual(wrong.body);
    expect(ended.body).toEqual(wrong.body);
    for (const { headers } of [wrong, nobody, ended]) expect(headers.getSetCookie()).toEqual([]);
    for (let time = 0; time < 8; time++) await attempt('zhou.min', 'wrong');
    const throttled = await attempt('zhou.min', 'wrong');
    expect([throttled.status, throttled.body.code, throttled.headers.get('retry-after')]).toEqual([
      ...[429, 'sign-in.throttled', '900'],
    ]);
    const odd = await server.browser().ask('POST', '/api/session', { account: 'zhou.min', pasword: password });
    expect(odd.status).toBe(400);
    expect(JSON.stringify(odd.body)).not.toContain(password);
  });

  it('gets a new secret at each sign-in, and the one before ends', async () => {
    const { browser } = await server.signedIn('zhou.min');
    const planted = browser.cookies.get('session')!;
    await browser.ask('POST', '/api/session', { account: 'zhou.min', password });
    expect(browser.cookies.get('session')).not.toBe(planted);
    const other = server.browser();
    other.cookies.set('session', planted);
    expect((await other.ask('GET', '/api/session')).status).toBe(401);
  });

  describe('once the rights of its person have changed', () => {
    const secretsIn = (answers: readonly { headers: Headers }[]) =>
      answers.flatMap(({ headers }) => headers.getSetCookie()).map((set) => /^session=([^;]+)/.exec(set)?.[1]);

    it('goes on under a new secret; requests with the old one do not fail for a minute', async () => {
      const { person, browser } = await server.signedIn('zhou.min', 'reporter');
      const old = browser.cookies.get('session')!;
      const asks = (secret: string) => {
        const each = server.browser();
        each.cookies.set('session', secret);
        return each.ask('GET', '/api/session');
      };
      const [before] = [await asks(old)];
      expect(secretsIn([before])).toEqual([]);
      await server.grant(person, { role: 'reviewer' });
      const answers = await Promise.all(Array.from({ length: 6 }, () => asks(old)));
      expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(200));
      const [next, ...more] = secretsIn(answers);
      expect(more).toEqual([]);
      expect(next).toMatch(/^[\w-]{43}$/);
      expect(next).not.toBe(old);
      const { session } = before.body;
      expect([(await asks(next!)).body.session, (await asks(old)).body.session]).toEqual([session, session]);
      expect(secretsIn([await asks(next!), await asks(old)])).toEqual([]);
      server.clock.advance(60_000);
      expect((await asks(old)).body.code).toBe('access.ended');
      expect((await asks(next!)).status).toBe(200);
    });

    it('goes on so when a role ends by itself, and with an answer that refuses', async () => {
      const { person, browser } = await server.signedIn('zhou.min', 'reporter');
      await server.grant(person, { role: 'reviewer', until: '2026-10-01T00:05:00.000Z' });
      await browser.ask('GET', '/api/session');
      const before = browser.cookies.get('session');
      server.clock.advance(4 * 60_000);
      expect((await browser.ask('GET', '/api/people')).status).toBe(404);
      expect(browser.cookies.get('session')).toBe(before);
      server.clock.advance(60_000);
      expect((await browser.ask('GET', '/api/people')).status).toBe(404);
      expect(browser.cookies.get('session')).not.toBe(before);
      expect((await browser.ask('GET', '/api/session')).status).toBe(200);
    });

    it('does not keep the old secret when its person changes the password with the same request', async () => {
      const { person, browser } = await server.signedIn('zhou.min', 'reporter');
      const old = browser.cookies.get('session')!;
      await server.grant(person, { role: 'reviewer' });
      const change = { current: password, password: 'granite heron kettle' };
      const changed = await browser.ask('POST', '/api/password', change);
      expect(changed.status).toBe(204);
      const [renewed, rotated] = secretsIn([changed]);
      expect(browser.cookies.get('session')).toBe(rotated);
      for (const secret of [old, renewed!]) {
        const other = server.browser();
        other.cookies.set('session', secret);
        expect((await other.ask('GET', '/api/session')).body.code).toBe('access.ended');
      }
      expect((await browser.ask('GET', '/api/session')).status).toBe(200);
    });

    it('gets no new secret once access has ended', async () => {
      const { person, browser } = await server.signedIn('zhou.min', 'reporter');
      await server.endAccess(person);
      server.clock.advance(1_000);
      const ended = await browser.ask('GET', '/api/session');
      expect([ended.status, secretsIn([ended])]).toEqual([401, []]);
    });
  });

  it('is listed with the others and ended by its owner only', async () => {
    const { browser } = await server.signedIn('zhou.min');
    const { browser: stranger } = await server.signedIn('wu.yue');
    const phone = server.browser();
    await phone.ask('POST', '/api/session', { account: 'zhou.min', password }, { 'user-agent': 'Phone' });
    const { body } = await browser.ask<{ id: string; isOwn: boolean; device: string; address: string }[]>(
      'GET',
      '/api/sessions',
    );
    expect(body).toHaveLength(2);
    const { id } = body.find(({ device }) => device === 'Phone')!;
    expect(body.find(({ isOwn }) => isOwn)!.id).not.toBe(id);
    expect((await stranger.ask('DELETE', `/api/sessions/${id}`)).body.code).toBe('session.unknown');
    expect((await phone.ask('GET', '/api/session')).status).toBe(200);
    expect((await browser.ask('DELETE', `/api/sessions/${id}`)).status).toBe(204);
    expect((await phone.ask('GET', '/api/session')).status).toBe(401);
    expect((await browser.ask('GET', '/api/sessions')).body).toHaveLength(1);
  });

  it('ends within a second once access has ended, and is refused to a foreign page', async () => {
    const { person, browser } = await server.signedIn('zhou.min');
    const foreign = await browser.ask('POST', '/api/password', {}, { origin: 'https://evil.example' });
    expect([foreign.status, foreign.body.code]).toEqual([403, 'request.foreign-site']);
    expect((await browser.ask('GET', '/api/session')).status).toBe(200);
    await server.endAccess(person);
    server.clock.advance(1_000);
    expect((await browser.ask('GET', '/api/session')).status).toBe(401);
  });
});

describe('a password', () => {
  it('is changed by the present one: other sessions end, this one gets a new secret', async () => {
    const { browser } = await server.signedIn('zhou.min');
    const phone = server.browser();
    await phone.ask('POST', '/api/session', { account: 'zhou.min', password });
    const before = browser.cookies.get('session');
    const change = (current: string, chosen: string) =>
      browser.ask('POST', '/api/password', { current, password: chosen });
    expect((await change('wrong', 'granite heron kettle')).body.code).toBe('password.wrong');
    expect((await change(password, 'Password2024')).body).toMatchObject({ code: 'password.unfit', status: 400 });
    expect((await change(password, 'granite heron kettle')).status).toBe(204);
    expect(browser.cookies.get('session')).not.toBe(before);
    expect((await browser.ask('GET', '/api/session')).status).toBe(200);
    expect((await phone.ask('GET', '/api/session')).status).toBe(401);
  });
});

describe('a second factor over HTTP', () => {
  it('is set up, answers recovery codes once, and is asked for from then on', async () => {
    const { browser } = await server.signedIn('zhou.min');
    const { body } = await browser.ask<{ uri: string }>('POST', '/api/second-factor');
    const totp = URI.parse(body.uri) as TOTP;
    expect(totp.label).toBe('zhou.min');
    expect((await browser.ask('POST', '/api/second-factor/confirmation', { code: 'x' })).status).toBe(422);
    const before = browser.cookies.get('session');
    const confirmed = await browser.ask<{ recoveryCodes: string[] }>('POST', '/api/second-factor/confirmation', {
      code: codeOf(totp),
    });
    expect(confirmed.body.recoveryCodes).toHaveLength(10);
    expect(browser.cookies.get('session')).not.toBe(before);
    expect((await browser.ask('GET', '/api/session')).body).toMatchObject({
      ...{ secondFactor: 'on', secondFactorGiven: true, recoveryCodes: 10 },
    });

    server.clock.advance(30_000);
    const signIn = (code?: string) =>
      server.browser().ask('POST', '/api/session', { account: 'zhou.min', password, ...(code && { code }) });
    expect((await signIn()).body).toMatchObject({ status: 401, code: 'sign-in.code-needed' });
    expect((await signIn(codeOf(totp))).body).toMatchObject({ secondFactorGiven: true });
    expect((await signIn(confirmed.body.recoveryCodes[0])).body).toMatchObject({ recoveryCodes: 9 });
  });

  it('is given later in a session that began without, and changed only then', async () => {
    const { person, browser } = await server.signedIn('zhou.min');
    const uri = await server.identity.secondFactor.enrol(person, 'zhou.min');
    const totp = URI.parse(uri) as TOTP;
    await server.identity.secondFactor.confirm(person, codeOf(totp));
    server.clock.advance(30_000);
    expect((await browser.ask('POST', '/api/second-factor')).body.code).toBe('second-factor.needed');
    expect((await browser.ask('POST', '/api/session/second-factor', { code: '1' })).status).toBe(422);
    const given = await browser.ask('POST', '/api/session/second-factor', { code: codeOf(totp) });
    expect(given.body).toMatchObject({ secondFactorGiven: true });
    expect((await browser.ask('POST', '/api/second-factor')).status).toBe(200);
  });

  it('counts for the rights of administrators', async () => {
    const { browser } = await server.signedIn('shen.ji', 'auditor');
    expect((await browser.ask('GET', '/api/events')).body.code).toBe('access.second-factor');
    const token = { title: '导出程序', permissions: ['log.prove'], until: '2026-12-31' };
    expect((await browser.ask('POST', '/api/tokens', token)).body.code).toBe('tokens.beyond-own');
    const { body } = await browser.ask<{ uri: string }>('POST', '/api/second-factor');
    const totp = URI.parse(body.uri) as TOTP;
    await browser.ask('POST', '/api/second-factor/confirmation', { code: codeOf(totp) });
    expect((await browser.ask('GET', '/api/events')).status).toBe(200);
    expect((await browser.ask('POST', '/api/tokens', token)).status).toBe(200);
  });
});

describe('a token over HTTP', () => {
  const input = { title: '月报程序', permissions: ['figures.report'], until: '2026-12-31' };

  it('is issued with a part of one’s permissions, used, listed and revoked', async () => {
    const { browser, person } = await server.signedIn('zhou.min', 'reporter');
    const issued = await browser.ask<{ token: string; secret: string }>('POST', '/api/tokens', input);
    expect(issued.body).toEqual({
      token: expect.stringMatching(/^t_[a-z2-7]{20}$/),
      secret: expect.stringMatching(/^tjt_/),
    });
    const { token, secret } = issued.body;
    const position = { 'tongjian-position': issued.headers.get('tongjian-position')! };
    const listed = await browser.ask<object[]>('GET', '/api/tokens', undefined, position);
    expect(listed.body).toEqual([
      { token, title: '月报程序', permissions: ['figures.report'], until: expect.any(String) },
    ]);
    expect(JSON.stringify(listed.body)).not.toContain(secret);

    const program = server.browser();
    const bearer = { authorization: `Bearer ${secret}` };
    // A token is no session: it neither issues tokens nor changes passwords.
    for (const [method, path] of [
      ['GET', 'session'],
      ['GET', 'tokens'],
      ['POST', 'tokens'],
      ['POST', 'password'],
    ] as const) {
      const body = method === 'GET' ? undefined : path === 'tokens' ? input : { current: password, password: 'x' };
      expect((await program.ask(method, `/api/${path}`, body, bearer)).body.code).toBe('session.needed');
    }
    expect((await browser.ask('GET', '/api/session', undefined, bearer)).body.code).toBe('credentials.both');

    expect((await browser.ask('DELETE', `/api/tokens/${token}`)).status).toBe(204);
    server.clock.advance(1_000);
    const ended = await program.ask('GET', '/api/session', undefined, bearer);
    expect([ended.status, ended.body.code]).toEqual([401, 'access.ended']);
    const { entries } = await server.identity.credentials.accessLog.list({ person }, { limit: 2 });
    expect(entries.map(({ kind, detail }) => [kind, detail])).toEqual([
      ['token.revoked', { token }],
      ['token.issued', { token }],
    ]);
  });

  it('is not issued beyond one’s own rights, or to another person', async () => {
    const { browser } = await server.signedIn('zhou.min', 'reporter');
    const { person } = await server.signedIn('wu.yue', 'reporter');
    const issue = (more: object) => browser.ask('POST', '/api/tokens', { ...input, ...more });
    expect((await issue({ permissions: ['figures.approve'] })).body.code).toBe('tokens.beyond-own');
    expect((await issue({ until: '2029-01-01' })).body.code).toBe('tokens.too-long');
    const forOther = await issue({ person });
    expect(forOther.status).toBe(400);
    const own = await issue({ token: 't_mine' });
    expect(own.status).toBe(400);
  });
});

describe('an account of the demonstration', () => {
  it('signs in with a click, as with a second factor, and is noted in the access log', async () => {
    const person = await server.person('示例·领导', 'leader');
    demonstration.accounts = [{ role: 'leader', label: '领导', person, name: '示例·领导' }];
    const browser = server.browser();
    expect((await browser.ask('POST', '/api/demonstration/leader/session')).status).toBe(204);
    const { body } = await browser.ask('GET', '/api/session');
    expect(body).toMatchObject({ person, secondFactorGiven: true });
    const noted = async () => (await server.identity.credentials.accessLog.list({ person }, { limit: 9 })).entries;
    const by = { detail: { by: 'demonstration', session: body.session }, address: expect.any(String) };
    expect(await noted()).toMatchObject([{ person, kind: 'sign-in', ...by }]);
  });

  it('is refused once its access has ended, and an unknown one is', async () => {
    const person = await server.person('示例·领导', 'leader');
    demonstration.accounts = [{ role: 'leader', label: '领导', person, name: '示例·领导' }];
    await server.endAccess(person);
    const refused = await server.browser().ask('POST', '/api/demonstration/leader/session');
    expect([refused.status, refused.body.code]).toEqual([422, 'demonstration.ended']);
    const { entries } = await server.identity.credentials.accessLog.list({ person }, { limit: 9 });
    expect(entries).toMatchObject([{ kind: 'sign-in.failed', detail: { why: 'no-access' } }]);
    const none = await server.browser().ask('POST', '/api/demonstration/auditor/session');
    expect([none.status, none.body.code]).toEqual([404, 'demonstration.unknown']);
  });
});

it('each route says who may call it, and none has a secret in its address', () => {
  const routes = guardedRoutes(signInSlice.controllers!).map(
    ({ method, path, right }) => `${method} ${path} ${right.kind}`,
  );
  expect(routes.sort()).toEqual([
    'DELETE session signed-in',
    'DELETE sessions/:id signed-in',
    'DELETE tokens/:token signed-in',
    'GET demonstration open',
    'GET oidc/callback open',
    'GET oidc/start open',
    'GET session signed-in',
    'GET sessions signed-in',
    'GET sign-in open',
    'GET tokens signed-in',
    'POST demonstration/:role/session open',
    'POST invitations open',
    'POST invitations/look open',
    'POST invitations/oidc open',
    'POST password signed-in',
    'POST second-factor signed-in',
    'POST second-factor/confirmation signed-in',
    'POST session open',
    'POST session/second-factor signed-in',
    'POST tokens signed-in',
  ]);
});

it('sign-in by a provider is not found where none is configured', async () => {
  for (const path of ['start', 'callback']) {
    const { status, headers } = await server.browser().ask('GET', `/api/oidc/${path}`);
    expect([status, headers.get('location')]).toEqual([302, '/?problem=openid.off']);
  }
});
