import {
  password,
  refusedAs,
  testCredentials,
  wu,
  zhou,
  type TestCredentials,
} from '../../test/support/credentials.js';
import { sessionCookie } from './session-cookie.js';
import { renewalOverlap } from './sessions.js';

const minute = 60_000;
const day = 24 * 60 * minute;

let subject: TestCredentials;
beforeEach(async () => {
  subject = await testCredentials();
  await subject.withAccount(zhou, 'zhou.min');
});
afterEach(() => subject.remove());

const cookieOf = (secret: string) => ({ cookie: `theme=dark; session=${secret}` });
const bearerOf = (secret: string) => ({ authorization: `Bearer ${secret}` });
const signedIn = () => subject.signIn.withPassword({ account: 'zhou.min', password });
const issued = (token = 't1') => subject.tokens.issue({ person: zhou, token });

describe('a session', () => {
  it('says who asks', async () => {
    const { secret, session } = await signedIn();
    expect(await subject.authentication.authenticate(cookieOf(secret))).toEqual({
      ...{ person: zhou, means: 'web', session: { id: session.id, secondFactor: false, rights: '' } },
    });
    expect(await subject.another().authentication.authenticate(cookieOf(secret))).toMatchObject({ person: zhou });
  });

  it('ends half an hour after its last use, and twelve hours after its beginning', async () => {
    const { secret, session } = await signedIn();
    const { authentication, clock, sessions } = subject;
    expect(sessions.endOf(session)).toBe(new Date(Date.parse(clock.now()) + 30 * minute).toISOString());
    for (let half = 0; half < 24; half++) {
      clock.advance(30 * minute - 1_000);
      expect(await authentication.authenticate(cookieOf(secret))).toBeDefined();
    }
    clock.advance(24_000);
    expect(await authentication.authenticate(cookieOf(secret))).toBeUndefined();

    const idle = await signedIn();
    clock.advance(30 * minute);
    expect(await authentication.authenticate(cookieOf(idle.secret))).toBeUndefined();
    expect(await sessions.of(zhou)).toEqual([]);
  });

  it('is not put off its end by who only looks whether it holds', async () => {
    const { secret, session } = await signedIn();
    const { authentication, clock } = subject;
    clock.advance(20 * minute);
    expect(await authentication.ofSession(zhou, session.id)).toMatchObject({ person: zhou });
    expect(await authentication.ofSession(wu, session.id)).toBeUndefined();
    const unattended = { ...cookieOf(secret), isUnattended: true };
    expect(await authentication.authenticate(unattended)).toMatchObject({ person: zhou });
    clock.advance(10 * minute);
    expect(await authentication.authenticate(unattended)).toBeUndefined();
    expect(await authentication.ofSession(zhou, session.id)).toBeUndefined();
  });

  it('is used by a request that follows an unattended one at once', async () => {
    const { secret } = await signedIn();
    const { authentication, clock } = subject;
    clock.advance(29 * minute);
    await authentication.authenticate({ ...cookieOf(secret), isUnattended: true });
    await authentication.authenticate(cookieOf(secret));
    clock.advance(29 * minute);
    expect(await authentication.authenticate(cookieOf(secret))).toBeDefined();
  });

  it('holds under the old secret for a minute once it was renewed, and goes on for who only looks', async () => {
    subject.rights.rights.set(zhou, 'g1');
    const { secret, session } = await signedIn();
    expect(session.rights).toBe('g1');
    const { authentication, sessions, clock } = subject;
    const next = (await sessions.renew(secret, 'g1 g2'))!;
    expect(await sessions.renew(secret, 'g1 g2')).toBeUndefined();
    clock.advance(renewalOverlap - 1_000);
    for (const each of [secret, next]) {
      expect(await authentication.authenticate(cookieOf(each))).toMatchObject({ session: { rights: 'g1 g2' } });
    }
    clock.advance(1_000);
    expect(await authentication.authenticate(cookieOf(secret))).toBeUndefined();
    expect(await authentication.authenticate(cookieOf(next))).toBeDefined();
    expect(await authentication.ofSession(zhou, session.id)).toBeDefined();
  });

  it('holds under its new secret only, once it was rotated', async () => {
    const { secret, session } = await signedIn();
    const { authentication, sessions, clock } = subject;
    const next = (await sessions.rotate(secret, true))!;
    clock.advance(1_000);
    expect(await authentication.authenticate(cookieOf(secret))).toBeUndefined();
    expect(await authentication.authenticate(cookieOf(next))).toMatchObject({
      ...{ session: { id: session.id, secondFactor: true } },
    });
    expect(await sessions.rotate(secret, false)).toBeUndefined();
  });

  it('is none where it was guessed, cut, or sent under another name or twice', async () => {
    const { secret } = await signedIn();
    const { authentication } = subject;
    const other = 'A'.repeat(43);
    const cookies = [
      ...[`session=${other}`, `session=${secret.slice(1)}`, `session=${secret}x`, 'session=', `Session=${secret}`],
      ...[`__Host-session=${secret}`, `session=${secret}; session=${other}`, `xsession=${secret}`, secret],
    ];
    for (const cookie of cookies) expect(await authentication.authenticate({ cookie })).toBeUndefined();
  });
});

describe('a token', () => {
  it('says for whom it asks, and which it is', async () => {
    const secret = await issued();
    expect(secret).toMatch(/^tjt_[\w-]{43}$/);
    expect(await subject.authentication.authenticate(bearerOf(secret))).toEqual({
      ...{ person: zhou, means: 'token', token: 't1' },
    });
  });

  it('ends when it is revoked', async () => {
    const [one, two] = [await issued('t1'), await issued('t2')];
    const { authentication, clock, tokens } = subject;
    expect(await authentication.authenticate(bearerOf(one))).toBeDefined();
    await tokens.revoke(wu, 't1');
    clock.advance(1_000);
    expect(await authentication.authenticate(bearerOf(one))).toBeDefined();
    await tokens.revoke(zhou, 't1');
    clock.advance(1_000);
    expect(await authentication.authenticate(bearerOf(one))).toBeUndefined();
    expect(await authentication.authenticate(bearerOf(two))).toBeDefined();
  });

  it('is none where it was guessed or sent otherwise, and a session is no token', async () => {
    const [secret, session] = [await issued(), await signedIn()];
    const { authentication } = subject;
    const headers = [
      ...[
        '',
        'Bearer',
        `Basic ${secret}`,
        secret,
        `Bearer ${secret}x`,
        `Bearer ${secret} x`,
        `Bearer ${secret.slice(4)}`,
      ],
      ...[`Bearer tjt_${'A'.repeat(43)}`, `Bearer ${session.secret}`, `Bearer tjt_${session.secret}`],
    ];
    for (const authorization of headers) expect(await authentication.authenticate({ authorization })).toBeUndefined();
    expect(await authentication.authenticate({ cookie: `session=${secret}` })).toBeUndefined();
    expect(await authentication.authenticate({})).toBeUndefined();
  });

  it('together with a session’s cookie is refused', async () => {
    const [secret, session] = [await issued(), await signedIn()];
    const both = { ...cookieOf(session.secret), ...bearerOf(secret) };
    await expect(subject.authentication.authenticate(both)).rejects.toEqual(refusedAs('credentials.both'));
  });
});

describe('ended access', () => {
  it('ends sessions, tokens and links at once here, and within a second in another process', async () => {
    const [session, token] = [await signedIn(), await issued()];
    const link = await subject.accounts.invite(zhou, 'password-reset');
    const other = subject.another().authentication;
    const shown = [cookieOf(session.secret), bearerOf(token)];
    for (const each of shown) {
      expect(await subject.authentication.authenticate(each)).toBeDefined();
      expect(await other.authenticate(each)).toBeDefined();
    }
    subject.clock.advance(400);
    await subject.authentication.endAll(zhou);
    for (const each of shown) expect(await subject.authentication.authenticate(each)).toBeUndefined();
    subject.clock.advance(600);
    for (const each of shown) expect(await other.authenticate(each)).toBeUndefined();
    await expect(subject.accounts.linked(link.secret)).rejects.toEqual(refusedAs('link.ended'));
    expect((await subject.noted()).at(-1)).toEqual({ kind: 'access.ended', person: zhou, detail: {} });
  });

  it('is refused within a second by the rights alone', async () => {
    const [session, token] = [await signedIn(), await issued()];
    const { authentication, rights, clock } = subject;
    const shown = [cookieOf(session.secret), bearerOf(token)];
    for (const each of shown) expect(await authentication.authenticate(each)).toBeDefined();
    rights.entering.delete(zhou);
    clock.advance(1_000);
    for (const each of shown) expect(await authentication.authenticate(each)).toBeUndefined();
  });

  it('is asked for again at once by a process whose clock went back', async () => {
    const { secret } = await signedIn();
    const { authentication, sessions, clock } = subject;
    expect(await authentication.authenticate(cookieOf(secret))).toBeDefined();
    await sessions.endAll(zhou);
    clock.advance(-1);
    expect(await authentication.authenticate(cookieOf(secret))).toBeUndefined();
  });
});

describe('one’s own accounts', () => {
  it('are set by an invitation, once', async () => {
    const { accounts, signIn } = subject;
    const { secret, endsAt } = await accounts.invite(wu, 'invitation');
    expect(Date.parse(endsAt) - Date.parse(subject.clock.now())).toBe(7 * day);
    expect(await accounts.linked(secret)).toEqual({ person: wu, purpose: 'invitation', endsAt });
    const accept = (account: string, chosen = password) => accounts.accept(secret, { account, password: chosen });
    await expect(accept('zhou.min')).rejects.toEqual(refusedAs('account.taken'));
    await expect(accept('x')).rejects.toEqual(refusedAs('account.name'));
    await expect(accept('wu.yue', 'short')).rejects.toEqual(refusedAs('password.unfit'));
    expect(await accept('Wu.Yue')).toBe(wu);
    await expect(accept('wu.yue')).rejects.toEqual(refusedAs('link.ended'));
    expect((await signIn.withPassword({ account: 'wu.yue', password })).session.person).toBe(wu);
  });

  it('cannot be set by a link that has ended, was made up, or is of a person whose access has ended', async () => {
    const { accounts, clock, rights } = subject;
    const { secret } = await accounts.invite(wu, 'invitation', 1);
    const accept = (link: string) => accounts.accept(link, { account: 'wu.yue', password });
    await expect(accept('A'.repeat(43))).rejects.toEqual(refusedAs('link.ended'));
    rights.entering.delete(wu);
    await expect(accept(secret)).rejects.toEqual(refusedAs('link.ended'));
    rights.entering.add(wu);
    clock.advance(60 * minute);
    await expect(accept(secret)).rejects.toEqual(refusedAs('link.ended'));
  });

  it('get another password by a reset, which ends the sessions and lets a throttled account in', async () => {
    const { accounts, signIn, sessions } = subject;
    await signedIn();
    for (let time = 0; time < 11; time++)
      await signIn.withPassword({ account: 'zhou.min', password: 'x' }).catch(() => 0);
    const { secret } = await accounts.invite(zhou, 'password-reset');
    const chosen = 'granite heron kettle';
    await expect(accounts.accept(secret, { account: 'other', password: chosen })).rejects.toEqual(
      refusedAs('account.unknown'),
    );
    await accounts.accept(secret, { password: chosen });
    expect(await sessions.of(zhou)).toEqual([]);
    await expect(signedIn()).rejects.toEqual(refusedAs('sign-in.wrong'));
    expect(await signIn.withPassword({ account: 'zhou.min', password: chosen })).toBeDefined();
  });

  it('get another password by the present one, which ends the other sessions', async () => {
    const { accounts, sessions } = subject;
    const [one] = [await signedIn(), await signedIn()];
    const change = (current: string, chosen: string) =>
      accounts.changePassword(zhou, { current, password: chosen }, one.session.id);
    await expect(change('wrong', 'granite heron kettle')).rejects.toEqual(refusedAs('password.wrong'));
    await expect(change(password, 'zhou.min zhou.min')).rejects.toEqual(refusedAs('password.unfit'));
    expect(await sessions.of(zhou)).toHaveLength(2);
    await change(password, 'granite heron kettle');
    expect((await sessions.of(zhou)).map(({ id }) => id)).toEqual([one.session.id]);
    await expect(signedIn()).rejects.toEqual(refusedAs('sign-in.wrong'));
    await expect(
      accounts.changePassword(wu, { account: 'zhou.min', current: 'granite heron kettle', password }, undefined),
    ).rejects.toEqual(refusedAs('account.unknown'));
  });

  it('of a provider belong to one person', async () => {
    const subjectId = { issuer: 'https://id.example', subject: '7' };
    const [one, two] = [
      await subject.accounts.invite(zhou, 'invitation'),
      await subject.accounts.invite(wu, 'invitation'),
    ];
    await subject.accounts.acceptSubject(one.secret, subjectId);
    await expect(subject.accounts.acceptSubject(two.secret, subjectId)).rejects.toEqual(refusedAs('account.linked'));
    await expect(subject.accounts.acceptSubject(one.secret, subjectId)).rejects.toEqual(refusedAs('link.ended'));
  });
});

it('the cookie is of this host only, and with TLS bound to it', () => {
  expect(sessionCookie(true).set('x')).toBe('__Host-session=x; Path=/; HttpOnly; SameSite=Lax; Secure');
  expect(sessionCookie(false).set('x')).toBe('session=x; Path=/; HttpOnly; SameSite=Lax');
  expect(sessionCookie(true).clear).toBe('__Host-session=; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0');
  expect(sessionCookie(true).read('session=x')).toBeUndefined();
});
