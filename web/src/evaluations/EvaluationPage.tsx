import { useParams } from '@tanstack/react-router';
import { Skeleton } from 'antd';
import { useEvaluations } from '../api/evaluation-calls';
import { AddressNotice } from '../shared/AddressNotice';
import { PageHead } from '../shared/PageHead';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { usePlanHere } from '../state/scope';
import { SnapshotTable } from './SnapshotTable';

/** One evaluation and its snapshots. */
export function EvaluationPage() {
  const plan = usePlanHere();
  const { id } = useParams({ from: '/p/$plan/evaluations/$id' });
  const evaluations = useEvaluations(plan.plan);
  const list = `/p/${plan.plan}/evaluations`;
  const evaluation = evaluations.data?.find((each) => each.id === id);
  return (
    <main className="page" data-testid="evaluation">
      {evaluation ? (
        <>
          <PageHead code={id} title={evaluation.title} crumbs={[{ title: t('评估存档'), href: list }]} />
          <div className="card">
            <SnapshotTable evaluations={[evaluation]} />
          </div>
        </>
      ) : evaluations.error ? (
        <ProblemAlert error={evaluations.error} retry={() => void evaluations.refetch()} />
      ) : evaluations.isPending ? (
        <Skeleton active paragraph={{ rows: 6 }} />
      ) : (
        <AddressNotice isPage text={t('没有评估 {{id}}', { id })} waysOut={[{ text: t('看评估存档'), href: list }]} />
      )}
    </main>
  );
}
