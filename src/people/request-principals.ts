import { timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import { isExternal, operator, type Principal } from '../access/principal.js';
import { accessEnded } from '../access/refusals.js';
import type { Permission } from '../access/roles.js';
import type { AccessKind } from '../credentials/access-log.js';
import type { Principals } from '../http/access.guard.js';
import { sha256 } from '../kernel/json.js';
import { unknownPlan } from '../plans/plan.state.js';
import type { Identity } from './identity.js';
import type { Rights } from './rights.js';

/** Finds who sends a request: the operator by the key of the data folder, anybody else by session or token. */
export class RequestPrincipals implements Principals {
  readonly unknownPlan = unknownPlan;

  /** Without `identity` only the operator is let in. */
  constructor(
    private readonly operatorKey: string | undefined,
    private readonly identity: Identity<Rights> | undefined,
  ) {}

  async of({ headers, socket }: Pick<Request, 'headers' | 'socket'>, passive = false): Promise<Principal | undefined> {
    const { authorization, cookie } = headers;
    if (authorization?.startsWith('Operator ')) {
      if (!this.isOperator(authorization.slice('Operator '.length), socket.remoteAddress)) throw accessEnded();
      return operator;
    }
    const { authentication, rights } = this.identity ?? {};
    const who = await authentication?.authenticate({
      passive,
      ...(cookie !== undefined && { cookie }),
      ...(authorization !== undefined && { authorization }),
    });
    const principal = who && (await rights!.principalOf(who));
    const hasShown = authorization !== undefined || authentication?.sessionSecret(cookie) !== undefined;
    if (!principal && hasShown) throw accessEnded();
    return principal;
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
