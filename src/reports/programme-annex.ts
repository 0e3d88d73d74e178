import type { ProjectNow } from '../overview/programme/projects.js';
import { moneyUnit } from '../plans/money.js';
import { standingWords } from '../projects/project.decider.js';
import {
  beside,
  groupRow,
  lineBreak,
  paragraph,
  row,
  table,
  type Blocks,
  type Column,
  type Line,
  type Row,
} from './model.js';
import { demoMark } from './marks.js';
import { kindOfProject, levelWords, linesWords, spanWords } from './programme-words.js';
import { investedText, judgementChip, titled, worksText } from './project-lists.js';
import { actualText, periodText, promiseText, stateChip, targetText } from './promises.js';
import { nameOf, type Subject } from './subject.js';
import { none, percent, periodWords, signed } from './words.js';

type Field<Thing> = Column & { readonly of: (thing: Thing) => Line };

const rowOf = <Thing>(columns: readonly Field<Thing>[], thing: Thing): Row =>
  row(...columns.map(({ of }) => of(thing)));

const line = ({ line: at }: { readonly line?: number }): string => linesWords(at === undefined ? [] : [at]);

/** 重大项目总表. */
export function projectTable(subject: Subject): Blocks {
  const { list } = subject.overview.programme.projects;
  if (list.length === 0) return undefined;
  const money = moneyUnit(subject.overview.plan);
  const columns: Field<ProjectNow>[] = [
    { head: '项目', width: '19%', of: titled },
    { head: '建设单位', width: '12%', of: builder },
    { head: '类别', width: '8.5%', of: (project) => kindOfProject(project) },
    { head: '工期', width: '9%', of: span },
    { head: ['总投资', lineBreak, `（${money}）`], number: true, of: ({ investment }) => investment },
    { head: ['累计投资', lineBreak, `（${money}）`], number: true, of: investedText },
    { head: ['投资', lineBreak, '完成率'], number: true, of: ({ investmentRate }) => percent(investmentRate) },
    { head: ['形象', lineBreak, '进度'], number: true, of: (project) => (project.percent ? worksText(project) : none) },
    { head: ['时间', lineBreak, '进度'], number: true, of: ({ scheduled }) => percent(scheduled) },
    {
      ...{ head: ['超前（+）', lineBreak, '滞后（−）'], number: true },
      of: ({ lead }) => signed(lead, subject.leadBounds),
    },
    { head: '状态', width: '7%', of: standing },
    { head: '判断', width: '9%', of: judgementChip },
    { head: ['原文', lineBreak, '行'], number: true, of: line },
  ];
  const units = subject.overview.units.filter(({ code }) => list.some(({ unit }) => unit === code));
  return table(
    '重大项目投资、进度和判断',
    columns,
    units.flatMap(({ code, name }) => {
      const own = list.filter(({ unit }) => unit === code);
      return [groupRow(`${name}（${own.length} 个）`), ...own.map((project) => rowOf(columns, project))];
    }),
    { note: readingWords },
  );
}

const readingWords =
  '时间进度为该项目工期中已过的份额；超前（滞后）= 形象进度 − 时间进度，单位为百分点。“状态”下的日期，竣工的为竣工日，其余为开工日。“不判断”：已取消、谋划类尚未开工、实施类未到开工年份。打包项目的子项列在其后，与打包项目不重复相加。规划原文的数与读法不同的，见下一附件。';

const builder = ({ builder: by, builderPending }: ProjectNow): Line => {
  if (by === undefined) return builderPending ? '待定' : none;
  return [by, builderPending && beside('待定')];
};

const span = ({ plannedStart, plannedEnd, firstPlannedEnd, demo }: ProjectNow): Line => [
  spanWords(plannedStart, firstPlannedEnd ?? plannedEnd),
  firstPlannedEnd !== undefined && beside(`调整至 ${periodWords(plannedEnd)}`, demoMark(demo)),
];

const standing = ({ standing: at, startedOn, completedOn, demo }: ProjectNow): Line => {
  const on = completedOn ?? startedOn;
  return [standingWords[at], demoMark(demo && at !== 'registered'), on !== undefined && beside(on)];
};

/** 重大项目的原文疑点与读法. */
export function projectOddities({ overview }: Subject): Blocks {
  const odd = overview.programme.projects.list.filter(
    ({ anomalies, reading }) => anomalies.length > 0 || reading !== undefined,
  );
  if (odd.length === 0) return undefined;
  const columns: Field<ProjectNow>[] = [
    { head: '项目', width: '24%', of: titled },
    { head: '原文写法', width: '18%', of: (project) => printed(project, moneyUnit(overview.plan)) },
    { head: '疑点', of: ({ anomalies }) => anomalies.join('；') || none },
    { head: '读法', width: '22%', of: ({ reading }) => reading ?? '照原文' },
    { head: '原文行', number: true, width: '8%', of: line },
  ];
  return [
    paragraph(
      '规划附表的各项照录；有疑点的，疑点和本报告的读法列于此处，原文没有改动。读法为本系统所定，不是规划原文。',
    ),
    table(
      '重大项目原文的疑点和读法',
      columns,
      odd.map((project) => rowOf(columns, project)),
    ),
  ];
}

const printed = ({ printed: { period, investment } }: ProjectNow, money: string): Line => {
  const texts = [
    period,
    investment !== undefined && (/^\d+$/.test(investment) ? `${investment} ${money}` : investment),
  ];
  return texts.filter(Boolean).join('；') || none;
};

/** 规划引用的政策: existing policies that the plan cites. */
export function citedPolicies({ overview }: Subject): Blocks {
  const { cited } = overview.programme.policies;
  if (cited.length === 0) return undefined;
  const columns: Field<(typeof cited)[number]>[] = [
    { head: '编号', width: '8%', of: ({ id }) => id },
    { head: '政策', width: '40%', of: ({ name, note }) => [name, note !== undefined && beside(note)] },
    { head: '种类', width: '11%', of: ({ type }) => type ?? none },
    { head: '层级', width: '8%', of: ({ level }) => (level === undefined ? none : levelWords[level]) },
    { head: '在规划中', of: ({ role }) => role ?? none },
    { head: '原文行', number: true, width: '8%', of: line },
  ];
  return [
    paragraph('以下为规划所依据、落实或提到的已有政策，不在规划要制定、修订的政策之内，不跟踪其进展。'),
    table(
      '规划引用的已有政策',
      columns,
      cited.map((policy) => rowOf(columns, policy)),
    ),
  ];
}

/** 规划承诺总表. */
export function promiseTable(subject: Subject): Blocks {
  const { list } = subject.overview.programme.promises;
  if (list.length === 0) return undefined;
  const columns: Field<(typeof list)[number]>[] = [
    { head: '编号', width: '7%', of: ({ id }) => id },
    { head: '承诺', width: '38%', of: promiseText },
    { head: '衡量', width: '9%', of: ({ indicator, task }) => indicator ?? task ?? none },
    { head: '期限', width: '10%', of: periodText },
    { head: '应达', number: true, of: (promise) => targetText(subject, promise) },
    { head: '实际', number: true, of: (promise) => actualText(subject, promise) },
    { head: '情况', width: '13%', of: stateChip },
    { head: ['原文', lineBreak, '行'], number: true, width: '6%', of: line },
  ];
  return table(
    '规划文本的承诺',
    columns,
    list.map((promise) => rowOf(columns, promise)),
    {
      look: ['figures'],
      note: `“衡量”为判断所依据的指标或任务的编号；“应达”“实际”为${nameOf(subject, subject.top.code)}的数，单位以所依据的指标为准，与承诺的措辞可以不同。`,
    },
  );
}
