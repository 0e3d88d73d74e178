import { useEffect } from 'react';
import { PersonMenu } from './header/PersonMenu';
import { SecondFactorBanner } from './header/SecondFactorBanner';
import { roleNames, useSignedIn } from './state/session';
import { roleLines } from './words';

/** For those whose roles read no plan. */
export function PlanlessPage() {
  const { session } = useSignedIn();
  useEffect(() => {
    document.title = '通鉴 · 规划监测评估';
  }, []);
  return (
    <>
      <header className="masthead">
        <span className="wordmark">
          <img src="/favicon.svg" alt="" width="30" height="30" />
          通鉴
        </span>
        <div className="plan-title">
          <h1>规划监测评估</h1>
        </div>
        <PersonMenu />
      </header>
      <main className="page" data-testid="planless">
        <SecondFactorBanner />
        <div className="card">
          {session.roles.length === 0 ? (
            <>
              <h2>还没有角色</h2>
              <p>请安全管理员授予角色，并告知人员编号 {session.person}；授予后刷新本页即可</p>
            </>
          ) : (
            <>
              <h2>{roleNames(session)}不查看规划</h2>
              <ul>
                {session.roles.map(({ role, label }) => (
                  <li key={role}>
                    {label}：{roleLines[role]}
                  </li>
                ))}
              </ul>
              <p className="muted">
                人员和角色目前经接口办理，见 <a href="/api/docs">接口文档</a> 的 people
                部分；本人的密码、会话见右上角“我的账户”
              </p>
            </>
          )}
        </div>
      </main>
    </>
  );
}
