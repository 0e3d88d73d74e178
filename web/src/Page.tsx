import { Empty, Skeleton } from 'antd';
import { useMemo } from 'react';
import { useLoading, usePlan, usePlans } from './api/queries';
import type { PlanDocument, PlanSummary } from './api/types';
import { Header } from './header/Header';
import { LoadingPage } from './LoadingPage';
import { ProblemAlert } from './shared/ProblemAlert';
import { PlanPage } from './PlanPage';
import { usePageState, type PageState } from './state/page-state';
import { judgedUnits, ScopeContext, topUnit, type Scope } from './state/scope';

export function Page() {
  const state = usePageState();
  const { isKnown, loading } = useLoading();
  // What is there while the server loads is a part of it.
  const isLoaded = isKnown && !loading;
  const plans = usePlans(isLoaded);
  const code = isLoaded ? (state.plan ?? plans.data?.[0]?.plan) : undefined;
  const plan = usePlan(code);

  if (loading) return <LoadingPage loading={loading} />;
  if (plan.data) return <OfPlan plan={plan.data} plans={plans.data ?? []} state={state} />;
  const query = plan.error ? plan : plans;
  return (
    <main className="page-alone">
      <h1 className="wordmark">通鉴</h1>
      {query.error ? (
        <ProblemAlert error={query.error} retry={() => void query.refetch()} />
      ) : plans.data?.length === 0 && code === undefined ? (
        <Empty description="还没有规划：请先用 tongjian load <文件夹> 装载一个规划" />
      ) : (
        <Skeleton active paragraph={{ rows: 8 }} />
      )}
    </main>
  );
}

interface Props {
  readonly plan: PlanDocument;
  readonly plans: readonly PlanSummary[];
  readonly state: PageState;
}

function OfPlan({ plan, plans, state }: Props) {
  const scope = useMemo(() => scopeOf(plan, state), [plan, state]);
  if (!scope) {
    return (
      <main className="page-alone">
        <Empty description={`规划“${plan.title}”还没有单位`} />
      </main>
    );
  }
  return (
    <ScopeContext value={scope}>
      <Header plans={plans} />
      <PlanPage />
    </ScopeContext>
  );
}

function scopeOf(plan: PlanDocument, { period, unit, asOf, atPosition }: PageState): Scope | undefined {
  const units = judgedUnits(plan.units);
  const chosen = units.find(({ code }) => code === unit) ?? topUnit(plan.units);
  if (!chosen) return undefined;
  const moment = { ...(asOf !== undefined && { asOf }), ...(atPosition !== undefined && { atPosition }) };
  const position = atPosition === undefined ? '' : `（日志位置 ${atPosition}）`;
  return {
    plan,
    period: period ?? plan.midterm ?? String(plan.endYear),
    unit: chosen,
    moment,
    momentText: `${asOf ?? '今日'}${position}`,
  };
}
