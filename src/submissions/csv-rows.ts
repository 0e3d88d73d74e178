import { parse as parseCsv } from 'csv-parse/sync';
import type { Mistakes } from './mistakes.js';

/** The columns of a CSV file: those it must have, and those that may be left out. */
export interface Columns {
  readonly needed: readonly string[];
  readonly optional?: readonly string[];
}

/** The rows of a CSV file by header, with their lines; a header that is missing, twice there, or not known, is a mistake. */
export function csvRows(
  file: string,
  text: string,
  { needed, optional = [] }: Columns,
  mistakes: Mistakes,
): { row: number; cells: Record<string, string> }[] {
  let records: { record: string[]; info: { lines: number } }[];
  try {
    const options = { bom: true, info: true, relax_column_count: true, skip_empty_lines: true, trim: true } as const;
    // The library's types do not know what `info` does to its result.
    records = parseCsv(text, options) as unknown as typeof records;
  } catch (error) {
    mistakes.add({ file }, 'folder.csv', `CSV 格式有误：${(error as Error).message}`);
    return [];
  }
  const [head, ...body] = records;
  if (!head) {
    mistakes.add({ file, row: 1 }, 'folder.csv-empty', '文件为空：第一行须为表头');
    return [];
  }
  const known = [...needed, ...optional];
  const wrong = (name: string, message: string) => mistakes.add({ file, row: 1 }, 'folder.csv-header', message, name);
  for (const name of needed) if (!head.record.includes(name)) wrong(name, `缺少列“${name}”`);
  for (const [at, name] of head.record.entries()) {
    if (!known.includes(name)) wrong(name, `没有名为“${name}”的列：可用 ${known.join('、')}`);
    else if (head.record.indexOf(name) < at) wrong(name, `列“${name}”重复`);
  }
  return body.flatMap(({ record, info }) => {
    if (record.length !== head.record.length) {
      mistakes.add(
        { file, row: info.lines },
        'folder.csv-columns',
        `本行有 ${record.length} 列，表头有 ${head.record.length} 列`,
      );
      return [];
    }
    return [{ row: info.lines, cells: Object.fromEntries(head.record.map((name, at) => [name, record[at]!])) }];
  });
}
