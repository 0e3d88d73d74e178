import { Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { Skeleton } from 'antd';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useLoading } from '../api/queries';
import { useSignOut, useStanding } from '../api/session-calls';
import { ProblemAlert } from '../shared/ProblemAlert';
import { failedSignIn } from '../sign-in/failed-sign-in';
import { FailedSignInAlert } from '../sign-in/FailedSignInAlert';
import { SessionContext } from '../state/session';
import { LoadingPage } from './LoadingPage';
import { Shell } from './Shell';
import { Wordmark } from './Wordmark';

// Those who are signed in fetch neither.
const InvitationPage = lazy(async () => ({ default: (await import('../sign-in/InvitationPage')).InvitationPage }));
const SignInPage = lazy(async () => ({ default: (await import('../sign-in/SignInPage')).SignInPage }));

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
  const [failed, setFailed] = useState(failedSignIn);
  const asks = standing.data !== undefined && !session;
  // What failed is past once somebody has signed in.
  useEffect(() => (asks ? () => setFailed(undefined) : undefined), [asks]);

  if (secret !== undefined) {
    const leave = () => void navigate({ to: '/', hash: '', replace: true });
    const accepted = (named: string) => {
      setAccount(named);
      // Whoever was signed in here is perhaps not the one who has the new account.
      if (session) signOut.mutate(undefined, { onSettled: leave });
      else leave();
    };
    return (
      <Suspense>
        <InvitationPage key={secret} secret={secret} onDone={accepted} onLeave={leave} />
      </Suspense>
    );
  }
  if (loading) return <LoadingPage loading={loading} />;
  // Until the server has loaded its plans, there is nothing to ask it for.
  if (session && isKnown) {
    return (
      <SessionContext key={session.person} value={session}>
        <Shell>
          {failed && <FailedSignInAlert failed={failed} />}
          <Outlet />
        </Shell>
      </SessionContext>
    );
  }
  if (standing.data && !session && isKnown) {
    return (
      <Suspense>
        <SignInPage hasEnded={hasEnded} account={account} failed={failed} />
      </Suspense>
    );
  }
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
