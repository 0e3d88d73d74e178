import { useParams } from '@tanstack/react-router';
import { Skeleton } from 'antd';
import { useEvaluations, useJudgement } from '../api/evaluation-calls';
import { DemoBanner } from '../header/DemoBanner';
import { AddressNotice } from '../shared/AddressNotice';
import { FollowButton } from '../follows/FollowButton';
import { PageHead } from '../shared/PageHead';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { usePlanHere } from '../state/scope';
import { useMay } from '../state/session';
import { FrozenNotice } from './FrozenNotice';
import { JudgementSection } from './JudgementSection';
import { PublishSection } from './PublishSection';
import { ReadinessSection } from './ReadinessSection';
import { SchemeSection } from './SchemeSection';
import { SnapshotsSection } from './SnapshotsSection';
import { StatedSections } from './StatedSections';

/** The workbench of one evaluation: scheme, readiness, snapshots, verdicts, what is stated beside them, publishing. */
export function EvaluationPage() {
  const plan = usePlanHere();
  const { id } = useParams({ from: '/p/$plan/evaluations/$id' });
  const evaluations = useEvaluations(plan.plan);
  const mayPrepare = useMay('evaluations.snapshot', plan.plan);
  const list = `/p/${plan.plan}/evaluations`;
  const evaluation = evaluations.data?.find((each) => each.id === id);
  const isOpen = evaluation?.published === undefined && evaluation?.supersededBy === undefined;
  return (
    <main className="page evaluation" data-testid="evaluation" data-settled={!evaluations.isFetching}>
      {evaluation ? (
        <>
          <PageHead code={id} title={evaluation.title} crumbs={[{ title: t('评估存档'), href: list }]}>
            <FollowButton kind="evaluation" id={id} />
          </PageHead>
          <DemoNotice id={id} />
          <FrozenNotice evaluation={evaluation} />
          <SchemeSection evaluation={evaluation} />
          {mayPrepare && isOpen && <ReadinessSection evaluation={evaluation} />}
          <SnapshotsSection evaluation={evaluation} isOpen={isOpen} />
          <JudgementSection evaluation={evaluation} isOpen={isOpen} />
          <StatedSections evaluation={evaluation} isOpen={isOpen} />
          <PublishSection evaluation={evaluation} isOpen={isOpen} />
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

function DemoNotice({ id }: { readonly id: string }) {
  const plan = usePlanHere();
  return useJudgement(plan.plan, id).data?.demo ? <DemoBanner /> : null;
}
