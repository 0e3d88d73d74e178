import { Link, useParams } from '@tanstack/react-router';
import { Alert, Skeleton } from 'antd';
import { hasStatus } from '../api/client';
import { useEvaluations, useKnownSince } from '../api/evaluation-calls';
import { useFilter } from '../app/links';
import { day as dayIn, moment } from '../format';
import { DemoBanner } from '../header/DemoBanner';
import { PageHead } from '../shared/PageHead';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { usePlanHere } from '../state/scope';
import { AttributionTables } from './AttributionTables';
import { MoreTold } from './MoreTold';
import { UntilChooser } from './UntilChooser';

/** What a snapshot would have said, had been known what became known later: event by event, with what each moves. */
export function KnownSincePage() {
  const plan = usePlanHere();
  const { id, number } = useParams({ from: '/p/$plan/evaluations/$id/snapshots/$number/known-since' });
  const [until, choose] = useFilter('until');
  const [told, tell] = useFilter('told');
  const { data, error, refetch } = useKnownSince(
    { plan: plan.plan, id, number },
    { ...(until !== undefined && { until }), ...(told !== undefined && { told: Number(told) }) },
  );
  const evaluation = useEvaluations(plan.plan).data?.find((each) => each.id === id);
  const asOf = evaluation?.snapshots.find((entry) => String(entry.number) === number)?.asOf;
  const list = `/p/${plan.plan}/evaluations`;
  return (
    <main className="page snapshot" data-testid="known-since">
      <PageHead
        title={t('后来掌握')}
        crumbs={[
          { title: t('评估存档'), href: list },
          { title: evaluation?.title ?? id, href: `${list}/${id}` },
          { title: t('存档 {{number}}', { number }), href: `${list}/${id}/snapshots/${number}` },
        ]}
        note={t('存档截点之后才掌握的事件，按掌握先后逐个计入；截点、期间、计算方法不变')}
      >
        <Link to="/p/$plan/evaluations/$id/snapshots/$number" params={{ plan: plan.plan, id, number }}>
          {t('看存档各数')}
        </Link>
      </PageHead>
      <Alert showIcon type="warning" role="note" title={t('只作推算：不写入任何记录，存档不变')} />
      {asOf !== undefined && (
        <div className="comparison-head">
          <span className="chooser-label">{t('计入至')}</span>
          <UntilChooser {...{ until, choose }} from={dayIn(asOf, plan.timeZone)} />
        </div>
      )}
      {data?.demo && <DemoBanner />}
      {error && (
        <ProblemAlert
          error={error}
          retry={() => void refetch()}
          wayOut={
            until !== undefined && hasStatus(error, 400)
              ? { text: t('计至今日'), change: { until: undefined } }
              : undefined
          }
        />
      )}
      {!error && !data && <Skeleton active paragraph={{ rows: 8 }} title={false} />}
      {data && (
        <>
          <p className="muted">
            {t('{{title}} 存档 {{number}}，{{period}} 期间，截至 {{asOf}}；计入其后至 {{until}} 掌握的', {
              title: data.title,
              number,
              period: data.period,
              asOf: data.asOf === undefined ? '' : moment(data.asOf, plan.timeZone),
              until: data.until === undefined ? t('今日') : moment(data.until, plan.timeZone),
            })}
          </p>
          {!data.isWhole && (
            <Alert showIcon type="info" title={t('您所见与存档内容不完全相同（如尚未审核的数据），各数由您所见算起')} />
          )}
          <AttributionTables attribution={data} />
          <MoreTold parts={data.parts} {...{ told, tell }} />
        </>
      )}
    </main>
  );
}
