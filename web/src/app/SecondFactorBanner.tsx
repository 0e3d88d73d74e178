import { Link } from '@tanstack/react-router';
import { t } from '../shared/i18n';
import { heldBack, useSession } from '../state/session';

/** For whom has a role that gives nothing without a second factor. */
export function SecondFactorBanner() {
  const session = useSession();
  const waiting = [...new Set(heldBack(session).map(({ label }) => label))].join(t('、'));
  if (waiting === '') return null;
  return (
    <div className="age-banner" role="status">
      <strong>{t('{{roles}}尚未生效', { roles: waiting })}</strong>
      <span>
        {session.secondFactor === 'on'
          ? t('这一角色须经两步验证：请填写动态口令')
          : t('这一角色须经两步验证：请先启用')}
      </span>
      <Link to="/me">{t('去办理')}</Link>
    </div>
  );
}
