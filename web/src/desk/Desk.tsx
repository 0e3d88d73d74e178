import { Link, useSearch } from '@tanstack/react-router';
import { Skeleton } from 'antd';
import { isOldAddress, OldAddress } from '../app/OldAddress';
import { adminPages } from '../app/pages';
import { usePlans } from '../api/queries';
import { ChangesBar } from '../plan/ChangesBar';
import { PageHead } from '../shared/PageHead';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { mayAnywhere, readsPlans, roleNames, useSession } from '../state/session';
import { roleLines } from '../words';
import { PlanDesk } from './PlanDesk';
import { roleWords } from '../role-words';

/** What the person has to do, and what became known of late. */
export function Desk() {
  const session = useSession();
  const search = useSearch({ from: '/' });
  const reads = readsPlans(session);
  const plans = usePlans(reads);
  const first = plans.data?.[0]?.plan;
  if (isOldAddress(search) && first !== undefined) return <OldAddress search={search} firstPlan={first} />;
  const admin = adminPages.filter(({ needs }) => mayAnywhere(session, needs));
  return (
    <main className="page desk" data-testid="desk">
      <PageHead title={t('我的工作台')} note={session.name} />
      {session.roles.length === 0 && (
        <section className="card">
          <h2>{t('还没有角色')}</h2>
          <p>{t('请安全管理员授予角色，并告知人员编号 {{person}}；授予后刷新本页即可', { person: session.person })}</p>
        </section>
      )}
      {!reads && session.roles.length > 0 && (
        <section className="card" data-testid="planless">
          <h2>{t('{{roles}}不查看规划', { roles: roleNames(session) })}</h2>
          <ul>
            {session.roles.map(({ role }) => (
              <li key={role}>
                {roleWords[role]}
                {t('：')}
                {roleLines[role]}
              </li>
            ))}
          </ul>
        </section>
      )}
      {admin.length > 0 && (
        <section className="card">
          <h2>{t('管理')}</h2>
          <ul className="desk-links">
            {admin.map(({ path, title }) => (
              <li key={path}>
                <Link to="/admin/$page" params={{ page: path }}>
                  {title}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
      {reads &&
        (plans.error ? (
          <ProblemAlert error={plans.error} retry={() => void plans.refetch()} />
        ) : !plans.data ? (
          <Skeleton active paragraph={{ rows: 6 }} />
        ) : plans.data.length === 0 ? (
          <p>{t('还没有规划：请先用 tongjian load <文件夹> 装载一个规划')}</p>
        ) : (
          <>
            {plans.data.map((plan) => (
              <PlanDesk key={plan.plan} plan={plan} />
            ))}
            <ChangesBar plans={plans.data.map(({ plan }) => plan)} />
          </>
        ))}
    </main>
  );
}
