import { useDemonstration, useDemonstrationSignIn } from '../api/session-calls';
import { DemoTag } from '../shared/DemoTag';
import { ProblemAlert } from '../shared/ProblemAlert';
import { roleLines } from '../words';
import { t } from '../shared/i18n';

/** One account for each role, which is entered with a click; nothing on a server that offers none. */
export function DemonstrationAccounts() {
  const accounts = useDemonstration();
  const signIn = useDemonstrationSignIn();
  if (!accounts.data || accounts.data.length === 0) return null;
  return (
    <section className="card demonstration" aria-labelledby="demonstration" data-testid="demonstration">
      <h2 id="demonstration">
        {t('示例账号')} <DemoTag />
      </h2>
      <p className="muted">{t('仅供在本机试用：点一下即以该角色登录，不用密码。人员和数据都是虚构的')}</p>
      {signIn.error && <ProblemAlert error={signIn.error} />}
      <ul>
        {accounts.data.map(({ role, name }) => (
          <li key={role}>
            <button
              type="button"
              data-role={role}
              disabled={signIn.isPending}
              aria-busy={signIn.isPending && signIn.variables === role}
              onClick={() => signIn.mutate(role)}
            >
              <b>{name.replace(/^示例·/, '')}</b>
              <DemoTag />
              <small>{roleLines[role]}</small>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
