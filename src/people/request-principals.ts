import { timingSafeEqual } from 'node:crypto';
import type { Request, Response } from 'express';
import { isExternal, operator, type Principal } from '../access/principal.js';
import { accessEnded } from '../access/refusals.js';
import type { Permission } from '../access/roles.js';
import type { AccessKind } from '../credentials/access-log.js';
import type { Authenticated } from '../credentials/authentication.js';
import type { Principals } from '../http/access.guard.js';
import { sha256 } from '../kernel/json.js';
import { unknownPlan } from '../plans/plan.state.js';
import type { Identity } from './identity.js';
import type { Rights } from './rights.js';

/** The part of a request that says who sends it. */
type Sent = Pick<Request, 'headers' | 'socket'>;

/** Finds who sends a request: the operator by the key of the data folder, anybody else by session or token. */
export class RequestPrincipals implements Principals {
  readonly unknownPlan = unknownPlan;

  /** Without `identity` only the operator is let in. */
  constructor(
    private readonly operatorKey: string | undefined,
    private readonly identity: Identity<Rights> | undefined,
  ) {}

  async of({ headers, socket }: Sent, response: Response, isUnattended = false): Promise<Principal | undefined> {
    const { authorization, cookie } = headers;
    if (authorization?.startsWith('Operator ')) {
      if (!this.isOperator(authorization.slice('Operator '.length), socket.remoteAddress)) throw accessEnded();
      return operator;
    }
    if (!this.identity) {
      if (authorization !== undefined) throw accessEnded();
      return undefined;
    }
    const { authentication } = this.identity;
    const who = await authentication.authenticate({
      ...(cookie !== undefined && { cookie }),
      ...(authorization !== undefined && { authorization }),
      isUnattended,
    });
    const principal = who && (await this.principalOf(who, cookie, response, this.identity));
    const hasShown = authorization !== undefined || authentication.sessionSecret(cookie) !== undefined;
    if (!principal && hasShown) throw accessEnded();
    return principal;
  }

  async again({ id, session }: Principal, request: Request, response: Response): Promise<Principal | undefined> {
    if (session === undefined || !this.identity) return this.of(request, response);
    const { authentication, rights } = this.identity;
    const who = await authentication.ofSession(id, session);
    return who && rights.principalOf(who);
  }

  async note(principal: Principal, request: Request, permission: Permission): Promise<void> {
    const kind = notedAs(principal, request, permission);
    if (!kind || !this.identity) return;
    const { credentials, clock } = this.identity;
    const address = request.ip;
    await credentials.accessLog.append({
      at: clock.now(),
      person: principal.id,
      kind,
      detail: { method: request.method, path: request.path },
      ...(address !== undefined && { address }),
    });
  }

  /** With the answer, a session gets a new secret if the rights are others than when it got the present one. */
  private async principalOf(
    who: Authenticated,
    cookie: string | undefined,
    response: Response,
    { authentication, rights, sessions, cookie: sessionCookie }: Identity<Rights>,
  ): Promise<Principal | undefined> {
    const { person, session } = who;
    if (!session || (await rights.rightsOf(person)) === session.rights) return rights.principalOf(who);
    // Another process may know of a change that this one does not yet.
    rights.forget(person);
    const principal = await rights.principalOf(who);
    const present = await rights.rightsOf(person);
    const secret = authentication.sessionSecret(cookie);
    if (!principal || present === session.rights || secret === undefined) return principal;
    const next = await sessions.renew(secret, present);
    if (next !== undefined) {
      authentication.forget();
      response.append('Set-Cookie', sessionCookie.set(next));
    }
    return principal;
  }

  /** Hashes have one length, whatever is shown. */
  private isOperator(shown: string, address: string | undefined): boolean {
    if (this.operatorKey === undefined || !isLoopback(address)) return false;
    return timingSafeEqual(Buffer.from(sha256(shown)), Buffer.from(sha256(this.operatorKey)));
  }
}

/** What of reading the access log notes: trails, exports, and all that third parties read. */
function notedAs(principal: Principal, { path }: Request, permission: Permission): AccessKind | undefined {
  if (permission === 'access-log.read') return 'read.access-log';
  if (path.endsWith('/events')) return 'export';
  if (permission === 'audit.read' || permission === 'rights.read' || path.endsWith('/trail')) return 'read.trail';
  return isExternal(principal) ? 'read.third-party' : undefined;
}

const isLoopback = (address = ''): boolean => /^(::ffff:)?127\.|^::1$/.test(address);
