import { readFile, stat, writeFile } from 'node:fs/promises';
import { URI, type TOTP } from 'otpauth';
import { refusedAs, testCredentials, wu, zhou, type TestCredentials } from '../../test/support/credentials.js';
import { temporaryFolder, type TemporaryFolder } from '../../test/temporary-folder.js';
import { ConfigError } from '../config.js';
import { SecretKey } from './secret-key.js';

describe('a second factor', () => {
  let subject: TestCredentials;
  beforeEach(async () => {
    subject = await testCredentials();
  });
  afterEach(() => subject.remove());

  it('counts once a code of it was seen', async () => {
    const { secondFactor, codeOf } = subject;
    expect(await secondFactor.state(zhou)).toEqual({ state: 'none', recoveryCodes: 0 });
    await expect(secondFactor.confirm(zhou, '123456')).rejects.toEqual(refusedAs('second-factor.not-begun'));
    const uri = await secondFactor.enrol(zhou, 'zhou.min');
    expect(decodeURIComponent(uri)).toMatch(/^otpauth:\/\/totp\/通鉴:zhou\.min\?issuer=通鉴&secret=[A-Z2-7]{32}&/);
    expect(await secondFactor.state(zhou)).toEqual({ state: 'pending', recoveryCodes: 0 });
    const totp = URI.parse(uri) as TOTP;
    expect(await secondFactor.check(zhou, codeOf(totp))).toBe(false);
    await expect(secondFactor.confirm(zhou, 'abcdef')).rejects.toEqual(refusedAs('second-factor.wrong-code'));
    const codes = await secondFactor.confirm(zhou, codeOf(totp));
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^([a-z2-7]{4}-){5}[a-z2-7]{4}$/);
    expect(await secondFactor.state(zhou)).toEqual({ state: 'on', recoveryCodes: 10 });
  });

  it('takes a code within its step and the one before and after it, once', async () => {
    const { totp } = await subject.withSecondFactor(zhou);
    const { secondFactor, codeOf, clock } = subject;
    const early = codeOf(totp);
    clock.advance(30_000);
    expect(await secondFactor.check(zhou, early)).toBe(true);
    expect(await secondFactor.check(zhou, early)).toBe(false);
    const old = codeOf(totp);
    clock.advance(60_000);
    expect(await secondFactor.check(zhou, old)).toBe(false);
    const full = codeOf(totp).replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
    expect(await secondFactor.check(zhou, full)).toBe(true);
    expect(await secondFactor.check(wu, codeOf(totp))).toBe(false);
  });

  it('that is replaced counts until the new one is confirmed, and its recovery codes with it', async () => {
    const { totp, recoveryCodes } = await subject.withSecondFactor(zhou);
    const { secondFactor, codeOf, clock } = subject;
    const next = URI.parse(await secondFactor.enrol(zhou, 'zhou.min')) as TOTP;
    expect(await secondFactor.check(zhou, codeOf(totp))).toBe(true);
    clock.advance(30_000);
    await secondFactor.confirm(zhou, codeOf(next));
    clock.advance(30_000);
    expect(await secondFactor.check(zhou, codeOf(totp))).toBe(false);
    expect(await secondFactor.check(zhou, recoveryCodes[0]!)).toBe(false);
    expect(await secondFactor.check(zhou, codeOf(next))).toBe(true);
    await secondFactor.remove(zhou);
    expect(await secondFactor.state(zhou)).toEqual({ state: 'none', recoveryCodes: 0 });
  });
});

describe('the key', () => {
  let folder: TemporaryFolder;
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(() => folder.remove());
  const text = Buffer.from('twenty random bytes.');

  it('is made at the first start, for its owner only, and used from then on', async () => {
    const stored = SecretKey.of(folder.path()).encrypt(text, zhou);
    expect((await stat(folder.path('secret.key'))).mode & 0o777).toBe(0o600);
    expect(Buffer.from(SecretKey.of(folder.path()).decrypt(stored, zhou))).toEqual(text);
    expect(Buffer.from(stored).includes(text)).toBe(false);
    const key = (await readFile(folder.path('secret.key'), 'utf8')).trim();
    expect(Buffer.from(SecretKey.of('/nowhere', key).decrypt(stored, zhou))).toEqual(text);
  });

  it('decrypts nothing of another key or person, and nothing that was changed', () => {
    const key = SecretKey.of(folder.path());
    const stored = key.encrypt(text, zhou);
    const changed = Uint8Array.from(stored);
    changed[30]! ^= 1;
    const tries = [
      () => SecretKey.of('/nowhere', 'a'.repeat(64)).decrypt(stored, zhou),
      () => key.decrypt(stored, wu),
      () => key.decrypt(changed, zhou),
      () => key.decrypt(stored.subarray(0, 20), zhou),
    ];
    for (const attempt of tries) expect(attempt).toThrow(expect.objectContaining({ code: 'credentials.key' }));
  });

  it('is refused where it is none', async () => {
    expect(() => SecretKey.of(folder.path(), 'short')).toThrow(ConfigError);
    await writeFile(folder.path('secret.key'), 'damaged\n');
    expect(() => SecretKey.of(folder.path())).toThrow(/secret\.key 不是密钥/);
  });
});
