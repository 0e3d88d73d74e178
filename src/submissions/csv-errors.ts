import { CsvError } from 'csv-parse/sync';

const messages: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: '本行有一个英文双引号直到文件末尾都没有配对：请补上，或删去',
  CSV_INVALID_CLOSING_QUOTE: '英文双引号之后还有别的字符：引号须包住整个单元格，单元格里的双引号须写成两个（""）',
  INVALID_OPENING_QUOTE: '单元格中间有英文双引号：整个单元格须加双引号，其中的双引号须写成两个（""）',
  CSV_MAX_RECORD_SIZE: '本行过长：请检查英文双引号是否配对',
};

/** What the CSV parser refuses, in words of this program. */
export function csvMessage(error: unknown): string {
  if (!(error instanceof CsvError)) throw error;
  const { code } = error as { code: string };
  return messages[code] ?? `不合 CSV 格式（${code}）：请在表格软件中另存为“CSV UTF-8（逗号分隔）”`;
}
