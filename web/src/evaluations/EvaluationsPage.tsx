import { Link, useSearch } from '@tanstack/react-router';
import { Skeleton } from 'antd';
import { useEvaluations } from '../api/evaluation-calls';
import { PageHead } from '../shared/PageHead';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { usePlanHere } from '../state/scope';
import { OpenEvaluation } from './OpenEvaluation';
import { SnapshotTable } from './SnapshotTable';
import { SnapshotTaker } from './SnapshotTaker';

/** The evaluations and their snapshots: take, verify, compare, read the report. */
export function EvaluationsPage() {
  const plan = usePlanHere();
  const { period, asOf } = useSearch({ from: '/p/$plan/evaluations' });
  const evaluations = useEvaluations(plan.plan);
  const list = evaluations.data ?? [];
  return (
    <main className="page" data-testid="evaluations" data-settled={!evaluations.isFetching}>
      <PageHead
        title={t('评估存档')}
        note={t('存档某期间、截至某日掌握的全部结论；哈希可由日志重算核对。本页列今日已有的存档')}
      >
        <Link to="/p/$plan/reports/reconcile" params={{ plan: plan.plan }}>
          {t('核对 Word 报告')}
        </Link>
        <OpenEvaluation />
      </PageHead>
      <div className="card">
        <SnapshotTaker evaluations={list} period={period} asOf={asOf} />
        {evaluations.error ? (
          <ProblemAlert error={evaluations.error} retry={() => void evaluations.refetch()} />
        ) : evaluations.isPending ? (
          <Skeleton active paragraph={{ rows: 2 }} title={false} />
        ) : list.length === 0 ? (
          <p className="muted">{t('还没有评估存档')}</p>
        ) : (
          <SnapshotTable evaluations={list} />
        )}
      </div>
    </main>
  );
}
