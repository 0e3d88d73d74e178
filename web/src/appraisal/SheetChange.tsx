import type { AppraisalSheet } from '../api/types';
import { DataTable } from '../shared/DataTable';
import { t } from '../shared/i18n';
import { said } from '../shared/said';

/** What of a frozen sheet would be different by what is known now. */
export function SheetChange({ sheet }: { readonly sheet: AppraisalSheet }) {
  const { change, items, points, weight, rules } = sheet;
  if (!change) return <p data-testid="sheet-unchanged">{t('按现在掌握的数据重算，与定稿相同')}</p>;
  const nameOf = (code: string) => said(items.find((item) => item.code === code)?.name ?? code);
  const rows = [
    ...change.added.map((each) => ({ ...each, before: '—', now: each.points })),
    ...change.gone.map((each) => ({ ...each, before: each.points, now: '—' })),
    ...change.changed.map((each) => ({ ...each, before: each.points })),
  ].map((each, at) => ({ ...each, key: `${at}` }));
  return (
    <section data-testid="sheet-change" aria-label={t('现在重算会有的不同')}>
      <h3>{t('现在重算会有的不同')}</h3>
      <p>
        {t('定稿 {{points}} / {{weight}} 分；现在重算 {{now}} / {{nowWeight}} 分。定稿不变', {
          ...{ points, weight, now: change.points, nowWeight: change.weight },
        })}
        {change.rulesVersion !== rules.version &&
          t('；现行规则第 {{now}} 版，定稿按第 {{before}} 版', { now: change.rulesVersion, before: rules.version })}
      </p>
      <DataTable
        caption={t('现在重算会有的不同')}
        rows={rows}
        rowKey={({ key }) => key}
        total={t('{{count}} 条', { count: rows.length })}
        empty={t('扣分相同，只是适用的项目不同')}
        columns={[
          { key: 'item', title: t('考核项目'), width: 110, cell: ({ item }) => nameOf(item) },
          { key: 'why', title: t('缘由'), cell: ({ text }) => said(text) },
          { key: 'before', title: t('定稿扣分'), width: 90, isNumber: true, cell: ({ before }) => before },
          { key: 'now', title: t('现在会扣'), width: 90, isNumber: true, cell: ({ now }) => now },
        ]}
      />
    </section>
  );
}
