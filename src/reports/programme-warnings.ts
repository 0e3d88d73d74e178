import type { ProjectFlag } from '../overview/programme/projects.js';
import { projectFlagWords } from '../overview/programme/words.js';
import { heading, item, note, paragraph, row, table, type Blocks, type Column, type Line } from './model.js';
import { demoMark } from './marks.js';
import { hasFlag, isBehind } from './project-lists.js';
import { nameOf, type Subject } from './subject.js';
import { none } from './words.js';

/** 预警 for projects, tasks, policies and promises that are overdue, behind or broken. */
export function programmeWarnings(subject: Subject): Blocks {
  const { tasks, projects, policies, promises } = subject.overview.programme;
  const total = [tasks, projects, policies, promises].reduce((sum, { list }) => sum + list.length, 0);
  if (total === 0) return undefined;
  const flagged = (flag: ProjectFlag): [string, Line[]] => [
    `项目${projectFlagWords[flag]}`,
    projects.list
      .filter(hasFlag(flag))
      .map((each) => [`${each.id} ${each.name}（${nameOf(subject, each.unit)}）`, demoMark(each.demo)]),
  ];
  const behind = projects.list.filter(isBehind);
  // A promise that repeats a main indicator is covered by the warning for that indicator.
  const promised = (state: string) =>
    promises.list
      .filter((promise) => promise.state === state && !promise.repeats)
      .map(({ id, statement, demo }): Line => [`${id} ${statement}`, demoMark(demo)]);
  const groups: [string, Line[]][] = [
    flagged('overdue'),
    flagged('start-overdue'),
    flagged('suspended'),
    [
      '项目进度滞后',
      behind.map(({ id, name, unit, demo }) => [`${id} ${name}（${nameOf(subject, unit)}）`, demoMark(demo)]),
    ],
    flagged('money-ahead'),
    flagged('over-budget'),
    [
      '任务逾期',
      tasks.list.filter(({ overdue }) => overdue).map(({ id, title, demo }) => [`${id} ${title}`, demoMark(demo)]),
    ],
    [
      '政策逾期未出',
      policies.list
        .filter(({ timeliness }) => timeliness === 'overdue')
        .map(({ id, name, demo }) => [`${id} ${name}`, demoMark(demo)]),
    ],
    ['任务目标未实现', promised('not-kept')],
    ['承诺滞后', promised('behind')],
  ];
  const found = groups.filter(([, lines]) => lines.length > 0);
  if (found.length === 0) return [heading('项目、任务、政策和承诺'), paragraph('没有逾期、停工、滞后或未实现的。')];
  const columns: Column[] = [
    { head: '情形', width: '20%' },
    { head: '数量', number: true, width: '9%' },
    { head: '名称' },
  ];
  return [
    heading('项目、任务、政策和承诺'),
    table(
      '须处理的项目、任务、政策和承诺',
      columns,
      found.map(([word, lines]) =>
        row(
          word,
          lines.length,
          lines.map((line) => item(line)),
        ),
      ),
      { look: ['flow'] },
    ),
    note('理由和进展见各章。与主要指标重复的承诺，在上面的指标中预警，此处不列。'),
  ];
}

/** A unit's projects that are flagged or behind. */
export function projectDuties({ overview }: Subject, unit: string): string {
  const { list } = overview.programme.projects;
  return (
    list
      .filter((project) => project.unit === unit && (project.flags.length > 0 || isBehind(project)))
      .map((project) => {
        const words = project.flags.map((flag) => projectFlagWords[flag]);
        return `${project.id} ${project.name}（${[...words, ...(isBehind(project) ? ['滞后'] : [])].join('、')}）`;
      })
      .join('；') || (list.some((project) => project.unit === unit) ? '无' : none)
  );
}
