import { Link } from '@tanstack/react-router';
import { Alert, Button, Form, Input, Progress, Upload } from 'antd';
import { useState } from 'react';
import { useReport, type ReportContent } from '../api/reporting-calls';
import type { ReportResult } from '../api/types';
import { PageHead } from '../shared/PageHead';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { mayFor } from '../state/rights';
import { usePlanHere } from '../state/scope';
import { useSession } from '../state/session';
import { contentOf } from './read-file';
import { ReportOutcome } from './ReportOutcome';
import { UnitChooser } from './UnitChooser';
import { UnknownUnit } from './UnknownUnit';
import { useReportingUnit } from './use-reporting-unit';
import { WarningsToAccept } from './WarningsToAccept';

interface Chosen {
  readonly name: string;
  readonly content: ReportContent;
}

/** Takes a workbook or a table: reads it, says row by row what would become of it, and writes all of it or nothing. */
export function ImportPage() {
  const plan = usePlanHere();
  const session = useSession();
  const { unit, units, asked } = useReportingUnit();
  const report = useReport(plan.plan);
  const [chosen, setChosen] = useState<Chosen>();
  const [unread, setUnread] = useState<Error>();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState<{ readonly result: ReportResult; readonly reason: string }>();
  const [accepted, setAccepted] = useState<string[]>([]);
  const [written, setWritten] = useState<ReportResult>();
  if (!unit) return <UnknownUnit asked={asked} />;

  const given = (text: string) => (text.trim() === '' ? {} : { reason: text.trim() });
  const tryOut = ({ content }: Chosen) =>
    report.mutate(
      { content, ...given(reason), acceptWarnings: [], dryRun: true },
      { onSuccess: (result) => setTried({ result, reason }) },
    );
  const choose = async (file: File) => {
    setUnread(undefined);
    setTried(undefined);
    setWritten(undefined);
    setAccepted([]);
    report.reset();
    try {
      const next = { name: file.name, content: await contentOf(file) };
      setChosen(next);
      tryOut(next);
    } catch (error) {
      setChosen(undefined);
      setUnread(error as Error);
    }
  };
  const write = ({ content }: Chosen) =>
    report.mutate(
      { content, ...given(reason), acceptWarnings: accepted, dryRun: false },
      {
        onSuccess: (result) => {
          setWritten(result);
          setTried(undefined);
        },
      },
    );

  const { result } = tried ?? {};
  const isCurrent = tried?.reason === reason;
  const wrong = result ? result.counts.refused + result.counts.conflict : 0;
  const fresh = result ? result.counts.new + result.counts.changed : 0;
  const open = result ? result.warnings.filter(({ id }) => !accepted.includes(id)).length : 0;
  const isWriting = report.isPending && report.variables?.dryRun === false;
  return (
    <main className="page reporting">
      <PageHead
        title={t('导入工作簿或表格')}
        crumbs={[{ title: t('数据填报'), href: `/p/${plan.plan}/report` }]}
        note={t('先试读，逐行说明会怎样；全部无误才写入，有一处不对就什么也不写')}
      >
        <UnitChooser unit={unit} units={units} />
      </PageHead>
      {!mayFor(session, 'figures.report', plan, unit.code) && (
        <Alert
          type="info"
          showIcon
          title={t('您不填报 {{unit}} 的数据', { unit: unit.name })}
          description={t('要报送的，请安全管理员授予该单位的填报员角色')}
        />
      )}
      <section className="card" aria-label={t('选择文件')}>
        <Upload.Dragger
          accept=".xlsx,.csv,.txt,.json"
          showUploadList={false}
          disabled={report.isPending}
          beforeUpload={(file) => {
            void choose(file);
            return false;
          }}
        >
          <p className="drop-title">{chosen ? chosen.name : t('把文件拖到这里，或点这里选择')}</p>
          <p className="muted">{t('工作簿（.xlsx）、表格（.csv）或 JSON，至多 10 MB')}</p>
        </Upload.Dragger>
        <p className="muted">
          {t('工作簿在“数据填报”的各期间下载，已列好 {{unit}} 应报的各行：', { unit: unit.name })}{' '}
          <Link to="/p/$plan/report" params={{ plan: plan.plan }} search={{ unit: unit.code }}>
            {t('选期间下载')}
          </Link>
        </p>
        <Form layout="vertical" className="own-form">
          <Form.Item
            label={t('更正的事由')}
            htmlFor="import-reason"
            extra={t('改动已报的数须有事由：写在各行的“说明”，或写在这里，用于没有自己“说明”的各行')}
          >
            <Input.TextArea
              id="import-reason"
              autoSize={{ minRows: 1, maxRows: 4 }}
              maxLength={2000}
              value={reason}
              onChange={({ target }) => setReason(target.value)}
            />
          </Form.Item>
        </Form>
      </section>
      {unread && <Alert type="error" showIcon role="alert" title={t('没有读这个文件')} description={unread.message} />}
      {report.error && !report.isPending && (
        <ProblemAlert error={report.error} retry={chosen && (() => tryOut(chosen))} />
      )}
      {report.isPending && (
        <section className="card" aria-live="polite">
          <p>
            {isWriting
              ? t('正在写入 {{count}} 行…', { count: fresh })
              : t('正在试读 {{name}}…', { name: chosen?.name ?? '' })}
          </p>
          <Progress percent={100} status="active" showInfo={false} />
        </section>
      )}
      {written && (
        <Alert
          type="success"
          showIcon
          data-testid="written"
          title={t('已写入 {{count}} 行', { count: written.counts.new + written.counts.changed })}
          description={
            <Link
              to="/p/$plan/report"
              params={{ plan: plan.plan }}
              search={{ unit: unit.code, submission: written.submission }}
            >
              {t('看这次报送，或把它撤回')}
            </Link>
          }
        />
      )}
      {result && chosen && !report.isPending && (
        <section className="card" aria-label={t('试读结果')}>
          {fresh === 0 && wrong === 0 && (
            <Alert
              type="info"
              showIcon
              title={t('没有要写入的：各行与系统中的相同')}
              description={t('同一份文件再次报送不会重复写入；要改数，请改好后再导入')}
            />
          )}
          <ReportOutcome result={result} file={chosen.name} />
          <WarningsToAccept warnings={result.warnings} accepted={accepted} onChange={setAccepted} />
          <div className="form-buttons">
            {!isCurrent ? (
              <Button onClick={() => tryOut(chosen)}>{t('按改后的事由再试读')}</Button>
            ) : wrong > 0 ? (
              <p className="cell-problem">
                {t('有 {{count}} 行被拒或冲突，现在什么也没有写入：请按所说的单元格改好文件，再选一次', {
                  count: wrong,
                })}
              </p>
            ) : (
              fresh > 0 && (
                <>
                  <Button type="primary" disabled={open > 0} onClick={() => write(chosen)}>
                    {t('写入全部 {{count}} 行', { count: fresh })}
                  </Button>
                  {open > 0 && <span className="muted">{t('还有 {{count}} 处可疑没有勾选', { count: open })}</span>}
                </>
              )
            )}
          </div>
        </section>
      )}
    </main>
  );
}
