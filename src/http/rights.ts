import { SetMetadata, applyDecorators, type CustomDecorator, type Type } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import { permissions, type Permission } from '../access/roles.js';

/** What a route asks of who calls it. */
export type RouteRight =
  /** Nobody needs to be signed in. */
  | { readonly kind: 'open' }
  /** Whoever is signed in; what is theirs is theirs only. */
  | { readonly kind: 'signed-in' }
  /**
   * The permission, for the plan that the path names or for the installation. Without it the route does not exist. `plan`:
   * a parameter of the query may name a plan instead, so that a right for that plan is enough.
   */
  | { readonly kind: 'query'; readonly permission: Permission; readonly plan?: 'in-query' }
  /** The permission; it is part of the command's decision, which the gateway makes. `own`: or it is about the sender. */
  | { readonly kind: 'command'; readonly permission: Permission; readonly own: boolean };

const rightKey = 'access:right';

const declared = (right: RouteRight, words: string) =>
  applyDecorators(SetMetadata(rightKey, right), ApiExtension('x-right', words));

export const Open = () => declared({ kind: 'open' }, '不用登录');
export const SignedIn = () => declared({ kind: 'signed-in' }, '登录即可，只及本人');
export const Needs = (permission: Permission) => declared({ kind: 'query', permission }, permissions[permission]);
export const NeedsOfPlan = (permission: Permission) =>
  declared({ kind: 'query', permission, plan: 'in-query' }, permissions[permission]);
export const Commands = (permission: Permission, own = false) =>
  declared({ kind: 'command', permission, own }, `${permissions[permission]}${own ? '；或事关本人' : ''}`);

export const rightOf = (handler: object): RouteRight | undefined =>
  Reflect.getMetadata(rightKey, handler) as RouteRight | undefined;

const unattendedKey = 'access:unattended';

/** The page calls the route by itself, with nobody at it: the call does not put off the end of an idle session. */
export const Unattended = (): CustomDecorator => SetMetadata(unattendedKey, true);
export const isUnattended = (handler: object): boolean => Reflect.getMetadata(unattendedKey, handler) === true;

export interface GuardedRoute {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Under `/api`. */
  readonly path: string;
  readonly right: RouteRight;
}

const methods: Readonly<Record<number, GuardedRoute['method']>> = { 0: 'GET', 1: 'POST', 3: 'DELETE' };

/** All routes of the controllers. @throws {Error} a route declares no right: the application does not start then */
export function guardedRoutes(controllers: readonly Type[]): GuardedRoute[] {
  return controllers.flatMap((controller) => {
    const base = Reflect.getMetadata('path', controller) as string;
    const members = Object.entries(Object.getOwnPropertyDescriptors(controller.prototype as object));
    return members.flatMap(([name, { value }]): GuardedRoute[] => {
      const handler: unknown = value;
      if (typeof handler !== 'function' || !Reflect.hasMetadata('method', handler)) return [];
      const method = methods[Reflect.getMetadata('method', handler) as number];
      const right = rightOf(handler);
      if (!right || !method) throw new Error(`${controller.name}.${name} does not declare who may call it`);
      const own = Reflect.getMetadata('path', handler) as string;
      const path = [base, own]
        .map((part) => part.replace(/^\/+|\/+$/g, ''))
        .filter(Boolean)
        .join('/');
      return [{ method, path, right }];
    });
  });
}
