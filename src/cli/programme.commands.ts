import { Argument, type Command } from 'commander';
import type { OverviewNow } from '../overview/overview-later.js';
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
import type { CommandAnswer } from '../http/api-models.js';
import { unitOf } from '../plans/lookup.js';
import { policyWords } from '../policies/policy.decider.js';
import { standingWords } from '../projects/project.decider.js';
import { path } from './connection.js';
import { momentText, percent, points, table } from './output.js';
import { answerText, bodyOf, circumstances, type Circumstances } from './reporter.commands.js';
import { UsageError, withConnection, type Session } from './session.js';
import { acceptedLines, listSubmissions, submissionsOf } from './submissions.list.js';

/** An action that a reporter records: its sub-resource in the API, and the options that form the request body. */
interface Step {
  readonly resource: string | ((options: StepOptions) => string);
  readonly body: readonly BodyOption[];
}

interface StepOptions extends Circumstances {
  readonly on?: string;
  readonly percent?: string;
  readonly amount?: string;
  readonly text?: string;
  readonly documentNumber?: string;
  readonly revises?: string;
  readonly to?: string;
}

type BodyOption = Exclude<keyof StepOptions, keyof Circumstances>;

const optionOf: Readonly<Record<BodyOption, [string, string]>> = {
  on: ['--on <日期>', '事情发生之日，如 2022-06-30'],
  percent: ['--percent <百分比>', '形象进度或任务进展'],
  amount: ['--amount <万元>', '累计投资'],
  text: ['--text <说明>', '进展、成果或答复'],
  documentNumber: ['--document-number <文号>', '印发或修订的文号'],
  revises: ['--revises <原件>', '所修订的文件或文号'],
  to: ['--to <期间>', '新的期限，如 2024-06'],
};

/** A kind of thing whose progress is recorded, with its command and its actions. */
interface TrackedThing {
  readonly command: string;
  readonly resource: string;
  readonly description: string;
  readonly steps: Readonly<Record<string, Step>>;
}

const trackedThings: readonly TrackedThing[] = [
  {
    command: 'project',
    resource: 'projects',
    description: '登记项目的进展：开工、形象进度、投资、工期调整、停工、复工、竣工、取消',
    steps: {
      start: { resource: 'start', body: ['on'] },
      progress: { resource: 'progress', body: ['on', 'percent', 'text'] },
      invest: { resource: 'investments', body: ['on', 'amount'] },
      'correct-investment': { resource: ({ on = '' }) => `investments/${on}/corrections`, body: ['on', 'amount'] },
      reschedule: { resource: 'reschedulings', body: ['to'] },
      suspend: { resource: 'suspension', body: ['on'] },
      resume: { resource: 'resumption', body: ['on'] },
      complete: { resource: 'completion', body: ['on'] },
      cancel: { resource: 'cancellation', body: ['on'] },
    },
  },
  {
    command: 'policy',
    resource: 'policies',
    description: '登记政策的进展：起草、印发、修订、推迟、不再制定、废止',
    steps: {
      draft: { resource: 'draft', body: ['on'] },
      issue: { resource: 'issue', body: ['on', 'documentNumber', 'revises'] },
      revise: { resource: 'revisions', body: ['on', 'documentNumber', 'revises'] },
      postpone: { resource: 'postponements', body: ['to'] },
      drop: { resource: 'dropping', body: ['on'] },
      repeal: { resource: 'repeal', body: ['on'] },
    },
  },
  {
    command: 'task',
    resource: 'tasks',
    description: '登记任务的进展、完成或重启',
    steps: {
      progress: { resource: 'progress', body: ['on', 'percent', 'text'] },
      complete: { resource: 'completion', body: ['on', 'text'] },
      reopen: { resource: 'reopening', body: ['on'] },
    },
  },
  {
    command: 'finding',
    resource: 'findings',
    description: '答复或办结一个问题',
    steps: {
      answer: { resource: 'answers', body: ['on', 'text'] },
      close: { resource: 'closing', body: ['on', 'text'] },
    },
  },
];

/** Commands that record the progress of projects, policies, tasks and findings, and that list them. */
export function programmeCommands(program: Command): void {
  for (const thing of trackedThings) {
    const steps = Object.keys(thing.steps);
    const command = circumstances(
      program
        .command(thing.command)
        .description(thing.description)
        .addArgument(new Argument('<动作>', steps.join(' | ')).choices(steps))
        .argument('<编号>'),
    );
    const options = new Set(Object.values(thing.steps).flatMap(({ body }) => body));
    for (const name of options) command.option(...optionOf[name]);
    command.action(
      withConnection<StepOptions>((session, options, step, id) => report(session, options, thing, step, id)),
    );
  }

  const lists = [...Object.keys(tables), 'submissions'];
  program
    .command('list')
    .description('规划的承诺、项目、政策、任务、问题、自动核查和装载记录，按某日所知')
    .addArgument(new Argument('<什么>', lists.join(' | ')).choices(lists))
    .option('--plan <规划>')
    .option('--period <期间>', '如 2022；不填即有数据的最近一期')
    .option('--as-of <日期>', '按该日所知')
    .option('--unit <单位>', '只看该单位的项目')
    .action(
      withConnection<ListOptions>(async (session, options, what) =>
        what === 'submissions'
          ? listSubmissions(session, await session.planOf(options.plan))
          : list(session, options, what as keyof typeof tables),
      ),
    );
}

async function report(
  { api, print, planOf }: Session,
  options: StepOptions,
  { resource, steps }: TrackedThing,
  name: string,
  id: string,
): Promise<void> {
  const plan = await planOf(options.plan);
  const step = steps[name]!;
  const subResource = typeof step.resource === 'string' ? step.resource : step.resource(options);
  const given = Object.fromEntries(step.body.map((option) => [option, options[option]]));
  // Options have the names of the API's fields, except that `--to` of a rescheduling is `plannedEnd`.
  const body = name === 'reschedule' ? { plannedEnd: options.to } : given;
  const answer = await api.post<CommandAnswer>(path('plans', plan, resource, id, ...subResource.split('/')), {
    ...body,
    ...bodyOf(options),
  });
  print(answer, () => answerText(answer));
}

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
  const at = overview.asOf ? `截至 ${momentText(overview.asOf, overview.plan.timeZone)} 所知` : '截至今日所知';
  // What the loader of a folder was warned of and accepted is no content of the plan.
  const accepted = what === 'findings' ? await submissionsOf(api, plan) : [];
  const shown = what === 'checks' ? programme.checks : what === 'findings' ? programme.findings : programme[what].list;
  print(shown, () =>
    [
      `${overview.plan.title}　${overview.period}　${at}${overview.demo ? '　【含示例数据】' : ''}`,
      ...tables[what](programme, unit),
      ...acceptedLines(accepted, overview.plan.timeZone, overview.asOf),
    ].join('\n'),
  );
}

const investedText = ({ invested, reporting, count }: Programme['projects']['whole']) =>
  invested === undefined ? '没有项目报告投资' : `完成投资 ${invested} 万元（${reporting}/${count} 个项目报告）`;

const mark = (demo: boolean) => (demo ? ' 示例' : '');

const tables = {
  promises: ({ promises }: Programme) => [
    Object.entries(promises.counts)
      .map(([state, count]) => `${promiseStateWords[state as keyof typeof promises.counts]} ${count}`)
      .join(' · '),
    table(
      ['号', '承诺', '期限', '承诺值', '现定目标', '现值', '状态', '行'],
      promises.list.map(
        ({ id, statement, period, comparator = '', value, unitOfMeasure = '', target, revisedFrom, ...now }) => [
          id,
          statement,
          period ?? '—',
          value === undefined ? '—' : `${comparator}${value}${unitOfMeasure}`,
          `${target ?? '—'}${revisedFrom === undefined ? '' : `（原 ${revisedFrom}）`}`,
          now.shown === undefined ? '—' : `${now.shown}${mark(now.demo)}`,
          promiseStateWords[now.state],
          now.line === undefined ? '' : String(now.line),
        ],
      ),
      ['承诺值', '现定目标', '现值', '行'],
    ),
  ],
  projects: ({ projects, until }: Programme, unit?: string) => [
    `截至 ${until}：${projects.whole.count} 个项目，总投资 ${projects.whole.investment} 万元，${investedText(projects.whole)}；开工 ${projects.whole.started}，竣工 ${projects.whole.completed}，达到序时进度 ${projects.whole.onSchedule}/${projects.whole.judged}；按子项计 ${projects.byParts.count} 个，${projects.byParts.investment} 万元`,
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
      ['号', '轻重', '对象', '问题', '行', '处理'],
      findings.map(({ id, severity, subjectType, subject, title, lines, standing, closed, answers }) => [
        id,
        severityWords[severity],
        subject ?? subjectType,
        title,
        lines.join('、'),
        [findingStandingWords[standing], (closed ?? answers.at(-1))?.text].filter(Boolean).join('：'),
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
