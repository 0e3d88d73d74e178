import { Skeleton } from 'antd';
import { lazy, Suspense } from 'react';
import { AuditSection } from './audit/AuditSection';
import { useOverview } from './api/queries';
import { EvaluationsPanel } from './evaluations/EvaluationsPanel';
import { OverviewSections } from './overview/OverviewSections';
import { AgeBanner } from './header/AgeBanner';
import { DemoBanner } from './header/DemoBanner';
import { SecondFactorBanner } from './header/SecondFactorBanner';
import { Boundary } from './shared/Boundary';
import { ProblemAlert } from './shared/ProblemAlert';
import { isCode } from './api/client';
import { toLatestPeriod } from './state/address';
import { usePageState } from './state/page-state';
import { useScope } from './state/scope';

const Detail = lazy(() => import('./detail/Detail'));

export function PlanPage() {
  const { plan, moment } = useScope();
  const { indicator, period } = usePageState();
  const overview = useOverview(plan.plan, period, moment);
  return (
    <main className="page" aria-busy={overview.isFetching}>
      <SecondFactorBanner />
      <AgeBanner timeZone={plan.timeZone} />
      {overview.data?.demo && <DemoBanner />}
      {overview.error ? (
        <ProblemAlert
          error={overview.error}
          retry={() => void overview.refetch()}
          wayOut={isCode(overview.error, 'period.frequency') ? toLatestPeriod : undefined}
        />
      ) : overview.data ? (
        <div className={overview.isPlaceholderData ? 'catching-up' : undefined} data-settled={!overview.isFetching}>
          <OverviewSections overview={overview.data} />
        </div>
      ) : (
        <Skeleton active paragraph={{ rows: 14 }} />
      )}
      <EvaluationsPanel />
      <AuditSection />
      {indicator !== undefined && (
        <Boundary key={indicator}>
          <Suspense fallback={null}>
            <Detail code={indicator} overview={overview.data} />
          </Suspense>
        </Boundary>
      )}
    </main>
  );
}
