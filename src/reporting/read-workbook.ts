import type ExcelJS from 'exceljs';
import { Decimal } from '../kernel/decimal.js';
import { invalid, type DomainError } from '../kernel/errors.js';
import { assertReadable } from './checked-workbook.js';
import { codeColumn, headerOf, inputColumns, keyColumn, reasonColumn } from './columns.js';
import type { Flaw, GivenCell, GivenRow, GivenRows, MadeFor, TableName } from './given-row.js';
import { tableNames } from './given-row.js';
import { subjectOf } from './row-key.js';

export const metadataSheet = '_通鉴';
export const workbookFormat = 'tongjian-workbook';
/** Raised when what the program reads in a workbook changes. */
export const workbookVersion = '1';

/** Parts of a sheet that say nothing about its cells. Some of them the library would expand, cell by cell. */
const passedOver = [
  ...['dataValidations', 'conditionalFormatting', 'extLst', 'hyperlinks', 'drawing', 'picture', 'tableParts'],
  ...['legacyDrawing', 'sheetViews', 'rowBreaks', 'colBreaks', 'headerFooter', 'pageSetup', 'printOptions'],
  ...['autoFilter', 'sheetProtection', 'cols', 'pageMargins'],
];

/** Rows at the top of a sheet in which its header is looked for. */
const headWithin = 40;

/**
 * The filled rows of a workbook. Columns are found by their headers, wherever they stand; rows by their hidden keys or
 * codes. Hidden sheets, rows and columns are read like others. No formula is run: of a formula its stored value counts.
 * @throws {DomainError} those of `assertReadable`; `report.format`, `report.header`, `report.nothing`
 */
export async function readWorkbook(bytes: Buffer, name: string): Promise<GivenRows> {
  assertReadable(bytes, name);
  const workbook = await opened(bytes);
  const made = madeFor(workbook.getWorksheet(metadataSheet));
  const others: string[] = [];
  const rows: GivenRow[] = [];
  for (const sheet of workbook.worksheets) {
    if (sheet.name === metadataSheet) continue;
    const table = new SheetTable(sheet);
    if (table.name === undefined) others.push(sheet.name);
    else rows.push(...table.rows(table.name));
  }
  if (others.length === workbook.worksheets.filter((sheet) => sheet.name !== metadataSheet).length) {
    const message = `没有可读的表页：须有${tableNames.join('、')}之一，其表头有“${codeColumn}”和“${reasonColumn}”，请用系统下载的工作簿填报`;
    throw invalid('report.nothing', message, 'file');
  }
  return { rows, ...(made && { made }), passedOver: others };
}

async function opened(bytes: Buffer): Promise<ExcelJS.Workbook> {
  const { default: library } = await import('exceljs');
  const workbook = new library.Workbook();
  try {
    // The library declares a Buffer type of its own.
    await workbook.xlsx.load(bytes as unknown as ArrayBuffer, { ignoreNodes: passedOver });
  } catch {
    throw invalid(
      'report.not-a-workbook',
      '工作簿的内容不能解读：请用表格软件打开，另存为 .xlsx（Excel 工作簿）后再报送',
      'file',
    );
  }
  return workbook;
}

function madeFor(sheet: ExcelJS.Worksheet | undefined): MadeFor | undefined {
  if (!sheet) return undefined;
  const said = new Map<string, string>();
  sheet.eachRow((row) => said.set(row.getCell(1).text, row.getCell(2).text));
  if (said.get('format') !== workbookFormat || said.get('version') !== workbookVersion) {
    const message = `工作簿的版式是 ${said.get('format') ?? ''} ${said.get('version') ?? ''}，本系统读取第 ${workbookVersion} 版：请重新下载工作簿填报`;
    throw invalid('report.format', message, 'file');
  }
  const [plan = '', unit = '', period = ''] = ['plan', 'unit', 'period'].map((key) => said.get(key));
  return { plan, unit, period };
}

class SheetTable {
  private readonly header: { readonly row: number; readonly names: ReadonlyMap<number, string> } | undefined;
  readonly name: TableName | undefined;

  constructor(private readonly sheet: ExcelJS.Worksheet) {
    this.header = this.found();
    this.name = this.header && this.nameOf(this.header.names, this.header.row);
  }

  rows(table: TableName): GivenRow[] {
    const { row: head, names } = this.header!;
    this.assertHeader(table);
    const told = [...inputColumns(table), keyColumn];
    const rows: GivenRow[] = [];
    this.sheet.eachRow((row, number) => {
      if (number <= head) return;
      const cells = Object.fromEntries(
        [...names].flatMap(([column, name]) => {
          const cell = this.cell(row, number, column);
          return cell && !(cell.form === 'text' && cell.text.trim() === '') ? [[name, cell] as const] : [];
        }),
      );
      // Notes and signatures below the table fill no column that is told.
      if (told.some((name) => name in cells))
        rows.push({ table, row: number, at: `${this.sheet.name}!${number}`, cells });
    });
    return rows;
  }

  private cell(row: ExcelJS.Row, number: number, column: number): GivenCell | undefined {
    const at = `${this.sheet.name}!${this.sheet.getColumn(column).letter}${number}`;
    const cell = row.getCell(column);
    const given = givenCell(cell.master, at);
    if (!cell.isMerged || !given) return given;
    return flawed(at, given.text, {
      code: 'report.merged-cells',
      message: '与别的单元格合并在一起，不知道是哪一格的：请取消合并，逐格填写',
    });
  }

  private found(): typeof this.header {
    for (let number = 1; number <= Math.min(headWithin, this.sheet.rowCount); number++) {
      const row = this.sheet.getRow(number);
      const names = new Map<number, string>();
      row.eachCell((cell, column) => names.set(column, headerOf(textOf(cell))));
      const said = [...names.values()];
      if (said.includes(codeColumn) && said.includes(reasonColumn)) return { row: number, names };
    }
    return undefined;
  }

  /** By the sheet's name; of a sheet that was renamed, by its rows' keys. */
  private nameOf(names: ReadonlyMap<number, string>, head: number): TableName | undefined {
    const named = tableNames.find((each) => each === this.sheet.name.trim());
    if (named) return named;
    const keys = [...names].find(([, name]) => name === keyColumn)?.[0];
    if (keys === undefined) return undefined;
    for (let number = head + 1; number <= this.sheet.rowCount; number++) {
      const subject = subjectOf(textOf(this.sheet.getRow(number).getCell(keys)));
      if (subject) return subject.table;
    }
    return undefined;
  }

  private assertHeader(table: TableName): void {
    const { row, names } = this.header!;
    const said = [...names.values()];
    const known = [codeColumn, keyColumn, ...inputColumns(table)];
    const twice = known.find((name) => said.indexOf(name) !== said.lastIndexOf(name));
    if (twice) throw this.wrongHeader(row, `列“${twice}”有两个，不知道以哪个为准：请只留一个`);
    const lacking = inputColumns(table).find((name) => !said.includes(name));
    if (lacking) throw this.wrongHeader(row, `缺少列“${lacking}”：请恢复表头，没有内容的列可以留空`);
  }

  private wrongHeader(row: number, message: string): DomainError {
    return invalid('report.header', `${this.sheet.name}!${row}（表头）：${message}`, `${this.sheet.name}!${row}`);
  }
}

const flawed = (at: string, text: string, flaw: Flaw): GivenCell => ({ at, form: 'flawed', text, flaw });

/** What a cell shows, for finding headers and quoting. */
function textOf(cell: ExcelJS.Cell): string {
  const given = givenCell(cell, '');
  return given?.text ?? '';
}

/** What a cell says; undefined where it is empty. */
function givenCell(cell: ExcelJS.Cell, at: string): GivenCell | undefined {
  const { value } = cell;
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'object' && ('formula' in value || 'sharedFormula' in value)) {
    const { result } = value;
    if (result === undefined || result === null) {
      return flawed(at, '（公式）', {
        code: 'report.formula-without-value',
        message: '公式没有存下计算结果，系统不计算公式：请在表格软件中重新计算后保存，或直接填数',
      });
    }
    return plainCell(result, cell, at);
  }
  return plainCell(value, cell, at);
}

function plainCell(
  value: ExcelJS.CellValue,
  { numFmt }: Pick<ExcelJS.Cell, 'numFmt'>,
  at: string,
): GivenCell | undefined {
  if (typeof value === 'string') return { at, form: 'text', text: value };
  if (typeof value === 'number') return { at, form: 'number', text: numberText(value, numFmt) };
  if (value instanceof Date) {
    const isDay = !Number.isNaN(value.getTime());
    return isDay
      ? { at, form: 'day', text: value.toISOString().slice(0, '2022-06-30'.length) }
      : flawed(at, '（日期）', { code: 'report.cell-error', message: '日期超出范围：请写作 2022-06-30' });
  }
  if (typeof value === 'object' && value !== null) {
    if ('richText' in value) return { at, form: 'text', text: value.richText.map(({ text }) => text).join('') };
    if ('hyperlink' in value) return plainCell(value.text, { numFmt }, at);
    if ('error' in value) {
      return flawed(at, value.error, {
        code: 'report.cell-error',
        message: '单元格是表格软件的错误值：请改正公式，或直接填数',
      });
    }
  }
  if (typeof value === 'boolean') {
    return flawed(at, value ? 'TRUE' : 'FALSE', { code: 'report.cell-error', message: '单元格是逻辑值：请填数或文字' });
  }
  return undefined;
}

/** In plain decimal, with the fewest digits that are this number; `12.5%` where it is shown in percent. */
function numberText(value: number, format: string | undefined): string {
  const isPercent = format !== undefined && format.replaceAll(/"[^"]*"|\\./g, '').includes('%');
  const exact = new Decimal(String(value));
  return isPercent ? `${exact.times(100).toFixed()}%` : exact.toFixed();
}
