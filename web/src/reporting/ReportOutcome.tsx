import { useState } from 'react';
import { Button } from 'antd';
import type { ReportedRow, ReportResult, RowOutcome } from '../api/types';
import { moment } from '../format';
import { t } from '../shared/i18n';
import { usePlanHere } from '../state/scope';
import { outcomes, outcomeWords } from './outcome-words';
import { saidOf } from '../shared/said';

/** What becomes of each row of a report, by what becomes of it. */
export function ReportOutcome({ result, file }: { readonly result: ReportResult; readonly file?: string }) {
  const { counts, rows, passedOver } = result;
  return (
    <section className="report-outcome" data-testid="outcome" aria-label={t('逐行结果')}>
      <ul className="outcome-counts">
        {outcomes.map((outcome) => (
          <li key={outcome} className={`outcome ${outcome}`} data-count={counts[outcome]}>
            {outcomeWords[outcome]} <b className="number">{counts[outcome]}</b>
          </li>
        ))}
      </ul>
      {passedOver.length > 0 && <p className="muted">{t('略过：{{list}}', { list: passedOver.join(t('；')) })}</p>}
      {outcomes.map((outcome) => {
        const own = rows.filter((row) => row.outcome === outcome);
        return own.length > 0 && <Group key={outcome} outcome={outcome} rows={own} file={file} />;
      })}
    </section>
  );
}

interface GroupProps {
  readonly outcome: RowOutcome;
  readonly rows: readonly ReportedRow[];
  readonly file: string | undefined;
}

/** So many rows of a group are drawn at first. */
const shown = 100;

function Group({ outcome, rows, file }: GroupProps) {
  const [isOpen, setOpen] = useState(outcome !== 'unchanged');
  const [isWhole, setWhole] = useState(rows.length <= shown);
  const title = t('{{outcome}} {{count}} 行', { outcome: outcomeWords[outcome], count: rows.length });
  return (
    <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)} data-outcome={outcome}>
      <summary>{title}</summary>
      {isOpen && (
        <div className="scroll-x">
          <table className="plain-table" aria-label={file === undefined ? title : `${file} ${title}`}>
            <thead>
              <tr>
                <th scope="col">{t('位置')}</th>
                <th scope="col">{t('事项')}</th>
                <th scope="col">{t('原有')}</th>
                <th scope="col">{t('本次')}</th>
                <th scope="col">{t('说明')}</th>
              </tr>
            </thead>
            <tbody>
              {(isWhole ? rows : rows.slice(0, shown)).map((row) => (
                <Row key={row.at} row={row} />
              ))}
            </tbody>
          </table>
          {!isWhole && (
            <Button size="small" onClick={() => setWhole(true)}>
              {t('看全部 {{count}} 行', { count: rows.length })}
            </Button>
          )}
        </div>
      )}
    </details>
  );
}

function Row({ row }: { readonly row: ReportedRow }) {
  const { timeZone } = usePlanHere();
  const { at, key, name, from, to, note, problems = [], conflict } = row;
  return (
    <tr data-row={key ?? at}>
      <th scope="row" className="code">
        {at}
      </th>
      <td>
        {name} {key !== undefined && <small className="muted">{key.split('/').slice(1).join(' ')}</small>}
      </td>
      <td className="number">{from}</td>
      <td className="number">{to}</td>
      <td>
        {note}
        {problems.map(({ code, message, field }) => (
          <p key={`${code} ${field ?? ''}`} className="cell-problem">
            {field !== undefined && field !== at && <b className="code">{field}</b>} {saidOf({ code, message })}
          </p>
        ))}
        {conflict && (
          <p className="cell-problem">
            {t('{{who}}于 {{when}} 由 {{from}} 改为 {{to}}，没有覆盖：请核对后重新填报', {
              who: conflict.by.name,
              when: moment(conflict.at, timeZone),
              from: conflict.from ?? t('未上报'),
              to: conflict.to,
            })}
          </p>
        )}
        {row.outcome === 'refused' && problems.length === 0 && (
          <p className="cell-problem">{t('它所依据的另一行有错：改好那一行即可')}</p>
        )}
      </td>
    </tr>
  );
}
