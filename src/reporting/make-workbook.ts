import type ExcelJS from 'exceljs';
import { programVersion } from '../operations/version.js';
import { periodWords } from '../reports/words.js';
import type { Instant } from '../kernel/time.js';
import { moneyUnit } from '../plans/money.js';
import { columnsOf, type Column } from './columns.js';
import type { TableName } from './given-row.js';
import { metadataSheet, workbookFormat, workbookVersion } from './read-workbook.js';
import type { WorkbookContent } from './workbook-content.js';
import { choicesOf, sheetRows, type SheetRow } from './workbook-rows.js';

const font = { name: '宋体', size: 10 };
const colours = { head: 'FFD9E2F3', open: 'FFFFFBE6', line: 'FF7F7F7F', demo: 'FFC00000' };
const edge: Partial<ExcelJS.Border> = { style: 'thin', color: { argb: colours.line } };
const box = { top: edge, left: edge, bottom: edge, right: edge };

const tableTitles: Readonly<Record<TableName, { readonly number: string; readonly title: string }>> = {
  指标: { number: '通鉴报 1 表', title: '指标数据报表' },
  项目: { number: '通鉴报 2 表', title: '项目进展报表' },
  政策: { number: '通鉴报 3 表', title: '政策进展报表' },
  任务: { number: '通鉴报 4 表', title: '任务进展报表' },
};

/**
 * The workbook of a unit and period (XLSX), in the shape of a 统计报表. Only input cells can be changed; each row has its
 * key and revision in hidden columns, and a hidden sheet says what the workbook was made for.
 */
export async function madeWorkbook(content: WorkbookContent, madeAt: Instant): Promise<Buffer> {
  const { default: library } = await import('exceljs');
  const workbook = new library.Workbook();
  workbook.creator = `通鉴 ${programVersion}`;
  workbook.created = new Date(madeAt);
  for (const [table, rows] of sheetRows(content)) await addSheet(workbook, table, rows, content);
  addMetadata(workbook, content, madeAt);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

async function addSheet(
  workbook: ExcelJS.Workbook,
  table: TableName,
  rows: readonly SheetRow[],
  content: WorkbookContent,
): Promise<void> {
  const columns = columnsOf[table];
  const sheet = workbook.addWorksheet(table, {
    pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
    headerFooter: { oddFooter: '&C第 &P 页，共 &N 页' },
  });
  sheet.columns = columns.map(({ width, hidden }) => ({ width: width + 2, hidden: hidden ?? false }));
  const shown = columns.filter(({ hidden }) => !hidden).length;
  const head = addHead(sheet, table, shown, content);
  addHeader(sheet.getRow(head), columns);
  sheet.views = [{ state: 'frozen', ySplit: head, xSplit: 2 }];
  sheet.pageSetup.printTitlesRow = `${head}:${head}`;
  rows.forEach((row, index) => addRow(sheet.getRow(head + 1 + index), columns, row, choicesOf[table]));
  addFoot(sheet, head + rows.length + 2);
  // Without a password: it keeps hands off, and nobody who means to change something out.
  await sheet.protect('', { formatColumns: true, formatRows: true, autoFilter: true, sort: false });
}

/** 表名, 表号, 填报单位, 报告期 and 计量单位 above the table; returns the row of its header. */
function addHead(sheet: ExcelJS.Worksheet, table: TableName, shown: number, content: WorkbookContent): number {
  const { plan, unit, period, due, demo } = content;
  const { number, title } = tableTitles[table];
  const put = (row: number, from: number, to: number, text: string, style: Partial<ExcelJS.Style>) => {
    sheet.mergeCells(row, from, row, to);
    Object.assign(sheet.getCell(row, from), { value: text, ...style });
  };
  const plain = (horizontal: 'left' | 'center' | 'right') => ({
    font,
    alignment: { horizontal, vertical: 'middle', wrapText: true } as const,
  });
  const half = Math.ceil(shown / 2);
  put(1, 1, shown, `${plan.title}${title}${demo ? '（示例数据）' : ''}`, {
    font: { name: '黑体', size: 16, ...(demo && { color: { argb: colours.demo } }) },
    alignment: { horizontal: 'center', vertical: 'middle' },
  });
  sheet.getRow(1).height = 30;
  put(2, 1, half, `填报单位：${unit.code} ${unit.bureau ?? unit.name}`, plain('left'));
  put(2, half + 1, shown, `表　　号：${number}`, plain('right'));
  put(3, 1, half, `报 告 期：${period.text}（${periodWords(period.text)}）`, plain('left'));
  put(3, half + 1, shown, `计量单位：${table === '项目' ? moneyUnit(plan) : '见各行'}`, plain('right'));
  const hint = `只填浅黄色的格。没有数据的，数值留空并选缺报原因；更正已报的数据，须在“说明”写明事由。${due === undefined ? '' : `报送截止：${due}。`}${demo ? '本表为示例数据，不是真实数据。' : ''}`;
  put(4, 1, shown, hint, plain('left'));
  return 5;
}

function addHeader(row: ExcelJS.Row, columns: readonly Column[]): void {
  row.height = 24;
  columns.forEach(({ name }, index) => {
    Object.assign(row.getCell(index + 1), {
      value: name,
      font: { ...font, bold: true },
      border: box,
      fill: { type: 'pattern', pattern: 'solid', fgColor: { argb: colours.head } },
      alignment: { horizontal: 'center', vertical: 'middle', wrapText: true },
    });
  });
}

function addRow(
  row: ExcelJS.Row,
  columns: readonly Column[],
  { cells, open, decimals }: SheetRow,
  choices: Readonly<Record<string, readonly string[]>>,
): void {
  // Not every program finds the height of a row with wrapped text by itself.
  row.height = lineHeight * Math.max(...columns.map(({ name, width }) => linesOf(cells[name], width)));
  columns.forEach(({ name, input }, index) => {
    const cell = row.getCell(index + 1);
    const isOpen = open.includes(name);
    const isNumber = input === 'number';
    Object.assign(cell, {
      font,
      border: box,
      protection: { locked: !isOpen },
      alignment: { vertical: 'middle', wrapText: true, horizontal: isNumber ? 'right' : 'left' },
      numFmt: isNumber ? numberFormat(decimals) : input === 'day' ? 'yyyy-mm-dd' : '@',
      ...(isOpen && { fill: { type: 'pattern', pattern: 'solid', fgColor: { argb: colours.open } } }),
    });
    const text = cells[name];
    if (text !== undefined) cell.value = isNumber ? numberValue(String(text)) : text;
    if (!isOpen) return;
    const choice = choices[name];
    if (choice) cell.dataValidation = choiceOf(name, choice);
    else if (isNumber) cell.dataValidation = numberRule(name);
  });
}

/** Points that a line of text in `font` takes. */
const lineHeight = 14;

/** Lines that a text takes in a column: a Chinese character is as wide as two Latin ones. */
function linesOf(text: string | number | undefined, width: number): number {
  const lines = String(text ?? '').split('\n');
  const widthOf = (line: string) => [...line].reduce((sum, character) => sum + (character > '\u2000' ? 2 : 1), 0);
  return lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(widthOf(line) / width)), 0);
}

/** So many digits a spreadsheet keeps; a longer number is written as text. */
const digitsKept = 15;

const numberValue = (text: string): string | number =>
  text.replaceAll(/[-.]/g, '').replace(/^0+/, '').length > digitsKept ? text : Number(text);

/** Digits beyond the indicator's own are shown all the same: a component has others than the rate. */
const numberFormat = (decimals: number | undefined): string =>
  decimals ? `0.${'0'.repeat(decimals)}#####` : 'General';

const choiceOf = (name: string, words: readonly string[]): ExcelJS.DataValidation => ({
  type: 'list',
  allowBlank: true,
  formulae: [`"${words.join(',')}"`],
  showErrorMessage: true,
  errorTitle: name,
  error: `请从下拉表中选择：${words.join('、')}`,
});

const numberRule = (name: string): ExcelJS.DataValidation => ({
  type: 'decimal',
  operator: 'between',
  formulae: [-1e15, 1e15],
  allowBlank: true,
  showErrorMessage: true,
  errorTitle: name,
  error: '请填数，如 1234.5；没有数据的请留空',
});

/** 单位负责人, 填表人 and 报出日期 below the table, each to be completed in its cell; none is in an input column. */
function addFoot(sheet: ExcelJS.Worksheet, at: number): void {
  const row = sheet.getRow(at);
  ['单位负责人：', '填表人：', '报出日期：'].forEach((text, index) => {
    Object.assign(row.getCell(index + 1), { value: text, font, protection: { locked: false } });
  });
}

function addMetadata(workbook: ExcelJS.Workbook, { plan, unit, period, day }: WorkbookContent, madeAt: Instant): void {
  const sheet = workbook.addWorksheet(metadataSheet, { state: 'veryHidden' });
  const said = {
    ...{ format: workbookFormat, version: workbookVersion, plan: plan.plan, unit: unit.code, period: period.text },
    ...{ program: programVersion, madeAt, day },
  };
  for (const pair of Object.entries(said)) sheet.addRow(pair);
}
