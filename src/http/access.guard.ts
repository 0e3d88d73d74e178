import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request, Response } from 'express';
import { allowedSomewhere, knowsPlan, seesNames, setPrincipal, sightKey, type Principal } from '../access/principal.js';
import { noRight } from '../access/refusals.js';
import { permissions, type Permission } from '../access/roles.js';
import { DomainError, notFound } from '../kernel/errors.js';
import { NAMES, type Names } from './names.js';
import { isUnattended, rightOf, type RouteRight } from './rights.js';

export const PRINCIPALS = Symbol('Principals');

/** Who sends a request. */
export interface Principals {
  /**
   * Undefined if the request names nobody. With the answer, a session gets a new secret if the rights of its person have
   * changed. `isUnattended`: the request does not count as use of the session.
   * @throws {DomainError} `access.ended` if it names somebody who is not, or no longer, let in; `credentials.both`
   */
  of(
    request: Pick<Request, 'headers' | 'socket'>,
    response: Response,
    isUnattended?: boolean,
  ): Promise<Principal | undefined>;
  /** Who sent a request that was let in, as of now, without using the session. @throws what `of` throws */
  again(principal: Principal, request: Request, response: Response): Promise<Principal | undefined>;
  /** Notes in the access log what is to be noted of reading. */
  note(principal: Principal, request: Request, permission: Permission): Promise<void>;
  /** The refusal of a plan that is unknown, to somebody or to the system. */
  unknownPlan(plan: string): DomainError;
}

/**
 * Lets a request pass that its route allows. What may not be seen is answered as what does not exist. A command passes
 * whose permission is held over anything; whether it is over what the command is about, the gateway decides.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    @Inject(PRINCIPALS) private readonly principals: Principals,
    @Inject(NAMES) private readonly names: Names,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const response = context.switchToHttp().getResponse<Response>();
    const right = rightOf(context.getHandler());
    if (!right) throw new Error(`${context.getHandler().name} does not declare who may call it`);
    if (right.kind === 'open') return true;
    const principal = await this.principals.of(request, response, isUnattended(context.getHandler()));
    if (!principal) throw notSignedIn();
    setPrincipal(principal, () =>
      this.isStillLetIn(this.principals.again(principal, request, response), request, right, principal),
    );
    if (seesNames(principal)) await this.names.refresh();
    const refusal = this.refusalOf(principal, request, right);
    if (refusal) throw refusal;
    if (right.kind === 'query') await this.principals.note(principal, request, right.permission);
    return true;
  }

  private refusalOf(principal: Principal, request: Request, right: RouteRight): DomainError | undefined {
    if (right.kind === 'open' || right.kind === 'signed-in') return undefined;
    const { permission } = right;
    const { person } = request.params as { person?: string };
    const plan = planOf(request, right);
    if (right.kind === 'command' && right.own && person === principal.id) return undefined;
    const lacks = !allowedSomewhere(principal, permission, plan);
    if (lacks && withholds(principal, permission, plan)) return secondFactorNeeded(permission);
    if (plan !== undefined && !knowsPlan(principal, plan)) return this.principals.unknownPlan(plan);
    if (!lacks) return undefined;
    return request.method === 'GET' ? notFound('route.unknown', '没有这个地址：见 /api/docs') : noRight(permission);
  }

  /**
   * Not let in is also whose credentials cannot be asked after, and who sees something else by now: an open answer must
   * not outlast the rights under which it began.
   */
  private async isStillLetIn(
    again: Promise<Principal | undefined>,
    request: Request,
    right: RouteRight,
    began: Principal,
  ): Promise<boolean> {
    try {
      const principal = await again;
      if (!principal || this.refusalOf(principal, request, right)) return false;
      const plan = planOf(request, right) ?? '';
      return sightKey(principal, plan) === sightKey(began, plan);
    } catch {
      return false;
    }
  }
}

function planOf({ params, query }: Request, right: RouteRight): string | undefined {
  const inQuery = right.kind === 'query' && right.plan === 'in-query' ? query.plan : undefined;
  return (params as { plan?: string }).plan ?? (typeof inQuery === 'string' ? inQuery : undefined);
}

/** Whether the permission is held, but needs a second factor. */
const withholds = (principal: Principal, permission: Permission, plan?: string): boolean =>
  principal.withheld !== undefined && allowedSomewhere({ ...principal, grants: principal.withheld }, permission, plan);

const secondFactorNeeded = (permission: Permission) =>
  new DomainError(
    'forbidden',
    'access.second-factor',
    `“${permissions[permission]}”须以两步验证登录后办理：请先启用两步验证，再重新登录`,
  );

const notSignedIn = () =>
  new DomainError(
    'unauthenticated',
    'access.not-signed-in',
    '请先登录：网页见首页，程序请用令牌（Authorization: Bearer …）',
  );
