import { Decimal, text } from '../assessment/decimals.js';
import type { ProjectFlag, ProjectNow } from '../overview/programme/projects.js';
import { projectFlagWords } from '../overview/programme/words.js';
import { statusWords } from '../assessment/words.js';
import { moneyUnit } from '../plans/money.js';
import {
  beside,
  heading,
  lineBreak,
  paragraph,
  row,
  table,
  type Block,
  type Blocks,
  type Column,
  type Line,
  type Table,
} from './model.js';
import { demoMark, lightChip } from './marks.js';
import { nameOf, type Subject } from './subject.js';
import { none, percent, periodWords, signed, withUnit } from './words.js';

type Field = Column & { readonly of: (project: ProjectNow) => Line };

interface ProjectList {
  readonly title: string;
  readonly test: (project: ProjectNow) => boolean;
  readonly fields: readonly Field[];
}

export const hasFlag =
  (flag: ProjectFlag) =>
  ({ flags }: ProjectNow): boolean =>
    flags.includes(flag);

/** Whether a project is behind without being listed as overdue, start-overdue or suspended. */
export const isBehind = ({ light, flags }: ProjectNow): boolean =>
  light === 'red' && !(['overdue', 'start-overdue', 'suspended'] as const).some((flag) => flags.includes(flag));

/** Whether nothing was reported about any of the projects. */
export const isSilent = (list: readonly ProjectNow[]): boolean =>
  list.every(({ standing, invested, percent: works }) => standing === 'registered' && invested === undefined && !works);

/** Physical progress for tables, or what was not reported. */
export function worksText({ percent: works, standing, demo }: ProjectNow): Line {
  if (works === undefined) return standing === 'registered' ? '未报开工' : '未报';
  return [withUnit(works, '%'), demoMark(demo)];
}

export const investedText = ({ invested, demo }: ProjectNow): Line =>
  invested === undefined ? none : [invested, demoMark(demo)];

/** The status, or 不判断 if the project is not judged. */
export const judgementChip = ({ light, status }: ProjectNow): Line =>
  status === 'not-applicable' ? '不判断' : lightChip(light, statusWords[status].zh);

function lists(subject: Subject): readonly ProjectList[] {
  const works: Field = { head: ['形象', lineBreak, '进度'], number: true, width: '9%', of: worksText };
  const money: Field = {
    head: ['投资', lineBreak, '完成率'],
    number: true,
    width: '9%',
    of: (project) => percent(project.investmentRate),
  };
  const end: Field = { head: '竣工期限', width: '12%', of: ({ plannedEnd }) => periodWords(plannedEnd) };
  const latestReport: Field = {
    head: '最近进展',
    of: ({ progressText, demo }) => progressText && [progressText, demoMark(demo)],
  };
  const lead: Field = {
    ...{ head: ['超前（+）', lineBreak, '滞后（−）'], number: true, width: '10%' },
    of: (project) => signed(project.lead, subject.leadBounds),
  };
  const moved: Field = { head: '工期调整的理由', of: (project) => project.rescheduledBecause ?? '没有报告理由' };
  const { moneyAhead } = subject.overview.rules.rules.projects;
  const unit = moneyUnit(subject.overview.plan);
  return [
    { title: projectFlagWords.overdue, test: hasFlag('overdue'), fields: [end, works, money, latestReport] },
    {
      title: projectFlagWords['start-overdue'],
      test: hasFlag('start-overdue'),
      fields: [
        { head: '计划开工', width: '14%', of: ({ plannedStart }) => periodWords(plannedStart) },
        end,
        { head: '时间进度', number: true, width: '12%', of: ({ scheduled }) => percent(scheduled) },
      ],
    },
    {
      title: projectFlagWords.suspended,
      test: hasFlag('suspended'),
      fields: [works, money, { head: '停工的理由', of: because }],
    },
    {
      title: '其他进度滞后（红灯）',
      test: isBehind,
      fields: [
        works,
        { head: ['时间', lineBreak, '进度'], number: true, width: '9%', of: ({ scheduled }) => percent(scheduled) },
        lead,
        { head: '判断', width: '14%', of: judgementChip },
        latestReport,
      ],
    },
    {
      title: '工期调整',
      test: ({ firstPlannedEnd }) => firstPlannedEnd !== undefined,
      fields: [
        {
          head: '原竣工期限',
          width: '12%',
          of: ({ firstPlannedEnd }) => firstPlannedEnd !== undefined && periodWords(firstPlannedEnd),
        },
        { ...end, head: '现竣工期限' },
        moved,
      ],
    },
    {
      title: `${projectFlagWords['money-ahead']}（投资完成率高于形象进度 ${moneyAhead} 个百分点及以上）`,
      test: hasFlag('money-ahead'),
      fields: [
        { head: ['总投资', lineBreak, `（${unit}）`], number: true, of: ({ investment }) => investment },
        { head: ['累计投资', lineBreak, `（${unit}）`], number: true, of: investedText },
        money,
        works,
        { head: ['相差', lineBreak, '（百分点）'], number: true, of: excess },
      ],
    },
    {
      title: projectFlagWords['over-budget'],
      test: hasFlag('over-budget'),
      fields: [
        { head: ['总投资', lineBreak, `（${unit}）`], number: true, of: ({ investment }) => investment },
        { head: ['累计投资', lineBreak, `（${unit}）`], number: true, of: investedText },
        money,
        works,
      ],
    },
    {
      title: '已取消',
      test: ({ standing }) => standing === 'cancelled',
      fields: [
        { head: ['总投资', lineBreak, `（${unit}）`], number: true, width: '12%', of: ({ investment }) => investment },
        { head: '取消的理由', of: because },
      ],
    },
  ];
}

const because = ({ because: why, demo }: ProjectNow): Line =>
  why === undefined ? '没有报告理由' : [why, demoMark(demo)];

const excess = ({ investmentRate, percent: works }: ProjectNow): string =>
  signed(investmentRate && works && text(new Decimal(investmentRate).minus(works)), []);

/** One table per situation (逾期, 停工, 滞后 …); empty situations are named in a sentence. */
export function projectLists(subject: Subject): Blocks {
  const { list } = subject.overview.programme.projects;
  if (list.length === 0) return undefined;
  const found = lists(subject).map((each) => ({ ...each, projects: list.filter(each.test) }));
  const empty = found.filter(({ projects }) => projects.length === 0).map(({ title }) => title);
  return [
    found
      .filter(({ projects }) => projects.length > 0)
      .map((each): Block[] => [heading(`${each.title}：${countWords(each.projects)}`), listed(subject, each)]),
    empty.length > 0 && paragraph(`没有以下情形的项目：${empty.join('；')}。`),
  ];
}

type Found = ProjectList & { readonly projects: readonly ProjectNow[] };

const countWords = (projects: readonly ProjectNow[]): string => {
  const parts = projects.filter((project) => project.package !== undefined).length;
  return `${projects.length} 个${parts > 0 ? `（含打包项目的子项 ${parts} 个）` : ''}`;
};

function listed(subject: Subject, { title, fields, projects }: Found): Table {
  const columns: Field[] = [
    { head: '项目', width: '30%', of: titled },
    { head: '责任单位', width: '12%', of: ({ unit }) => nameOf(subject, unit) },
    ...fields,
  ];
  return table(
    `${title}的重大项目`,
    columns,
    projects.map((project) => row(...columns.map(({ of }) => of(project) || none))),
    { look: projects.length > 6 ? ['flow'] : [] },
  );
}

/** A project's id and name; a part also shows its package. */
export const titled = ({ id, name, package: of }: ProjectNow): Line => [
  `${id} ${name}`,
  of !== undefined && beside(`${of} 的子项`),
];
