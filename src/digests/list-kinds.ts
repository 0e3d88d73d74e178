import type { Light } from '../assessment/judgement.js';
import { Decimal } from '../assessment/decimals.js';
import { findingSeverities } from '../findings/finding.events.js';
import { checkWords } from '../overview/programme/words.js';
import type { Check } from '../overview/programme/checks.js';
import { awaits, type FindingNow } from '../overview/programme/findings.js';
import type { PoliciesNow, PolicyNow } from '../overview/programme/policies.js';
import { projectsNow, type ProjectNow, type ProjectsNow } from '../overview/programme/projects.js';
import type { PromiseNow } from '../overview/programme/promises.js';
import type { TaskNow, TasksNow } from '../overview/programme/tasks.js';
import { policyIntents } from '../policies/policy.events.js';
import { counted, type Counts, type Filter, type ListKind, type ListPage, type SortKey } from './lists.js';
import { listedCheck, subjectNamed, type ListedCheck, type ListedFinding } from './subjects.js';

export interface PromiseListSummary {
  /** Promises that were not withdrawn and repeat a main indicator. */
  readonly repeated: number;
}

/** Sums over the projects of the list. */
export interface ProjectListSummary extends Omit<ProjectsNow, 'list'> {
  /** Ids of the projects that have parts. */
  readonly packages: readonly string[];
  /** Projects of the class `implementing`; each package counts as one. */
  readonly implementing: { readonly count: number; readonly started: number };
}

/** Of the whole plan, whichever unit is asked for. */
export type PolicyListSummary = Pick<PoliciesNow, 'counts' | 'cited'>;

/** Of the whole plan, whichever unit is asked for. */
export type TaskListSummary = Pick<TasksNow, 'byActionPlan'>;

export interface FindingListSummary {
  /** Findings that were not withdrawn, by severity. */
  readonly severities: Counts;
}

export type PromisePage = ListPage<PromiseNow, PromiseListSummary>;
export type ProjectPage = ListPage<ProjectNow, ProjectListSummary>;
export type PolicyPage = ListPage<PolicyNow, PolicyListSummary>;
export type TaskPage = ListPage<TaskNow, TaskListSummary>;
export type FindingPage = ListPage<ListedFinding, FindingListSummary>;
export type CheckPage = ListPage<ListedCheck>;

const number = (value: string | undefined): SortKey => (value === undefined ? undefined : new Decimal(value));
const severities = { high: 0, medium: 1, low: 2 } as const;
const lights = { red: 0, yellow: 1, green: 2, grey: 3 } as const;
type Lit = { readonly light: Light };
const byLight = ({ light }: Lit) => new Decimal(lights[light]);
const severityOf = ({ severity }: Pick<Check, 'severity'>) => severities[severity];
const bySeverity = (item: Pick<Check, 'severity'>) => new Decimal(severityOf(item));

const lightFilter: Filter<Lit> = {
  label: '亮灯',
  values: ['green', 'yellow', 'red', 'grey'],
  of: ({ light }) => light,
};

/** Pads the numbers in an id, so that P9 comes before P10. */
const inNumbers = (id: string) => id.replaceAll(/\d+/g, (digits) => digits.padStart(12, '0'));

/** The least weight first, then by id. */
const byWeight =
  <Item extends { readonly id: string }>(weightOf: (item: Item) => number) =>
  (items: readonly Item[]): readonly Item[] =>
    items
      .map((item) => ({ item, weight: weightOf(item), id: inNumbers(item.id) }))
      .toSorted((a, b) => a.weight - b.weight || (a.id < b.id ? -1 : 1))
      .map(({ item }) => item);

export const promises: ListKind<PromiseNow> = {
  resource: 'promises',
  label: '规划任务目标',
  answer: 'PromisePage',
  item: 'OverviewPromise',
  subject: 'promise',
  all: ({ promises: { list } }) => list,
  filters: {
    state: {
      label: '状态',
      values: ['kept', 'not-kept', 'on-track', 'roughly', 'behind', 'no-data', 'open', 'withdrawn'],
      of: ({ state }) => state,
    },
    light: lightFilter,
    kind: {
      label: '范围',
      description: 'repeats：与主要指标相同；own：主要指标之外',
      values: ['own', 'repeats'],
      of: ({ repeats }) => (repeats ? 'repeats' : 'own'),
    },
  },
  texts: ({ id, statement, section, indicator, task }) => [id, statement, section, indicator, task],
  sorts: { id: ({ id }) => id, light: byLight, period: ({ period }) => period },
  byConcern: byWeight(({ light, state }) => (state === 'withdrawn' ? 4 : lights[light])),
  summary: (items): PromiseListSummary => ({
    repeated: items.filter(({ state, repeats }) => state !== 'withdrawn' && repeats).length,
  }),
};

/** A project without a judgement that is overdue concerns like one that is behind. */
const concernOfProject = ({ status, light, flags }: ProjectNow): number => {
  if (status === 'severely-behind') return -1;
  return status === 'no-data' && flags.length > 0 ? lights.red : lights[light];
};

export const projects: ListKind<ProjectNow> = {
  resource: 'projects',
  label: '项目',
  answer: 'ProjectPage',
  item: 'OverviewProject',
  subject: 'project',
  all: ({ projects: { list } }) => list,
  filters: {
    state: {
      label: '状态',
      values: ['registered', 'started', 'suspended', 'completed', 'cancelled'],
      of: ({ standing }) => standing,
    },
    light: lightFilter,
    category: {
      label: '类别',
      values: ['implementing/continuing', 'implementing/new', 'implementing', 'prospective'],
      of: (project) => [project.class, project.category].filter(Boolean).join('/'),
    },
    flag: {
      label: '提示',
      values: ['start-overdue', 'overdue', 'suspended', 'money-ahead', 'over-budget'],
      of: ({ flags }) => flags,
    },
  },
  unitIn:
    () =>
    ({ unit }) =>
      unit,
  texts: ({ id, name, builder, sector, reading, unit }, unitName) => [
    ...[id, name, builder, sector, reading],
    unitName(unit),
  ],
  sorts: {
    id: ({ id }) => id,
    light: byLight,
    investment: ({ investment }) => number(investment),
    invested: ({ invested }) => number(invested),
    percent: ({ percent }) => number(percent),
    lead: ({ lead }) => number(lead),
    end: ({ plannedEnd }) => plannedEnd,
  },
  byConcern: byWeight(concernOfProject),
  summary: (items): ProjectListSummary => {
    const { list: _, ...sums } = projectsNow(items);
    const implementing = items.filter((each) => each.class === 'implementing' && each.package === undefined);
    return {
      ...sums,
      packages: [...new Set(items.flatMap((each) => each.package ?? []))],
      implementing: {
        count: implementing.length,
        started: implementing.filter(({ startedOn }) => startedOn !== undefined).length,
      },
    };
  },
};

export const policies: ListKind<PolicyNow> = {
  resource: 'policies',
  label: '政策',
  answer: 'PolicyPage',
  item: 'OverviewPolicy',
  subject: 'policy',
  all: ({ policies: { list } }) => list,
  filters: {
    state: {
      label: '是否按期',
      values: ['early', 'on-time', 'late', 'overdue', 'pending', 'undated', 'dropped'],
      of: ({ timeliness }) => timeliness,
    },
    standing: {
      label: '进展',
      values: ['planned', 'drafted', 'issued', 'dropped', 'repealed'],
      of: ({ standing }) => standing,
    },
    intent: { label: '性质', values: policyIntents, of: ({ intent }) => intent },
  },
  unitIn:
    () =>
    ({ owner }) =>
      owner,
  texts: ({ id, name, type, owner, documentNumber }) => [id, name, type, owner, documentNumber],
  sorts: { id: ({ id }) => id, due: ({ due }) => due, issued: ({ issuedOn }) => issuedOn },
  byConcern: byWeight(({ timeliness }) => (timeliness === 'overdue' ? 0 : timeliness === 'late' ? 1 : 2)),
  summary: (_, { policies: { counts, cited } }): PolicyListSummary => ({ counts, cited }),
};

export const tasks: ListKind<TaskNow> = {
  resource: 'tasks',
  label: '任务',
  answer: 'TaskPage',
  item: 'OverviewTask',
  subject: 'task',
  all: ({ tasks: { list } }) => list,
  filters: {
    state: {
      label: '状态',
      values: ['overdue', 'assigned', 'under-way', 'completed', 'dropped'],
      of: ({ standing, overdue }) => (overdue ? 'overdue' : standing),
    },
    actionPlan: {
      label: '行动计划',
      description: 'none：不属行动计划',
      values: ({ actionPlans }) => ['none', ...actionPlans.map(({ code }) => code)],
      of: ({ actionPlan }) => actionPlan ?? 'none',
    },
  },
  unitIn:
    () =>
    ({ owner }) =>
      owner,
  texts: ({ id, title, section, owner, kind, text }) => [id, title, section, owner, kind, text],
  sorts: { id: ({ id }) => id, due: ({ due }) => due, percent: ({ percent }) => number(percent) },
  byConcern: byWeight(({ overdue, standing }) => (overdue ? 0 : standing === 'dropped' ? 2 : 1)),
  summary: (_, { tasks: { byActionPlan } }): TaskListSummary => ({ byActionPlan }),
};

const isWithdrawn = ({ standing }: FindingNow) => standing === 'withdrawn';

export const findings: ListKind<FindingNow> = {
  resource: 'findings',
  label: '问题',
  answer: 'FindingPage',
  item: 'OverviewFinding',
  all: ({ findings: list }) => list,
  filters: {
    state: {
      label: '处理',
      values: ['open', 'answered', 'assigned', 'reported', 'sent-back', 'accepted', 'closed', 'withdrawn', 'overdue'],
      of: ({ standing, overdueDays }) => (overdueDays === undefined ? standing : [standing, 'overdue']),
    },
    awaits: {
      label: '待谁办理',
      description: 'owner：整改单位；reviewer：待验收；lead：待办结',
      values: ['owner', 'reviewer', 'lead', 'none'],
      of: awaits,
    },
    severity: { label: '轻重', values: findingSeverities, of: ({ severity }) => severity },
  },
  unitIn: ({ projects: { list } }) => {
    const units = new Map(list.map(({ id, unit }) => [id, unit]));
    return ({ owner, subjectType, subject = '' }) =>
      owner ?? (subjectType === 'project' ? units.get(subject) : undefined);
  },
  texts: ({ id, title, detail, subject, owner }, unitName) => [
    ...[id, title, detail, subject, owner],
    owner && unitName(owner),
  ],
  sorts: { id: ({ id }) => id, severity: bySeverity, due: ({ dueOn }) => dueOn },
  byConcern: (items) =>
    items.toSorted(
      (a, b) =>
        Number(isWithdrawn(a)) - Number(isWithdrawn(b)) ||
        (b.overdueDays ?? 0) - (a.overdueDays ?? 0) ||
        severityOf(a) - severityOf(b),
    ),
  shown: subjectNamed,
  summary: (items): FindingListSummary => ({
    severities: counted(items.filter((item) => !isWithdrawn(item)).map(({ severity }) => severity)),
  }),
};

const checks: ListKind<ListedCheck> = {
  resource: 'checks',
  label: '系统核对的问题',
  answer: 'CheckPage',
  item: 'OverviewCheck',
  all: ({ checks: list }) => list.map(listedCheck),
  filters: {
    state: { label: '轻重', values: findingSeverities, of: ({ severity }) => severity },
    check: { label: '核查', values: Object.keys(checkWords), of: ({ check }) => check },
  },
  unitIn:
    () =>
    ({ unit }) =>
      unit,
  texts: ({ subject, text, check }) => [subject, text, checkWords[check]],
  sorts: { id: ({ id }) => id, severity: bySeverity, subject: ({ subject }) => subject },
  byConcern: (items) => items.toSorted((a, b) => severityOf(a) - severityOf(b)),
  shown: subjectNamed,
};

/** Erases the types: a kind is given its own things only. */
const kind = <Item extends { readonly id: string }>(own: ListKind<Item>): ListKind => own as unknown as ListKind;
export const listKinds: readonly ListKind[] = [
  ...[kind(promises), kind(projects), kind(policies), kind(tasks), kind(findings), kind(checks)],
];
