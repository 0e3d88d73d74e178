import { useMemo, useState, type ReactNode } from 'react';
import type { OwnSession } from '../api/types';
import { SignedInContext } from '../state/session';
import { AccountDrawer } from './AccountDrawer';

interface Props {
  readonly session: OwnSession;
  readonly children: ReactNode;
}

/** The page of somebody who is signed in, with their own account in reach. */
export function Account({ session, children }: Props) {
  const [isOpen, setOpen] = useState(false);
  const signedIn = useMemo(() => ({ session, openAccount: () => setOpen(true) }), [session]);
  return (
    <SignedInContext value={signedIn}>
      {children}
      {isOpen && <AccountDrawer onClose={() => setOpen(false)} />}
    </SignedInContext>
  );
}
