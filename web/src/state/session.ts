import { createContext, use } from 'react';
import type { OwnRole, OwnSession, Permission } from '../api/types';

export interface SignedIn {
  readonly session: OwnSession;
  /** Opens the person's own account. */
  readonly openAccount: () => void;
}

export const SignedInContext = createContext<SignedIn | undefined>(undefined);

export function useSignedIn(): SignedIn {
  const signedIn = use(SignedInContext);
  if (!signedIn) throw new Error('useSignedIn must be used within a session');
  return signedIn;
}

/**
 * Whether the person holds the permission for the plan as a whole. What is not held is not offered; the server decides.
 */
export const useMay = (permission: Permission, plan: string): boolean =>
  useSignedIn().session.roles.some(
    (role) =>
      isInForce(role) &&
      role.unit === undefined &&
      (role.plan === undefined || role.plan === plan) &&
      role.may.some((each) => each.permission === permission),
  );

const isInForce = ({ needsSecondFactor }: OwnRole) => !needsSecondFactor;

/** Whether the person reads plans at all: those who only keep people and rights do not. */
export const readsPlans = ({ roles }: OwnSession): boolean =>
  roles.some((role) => isInForce(role) && role.may.some(({ permission }) => permission === 'plans.read'));

/** Roles that count only after a second factor. */
export const heldBack = ({ roles }: OwnSession): OwnRole[] => roles.filter((role) => !isInForce(role));

/** The names of the roles, each once: `审核员、更正员`. */
export const roleNames = ({ roles }: OwnSession): string => [...new Set(roles.map(({ label }) => label))].join('、');
