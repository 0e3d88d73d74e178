import { LRUCache } from 'lru-cache';
import { invalid } from '../kernel/errors.js';
import { toMilliseconds, type Clock, type Instant } from '../kernel/time.js';
import type { Credentials } from './credentials.js';
import type { Entrance } from './entrance.js';
import { hashOfSecret } from './secrets.js';
import type { SecretCookie } from './session-cookie.js';
import type { Session } from './session-store.js';
import type { Sessions } from './sessions.js';
import { tokenPrefix, type Tokens } from './tokens.js';

/** Who asks, and what they showed. */
export interface Authenticated {
  readonly person: string;
  readonly means: 'web' | 'token';
  readonly session?: Pick<Session, 'id' | 'secondFactor' | 'rights'>;
  /** The token's id, unique among the person's tokens. */
  readonly token?: string;
}

export interface Shown {
  /** The request's header `Cookie`. */
  readonly cookie?: string;
  /** The request's header `Authorization`. */
  readonly authorization?: string;
  /** The page asks by itself: the session is not used. */
  readonly isUnattended?: boolean;
}

/** Milliseconds for which a process may hold a session or a token as valid without asking the store. */
export const heldFor = 1_000;

/** Says who asks. */
export class Authentication {
  private readonly held = new LRUCache<string, { readonly who: Authenticated; readonly askedAt: Instant }>({
    max: 5_000,
  });

  constructor(
    private readonly credentials: Pick<Credentials, 'links' | 'accessLog'>,
    private readonly sessions: Sessions,
    private readonly tokens: Tokens,
    private readonly entrance: Entrance,
    private readonly cookie: SecretCookie,
    private readonly clock: Clock,
  ) {}

  /**
   * Undefined for nobody: nothing shown, or what has ended or was never given. Held for at most a second, so
   * that an end counts in every process within it.
   * @throws {DomainError} `credentials.both`: a session's cookie together with `Authorization`
   */
  async authenticate({ cookie = '', authorization, isUnattended = false }: Shown): Promise<Authenticated | undefined> {
    const session = this.cookie.read(cookie);
    if (session !== undefined && authorization !== undefined) {
      throw invalid('credentials.both', '同一请求不能既用登录会话又用令牌：请只用其中一种', 'Authorization');
    }
    const secret = session ?? bearer(authorization);
    if (secret === undefined) return undefined;
    if (session === undefined) return this.holding(hashOfSecret(secret), () => this.byToken(secret));
    // What is held for an unattended request has not used the session.
    return isUnattended
      ? this.holding(`unattended ${hashOfSecret(secret)}`, async () => asked(await this.sessions.find(secret)))
      : this.holding(hashOfSecret(secret), async () => asked(await this.sessions.use(secret)));
  }

  /**
   * Who asks by a session that was let in, if it has not ended, whatever its secret is by now. This does not use the
   * session: an event stream or a download must not keep it open.
   */
  ofSession(person: string, id: string): Promise<Authenticated | undefined> {
    return this.holding(`${person} ${id}`, async () =>
      asked((await this.sessions.of(person)).find((session) => session.id === id)),
    );
  }

  /** The secret of the session in a `Cookie` header, whether or not it holds. */
  sessionSecret(cookie = ''): string | undefined {
    return this.cookie.read(cookie);
  }

  /** What this process holds as valid is asked for again; called when something of it has ended here. */
  forget(): void {
    this.held.clear();
  }

  /** Ends all sessions, tokens and links of a person at once. */
  async endAll(person: string): Promise<void> {
    await this.credentials.links.endAll(person);
    await this.tokens.revokeAll(person);
    await this.sessions.endAll(person);
    this.forget();
    await this.credentials.accessLog.append({ at: this.clock.now(), person, kind: 'access.ended', detail: {} });
  }

  private async holding(
    key: string,
    find: () => Promise<Authenticated | undefined>,
  ): Promise<Authenticated | undefined> {
    const askedAt = this.clock.now();
    const held = this.held.get(key);
    if (held && isRecent(held.askedAt, askedAt)) return held.who;
    const who = await find();
    if (who && (await this.entrance.mayEnter(who.person))) {
      this.held.set(key, { who, askedAt });
      return who;
    }
    this.held.delete(key);
    return undefined;
  }

  private async byToken(secret: string): Promise<Authenticated | undefined> {
    const found = await this.tokens.find(secret);
    return found && { ...found, means: 'token' };
  }
}

const asked = (session: Session | undefined): Authenticated | undefined => {
  if (!session) return undefined;
  const { id, person, secondFactor, rights } = session;
  return { person, means: 'web', session: { id, secondFactor, rights } };
};

function bearer(authorization: string | undefined): string | undefined {
  const [, secret] = /^Bearer +([\w-]{1,100})$/i.exec(authorization ?? '') ?? [];
  return secret?.startsWith(tokenPrefix) ? secret : undefined;
}

/** A clock that went back makes it old. */
function isRecent(askedAt: Instant, now: Instant): boolean {
  const age = toMilliseconds(now) - toMilliseconds(askedAt);
  return age >= 0 && age < heldFor;
}
