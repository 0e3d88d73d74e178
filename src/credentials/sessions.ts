import { excerpt } from '../kernel/text.js';
import { toInstant, toMilliseconds, type Clock, type Instant } from '../kernel/time.js';
import { hashOfSecret, newOpaqueId, newSecret } from './secrets.js';
import type { Session, SessionStore } from './session-store.js';

/** Minutes after which a session ends. */
export interface SessionEnds {
  /** Without use. */
  readonly idle: number;
  /** At the latest. */
  readonly absolute: number;
}

const sessionEnds: SessionEnds = { idle: 30, absolute: 12 * 60 };

/** From where somebody signs in. */
export interface Place {
  /** The browser's `User-Agent`. */
  readonly device?: string;
  /** The network address. */
  readonly address?: string;
}

export interface BegunSession {
  /** For the cookie; it is stored nowhere. */
  readonly secret: string;
  readonly session: Session;
}

const minute = 60_000;

/** Milliseconds for which a secret holds after its renewal: a request that shows it may take as long to arrive. */
export const renewalOverlap = minute;

/** Sessions at the page. */
export class Sessions {
  private readonly ends: SessionEnds;

  constructor(
    private readonly store: SessionStore,
    private readonly clock: Clock,
    ends: Partial<SessionEnds> = {},
  ) {
    this.ends = { ...sessionEnds, ...ends };
  }

  /** `rights`: those that the person has at present, see `Entrance`. */
  async begin(
    person: string,
    { secondFactor, rights }: Pick<Session, 'secondFactor' | 'rights'>,
    { device, address }: Place = {},
  ): Promise<BegunSession> {
    const now = this.clock.now();
    const secret = newSecret();
    const session: Session = {
      id: newOpaqueId('s'),
      person,
      createdAt: now,
      usedAt: now,
      endsAt: later(now, this.ends.absolute),
      ...(device && { device: excerpt(device, 200) }),
      ...(address && { address }),
      secondFactor,
      rights,
    };
    await this.store.removeEnded(now);
    await this.store.add(hashOfSecret(secret), session);
    return { secret, session };
  }

  /** The session if it has not ended. This does not use it. */
  async find(secret: string): Promise<Session | undefined> {
    const now = this.clock.now();
    const session = await this.store.find(hashOfSecret(secret), now);
    return session && this.isOpen(session, now) ? session : undefined;
  }

  /** The session if it has not ended. Using it puts off its end for want of use. */
  async use(secret: string): Promise<Session | undefined> {
    const session = await this.find(secret);
    const now = this.clock.now();
    if (!session || toMilliseconds(now) - toMilliseconds(session.usedAt) < minute) return session;
    await this.store.touch(hashOfSecret(secret), now);
    return { ...session, usedAt: now };
  }

  /**
   * Gives the session a new secret once the rights of its person have changed. The old one holds for a while, so that
   * requests sent meanwhile do not fail. Undefined where it has ended, or got a new secret already.
   */
  async renew(secret: string, rights: string): Promise<string | undefined> {
    const next = newSecret();
    const oldEnd = toInstant(toMilliseconds(this.clock.now()) + renewalOverlap);
    const isRenewed = await this.store.renew(hashOfSecret(secret), hashOfSecret(next), rights, oldEnd);
    return isRenewed ? next : undefined;
  }

  /**
   * Gives the session a new secret, once its person has set a password or given a second factor; the old one holds no
   * more. Undefined where it has ended.
   */
  async rotate(secret: string, secondFactor: boolean): Promise<string | undefined> {
    const next = newSecret();
    const isRotated = await this.store.rotate(hashOfSecret(secret), hashOfSecret(next), secondFactor, this.clock.now());
    return isRotated ? next : undefined;
  }

  /** The sessions of a person that are open, the last used first. */
  async of(person: string): Promise<Session[]> {
    const now = this.clock.now();
    return (await this.store.of(person)).filter((session) => this.isOpen(session, now));
  }

  /** When it ends if it is not used again. */
  endOf({ usedAt, endsAt }: Pick<Session, 'usedAt' | 'endsAt'>): Instant {
    const idle = later(usedAt, this.ends.idle);
    return idle < endsAt ? idle : endsAt;
  }

  end(person: string, id: string): Promise<boolean> {
    return this.store.end(person, id);
  }

  endAll(person: string, exceptId?: string): Promise<void> {
    return this.store.endAll(person, exceptId);
  }

  private isOpen(session: Session, now: Instant): boolean {
    return now < this.endOf(session);
  }
}

const later = (from: Instant, minutes: number): Instant => toInstant(toMilliseconds(from) + minutes * minute);
