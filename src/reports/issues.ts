import { severityWords } from '../overview/programme/words.js';
import type { RecommendationEntry } from '../evaluations/evaluation.projection.js';
import { beside, heading, note, paragraph, row, strong, table, type Blocks, type Column, type Line } from './model.js';
import { engineChecks, planFindings } from './plan-findings.js';
import { marked, markedUnit, type Subject } from './subject.js';
import { dayWords, none } from './words.js';

/** 问题及原因: findings of the evaluation, findings about the plan itself, and results of the engine's checks. */
export function issues(subject: Subject): Blocks {
  const { findings } = subject.evaluation;
  return [
    heading('评估发现的问题'),
    findings.length > 0
      ? [problems(subject), note('问题由评估人员记录，随评估更新，不在冻结的快照内，也不计入快照的哈希。')]
      : paragraph('本评估没有记录问题。'),
    planFindings(subject),
    engineChecks(subject),
  ];
}

/** 对策建议 with their rectifications, as of the creation of the report: they are not part of the snapshot. */
export function recommendations(subject: Subject): Blocks {
  if (subject.evaluation.recommendations.length === 0) return paragraph('本评估没有提出建议。');
  return [
    advice(subject),
    note(
      subject.isPart
        ? '建议由评估人员记录，不在冻结的快照内。'
        : '建议和整改由评估人员记录，随评估更新，不在冻结的快照内，也不计入快照的哈希。',
    ),
  ];
}

function problems(subject: Subject): Blocks {
  const columns: Column[] = [
    { head: '序号', width: '7%' },
    { head: '程度', width: '9%' },
    { head: '对象', width: '24%' },
    { head: '问题' },
    { head: '记录', width: '19%' },
  ];
  return table(
    '评估发现的问题',
    columns,
    subject.evaluation.findings.map(({ number, severity, subject: about, text, by, knownAt }) =>
      row(
        number,
        severityWords[severity],
        aboutWords(subject, about),
        text,
        `${by} ${dayWords(knownAt, subject.zone)}`,
      ),
    ),
  );
}

/** The subject of a finding: an indicator's code and name, a unit's name, or the text as written. */
function aboutWords(subject: Subject, about: string): Line {
  const indicator = subject.overview.indicators.find(({ code }) => code === about);
  return indicator ? [about, ' ', marked(subject, indicator)] : markedUnit(subject, about);
}

function advice(subject: Subject): Blocks {
  const columns: Column[] = [
    { head: '序号', width: '7%' },
    { head: '建议' },
    { head: '责任单位', width: '15%' },
    { head: '时限', width: '13%' },
    ...(subject.isPart ? [] : [{ head: '整改', width: '30%' }]),
  ];
  return table(
    subject.isPart ? '对策建议' : '对策建议和整改',
    columns,
    subject.evaluation.recommendations.map((recommendation) => {
      const { number, text, unit, dueOn } = recommendation;
      return row(
        number,
        text,
        unit === undefined ? '未指定' : markedUnit(subject, unit),
        dueOn ?? none,
        ...(subject.isPart ? [] : [rectified(subject, recommendation)]),
      );
    }),
  );
}

function rectified({ zone }: Subject, { rectifications, dueOn }: RecommendationEntry): Line {
  const last = rectifications.at(-1);
  if (!last) return '尚未报告整改';
  const day = dayWords(last.knownAt, zone);
  const late = last.finished && dueOn !== undefined && day > dueOn;
  return [
    strong(last.finished ? (late ? '已完成（逾期）' : '已完成') : '整改中'),
    rectifications.map(({ text, by, knownAt }) => beside(`${dayWords(knownAt, zone)} ${by}：${text}`)),
  ];
}
