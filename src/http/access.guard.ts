import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { allowedSomewhere, knowsPlan, setPrincipal, type Principal } from '../access/principal.js';
import { permissions } from '../access/roles.js';
import { DomainError, notFound } from '../kernel/errors.js';
import { rightOf } from './rights.js';

export const PRINCIPALS = Symbol('Principals');

/** Who sends a request. */
export interface Principals {
  /**
   * Undefined if the request names nobody.
   * @throws {DomainError} `access.ended` if it names somebody who is not, or no longer, let in; `credentials.both`
   */
  of(request: Pick<Request, 'headers' | 'socket'>): Promise<Principal | undefined>;
  /** The refusal of a plan that is unknown, to somebody or to the system. */
  unknownPlan(plan: string): DomainError;
}

/** Lets a request pass that its route allows. What may not be seen is answered as what does not exist. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(@Inject(PRINCIPALS) private readonly principals: Principals) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const right = rightOf(context.getHandler());
    if (!right) throw new Error(`${context.getHandler().name} does not declare who may call it`);
    if (right.kind === 'open') return true;
    const principal = await this.principals.of(request);
    if (!principal) throw notSignedIn();
    setPrincipal(principal);
    if (right.kind !== 'query') return true;
    const { plan } = request.params as { plan?: string };
    if (plan !== undefined && !knowsPlan(principal, plan)) throw this.principals.unknownPlan(plan);
    if (allowedSomewhere(principal, right.permission, plan)) return true;
    throw request.method === 'GET'
      ? notFound('route.unknown', '没有这个地址：见 /api/docs')
      : new DomainError(
          'forbidden',
          'access.no-right',
          `您没有“${permissions[right.permission]}”的权限（${right.permission}）`,
        );
  }
}

const notSignedIn = () =>
  new DomainError(
    'unauthenticated',
    'access.not-signed-in',
    '请先登录：网页见首页，程序请用令牌（Authorization: Bearer …）',
  );
