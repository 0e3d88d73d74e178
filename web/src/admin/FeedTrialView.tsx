import { Alert, Table } from 'antd';
import type { FeedTrial } from '../api/types';
import { t } from '../shared/i18n';

type Figure = NonNullable<FeedTrial['report']>['figures'][number];

/** What a trial found: the first rows of the source, or what would be reported. */
export function FeedTrialView({ trial }: { readonly trial: FeedTrial }) {
  const { columns, rows, first, report } = trial;
  if (report) return <Report report={report} />;
  return (
    <section aria-label={t('数据源的前几行')}>
      <p role="status">{t('取得 {{count}} 行，各列如下', { count: rows })}</p>
      <div className="feed-first">
        <table className="plain">
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column}>{column}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {first.map((cells, row) => (
              <tr key={row}>
                {cells.map((cell, at) => (
                  <td key={columns[at]}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Report({ report }: { readonly report: NonNullable<FeedTrial['report']> }) {
  const { counts, refused, skipped, warnings, figures } = report;
  const told = t('将新增 {{fresh}}，不变 {{unchanged}}，与已报不同 {{differing}}，被拒 {{refused}}，跳过 {{skipped}}', {
    ...{ fresh: counts.new, unchanged: counts.unchanged, differing: counts.differing, refused, skipped },
  });
  return (
    <section aria-label={t('逐行试报的结果')}>
      <Alert
        showIcon
        role="status"
        type={refused > 0 ? 'error' : 'success'}
        title={told}
        description={
          refused > 0
            ? t('有一行被拒，全部都不报送：请改正对应关系，或由数据源改正')
            : warnings > 0
              ? t('有 {{count}} 项警告，报送后由审核人员核对', { count: warnings })
              : undefined
        }
      />
      <Table<Figure>
        size="small"
        rowKey={({ at, key }) => `${at} ${key ?? ''}`}
        dataSource={[...figures]}
        pagination={{ pageSize: 10, hideOnSinglePage: true, showSizeChanger: false }}
        columns={[
          { title: t('位置'), render: (_, { at }) => at },
          { title: t('数据'), render: (_, { key, name }) => [name, key?.split('/').slice(2).join(' ')].join(' ') },
          { title: t('已报'), render: (_, { from }) => from },
          { title: t('数据源'), render: (_, { to }) => to },
          { title: t('结果'), render: (_, figure) => <Outcome figure={figure} /> },
        ]}
      />
    </section>
  );
}

function Outcome({ figure: { outcome, differs, problems = [] } }: { readonly figure: Figure }) {
  if (differs) return t('与已报不同，不更改');
  if (outcome === 'refused')
    return <span className="grave">{problems.map(({ message }) => message).join(t('；'))}</span>;
  return outcome === 'new' ? t('新增') : t('不变');
}
