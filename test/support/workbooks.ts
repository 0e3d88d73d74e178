import ExcelJS from 'exceljs';
import type { Engine } from '../../src/engine.js';
import { readReportFile } from '../../src/reporting/read-report.js';
import { madeWorkbook } from '../../src/reporting/make-workbook.js';
import { workbookContent } from '../../src/reporting/workbook-content.js';
import type { ReportRequest } from '../../src/reporting/unit-reports.js';
import type { Actor } from '../../src/kernel/event.js';

/** The workbook that a unit downloads now. */
export async function workbookOf(engine: Engine, plan: string, unit: string, period: string): Promise<Buffer> {
  await engine.caughtUp();
  const now = engine.clock.now();
  return madeWorkbook(await workbookContent(engine.views, engine.log, { plan, unit, period, asOf: {}, now }), now);
}

/** Opens a workbook, changes it and saves it. */
export async function edited(bytes: Buffer, change: (workbook: ExcelJS.Workbook) => void): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(bytes as unknown as ArrayBuffer);
  change(workbook);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

/** The cell of a sheet by the code (and part) of its row and the name of its column. */
export function cellOf(workbook: ExcelJS.Workbook, sheet: string, code: string, column: string): ExcelJS.Cell {
  const worksheet = workbook.getWorksheet(sheet)!;
  const [wanted, part = ''] = code.split('/');
  for (let number = 1; number <= worksheet.rowCount; number++) {
    const header = worksheet.getRow(number);
    if (header.getCell(1).text !== '代码') continue;
    const columns = new Map<string, number>();
    header.eachCell((cell, at) => columns.set(cell.text, at));
    for (let below = number + 1; below <= worksheet.rowCount; below++) {
      const row = worksheet.getRow(below);
      const at = columns.get('分组');
      if (row.getCell(1).text === wanted && (at === undefined || row.getCell(at).text === part)) {
        return row.getCell(columns.get(column)!);
      }
    }
  }
  throw new Error(`${sheet} has no row ${code}`);
}

/** A workbook with some cells filled in: `[sheet, code, column, value]`. */
export const filled = (
  bytes: Buffer,
  ...cells: readonly (readonly [sheet: string, code: string, column: string, value: ExcelJS.CellValue])[]
): Promise<Buffer> =>
  edited(bytes, (workbook) => {
    for (const [sheet, code, column, value] of cells) cellOf(workbook, sheet, code, column).value = value;
  });

/** What is submitted when somebody sends a workbook. */
export async function sent(
  plan: string,
  actor: Actor,
  bytes: Buffer,
  more: Partial<ReportRequest> = {},
): Promise<ReportRequest> {
  const file = { name: '报表.xlsx', bytes };
  return { plan, actor, file, given: await readReportFile(file), accepted: [], ...more };
}
