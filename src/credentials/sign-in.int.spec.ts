import {
  password,
  refusedAs,
  testCredentials,
  wu,
  zhou,
  type TestCredentials,
} from '../../test/support/credentials.js';
import { throttleLimits } from './throttles.js';

let subject: TestCredentials;
beforeEach(async () => {
  subject = await testCredentials();
  await subject.withAccount(zhou, 'zhou.min');
});
afterEach(() => subject.remove());

const refusalOf = (attempt: Promise<unknown>): Promise<{ code: string; message: string; kind: string }> =>
  attempt.then(
    () => {
      throw new Error('nothing was refused');
    },
    (error: unknown) => error as { code: string; message: string; kind: string },
  );

describe('sign-in with a password', () => {
  it('begins a session, whose secret is in no store', async () => {
    const place = { device: 'Firefox', address: '10.0.0.7' };
    const { secret, session } = await subject.signIn.withPassword({ account: 'ZHOU.min ', password, ...place });
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect(session).toMatchObject({ person: zhou, secondFactor: false, ...place });
    expect(session.id).toMatch(/^s_[a-z2-7]{20}$/);
    expect(await subject.sessions.find(secret)).toEqual(session);
    expect((await subject.noted()).at(-1)).toEqual({
      ...{ kind: 'sign-in', person: zhou, detail: { by: 'password', session: session.id } },
    });
  });

  it('answers a wrong name, a wrong password and a person whose access ended alike', async () => {
    await subject.withAccount(wu, 'wu.yue');
    subject.rights.entering.delete(wu);
    const { signIn } = subject;
    const refusals = await Promise.all([
      refusalOf(signIn.withPassword({ account: 'nobody', password })),
      refusalOf(signIn.withPassword({ account: 'zhou.min', password: 'ridge copper lanterN' })),
      refusalOf(signIn.withPassword({ account: 'wu.yue', password })),
      refusalOf(signIn.withPassword({ account: '', password: '' })),
      refusalOf(signIn.withPassword({ account: 'zhou.min', password: 'x'.repeat(100_000) })),
    ]);
    for (const { code, kind, message } of refusals) {
      expect({ code, kind, message }).toEqual({
        code: 'sign-in.wrong',
        kind: 'unauthenticated',
        message: refusals[0].message,
      });
    }
    // The log tells them apart, and does not keep what was typed.
    const noted = (await subject.noted()).filter(({ kind }) => kind === 'sign-in.failed');
    expect(noted.map(({ person, detail }) => ({ person, ...detail }))).toEqual(
      expect.arrayContaining([
        { why: 'unknown-account' },
        { person: zhou, why: 'wrong-password' },
        { person: wu, why: 'no-access' },
      ]),
    );
    expect(await subject.sessions.of(wu)).toEqual([]);
  });

  it('asks the rights for nobody as for somebody', async () => {
    const asked: string[] = [];
    const { rights } = subject;
    const mayEnter = rights.mayEnter.bind(rights);
    rights.mayEnter = (person) => {
      asked.push(person);
      return mayEnter(person);
    };
    await refusalOf(subject.signIn.withPassword({ account: 'nobody', password }));
    await refusalOf(subject.signIn.withPassword({ account: 'zhou.min', password: 'wrong' }));
    expect(asked).toEqual([expect.stringMatching(/^p_a{20}$/), zhou]);
  });
});

describe('too many attempts', () => {
  it('at an account are refused whatever is typed, until a success before that forgets them', async () => {
    const { attempts } = throttleLimits.account;
    const wrong = () => subject.signIn.withPassword({ account: 'zhou.min', password: 'wrong' });
    for (let time = 1; time < attempts; time++) await expect(wrong()).rejects.toEqual(refusedAs('sign-in.wrong'));
    await subject.signIn.withPassword({ account: 'zhou.min', password });
    for (let time = 0; time < attempts; time++) await expect(wrong()).rejects.toEqual(refusedAs('sign-in.wrong'));
    const throttled = { code: 'sign-in.throttled', kind: 'throttled', retryAfter: 900 };
    await expect(subject.signIn.withPassword({ account: 'Zhou.Min', password })).rejects.toEqual(
      expect.objectContaining(throttled),
    );
  });

  it('at an account that does not exist are refused alike', async () => {
    const attempt = () => subject.signIn.withPassword({ account: 'nobody', password });
    for (let time = 0; time < throttleLimits.account.attempts; time++) {
      await expect(attempt()).rejects.toEqual(refusedAs('sign-in.wrong'));
    }
    await expect(attempt()).rejects.toEqual(refusedAs('sign-in.throttled'));
  });

  it('from an address are refused whatever the account', async () => {
    const strict = await testCredentials({ ...throttleLimits, address: { attempts: 2, seconds: 60 } });
    try {
      await strict.withAccount(zhou, 'zhou.min');
      for (const account of ['one', 'two']) {
        const attempt = strict.signIn.withPassword({ account, password, address: '10.0.0.7' });
        await expect(attempt).rejects.toEqual(refusedAs('sign-in.wrong'));
      }
      const signIn = (address: string) => strict.signIn.withPassword({ account: 'zhou.min', password, address });
      await expect(signIn('10.0.0.7')).rejects.toEqual(refusedAs('sign-in.throttled'));
      expect(await signIn('10.0.0.8')).toBeDefined();
    } finally {
      await strict.remove();
    }
  });
});

describe('sign-in with a second factor', () => {
  it('needs its code, and asks for it only after the right password', async () => {
    const { totp } = await subject.withSecondFactor(zhou);
    const signIn = (given: object) => subject.signIn.withPassword({ account: 'zhou.min', password, ...given });
    await expect(signIn({})).rejects.toEqual(refusedAs('sign-in.code-needed'));
    await expect(signIn({ password: 'wrong' })).rejects.toEqual(refusedAs('sign-in.wrong'));
    const code = subject.codeOf(totp);
    await expect(signIn({ code: code === '000000' ? '000001' : '000000' })).rejects.toEqual(
      refusedAs('sign-in.code-wrong'),
    );
    await expect(signIn({ password: 'wrong', code })).rejects.toEqual(refusedAs('sign-in.wrong'));
    const { session } = await signIn({ code: ` ${code.slice(0, 3)} ${code.slice(3)}` });
    expect(session.secondFactor).toBe(true);
    await expect(signIn({ code })).rejects.toEqual(refusedAs('sign-in.code-wrong'));
  });

  it('takes a recovery code once', async () => {
    const { recoveryCodes } = await subject.withSecondFactor(zhou);
    const signIn = (code: string) => subject.signIn.withPassword({ account: 'zhou.min', password, code });
    expect((await signIn(recoveryCodes[3]!.toUpperCase())).session.secondFactor).toBe(true);
    await expect(signIn(recoveryCodes[3]!)).rejects.toEqual(refusedAs('sign-in.code-wrong'));
    expect(await signIn(recoveryCodes[4]!)).toBeDefined();
  });

  it('does not let codes be guessed', async () => {
    const { totp } = await subject.withSecondFactor(zhou);
    const signIn = (code: string) => subject.signIn.withPassword({ account: 'zhou.min', password, code });
    for (let time = 0; time < throttleLimits.account.attempts; time++) {
      await expect(signIn('not a code')).rejects.toEqual(refusedAs('sign-in.code-wrong'));
    }
    await expect(signIn(subject.codeOf(totp))).rejects.toEqual(refusedAs('sign-in.throttled'));
  });
});

describe('sign-in with an OpenID subject', () => {
  const openid = { issuer: 'https://id.example', subject: '331100-7' };
  const signIn = (secondFactor = false) => subject.signIn.withSubject({ subject: openid, secondFactor });

  it('needs a link to a person, and is refused alike where access has ended', async () => {
    const unknown = await refusalOf(signIn());
    expect(unknown).toEqual(refusedAs('sign-in.not-linked'));
    const { secret } = await subject.accounts.invite(zhou, 'invitation');
    expect(await subject.accounts.acceptSubject(secret, openid)).toBe(zhou);
    expect((await signIn()).session).toMatchObject({ person: zhou, secondFactor: false });
    expect((await signIn(true)).session.secondFactor).toBe(true);
    subject.rights.entering.delete(zhou);
    const ended = await refusalOf(signIn());
    expect([ended.code, ended.message, ended.kind]).toEqual([unknown.code, unknown.message, unknown.kind]);
  });
});
