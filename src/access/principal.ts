import { AsyncLocalStorage } from 'node:async_hooks';
import type { Actor } from '../kernel/event.js';
import type { AsOf } from '../kernel/versioned-store.js';
import { covers, gives, isForAll, isForPlan, type Grant, type Over } from './grants.js';
import { roleOf, type Permission } from './roles.js';

/** A person's id: opaque, so that it says nothing of whom it names. */
export const personId = /^p_[a-z2-7]{20}$/;

/** What a token takes away from the rights of the person who issued it. */
export interface TokenScope {
  readonly token: string;
  readonly permissions: readonly Permission[];
  readonly plan?: string;
  readonly unit?: string;
}

/** Who asks: a person with the grants in force at present, a program with a person's token, or the operator of the machine. */
export interface Principal {
  /** The person's id, or `operator`. */
  readonly id: string;
  readonly means: 'web' | 'token' | 'operator';
  /** The unit for which the person works. */
  readonly unit?: string;
  readonly grants: readonly Grant[];
  readonly token?: TokenScope;
  /** The session, where there is one. */
  readonly session?: string;
  /** Roles of administrators that are held, but do not count: the session was begun without a second factor. */
  readonly withheld?: readonly Grant[];
}

/** Who works at the machine itself and may read its data folder: nothing there is kept from them. */
export const operator: Principal = { id: 'operator', means: 'operator', grants: [] };

export const operatorActor: Actor = { id: 'operator', name: '本机操作员', roles: ['backfill'], means: 'operator' };

/** Reads as everybody: what the program itself reads for its own work. */
const isOperator = ({ means }: Principal): boolean => means === 'operator';

/** Whether a token lets through what its person may do. */
const tokenAllows = (token: TokenScope | undefined, permission: Permission, { plan, units }: Over): boolean =>
  token === undefined ||
  (token.permissions.includes(permission) &&
    (token.plan === undefined || token.plan === plan) &&
    (token.unit === undefined || (units?.includes(token.unit) ?? false)));

/** Whether the permission holds over that. The one place where it is decided; commands and queries both pass it. */
export const allowed = (principal: Principal, permission: Permission, over: Over): boolean =>
  isOperator(principal) ||
  (tokenAllows(principal.token, permission, over) &&
    principal.grants.some((grant) => gives(grant, permission) && covers(grant, over)));

/** Whether the permission holds over anything of the plan, or over the installation whole where no plan is named. */
export const allowedSomewhere = (principal: Principal, permission: Permission, plan?: string): boolean =>
  isOperator(principal) ||
  ((principal.token?.permissions.includes(permission) ?? true) &&
    (principal.token?.plan === undefined || principal.token.plan === plan) &&
    principal.grants.some(
      (grant) => gives(grant, permission) && (plan === undefined ? isForAll(grant) : isForPlan(grant, plan)),
    ));

/** Whether the plan is one that the principal may know of. */
export const knowsPlan = (principal: Principal, plan: string): boolean =>
  isOperator(principal) ||
  ((principal.token?.plan === undefined || principal.token.plan === plan) &&
    principal.grants.some((grant) => isForPlan(grant, plan)));

/** Whether every value of the plan is seen, whoever brought it and whether or not it is approved. */
export const seesAll = (principal: Principal, plan: string): boolean =>
  isOperator(principal) ||
  (principal.token?.unit === undefined &&
    principal.grants.some(({ role, ...grant }) => roleOf(role)?.seesAll && isForPlan({ role, ...grant }, plan)));

/** The units for which grants are, each with all below it; `undefined` stands for all units. */
export const unitsGranted = (
  { grants }: Principal,
  plan: string,
  isCounted: (grant: Grant) => boolean = () => true,
): (string | undefined)[] =>
  grants.flatMap((grant) => (isForPlan(grant, plan) && isCounted(grant) ? [grant.unit] : []));

/** The units whose values are seen before they are approved: not by leaders, nor by those who take part by invitation. */
export const unitsSeen = (principal: Principal, plan: string): (string | undefined)[] =>
  unitsGranted(principal, plan, ({ role }) => !['leader', 'external-evaluator'].includes(role));

/** The grant of an external evaluator for the plan, where that is all by which the plan is known. */
export const externalGrant = ({ grants }: Principal, plan: string): Grant | undefined =>
  grants.find((grant) => grant.role === 'external-evaluator' && isForPlan(grant, plan));

/** Two who have the same key see the same of the plan. What is kept of an answer is kept under it. */
export const sightKey = (principal: Principal, plan: string): string =>
  seesAll(principal, plan)
    ? 'all'
    : JSON.stringify([principal.token?.unit ?? '', principal.grants.map(({ grant: _, ...scope }) => scope)]);

/** Whether somebody takes part by invitation only. */
export const isExternal = ({ grants }: Principal): boolean => grants.some(({ role }) => role === 'external-evaluator');

/** Names of persons are for people of the same house: not for programs, nor for external evaluators. */
export const seesNames = (principal: Principal): boolean =>
  isOperator(principal) ||
  (principal.means === 'web' && principal.grants.some(({ role }) => role !== 'external-evaluator'));

/** As of when who asks reads the plan: third parties no later than the moment of their invitation. */
export function cappedFor(plan: string, asOf?: AsOf): AsOf | undefined {
  const principal = currentPrincipal();
  const last = principal && externalGrant(principal, plan)?.moment;
  if (last === undefined || (asOf?.knownAt !== undefined && asOf.knownAt <= last)) return asOf;
  return { ...asOf, knownAt: last };
}

/** Whether who sent the request would be let in again now. */
type StillLetIn = () => Promise<boolean>;

/** Who asks, along the whole of a request. */
const asking = new AsyncLocalStorage<{ principal?: Principal; stillLetIn?: StillLetIn }>();

export const withRequest = <Result>(work: () => Result): Result => asking.run({}, work);

export function setPrincipal(principal: Principal, stillLetIn?: StillLetIn): void {
  const request = asking.getStore();
  if (request) Object.assign(request, { principal, stillLetIn });
}

/** Who asks; the operator outside of any request, where the program works for itself. */
export const currentPrincipal = (): Principal | undefined => {
  const request = asking.getStore();
  return request ? request.principal : operator;
};

/** Whether who sent the request at hand would be let in again now. An answer that takes long asks it repeatedly. */
export const isStillLetIn: StillLetIn = () => asking.getStore()?.stillLetIn?.() ?? Promise.resolve(true);
