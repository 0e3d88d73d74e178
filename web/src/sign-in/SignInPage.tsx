import { Alert, Button } from 'antd';
import { useEffect } from 'react';
import { Wordmark } from '../app/Wordmark';
import { useWays } from '../api/session-calls';
import { DemonstrationAccounts } from './DemonstrationAccounts';
import type { FailedSignIn } from './failed-sign-in';
import { FailedSignInAlert } from './FailedSignInAlert';
import { keepAddress } from './kept-address';
import { SignInForm } from './SignInForm';
import { t } from '../shared/i18n';

interface Props {
  /** A session ended, perhaps while somebody worked. */
  readonly hasEnded: boolean;
  /** The account that was just set up. */
  readonly account?: string;
  /** A sign-in at the OpenID provider, from which the browser comes. */
  readonly failed?: FailedSignIn;
}

/** Shown in place of whatever the address names, which is shown once somebody is signed in. */
export function SignInPage({ hasEnded, account, failed }: Props) {
  const ways = useWays();
  useEffect(() => {
    document.title = t('登录 · 通鉴');
  }, []);
  return (
    <main className="sign-in" data-testid="sign-in">
      <div className="sign-in-head">
        <Wordmark size={34} />
        <p className="muted">{t('规划监测评估')}</p>
      </div>
      <div className="sign-in-ways">
        <section className="card" aria-labelledby="sign-in">
          <h1 id="sign-in">{t('登录')}</h1>
          {failed && <FailedSignInAlert failed={failed} />}
          {account !== undefined ? (
            <Alert showIcon type="success" role="status" title={t('密码已设定：请登录')} />
          ) : (
            hasEnded && (
              <Alert showIcon type="info" role="status" title={t('登录已结束：请重新登录，随后回到刚才所看的页面')} />
            )
          )}
          <SignInForm account={account} />
          {ways.data?.openId && (
            <>
              <p className="or muted">{t('或')}</p>
              <Button block href="/api/oidc/start" onClick={keepAddress}>
                {t('统一身份认证登录')}
              </Button>
            </>
          )}
          <p className="muted sign-in-help">{t('没有账号，或忘记密码：请系统管理员发送一次性链接')}</p>
        </section>
        <DemonstrationAccounts />
      </div>
    </main>
  );
}
