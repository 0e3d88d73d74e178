import { Button, Segmented, Table, type TableProps } from 'antd';
import { useState, type ReactNode } from 'react';
import { useFilter } from '../app/links';
import { t } from './i18n';
import { PrintedPart } from './PrintedPart';
import { usePrinting } from './use-printing';

export interface Column<Row> {
  readonly key: string;
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  readonly isNumber?: boolean;
  readonly width?: number;
  /** What rows are sorted by, where the list is whole; numbers by value, texts by their order in Chinese. */
  readonly sortBy?: (row: Row) => string | number | undefined;
}

interface Props<Row> {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** What the list counts, for example `待审数据 43 条`. */
  readonly total?: string;
  readonly empty: string;
  readonly isLoading?: boolean;
  /** Filters and actions beside the total. */
  readonly tools?: ReactNode;
  /** Fetches the next page; absent where all rows are there. */
  readonly more?: () => void;
  /** The row that the page is about now. */
  readonly current?: string;
}

const collator = new Intl.Collator('zh-CN', { numeric: true });

/** From this number of rows, only those in sight are drawn. */
const virtualFrom = 200;

/** The list of a working page: sorted by its columns, with a head that stays, dense or wide, in pages. */
export function DataTable<Row extends object>(props: Props<Row>) {
  const { caption, columns, rows, rowKey, total, empty, isLoading = false, tools, more, current } = props;
  const [sort, setSort] = useFilter('sort');
  const [density, setDensity] = useState<'small' | 'middle'>('small');
  const [sortKey, isDown] = [sort?.replace(/^-/, ''), sort?.startsWith('-') === true];
  const isPrinting = usePrinting();
  const isPart = rows.length > virtualFrom && !isPrinting;
  const table: TableProps<Row> = {
    columns: columns.map(({ key, title, cell, isNumber, width, sortBy }) => ({
      key,
      title,
      width,
      align: isNumber ? ('right' as const) : undefined,
      className: isNumber ? 'number' : undefined,
      onCell: (): object => ({ 'data-label': title }),
      render: (_: unknown, row: Row) => cell(row),
      // What is only a part would be sorted as if it were all.
      ...(sortBy &&
        !more && {
          sorter: (a: Row, b: Row) => compare(sortBy(a), sortBy(b)),
          sortOrder: sortKey === key ? (isDown ? ('descend' as const) : ('ascend' as const)) : null,
          showSorterTooltip: false,
        }),
    })),
    dataSource: rows,
    rowKey,
    size: density,
    loading: isLoading,
    pagination: false,
    locale: { emptyText: isLoading ? t('正在读取…') : empty },
    tableLayout: 'auto',
    onChange: (_, __, sorter) => {
      const { columnKey, order } = Array.isArray(sorter) ? (sorter[0] ?? {}) : sorter;
      setSort(order ? `${order === 'descend' ? '-' : ''}${String(columnKey)}` : undefined);
    },
    rowClassName: (row) => (rowKey(row) === current ? 'current' : ''),
    onRow: (row) => ({ 'data-row': rowKey(row) }) as object,
    ...(isPart ? { virtual: true, sticky: true, scroll: { x: widthOf(columns), y: 640 } } : { className: 'in-cards' }),
  };
  return (
    <div role="group" className="data-table" aria-label={caption}>
      <div className="data-tools">
        {total !== undefined && !(isLoading && rows.length === 0) && <span className="data-total">{total}</span>}
        {tools}
        <span className="data-end">
          <Segmented
            size="small"
            aria-label={t('行距')}
            value={density}
            options={[
              { value: 'small', label: t('紧凑') },
              { value: 'middle', label: t('宽松') },
            ]}
            onChange={setDensity}
          />
        </span>
      </div>
      <Table {...table} />
      {more && (
        <>
          <PrintedPart count={rows.length} />
          <Button className="more" loading={isLoading} onClick={more}>
            {t('再看一页')}
          </Button>
        </>
      )}
    </div>
  );
}

/** A table of which only a part is drawn cannot measure its columns. */
const widthOf = (columns: readonly { readonly width?: number }[]): number =>
  columns.reduce((sum, { width = 140 }) => sum + width, 0);

function compare(a: string | number | undefined, b: string | number | undefined): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  return typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b));
}
