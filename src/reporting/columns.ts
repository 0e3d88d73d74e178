import { missingReasons, type MissingReason } from '../figures/figure.events.js';
import { missingWords } from '../figures/words.js';
import type { TableName } from './given-row.js';

/** A column of a table that a unit fills in, by the name in its header. */
export interface Column {
  readonly name: string;
  /** Width in characters of a Chinese font. */
  readonly width: number;
  /** Whether people fill it in; all others are for reading. */
  readonly input?: 'number' | 'text' | 'day' | 'choice';
  /** Whether it is hidden: what the program knows the row by. */
  readonly hidden?: true;
}

/** The row's identity, and the revision of its stream when the workbook was made. */
export const keyColumn = '系统键';
export const revisionColumn = '系统版本';
export const codeColumn = '代码';
export const reasonColumn = '说明';

const hidden: readonly Column[] = [
  { name: keyColumn, width: 10, hidden: true },
  { name: revisionColumn, width: 6, hidden: true },
];
const reason: Column = { name: reasonColumn, width: 22, input: 'text' };
const action: Column = { name: '动作', width: 10, input: 'choice' };
const day: Column = { name: '日期', width: 11, input: 'day' };

export const columnsOf: Readonly<Record<TableName, readonly Column[]>> = {
  指标: [
    { name: codeColumn, width: 7 },
    { name: '指标名称', width: 26 },
    { name: '分组', width: 10 },
    { name: '计量单位', width: 8 },
    { name: '口径', width: 34 },
    { name: '上期值', width: 11 },
    { name: '目标', width: 13 },
    { name: '数值', width: 11, input: 'number' },
    { name: '分子', width: 11, input: 'number' },
    { name: '分母', width: 11, input: 'number' },
    { name: '缺报原因', width: 10, input: 'choice' },
    reason,
    ...hidden,
  ],
  项目: [
    { name: codeColumn, width: 8 },
    { name: '项目名称', width: 28 },
    { name: '总投资', width: 10 },
    { name: '计划工期', width: 14 },
    { name: '现状', width: 9 },
    { name: '上次进度', width: 14 },
    { name: '上次累计投资', width: 16 },
    action,
    day,
    { name: '百分比', width: 8, input: 'number' },
    { name: '文字', width: 24, input: 'text' },
    { name: '金额', width: 11, input: 'number' },
    { name: '新期限', width: 9, input: 'text' },
    reason,
    ...hidden,
  ],
  政策: [
    { name: codeColumn, width: 8 },
    { name: '政策名称', width: 36 },
    { name: '计划完成', width: 10 },
    { name: '现状', width: 9 },
    action,
    day,
    { name: '文号', width: 18, input: 'text' },
    { name: '原件', width: 18, input: 'text' },
    { name: '新期限', width: 9, input: 'text' },
    reason,
    ...hidden,
  ],
  任务: [
    { name: codeColumn, width: 8 },
    { name: '任务', width: 40 },
    { name: '完成期限', width: 10 },
    { name: '现状', width: 9 },
    { name: '上次进展', width: 24 },
    action,
    day,
    { name: '百分比', width: 8, input: 'number' },
    { name: '文字', width: 30, input: 'text' },
    reason,
    ...hidden,
  ],
};

/** The columns of a table that people fill in. */
export const inputColumns = (table: TableName): readonly string[] =>
  columnsOf[table].flatMap(({ name, input }) => (input ? [name] : []));

/** The columns of a list of rows (CSV, JSON) that say what a row is about; a workbook has them in its hidden key. */
export const listColumns = { table: '表', unit: '单位', period: '期间' } as const;

/** 缺报原因 in words, by code, and back. */
export const missingCodes: ReadonlyMap<string, MissingReason> = new Map(
  missingReasons.map((code) => [missingWords[code], code]),
);

/** The name of a column as a header says it: without blanks, and without a hint in brackets. */
export const headerOf = (text: string): string =>
  text
    .normalize('NFKC')
    .replaceAll(/\s|\*/g, '')
    .replace(/\(.*\)$/, '');
