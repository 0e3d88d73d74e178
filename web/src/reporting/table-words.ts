import type { Column, missingReasons } from './form-grid';

// The words of the server's tables. They are sent, or stand in what is pasted, and so are Chinese in every language.

export const columnNames: Readonly<Record<Column, string>> = {
  value: '数值',
  numerator: '分子',
  denominator: '分母',
  because: '缺报原因',
  note: '说明',
};

export const reasonWords: Readonly<Record<(typeof missingReasons)[number]['value'], string>> = {
  'not-due': '未到报送期',
  'not-collected': '未统计',
  'not-applicable': '不适用',
  'under-verification': '待核实',
};

/** The cells that say which figure a row is about, and the revision of it that the row rests on. */
export const rowHead = (key: string, base: number | 'none'): Readonly<Record<string, string>> => ({
  表: '指标',
  系统键: key,
  ...(base !== 'none' && { 系统版本: String(base) }),
});
