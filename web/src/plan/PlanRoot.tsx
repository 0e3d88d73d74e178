import { Outlet } from '@tanstack/react-router';
import { Skeleton } from 'antd';
import { usePlanCode } from '../app/links';
import { isCode } from '../api/client';
import { usePlan, usePlans } from '../api/queries';
import { AddressNotice } from '../shared/AddressNotice';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { PlanContext } from '../state/scope';
import { ChangesBar } from './ChangesBar';
import { PlanHead } from './PlanHead';

/** The plan that the address names, for all pages below. */
export function PlanRoot() {
  const code = usePlanCode();
  const plan = usePlan(code);
  if (plan.data) {
    return (
      <PlanContext key={code} value={plan.data}>
        <PlanHead />
        <Outlet />
        <ChangesBar plans={[code]} />
      </PlanContext>
    );
  }
  return (
    <main className="page">
      {isCode(plan.error, 'plan.unknown') ? (
        <UnknownPlan code={code} />
      ) : plan.error ? (
        <ProblemAlert error={plan.error} retry={() => void plan.refetch()} />
      ) : (
        <Skeleton active paragraph={{ rows: 8 }} />
      )}
    </main>
  );
}

/** Whatever else the address says is of the plan that there is not. */
function UnknownPlan({ code }: { readonly code: string }) {
  const plans = usePlans().data ?? [];
  const ways = plans.map(({ plan, title }) => ({
    text: t('看“{{title}}”', { title }),
    plan,
  }));
  return (
    <AddressNotice
      isPage
      text={t('没有规划 {{code}}', { code })}
      waysOut={ways.length > 0 ? ways : [{ text: t('回到工作台'), href: '/' }]}
    />
  );
}
