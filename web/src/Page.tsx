import { Empty, Skeleton } from 'antd';
import { useMemo } from 'react';
import { useLoading, usePlan, usePlans } from './api/queries';
import type { PlanDocument, PlanSummary } from './api/types';
import { Header } from './header/Header';
import { LoadingPage } from './LoadingPage';
import { isCode } from './api/client';
import { AddressNotice } from './shared/AddressNotice';
import { ProblemAlert } from './shared/ProblemAlert';
import { PlanPage } from './PlanPage';
import { defaultPeriod, unknownIn } from './state/address';
import { nothing, usePageState, type PageState } from './state/page-state';
import { judgedUnits, ScopeContext, topUnit, type Scope } from './state/scope';

export function Page() {
  const state = usePageState();
  const { isKnown, loading } = useLoading();
  // While the server loads, its plans are incomplete.
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
      {isCode(plan.error, 'plan.unknown') && plans.data && plans.data.length > 0 ? (
        <UnknownPlan code={state.plan ?? ''} plans={plans.data} />
      ) : query.error ? (
        <ProblemAlert error={query.error} retry={() => void query.refetch()} />
      ) : plans.data?.length === 0 && code === undefined ? (
        <Empty description="还没有规划：请先用 tongjian load <文件夹> 装载一个规划" />
      ) : (
        <Skeleton active paragraph={{ rows: 8 }} />
      )}
    </main>
  );
}

/** Whatever else the address says is of the plan that there is not. */
function UnknownPlan({ code, plans }: { readonly code: string; readonly plans: readonly PlanSummary[] }) {
  const [first, ...others] = plans.map(({ plan, title }) => ({ text: `看“${title}”`, change: { ...nothing, plan } }));
  return first && <AddressNotice text={`没有规划 ${code}`} wayOut={first} others={others} />;
}

interface Props {
  readonly plan: PlanDocument;
  readonly plans: readonly PlanSummary[];
  readonly state: PageState;
}

function OfPlan({ plan, plans, state }: Props) {
  const scope = useMemo(() => scopeOf(plan, state), [plan, state]);
  const unknown = unknownIn(state, plan);
  if (unknown.length > 0) {
    return (
      <main className="page-alone">
        <h1 className="wordmark">通鉴</h1>
        <p>{plan.title}</p>
        {unknown.map(({ text, wayOut }) => (
          <AddressNotice key={text} text={text} wayOut={wayOut} />
        ))}
      </main>
    );
  }
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
  const chosen = unit === undefined ? topUnit(plan.units) : units.find(({ code }) => code === unit);
  if (!chosen) return undefined;
  const moment = { ...(asOf !== undefined && { asOf }), ...(atPosition !== undefined && { atPosition }) };
  const position = atPosition === undefined ? '' : `（日志位置 ${atPosition}）`;
  return {
    plan,
    period: period ?? defaultPeriod(plan),
    unit: chosen,
    moment,
    momentText: `${asOf ?? '今日'}${position}`,
  };
}
