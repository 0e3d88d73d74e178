import { Decimal } from '../assessment/decimals.js';
import type { PolicyNow } from '../overview/programme/policies.js';
import type { ProjectNow } from '../overview/programme/projects.js';
import type { PromiseNow } from '../overview/programme/promises.js';
import type { FindingSubject } from '../findings/finding.events.js';
import type { Subject } from './subject.js';
import { momentWords, none, percent, periodWords } from './words.js';

const classWords: Readonly<Record<ProjectNow['class'], string>> = { implementing: '实施类', prospective: '谋划类' };
const categoryWords: Readonly<Record<NonNullable<ProjectNow['category']>, string>> = {
  continuing: '续建',
  new: '新建',
};

/** For example 实施类·续建. */
export const kindOfProject = (project: Pick<ProjectNow, 'class' | 'category'>): string =>
  [classWords[project.class], project.category && categoryWords[project.category]].filter(Boolean).join('·');

/** Like `kindOfProject`, from a group key such as `implementing/continuing`. */
export function kindOfKey(key: string): string {
  const [first, second] = key.split('/') as [ProjectNow['class'], ProjectNow['category']?];
  return kindOfProject({ class: first, ...(second && { category: second }) });
}

export const intentWords: Readonly<Record<PolicyNow['intent'], string>> = {
  new: '新制定',
  revision: '修订',
  unremarked: '附表未注明',
  announced: '仅见于正文',
};

export const levelWords: Readonly<Record<NonNullable<PolicyNow['level']>, string>> = {
  national: '国家',
  provincial: '省',
  municipal: '市',
  county: '县',
};

/** Strength of the commitment; undefined for `firm`. */
export const commitmentWords: Readonly<Record<PromiseNow['commitment'], string | undefined>> = {
  firm: undefined,
  strive: '力争',
  exploratory: '探索',
};

export const subjectWords: Readonly<Record<FindingSubject, string>> = {
  plan: '规划文本',
  indicator: '指标',
  project: '项目',
  policy: '政策',
  promise: '承诺',
  task: '任务',
};

const years = /^(?:FY)?(\d{4})$/;

/** 2021—2025年 · 2024年9月—2025年 · 2022年 · 2021—2025 财年. */
export function spanWords(from: string, to: string): string {
  if (from === to) return periodWords(to);
  const first = years.exec(from)?.[1];
  const isShort = first !== undefined && years.test(to) && from.length === to.length;
  return `${isShort ? first : periodWords(from)}—${periodWords(to)}`;
}

/** An amount for sentences; amounts in 万元 of at least 1 亿元 are shown in 亿元. */
export function moneyWords(amount: string, unit: string): string {
  if (unit !== '万元') return `${amount} ${unit}`;
  const number = new Decimal(amount);
  return number.abs().lt(10_000) ? `${amount} 万元` : `${number.div(10_000).toDecimalPlaces(2).toFixed()} 亿元`;
}

/** Part ÷ whole in percent; a dash if the whole is 0. */
export function share(part: number | string, whole: number | string): string {
  const of = new Decimal(whole);
  return of.isZero() ? none : percent(new Decimal(part).div(of).times(100).toString());
}

/** For example `5、20`. */
export const linesWords = (lines: readonly number[]): string => (lines.length === 0 ? none : lines.join('、'));

/** `2022-12-31` → 2022年12月31日. */
export function dayInWords(day: string): string {
  const [ofYear, month, date] = day.split('-').map(Number);
  return `${ofYear}年${month}月${date}日`;
}

/** The last day whose facts count, and the known time if it differs. */
export function untilWords({ overview, content, zone }: Subject): string {
  const until = dayInWords(overview.programme.until);
  const known = momentWords(content.asOf, zone);
  return until === known ? `截至${until}` : `截至${until}（按${known}所知）`;
}
