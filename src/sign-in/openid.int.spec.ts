import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { startProvider, type TestProvider } from '../../test/support/openid-provider.js';
import { startPeopleServer, type Browser, type PeopleServer } from '../../test/support/signed-in.js';

const redirect = 'http://127.0.0.1/api/oidc/callback';
let provider: TestProvider;
let server: PeopleServer;

beforeAll(async () => {
  provider = await startProvider(redirect);
});
afterAll(() => provider.close());

beforeEach(async () => {
  const { issuer, clientId, clientSecret } = provider;
  server = await startPeopleServer({ openId: { issuer, clientId, clientSecret, redirect, acr: ['level2'] } });
  // The provider knows the true time.
  server.clock.moveTo(new Date().toISOString());
});
afterEach(() => server.close());

/** The query with which the provider sends the browser back. */
const answered = async (address: string) => new URL(await provider.signIn(address)).search;

async function signIn(browser: Browser) {
  const { headers } = await browser.ask('GET', '/api/oidc/start');
  return browser.ask('GET', `/api/oidc/callback${await answered(headers.get('location')!)}`);
}

/** Why the browser is led back to the sign-in page. */
const problemOf = ({ status, headers }: { status: number; headers: Headers }) => {
  expect(status).toBe(302);
  return /^\/\?problem=([a-z.-]+)$/.exec(headers.get('location')!)?.[1];
};

/** The failures that the access log has, the latest first. */
const failures = async () => {
  const { entries } = await server.identity.credentials.accessLog.list({ kind: 'sign-in.failed' }, { limit: 99 });
  expect(entries.every(({ address }) => address !== undefined)).toBe(true);
  return entries.map(({ detail }) => detail.why);
};

/** Links the provider's next login to a person by an invitation. */
async function link(person: string, browser = server.browser()) {
  const { secret } = await server.identity.accounts.invite(person, 'invitation');
  const { body } = await browser.ask<{ address: string }>('POST', '/api/invitations/oidc', { secret });
  return browser.ask('GET', `/api/oidc/callback${await answered(body.address)}`);
}

describe('sign-in by an OpenID provider', () => {
  it('begins at the provider with PKCE, state and nonce, and keeps nothing readable in the browser', async () => {
    const browser = server.browser();
    const { status, headers } = await browser.ask('GET', '/api/oidc/start');
    expect(status).toBe(302);
    const address = new URL(headers.get('location')!);
    expect(address.origin).toBe(provider.issuer);
    const asked = Object.fromEntries(address.searchParams);
    expect(asked).toMatchObject({
      response_type: 'code',
      scope: 'openid',
      code_challenge_method: 'S256',
      redirect_uri: redirect,
    });
    for (const name of ['state', 'nonce', 'code_challenge']) expect(asked[name]!.length).toBeGreaterThan(40);
    const kept = Buffer.from(browser.cookies.get('oidc')!, 'base64url');
    expect(kept.includes(asked.state!)).toBe(false);
    expect(headers.getSetCookie()[0]).toMatch(/HttpOnly; SameSite=Lax/);
  });

  it('lets in whom an invitation has linked, and only them', async () => {
    const person = await server.person('周敏');
    provider.login = { subject: '331100-7' };
    const refused = await signIn(server.browser());
    expect(problemOf(refused)).toBe('sign-in.not-linked');

    const browser = server.browser();
    const linked = await link(person, browser);
    expect([linked.status, linked.headers.get('location')]).toEqual([302, '/']);
    expect([...browser.cookies.keys()]).toEqual(['session']);
    expect((await browser.ask('GET', '/api/session')).body).toMatchObject({ person, secondFactorGiven: false });

    const again = server.browser();
    expect((await signIn(again)).status).toBe(302);
    expect((await again.ask('GET', '/api/session')).body).toMatchObject({ person });
    provider.login = { subject: '331100-8' };
    expect(problemOf(await signIn(server.browser()))).toBe('sign-in.not-linked');
    const other = await server.person('吴越');
    provider.login = { subject: '331100-7' };
    expect(problemOf(await link(other))).toBe('account.linked');

    await server.endAccess(person);
    const ended = await signIn(server.browser());
    expect(problemOf(ended)).toBe('sign-in.not-linked');
    expect(ended.headers.getSetCookie().filter((set) => set.startsWith('session='))).toEqual([]);
    expect(await failures()).toEqual(['no-access', 'account.linked', 'unknown-subject', 'unknown-subject']);
  });

  it('ends the session that the browser had', async () => {
    const person = await server.person('周敏');
    provider.login = { subject: '331100-7' };
    const browser = server.browser();
    await link(person, browser);
    await signIn(browser);
    const { body } = await browser.ask<object[]>('GET', '/api/sessions');
    expect(body).toEqual([expect.objectContaining({ isOwn: true })]);
  });

  it.each([
    [{}, false],
    [{ amr: ['pwd'] }, false],
    [{ amr: ['pwd', 'otp', 'mfa'] }, true],
    [{ acr: 'level2' }, true],
    [{ acr: 'level1' }, false],
  ])('takes %j for a second factor: %s', async (said, secondFactorGiven) => {
    const person = await server.person('周敏');
    provider.login = { subject: '331100-7', ...said };
    const browser = server.browser();
    await link(person, browser);
    expect((await browser.ask('GET', '/api/session')).body).toMatchObject({ person, secondFactorGiven });
  });

  it('is refused where the answer was begun elsewhere, changed, used before, or comes late', async () => {
    const person = await server.person('周敏');
    provider.login = { subject: '331100-7' };
    await link(person);
    const begun = async () => {
      const browser = server.browser();
      const { headers } = await browser.ask('GET', '/api/oidc/start');
      const query = await answered(headers.get('location')!);
      return { browser, finish: (by = browser, given = query) => by.ask('GET', `/api/oidc/callback${given}`), query };
    };
    // Another browser takes the answer: without a beginning of its own, or with one.
    const [one, two] = [await begun(), await begun()];
    expect(problemOf(await one.finish(server.browser()))).toBe('openid.flow');
    expect(problemOf(await one.finish(two.browser))).toBe('openid.refused');

    const three = await begun();
    three.browser.cookies.set('oidc', `A${three.browser.cookies.get('oidc')!.slice(1)}`);
    expect(problemOf(await three.finish())).toBe('openid.flow');

    const four = await begun();
    const state = four.browser.cookies.get('oidc')!;
    expect((await four.finish()).status).toBe(302);
    four.browser.cookies.set('oidc', state);
    expect(problemOf(await four.finish())).toBe('openid.refused');

    const five = await begun();
    const changed = five.query.replace(/code=[^&]+/, 'code=another');
    expect(problemOf(await five.finish(five.browser, changed))).toBe('openid.refused');
    const denied = await begun();
    const error = denied.query.replace(/code=[^&]+/, 'error=access_denied');
    expect(problemOf(await denied.finish(denied.browser, error))).toBe('openid.refused');

    const six = await begun();
    server.clock.advance(10 * 60_000);
    expect(problemOf(await six.finish())).toBe('openid.flow');
    expect((await server.identity.sessions.of(person)).length).toBeLessThanOrEqual(2);
    const [flow, refused] = ['openid.flow', 'openid.refused'];
    expect((await failures()).toReversed()).toEqual([flow, refused, flow, refused, refused, refused, flow]);
  });

  it('does not link by a link that was used or made up', async () => {
    const ask = (secret: string) => server.browser().ask('POST', '/api/invitations/oidc', { secret });
    expect((await ask('A'.repeat(43))).body.code).toBe('link.ended');
  });

  it('is unavailable while the provider is away, and works once it is back', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    silent.close();
    await once(silent, 'close');
    const settings = { issuer: `http://127.0.0.1:${port}`, clientId: 'x', clientSecret: 'y', redirect, acr: [] };
    const lonely = await startPeopleServer({ openId: settings });
    try {
      const start = () => lonely.browser().ask('GET', '/api/oidc/start');
      expect(problemOf(await start())).toBe('openid.unavailable');
      const back = createServer((_, response) => {
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify({ issuer: settings.issuer, authorization_endpoint: `${settings.issuer}/auth` }));
      }).listen(port, '127.0.0.1');
      await once(back, 'listening');
      expect((await start()).headers.get('location')).toMatch(`${settings.issuer}/auth`);
      back.closeAllConnections();
      back.close();
    } finally {
      await lonely.close();
    }
  });
});
