import { createContext, use } from 'react';
import type { OwnRole, OwnSession, Permission } from '../api/types';
import { roleWord } from '../role-words';
import { t } from '../shared/i18n';

export const SessionContext = createContext<OwnSession | undefined>(undefined);

export function useSession(): OwnSession {
  const session = use(SessionContext);
  if (!session) throw new Error('useSession must be used within a session');
  return session;
}

/**
 * Whether the person holds the permission for the plan as a whole. What is not held is not offered; the server decides.
 */
export const useMay = (permission: Permission, plan: string): boolean =>
  rolesWith(useSession(), permission, plan).some(({ unit }) => unit === undefined);

/** Whether the person holds one of the permissions anywhere: in a unit, in the plan, or in any plan if none is named. */
export const mayAnywhere = (session: OwnSession, permissions: readonly Permission[], plan?: string): boolean =>
  permissions.some((permission) => rolesWith(session, permission, plan).length > 0);

/** The units, each with what is below it, for which the person holds the permission; `undefined` means all of them. */
export function unitsOf(session: OwnSession, permission: Permission, plan: string): string[] | undefined {
  const units = rolesWith(session, permission, plan).map(({ unit }) => unit);
  return units.includes(undefined) ? undefined : [...new Set(units.filter((unit) => unit !== undefined))];
}

const rolesWith = ({ roles }: OwnSession, permission: Permission, plan: string | undefined): OwnRole[] =>
  roles.filter(
    (role) =>
      isInForce(role) &&
      (role.plan === undefined || plan === undefined || role.plan === plan) &&
      role.may.some((each) => each.permission === permission),
  );

const isInForce = ({ needsSecondFactor }: OwnRole) => !needsSecondFactor;

/** Whether the person reads plans at all: those who only keep people and rights do not. */
export const readsPlans = (session: OwnSession): boolean => mayAnywhere(session, ['plans.read']);

/** Roles that count only after a second factor. */
export const heldBack = ({ roles }: OwnSession): OwnRole[] => roles.filter((role) => !isInForce(role));

/** The names of the roles, each once: `审核员、更正员`. */
export const roleNames = ({ roles }: OwnSession): string =>
  [...new Set(roles.map(({ role }) => roleWord(role)))].join(t('、'));
