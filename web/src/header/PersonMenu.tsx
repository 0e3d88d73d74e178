import { App, Button } from 'antd';
import { isCode } from '../api/client';
import { useSignOut } from '../api/session-calls';
import { go, nothing } from '../state/page-state';
import { roleNames, useSignedIn } from '../state/session';

/** Who is signed in, the way to their account, and the way out. */
export function PersonMenu() {
  const { session, openAccount } = useSignedIn();
  const { message } = App.useApp();
  const signingOut = useSignOut();
  const leave = () =>
    signingOut.mutate(undefined, {
      // The next person begins at the first page.
      onSuccess: () => go(nothing),
      onError: (error) => {
        if (!isCode(error, 'access.ended')) void message.error(error.message);
      },
    });
  return (
    <div className="person" data-testid="person">
      <span className="person-name">
        <b>{session.name ?? session.person}</b>
        <small title={roleNames(session)}>{roleNames(session) || '还没有角色'}</small>
      </span>
      <Button onClick={openAccount}>我的账户</Button>
      <Button loading={signingOut.isPending} onClick={leave}>
        退出登录
      </Button>
    </div>
  );
}
