import { DomainError, notFound, refused } from '../kernel/errors.js';
import { toInstant, toMilliseconds, type Clock, type Instant } from '../kernel/time.js';
import { accountName } from './account-name.js';
import type { Subject } from './accounts.js';
import type { Credentials } from './credentials.js';
import type { Entrance } from './entrance.js';
import type { Link, LinkPurpose } from './links.js';
import { assertFit, hashOfPassword, isPassword } from './passwords.js';
import { tooMany } from './second-factor.js';
import { hashOfSecret, newSecret } from './secrets.js';
import type { Sessions } from './sessions.js';

/** Hours for which a link holds. */
const linkHours: Readonly<Record<LinkPurpose, number>> = { invitation: 7 * 24, 'password-reset': 24 };

/** How people set their own accounts: by a one-time link, and by their present password. */
export class OwnAccounts {
  constructor(
    private readonly credentials: Pick<Credentials, 'accounts' | 'links' | 'throttles' | 'accessLog'>,
    private readonly sessions: Sessions,
    private readonly entrance: Entrance,
    private readonly clock: Clock,
  ) {}

  /** Makes a one-time link for a person. The secret is returned once. */
  async invite(
    person: string,
    purpose: LinkPurpose,
    hours = linkHours[purpose],
  ): Promise<{ readonly secret: string; readonly endsAt: Instant }> {
    const secret = newSecret();
    const endsAt = toInstant(toMilliseconds(this.clock.now()) + hours * 3_600_000);
    await this.credentials.links.add(hashOfSecret(secret), { purpose, person, endsAt });
    return { secret, endsAt };
  }

  /** Whom a link is for, while it holds. @throws {DomainError} `link.ended` */
  async linked(secret: string): Promise<Link> {
    const link = await this.credentials.links.find(hashOfSecret(secret), this.clock.now());
    if (!link || !(await this.entrance.mayEnter(link.person))) throw linkEnded();
    return link;
  }

  /**
   * Sets the password of an account by a link. An invitation names a new account; a reset names one of the person, or none
   * where there is only one. All sessions of the person end.
   * @throws {DomainError} `link.ended`, `account.name`, `account.taken`, `account.unknown`, `password.unfit`
   */
  async accept(secret: string, { account, password }: { account?: string; password: string }): Promise<string> {
    const { person, purpose } = await this.linked(secret);
    const name = purpose === 'invitation' ? accountName(account ?? '') : await this.nameOf(person, account);
    assertFit(password, name);
    const passwordHash = await hashOfPassword(password);
    const changedAt = this.clock.now();
    const use = await this.credentials.links.useForLocal(hashOfSecret(secret), { name, passwordHash, changedAt });
    if (use === 'used') throw linkEnded();
    if (use === 'taken') throw refused('account.taken', `账号 ${name} 已有人使用：请换一个`, 'account');
    await this.credentials.throttles.forget('account', name);
    await this.sessions.endAll(person);
    await this.note(person, purpose);
    return person;
  }

  /** Links an OpenID subject by a link. @throws {DomainError} `link.ended`, `account.linked` */
  async acceptSubject(secret: string, subject: Subject): Promise<string> {
    const { person } = await this.linked(secret);
    const use = await this.credentials.links.useForSubject(hashOfSecret(secret), subject, this.clock.now());
    if (use === 'used') throw linkEnded();
    if (use === 'taken') {
      throw refused('account.linked', '这个统一身份账号已属于另一人员：请换用本人的账号，或联系系统管理员');
    }
    await this.note(person, 'openid');
    return person;
  }

  /**
   * Changes a password by the present one. All sessions of the person but one end.
   * @throws {DomainError} `password.wrong`, `password.unfit`, `account.unknown`, `sign-in.throttled`
   */
  async changePassword(
    person: string,
    { account, current, password }: { account?: string; current: string; password: string },
    sessionId?: string,
  ): Promise<void> {
    const name = await this.nameOf(person, account);
    const seconds = await this.credentials.throttles.attempt('account', name);
    if (seconds !== undefined) throw tooMany(seconds);
    const found = await this.credentials.accounts.local(name);
    if (!(await isPassword(found?.passwordHash, current))) {
      throw refused('password.wrong', '现在的密码不正确', 'current');
    }
    assertFit(password, name);
    const passwordHash = await hashOfPassword(password);
    await this.credentials.accounts.putLocal({ name, person, passwordHash, changedAt: this.clock.now() });
    await this.credentials.throttles.forget('account', name);
    await this.sessions.endAll(person, sessionId);
    await this.note(person, 'own');
  }

  /** The name of a person's local account: the given one if it is theirs, without one the only one. */
  private async nameOf(person: string, account: string | undefined): Promise<string> {
    const names = (await this.credentials.accounts.localOf(person)).map(({ name }) => name);
    const given = account === undefined ? undefined : accountName(account);
    const name = given === undefined && names.length === 1 ? names[0] : names.find((own) => own === given);
    if (name !== undefined) return name;
    throw notFound('account.unknown', '没有这个账号：请填写本人的账号名', 'account');
  }

  private async note(person: string, by: string): Promise<void> {
    await this.credentials.accessLog.append({ at: this.clock.now(), person, kind: 'account.set', detail: { by } });
  }
}

const linkEnded = () => new DomainError('not-found', 'link.ended', '链接无效、已用过或已到期：请系统管理员重新发送');
