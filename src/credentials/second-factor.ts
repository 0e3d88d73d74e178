import { Secret, TOTP } from 'otpauth';
import { DomainError, refused } from '../kernel/errors.js';
import { toMilliseconds, type Clock } from '../kernel/time.js';
import type { Credentials } from './credentials.js';
import type { SecretKey } from './secret-key.js';
import { hashOfSecret, randomCharacters } from './secrets.js';

/** Seconds for which a code holds; one step before and after is accepted too (RFC 6238, 5.2). */
const period = 30;
const recoveryCodes = 10;
/** A recovery code: 24 characters of [a-z2-7], that is 120 bits, written in groups of four. */
const recoveryForm = /^[a-z2-7]{24}$/;

/** `pending`: a secret was handed out, but no code of it was seen yet. */
export interface SecondFactorState {
  readonly state: 'none' | 'pending' | 'on';
  readonly recoveryCodes: number;
}

/** TOTP (RFC 6238) with recovery codes. */
export class SecondFactor {
  constructor(
    private readonly credentials: Pick<Credentials, 'secondFactors' | 'throttles'>,
    private readonly key: SecretKey,
    private readonly clock: Clock,
  ) {}

  async state(person: string): Promise<SecondFactorState> {
    const found = await this.credentials.secondFactors.find(person);
    const state = found?.secret ? 'on' : found?.pending ? 'pending' : 'none';
    return { state, recoveryCodes: found?.recoveryCodes ?? 0 };
  }

  /** Hands out a new secret as `otpauth://totp/…`. It counts once a code of it is confirmed; until then the old one does. */
  async enrol(person: string, account: string): Promise<string> {
    const secret = new Secret({ size: 20 });
    await this.credentials.secondFactors.putPending(person, this.key.encrypt(secret.bytes, person));
    return totpOf(secret, account).toString();
  }

  /**
   * Takes the handed out secret into use. Returns ten recovery codes, which are stored hashed.
   * @throws {DomainError} `second-factor.not-begun`, `second-factor.wrong-code`, `sign-in.throttled`
   */
  async confirm(person: string, code: string): Promise<string[]> {
    await this.assertNotThrottled(person);
    const pending = (await this.credentials.secondFactors.find(person))?.pending;
    if (!pending) throw refused('second-factor.not-begun', '尚未开始启用两步验证：请先获取密钥，再填写动态口令');
    const step = this.stepOf(pending, person, normalCode(code));
    const codes = Array.from({ length: recoveryCodes }, () => randomCharacters(24));
    const isConfirmed =
      step !== undefined &&
      (await this.credentials.secondFactors.confirm(person, pending, step, codes.map(hashOfSecret)));
    if (!isConfirmed) {
      throw refused('second-factor.wrong-code', '动态口令不正确：请核对手机时间，填写现在显示的 6 位数', 'code');
    }
    await this.forgive(person);
    return codes.map((text) => text.match(/.{4}/g)!.join('-'));
  }

  /** Whether it is a code of now or a recovery code, and was not used. @throws {DomainError} `sign-in.throttled` */
  async check(person: string, code: string): Promise<boolean> {
    await this.assertNotThrottled(person);
    const isRight = await this.use(person, normalCode(code));
    if (isRight) await this.forgive(person);
    return isRight;
  }

  private async use(person: string, text: string): Promise<boolean> {
    const { secondFactors } = this.credentials;
    if (recoveryForm.test(text)) return secondFactors.useRecoveryCode(person, hashOfSecret(text));
    const secret = (await secondFactors.find(person))?.secret;
    const step = secret && this.stepOf(secret, person, text);
    return step !== undefined && secondFactors.useStep(person, step);
  }

  /** Takes it away, for somebody who lost it. */
  remove(person: string): Promise<void> {
    return this.credentials.secondFactors.remove(person);
  }

  /** The time step whose code it is. */
  private stepOf(stored: Uint8Array, person: string, token: string): number | undefined {
    if (!/^\d{6}$/.test(token)) return undefined;
    const totp = totpOf(new Secret({ buffer: copyOf(this.key.decrypt(stored, person)) }));
    const timestamp = toMilliseconds(this.clock.now());
    const delta = totp.validate({ token, timestamp, window: 1 });
    return delta === null ? undefined : totp.counter({ timestamp }) + delta;
  }

  private async assertNotThrottled(person: string): Promise<void> {
    const seconds = await this.credentials.throttles.attempt('account', throttleKey(person));
    if (seconds !== undefined) throw tooMany(seconds);
  }

  private async forgive(person: string): Promise<void> {
    await this.credentials.throttles.forget('account', throttleKey(person));
  }
}

export const tooMany = (retryAfter: number): DomainError =>
  new DomainError('throttled', 'sign-in.throttled', `尝试次数过多：请 ${Math.ceil(retryAfter / 60)} 分钟后再试`, {
    retryAfter,
  });

const throttleKey = (person: string) => `code of ${person}`;

const totpOf = (secret: Secret, label = '') =>
  new TOTP({ issuer: '通鉴', label, secret, algorithm: 'SHA1', digits: 6, period });

/** The bytes alone: those of a Buffer may lie in a larger one. */
const copyOf = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer;

/** As people type it: with spaces, hyphens, capitals, full-width digits. */
const normalCode = (code: string): string => code.normalize('NFKC').replace(/[\s-]/g, '').toLowerCase();
