import Table from 'cli-table3';
import { isMeasured, type Finding } from '../assessment/measured.js';
import type { CellTarget } from '../assessment/rule-targets.js';
import type { Assessment } from '../assessment/assessment.js';
import { absentWords, offRange, statusWords } from '../assessment/words.js';
import { shownTarget } from '../kernel/target-value.js';
import { missingWords } from '../figures/words.js';
import type { MissingReason } from '../figures/figure.events.js';
import { DateTime } from 'luxon';

/** A table as text. `right` names the columns that are right-aligned (numbers). */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly string[] = [],
): string {
  const made = new Table({
    head: [...head],
    colAligns: head.map((name) => (right.includes(name) ? 'right' : 'left')),
    style: { head: [], border: [] },
  });
  made.push(...rows.map((row) => [...row]));
  return made.toString();
}

export const percent = (value: string | undefined): string =>
  value === undefined ? '—' : `${Number(value).toFixed(1)}%`;

export const points = (value: string | undefined): string =>
  value === undefined ? '—' : `${Number(value) >= 0 ? '+' : ''}${Number(value).toFixed(1)}`;

/** The value as displayed, or the reason why there is none. What is 不适用 is missed by nobody. */
export function findingText(finding: Finding): string {
  if (isMeasured(finding)) {
    const { shown, disagreement, pending, sentBack, comparable, demo } = finding;
    return [
      shown,
      comparable ? '' : '（口径已变）',
      disagreement ? `（自报 ${disagreement.reported}）` : '',
      pending ? `（更正待审 ${pending}）` : '',
      sentBack ? `（更正被退回 ${sentBack}）` : '',
      demo ? ' 示例' : '',
    ].join('');
  }
  const { absent, because, lacking = [], partial, lackingInputs = [], note } = finding;
  if (because === 'not-applicable') return missingWords[because];
  const how =
    absent === 'missing'
      ? missingWords[because as MissingReason]
      : absent === 'uncomputed'
        ? (note ?? `缺 ${lackingInputs.map(({ code, period }) => `${code} ${period}`).join('、')}`)
        : absent === 'incomplete' && `缺 ${lacking.length} 个单位${partial ? `，其余 ${partial.shown}` : ''}`;
  return how ? `${absentWords[absent]}（${how}）` : absentWords[absent];
}

/** The target value. For a rule, the value that it computes, with the rule on the next line. */
export function targetText(target: CellTarget | undefined): string {
  if (!target) return '—';
  const stale = target.comparable === false ? '（原口径）' : '';
  return target.rule
    ? `${target.rule.shown ?? '无法计算'}${stale}\n${target.value}`
    : `${shownTarget(target.value)}${stale}`;
}

/** A moment in the plan's time zone, to the minute; only the date if it is the end of a day. */
export function momentText(instant: string, zone: string): string {
  const moment = DateTime.fromISO(instant, { zone });
  return moment.toFormat(moment.equals(moment.endOf('day')) ? 'yyyy-MM-dd' : 'yyyy-MM-dd HH:mm');
}

/** The status; of a value outside a range also on which side and how far. */
export function statusText({ status, range }: Assessment): string {
  const off = range && offRange(range);
  return off ? `${statusWords[status].zh}\n${off.side} ${off.by}` : statusWords[status].zh;
}
