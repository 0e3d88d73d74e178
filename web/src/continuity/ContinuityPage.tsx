import { Link } from '@tanstack/react-router';
import { Skeleton } from 'antd';
import { useAllLongSeries } from '../api/continuity-calls';
import type { LongSeries } from '../api/types';
import { BaseLine } from '../indicators/BaseLine';
import { DataTable, type Column } from '../shared/DataTable';
import { DemoTag } from '../shared/DemoTag';
import { PageHead } from '../shared/PageHead';
import { ProblemAlert } from '../shared/ProblemAlert';
import { t } from '../shared/i18n';
import { topUnit, unitLabel, useIsToday, useScope } from '../state/scope';
import { mayFor } from '../state/rights';
import { useSession } from '../state/session';
import { TakeOverBase } from './TakeOverBase';

/** Which indicators continue one of an earlier plan, whether the bases agree, and taking the bases over. */
export function ContinuityPage() {
  const { plan, unit, moment, momentText } = useScope();
  const isToday = useIsToday();
  const session = useSession();
  const mayReport = mayFor(session, 'figures.report', plan, topUnit(plan.units)?.code);
  const { data, error, refetch, isFetching } = useAllLongSeries({ plan: plan.plan, unit: unit.code, moment });
  return (
    <div data-testid="continuity" data-settled={!isFetching}>
      <PageHead
        title={t('规划衔接')}
        note={t('{{unit}} · 截至 {{moment}} 掌握的数据', {
          unit: unitLabel(plan.units, unit.code),
          moment: momentText,
        })}
      />
      {error ? (
        <ProblemAlert error={error} retry={() => void refetch()} />
      ) : data ? (
        <>
          <Indicators series={data} />
          {isToday && mayReport && data.length > 0 && <TakeOverBase series={data} />}
        </>
      ) : (
        <Skeleton active paragraph={{ rows: 6 }} />
      )}
    </div>
  );
}

function Indicators({ series }: { readonly series: readonly LongSeries[] }) {
  const { plan } = useScope();
  const columns: readonly Column<LongSeries>[] = [
    {
      key: 'indicator',
      title: t('指标'),
      cell: ({ code, name, demo }) => (
        <>
          <Link to="/p/$plan/indicators/$code" params={{ plan: plan.plan, code }} hash="long-series">
            {code} {name}
          </Link>
          {demo && <DemoTag />}
        </>
      ),
    },
    { key: 'former', title: t('衔接'), cell: (each) => <Former series={each} /> },
    {
      key: 'definition',
      title: t('口径'),
      width: 220,
      cell: ({ parts }) => relationOf(parts.at(-2)?.continued),
    },
    {
      key: 'base',
      title: t('基期'),
      cell: ({ bases, origins }) => {
        const base = bases.find((each) => each.plan === plan.plan);
        if (!base) return <span className="none">{t('没有可比的基期：本规划或原规划没有这一期的数值')}</span>;
        return <BaseLine base={base} origin={origins.find((each) => each.plan === plan.plan)} />;
      },
    },
  ];
  return (
    <DataTable
      caption={t('衔接原规划的指标')}
      columns={columns}
      rows={series}
      rowKey={({ code }) => code}
      total={t('{{count}} 项指标衔接原规划', { count: series.length })}
      empty={t('本规划没有指标衔接在先的规划：衔接写在规划文件夹的 continuations.csv，或逐项登记')}
    />
  );
}

function Former({ series: { parts, beyond } }: { readonly series: LongSeries }) {
  const former = parts.at(-2);
  if (!former) return <span className="none">{beyond ? `${beyond.plan} ${beyond.indicator}` : '—'}</span>;
  return (
    <Link to="/p/$plan/indicators/$code" params={{ plan: former.plan, code: former.code }}>
      {t('{{title}}：{{code}} {{name}}', { title: former.title, code: former.code, name: former.name })}
    </Link>
  );
}

function relationOf(continued: LongSeries['parts'][number]['continued']): string {
  if (!continued) return '—';
  if (continued.definition === 'same') return t('相同');
  return continued.factor === undefined
    ? t('不同，不可比')
    : t('不同，折算系数 {{factor}}', { factor: continued.factor });
}
