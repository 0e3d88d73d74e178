import { Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { Skeleton } from 'antd';
import { useEffect, useState } from 'react';
import { useLoading } from '../api/queries';
import { useSignOut, useStanding } from '../api/session-calls';
import { ProblemAlert } from '../shared/ProblemAlert';
import { InvitationPage } from '../sign-in/InvitationPage';
import { SignInPage } from '../sign-in/SignInPage';
import { SessionContext } from '../state/session';
import { LoadingPage } from './LoadingPage';
import { Shell } from './Shell';
import { Wordmark } from './Wordmark';

/** Lets people in: the page is there for whom the server knows, and again in the same place after they signed in again. */
export function Entrance() {
  const secret = useInvitation();
  const { isKnown, loading } = useLoading();
  const standing = useStanding();
  const signOut = useSignOut();
  const navigate = useNavigate();
  const [account, setAccount] = useState<string>();
  const { session, hasEnded = false } = standing.data ?? {};
  useEffect(() => {
    if (session) setAccount(undefined);
  }, [session]);

  if (secret !== undefined) {
    const leave = () => void navigate({ to: '/', hash: '', replace: true });
    const accepted = (named: string) => {
      setAccount(named);
      // Whoever was signed in here is perhaps not the one who has the new account.
      if (session) signOut.mutate(undefined, { onSettled: leave });
      else leave();
    };
    return <InvitationPage key={secret} secret={secret} onDone={accepted} onLeave={leave} />;
  }
  if (loading) return <LoadingPage loading={loading} />;
  if (session) {
    return (
      <SessionContext key={session.person} value={session}>
        <Shell>
          <Outlet />
        </Shell>
      </SessionContext>
    );
  }
  if (standing.data && isKnown) return <SignInPage hasEnded={hasEnded} account={account} />;
  return (
    <main className="page-alone">
      <Wordmark />
      {standing.error ? (
        <ProblemAlert error={standing.error} retry={() => void standing.refetch()} />
      ) : (
        <Skeleton active paragraph={{ rows: 8 }} />
      )}
    </main>
  );
}

/** The secret behind `#/invitation/`: it is not sent to the server with the address. */
const useInvitation = (): string | undefined => /^\/invitation\/([\w-]+)$/.exec(useLocation().hash)?.[1];
