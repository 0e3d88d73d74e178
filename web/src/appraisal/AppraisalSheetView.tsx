import { Link } from '@tanstack/react-router';
import { Button, Skeleton } from 'antd';
import { useAppraisalSheet } from '../api/appraisal-calls';
import type { Seen } from '../api/overview-calls';
import type { AppraisalSheet } from '../api/types';
import { IndicatorLink, ThingLink } from '../app/links';
import { resourceOf } from '../programme/things';
import { DataTable, type Column } from '../shared/DataTable';
import { DemoTag } from '../shared/DemoTag';
import { ProblemAlert } from '../shared/ProblemAlert';
import { t } from '../shared/i18n';
import { useScope } from '../state/scope';
import { mayAnywhere, useSession } from '../state/session';
import { countWords } from '../words';
import { ObjectionCell, ObjectionSaid } from './ObjectionCell';
import { RaiseFromDeduction } from './RaiseFromDeduction';
import { SheetChange } from './SheetChange';
import { said } from '../shared/said';

interface Props {
  readonly seen: Seen;
  readonly unit: string;
  readonly close: () => void;
}

type Item = AppraisalSheet['items'][number];
type Lost = Item['lost'][number];

/** The sheet of one unit: its counts, and each point that was lost, with what it rests on. */
export function AppraisalSheetView({ seen, unit, close }: Props) {
  const { data, error, refetch } = useAppraisalSheet(seen, unit);
  if (error) return <ProblemAlert error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton active paragraph={{ rows: 8 }} />;
  const { unitName, period, points, weight, total = '—', items, demo } = data;
  const lost = items.flatMap((item) => item.lost.map((part, at) => ({ ...part, item, key: `${item.code} ${at}` })));
  return (
    <section className="card" data-testid="appraisal-sheet" aria-labelledby="appraisal-sheet-title">
      <h2 id="appraisal-sheet-title">
        {t('{{unit}} {{period}} 年度考核表', { unit: unitName, period })} {demo && <DemoTag />}{' '}
        <small className="muted">
          {t('得 {{points}} 分，适用各项共 {{weight}} 分，折合百分 {{total}}', { points, weight, total })}
        </small>{' '}
        <span className="unprinted">
          <Button size="small" onClick={() => window.print()}>
            {t('打印')}
          </Button>{' '}
          <Button size="small" onClick={close}>
            {t('收起')}
          </Button>
        </span>
      </h2>
      <table className="counts-table">
        <caption className="visually-hidden">{t('分项得分')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('考核项目')}</th>
            <th scope="col" className="number">
              {t('得分')}
            </th>
            <th scope="col">{t('计数')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map(({ code, name, weight: most, points: got, counts }) => (
            <tr key={code} data-item={code}>
              <th scope="row">{name}</th>
              <td className="number">
                {got === undefined ? t('不适用') : t('{{points}} / {{weight}}', { points: got, weight: most })}
              </td>
              <td>{counts.map(({ count, value }) => `${countWords[count]} ${value}`).join(t('，'))}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h3>{t('扣分')}</h3>
      <DataTable
        caption={t('逐条扣分')}
        columns={columnsOf(data)}
        rows={lost}
        rowKey={({ key }) => key}
        total={t('{{count}} 条；各条之和即所缺的分数', { count: lost.length })}
        empty={t('没有扣分')}
      />
      <OtherObjections sheet={data} lost={lost} />
      {data.frozen && <SheetChange sheet={data} />}
    </section>
  );
}

type Row = Lost & { readonly item: Item; readonly key: string };

const columnsOf = (sheet: AppraisalSheet): readonly Column<Row>[] => [
  { key: 'item', title: t('考核项目'), width: 90, cell: ({ item }) => said(item.name) },
  { key: 'points', title: t('扣分'), width: 80, isNumber: true, cell: pointsCell },
  {
    key: 'why',
    title: t('缘由与所据'),
    width: 420,
    cell: (row) => (
      <>
        {said(row.text)}
        <div className="deduction-source">
          <Source lost={row} />
        </div>
      </>
    ),
  },
  {
    key: 'objection',
    title: t('申诉与裁定'),
    width: 260,
    cell: ({ id, withdrawn }) => <ObjectionCell sheet={sheet} deduction={id} withdrawn={withdrawn !== undefined} />,
  },
];

/** A withdrawn deduction shows what it would take. */
const pointsCell = ({ points, withdrawn }: Row) =>
  withdrawn === undefined ? (
    points
  ) : (
    <>
      <s aria-label={t('已撤销的扣分')}>{withdrawn}</s> {points}
    </>
  );

/** Objections to deductions that the sheet no longer has. */
function OtherObjections({ sheet, lost }: { readonly sheet: AppraisalSheet; readonly lost: readonly Row[] }) {
  const others = sheet.objections.filter(({ deduction }) => !lost.some(({ id }) => id === deduction));
  if (others.length === 0) return null;
  return (
    <section aria-label={t('所涉扣分已不在表中的申诉')}>
      <h3>{t('所涉扣分已不在表中的申诉')}</h3>
      <ul>
        {others.map((objection) => (
          <li key={objection.number}>
            {said(objection.text)} <ObjectionSaid objection={objection} isFrozen={sheet.frozen !== undefined} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Where what was lost is read: the figure or thing with its trail, and the event for those who audit. */
function Source({ lost }: { readonly lost: Lost }) {
  const { plan } = useScope();
  const mayAudit = mayAnywhere(useSession(), ['audit.read'], plan.plan);
  const { about, position } = lost;
  if (!about) return <span className="none">{t('本项规则')}</span>;
  const { kind, id, unit, period } = about;
  const resource = resourceOf(kind);
  return (
    <>
      {resource ? (
        <ThingLink thing={{ resource, id }}>{t('{{id}} 的变更轨迹', { id })}</ThingLink>
      ) : (
        <IndicatorLink code={id} unit={unit} trail={period}>
          {t('{{id}} 的变更轨迹', { id })}
        </IndicatorLink>
      )}
      {position !== undefined && ' '}
      {position !== undefined && (
        <small className="muted">
          {t('序号')}{' '}
          {mayAudit ? (
            <Link to="/p/$plan/audit/event/$position" params={{ plan: plan.plan, position }}>
              {position}
            </Link>
          ) : (
            position
          )}
        </small>
      )}
      <RaiseFromDeduction lost={lost} />
    </>
  );
}
