import { severityWords } from '../overview/programme/words.js';
import type { RecommendationEntry } from '../evaluations/evaluation.projection.js';
import { html, row, table, type Column, type Html, type Printable } from './html.js';
import { engineChecks, planFindings } from './plan-findings.js';
import { marked, markedUnit, type Subject } from './subject.js';
import { dayWords, none } from './words.js';

/** 问题及原因: findings of the evaluation, findings about the plan itself, and results of the engine's checks. */
export function issues(subject: Subject): Html {
  const { findings } = subject.evaluation;
  return html`<h3>评估发现的问题</h3>
    ${
      findings.length > 0
        ? html`${problems(subject)}
            <p class="note">问题由评估人员记录，随评估更新，不在冻结的快照内，也不计入快照的哈希。</p>`
        : html`<p>本评估没有记录问题。</p>`
    }
    ${planFindings(subject)} ${engineChecks(subject)}`;
}

/** 对策建议 with their rectifications, as of the creation of the report: they are not part of the snapshot. */
export function recommendations(subject: Subject): Html {
  if (subject.evaluation.recommendations.length === 0) return html`<p>本评估没有提出建议。</p>`;
  return html`${advice(subject)}
    <p class="note">建议和整改由评估人员记录，随评估更新，不在冻结的快照内，也不计入快照的哈希。</p>`;
}

function problems(subject: Subject): Html {
  const columns: Column[] = [
    { head: '序号', width: '7%' },
    { head: '程度', width: '9%' },
    { head: '对象', width: '24%' },
    { head: '问题' },
    { head: '记录', width: '19%' },
  ];
  return table(
    columns,
    subject.evaluation.findings.map(({ number, severity, subject: about, text, by, knownAt }) =>
      row(columns, [
        number,
        severityWords[severity],
        aboutWords(subject, about),
        text,
        `${by} ${dayWords(knownAt, subject.zone)}`,
      ]),
    ),
  );
}

/** The subject of a finding: an indicator's code and name, a unit's name, or the text as written. */
function aboutWords(subject: Subject, about: string): Printable {
  const indicator = subject.overview.indicators.find(({ code }) => code === about);
  return indicator ? [about, ' ', marked(subject, indicator)] : markedUnit(subject, about);
}

function advice(subject: Subject): Html {
  const columns: Column[] = [
    { head: '序号', width: '7%' },
    { head: '建议' },
    { head: '责任单位', width: '15%' },
    { head: '时限', width: '13%' },
    { head: '整改', width: '30%' },
  ];
  return table(
    columns,
    subject.evaluation.recommendations.map((recommendation) => {
      const { number, text, unit, dueOn } = recommendation;
      return row(columns, [
        number,
        text,
        unit === undefined ? '未指定' : markedUnit(subject, unit),
        dueOn ?? none,
        rectified(subject, recommendation),
      ]);
    }),
  );
}

function rectified({ zone }: Subject, { rectifications, dueOn }: RecommendationEntry): Printable {
  const last = rectifications.at(-1);
  if (!last) return '尚未报告整改';
  const day = dayWords(last.knownAt, zone);
  const late = last.finished && dueOn !== undefined && day > dueOn;
  return html`<b>${last.finished ? (late ? '已完成（逾期）' : '已完成') : '整改中'}</b> ${rectifications.map(
      ({ text, by, knownAt }) => html`<small>${dayWords(knownAt, zone)} ${by}：${text}</small>`,
    )}`;
}
