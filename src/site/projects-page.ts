import type { Wording } from '../assessment/words.js';
import { statusWords } from '../assessment/words.js';
import type { ProjectNow } from '../overview/programme/projects.js';
import { moneyUnit } from '../plans/money.js';
import { shapes } from '../reports/marks.js';
import { html, type Html } from '../reports/markup.js';
import { kindOfProject } from '../reports/programme-words.js';
import { percent } from '../reports/words.js';
import { demoFlag, none, tableOf } from './parts.js';
import type { Page, PageContext } from './page.js';
import { standings, words } from './words.js';

/** The projects of the plan by unit; it is written where projects are public. */
export const projectsPage: Page = {
  path: 'projects.html',
  title: (speech) => speech.say(words.projects),
  content: (context) => [sums(context), list(context)],
};

const unitName = ({ site, speech }: PageContext, code: string): Html =>
  speech.name(site.overview.units.find((unit) => unit.code === code) ?? { name: code });

function sums(context: PageContext): Html {
  const { site, speech } = context;
  const { byUnit, whole } = site.overview.programme.projects;
  const money = moneyUnit(site.overview.plan);
  const say = (zh: string, en: string) => speech.say({ zh, en });
  const { units } = site.overview;
  const place = (key: string) => units.findIndex(({ code }) => code === key);
  const rows = byUnit.toSorted((a, b) => place(a.key) - place(b.key));
  return tableOf({
    caption: say(`重大项目分单位（金额单位：${money}）`, `Major projects by unit (money in ${money})`),
    columns: [
      {
        head: say('单位', 'Unit'),
        of: ({ key }) => (key === '' ? html`<strong>${say('合计', 'Total')}</strong>` : unitName(context, key)),
      },
      { head: say('项目数', 'Projects'), number: true, of: ({ count }) => count },
      { head: say('总投资', 'Investment'), number: true, of: ({ investment }) => investment },
      { head: say('累计投资', 'Invested'), number: true, of: ({ invested = none }) => invested },
      { head: say('开工', 'Started'), number: true, of: ({ started }) => started },
      { head: say('竣工', 'Completed'), number: true, of: ({ completed }) => completed },
    ],
    groups: [{ rows: [...rows, { key: '', ...whole }] }],
  });
}

function list(context: PageContext): Html {
  const { site, speech } = context;
  const { list: projects } = site.overview.programme.projects;
  const say = (zh: string, en: string) => speech.say({ zh, en });
  const units = [...new Set(projects.map(({ unit }) => unit))];
  return tableOf<ProjectNow>({
    caption: say('各项目', 'Projects'),
    columns: [
      {
        head: say('项目', 'Project'),
        of: (project) =>
          html`${project.id} ${speech.text(project.name)}<small>${speech.chinese(kindOfProject(project))}</small>`,
      },
      {
        head: say('工期', 'Planned time'),
        of: ({ plannedStart, plannedEnd }) =>
          plannedStart === plannedEnd ? plannedEnd : `${plannedStart}–${plannedEnd}`,
      },
      { head: say('总投资', 'Investment'), number: true, of: ({ investment }) => investment },
      { head: say('状态', 'State'), of: ({ standing }) => speech.say(standings[standing]) },
      {
        head: say('形象进度', 'Progress'),
        number: true,
        of: ({ percent: works, demo }) => (works === undefined ? none : [percent(works), demoFlag(speech, demo)]),
      },
      {
        head: say('判断', 'Status'),
        of: ({ status, light }) =>
          status === 'not-applicable'
            ? speech.say(notJudged)
            : html`<span class="chip ${light}"
                ><i aria-hidden="true">${shapes[light]}</i>${speech.say(statusWords[status])}</span
              >`,
      },
    ],
    groups: units.map((unit) => ({
      name: unitName(context, unit),
      rows: projects.filter((project) => project.unit === unit),
    })),
  });
}

const notJudged: Wording = { zh: '不判断', en: 'not judged' };
