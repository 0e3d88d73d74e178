import type { ProjectFlag } from '../overview/programme/projects.js';
import { projectFlagWords } from '../overview/programme/words.js';
import { heading, note, paragraph, row, table, type Blocks, type Column, type Line } from './model.js';
import { demoMark } from './marks.js';
import { share, untilWords } from './programme-words.js';
import { hasFlag, isBehind, isSilent } from './project-lists.js';
import type { Subject } from './subject.js';
import { none } from './words.js';

/** Summary table of tasks, projects, policies and promises: total, done, in progress, and overdue or behind. */
export function programmeSummary(subject: Subject): Blocks {
  const { tasks, projects, policies, promises } = subject.overview.programme;
  const parts = [
    { name: '重点任务', list: tasks.list },
    { name: '重大项目', list: projects.list },
    { name: '政策改革', list: policies.list },
    { name: '规划文本承诺', list: promises.list },
  ];
  const absentNames = parts.filter(({ list }) => list.length === 0).map(({ name }) => name);
  const absent =
    !subject.isPart &&
    absentNames.length > 0 &&
    note(`系统中没有登记本规划的${absentNames.join('、')}，本报告不设相应的章节。`);
  if (absentNames.length === parts.length) return absent;
  const columns: Column[] = [
    { head: '类别', width: '15%' },
    { head: '总数', number: true, width: '8%' },
    { head: '已完成', number: true, width: '12%' },
    { head: '占比', number: true, width: '9%' },
    { head: '进行中和未到期' },
    { head: '逾期、滞后和停止', width: '28%' },
  ];
  const lines = [taskLine(subject), projectLine(subject), policyLine(subject), promiseLine(subject)];
  return [
    heading('重点任务、项目、政策和承诺'),
    paragraph(`${untilWords(subject)}：`),
    table(
      '重点任务、项目、政策和承诺进展情况',
      columns,
      lines.flatMap((line) => (line ? [row(...line)] : [])),
    ),
    absent,
  ];
}

const many = (counts: readonly (readonly [word: string, count: number])[]): string =>
  counts
    .filter(([, count]) => count > 0)
    .map(([word, count]) => `${word} ${count}`)
    .join('，') || '无';

type Cells = readonly Line[] | undefined;

function taskLine({ overview }: Subject): Cells {
  const { list: all } = overview.programme.tasks;
  if (all.length === 0) return undefined;
  const list = all.filter(({ standing }) => standing !== 'dropped');
  const of = (standing: string) => list.filter((task) => task.standing === standing).length;
  return [
    '重点任务（项）',
    list.length,
    [`完成 ${of('completed')}`, demoMark(list.some(({ demo }) => demo))],
    share(of('completed'), list.length),
    many([
      ['推进中', of('under-way')],
      ['未报进展', of('assigned')],
    ]),
    many([
      ['逾期未完成', list.filter(({ overdue }) => overdue).length],
      ['取消', all.length - list.length],
    ]),
  ];
}

function projectLine({ overview }: Subject): Cells {
  const { list: all, whole } = overview.programme.projects;
  const list = all.filter((project) => project.package === undefined);
  if (list.length === 0) return undefined;
  const flagged = (flag: ProjectFlag): [string, number] => [projectFlagWords[flag], list.filter(hasFlag(flag)).length];
  return [
    '重大项目（个）',
    whole.count,
    ...(isSilent(all)
      ? [none, none, '没有收到进展报告']
      : [
          [`竣工 ${whole.completed}`, demoMark(all.some(({ demo }) => demo))],
          share(whole.completed, whole.count),
          many([
            ['在建', list.filter(({ standing }) => standing === 'started').length],
            ['未报开工', list.filter(({ standing }) => standing === 'registered').length],
          ]),
        ]),
    many([
      flagged('overdue'),
      flagged('start-overdue'),
      flagged('suspended'),
      ['其他滞后', list.filter(isBehind).length],
      flagged('money-ahead'),
      flagged('over-budget'),
      ['取消', whole.cancelled],
    ]),
  ];
}

function policyLine({ overview }: Subject): Cells {
  const { list, counts } = overview.programme.policies;
  if (list.length === 0) return undefined;
  const undated = list.filter(({ timeliness, issuedOn }) => timeliness === 'undated' && issuedOn === undefined).length;
  return [
    '政策改革（项）',
    counts.planned,
    [`印发 ${counts.issued}`, demoMark(list.some(({ demo }) => demo))],
    share(counts.issued, counts.planned),
    many([
      ['未到期', counts.pending],
      ['未定期限、尚未印发', undated],
    ]),
    many([
      ['逾期未出', counts.overdue],
      ['逾期印发', counts.late],
      ['不再制定', counts.dropped],
    ]),
  ];
}

function promiseLine({ overview }: Subject): Cells {
  const { list, counts } = overview.programme.promises;
  if (list.length === 0) return undefined;
  const { withdrawn = 0 } = counts;
  const judged = list.length - withdrawn;
  return [
    '规划承诺（条）',
    judged,
    [`兑现 ${counts.kept}`, demoMark(list.some(({ demo }) => demo))],
    share(counts.kept, judged),
    many([
      ['推进正常', counts['on-track']],
      ['基本正常', counts.roughly],
      ['未到评判时', counts.open],
      ['暂无数据', counts['no-data']],
    ]),
    many([
      ['未实现', counts['not-kept']],
      ['滞后', counts.behind],
      ['撤销', withdrawn],
    ]),
  ];
}
