import { Link, useLocation } from '@tanstack/react-router';
import { t } from '../shared/i18n';
import { PageTitle } from '../shared/PageTitle';
import { useTitle } from '../shared/use-title';

/** For an address that is none of the app's. */
export function NotFound() {
  const { pathname } = useLocation();
  useTitle(t('没有这个页面'));
  return (
    <main className="page not-found">
      <PageTitle>{t('没有这个页面')}</PageTitle>
      <p>{t('“{{path}}”不是本系统的网址：请核对链接，或从主菜单进入', { path: pathname })}</p>
      <p>
        <Link to="/">{t('回到工作台')}</Link>
      </p>
    </main>
  );
}
