import { Empty, Skeleton } from 'antd';
import { useMemo } from 'react';
import { useOverview, usePlan, usePlans, type Moment } from './api/queries';
import type { PlanDocument, PlanSummary } from './api/types';
import { Header } from './header/Header';
import { isCode } from './api/client';
import { AddressNotice } from './shared/AddressNotice';
import { ProblemAlert } from './shared/ProblemAlert';
import { PlanlessPage } from './PlanlessPage';
import { PlanPage } from './PlanPage';
import { unitNotThen, unknownIn } from './state/address';
import { nothing, usePageState, type PageState } from './state/page-state';
import { yearText } from './state/periods';
import { judgedUnits, ScopeContext, topUnit, type Scope } from './state/scope';
import { readsPlans, useSignedIn } from './state/session';
import { unitsThen } from './state/units-in-time';

export function Page() {
  const state = usePageState();
  const { session } = useSignedIn();
  const reads = readsPlans(session);
  const plans = usePlans();
  const code = reads ? (state.plan ?? plans.data?.[0]?.plan) : undefined;
  const plan = usePlan(code);

  if (!reads) return <PlanlessPage />;
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
  const unknown = unknownIn(state, plan);
  const shown = useOverview(plan.plan, state.period, momentOf(state), unknown.length === 0);
  // Where there is an error and no period, nothing is shown of any. Asking again takes the error away, not the count.
  const latest = shown.data?.plan.plan === plan.plan ? shown.data.period : undefined;
  const period = state.period ?? latest ?? (shown.errorUpdateCount > 0 ? yearText(plan.endYear, plan) : undefined);
  const scope = useMemo(() => scopeOf(plan, state, period), [plan, state, period]);
  const notThen = period === undefined || unknown.length > 0 ? undefined : unitNotThen(state, plan, period);
  const notices = notThen ? [notThen] : unknown;
  if (notices.length > 0) {
    return (
      <main className="page-alone">
        <h1 className="wordmark">通鉴</h1>
        <p>{plan.title}</p>
        {notices.map(({ text, wayOut }) => (
          <AddressNotice key={text} text={text} wayOut={wayOut} />
        ))}
      </main>
    );
  }
  if (!scope) {
    return (
      <main className="page-alone">
        {judgedUnits(plan.units).length === 0 ? (
          <Empty description={`规划“${plan.title}”还没有单位`} />
        ) : (
          <Skeleton active paragraph={{ rows: 8 }} />
        )}
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

const momentOf = ({ asOf, atPosition }: PageState): Moment => ({
  ...(asOf !== undefined && { asOf }),
  ...(atPosition !== undefined && { atPosition }),
});

function scopeOf(plan: PlanDocument, state: PageState, period: string | undefined): Scope | undefined {
  const { unit, asOf, atPosition } = state;
  if (period === undefined) return undefined;
  const units = unitsThen(plan, period);
  const chosen = unit === undefined ? topUnit(units) : judgedUnits(units).find(({ code }) => code === unit);
  if (!chosen) return undefined;
  const position = atPosition === undefined ? '' : `（日志位置 ${atPosition}）`;
  return {
    plan: { ...plan, units },
    period,
    unit: chosen,
    moment: momentOf(state),
    momentText: `${asOf ?? '今日'}${position}`,
  };
}
