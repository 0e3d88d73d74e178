import type { EvaluationDocument, SnapshotEntry } from '../evaluations/evaluation.projection.js';
import type { SnapshotContent } from '../evaluations/snapshot.js';
import { assumptions, context, countyFigures, definitions, rules, verification } from './appendix.js';
import { cover } from './cover.js';
import { dataQuality } from './data-quality.js';
import { html, type Html } from './html.js';
import { indicatorDetails } from './indicator-details.js';
import { indicators } from './indicators.js';
import { issues, recommendations } from './issues.js';
import { overall } from './overall.js';
import { policies } from './policies.js';
import { citedPolicies, projectOddities, projectTable, promiseTable } from './programme-annex.js';
import { projects } from './projects.js';
import { promises } from './promises.js';
import { styleOf } from './style.js';
import { pageLanguage, readSubject, type Subject } from './subject.js';
import { tasks } from './tasks.js';
import { duties, units } from './units.js';
import { warnings } from './warnings.js';
import { titleOf } from './words.js';

interface Chapter {
  readonly title: string;
  /** Undefined if the chapter has no content and is left out. */
  readonly body: Html | undefined;
  /** Whether the chapter is printed in landscape format. */
  readonly wide?: boolean;
}

/**
 * The report of a snapshot as one self-contained HTML page for reading and printing. It is made only from the frozen
 * content and from the evaluation's own findings and recommendations. The page is in Chinese; its names are in the language
 * that is asked for, as far as the plan has them in it.
 */
export function snapshotReport(
  content: SnapshotContent,
  evaluation: EvaluationDocument,
  entry: SnapshotEntry,
  language?: string,
): string {
  const subject = readSubject(content, evaluation, entry, language);
  const chapters = [...numbered(main(subject), numeral), ...numbered(appendices(subject), (at) => `附录 ${at}　`)];
  const { plan, period } = subject.overview;
  const page = html`<!doctype html>
    <html lang="${pageLanguage}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${plan.title} ${titleOf(period, content.kind)} ${evaluation.id}/${entry.number}</title>
        ${styleOf(subject)}
      </head>
      <body>
        <main>
          ${cover(subject)}
          <nav>
            <h2>目录</h2>
            <ol>
              ${chapters.map(({ id, heading }) => html`<li><a href="#${id}">${heading}</a></li> `)}
            </ol>
          </nav>
          ${chapters.map(
            ({ id, heading, body, wide }) =>
              html`<section id="${id}" class="chapter ${wide && 'wide'}">
                <h2>${heading}</h2>
                ${body}
              </section> `,
          )}
        </main>
      </body>
    </html> `;
  return page.text;
}

const main = (subject: Subject): Chapter[] => [
  { title: '总体评价', body: overall(subject) },
  { title: '主要指标实现情况', body: indicators(subject), wide: true },
  { title: '主要指标逐项说明', body: indicatorDetails(subject) },
  { title: `分${subject.belowWord}情况`, body: units(subject), wide: true },
  { title: '重点任务', body: tasks(subject) },
  { title: '重大项目', body: projects(subject) },
  { title: '政策改革', body: policies(subject) },
  { title: '规划承诺兑现', body: promises(subject) },
  { title: '预警', body: warnings(subject) },
  { title: `${subject.belowWord}责任清单`, body: duties(subject) },
  { title: '数据质量', body: dataQuality(subject) },
  { title: '问题及原因', body: issues(subject) },
  { title: '对策建议', body: recommendations(subject) },
];

const appendices = (subject: Subject): Chapter[] => [
  { title: `${subject.belowWord}数据`, body: countyFigures(subject) },
  { title: '重大项目总表', body: projectTable(subject), wide: true },
  { title: '重大项目的原文疑点与读法', body: projectOddities(subject) },
  { title: '规划引用的政策', body: citedPolicies(subject) },
  { title: '规划承诺总表', body: promiseTable(subject) },
  { title: '指标定义', body: definitions(subject) },
  { title: '评估规则', body: rules(subject) },
  { title: '假设', body: assumptions(subject) },
  { title: '对照数据', body: context(subject) },
  { title: '核验', body: verification(subject) },
];

/** Chapter numbers 一、 to 十九、. */
function numeral(at: number): string {
  const digits = '一二三四五六七八九';
  return `${at < 10 ? digits.charAt(at - 1) : `十${digits.charAt(at - 11)}`}、`;
}

function numbered(chapters: readonly Chapter[], number: (at: number) => string) {
  return chapters
    .filter(({ body }) => body !== undefined)
    .map((chapter, at) => {
      const heading = `${number(at + 1)}${chapter.title}`;
      return { ...chapter, heading, id: `chapter-${heading.split(/[、\u3000]/)[0]!.replace(' ', '-')}` };
    });
}
