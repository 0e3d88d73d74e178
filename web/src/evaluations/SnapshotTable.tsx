import { Link } from '@tanstack/react-router';
import type { Evaluation } from '../api/types';
import { DemoTag } from '../shared/DemoTag';
import { t } from '../shared/i18n';
import { usePlanHere } from '../state/scope';
import { SnapshotLine } from './SnapshotLine';

/** Evaluations with their snapshots. */
export function SnapshotTable({ evaluations }: { readonly evaluations: readonly Evaluation[] }) {
  const plan = usePlanHere();
  return (
    <table className="plain-table snapshots cards">
      <thead>
        <tr>
          <th scope="col">{t('评估存档')}</th>
          <th scope="col" className="number">
            {t('截至')}
          </th>
          <th scope="col" className="number">
            {t('指数')}
          </th>
          <th scope="col" className="number">
            {t('数据覆盖率')}
          </th>
          <th scope="col">{t('规则')}</th>
          <th scope="col">{t('经办')}</th>
          <th scope="col">{t('内容哈希 SHA-256')}</th>
          <th scope="col">{t('操作')}</th>
        </tr>
      </thead>
      {evaluations.map((evaluation) => (
        <tbody key={evaluation.id}>
          <tr className="area-row">
            <th colSpan={8} scope="rowgroup">
              <Link to="/p/$plan/evaluations/$id" params={{ plan: plan.plan, id: evaluation.id }}>
                {evaluation.title}
              </Link>{' '}
              <code>{evaluation.id}</code>
              {evaluation.demo && <DemoTag />}
              {evaluation.published !== undefined && (
                <small>{t('已发布：存档 {{number}}', { number: evaluation.published })}</small>
              )}
              {evaluation.supersededBy !== undefined && (
                <small>{t('已由 {{id}} 接替', { id: evaluation.supersededBy })}</small>
              )}
            </th>
          </tr>
          {evaluation.snapshots.map((entry) => (
            <SnapshotLine key={entry.number} evaluation={evaluation} entry={entry} />
          ))}
          {evaluation.snapshots.length === 0 && (
            <tr>
              <td colSpan={8} className="muted">
                {t('已建立，还没有评估存档')}
              </td>
            </tr>
          )}
        </tbody>
      ))}
    </table>
  );
}
