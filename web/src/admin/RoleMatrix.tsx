import { Skeleton } from 'antd';
import { useRoleTable } from '../api/people-calls';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { permissionLabel } from '../permission-words';
import { roleWords } from '../role-words';

const scopeWords: Readonly<Record<string, string>> = {
  unit: t('按单位'),
  plan: t('按规划'),
  installation: t('本系统'),
};

/** What each role may do, as the server's role table has it. */
export function RoleMatrix() {
  const { data, error, refetch } = useRoleTable();
  if (error) return <ProblemAlert error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton active paragraph={{ rows: 12 }} />;
  const permissions = new Set(data.flatMap(({ may }) => may.map(({ permission }) => permission)));
  const holds = (role: (typeof data)[number], permission: string) =>
    role.may.some((each) => each.permission === permission);
  return (
    <>
      <div className="scrolled card">
        <table className="role-matrix">
          <caption className="visually-hidden">{t('每种角色可做什么')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('权限')}</th>
              {data.map(({ role, scope }) => (
                <th key={role} scope="col">
                  {roleWords[role]}
                  <small className="muted">{scopeWords[scope] ?? scope}</small>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[...permissions].map((permission) => (
              <tr key={permission}>
                <th scope="row">{permissionLabel(permission)}</th>
                {data.map((role) => (
                  <td key={role.role}>{holds(role, permission) && <span aria-label={t('可以')}>✓</span>}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <h2 className="admin-subhead">{t('互斥')}</h2>
      <ul className="plain-list">
        <li>{t('系统管理员、安全管理员、审计员：同一人不得兼任其中两种')}</li>
        <li>{t('审计员：不得兼任任何可写入的角色')}</li>
        <li>{t('第三方评估：在同一规划中不得兼任其他角色，且须有截止日')}</li>
        <li>{t('填报与审核可以兼任，但任何人不得审核自己录入、更正或以自己的令牌录入的数据')}</li>
      </ul>
    </>
  );
}
