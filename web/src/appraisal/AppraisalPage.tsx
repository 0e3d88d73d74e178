import { Skeleton } from 'antd';
import { useAppraisal } from '../api/appraisal-calls';
import type { Appraisal } from '../api/types';
import { useFilter } from '../app/links';
import { DataTable, type Column } from '../shared/DataTable';
import { PageHead } from '../shared/PageHead';
import { ProblemAlert } from '../shared/ProblemAlert';
import { t } from '../shared/i18n';
import { useScope } from '../state/scope';
import { AppraisalStanding } from './AppraisalStanding';
import { AppraisalSheetView } from './AppraisalSheetView';
import { said } from '../shared/said';

/** 考核: the points of each unit in a year, by item, and the sheet of one unit. */
export function AppraisalPage() {
  const { plan, period, moment, momentText } = useScope();
  const [of, setOf] = useFilter('of');
  const seen = { plan: plan.plan, period, moment };
  const { data, error, refetch, isFetching } = useAppraisal(seen);
  return (
    <div data-testid="appraisal" data-settled={!isFetching}>
      <PageHead
        title={t('考核')}
        note={t('{{period}} 年度 · 截至 {{moment}} 掌握的数据', { period, moment: momentText })}
      />
      {error ? (
        <ProblemAlert error={error} retry={() => void refetch()} />
      ) : data ? (
        <>
          <AppraisalStanding appraisal={data} />
          <Matrix appraisal={data} choose={setOf} chosen={of} />
          {of !== undefined && <AppraisalSheetView seen={seen} unit={of} close={() => setOf(undefined)} />}
        </>
      ) : (
        <Skeleton active paragraph={{ rows: 10 }} />
      )}
    </div>
  );
}

type Row = Appraisal['units'][number];

interface MatrixProps {
  readonly appraisal: Appraisal;
  readonly chosen: string | undefined;
  readonly choose: (unit: string) => void;
}

function Matrix({ appraisal: { rules, units }, chosen, choose }: MatrixProps) {
  const columns: readonly Column<Row>[] = [
    {
      key: 'unit',
      title: t('单位'),
      width: 150,
      cell: ({ unit, name }) => (
        <button type="button" className="link" aria-pressed={unit === chosen} onClick={() => choose(unit)}>
          {name}
        </button>
      ),
      sortBy: ({ name }) => name,
    },
    ...rules.items.map(({ code, name, weight }): Column<Row> => ({
      key: code,
      title: t('{{name}}（{{weight}} 分）', { name: said(name), weight }),
      isNumber: true,
      width: 130,
      cell: ({ items }) =>
        items.find((item) => item.code === code)?.points ?? <span className="none">{t('不适用')}</span>,
      sortBy: ({ items }) => pointsOf(items.find((item) => item.code === code)?.points),
    })),
    {
      key: 'points',
      title: t('得分 / 适用分'),
      isNumber: true,
      width: 130,
      cell: ({ points, weight }) => `${points} / ${weight}`,
    },
    {
      key: 'total',
      title: t('折合百分'),
      isNumber: true,
      width: 100,
      cell: ({ total }) => <b>{total ?? '—'}</b>,
      sortBy: ({ total }) => pointsOf(total),
    },
    {
      key: 'objections',
      title: t('申诉与裁定'),
      width: 130,
      cell: ({ objections }) => objectionsText(objections),
      sortBy: ({ objections }) => objections.waiting,
    },
  ];
  return (
    <DataTable
      caption={t('各单位得分')}
      columns={columns}
      rows={units}
      rowKey={({ unit }) => unit}
      current={chosen}
      total={t('{{count}} 个单位；点单位看考核表', { count: units.length })}
      empty={t('没有可由您查看的考核表：考核表由本单位、上级和评估、审计人员查看')}
    />
  );
}

const pointsOf = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));

/** `待裁定 1，采纳 2` */
const objectionsText = ({ waiting, accepted, refused }: Row['objections']): string =>
  [
    waiting > 0 && t('待裁定 {{count}}', { count: waiting }),
    accepted > 0 && t('采纳 {{count}}', { count: accepted }),
    refused > 0 && t('未采纳 {{count}}', { count: refused }),
  ]
    .filter((part) => part !== false)
    .join(t('，')) || '—';
