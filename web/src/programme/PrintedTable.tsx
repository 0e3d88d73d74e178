import type { ReactNode } from 'react';
import { t } from '../shared/i18n';

export interface PrintedRow {
  readonly name: string;
  readonly printed: string | undefined;
  readonly reading: ReactNode;
}

interface Props {
  readonly rows: readonly PrintedRow[];
  readonly line: number | undefined;
  /** Explanation of the interpretation. */
  readonly note?: string;
  readonly anomalies?: readonly string[];
}

/** The plan's printed text next to its interpretation. */
export function PrintedTable({ rows, line, note, anomalies = [] }: Props) {
  const shown = rows.filter(({ printed }) => printed !== undefined);
  if (shown.length === 0 && line === undefined && note === undefined && anomalies.length === 0) return null;
  return (
    <section>
      <h2>
        {t('规划原文与读法')} {line !== undefined && <small>{t('规划文本第 {{line}} 行', { line })}</small>}
      </h2>
      {shown.length > 0 && (
        <table className="plain-table printed cards">
          <thead>
            <tr>
              <th scope="col">{t('栏目')}</th>
              <th scope="col">{t('原文')}</th>
              <th scope="col">{t('本系统读作')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ name, printed, reading }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td data-label={t('原文')}>{printed}</td>
                <td data-label={t('读作')}>{reading ?? <span className="none">—</span>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {note !== undefined && (
        <p className="reading">
          <b>{t('说明')}</b> {note}
        </p>
      )}
      {anomalies.length > 0 && (
        <ul className="anomalies">
          {anomalies.map((text) => (
            <li key={text}>
              <b>{t('原文疑点')}</b> {text}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
