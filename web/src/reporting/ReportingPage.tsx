import { Link } from '@tanstack/react-router';
import { Select, Skeleton } from 'antd';
import { ThingLink, useFilter } from '../app/links';
import { calendarAddress, useObligationPeriods, useObligations } from '../api/reporting-calls';
import type { Obligation, Unit } from '../api/types';
import { AddressNotice } from '../shared/AddressNotice';
import { DataTable, type Column } from '../shared/DataTable';
import { PageHead } from '../shared/PageHead';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { usePlanHere } from '../state/scope';
import { kindWords, stateWord, stateWords } from './outcome-words';
import { PeriodsSection } from './PeriodsSection';
import { SubmissionsSection } from './SubmissionsSection';
import { UnitChooser } from './UnitChooser';
import { UnknownUnit } from './UnknownUnit';
import { useReportingUnit } from './use-reporting-unit';

/** What a unit owes, period by period, and what was sent. */
export function ReportingPage() {
  const { plan } = usePlanHere();
  const { unit, units, asked } = useReportingUnit();
  const periods = useObligationPeriods(plan, unit?.code);
  const [askedPeriod] = useFilter('period');
  if (!unit) return <UnknownUnit asked={asked} />;
  const all = periods.data?.periods ?? [];
  // The oldest one of which something is overdue comes first, then the latest one of which anything is owed.
  const first =
    all.findLast(({ overdue, totals }) => overdue > 0 || totals.returned > 0) ??
    all.find(({ totals }) => totals.owed > 0) ??
    all[0];
  const chosen = askedPeriod ?? first?.period;
  const isKnown = askedPeriod === undefined || all.some(({ period }) => period === askedPeriod);
  return (
    <main className="page reporting" data-settled={!periods.isFetching}>
      <PageHead
        title={t('数据填报')}
        note={periods.data && t('{{unit}} · 截至今日 {{day}}', { unit: unit.name, day: periods.data.day })}
      >
        <UnitChooser unit={unit} units={units} />
        <Link className="button-link" to="/p/$plan/report/import" params={{ plan }} search={{ unit: unit.code }}>
          {t('导入工作簿或表格')}
        </Link>
      </PageHead>
      {periods.error ? (
        <ProblemAlert error={periods.error} retry={() => void periods.refetch()} />
      ) : !periods.data ? (
        <Skeleton active paragraph={{ rows: 8 }} />
      ) : all.length === 0 ? (
        <section className="card">
          <p>{t('{{unit}} 没有要报送的：指标、项目、政策、任务都不由它报', { unit: unit.name })}</p>
        </section>
      ) : (
        <>
          <PeriodsSection unit={unit} periods={all} chosen={chosen} />
          {isKnown && chosen !== undefined ? (
            <Obligations unit={unit} period={chosen} />
          ) : (
            <AddressNotice
              text={t('{{unit}} 在期间 {{period}} 没有要报送的', { unit: unit.name, period: askedPeriod ?? '' })}
              waysOut={[{ text: t('看应报的期间'), change: { period: undefined } }]}
            />
          )}
        </>
      )}
      <Calendar unit={unit} />
      <SubmissionsSection />
    </main>
  );
}

type Kind = Obligation['kind'];

function Obligations({ unit, period }: { readonly unit: Unit; readonly period: string }) {
  const { plan } = usePlanHere();
  const found = useObligations(plan, unit.code, period);
  const [kind, setKind] = useFilter<Kind>('kind');
  const [standing, setStanding] = useFilter('standing');
  const all = found.data?.units[0]?.obligations ?? [];
  const isOf = (each: Obligation) =>
    (kind === undefined || each.kind === kind) &&
    (standing === undefined || (standing === 'overdue' ? each.overdue === true : each.state === standing));
  const rows = all.filter(isOf);
  const columns: Column<Obligation>[] = [
    { key: 'kind', title: t('类别'), width: 80, cell: (row) => kindWords[row.kind], sortBy: (row) => row.kind },
    {
      key: 'code',
      title: t('编号'),
      width: 90,
      cell: (row) => <span className="code">{row.code}</span>,
      sortBy: (row) => row.code,
    },
    {
      key: 'name',
      title: t('事项'),
      cell: (row) => <ObligationLink unit={unit} period={period} obligation={row} />,
      sortBy: (row) => row.name,
    },
    {
      key: 'state',
      title: t('状态'),
      width: 130,
      cell: (row) => (
        <span className={`state ${row.overdue ? 'overdue' : row.state}`}>
          {row.overdue && row.state === 'owed' ? t('逾期未报') : stateWord(row)}
        </span>
      ),
      sortBy: (row) => row.state,
    },
    { key: 'note', title: t('事由'), cell: (row) => row.note },
  ];
  if (found.error) return <ProblemAlert error={found.error} retry={() => void found.refetch()} />;
  return (
    <section className="card" aria-labelledby="obligations" data-testid="obligations">
      <h2 id="obligations">{t('{{period}} 应报事项', { period })}</h2>
      <DataTable
        caption={t('{{unit}} {{period}} 应报事项', { unit: unit.name, period })}
        columns={columns}
        rows={rows}
        rowKey={({ kind: of, code }) => `${of}/${code}`}
        total={
          rows.length === all.length
            ? t('应报 {{count}} 项', { count: all.length })
            : t('应报 {{all}} 项，列出 {{count}} 项', { all: all.length, count: rows.length })
        }
        empty={t('没有符合筛选的事项：请放宽类别或状态')}
        isLoading={found.isFetching}
        tools={
          <>
            <Select
              size="small"
              allowClear
              className="data-filter"
              aria-label={t('类别')}
              placeholder={t('全部类别')}
              value={kind}
              options={Object.entries(kindWords).map(([value, label]) => ({ value: value as Kind, label }))}
              onChange={setKind}
            />
            <Select
              size="small"
              allowClear
              className="data-filter"
              aria-label={t('状态')}
              placeholder={t('全部状态')}
              value={standing}
              options={[
                { value: 'overdue', label: t('逾期') },
                ...Object.entries(stateWords).map(([value, label]) => ({
                  value,
                  label: value === 'reported' ? t('待审核或已报') : label,
                })),
              ]}
              onChange={setStanding}
            />
          </>
        }
      />
    </section>
  );
}

const resources = { project: 'projects', policy: 'policies', task: 'tasks' } as const;

interface ObligationProps {
  readonly unit: Unit;
  readonly period: string;
  readonly obligation: Obligation;
}

/** Leads to where it is reported. */
function ObligationLink({ unit, period, obligation: { kind, code, name } }: ObligationProps) {
  const { plan } = usePlanHere();
  if (kind !== 'indicator') return <ThingLink thing={{ resource: resources[kind], id: code }}>{name}</ThingLink>;
  return (
    <Link to="/p/$plan/report/$period" params={{ plan, period }} search={{ unit: unit.code, code }}>
      {name}
    </Link>
  );
}

/** The deadlines for the person's own calendar. */
function Calendar({ unit }: { readonly unit: Unit }) {
  const { plan, deadlines } = usePlanHere();
  return (
    <section className="card" aria-labelledby="calendar">
      <h2 id="calendar">{t('报送日历')}</h2>
      {deadlines ? (
        <p>
          <a href={calendarAddress(plan, unit.code)} download={`${unit.code}.ics`}>
            {t('下载 {{unit}} 的报送截止日（iCalendar）', { unit: unit.name })}
          </a>{' '}
          <span className="muted">
            {t('前后 400 天内的截止日，可用日历程序打开；期限有变时请重新下载。要让程序自动取，请在“我的账号”签发令牌')}
          </span>
        </p>
      ) : (
        <p className="muted">{t('规划还没有设报送期限：由规划管理员设定后，这里可下载日历')}</p>
      )}
    </section>
  );
}
