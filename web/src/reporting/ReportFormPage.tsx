import { Link, useParams } from '@tanstack/react-router';
import { Button, Skeleton } from 'antd';
import { useEffect } from 'react';
import { useFilter } from '../app/links';
import { useReportForm, workbookAddress } from '../api/reporting-calls';
import { PageHead } from '../shared/PageHead';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { mayFor } from '../state/rights';
import { usePlanHere } from '../state/scope';
import { useSession } from '../state/session';
import { FigureForm } from './FigureForm';
import { ThingsSection } from './ThingsSection';
import { UnitChooser } from './UnitChooser';
import { UnknownUnit } from './UnknownUnit';
import { useReportingUnit } from './use-reporting-unit';

/** The form of a unit and period: its figures as a table, then its projects, policies and tasks. */
export function ReportFormPage() {
  const { period } = useParams({ from: '/p/$plan/report/$period' });
  const document = usePlanHere();
  const { plan } = document;
  const session = useSession();
  const { unit, units, asked } = useReportingUnit();
  const [code] = useFilter('code');
  const form = useReportForm(plan, unit?.code, period);
  const isThere = form.data !== undefined;
  useEffect(() => {
    if (isThere && code !== undefined)
      globalThis.document.getElementById(`row-${code}`)?.scrollIntoView({ block: 'center' });
  }, [isThere, code]);
  if (!unit) return <UnknownUnit asked={asked} />;
  const { due, day } = form.data ?? {};
  const mayReport = mayFor(session, 'figures.report', document, unit.code);
  return (
    <main className="page reporting" data-settled={!form.isFetching}>
      <PageHead
        title={t('{{unit}} {{period}} 填报表', { unit: unit.name, period })}
        crumbs={[{ title: t('数据填报'), href: `/p/${plan}/report` }]}
        note={
          form.data &&
          (due === undefined
            ? t('规划没有设报送期限')
            : day !== undefined && day > due
              ? t('报送截止 {{due}}，已过期限', { due })
              : t('报送截止 {{due}}', { due }))
        }
      >
        <UnitChooser unit={unit} units={units} />
        {mayReport && (
          <>
            <Button href={workbookAddress(plan, unit.code, period)}>{t('下载工作簿')}</Button>
            <Link className="button-link" to="/p/$plan/report/import" params={{ plan }} search={{ unit: unit.code }}>
              {t('导入')}
            </Link>
          </>
        )}
      </PageHead>
      {form.error ? (
        <ProblemAlert
          error={form.error}
          retry={() => void form.refetch()}
          wayOut={{ text: t('看应报的期间'), href: `/p/${plan}/report?unit=${encodeURIComponent(unit.code)}` }}
        />
      ) : form.data ? (
        <>
          <FigureForm key={`${unit.code} ${period}`} form={form.data} code={code} />
          <ThingsSection form={form.data} />
        </>
      ) : (
        <Skeleton active paragraph={{ rows: 12 }} />
      )}
    </main>
  );
}
