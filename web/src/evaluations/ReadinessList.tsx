import { Button } from 'antd';
import { useReadinessEntries, type ReadinessCount } from '../api/evaluation-calls';
import { DataTable, type Column } from '../shared/DataTable';
import type { ReadinessPage } from '../api/types';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { usePlanHere } from '../state/scope';
import { readinessWords } from '../words';
import { said } from '../shared/said';

type Entry = ReadinessPage['entries'][number];

const columns: readonly Column<Entry>[] = [
  { key: 'unit', title: t('单位'), cell: ({ unitName, unit }) => unitName ?? unit ?? t('规划') },
  { key: 'code', title: t('代码'), cell: ({ code }) => code },
  { key: 'name', title: t('名称'), cell: ({ name }) => name },
  { key: 'period', title: t('期间'), cell: ({ period }) => period },
  { key: 'note', title: t('说明'), cell: ({ note }) => (note === undefined ? '' : said(note)) },
];

interface Props {
  readonly id: string;
  readonly count: ReadinessCount;
  readonly onClose: () => void;
}

/** What one count of the readiness counts. */
export function ReadinessList({ id, count, onClose }: Props) {
  const plan = usePlanHere();
  const { data, error, isFetching, hasNextPage, fetchNextPage } = useReadinessEntries(plan.plan, id, count);
  if (error) return <ProblemAlert error={error} />;
  const entries = data?.pages.flatMap((page) => page.entries) ?? [];
  const line = readinessWords[count.line];
  return (
    <div data-testid="readiness-list">
      <DataTable
        caption={t('{{line}}的清单', { line })}
        columns={columns}
        rows={entries}
        rowKey={(entry) => entry.id}
        total={t('{{line}} {{count}} 项', { line, count: data?.pages[0]?.total ?? 0 })}
        empty={t('没有')}
        isLoading={isFetching}
        tools={
          <Button size="small" onClick={onClose}>
            {t('收起')}
          </Button>
        }
        {...(hasNextPage && { more: () => void fetchNextPage() })}
      />
    </div>
  );
}
