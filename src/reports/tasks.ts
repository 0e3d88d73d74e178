import type { TaskNow } from '../overview/programme/tasks.js';
import { taskStandingWords } from '../overview/programme/words.js';
import {
  beside,
  groupRow,
  heading,
  paragraph,
  row,
  strong,
  table,
  type Blocks,
  type Column,
  type Line,
  type Table,
} from './model.js';
import { demoMark, lightChip } from './marks.js';
import { linesWords, share, untilWords } from './programme-words.js';
import { unitOwner, type Subject } from './subject.js';
import { none, periodWords } from './words.js';

/** 重点任务: the qualitative tasks by action plan. */
export function tasks(subject: Subject): Blocks {
  const { list } = subject.overview.programme.tasks;
  if (list.length === 0) return undefined;
  return [
    paragraph(summary(subject), demoMark(list.some(({ demo }) => demo))),
    heading('分行动计划'),
    byActionPlan(subject),
    paragraph('各项进展见附件“重点任务逐项进展”。'),
  ];
}

/** 重点任务逐项进展. */
export const taskTable = (subject: Subject): Blocks =>
  subject.overview.programme.tasks.list.length > 0 && each(subject);

function summary(subject: Subject): string {
  const { list: all } = subject.overview.programme.tasks;
  const list = all.filter(({ standing }) => standing !== 'dropped');
  const dropped = all.length - list.length;
  const without = dropped > 0 ? `（另有 ${dropped} 项已取消，不计在内）` : '';
  const count = (test: (task: TaskNow) => boolean) => list.filter(test).length;
  const completed = count(({ standing }) => standing === 'completed');
  const undated = count(({ due }) => due === undefined);
  const overdue = count((task) => task.overdue);
  const late =
    undated === list.length
      ? '规划没有写明各项的期限，不判断逾期'
      : `${undated > 0 ? `规划写明期限的 ${list.length - undated} 项中，` : ''}逾期未完成 ${overdue} 项`;
  return `规划提出的、没有数值指标衡量的重点任务共 ${list.length} 项${without}。${untilWords(subject)}，已完成 ${completed} 项（${share(completed, list.length)}），推进中 ${count(({ standing }) => standing === 'under-way')} 项，未报进展 ${count(({ standing }) => standing === 'assigned')} 项；${late}。`;
}

/** Code and name of an action plan. */
function actionPlanWords({ overview }: Subject, code: string): string {
  if (code === '') return '不属于任何行动计划';
  const name = overview.programme.tasks.byActionPlan.find(({ actionPlan }) => actionPlan === code)?.name;
  return name === undefined ? code : `${code} ${name}`;
}

/** Groups by action plan in order of their codes; tasks without action plan come last. */
function groups({ overview }: Subject) {
  const { byActionPlan: found } = overview.programme.tasks;
  const ofNone = found.filter(({ actionPlan }) => actionPlan === '');
  return [...found.filter((group) => !ofNone.includes(group)), ...ofNone];
}

function byActionPlan(subject: Subject): Table {
  const { list } = subject.overview.programme.tasks;
  const demo = demoMark(list.some((task) => task.demo));
  const anyDropped = list.some(({ standing }) => standing === 'dropped');
  const columns: Column[] = [
    { head: '行动计划', width: '34%' },
    { head: '任务数', number: true },
    { head: ['已完成', demo], number: true },
    { head: ['完成率', demo], number: true },
    { head: ['推进中', demo], number: true },
    { head: ['未报进展', demo], number: true },
    { head: '其中逾期', number: true },
    ...(anyDropped ? [{ head: '另已取消', number: true }] : []),
  ];
  const found = groups(subject);
  const line = (name: Line, of: readonly (typeof found)[number][]) => {
    const sum = (key: 'count' | 'completed' | 'underWay' | 'overdue' | 'dropped') =>
      of.reduce((total, group) => total + (group[key] ?? 0), 0);
    const [count, completed, underWay] = [sum('count'), sum('completed'), sum('underWay')];
    const rest = count - completed - underWay;
    return row(
      ...[name, count, completed, share(completed, count), underWay, rest, sum('overdue')],
      ...(anyDropped ? [sum('dropped')] : []),
    );
  };
  return table('重点任务分行动计划情况', columns, [
    ...found.map((group) => line(actionPlanWords(subject, group.actionPlan), [group])),
    ...(found.length > 1 ? [line(strong('合计'), found)] : []),
  ]);
}

/** The responsible unit, if all tasks have the same one. */
function soleOwner(subject: Subject): string | undefined {
  const owners = new Set(subject.overview.programme.tasks.list.map(({ owner }) => owner));
  const [owner] = owners;
  return owners.size === 1 && owner !== undefined ? unitOwner(subject, owner) : undefined;
}

function each(subject: Subject): Table {
  const { list } = subject.overview.programme.tasks;
  const dated = list.some(({ due }) => due !== undefined);
  const sole = soleOwner(subject);
  const columns: (Column & { of: (task: TaskNow) => Line })[] = [
    { head: '编号', width: '7%', of: ({ id }) => id },
    {
      head: '任务',
      width: '32%',
      of: ({ title, note }) => [title, note !== undefined && beside(note)],
    },
    ...(sole !== undefined
      ? []
      : [{ head: '责任单位', width: '13%', of: ({ owner }: TaskNow) => (owner ? unitOwner(subject, owner) : none) }]),
    ...(dated ? [{ head: '期限', width: '9%', of: ({ due }: TaskNow) => (due ? periodWords(due) : none) }] : []),
    { head: '状态', width: '15%', of: standing },
    { head: '进展', of: progress },
    { head: '原文行', number: true, width: '8%', of: ({ line }) => linesWords(line === undefined ? [] : [line]) },
  ];
  return table(
    '重点任务逐项进展',
    columns,
    groups(subject).flatMap(({ actionPlan: code }) => [
      groupRow(actionPlanWords(subject, code)),
      ...list
        .filter(({ actionPlan = '' }) => actionPlan === code)
        .map((task) => row(...columns.map(({ of }) => of(task)))),
    ]),
    {
      note: [
        '“进展”为截至该日最近一次报告；“未报进展”不等于没有进展。“原文行”为规划文本的行号。',
        sole !== undefined && `责任单位均为${sole}。`,
      ],
    },
  );
}

function standing(task: TaskNow): Line {
  const word = taskStandingWords[task.standing];
  const mark = demoMark(task.demo);
  if (task.standing === 'completed') return [lightChip('green', word), mark];
  return [task.overdue ? lightChip('red', `${word}，逾期`) : word, mark];
}

function progress({ on, text, percent, standing: at }: TaskNow): Line {
  if (on === undefined) return none;
  const far = at === 'completed' || percent === undefined ? '' : `；完成程度 ${percent}%`;
  return [text ?? none, beside(on, far)];
}
