import { Decimal, text } from '../assessment/decimals.js';
import type { ProjectNow, ProjectSums } from '../overview/programme/projects.js';
import { moneyUnit } from '../plans/money.js';
import {
  heading,
  lineBreak,
  paragraph,
  row,
  strong,
  table,
  type Blocks,
  type Column,
  type Line,
  type Table,
} from './model.js';
import { demoMark } from './marks.js';
import { kindOfKey, moneyWords, share, untilWords } from './programme-words.js';
import { isSilent } from './project-lists.js';
import { nameOf, type Subject } from './subject.js';
import { none, percent, signed } from './words.js';

/** 重大项目: counts and investment by class and unit, investment against time passed, and lists of flagged projects. */
export function projects(subject: Subject): Blocks {
  const { list, byUnit, byCategory } = subject.overview.programme.projects;
  if (list.length === 0) return undefined;
  const whole = list.filter((project) => project.package === undefined);
  return [
    paragraph(summary(subject), demoMark(list.some(({ demo }) => demo))),
    pace(subject),
    packages(subject),
    heading('分类别'),
    sums(
      subject,
      '重大项目分类别情况',
      '类别',
      byCategory.map((group) => ({
        name: kindOfKey(group.key),
        sums: group,
        of: whole.filter((project) => keyOf(project) === group.key),
      })),
    ),
    heading('分责任单位'),
    sums(
      subject,
      '重大项目分责任单位情况',
      '责任单位',
      [
        ...inOrder(subject, byUnit).map((group) => ({
          name: nameOf(subject, group.key),
          sums: group,
          of: whole.filter(({ unit }) => unit === group.key),
        })),
        ...(byUnit.length > 1
          ? [{ name: strong('合计'), sums: subject.overview.programme.projects.whole, of: whole }]
          : []),
      ],
      legend(subject),
    ),
    paragraph('须处理的项目见附件“重大项目分类清单”，各项目见附件“重大项目总表”。'),
  ];
}

const keyOf = (project: ProjectNow) => [project.class, project.category].filter(Boolean).join('/');

/** Orders groups by unit in the plan's order of units. */
function inOrder<Group extends { key: string }>({ overview }: Subject, groups: readonly Group[]): Group[] {
  const place = ({ key }: Group) => overview.units.findIndex(({ code }) => code === key);
  return groups.toSorted((a, b) => place(a) - place(b));
}

const hasParts = ({ overview }: Subject): boolean =>
  overview.programme.projects.list.some((project) => project.package !== undefined);

function summary(subject: Subject): string {
  const { whole, list } = subject.overview.programme.projects;
  const { count, started, completed, suspended, cancelled, judged, onSchedule, investment, invested } = whole;
  const plan = `规划的重大项目共 ${count} 个${hasParts(subject) ? '（打包项目按一项计）' : ''}，总投资 ${moneyWords(investment, moneyUnit(subject.overview.plan))}。`;
  if (isSilent(list)) {
    return `${plan}${untilWords(subject)}，没有收到任何项目的进展报告：以下只反映规划的安排，“未报开工”“逾期”指没有报告，不等于实际没有开工。`;
  }
  const money =
    invested !== undefined && hasInvested(list)
      ? `报告了投资的项目累计完成投资 ${moneyWords(invested, moneyUnit(subject.overview.plan))}，投资完成率 ${share(invested, investment)}。`
      : '没有项目报告投资。';
  const schedule =
    judged > 0
      ? `能够判断进度的 ${judged} 个项目中，达到序时进度的 ${onSchedule} 个，占 ${share(onSchedule, judged)}。`
      : '没有能够判断进度的项目。';
  return `${plan}${untilWords(subject)}，已开工 ${started} 个（开工率 ${share(started, count)}），其中竣工 ${completed} 个（竣工率 ${share(completed, count)}）；停工 ${suspended} 个，取消 ${cancelled} 个。${money}${schedule}`;
}

/** 投资完成率 against the share of time passed, for implementing projects (实施类). */
function pace(subject: Subject): Blocks {
  const own = subject.overview.programme.projects.list.filter(
    (project) => project.class === 'implementing' && project.package === undefined,
  );
  const { rate, time } = paceOf(own, totals(own));
  if (rate === undefined || time === undefined) return undefined;
  const lead = rate.minus(time);
  const side = lead.isNegative() ? '低于' : '高于';
  const words = lead.isZero() ? '与时间进度持平' : `${side}时间进度 ${percent(text(lead.abs())).slice(0, -1)} 个百分点`;
  return paragraph(
    `其中实施类项目 ${own.length} 个，投资完成率 ${percent(text(rate))}，时间进度 ${percent(text(time))}，投资${words}。`,
    demoMark(own.some(({ demo }) => demo)),
  );
}

const totals = (list: readonly ProjectNow[]) => ({
  investment: text(Decimal.sum(0, ...list.map(({ investment }) => investment))),
  ...(hasInvested(list) && { invested: text(Decimal.sum(0, ...list.map(({ invested }) => invested ?? 0))) }),
});

/** Whether any project has reported its investment. Without any report the sum is unknown, not 0. */
const hasInvested = (list: readonly ProjectNow[]): boolean => list.some(({ invested }) => invested !== undefined);

/** `rate`: Σ invested ÷ Σ investment. `time`: share of time passed, weighted by investment [ours]. Both in percent. */
function paceOf(list: readonly ProjectNow[], { investment, invested }: Pick<ProjectSums, 'investment' | 'invested'>) {
  const whole = new Decimal(investment);
  if (whole.isZero()) return {};
  const passed = list.map((project) => new Decimal(project.investment).times(project.scheduled));
  const rate = invested !== undefined && hasInvested(list) ? new Decimal(invested).div(whole).times(100) : undefined;
  return { rate, time: Decimal.sum(0, ...passed).div(whole) };
}

interface Summed {
  readonly name: Line;
  readonly sums: ProjectSums;
  readonly of: readonly ProjectNow[];
}

/** Counts and investment by what `head` names. */
function sums(subject: Subject, caption: string, head: string, lines: readonly Summed[], remark?: Line): Table {
  const demo = demoMark(subject.overview.programme.projects.list.some((project) => project.demo));
  const money = moneyUnit(subject.overview.plan);
  const columns: Column[] = [
    { head, width: '15%' },
    { head: '项目数', number: true },
    { head: ['总投资', lineBreak, `（${money}）`], number: true },
    { head: ['累计投资', lineBreak, `（${money}）`, demo], number: true },
    { head: ['投资完', lineBreak, '成率'], number: true },
    { head: ['时间', lineBreak, '进度'], number: true },
    { head: ['超前（+）', lineBreak, '滞后（−）'], number: true },
    { head: '开工', number: true },
    { head: '竣工', number: true },
    { head: '停工', number: true },
    { head: ['达到序时/', lineBreak, '可判断'], number: true },
  ];
  return table(
    caption,
    columns,
    lines.map(({ name, sums: of, of: list }) => {
      const { rate, time } = paceOf(list, of);
      return row(
        name,
        of.count,
        of.investment,
        hasInvested(list) ? of.invested : none,
        rate ? percent(text(rate)) : none,
        time ? percent(text(time)) : none,
        rate && time ? signed(text(rate.minus(time)), []) : none,
        of.started,
        of.completed,
        of.suspended,
        of.judged > 0 ? `${of.onSchedule}/${of.judged}` : none,
      );
    }),
    { look: ['figures'], note: remark },
  );
}

/** Table of sums with packages as one project and by parts. */
function packages(subject: Subject): Blocks {
  const { list, whole, byParts } = subject.overview.programme.projects;
  if (!hasParts(subject)) return undefined;
  const parents = new Set(list.flatMap((project) => project.package ?? []));
  const named = list
    .filter(({ id }) => parents.has(id))
    .map(({ id, name }) => {
      const parts = list.filter((project) => project.package === id);
      return `${id} ${name}（${parts.length} 个子项，合计 ${totals(parts).investment} ${moneyUnit(subject.overview.plan)}）`;
    });
  const partial = list.some(({ id, invested }) => {
    const parts = list.filter((project) => project.package === id);
    return invested !== undefined && parts.some((part) => part.invested === undefined);
  });
  return [
    heading('打包项目的两种计法'),
    sums(
      subject,
      '打包项目两种计法的对照',
      '计法',
      [
        { name: '打包项目按一项计', sums: whole, of: list.filter((project) => project.package === undefined) },
        { name: '按子项计', sums: byParts, of: list.filter(({ id }) => !parents.has(id)) },
      ],
      [
        `打包项目：${named.join('；')}。打包项目与其子项不重复相加；分类别、分单位的表按一项计，后面的清单中子项另列。`,
        partial && '有子项没有单独报告投资，按子项计的累计投资因此偏少。',
      ],
    ),
  ];
}

function legend({ overview }: Subject): Line {
  const { whole, list } = overview.programme.projects;
  const reported = list.filter((project) => project.package === undefined && project.invested !== undefined).length;
  return [
    `没有报告开工的列为“未报开工”，不等于实际没有开工；没有报告形象进度的不作判断。累计投资为报告了投资的 ${reported} 个项目之和，没有报告的以“—”表示。`,
    '时间进度为各项目自身工期中已过的份额，按总投资加权；超前（滞后）= 投资完成率 − 时间进度，单位为百分点。',
    '项目的判断另按形象进度与时间进度之差，用与指标相同的界线；谋划类项目开工之前、实施类项目未到开工年份的，不判断。',
    '以上为本系统的算法，不是官方标准。',
    whole.cancelled > 0 && `各数含已取消的 ${whole.cancelled} 个项目。`,
    '各项目见附件“重大项目总表”。',
  ];
}
