import { Link } from '@tanstack/react-router';
import type { Feed, PlanDocument } from '../api/types';
import { DataTable } from '../shared/DataTable';
import { t } from '../shared/i18n';

type Difference = NonNullable<Feed['taken']>['differences'][number];

/** What a source has otherwise than was reported, for a person to decide. */
export function FeedDifferences({ plan, feed }: { readonly plan: PlanDocument; readonly feed: Feed }) {
  const rows = feed.taken?.differences ?? [];
  if (rows.length === 0) return null;
  return (
    <section className="card rules-section" aria-labelledby="differences">
      <h2 id="differences">{t('与已报不同，没有更改')}</h2>
      <DataTable<Difference>
        caption={t('与已报不同')}
        rows={rows}
        rowKey={({ key }) => key}
        total={t('{{count}} 项：须更正的，由填报单位更正', { count: rows.length })}
        empty={t('没有不同')}
        columns={[
          {
            key: 'name',
            title: t('指标'),
            cell: ({ key, name }) => {
              const code = key.split('/')[1] ?? '';
              return (
                <Link to="/p/$plan/indicators/$code" params={{ plan: plan.plan, code }}>
                  {code} {name}
                </Link>
              );
            },
          },
          {
            key: 'unit',
            title: t('单位'),
            cell: ({ key }) => {
              const unit = key.split('/')[2];
              return plan.units.find(({ code }) => code === unit)?.name ?? unit;
            },
          },
          { key: 'period', title: t('期间'), cell: ({ key }) => key.split('/')[3] },
          { key: 'standing', title: t('已报'), isNumber: true, cell: ({ standing }) => standing },
          { key: 'offered', title: t('数据源'), isNumber: true, cell: ({ offered }) => offered },
        ]}
      />
    </section>
  );
}
