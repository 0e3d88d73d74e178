import { timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import { operator, type Principal } from '../access/principal.js';
import type { Authentication } from '../credentials/authentication.js';
import type { Principals } from '../http/access.guard.js';
import type { DomainError } from '../kernel/errors.js';
import { sha256 } from '../kernel/json.js';
import { unknownPlan } from '../plans/plan.state.js';
import { accessEnded } from './people-authorizer.js';
import type { Rights } from './rights.js';

/** Finds who sends a request: the operator by the key of the data folder, anybody else by session or token. */
export class RequestPrincipals implements Principals {
  constructor(
    private readonly rights: Rights,
    private readonly authentication: Authentication,
    private readonly operatorKey: string | undefined,
  ) {}

  async of({ headers, socket }: Pick<Request, 'headers' | 'socket'>): Promise<Principal | undefined> {
    const { authorization } = headers;
    if (authorization?.startsWith('Operator ')) {
      if (!this.isOperator(authorization.slice('Operator '.length), socket.remoteAddress)) throw accessEnded();
      return operator;
    }
    const who = await this.authentication.authenticate({ cookie: headers.cookie, authorization });
    if (!who) {
      if (authorization === undefined && this.authentication.sessionSecret(headers.cookie) === undefined)
        return undefined;
      throw accessEnded();
    }
    const principal = await this.rights.principalOf({ ...who, session: who.session?.id });
    if (!principal) throw accessEnded();
    return principal;
  }

  unknownPlan(plan: string): DomainError {
    return unknownPlan(plan);
  }

  /** Hashes have one length, whatever is shown. */
  private isOperator(shown: string, address: string | undefined): boolean {
    if (this.operatorKey === undefined || !isLoopback(address)) return false;
    return timingSafeEqual(Buffer.from(sha256(shown)), Buffer.from(sha256(this.operatorKey)));
  }
}

const isLoopback = (address = ''): boolean => /^(::ffff:)?127\.|^::1$/.test(address);
