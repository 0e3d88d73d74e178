import { stringify } from 'csv-stringify/sync';
import type { Response } from 'express';
import type { TrailEntry } from './trail.js';

const columns: readonly [string, (entry: TrailEntry) => string | number | undefined][] = [
  ['位置', ({ position }) => position],
  ['知悉时间', ({ knownAt }) => knownAt],
  ['入库时间', ({ recordedAt }) => recordedAt],
  ['补录', ({ backfilled }) => (backfilled ? '是' : '')],
  ['动作', ({ label }) => label],
  ['指标', ({ subject }) => subject.code],
  ['单位', ({ subject }) => subject.unit],
  ['期间', ({ subject }) => subject.period],
  ['编号', ({ subject }) => subject.id],
  ['由', ({ from }) => from],
  ['改为', ({ to }) => to],
  ['经办人', ({ actor }) => actor.name],
  ['经办人编号', ({ actor }) => actor.id],
  ['经办单位', ({ actor }) => actor.unit],
  ['事由', ({ reason }) => reason],
  [
    '依据',
    ({ evidence }) => evidence?.map(({ title, locator }) => [title, locator].filter(Boolean).join(' ')).join('；'),
  ],
  ['示例数据', ({ demo }) => (demo ? '示例数据' : '')],
  ['事件', ({ type }) => type],
  ['事件编号', ({ eventId }) => eventId],
  ['流', ({ stream }) => stream],
  ['修订号', ({ revision }) => revision],
];

/**
 * The entries as CSV in UTF-8. A byte order mark makes spreadsheet programs detect the encoding. Cells that a
 * spreadsheet would run as formulas are escaped.
 */
export function trailCsv(entries: readonly TrailEntry[]): string {
  return stringify(
    entries.map((entry) => columns.map(([, cell]) => cell(entry) ?? '')),
    { bom: true, header: true, columns: columns.map(([name]) => name), escape_formulas: true },
  );
}

/** Returns `body` for JSON, or the entries as a CSV attachment. */
export function inFormat<Body>(
  response: Response,
  format: 'json' | 'csv' | undefined,
  body: Body,
  entries: readonly TrailEntry[],
): Body | string {
  if (format !== 'csv') return body;
  response.type('text/csv; charset=utf-8');
  response.attachment('trail.csv');
  return trailCsv(entries);
}
