import { statusWords } from '../assessment/words.js';
import type { Wording } from '../assessment/words.js';
import { judgedThings } from '../evaluations/judged-things.js';
import { judgementOf } from '../evaluations/judgement.js';
import { shapes } from '../reports/marks.js';
import { html, type Html, type Printable } from '../reports/markup.js';
import { overallWords } from '../reports/overall.js';
import { grouped, statusOrder, type TopRow } from '../reports/subject.js';
import { kindTitles, percent, score } from '../reports/words.js';
import { demoFlag, factsOf, none, statusMark, tableOf, targetOf, valueOf, type SiteColumn } from './parts.js';
import type { Page, PageContext } from './page.js';
import type { PublicSite } from './public-site.js';
import { attributes } from './words.js';

const kindNames: Readonly<Record<keyof typeof kindTitles, Wording>> = {
  annual: { zh: kindTitles.annual, en: 'Annual monitoring' },
  midterm: { zh: kindTitles.midterm, en: 'Mid-term evaluation' },
  final: { zh: kindTitles.final, en: 'Final evaluation' },
};

/** The evaluation at a glance: verdict, index, counts, and the main indicators. */
export const indexPage = ({ content, overview }: PublicSite): Page => ({
  path: 'index.html',
  title: (speech) =>
    speech.say({
      zh: `${speech.period(overview.period)}${kindNames[content.kind].zh.replace('评估报告', '评估')}`,
      en: `${kindNames[content.kind].en}, ${speech.period(overview.period)}`,
    }),
  content: (context) => [
    verdict(context),
    headline(context),
    facts(context),
    indicatorTable(context),
    unitTable(context),
    conclusions(context),
    surveys(context),
  ],
});

/** The sentence goes on where the last piece ended: in Chinese there is no space between words. */
function verdict({ site, speech }: PageContext): Html {
  const { overview, content, subject } = site;
  const [day, period] = [speech.moment(content.asOf), speech.period(overview.period)];
  const { zh, en } = overallWords[site.verdict];
  const pieces =
    speech.language === 'en'
      ? [`As known by ${day}, the implementation of the plan in `, speech.name(subject.top), ` ${en} (${period}).`]
      : [`按截至${day}所知，${period}`, speech.name(subject.top), `的规划实施${zh}。`];
  return html`<p class="verdict">${pieces}</p> `;
}

function headline({ site, speech }: PageContext): Html {
  const { subject, rows, hiddenIndicators } = site;
  const { index } = subject;
  const tally = grouped(rows, statusOrder, ({ assessment }) => assessment.status);
  const shown = speech.say({ zh: '公开的主要指标', en: 'Public main indicators' });
  return html`<div class="headline">
      <div class="index">
        <b>${score(index?.value)}${demoFlag(speech, site.demo && index?.value !== undefined)}</b>
        <span>${speech.say({ zh: '综合指数（满分 100）', en: 'Composite index (of 100)' })}</span>
        <span>${speech.say({ zh: '覆盖率', en: 'Coverage' })} ${percent(index?.coverage)}</span>
      </div>
      <ul class="tally" aria-label="${shown}">
        ${tally.map(
          ([status, found]) =>
            html`<li>
              <span class="chip ${found[0]!.assessment.light}"
                ><i aria-hidden="true">${shapes[found[0]!.assessment.light]}</i>${speech.say(statusWords[status])}</span
              ><b>${found.length}</b>
            </li> `,
        )}
      </ul>
    </div>
    ${
      hiddenIndicators > 0 &&
      html`<p class="note">
        ${speech.say({
          zh: `另有 ${hiddenIndicators} 项主要指标不公开；总体判断和综合指数按全部主要指标作出。`,
          en: `${hiddenIndicators} more main indicators are not public. The overall verdict and the index rest on all of them.`,
        })}
      </p> `
    }`;
}

function facts({ site, speech }: PageContext): Html {
  const { evaluation, overview, content, plan } = site;
  const { approval } = plan;
  const text = (given: string | undefined) => given !== undefined && speech.chinese(given);
  return factsOf([
    [speech.say({ zh: '评估', en: 'Evaluation' }), [text(content.title), speech.aside(evaluation.id)]],
    [
      speech.say({ zh: '规划批准', en: 'Plan approved by' }),
      approval && text([approval.approvedBy, approval.documentNumber].filter(Boolean).join(' ')),
    ],
    [speech.say({ zh: '评估依据', en: 'Basis' }), text(evaluation.basis)],
    [speech.say({ zh: '评估单位', en: 'Evaluator' }), text(evaluation.evaluator)],
    [speech.say({ zh: '评估期间', en: 'Period' }), speech.period(overview.period)],
    [speech.say({ zh: '基期', en: 'Base period' }), speech.period(overview.plan.baseline)],
    [
      speech.say({ zh: '数据截至', en: 'Data as known by' }),
      [speech.moment(content.asOf), speech.aside(overview.plan.timeZone)],
    ],
    [
      speech.say({ zh: '发布', en: 'Published' }),
      evaluation.publishedAt !== undefined && speech.moment(evaluation.publishedAt),
    ],
  ]);
}

function indicatorTable({ site, speech, to }: PageContext): Printable {
  const { overview, rows } = site;
  if (rows.length === 0) return undefined;
  const areas = overview.areas.map((area) => ({
    name: speech.name(area),
    rows: rows.filter(({ row }) => row.area === area.code),
  }));
  const rest = rows.filter(({ row }) => !overview.areas.some(({ code }) => code === row.area));
  const columns: SiteColumn<TopRow>[] = [
    {
      head: speech.say({ zh: '指标', en: 'Indicator' }),
      of: ({ row }) =>
        html`<a href="${to(`indicators/${row.code}.html`)}">${row.code} ${speech.name(row)}</a>
          <small>${speech.text(row.definition.unitOfMeasure)} · ${speech.say(attributes[row.attribute])}</small>`,
    },
    {
      head: [speech.say({ zh: '基期', en: 'Base' }), html`<br />`, overview.plan.baseline],
      number: true,
      of: ({ cell }) => valueOf(speech, cell.base),
    },
    {
      head: [speech.say({ zh: '本期', en: 'Value' }), html`<br />`, overview.period],
      number: true,
      of: ({ cell }) => valueOf(speech, cell.value),
    },
    {
      head: [speech.say({ zh: '目标', en: 'Target' }), html`<br />`, String(overview.plan.endYear)],
      number: true,
      of: ({ row, cell }) => targetOf(speech, row, cell.targets.at(-1)),
    },
    { head: speech.say({ zh: '判断', en: 'Status' }), of: ({ assessment }) => statusMark(speech, assessment) },
  ];
  return [
    html`<h2>${speech.say({ zh: '主要指标', en: 'Main indicators' })}</h2> `,
    tableOf({
      caption: speech.say({ zh: '主要指标进展情况', en: 'Progress of the main indicators' }),
      columns,
      groups: [...areas, { rows: rest }].filter((group) => group.rows.length > 0),
    }),
    html`<p class="note">
      ${speech.say({
        zh: '方括号内的目标为规划期累计数。●绿灯 ▲黄灯 ■红灯 ○灰灯（无法判断）。',
        en: 'Targets in brackets are totals over the plan. ● green ▲ yellow ■ red ○ grey (cannot be judged).',
      })}
    </p> `,
  ];
}

/** The index of each unit below, where that is public. */
function unitTable({ site, speech }: PageContext): Printable {
  const { indexes, overview } = site.subject;
  if (indexes.length === 0) return undefined;
  return [
    html`<h2>${speech.say({ zh: '各单位', en: 'Units' })}</h2> `,
    tableOf({
      caption: speech.say({ zh: '各单位综合指数', en: 'Composite index of each unit' }),
      columns: [
        {
          head: speech.say({ zh: '单位', en: 'Unit' }),
          of: ({ unit }) => speech.name(overview.units.find(({ code }) => code === unit) ?? { name: unit }),
        },
        {
          head: speech.say({ zh: '综合指数', en: 'Index' }),
          number: true,
          of: ({ index }) => [score(index.value), demoFlag(speech, site.demo && index.value !== undefined)],
        },
        {
          head: speech.say({ zh: '覆盖率', en: 'Coverage' }),
          number: true,
          of: ({ index }) => percent(index.coverage),
        },
      ],
      groups: [{ rows: indexes }],
    }),
  ];
}

function conclusions({ site, speech }: PageContext): Printable {
  const { evaluation, overview, entry } = site;
  const { items } = judgementOf(evaluation, judgedThings(overview), entry.number);
  const concluded = items.flatMap(({ name, conclusion }) => (conclusion ? [{ name, conclusion }] : []));
  if (concluded.length === 0) return undefined;
  return [
    html`<h2>${speech.say({ zh: '评估结论', en: 'Conclusions' })}</h2> `,
    tableOf({
      caption: speech.say({
        zh: '评估组的结论，与系统算得的结果并列，互不替代',
        en: 'Conclusions of the evaluation team, beside what was computed',
      }),
      columns: [
        { head: speech.say({ zh: '对象', en: 'About' }), of: ({ name }) => speech.chinese(name) },
        {
          head: speech.say({ zh: '结论', en: 'Conclusion' }),
          of: ({ conclusion }) => speech.chinese(conclusion.shown.word),
        },
        { head: speech.say({ zh: '理由', en: 'Grounds' }), of: ({ conclusion }) => speech.chinese(conclusion.ground) },
      ],
      groups: [{ rows: concluded }],
    }),
  ];
}

function surveys({ site, speech }: PageContext): Printable {
  const { evaluation, overview, entry } = site;
  const { surveys: found } = judgementOf(evaluation, judgedThings(overview), entry.number);
  if (found.length === 0) return undefined;
  return [
    html`<h2>${speech.say({ zh: '公众满意度', en: 'Satisfaction of the public' })}</h2> `,
    tableOf({
      caption: speech.say({ zh: '公众满意度调查', en: 'Surveys of satisfaction' }),
      columns: [
        { head: speech.say({ zh: '问题', en: 'Question' }), of: ({ question }) => speech.chinese(question) },
        { head: speech.say({ zh: '日期', en: 'Day' }), of: ({ on }) => on },
        { head: speech.say({ zh: '样本数', en: 'Sample' }), number: true, of: ({ n }) => n },
        {
          head: speech.say({ zh: '满意的占比', en: 'Satisfied' }),
          number: true,
          of: ({ share, margin, demo = false }) => [`${share}% ± ${margin}`, demoFlag(speech, demo)],
        },
        {
          head: speech.say({ zh: '对象', en: 'Population' }),
          of: ({ population }) => speech.chinese(population) || none,
        },
      ],
      groups: [{ rows: found }],
    }),
  ];
}
