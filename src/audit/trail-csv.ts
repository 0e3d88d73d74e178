import { stringify } from 'csv-stringify/sync';
import type { Response } from 'express';
import { cellsOf, csvOptions, idColumn, numberColumn, textColumn, timeColumn, type Column } from '../http/csv.js';
import type { TrailEntry } from './trail-entry.js';

export const trailColumns: readonly Column<TrailEntry>[] = [
  numberColumn('位置', ({ position }) => position),
  timeColumn('掌握时间', ({ knownAt }) => knownAt),
  timeColumn('录入时间', ({ recordedAt }) => recordedAt),
  textColumn('补录', ({ backfilled }) => (backfilled ? '是' : '')),
  textColumn('动作', ({ label }) => label),
  textColumn('指标', ({ subject }) => subject.code),
  textColumn('单位', ({ subject }) => subject.unit),
  textColumn('期间', ({ subject }) => subject.period),
  textColumn('编号', ({ subject }) => subject.id),
  textColumn('由', ({ from }) => from),
  numberColumn('原数', ({ numbers }) => numbers?.from),
  textColumn('改为', ({ to }) => to),
  numberColumn('新数', ({ numbers }) => numbers?.to),
  numberColumn('分子', ({ numbers }) => numbers?.numerator),
  numberColumn('分母', ({ numbers }) => numbers?.denominator),
  textColumn('计量单位', ({ numbers }) => numbers?.unitOfMeasure),
  textColumn('经办人', ({ actor }) => actor.name),
  idColumn('经办人编号', ({ actor }) => actor.id),
  textColumn('经办单位', ({ actor }) => actor.unit),
  textColumn('事由', ({ reason }) => reason),
  textColumn('依据', ({ evidence }) =>
    evidence?.map(({ title, locator }) => [title, locator].filter(Boolean).join(' ')).join('；'),
  ),
  textColumn('示例数据', ({ demo }) => (demo ? '示例数据' : '')),
  textColumn('事件', ({ type }) => type),
  idColumn('事件编号', ({ eventId }) => eventId),
  idColumn('流', ({ stream }) => stream),
  numberColumn('修订号', ({ revision }) => revision),
];

/** The entries as CSV in UTF-8, with times in the plan's time zone. */
export const trailCsv = (entries: readonly TrailEntry[], zone: string): string =>
  stringify(
    entries.map((entry) => cellsOf(trailColumns, entry, zone)),
    csvOptions(trailColumns),
  );

/** The entries as an attachment in CSV. */
export function sendCsv(response: Response, entries: readonly TrailEntry[], zone: string): string {
  response.type('text/csv; charset=utf-8');
  response.attachment('trail.csv');
  return trailCsv(entries, zone);
}
