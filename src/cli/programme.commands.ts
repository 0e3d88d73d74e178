import { Argument, type Command } from 'commander';
import type { OverviewNow } from '../overview/overview-later.js';
import type { FindingNow } from '../overview/programme/findings.js';
import type { Programme } from '../overview/programme/programme.js';
import {
  checkWords,
  findingStandingWords,
  policyTimelinessWords,
  promiseStateWords,
  severityWords,
  taskStandingWords,
} from '../overview/programme/words.js';
import { statusWords } from '../assessment/words.js';
import { unitOf } from '../plans/lookup.js';
import { moneyUnit } from '../plans/money.js';
import { policyWords } from '../policies/policy.decider.js';
import { standingWords } from '../projects/project.decider.js';
import { path } from './connection.js';
import { momentText, percent, points, table } from './output.js';
import { UsageError, withConnection, type Session } from './session.js';
import { acceptedLines, listSubmissions, submissionsOf } from './submissions.list.js';

/** The command that lists projects, policies, tasks and the rest of a plan. */
export function programmeCommands(program: Command): void {
  const lists = [...Object.keys(tables), 'submissions'];
  program
    .command('list')
    .description('规划任务目标、项目、政策、任务、问题、自动核查和装载记录，按某日掌握的数据')
    .addArgument(new Argument('<什么>', lists.join(' | ')).choices(lists))
    .option('--plan <规划>')
    .option('--period <期间>', '如 2022；不填即有数据的最近一期')
    .option('--as-of <日期>', '按该日掌握的数据')
    .option('--unit <单位>', '只看该单位的项目')
    .action(
      withConnection<ListOptions>(async (session, options, what) =>
        what === 'submissions'
          ? listSubmissions(session, await session.planOf(options.plan))
          : list(session, options, what as keyof typeof tables),
      ),
    );
}

type FindingHandling = Pick<FindingNow, 'standing' | 'overdueDays' | 'because' | 'closed' | 'steps' | 'answers'>;

interface ListOptions {
  readonly plan?: string;
  readonly period?: string;
  readonly asOf?: string;
  readonly unit?: string;
}

async function list({ api, print, planOf }: Session, options: ListOptions, what: keyof typeof tables): Promise<void> {
  const plan = await planOf(options.plan);
  const { period, asOf, unit } = options;
  if (unit !== undefined && what !== 'projects') throw new UsageError('--unit 只用于 list projects');
  const overview = await api.get<OverviewNow>(`${path('plans', plan)}/overview`, { period, asOf });
  if (unit !== undefined) unitOf(overview, unit);
  const { programme } = overview;
  const at = overview.asOf
    ? `截至 ${momentText(overview.asOf, overview.plan.timeZone)} 掌握的数据`
    : '截至今日掌握的数据';
  // What the loader of a folder was warned of and accepted is no content of the plan.
  const accepted = what === 'findings' ? await submissionsOf(api, plan) : [];
  const shown = what === 'checks' ? programme.checks : what === 'findings' ? programme.findings : programme[what].list;
  print(shown, () =>
    [
      `${overview.plan.title}　${overview.period}　${at}${overview.demo ? '　【含示例数据】' : ''}`,
      ...tables[what](programme, moneyUnit(overview.plan), unit),
      ...acceptedLines(accepted, overview.plan.timeZone, overview.asOf),
    ].join('\n'),
  );
}

const investedText = ({ invested, reporting, count }: Programme['projects']['whole'], money: string) =>
  invested === undefined ? '没有项目报告投资' : `完成投资 ${invested} ${money}（${reporting}/${count} 个项目报告）`;

function handling({ standing, overdueDays, because, closed, steps = [], answers }: FindingHandling): string {
  const late = overdueDays === undefined ? '' : `（逾期 ${overdueDays} 天）`;
  const said = because ?? closed?.text ?? steps.findLast(({ text }) => text)?.text ?? answers.at(-1)?.text;
  return [`${findingStandingWords[standing]}${late}`, said].filter(Boolean).join('：');
}

const mark = (demo: boolean) => (demo ? ' 示例' : '');

const tables = {
  promises: ({ promises }: Programme) => [
    Object.entries(promises.counts)
      .map(([state, count]) => `${promiseStateWords[state as keyof typeof promises.counts]} ${count}`)
      .join(' · '),
    table(
      ['号', '规划任务目标', '期限', '任务目标值', '现定目标', '现值', '状态', '行'],
      promises.list.map(
        ({ id, statement, period, comparator = '', value, unitOfMeasure = '', target, revisedFrom, ...now }) => [
          id,
          statement,
          period ?? '—',
          value === undefined ? '—' : `${comparator}${value}${unitOfMeasure}`,
          `${target ?? '—'}${revisedFrom === undefined ? '' : `（原 ${revisedFrom}）`}`,
          now.shown === undefined ? '—' : `${now.shown}${mark(now.demo)}`,
          `${promiseStateWords[now.state]}${now.because === undefined ? '' : `（${now.because}）`}`,
          now.line === undefined ? '' : String(now.line),
        ],
      ),
      ['任务目标值', '现定目标', '现值', '行'],
    ),
  ],
  projects: ({ projects, until }: Programme, money: string, unit?: string) => [
    `截至 ${until}：${projects.whole.count} 个项目，总投资 ${projects.whole.investment} ${money}，${investedText(projects.whole, money)}；开工 ${projects.whole.started}，竣工 ${projects.whole.completed}，达到序时进度 ${projects.whole.onSchedule}/${projects.whole.judged}；按子项计 ${projects.byParts.count} 个，${projects.byParts.investment} ${money}`,
    table(
      ['号', '项目', '单位', '工期', '总投资', '完成投资', '投资率', '形象', '序时', '超前', '状态', '判断'],
      projects.list
        .filter((project) => unit === undefined || project.unit === unit)
        .map((project) => [
          project.id,
          project.name,
          project.unit,
          `${project.plannedStart}–${project.plannedEnd}`,
          project.investment,
          project.invested === undefined ? '—' : `${project.invested}${mark(project.demo)}`,
          percent(project.investmentRate),
          percent(project.percent),
          percent(project.scheduled),
          points(project.lead),
          standingWords[project.standing],
          statusWords[project.status].zh,
        ]),
      ['总投资', '完成投资', '投资率', '形象', '序时', '超前'],
    ),
  ],
  policies: ({ policies }: Programme) => [
    `计划 ${policies.counts.planned}，已印发 ${policies.counts.issued}（按期 ${policies.counts['on-time'] + policies.counts.early}，逾期印发 ${policies.counts.late}），逾期未出 ${policies.counts.overdue}，不再制定 ${policies.counts.dropped}；另引用已有政策 ${policies.cited.length} 件`,
    table(
      ['号', '政策', '计划', '状态', '印发', '文号', '时效'],
      policies.list.map(({ id, name, printedDate, due, standing, issuedOn, documentNumber, timeliness, demo }) => [
        id,
        name,
        printedDate ?? due ?? '—',
        policyWords[standing],
        issuedOn ?? '—',
        documentNumber ? `${documentNumber}${mark(demo)}` : '—',
        policyTimelinessWords[timeliness],
      ]),
    ),
  ],
  tasks: ({ tasks }: Programme) => [
    table(
      ['号', '任务', '计划', '期限', '状态', '进展', '说明'],
      tasks.list.map(({ id, title, actionPlan, due, standing, overdue, percent: share, text, demo }) => [
        id,
        title,
        actionPlan ?? '—',
        due ?? '—',
        `${taskStandingWords[standing]}${overdue ? '（逾期）' : ''}`,
        share === undefined ? '—' : `${share}%`,
        text ? `${text}${mark(demo)}` : '—',
      ]),
      ['进展'],
    ),
  ],
  findings: ({ findings }: Programme) => [
    table(
      ['号', '轻重', '对象', '问题', '行', '整改单位', '期限', '处理'],
      findings.map(({ id, severity, subjectType, subject, title, lines, owner = '', dueOn = '', ...finding }) => [
        id,
        severityWords[severity],
        subject ?? subjectType,
        title,
        lines.join('、'),
        owner,
        dueOn,
        handling(finding),
      ]),
    ),
  ],
  checks: ({ checks }: Programme) => [
    table(
      ['轻重', '核查', '对象', '单位', '发现'],
      checks.map(({ check, severity, subject, unit, text, demo }) => [
        severityWords[severity],
        checkWords[check],
        subject,
        unit ?? '',
        `${text}${mark(demo)}`,
      ]),
    ),
  ],
};
