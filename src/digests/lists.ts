import { Decimal } from '../assessment/decimals.js';
import type { Light } from '../assessment/judgement.js';
import { codeMeant } from '../kernel/did-you-mean.js';
import { invalid, notFound } from '../kernel/errors.js';
import type { OverviewNow } from '../overview/overview-later.js';
import type { Check } from '../overview/programme/checks.js';
import type { FindingNow } from '../overview/programme/findings.js';
import type { PolicyNow } from '../overview/programme/policies.js';
import type { ProjectNow } from '../overview/programme/projects.js';
import type { PromiseNow } from '../overview/programme/promises.js';
import type { TaskNow } from '../overview/programme/tasks.js';
import { above, type Unit } from '../plans/units-in-time.js';
import { digestHead, type DigestHead } from './summary.js';
import { holdWords, wordsOf } from './words.js';

/** A check with an id, by which it is found again as long as its cause stands. */
export interface ListedCheck extends Check {
  readonly id: string;
}

export const listedCheck = (check: Check): ListedCheck => ({
  id: [check.check, check.subject, ...(check.unit === undefined ? [] : [check.unit])].join('.'),
  ...check,
});

/** A page of a list of the programme, as of a moment. */
export interface ListPage<Item> extends DigestHead {
  /** How many things fit the filters, on all pages. */
  readonly total: number;
  /** How many of each state fit the filters other than `state` and `light`. States without any are left out. */
  readonly states: Readonly<Record<string, number>>;
  /** The same by light, of things that have one. */
  readonly lights?: Readonly<Record<Light, number>>;
  readonly items: readonly Item[];
  /** Pass as `cursor` to get the next page; absent on the last page. */
  readonly next?: string;
}

export type PromisePage = ListPage<PromiseNow>;
export type ProjectPage = ListPage<ProjectNow>;
export type PolicyPage = ListPage<PolicyNow>;
export type TaskPage = ListPage<TaskNow>;
export type FindingPage = ListPage<FindingNow>;
export type CheckPage = ListPage<ListedCheck>;

/** What a list can be sorted by: text in the order of its characters, numbers as numbers; what has none comes last. */
type SortKey = string | Decimal | undefined;

interface Listed {
  readonly id: string;
}

/** How the things of one kind are listed. */
export interface ListKind<Item extends Listed = Listed> {
  /** Under `plans/:plan/overview/`. */
  readonly resource: string;
  /** The Chinese name of one of them. */
  readonly label: string;
  /** The types of a page and of one thing in the OpenAPI document. */
  readonly answer: string;
  readonly item: string;
  all(programme: OverviewNow['programme']): readonly Item[];
  /** The states by which they are filtered and counted. */
  readonly states: readonly string[];
  state(item: Item): string;
  light?(item: Item): Light;
  /** The unit to which it belongs; absent for a kind that belongs to none. */
  unit?(item: Item): string | undefined;
  /** What a search looks through. */
  texts(item: Item): readonly (string | undefined)[];
  readonly sorts: Readonly<Record<string, (item: Item) => SortKey>>;
}

const number = (value: string | undefined): SortKey => (value === undefined ? undefined : new Decimal(value));
const severities = { high: 0, medium: 1, low: 2 } as const;
const lights = { red: 0, yellow: 1, green: 2, grey: 3 } as const;
const byLight = ({ light }: { readonly light: Light }) => new Decimal(lights[light]);
const bySeverity = ({ severity }: Pick<Check, 'severity'>) => new Decimal(severities[severity]);

export const promises: ListKind<PromiseNow> = {
  resource: 'promises',
  label: '规划任务目标',
  answer: 'PromisePage',
  item: 'PromiseNow',
  all: ({ promises: { list } }) => list,
  states: ['kept', 'not-kept', 'on-track', 'roughly', 'behind', 'no-data', 'open', 'withdrawn'],
  state: ({ state }) => state,
  light: ({ light }) => light,
  texts: ({ id, statement, indicator, task }) => [id, statement, indicator, task],
  sorts: { id: ({ id }) => id, light: byLight, period: ({ period }) => period },
};

export const projects: ListKind<ProjectNow> = {
  resource: 'projects',
  label: '项目',
  answer: 'ProjectPage',
  item: 'ProjectNow',
  all: ({ projects: { list } }) => list,
  states: ['registered', 'started', 'suspended', 'completed', 'cancelled'],
  state: ({ standing }) => standing,
  light: ({ light }) => light,
  unit: ({ unit }) => unit,
  texts: ({ id, name, builder, sector, reading }) => [id, name, builder, sector, reading],
  sorts: {
    id: ({ id }) => id,
    light: byLight,
    investment: ({ investment }) => number(investment),
    invested: ({ invested }) => number(invested),
    percent: ({ percent }) => number(percent),
    lead: ({ lead }) => number(lead),
    end: ({ plannedEnd }) => plannedEnd,
  },
};

export const policies: ListKind<PolicyNow> = {
  resource: 'policies',
  label: '政策',
  answer: 'PolicyPage',
  item: 'PolicyNow',
  all: ({ policies: { list } }) => list,
  states: ['early', 'on-time', 'late', 'overdue', 'pending', 'undated', 'dropped'],
  state: ({ timeliness }) => timeliness,
  unit: ({ owner }) => owner,
  texts: ({ id, name, owner, documentNumber }) => [id, name, owner, documentNumber],
  sorts: { id: ({ id }) => id, due: ({ due }) => due, issued: ({ issuedOn }) => issuedOn },
};

export const tasks: ListKind<TaskNow> = {
  resource: 'tasks',
  label: '任务',
  answer: 'TaskPage',
  item: 'TaskNow',
  all: ({ tasks: { list } }) => list,
  states: ['overdue', 'assigned', 'under-way', 'completed', 'dropped'],
  state: ({ standing, overdue }) => (overdue ? 'overdue' : standing),
  unit: ({ owner }) => owner,
  texts: ({ id, title, owner, kind, text }) => [id, title, owner, kind, text],
  sorts: { id: ({ id }) => id, due: ({ due }) => due, percent: ({ percent }) => number(percent) },
};

export const findings: ListKind<FindingNow> = {
  resource: 'findings',
  label: '问题',
  answer: 'FindingPage',
  item: 'FindingNow',
  all: ({ findings: list }) => list,
  states: ['open', 'answered', 'closed', 'withdrawn'],
  state: ({ standing }) => standing,
  texts: ({ id, title, detail, subject }) => [id, title, detail, subject],
  sorts: { id: ({ id }) => id, severity: bySeverity },
};

const checks: ListKind<ListedCheck> = {
  resource: 'checks',
  label: '系统核对的问题',
  answer: 'CheckPage',
  item: 'ListedCheck',
  all: ({ checks: list }) => list.map(listedCheck),
  states: ['high', 'medium', 'low'],
  state: ({ severity }) => severity,
  unit: ({ unit }) => unit,
  texts: ({ subject, text }) => [subject, text],
  sorts: { id: ({ id }) => id, severity: bySeverity, subject: ({ subject }) => subject },
};

/** Erases the types: a kind is given its own things only. */
const kind = <Item extends Listed>(own: ListKind<Item>): ListKind => own as unknown as ListKind;
export const listKinds: readonly ListKind[] = [
  ...[kind(promises), kind(projects), kind(policies), kind(tasks), kind(findings), kind(checks)],
];

export interface ListQuestion {
  /** The unit, with all below it. */
  readonly unit?: string;
  readonly state?: string;
  readonly light?: Light;
  readonly q?: string;
  readonly sort?: string;
  readonly order?: 'asc' | 'desc';
  readonly cursor?: string;
  readonly limit: number;
}

/** @throws {DomainError} `list.cursor` */
export function listPage(overview: OverviewNow, own: ListKind, question: ListQuestion): ListPage<Listed> {
  const { state, light, cursor, limit } = question;
  const fitting = own.all(overview.programme).filter(filterOf(own, overview.units, question));
  const found = fitting.filter(
    (item) =>
      (state === undefined || own.state(item) === state) && (light === undefined || own.light?.(item) === light),
  );
  const sorted = sortedBy(found, own, question);
  const from = cursor === undefined ? 0 : sorted.findIndex(({ id }) => id === cursor) + 1;
  if (cursor !== undefined && from === 0) {
    throw invalid('list.cursor', '游标不属于这一查询：请用上一页答复中的 next，其余参数不变', 'cursor');
  }
  const items = sorted.slice(from, from + limit);
  return {
    ...digestHead(overview),
    total: found.length,
    states: counted(fitting.map((item) => own.state(item))),
    ...(own.light && { lights: { green: 0, yellow: 0, red: 0, grey: 0, ...counted(fitting.map(own.light)) } }),
    items,
    ...(from + limit < sorted.length && { next: items.at(-1)!.id }),
  };
}

/** @throws {DomainError} `document.unknown` */
export function listedThing(overview: OverviewNow, own: ListKind, id: string): Listed {
  const all = own.all(overview.programme);
  const found = all.find((item) => item.id === id);
  if (found) return found;
  const meant = codeMeant(
    id,
    all.map((item) => item.id),
  );
  const way = meant === undefined ? '请核对编号' : `您是否指 ${meant}？`;
  throw notFound('document.unknown', `规划 ${overview.plan.plan} 没有${own.label} ${id.slice(0, 80)}：${way}`);
}

function filterOf(own: ListKind, units: readonly Unit[], { unit, q }: ListQuestion): (item: Listed) => boolean {
  const words = wordsOf(q ?? '');
  const isWithin = (code: string | undefined) =>
    unit === undefined || (code !== undefined && [code, ...above(units, code)].includes(unit));
  return (item) => isWithin(own.unit?.(item)) && holdWords(own.texts(item), words);
}

/** Without `sort` in the list's own order. */
function sortedBy(items: readonly Listed[], own: ListKind, { sort, order = 'asc' }: ListQuestion): readonly Listed[] {
  const key = sort === undefined ? undefined : own.sorts[sort];
  if (!key) return order === 'desc' ? items.toReversed() : items;
  const sign = order === 'desc' ? -1 : 1;
  return items.toSorted((a, b) => {
    const [left, right] = [key(a), key(b)];
    if (left === undefined || right === undefined) return Number(left === undefined) - Number(right === undefined);
    return sign * compared(left, right);
  });
}

function compared(left: string | Decimal, right: string | Decimal): number {
  if (typeof left !== 'string') return left.comparedTo(right);
  return left < String(right) ? -1 : left === String(right) ? 0 : 1;
}

function counted(values: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}
