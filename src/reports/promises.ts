import { Decimal } from '../assessment/decimals.js';
import { shownTarget } from '../kernel/target-value.js';
import type { PromiseNow, PromiseState } from '../overview/programme/promises.js';
import { promiseStateWords } from '../overview/programme/words.js';
import {
  beside,
  code,
  heading,
  note,
  paragraph,
  row,
  table,
  type Blocks,
  type Column,
  type Line,
  type Table,
} from './model.js';
import { demoMark, lightChip } from './marks.js';
import { commitmentWords, linesWords, share, untilWords } from './programme-words.js';
import type { Subject } from './subject.js';
import { none, periodWords, withUnit } from './words.js';

const stateOrder: readonly PromiseState[] = [
  ...(['kept', 'not-kept', 'on-track', 'roughly', 'behind', 'open', 'no-data', 'withdrawn'] as const),
];

/** A withdrawn promise is listed, but neither judged nor counted. */
const isJudged = ({ state }: PromiseNow): boolean => state !== 'withdrawn';

/** 规划承诺兑现: the promises of the plan's text and their states. */
export function promises(subject: Subject): Blocks {
  const { list } = subject.overview.programme.promises;
  if (list.length === 0) return undefined;
  return [
    paragraph(summary(subject), demoMark(list.some(({ demo }) => demo))),
    counts(subject),
    section(subject, 'not-kept'),
    section(subject, 'behind'),
    note(readingWords),
  ];
}

/** 按规则计算的目标 and 已实现的承诺: what needs nobody's attention. */
export const otherPromises = (subject: Subject): Blocks => [rules(subject), section(subject, 'kept')];

const readingWords =
  '“已实现”含期限未到而已达到的；要求每年保持的，逐年判断，本期未达到即为未实现。原文没有写明年份的，按规划期末判断。“未到评判时”为由任务衡量、任务尚未完成而没有逾期的。“原文行”为规划文本的行号。各条见附件“规划承诺总表”。';

function summary(subject: Subject): string {
  const { list: all, counts: of } = subject.overview.programme.promises;
  const list = all.filter(isJudged);
  const without = of.withdrawn === undefined ? '' : `；另有 ${of.withdrawn} 条已撤销，不计在内`;
  const decided = of.kept + of['not-kept'];
  const repeats = list.filter((promise) => promise.repeats).length;
  const own = repeats > 0 ? `（其中 ${repeats} 条与主要指标表重复，两处都列）` : '';
  const conclusion =
    decided > 0
      ? `已有结论的 ${decided} 条中，已实现 ${of.kept} 条（${share(of.kept, decided)}），未实现 ${of['not-kept']} 条`
      : '还没有已有结论的承诺';
  const open = (['on-track', 'roughly', 'behind', 'open', 'no-data'] as const).filter((state) => of[state] > 0);
  const rest = open.map((state) => `${promiseStateWords[state]} ${of[state]} 条`).join('，');
  const others = rest === '' ? '' : `；其余 ${list.length - decided} 条中，${rest}`;
  return `规划文本中有数量或时间要求的承诺共 ${list.length} 条${own}。${untilWords(subject)}，${conclusion}${others}${without}。`;
}

function counts({ overview }: Subject): Table {
  const { list } = overview.programme.promises;
  const demo = demoMark(list.some((promise) => promise.demo));
  const columns: Column[] = [
    { head: '情况', width: '18%' },
    { head: ['条数', demo], number: true, width: '10%' },
    { head: '占比', number: true, width: '10%' },
    { head: '编号' },
  ];
  return table(
    '规划承诺兑现情况',
    columns,
    stateOrder.flatMap((state) => {
      const found = list.filter((promise) => promise.state === state);
      if (found.length === 0) return [];
      const ids = found.map(({ id }) => id).join('、');
      const part = state === 'withdrawn' ? none : share(found.length, list.filter(isJudged).length);
      return row(stateChip(found[0]!), found.length, part, ids);
    }),
  );
}

export const stateChip = ({ state, light }: PromiseNow): Line => lightChip(light, promiseStateWords[state]);

function section(subject: Subject, state: PromiseState): Blocks {
  const found = subject.overview.programme.promises.list.filter((promise) => promise.state === state);
  if (found.length === 0) return undefined;
  const columns: Column[] = [
    { head: '编号', width: '7%' },
    { head: '承诺', width: '41%' },
    { head: '期限', width: '11%' },
    { head: '应达', number: true, width: '14%' },
    { head: '实际', number: true },
    { head: '原文行', number: true, width: '8%' },
  ];
  return [
    heading(`${promiseStateWords[state]}：${found.length} 条`),
    table(
      `${promiseStateWords[state]}的承诺`,
      columns,
      found.map((promise) =>
        row(
          promise.id,
          promiseText(promise),
          periodText(promise),
          targetText(subject, promise),
          actualText(subject, promise),
          linesWords(promise.line === undefined ? [] : [promise.line]),
        ),
      ),
    ),
  ];
}

/** The promise with its commitment (if not firm), repetition, note and the reason of a withdrawal. */
export function promiseText({ statement, commitment, note, repeats, because }: PromiseNow): Line {
  const remarks = [
    commitmentWords[commitment] && `语气：${commitmentWords[commitment]}`,
    repeats && '与主要指标重复',
    note,
    because && `撤销：${because}`,
  ];
  const small = remarks.filter(Boolean).join('；');
  return [statement, small !== '' && beside(small)];
}

export const periodText = ({ period }: PromiseNow): string => (period === undefined ? '没有写明' : periodWords(period));

/** The unit of a promise's figure: the indicator's unit, which may differ from the unit in the promise's text. */
function unitOf({ overview }: Subject, promise: PromiseNow): string | undefined {
  const own = ({ rule, value, target, revisedFrom, unitOfMeasure }: PromiseNow) => {
    const originalTarget = revisedFrom ?? target;
    const sameAsText =
      rule === undefined &&
      value !== undefined &&
      originalTarget !== undefined &&
      new Decimal(value).eq(originalTarget);
    return sameAsText ? unitOfMeasure : undefined;
  };
  const main = overview.indicators.find(({ code }) => code === promise.indicator);
  // The target of a growth indicator is its rate in percent.
  if (main?.kind === 'growth') return '%';
  const of = (code: string | undefined) =>
    overview.indicators.find((each) => each.code === code)?.definition.unitOfMeasure ??
    overview.context.find((each) => each.code === code)?.unitOfMeasure ??
    overview.programme.promises.list.filter(({ indicator }) => indicator === code).map(own)[0];
  // A rule that multiplies one figure by a constant has the unit of that figure.
  const single = /^=\s*[\d.]+\s*\*\s*\w+\("([^"]+)"\)$/.exec(promise.rule ?? '')?.[1];
  return of(promise.indicator) ?? own(promise) ?? of(single);
}

function figure(subject: Subject, promise: PromiseNow, number: string): string {
  const unit = unitOf(subject, promise);
  return unit === undefined ? number : withUnit(number, unit);
}

/** The required value, and the original one if the target was revised. */
export function targetText(subject: Subject, promise: PromiseNow): Line {
  const { target, revisedFrom } = promise;
  if (target === undefined) return none;
  return [
    figure(subject, promise, shownTarget(target)),
    revisedFrom !== undefined && beside(`已调整，原为 ${shownTarget(revisedFrom)}`),
  ];
}

export function actualText(subject: Subject, promise: PromiseNow): Line {
  const { shown, judgedPeriod, demo, state, task } = promise;
  if (shown !== undefined) {
    const when = judgedPeriod === undefined || judgedPeriod === subject.overview.period ? false : judgedPeriod;
    return [figure(subject, promise, shown), demoMark(demo), when && beside(periodWords(when))];
  }
  if (task === undefined) return none;
  return [`任务 ${task}${state === 'kept' ? ' 已完成' : ''}`, demoMark(demo)];
}

/** Table of promises whose target is a rule: the rule, its computed value and the actual value. */
function rules(subject: Subject): Blocks {
  const ruled = subject.overview.programme.promises.list.filter(({ rule }) => rule !== undefined);
  if (ruled.length === 0) return undefined;
  const columns: Column[] = [
    { head: '编号', width: '7%' },
    { head: '承诺', width: '29%' },
    { head: '规则', width: '23%' },
    { head: '按规则应达', number: true },
    { head: '实际', number: true },
    { head: '情况', width: '13%' },
  ];
  const named = (rule: string) =>
    [...rule.matchAll(/"([^"]+)"/g)].flatMap(([, code]) => {
      const name = nameOfFigure(subject, code!);
      return name === undefined ? [] : [`${code} 为${name}`];
    });
  return [
    heading(`按规则计算的目标：${ruled.length} 条`),
    table(
      '按规则计算目标的承诺',
      columns,
      ruled.map((promise) =>
        row(
          promise.id,
          promise.statement,
          [code(promise.rule), beside(named(promise.rule!).join('；'))],
          promise.target === undefined ? '无法计算' : targetText(subject, promise),
          actualText(subject, promise),
          stateChip(promise),
        ),
      ),
      { note: '规则中 value 为本期数，previous 为上期数。' },
    ),
  ];
}

/** The name of the indicator with this code, if the snapshot contains it. */
function nameOfFigure({ overview }: Subject, code: string): string | undefined {
  return (
    overview.indicators.find((each) => each.code === code)?.name ??
    overview.context.find((each) => each.code === code)?.name ??
    overview.programme.promises.list.find(({ indicator }) => indicator === code)?.statement
  );
}
