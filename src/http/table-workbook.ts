import type ExcelJS from 'exceljs';
import { DateTime } from 'luxon';
import type { Instant } from '../kernel/time.js';
import { programVersion } from '../operations/version.js';
import { isKeptNumber, type Column } from './csv.js';

export const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

interface Table<Row> {
  /** Name of the sheet. */
  readonly title: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  /** Whose clocks the times show. */
  readonly zone: string;
  /** Puts names into a text. */
  readonly named: (text: string) => string;
  /** What the second sheet says: what was asked for, when, of what. */
  readonly about: readonly (readonly [what: string, text: string])[];
}

const widths = { text: 24, id: 16, time: 20, number: 12 } as const;

/** A table as a workbook (XLSX): numbers are numbers, times are the plan's local time. */
export async function tableWorkbook<Row>(table: Table<Row>, madeAt: Instant): Promise<Buffer> {
  const { default: library } = await import('exceljs');
  const workbook = new library.Workbook();
  workbook.creator = `通鉴 ${programVersion}`;
  workbook.created = new Date(madeAt);
  const { title, columns, rows } = table;
  const sheet = workbook.addWorksheet(title, { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.columns = columns.map(({ kind }) => ({
    width: widths[kind],
    style: {
      ...(kind === 'time' && { numFmt: 'yyyy-mm-dd hh:mm:ss' }),
      alignment: { vertical: 'top', wrapText: true },
    },
  }));
  const head = sheet.addRow(columns.map(({ heading }) => heading));
  head.font = { bold: true };
  for (const row of rows) sheet.addRow(columns.map((column) => valueOf(column, row, table)));
  sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: columns.length } };
  const about = workbook.addWorksheet('说明');
  about.columns = [{ width: 16 }, { width: 60 }];
  for (const line of [...table.about, ['时间', `为 ${table.zone} 的当地时间`] as const]) about.addRow([...line]);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

function valueOf<Row>(
  { kind, of }: Column<Row>,
  row: Row,
  { zone, named }: Pick<Table<Row>, 'zone' | 'named'>,
): ExcelJS.CellValue {
  const value = of(row);
  if (value === undefined) return null;
  const text = String(value);
  if (kind === 'time') return localDate(text, zone);
  if (kind === 'number') return isKeptNumber(text) ? Number(text) : text;
  return kind === 'id' ? text : named(text);
}

/** A workbook knows no time zones: what the clocks showed, as if it were UTC. */
const localDate = (instant: Instant, zone: string): Date =>
  DateTime.fromISO(instant, { zone }).setZone('utc', { keepLocalTime: true }).toJSDate();
