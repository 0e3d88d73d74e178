import { Link, useParams } from '@tanstack/react-router';
import { Result } from 'antd';
import type { ComponentType } from 'react';
import { adminPages } from '../app/pages';
import { AddressNotice } from '../shared/AddressNotice';
import { t } from '../shared/i18n';
import { PageTitle } from '../shared/PageTitle';
import { useTitle } from '../shared/use-title';
import { heldBack, mayAnywhere, useSession } from '../state/session';
import { AccessLogPage } from './AccessLogPage';
import { DeadlinesPage } from './DeadlinesPage';
import { FeedsPage } from './FeedsPage';
import { ImportsPage } from './ImportsPage';
import { PeoplePage } from './PeoplePage';
import { PlansPage } from './PlansPage';
import { RolesPage } from './RolesPage';
import { RulesPage } from './RulesPage';
import { SystemPage } from './SystemPage';
import { UnitsPage } from './UnitsPage';
import { WebhooksPage } from './WebhooksPage';

const pages: Readonly<Record<string, ComponentType>> = {
  people: PeoplePage,
  roles: RolesPage,
  units: UnitsPage,
  plans: PlansPage,
  rules: RulesPage,
  deadlines: DeadlinesPage,
  feeds: FeedsPage,
  webhooks: WebhooksPage,
  imports: ImportsPage,
  'access-log': AccessLogPage,
  system: SystemPage,
};

/** The page of administration that the address names, for those who hold a role for it. */
export function AdminPage() {
  const { page } = useParams({ from: '/admin/$page' });
  const session = useSession();
  const known = adminPages.find(({ path }) => path === page);
  const Page = pages[page];
  if (!known || !Page) return <UnknownPage page={page} />;
  if (!mayAnywhere(session, known.needs)) return <NoRight title={known.title} />;
  return (
    <main className="page admin" data-testid={`admin-${page}`}>
      <Page />
    </main>
  );
}

function UnknownPage({ page }: { readonly page: string }) {
  useTitle(t('没有这个页面'));
  const session = useSession();
  const own = adminPages.filter(({ needs }) => mayAnywhere(session, needs));
  const ways = own.map(({ path, title }) => ({ text: title, href: `/admin/${path}` }));
  return (
    <main className="page">
      <AddressNotice
        isPage
        text={t('没有管理页面“{{page}}”：请核对链接，或从左侧菜单进入', { page })}
        waysOut={ways.length > 0 ? ways : [{ text: t('回到工作台'), href: '/' }]}
      />
    </main>
  );
}

function NoRight({ title }: { readonly title: string }) {
  useTitle(title);
  const isWaiting = heldBack(useSession()).length > 0;
  return (
    <main className="page">
      <Result
        status="403"
        title={<PageTitle>{t('您没有“{{title}}”的权限', { title })}</PageTitle>}
        subTitle={
          isWaiting
            ? t('您有角色须两步验证后生效：请到“我的账户”办理')
            : t('所需角色由安全管理员授予：请说明用途后向其申请')
        }
        extra={isWaiting ? <Link to="/me">{t('我的账户')}</Link> : <Link to="/">{t('回到工作台')}</Link>}
      />
    </main>
  );
}
