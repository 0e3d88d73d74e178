import { isMeasured, type Measured, type Unmeasured } from '../assessment/measured.js';
import { absentWords } from '../assessment/words.js';
import { findPeriod, lastDayOf } from '../kernel/period.js';
import { heading, paragraph, row, table, type Blocks, type Column, type Line } from './model.js';
import { correctionText } from './indicator-details.js';
import { demoMark } from './marks.js';
import { allFindings, namesOf, nameOf, type Found, type Subject } from './subject.js';
import { dayWords, periodWords, reasonWords, tidy, withUnit } from './words.js';

/** A value is listed as late if it became known at least this many months after the end of its period. */
const lateMonths = 6;

type Entry = readonly [indicator: string, unit: string, text: Line];

/**
 * 数据质量: missing, returned, unapproved, late, corrected and disagreeing values; of base values only the reported ones.
 */
export function dataQuality(subject: Subject): Blocks {
  const found = allFindings(subject);
  const lists: [string, Entry[]][] = [
    ['缺报、未上报、退回和撤回', gaps(subject, found)],
    ['因下级缺数而无法汇总', incomplete(subject, found)],
    ['市县数据不一致', disagreements(subject, found)],
    ['尚未审核', unapproved(subject, found)],
    ['更正', corrections(subject, found)],
    ['更正被退回', sentBack(subject, found)],
    [`期末后 ${lateMonths} 个月以上才知悉`, late(subject, found)],
    ['口径不可比', incomparable(subject, found)],
    ['特殊情况上报', exceptions(subject, found)],
  ];
  const empty = lists.filter(([, lines]) => lines.length === 0).map(([name]) => name);
  const columns: Column[] = [{ head: '指标', width: '30%' }, { head: '单位', width: '24%' }, { head: '情况' }];
  return [
    lists
      .filter(([, lines]) => lines.length > 0)
      .map(([name, lines]) => [
        heading(`${name}（${lines.length} 条）`),
        table(
          name,
          columns,
          lines.map(([indicator, unit, text]) => row(indicator, unit, text)),
        ),
      ]),
    empty.length > 0 && paragraph(`没有以下情形：${empty.join('；')}。`),
  ];
}

const titled = ({ row: { code, name }, isBase }: Found): string => `${code} ${name}${isBase ? '（基期）' : ''}`;

/** One line per indicator and reason, with all its units. */
function gaps(subject: Subject, found: readonly Found[]): Entry[] {
  const lines = new Map<string, { indicator: string; units: string[]; finding: Unmeasured }>();
  for (const each of found) {
    const { finding, row: indicator, unit, isBase } = each;
    if (isMeasured(finding) || finding.absent === 'incomplete') continue;
    // Skip units that do not report themselves, because their value comes from the unit above or is aggregated from
    // below.
    const reports =
      indicator.definition.aggregation === 'common' ? unit === subject.top.code : unit !== subject.top.code;
    const sent = finding.absent !== 'not-reported';
    if (!sent && (isBase || (!reports && indicator.definition.aggregation !== 'none'))) continue;
    const { absent, because, note } = finding;
    const key = JSON.stringify([titled(each), absent, because, note]);
    const line = lines.get(key) ?? { indicator: titled(each), units: [], finding };
    lines.set(key, { ...line, units: [...line.units, unit] });
  }
  return [...lines.values()].map(({ indicator, units, finding }) => {
    const { absent, because, note, demo } = finding;
    const why = reasonWords(because);
    const text = [absentWords[absent], why && `（${why}）`, note !== undefined && `：${note}`, demoMark(demo)];
    return [indicator, namesOf(subject, units), text];
  });
}

function incomplete(subject: Subject, found: readonly Found[]): Entry[] {
  return found.flatMap((each): Entry[] => {
    const { finding, row: indicator, unit } = each;
    if (isMeasured(finding) || finding.absent !== 'incomplete') return [];
    const { lacking = [], partial, demo } = finding;
    const others =
      partial &&
      `；其余 ${partial.parts.length} 个合计 ${withUnit(partial.shown, indicator.definition.unitOfMeasure)}，仅供参考`;
    return [[titled(each), nameOf(subject, unit), [`缺${namesOf(subject, lacking)}的数`, others, demoMark(demo)]]];
  });
}

/** One line for each measured value for which `describe` returns a text. */
function measuredLines(
  subject: Subject,
  found: readonly Found[],
  describe: (finding: Measured, each: Found) => Line,
): Entry[] {
  return found.flatMap((each): Entry[] => {
    const { finding, unit } = each;
    const text = isMeasured(finding) && describe(finding, each);
    return text ? [[titled(each), nameOf(subject, unit), [text, demoMark(finding.demo)]]] : [];
  });
}

const disagreements = (subject: Subject, found: readonly Found[]): Entry[] =>
  measuredLines(subject, found, ({ disagreement, source }, { row: indicator }) => {
    if (!disagreement || source === 'common') return false;
    const unit = indicator.definition.unitOfMeasure;
    const { reported, computed, difference } = disagreement;
    const used = source === 'computed' ? '合计数' : '规划载明数';
    return `自报 ${withUnit(reported, unit)}，${subject.belowWord}合计 ${withUnit(computed, unit)}，相差 ${tidy(difference)}；采用${used}`;
  });

const unapproved = (subject: Subject, found: readonly Found[]): Entry[] =>
  measuredLines(subject, found, ({ source, approved, pending, shown }, { row: indicator }) => {
    const unit = indicator.definition.unitOfMeasure;
    if (source !== 'reported') return false;
    if (pending !== undefined) return `更正为 ${withUnit(pending, unit)}待审核，审核前仍用 ${withUnit(shown, unit)}`;
    return !approved && `已报 ${withUnit(shown, unit)}，尚未审核`;
  });

const corrections = (subject: Subject, found: readonly Found[]): Entry[] =>
  measuredLines(
    subject,
    found,
    (finding, { row: indicator, unit }) =>
      finding.source === 'reported' && finding.corrections > 0 && correctionText(subject, indicator, unit, finding),
  );

const sentBack = (subject: Subject, found: readonly Found[]): Entry[] =>
  measuredLines(subject, found, (finding, { row: indicator }) => {
    const unit = indicator.definition.unitOfMeasure;
    if (finding.source !== 'reported' || finding.sentBack === undefined) return false;
    return `更正为 ${withUnit(finding.sentBack, unit)}被退回，仍用 ${withUnit(finding.shown, unit)}`;
  });

const late = (subject: Subject, found: readonly Found[]): Entry[] =>
  measuredLines(subject, found, ({ source, measurement }, { row: indicator, isBase }) => {
    if (isBase || source !== 'reported' || !measurement) return false;
    const day = dayWords(measurement.knownAt, subject.zone);
    const months = monthsAfter(lastDayOf(findPeriod(indicator.period)!, subject.overview.plan), day);
    return months >= lateMonths && `${day} 知悉，在${periodWords(indicator.period)}结束 ${months} 个月之后`;
  });

/** Whole months from the last day of a month to a day. */
function monthsAfter(last: string, day: string): number {
  const monthOf = (date: string) => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7));
  return monthOf(day) - monthOf(last) - 1;
}

const incomparable = (subject: Subject, found: readonly Found[]): Entry[] =>
  measuredLines(
    subject,
    found,
    ({ source, comparable, measurement }) =>
      source === 'reported' &&
      !comparable &&
      `按第 ${measurement?.definitionVersion ?? '?'} 版口径填报，与现行口径不可比`,
  );

const exceptions = (subject: Subject, found: readonly Found[]): Entry[] =>
  measuredLines(subject, found, ({ source, measurement }) => source === 'reported' && measurement?.exception);
