import { Link, useNavigate } from '@tanstack/react-router';
import { isCode } from '../api/client';
import { useSignOut } from '../api/session-calls';
import { language, speak, t } from '../shared/i18n';
import { say } from '../shared/say';
import { roleNames, useSession } from '../state/session';

/** Who is signed in, the way to their account, the other language, and the way out. */
export function PersonMenu() {
  const session = useSession();
  const signingOut = useSignOut();
  const navigate = useNavigate();
  const leave = () =>
    signingOut.mutate(undefined, {
      // The next person begins at the first page.
      onSuccess: () => void navigate({ to: '/', search: {} }),
      onError: (error) => {
        if (!isCode(error, 'access.ended')) say.error(error.message);
      },
    });
  return (
    <div className="person" data-testid="person">
      <span className="person-name">
        <b>{session.name ?? session.person}</b>
        <small title={roleNames(session)}>{roleNames(session) || t('还没有角色')}</small>
      </span>
      <Link to="/me" className="field">
        {t('我的账户')}
      </Link>
      <button
        type="button"
        className="field"
        lang={language === 'en' ? 'zh-CN' : 'en'}
        onClick={() => speak(language === 'en' ? 'zh-CN' : 'en')}
      >
        {language === 'en' ? '中文' : 'English'}
      </button>
      <button type="button" className="field" onClick={() => print()}>
        {t('打印')}
      </button>
      <button type="button" className="field" disabled={signingOut.isPending} onClick={leave}>
        {t('退出登录')}
      </button>
    </div>
  );
}
