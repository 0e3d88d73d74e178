import { useSearch } from '@tanstack/react-router';
import { Alert, Skeleton } from 'antd';
import { useReviews } from '../api/review-calls';
import { PageHead } from '../shared/PageHead';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { usePlanHere } from '../state/scope';
import { mayAnywhere, useSession } from '../state/session';
import { ReviewDesk } from './ReviewDesk';
import { UnlocksSection } from './UnlocksSection';

/** The queue of those who approve, and the place where locked figures are opened. */
export function ReviewPage() {
  const plan = usePlanHere();
  const session = useSession();
  const mayApprove = mayAnywhere(session, ['figures.approve'], plan.plan);
  const mayUnlock = mayAnywhere(session, ['figures.unlock'], plan.plan);
  const { unit, period, code } = useSearch({ from: '/p/$plan/review' });
  const filters = {
    ...(unit !== undefined && { unit }),
    ...(period !== undefined && { period }),
    ...(code !== undefined && { code }),
  };
  const reviews = useReviews(plan.plan, filters, mayApprove);
  return (
    <main className="page review" data-testid="review" data-settled={!reviews.isFetching}>
      <PageHead title={t('数据审核')} note={t('今日待审核的数据；审核的是所看到的那一版，他人改过的不会误审')} />
      {!mayApprove ? (
        <Alert
          type="info"
          showIcon
          title={t('您没有审核数据的权限')}
          description={t('待审核的数据由审核员办理；需要这项权限的，请联系安全管理员授予“审核员”角色')}
        />
      ) : reviews.error ? (
        <ProblemAlert error={reviews.error} retry={() => void reviews.refetch()} />
      ) : reviews.data ? (
        <ReviewDesk
          items={reviews.data.pages.flatMap(({ waiting }) => waiting)}
          total={reviews.data.pages[0]?.total ?? 0}
          changedSinceApproval={reviews.data.pages[0]?.changedSinceApproval ?? 0}
          isLoading={reviews.isFetchingNextPage}
          {...(reviews.hasNextPage && { more: () => void reviews.fetchNextPage() })}
        />
      ) : (
        <Skeleton active paragraph={{ rows: 10 }} />
      )}
      <UnlocksSection mayUnlock={mayUnlock} />
    </main>
  );
}
