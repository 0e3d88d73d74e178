import { Button } from 'antd';
import { heldBack, useSignedIn } from '../state/session';

/** For whom has a role that gives nothing without a second factor. */
export function SecondFactorBanner() {
  const { session, openAccount } = useSignedIn();
  const waiting = [...new Set(heldBack(session).map(({ label }) => label))].join('、');
  if (waiting === '') return null;
  return (
    <div className="age-banner" role="status">
      <strong>{waiting}尚未生效</strong>
      <span>这一角色须经两步验证：{session.secondFactor === 'on' ? '请填写动态口令' : '请先启用'}</span>
      <Button size="small" onClick={openAccount}>
        去办理
      </Button>
    </div>
  );
}
