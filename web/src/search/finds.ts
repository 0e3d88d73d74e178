import type { SearchChange } from '../app/links';
import { adminPages, planPages } from '../app/pages';
import type { OwnSession, PlanDocument, SearchHit } from '../api/types';
import { t } from '../shared/i18n';
import { frequencies, periodsOf } from '../state/periods';
import { mayAnywhere } from '../state/session';

/** A line of what was found, and where it leads. On reading pages unit, period and moment go along. */
export interface Find {
  readonly key: string;
  readonly kind: string;
  readonly code?: string;
  readonly title: string;
  readonly note?: string;
  readonly path: string;
  readonly search?: SearchChange;
  /** Whether it is a thing of the plan that the server found. */
  readonly isHit?: boolean;
}

const kinds: Readonly<Record<SearchHit['kind'], string>> = {
  indicator: t('指标'),
  unit: t('单位'),
  project: t('项目'),
  policy: t('政策'),
  task: t('任务'),
  promise: t('规划任务目标'),
  finding: t('问题'),
  evaluation: t('评估'),
};

const resources: Readonly<Record<SearchHit['kind'], string>> = {
  indicator: 'indicators',
  unit: 'units',
  evaluation: 'evaluations',
  project: 'projects',
  policy: 'policies',
  task: 'tasks',
  promise: 'promises',
  finding: 'findings',
};

const below = (plan: string, ...parts: readonly string[]): string =>
  `/p/${[plan, ...parts].map(encodeURIComponent).join('/')}`;

export function hitFind(plan: string, { kind, id, title, note }: SearchHit): Find {
  return {
    ...{ key: `${kind} ${id}`, kind: kinds[kind], code: id, title, ...(note !== undefined && { note }) },
    ...{ path: below(plan, resources[kind], id), ...(kind === 'unit' && { search: { unit: id } }) },
    isHit: true,
  };
}

const folded = (text: string): string => text.normalize('NFKC').toLowerCase();

/** Whether all the words are in the text; none are in any. */
function holds(text: string, q: string): boolean {
  const within = folded(text);
  return folded(q)
    .split(/\s+/)
    .every((word) => within.includes(word));
}

/** The pages of the menu; all of them for an empty text. */
export function pageFinds(plan: string, session: OwnSession, q: string): Find[] {
  const ofPlan = planPages.flatMap(({ title: note, pages }) =>
    pages
      .filter(({ needs }) => needs === undefined || mayAnywhere(session, needs, plan))
      .map(({ path, title }) => ({ path: path === '' ? below(plan) : `${below(plan)}/${path}`, title, note })),
  );
  const admin = adminPages
    .filter(({ needs }) => mayAnywhere(session, needs))
    .map(({ path, title }) => ({ path: `/admin/${path}`, title, note: t('管理') }));
  return [...ofPlan, ...admin]
    .filter(({ title, note }) => holds(`${title} ${note}`, q))
    .map((page) => ({ key: page.path, kind: t('页面'), ...page }));
}

/** What is shown of a period, and its form for those who report. */
export function periodFinds(plan: PlanDocument, reports: boolean, q: string): Find[] {
  const asked = q.normalize('NFKC').trim().toUpperCase().replace(/年$/, '');
  const period = frequencies.flatMap((frequency) => periodsOf(plan, frequency)).find((each) => each === asked);
  if (period === undefined) return [];
  const of = { kind: t('期间'), code: period };
  const shown = { ...of, key: `shown ${period}`, title: t('总览'), path: below(plan.plan), search: { period } };
  const form = { ...of, key: `form ${period}`, title: t('数据填报'), path: below(plan.plan, 'report', period) };
  return reports ? [shown, form] : [shown];
}

export interface Somebody {
  readonly id: string;
  readonly name: string;
}

const mostPeople = 8;

/** Those who did something under the plan, by name: it leads to what they did. */
export const peopleFinds = (plan: string, people: readonly Somebody[], q: string): Find[] =>
  people
    .filter(({ id, name }) => id !== name && holds(name, q))
    .slice(0, mostPeople)
    .map(({ id, name }) => ({
      ...{ key: `person ${id}`, kind: t('经办人'), title: name, note: id },
      ...{ path: below(plan, 'audit'), search: { person: id } },
    }));
