import { Link, useParams } from '@tanstack/react-router';
import { Alert, Skeleton } from 'antd';
import { reportAddress, useEvaluations, useKnownSince, useSnapshotContent } from '../api/evaluation-calls';
import { hasStatus } from '../api/client';
import type { Evaluation } from '../api/types';
import { moment } from '../format';
import { DemoBanner } from '../header/DemoBanner';
import { AddressNotice } from '../shared/AddressNotice';
import { ExportMenu } from '../shared/ExportMenu';
import { PageHead } from '../shared/PageHead';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { PublicSiteButton } from '../documents/PublicSiteButton';
import { WordReportButton } from '../documents/WordReportButton';
import { usePlanHere } from '../state/scope';
import { FrozenNotice } from './FrozenNotice';
import { LaterContext, laterOf } from './later';
import { SnapshotNumbers } from './SnapshotNumbers';

/** The permanent address of a snapshot: the numbers as they were frozen, and beside each what became known since. */
export function SnapshotPage() {
  const plan = usePlanHere();
  const { id, number } = useParams({ from: '/p/$plan/evaluations/$id/snapshots/$number' });
  const { data: content, error, refetch } = useSnapshotContent(plan.plan, id, number);
  const evaluation = useEvaluations(plan.plan).data?.find((each) => each.id === id);
  const entry = evaluation?.snapshots.find((each) => String(each.number) === number);
  const list = `/p/${plan.plan}/evaluations`;
  if (error) {
    return (
      <main className="page">
        {hasStatus(error, 404) ? (
          <AddressNotice
            isPage
            text={t('没有评估 {{id}} 的存档 {{number}}', { id, number })}
            waysOut={[{ text: t('看评估存档'), href: list }]}
          />
        ) : (
          <ProblemAlert error={error} retry={() => void refetch()} />
        )}
      </main>
    );
  }
  if (!content || !evaluation || !entry) {
    return (
      <main className="page">
        <Skeleton active paragraph={{ rows: 8 }} />
      </main>
    );
  }
  const { overview } = content;
  return (
    <main className="page snapshot" data-testid="snapshot">
      <PageHead
        title={t('{{title}} 存档 {{number}}', { title: content.title, number })}
        crumbs={[
          { title: t('评估存档'), href: list },
          { title: evaluation.title, href: `${list}/${id}` },
        ]}
        note={t('{{period}} 期间 · 截至 {{asOf}} 掌握的数据 · SHA-256 {{hash}}', {
          period: overview.period,
          asOf: moment(content.asOf, plan.timeZone),
          hash: entry.contentHash,
        })}
      >
        <Link to="/p/$plan/evaluations/$id/snapshots/$number/known-since" params={{ plan: plan.plan, id, number }}>
          {t('后来掌握')}
        </Link>
        <Link to="/p/$plan/evaluations/$id/snapshots/$number/forecasts" params={{ plan: plan.plan, id, number }}>
          {t('预测与结果')}
        </Link>
        <a href={reportAddress(plan.plan, id, entry.number)} target="_blank" rel="noopener">
          {t('报告')}
        </a>
        <WordReportButton id={id} number={number} />
        <PublicSiteButton id={id} number={number} isPublished={evaluation.published === entry.number} />
        <ExportMenu plan={plan.plan} moment={{ snapshot: `${id}/${number}` }} />
      </PageHead>
      {overview.demo && <DemoBanner />}
      <FrozenNotice evaluation={evaluation} here={entry.number} />
      <WithLater evaluation={evaluation} number={number}>
        <SnapshotNumbers overview={overview} />
      </WithLater>
    </main>
  );
}

interface Props {
  readonly evaluation: Evaluation;
  readonly number: string;
  readonly children: React.ReactNode;
}

/** The numbers stand at once; what became known since is found meanwhile. */
function WithLater({ evaluation: { id }, number, children }: Props) {
  const plan = usePlanHere();
  const { data, error, refetch } = useKnownSince({ plan: plan.plan, id, number }, {});
  const count = new Set([...(data?.numbers ?? []), ...(data?.verdicts ?? [])].flatMap(({ by }) => by)).size;
  return (
    <>
      {error && <ProblemAlert error={error} retry={() => void refetch()} />}
      {!error && !data && <Alert showIcon type="info" aria-busy title={t('正在查找后来掌握的变动…')} />}
      {data && (
        <Alert
          showIcon
          type={count === 0 ? 'success' : 'info'}
          title={
            count === 0
              ? t('存档所载各数，至今没有后来掌握的变动')
              : t('存档所载不变；其后 {{count}} 个事件改动了其中一些数，写在该数旁', { count })
          }
          description={!data.isWhole && t('您所见与存档内容不完全相同（如尚未审核的数据），后来的变动由您所见算起')}
        />
      )}
      <LaterContext value={data && laterOf(data)}>{children}</LaterContext>
    </>
  );
}
