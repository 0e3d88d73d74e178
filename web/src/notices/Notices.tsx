import { lazy, Suspense } from 'react';
import { mayAnywhere, useSession } from '../state/session';

// Those who neither report nor review do not fetch it.
const NoticeList = lazy(async () => ({ default: (await import('./NoticeList')).NoticeList }));

/** What waits for those who report or review, on every page. */
export function Notices() {
  if (!mayAnywhere(useSession(), ['figures.report', 'figures.approve'])) return null;
  return (
    <Suspense>
      <NoticeList />
    </Suspense>
  );
}
