import { Link, useParams } from '@tanstack/react-router';
import { Alert, Skeleton } from 'antd';
import { useEvaluations, useSnapshotForecasts } from '../api/evaluation-calls';
import type { SnapshotForecasts } from '../api/types';
import { IndicatorLink } from '../app/links';
import { OutcomesTable } from '../forecasts/BackTestSection';
import { intervalText, methodWords } from '../forecasts/forecast-words';
import { figure, moment } from '../format';
import { DemoBanner } from '../header/DemoBanner';
import { DataTable, type Column } from '../shared/DataTable';
import { DemoTag } from '../shared/DemoTag';
import { PageHead } from '../shared/PageHead';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { unitLabel, usePlanHere } from '../state/scope';

/** What a snapshot led to, by what was known at its cut-off, and what came of it. */
export function SnapshotForecastsPage() {
  const plan = usePlanHere();
  const { id, number } = useParams({ from: '/p/$plan/evaluations/$id/snapshots/$number/forecasts' });
  const { data, error, refetch } = useSnapshotForecasts(plan.plan, id, number);
  const evaluation = useEvaluations(plan.plan).data?.find((each) => each.id === id);
  const list = `/p/${plan.plan}/evaluations`;
  return (
    <main className="page snapshot" data-testid="snapshot-forecasts">
      <PageHead
        title={t('预测与结果')}
        crumbs={[
          { title: t('评估存档'), href: list },
          { title: evaluation?.title ?? id, href: `${list}/${id}` },
          { title: t('存档 {{number}}', { number }), href: `${list}/${id}/snapshots/${number}` },
        ]}
        note={t('只用存档截点以前掌握的数值推算到规划期末，再与今日所知的数值比较')}
      >
        <Link to="/p/$plan/evaluations/$id/snapshots/$number" params={{ plan: plan.plan, id, number }}>
          {t('看存档各数')}
        </Link>
      </PageHead>
      {data?.demo && <DemoBanner />}
      {error && <ProblemAlert error={error} retry={() => void refetch()} />}
      {!error && !data && <Skeleton active paragraph={{ rows: 8 }} title={false} />}
      {data && <Found found={data} />}
    </main>
  );
}

function Found({ found }: { readonly found: SnapshotForecasts }) {
  const { timeZone } = usePlanHere();
  const { asOf, period, forecasts, outcomes, pending, methodsVersion, forecastHash } = found;
  return (
    <>
      <p className="muted">
        {t('{{period}} 期间，截至 {{asOf}}；预测方法第 {{version}} 版，预测内容的 SHA-256 为 {{hash}}', {
          period,
          asOf: moment(asOf, timeZone),
          version: methodsVersion,
          hash: forecastHash,
        })}
      </p>
      {pending > 0 && (
        <Alert
          showIcon
          type="info"
          title={t('{{count}} 个预测的期间还没有数值，有了数值再作比较', { count: pending })}
        />
      )}
      <section className="card">
        <h2>{t('各方法的误差')}</h2>
        <p className="muted">{t('误差以存档时已知的逐期变动的平均幅度为 1；偏差为正是预测偏高。')}</p>
        <OutcomesTable outcomes={outcomes} />
      </section>
      <Points forecasts={forecasts} />
    </>
  );
}

type Forecast = SnapshotForecasts['forecasts'][number];
type Row = Omit<Forecast, 'methods'> & { readonly point: Forecast['methods'][number]['points'][number] };

/** The forecasts of the methods on which early warnings rested, one row for each period. */
function Points({ forecasts }: Pick<SnapshotForecasts, 'forecasts'>) {
  const plan = usePlanHere();
  const rows = forecasts.flatMap(({ methods, ...forecast }): Row[] => {
    const chosen = methods.find(({ method }) => method === forecast.chosen);
    return (chosen?.points ?? []).map((point) => ({ ...forecast, point }));
  });
  const columns: readonly Column<Row>[] = [
    {
      key: 'unit',
      width: 110,
      title: t('单位'),
      cell: ({ unit }) => unitLabel(plan.units, unit),
      sortBy: ({ unit }) => unitLabel(plan.units, unit),
    },
    {
      key: 'code',
      width: 250,
      title: t('指标'),
      cell: ({ code, name, unit, demo }) => (
        <>
          <IndicatorLink code={code} unit={unit}>{`${code} ${name}`}</IndicatorLink> {demo && <DemoTag />}
        </>
      ),
      sortBy: ({ code }) => code,
    },
    {
      key: 'period',
      width: 80,
      title: t('期间'),
      cell: ({ point }) => point.period,
      sortBy: ({ point }) => point.period,
    },
    {
      key: 'forecast',
      width: 110,
      title: t('当时预测'),
      isNumber: true,
      cell: ({ point }) => <b>{figure(point.value)}</b>,
    },
    {
      key: 'interval',
      width: 150,
      title: t('80% 区间'),
      isNumber: true,
      cell: ({ point }) => intervalText(point.interval),
    },
    {
      key: 'actual',
      width: 110,
      title: t('今日所知'),
      isNumber: true,
      cell: ({ point }) =>
        point.actual === undefined ? <span className="none">{t('还没有')}</span> : figure(point.actual),
    },
    {
      key: 'error',
      width: 150,
      title: t('误差'),
      isNumber: true,
      cell: ({ point, unitOfMeasure }) =>
        point.error !== undefined && (
          <>
            {figure(point.error)} <small className="muted">{unitOfMeasure}</small>
            {point.isInside === false && <small className="note grave">{t('在区间之外')}</small>}
          </>
        ),
      sortBy: ({ point }) => (point.error === undefined ? undefined : Math.abs(Number(point.error))),
    },
    {
      key: 'method',
      width: 160,
      title: t('方法'),
      cell: ({ chosen, values }) => (
        <>
          {chosen && methodWords[chosen]} <small className="muted">{t('{{count}} 期数值', { count: values })}</small>
        </>
      ),
    },
  ];
  return (
    <DataTable
      caption={t('预测与结果')}
      columns={columns}
      rows={rows}
      rowKey={({ unit, code, point }) => `${unit}/${code}/${point.period}`}
      total={t('预测 {{count}} 个', { count: rows.length })}
      empty={t('存档时没有可作的预测')}
    />
  );
}
