import { Link, useLocation } from '@tanstack/react-router';
import { Result } from 'antd';
import { t } from '../shared/i18n';
import { useTitle } from '../shared/use-title';

/** For an address that is none of the app's. */
export function NotFound() {
  const { pathname } = useLocation();
  useTitle(t('没有这个页面'));
  return (
    <main className="page">
      <Result
        status="404"
        title={t('没有这个页面')}
        subTitle={t('“{{path}}”不是本系统的网址：请核对链接，或从左侧菜单进入', { path: decodeURI(pathname) })}
        extra={<Link to="/">{t('回到工作台')}</Link>}
      />
    </main>
  );
}
