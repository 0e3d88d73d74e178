import { codeColumn, keyColumn, listColumns, revisionColumn } from './columns.js';
import { textIn, type Flaw, type GivenCell, type GivenRow, type MadeFor } from './given-row.js';
import { keyOf, subjectOf, type RowSubject } from './row-key.js';

/** What a row is about, and the revision of its stream that it was made with. */
export interface Identified {
  readonly subject: RowSubject;
  readonly key: string;
  /** Absent where the row does not say; `none`: the stream had nothing when the workbook was made. */
  readonly revision?: number | 'none';
}

/** Why nobody can tell what a row is about, and in which of its cells. */
export interface Unidentified {
  readonly cell?: GivenCell;
  readonly flaw: Flaw;
}

/**
 * What a row is about: by its hidden key, or else by its code, with the unit and period that the row or the workbook names.
 * A row whose key and code name different things was sorted or pasted in part, and is not told.
 */
export function identified(row: GivenRow, made: MadeFor | undefined): Identified | Unidentified {
  const subject = row.cells[keyColumn] ? byKey(row, made) : byCode(row, made);
  if ('flaw' in subject) return subject;
  const key = keyOf(subject);
  const cell = row.cells[revisionColumn];
  const text = textIn(row, revisionColumn);
  if (text === undefined) return { subject, key, ...(row.cells[keyColumn] && { revision: 'none' }) };
  if (/^\d{1,9}$/.test(text)) return { subject, key, revision: Number(text) };
  return unidentified(cell, {
    code: 'report.revision',
    message: '系统版本不是版本号：这一列由系统填写，请重新下载工作簿',
  });
}

function byKey(row: GivenRow, made: MadeFor | undefined): RowSubject | Unidentified {
  const cell = row.cells[keyColumn];
  const subject = subjectOf(textIn(row, keyColumn) ?? '');
  if (subject?.table !== row.table) {
    return unidentified(cell, {
      code: 'report.key',
      message: '系统键已被改动，不知道本行是什么：请重新下载工作簿，或删去本行的系统键而填代码',
    });
  }
  const code = textIn(row, codeColumn);
  if (code !== undefined && code !== subject.code) {
    const message = `代码是 ${code}，而本行的系统键是 ${subject.code} 的：各列可能没有一起移动，请核对整行`;
    return unidentified(row.cells[codeColumn], { code: 'report.key', message });
  }
  if (subject.table !== '指标' || !made) return subject;
  if (subject.unit === made.unit && subject.period === made.period) return subject;
  const message = `本行是 ${subject.unit} ${subject.period} 的，而工作簿是为 ${made.unit} ${made.period} 下载的：请填在各自的工作簿中`;
  return unidentified(cell, { code: 'report.key', message });
}

function byCode(row: GivenRow, made: MadeFor | undefined): RowSubject | Unidentified {
  const code = textIn(row, codeColumn);
  if (code === undefined) {
    return unidentified(row.cells[codeColumn], {
      code: 'report.no-code',
      message: '没有代码，不知道本行是什么：请填代码，或删去本行',
    });
  }
  if (row.table !== '指标') return { table: row.table, code };
  const unit = textIn(row, listColumns.unit) ?? made?.unit;
  const period = textIn(row, listColumns.period) ?? made?.period;
  if (unit === undefined || period === undefined) {
    return unidentified(undefined, {
      code: 'report.no-code',
      message: '没有单位和期间：请填“单位”“期间”两列，或用系统下载的工作簿',
    });
  }
  const part = textIn(row, '分组');
  return { table: '指标', code, unit, period, ...(part !== undefined && { part }) };
}

const unidentified = (cell: GivenCell | undefined, flaw: Flaw): Unidentified => ({ ...(cell && { cell }), flaw });
