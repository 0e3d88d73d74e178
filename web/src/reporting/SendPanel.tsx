import { Link } from '@tanstack/react-router';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useReport } from '../api/reporting-calls';
import type { ReportForm, ReportResult } from '../api/types';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { usePlanHere } from '../state/scope';
import { cellKey, columns, rowsToSend, type Entries, type GridRow, type SentRow } from './form-grid';
import { ReportOutcome } from './ReportOutcome';
import { columnNames } from './table-words';
import { WarningsToAccept } from './WarningsToAccept';
import { saidOf } from '../shared/said';

interface Props {
  readonly form: ReportForm;
  readonly rows: readonly GridRow[];
  readonly entries: Entries;
  /** The figures that are sent. */
  readonly codes: ReadonlySet<string>;
  readonly flaws: Readonly<Record<string, string>>;
  /** Told of what is refused, by cell. */
  readonly onRefused: (problems: Readonly<Record<string, string>>) => void;
  readonly onSent: (codes: ReadonlySet<string>) => void;
}

/** Sends what was filled in as one submission: tried out first, then all of it or nothing. */
export function SendPanel({ form, rows, entries, codes, flaws, onRefused, onSent }: Props) {
  const { plan } = usePlanHere();
  const { unit, period } = form;
  const report = useReport(plan);
  const [tried, setTried] = useState<{ readonly of: string; readonly result: ReportResult }>();
  const [accepted, setAccepted] = useState<string[]>([]);
  const [sent, setSent] = useState<ReportResult>();
  const toSend = rowsToSend(entries, rows, codes, { unit: unit.code, period });
  const content = { rows: toSend.map(({ values }) => values) };
  const of = JSON.stringify(content);
  const result = tried?.of === of ? tried.result : undefined;
  const flawed = Object.keys(flaws).length;
  const isReady =
    result !== undefined &&
    result.counts.refused + result.counts.conflict === 0 &&
    result.counts.new + result.counts.changed > 0 &&
    result.warnings.every(({ id }) => accepted.includes(id));

  const tryOut = () => {
    setSent(undefined);
    setAccepted([]);
    report.mutate(
      { content, acceptWarnings: [], dryRun: true },
      {
        onSuccess: (found) => {
          setTried({ of, result: found });
          onRefused(refusedCells(found, toSend));
        },
      },
    );
  };
  const send = () =>
    report.mutate(
      { content, acceptWarnings: accepted, dryRun: false },
      {
        onSuccess: (found) => {
          setTried(undefined);
          setSent(found);
          onSent(codes);
        },
      },
    );
  return (
    <div className="send-panel" data-testid="send">
      {sent && (
        <Alert
          type="success"
          showIcon
          title={t('已提交 {{count}} 项', { count: sent.counts.new + sent.counts.changed })}
          description={
            <Link to="/p/$plan/report" params={{ plan }} search={{ unit: unit.code, submission: sent.submission }}>
              {t('看这次报送，或把它撤回')}
            </Link>
          }
        />
      )}
      {report.error && !report.isPending && <ProblemAlert error={report.error} />}
      {result && <ReportOutcome result={result} />}
      {result && <WarningsToAccept warnings={result.warnings} accepted={accepted} onChange={setAccepted} />}
      {result && result.counts.refused + result.counts.conflict > 0 && (
        <p className="cell-problem">{t('有被拒或冲突的行：改好后再核对。全部无误才会提交，现在什么也没有写入')}</p>
      )}
      <div className="form-buttons">
        {flawed > 0 && (
          <span className="cell-problem">{t('有 {{count}} 格读不出数，请先改好', { count: flawed })}</span>
        )}
        {isReady ? (
          <Button type="primary" loading={report.isPending} onClick={send}>
            {t('提交 {{count}} 项', { count: result.counts.new + result.counts.changed })}
          </Button>
        ) : (
          <Button type="primary" disabled={codes.size === 0 || flawed > 0} loading={report.isPending} onClick={tryOut}>
            {codes.size === 0 ? t('还没有填') : t('核对所填 {{count}} 项', { count: codes.size })}
          </Button>
        )}
      </div>
    </div>
  );
}

/** What was refused, at the cells that were sent: problems name the line and the column. */
function refusedCells({ rows }: ReportResult, sent: readonly SentRow[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { code, message, field = '' } of rows.flatMap(({ problems }) => problems ?? [])) {
    const [, line, name] = /^第 (\d+) 行(?:“(.+)”)?$/.exec(field) ?? [];
    const row = sent[Number(line) - 1]?.row;
    if (!row) continue;
    const column = columns.find((each) => columnNames[each] === name);
    found[column && row.columns.includes(column) ? cellKey(row, column) : row.figure.code] = saidOf({ code, message });
  }
  return found;
}
