import { Skeleton } from 'antd';
import { useAnomalies } from '../api/anomaly-calls';
import type { Anomalies, Anomaly } from '../api/types';
import { IndicatorLink, useFilter } from '../app/links';
import { figure as shownFigure } from '../format';
import { Chips, choicesOf } from '../programme/ListTools';
import { DataTable, type Column } from '../shared/DataTable';
import { DemoTag } from '../shared/DemoTag';
import { PageHead } from '../shared/PageHead';
import { ProblemAlert } from '../shared/ProblemAlert';
import { UnitsOrOne, useOneUnit } from '../shared/UnitsOrOne';
import { t } from '../shared/i18n';
import { unitLabel, useScope } from '../state/scope';
import { anomalyWords } from './anomaly-words';
import { MarkSaid } from './MarkSaid';
import { said } from '../shared/said';

/** 数据异常提示: what is out of the ordinary in the figures of all units and periods, for explanation. */
export function AnomaliesPage() {
  const { plan, moment, momentText } = useScope();
  const own = useOneUnit();
  const { data, error, refetch, isFetching } = useAnomalies({ plan: plan.plan, moment }, own);
  return (
    <div data-testid="anomalies" data-settled={!isFetching}>
      <PageHead
        title={t('数据异常提示')}
        note={t('各期 · 截至 {{moment}} 掌握的数据；只提示与常情不同之处，供核对和说明，不作结论', {
          moment: momentText,
        })}
      >
        <UnitsOrOne />
      </PageHead>
      {error ? (
        <ProblemAlert error={error} retry={() => void refetch()} />
      ) : data ? (
        <Marks found={data} />
      ) : (
        <Skeleton active paragraph={{ rows: 10 }} />
      )}
    </div>
  );
}

function Marks({ found: { anomalies, counts, figures, tests, falseDiscoveryRate } }: { readonly found: Anomalies }) {
  const { plan } = useScope();
  const [kind, setKind] = useFilter<Anomaly['kind']>('kind');
  const shown = anomalies.filter((each) => kind === undefined || each.kind === kind);
  // A figure may have two marks of one kind.
  const rows = shown.map((each, at) => ({
    ...each,
    key: `${keyOf(each)}${at > 0 && keyOf(shown[at - 1]!) === keyOf(each) ? `/${at}` : ''}`,
  }));
  const columns: readonly Column<(typeof rows)[number]>[] = [
    {
      key: 'unit',
      width: 90,
      title: t('单位'),
      cell: ({ unit }) => unitLabel(plan.units, unit),
      sortBy: ({ unit }) => unitLabel(plan.units, unit),
    },
    {
      key: 'kind',
      width: 140,
      title: t('种类'),
      cell: (each) => anomalyWords[each.kind],
      sortBy: (each) => anomalyWords[each.kind],
    },
    {
      key: 'code',
      width: 240,
      title: t('指标'),
      cell: ({ figure, unit, demo }) => (
        <>
          {figure ? (
            <IndicatorLink code={figure.code} unit={unit} trail={figure.period}>
              {`${figure.code} ${figure.name}`}
            </IndicatorLink>
          ) : (
            t('全部数据')
          )}{' '}
          {demo && <DemoTag />}
        </>
      ),
      sortBy: ({ figure }) => figure?.code ?? '',
    },
    {
      key: 'value',
      width: 110,
      title: t('数值'),
      isNumber: true,
      cell: ({ figure }) =>
        figure && (
          <>
            <b>{shownFigure(figure.shown)}</b> <small className="muted">{figure.period}</small>
          </>
        ),
      sortBy: ({ figure }) => figure?.period ?? '',
    },
    {
      key: 'message',
      width: 420,
      title: t('提示与可能的原因'),
      cell: ({ message, mayExplain }) => (
        <div className="anomaly-message">
          {said(message)}
          <small className="muted">{t(mayExplain)}</small>
        </div>
      ),
    },
    {
      key: 'explanation',
      width: 180,
      title: t('填报说明'),
      cell: (mark) => <MarkSaid mark={mark} />,
    },
  ];
  return (
    <>
      <div className="list-tools">
        <Chips
          label={t('种类')}
          total={anomalies.length}
          choices={choicesOf(anomalyWords, counts)}
          chosen={kind}
          choose={setKind}
        />
      </div>
      <DataTable
        caption={t('数据异常提示')}
        columns={columns}
        rows={rows}
        rowKey={({ key }) => key}
        total={t('查看数据 {{figures}} 个，提示 {{marks}} 条', { figures, marks: rows.length })}
        empty={t('没有数据异常提示')}
      />
      <p className="muted">
        {t(
          '末位数字检验 {{units}} 个单位，错误发现率控制在 {{rate}}% 以内；各种提示的做法与误报率见说明文档“数据异常提示”',
          {
            units: tests.count,
            rate: Number(falseDiscoveryRate) * 100,
          },
        )}
      </p>
    </>
  );
}

const keyOf = ({ kind, unit, figure, rule = '' }: Anomaly): string =>
  [kind, unit, figure?.code ?? '', figure?.period ?? '', rule].join('/');
