import { useIndicators } from '../api/queries';
import { useChangedFigures } from '../api/review-calls';
import type { FigureDocument } from '../api/types';
import { IndicatorLink, useFilter } from '../app/links';
import { moment as momentOf } from '../format';
import { DataTable, type Column } from '../shared/DataTable';
import { PageHead } from '../shared/PageHead';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { unitLabel, useScope } from '../state/scope';

const standingWords: Readonly<Record<FigureDocument['standing'], string>> = {
  reported: t('变更待审核'),
  approved: t('已审核'),
  returned: t('变更已退回'),
  missing: t('缺报'),
  withdrawn: t('已撤回'),
};

/** The approved figures that were changed since their approval, as of the moment. */
export function ChangedPage() {
  const { plan, moment, momentText } = useScope();
  const [code, setCode] = useFilter('code');
  const indicators = useIndicators(plan.plan).data ?? [];
  const figures = useChangedFigures(plan.plan, { ...moment, ...(code !== undefined && { code }) });
  const name = (of: string) => indicators.find((each) => each.code === of)?.name ?? '';
  const columns: readonly Column<FigureDocument>[] = [
    {
      key: 'code',
      title: t('指标'),
      cell: ({ code: own, unit, period }) => (
        <IndicatorLink code={own} unit={unit} trail={period}>{`${own} ${name(own)}`}</IndicatorLink>
      ),
      sortBy: ({ code: own }) => own,
    },
    { key: 'period', title: t('期间'), cell: ({ period }) => period, sortBy: ({ period }) => period },
    {
      key: 'unit',
      title: t('单位'),
      cell: ({ unit }) => unitLabel(plan.units, unit),
      sortBy: ({ unit }) => unitLabel(plan.units, unit),
    },
    { key: 'used', title: t('现在使用'), isNumber: true, cell: ({ approved }) => entered(approved) },
    { key: 'latest', title: t('变更为'), isNumber: true, cell: ({ latest }) => entered(latest) },
    { key: 'standing', title: t('状态'), cell: ({ standing }) => standingWords[standing] },
    {
      key: 'changes',
      title: t('审核后变更'),
      isNumber: true,
      cell: ({ changesSinceApproval }) => t('{{count}} 次', { count: changesSinceApproval }),
      sortBy: ({ changesSinceApproval }) => changesSinceApproval,
    },
    { key: 'by', title: t('经办人'), cell: ({ latest }) => latest?.by.name ?? '—' },
    {
      key: 'known',
      title: t('掌握时间'),
      cell: ({ latest }) => (latest ? momentOf(latest.knownAt, plan.timeZone) : '—'),
      sortBy: ({ latest }) => latest?.knownAt,
    },
    { key: 'reason', title: t('事由'), cell: ({ latest }) => latest?.reason ?? '—' },
  ];
  const rows = figures.data?.pages.flatMap((page) => page.figures) ?? [];
  const count = figures.data?.pages[0]?.changedSinceApproval;
  return (
    <div data-testid="changed-figures">
      <PageHead
        title={t('审核后有变更的数据')}
        crumbs={[{ title: t('总览'), href: `/p/${plan.plan}` }]}
        note={t('截至 {{moment}} 掌握的数据；变更审核通过之前，仍用原先审核通过的数', { moment: momentText })}
      >
        {code !== undefined && (
          <button type="button" className="chip" onClick={() => setCode(undefined)}>
            {t('只看指标 {{code}} ✕', { code })}
          </button>
        )}
      </PageHead>
      {figures.error ? (
        <ProblemAlert error={figures.error} retry={() => void figures.refetch()} />
      ) : (
        <DataTable
          caption={t('审核后有变更的数据')}
          columns={columns}
          rows={rows}
          rowKey={({ code: own, period, unit }) => `${own}/${unit}/${period}`}
          empty={t('没有审核后有变更的数据')}
          isLoading={figures.isFetching}
          {...(count !== undefined && { total: t('共 {{count}} 个数据', { count }) })}
          {...(figures.hasNextPage && { more: () => void figures.fetchNextPage() })}
        />
      )}
    </div>
  );
}

/** As it was entered: a value, or numerator and denominator. */
function entered(measurement: FigureDocument['latest']): string {
  if (!measurement) return '—';
  const { reported } = measurement;
  return 'value' in reported ? reported.value : `${reported.numerator} ÷ ${reported.denominator}`;
}
