import { DomainError, refused } from '../kernel/errors.js';
import type { Clock } from '../kernel/time.js';
import { normalName } from './account-name.js';
import type { Subject } from './accounts.js';
import type { Credentials } from './credentials.js';
import type { Entrance } from './entrance.js';
import { isPassword } from './passwords.js';
import { tooMany, type SecondFactor } from './second-factor.js';
import type { BegunSession, Place, Sessions } from './sessions.js';

export interface PasswordSignIn extends Place {
  readonly account: string;
  readonly password: string;
  /** A TOTP code or a recovery code. */
  readonly code?: string;
}

export interface SubjectSignIn extends Place {
  readonly subject: Subject;
  /** Whether the provider says that it asked for a second factor. */
  readonly secondFactor: boolean;
}

/** Asked after where there is no account, so that this takes the same time: the id of nobody. */
const nobody = `p_${'a'.repeat(20)}`;

/** Begins sessions. */
export class SignIn {
  constructor(
    private readonly credentials: Pick<Credentials, 'accounts' | 'throttles' | 'accessLog'>,
    private readonly secondFactor: SecondFactor,
    private readonly sessions: Sessions,
    private readonly entrance: Entrance,
    private readonly clock: Clock,
  ) {}

  /**
   * A wrong name, a wrong password and a person whose access ended are one answer, after the same work. Every attempt
   * counts by account and by address; the one that succeeds forgets those of the account.
   * @throws {DomainError} `sign-in.wrong`, `sign-in.code-needed`, `sign-in.code-wrong`, `sign-in.throttled`
   */
  async withPassword({ account, password, code, ...place }: PasswordSignIn): Promise<BegunSession> {
    const name = normalName(account);
    await this.assertNotThrottled(name, place);
    const found = await this.credentials.accounts.local(name);
    const mayEnter = await this.entrance.mayEnter(found?.person ?? nobody);
    const isRight = await isPassword(found?.passwordHash, password);
    if (!found) throw await this.failed(wrong(), 'unknown-account', place);
    const { person } = found;
    if (!isRight) throw await this.failed(wrong(), 'wrong-password', place, person);
    if (!mayEnter) throw await this.failed(wrong(), 'no-access', place, person);
    const hasSecondFactor = await this.checkSecondFactor(person, code, place);
    await this.credentials.throttles.forget('account', name);
    return this.begin(person, hasSecondFactor, 'password', place);
  }

  /** A subject that is linked to nobody and one of a person whose access ended are one answer. @throws {DomainError} `sign-in.not-linked` */
  async withSubject({ subject, secondFactor, ...place }: SubjectSignIn): Promise<BegunSession> {
    const person = await this.credentials.accounts.personOf(subject);
    const mayEnter = await this.entrance.mayEnter(person ?? nobody);
    if (person === undefined || !mayEnter) {
      const why = person === undefined ? 'unknown-subject' : 'no-access';
      throw await this.failed(notLinked(), why, place, person);
    }
    return this.begin(person, secondFactor, 'openid', place);
  }

  /**
   * An account of the demonstration has no password, and counts as signed in with a second factor.
   * @throws {DomainError} `demonstration.ended`
   */
  async forDemonstration(person: string, place: Place): Promise<BegunSession> {
    if (await this.entrance.mayEnter(person)) return this.begin(person, true, 'demonstration', place);
    throw await this.failed(demonstrationEnded(), 'no-access', place, person);
  }

  /** Notes a sign-in that failed before it was known who signs in. `why`: the code of the refusal. */
  async noteFailure(why: string, place: Place): Promise<void> {
    await this.credentials.accessLog.append({ ...this.noted(place), kind: 'sign-in.failed', detail: { why } });
  }

  /** Whether the person has a second factor, which then was right. */
  private async checkSecondFactor(person: string, code: string | undefined, place: Place): Promise<boolean> {
    if ((await this.secondFactor.state(person)).state !== 'on') return false;
    if (code === undefined) {
      throw new DomainError('unauthenticated', 'sign-in.code-needed', '请填写动态口令（手机上的 6 位数）或一个恢复码', {
        field: 'code',
      });
    }
    if (await this.secondFactor.check(person, code)) return true;
    const codeWrong = new DomainError(
      'unauthenticated',
      'sign-in.code-wrong',
      '动态口令不正确或已用过：请填写手机上下一个 6 位数，或一个恢复码',
      { field: 'code' },
    );
    throw await this.failed(codeWrong, 'wrong-code', place, person);
  }

  private async begin(person: string, secondFactor: boolean, by: string, place: Place): Promise<BegunSession> {
    const rights = await this.entrance.rightsOf(person);
    const begun = await this.sessions.begin(person, { secondFactor, rights }, place);
    const detail = { by, session: begun.session.id };
    await this.credentials.accessLog.append({ ...this.noted(place, person), kind: 'sign-in', detail });
    return begun;
  }

  private async assertNotThrottled(name: string, place: Place): Promise<void> {
    const { throttles } = this.credentials;
    const byAddress = place.address === undefined ? undefined : await throttles.attempt('address', place.address);
    const seconds = byAddress ?? (await throttles.attempt('account', name));
    if (seconds !== undefined) throw await this.failed(tooMany(seconds), 'throttled', place);
  }

  /** The error, after the failure was noted. The name that was typed is not, because it may be a password. */
  private async failed(error: DomainError, why: string, place: Place, person?: string): Promise<DomainError> {
    await this.credentials.accessLog.append({ ...this.noted(place, person), kind: 'sign-in.failed', detail: { why } });
    return error;
  }

  private noted({ address }: Place, person?: string) {
    return { at: this.clock.now(), ...(person && { person }), ...(address && { address }) };
  }
}

const wrong = () =>
  new DomainError(
    'unauthenticated',
    'sign-in.wrong',
    '账号或密码不正确：请核对后重试；忘记密码的，请系统管理员发送重置链接',
  );

const demonstrationEnded = () => refused('demonstration.ended', '这个示例账号的访问已终止：请用别的示例账号登录');

const notLinked = () =>
  new DomainError(
    'unauthenticated',
    'sign-in.not-linked',
    '这个统一身份账号不能登录本系统：请用系统管理员发送的邀请链接先行绑定',
  );
