import { Link, useNavigate } from '@tanstack/react-router';
import { App, Button, Dropdown } from 'antd';
import { isCode } from '../api/client';
import { useSignOut } from '../api/session-calls';
import { language, speak, t } from '../shared/i18n';
import { roleNames, useSession } from '../state/session';
import { appear, appearances, useAppearance, type Appearance } from '../theme';

const appearanceWords: Readonly<Record<Appearance, string>> = {
  device: t('随系统'),
  light: t('浅色'),
  dark: t('深色'),
};

/** Who is signed in, the way to their account, how the page looks and speaks, and the way out. */
export function PersonMenu() {
  const session = useSession();
  const { message } = App.useApp();
  const signingOut = useSignOut();
  const navigate = useNavigate();
  const appearance = useAppearance();
  const leave = () =>
    signingOut.mutate(undefined, {
      // The next person begins at the first page.
      onSuccess: () => void navigate({ to: '/', search: {} }),
      onError: (error) => {
        if (!isCode(error, 'access.ended')) void message.error(error.message);
      },
    });
  return (
    <div className="person" data-testid="person">
      <span className="person-name">
        <b>{session.name ?? session.person}</b>
        <small title={roleNames(session)}>{roleNames(session) || t('还没有角色')}</small>
      </span>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            { key: 'me', label: <Link to="/me">{t('我的账户')}</Link> },
            { type: 'divider' },
            {
              key: 'language',
              label: language === 'en' ? <span lang="zh-CN">中文</span> : <span lang="en">English</span>,
              onClick: () => speak(language === 'en' ? 'zh-CN' : 'en'),
            },
            {
              key: 'appearance',
              label: t('外观：{{appearance}}', { appearance: appearanceWords[appearance] }),
              onClick: () => appear(appearances[(appearances.indexOf(appearance) + 1) % appearances.length]!),
            },
            { key: 'print', label: t('打印本页'), onClick: () => setTimeout(print) },
          ],
        }}
      >
        <Button aria-haspopup="menu">{t('账户与设置')}</Button>
      </Dropdown>
      <Button loading={signingOut.isPending} onClick={leave}>
        {t('退出登录')}
      </Button>
    </div>
  );
}
