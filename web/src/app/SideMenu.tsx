import { Link } from '@tanstack/react-router';
import { usePlans } from '../api/queries';
import { t } from '../shared/i18n';
import { mayAnywhere, readsPlans, useSession } from '../state/session';
import { usePlanCode } from './links';
import { adminPages, planPages } from './pages';

/** The pages that the person may use, by what they are for. */
export function SideMenu() {
  const session = useSession();
  const reads = readsPlans(session);
  const plans = usePlans(reads).data;
  const plan = usePlanCode() || plans?.[0]?.plan;
  const groups = planPages
    .map(({ title, pages }) => ({
      title,
      pages: pages.filter(({ needs }) => needs === undefined || mayAnywhere(session, needs, plan)),
    }))
    .filter(({ pages }) => pages.length > 0);
  const admin = adminPages.filter(({ needs }) => mayAnywhere(session, needs));
  return (
    <div className="side-menu">
      <MenuLink to="/" exact title={t('我的工作台')} />
      {reads &&
        plan !== undefined &&
        groups.map(({ title, pages }) => (
          <Group key={title} title={title}>
            {pages.map((page) => (
              <MenuLink
                key={page.path}
                to={`/p/${encodeURIComponent(plan)}${page.path && `/${page.path}`}`}
                exact={page.path === '' || page.path === 'audit'}
                title={page.title}
              />
            ))}
          </Group>
        ))}
      {admin.length > 0 && (
        <Group title={t('管理')}>
          {admin.map(({ path, title }) => (
            <MenuLink key={path} to={`/admin/${path}`} title={title} />
          ))}
        </Group>
      )}
    </div>
  );
}

function Group({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <ul>{children}</ul>
    </section>
  );
}

function MenuLink({
  to,
  title,
  exact = false,
}: {
  readonly to: string;
  readonly title: string;
  readonly exact?: boolean;
}) {
  const link = (
    <Link to={to as '/'} activeOptions={{ exact, includeSearch: false }}>
      {title}
    </Link>
  );
  return to === '/' ? <p>{link}</p> : <li>{link}</li>;
}
