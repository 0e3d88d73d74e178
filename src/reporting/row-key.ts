import type { TableName } from './given-row.js';

/** What a row is about. `part` is a part of a figure's breakdown, `sex.f`. */
export type RowSubject =
  | {
      readonly table: '指标';
      readonly code: string;
      readonly unit: string;
      readonly period: string;
      readonly part?: string;
    }
  | { readonly table: Exclude<TableName, '指标'>; readonly code: string };

const kinds: Readonly<Record<TableName, string>> = { 指标: 'figure', 项目: 'project', 政策: 'policy', 任务: 'task' };

/** The hidden key of a row: `figure/02/331102/2022`, `figure/02/331102/2022/sex.f`, `project/P01`. */
export function keyOf(subject: RowSubject): string {
  const kind = kinds[subject.table];
  if (subject.table !== '指标') return `${kind}/${subject.code}`;
  const { code, unit, period, part } = subject;
  return [kind, code, unit, period, ...(part === undefined ? [] : [part])].join('/');
}

/** The subject of a hidden key; undefined where it is none. */
export function subjectOf(key: string): RowSubject | undefined {
  const [kind, ...rest] = key.split('/');
  const table = (Object.keys(kinds) as TableName[]).find((each) => kinds[each] === kind);
  if (table === undefined || rest.some((each) => each === '')) return undefined;
  if (table !== '指标') return rest.length === 1 ? { table, code: rest[0]! } : undefined;
  const [code, unit, period, part] = rest as [string, string, string, string?];
  if (rest.length < 3 || rest.length > 4) return undefined;
  return { table, code, unit, period, ...(part !== undefined && { part }) };
}
