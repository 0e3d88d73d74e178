import type { PublicPart } from '../plans/publication.js';
import { chaptersAsHtml } from '../reports/html-report.js';
import { html } from '../reports/markup.js';
import { snapshotReport } from '../reports/snapshot-report.js';
import type { Page } from './page.js';
import type { PublicSite } from './public-site.js';
import { words } from './words.js';

/** Chapters of the report that are public in any case. */
const always = ['indicators', 'indicator-details', 'definitions', 'rules', 'assumptions'];

/** Chapters that are public with a part. What is not named here is in no public report. */
const withPart: Readonly<Record<PublicPart, readonly string[]>> = {
  judgements: ['judged'],
  satisfaction: ['judged'],
  findings: ['issues', 'lessons', 'recommendations', 'adjustments'],
  units: ['units', 'figures'],
  projects: ['projects', 'project-lists', 'project-table'],
  tasks: ['tasks', 'task-table'],
  policies: ['policies', 'policy-table', 'cited-policies'],
  promises: ['promises', 'other-promises', 'promise-table'],
};

/** The overall chapter judges by all indicators that it has: it is left out where some are not public. */
const chaptersOf = ({ publication, hiddenIndicators }: PublicSite): string[] => [
  ...(hiddenIndicators > 0 ? [] : ['overall']),
  ...always,
  ...publication.parts.flatMap((part) => withPart[part]),
];

/** The report of what is public. It is in Chinese; on an English page its names are in English where the plan has them. */
export const reportPage: Page = {
  path: 'report.html',
  title: (speech) => speech.say(words.report),
  content({ site, speech }) {
    const language = speech.language === 'zh-CN' ? undefined : speech.language;
    const report = snapshotReport(site.content, site.evaluation, site.entry, language, chaptersOf(site));
    const { contents, chapters } = chaptersAsHtml(report);
    return [
      html`<p class="note">
        ${speech.say({
          zh: '本报告只含公开的部分，由评估存档写成。',
          en: 'This report has the public parts only. It is written from the evaluation snapshot, in Chinese.',
        })}
      </p> `,
      html`<article lang="zh-CN">${contents} ${chapters}</article> `,
    ];
  },
};
