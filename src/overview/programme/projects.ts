import { firstDayOf, lastDayOf, parsePeriod, periodAt, type Calendar } from '../../kernel/period.js';
import type { EvaluationRules } from '../../plans/evaluation-rules.js';
import type { ProjectStanding } from '../../projects/project.decider.js';
import type { ProjectDocument } from '../../projects/project.projection.js';
import { Decimal, hundred, text, zero } from '../../assessment/decimals.js';
import { lightOf, type Light, type Status } from '../../assessment/judgement.js';
import { currentMethod, type Method } from '../../assessment/method.js';
import { isOver, lastUntil } from './until.js';

export type ProjectFlag = 'start-overdue' | 'overdue' | 'suspended' | 'money-ahead' | 'over-budget';

/** A project as of a day, judged by its physical progress against its planned time. Money in the plan's unit, shares in percent. */
export interface ProjectNow {
  readonly id: string;
  readonly name: string;
  readonly unit: string;
  readonly class: ProjectDocument['class'];
  readonly category?: ProjectDocument['category'];
  readonly sector?: string;
  readonly builder?: string;
  readonly builderPending: boolean;
  readonly package?: string;
  readonly line?: number;
  readonly printed: ProjectDocument['printed'];
  readonly reading?: string;
  readonly anomalies: readonly string[];
  readonly plannedStart: string;
  readonly plannedEnd: string;
  /** The original planned end; present only if it was rescheduled. `rescheduledBecause` is the last reason. */
  readonly firstPlannedEnd?: string;
  readonly rescheduledBecause?: string;
  readonly standing: ProjectStanding;
  readonly startedOn?: string;
  readonly completedOn?: string;
  /** Reason of a suspension or cancellation. */
  readonly because?: string;
  readonly investment: string;
  readonly invested?: string;
  /** 投资完成率: cumulative ÷ total investment, percent. */
  readonly investmentRate?: string;
  /** Physical progress (形象进度), percent; absent if none was reported. */
  readonly percent?: string;
  readonly progressText?: string;
  /** Share of the project's planned time that has passed, percent. */
  readonly scheduled: string;
  /** `percent` − `scheduled`, percentage points. */
  readonly lead?: string;
  readonly status: Status;
  readonly light: Light;
  readonly flags: readonly ProjectFlag[];
  readonly demo: boolean;
}

export function projectAt(
  document: ProjectDocument,
  until: string,
  plan: Calendar & { readonly rules: EvaluationRules },
  { unreported }: Pick<Method, 'unreported'> = currentMethod,
): ProjectNow {
  const { id, name, unit, category, sector, builder, builderPending, line, printed, reading, anomalies } = document;
  const { plannedStart, investment } = document;
  const rescheduled = document.reschedulings.at(-1);
  const plannedEnd = rescheduled?.to ?? document.plannedEnd;
  const steps = document.steps.filter(({ on }) => on <= until);
  const last = steps.at(-1);
  const standing = last?.to ?? 'registered';
  const report = lastUntil(document.progress, until);
  const completed = standing === 'completed';
  const begun = steps.length > 0;
  const assumed = unreported === 'zero' ? zero : undefined;
  const percent = completed ? hundred : report ? new Decimal(report.percent) : begun ? assumed : undefined;
  const invested = lastUntil(document.investments, until)?.amount;
  const rate = invested === undefined ? undefined : new Decimal(invested).div(investment).times(hundred);
  const scheduled = shareOfTime([plannedStart, plannedEnd], until, plan);
  const lead = standing === 'cancelled' ? undefined : (percent ?? assumed)?.minus(scheduled);
  const due = isOver(plannedEnd, until, plan);
  const status = statusAt(document, { standing, completedOn: last?.on, plannedEnd, scheduled, lead, due }, plan);
  return {
    ...{ id, name, unit, class: document.class, builderPending, printed, anomalies, plannedStart, plannedEnd },
    ...given({ category, sector, builder, package: document.package, line, reading }),
    ...(rescheduled && { firstPlannedEnd: document.plannedEnd }),
    ...given({ rescheduledBecause: rescheduled?.reason }),
    standing,
    ...given({
      startedOn: steps.find(({ to }) => to === 'started')?.on,
      completedOn: completed ? last?.on : undefined,
    }),
    ...given({ because: standing === 'suspended' || standing === 'cancelled' ? last?.reason : undefined }),
    investment,
    ...given({ invested, investmentRate: rate && text(rate) }),
    ...given({ percent: percent && text(percent), progressText: report?.text }),
    scheduled: text(scheduled),
    ...given({ lead: percent && lead && text(lead) }),
    status,
    light: lightOf(status),
    flags: flagsOf(
      {
        document,
        standing,
        begun,
        startDue: isOver(plannedStart, until, plan),
        due,
        percent: percent ?? assumed,
        rate,
      },
      plan.rules,
    ),
    demo: document.demo,
  };
}

/** Removes undefined fields. */
export function given<T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}

const dayNumber = (day: string) => Date.parse(`${day}T00:00:00Z`) / 86_400_000;

/** Days passed ÷ planned days, 0 to 100 percent. First and last day are included. */
function shareOfTime([start, end]: readonly [string, string], until: string, calendar: Calendar): Decimal {
  const first = dayNumber(firstDayOf(parsePeriod(start), calendar));
  const last = dayNumber(lastDayOf(parsePeriod(end), calendar));
  const passed = new Decimal(dayNumber(until) - first + 1).div(last - first + 1).times(hundred);
  return Decimal.max(zero, Decimal.min(hundred, passed));
}

interface Facts {
  readonly standing: ProjectStanding;
  readonly completedOn: string | undefined;
  readonly plannedEnd: string;
  readonly scheduled: Decimal;
  readonly lead: Decimal | undefined;
  readonly due: boolean;
}

/**
 * The status by the lead of physical progress over the planned time, with the thresholds of indicators [ours]. After
 * its planned end, an unfinished project is at least behind. Without a report of progress there is nothing to judge. A
 * prospective project (谋划类) is not judged before it starts.
 */
function statusAt(
  document: ProjectDocument,
  { standing, completedOn, plannedEnd, scheduled, lead, due }: Facts,
  plan: Calendar & { readonly rules: EvaluationRules },
): Status {
  if (standing === 'completed') {
    const end = parsePeriod(plannedEnd);
    const year = periodAt({ ...end, frequency: 'A' }, end.year, 1);
    return completedOn! < firstDayOf(year, plan) ? 'completed-early' : 'completed';
  }
  const { status } = plan.rules;
  if (standing === 'cancelled') return 'not-applicable';
  if (standing === 'registered' && (document.class === 'prospective' || scheduled.isZero())) return 'not-applicable';
  if (!lead) return 'no-data';
  if (lead.lt(status.severe)) return 'severely-behind';
  if (due || lead.lt(status.roughly)) return 'behind';
  if (lead.gte(status.ahead)) return 'ahead';
  return lead.gte(status.asExpected) ? 'as-expected' : 'roughly';
}

function flagsOf(
  facts: Pick<Facts, 'standing' | 'due'> & {
    readonly document: ProjectDocument;
    readonly begun: boolean;
    readonly startDue: boolean;
    readonly percent: Decimal | undefined;
    readonly rate: Decimal | undefined;
  },
  { projects }: EvaluationRules,
): ProjectFlag[] {
  const { document, standing, begun, startDue, due, percent, rate } = facts;
  const open = standing !== 'completed' && standing !== 'cancelled';
  return [
    ...(standing === 'registered' && document.class === 'implementing' && startDue && !due
      ? (['start-overdue'] as const)
      : []),
    ...(open && due && (document.class === 'implementing' || begun) ? (['overdue'] as const) : []),
    ...(standing === 'suspended' ? (['suspended'] as const) : []),
    ...(open && percent && rate?.minus(percent).gte(projects.moneyAhead) ? (['money-ahead'] as const) : []),
    ...(rate?.gt(hundred) ? (['over-budget'] as const) : []),
  ];
}

/** Sums over projects. A package and its parts are never summed together. */
export interface ProjectSums {
  readonly count: number;
  readonly investment: string;
  /** The sum of what was reported; absent if no project reported its investment. */
  readonly invested?: string;
  /** Number of projects that reported their investment; absent in method 1. */
  readonly reporting?: number;
  readonly started: number;
  readonly completed: number;
  readonly suspended: number;
  readonly cancelled: number;
  /** Number of judged projects (light not grey); `onSchedule` of them are green. */
  readonly judged: number;
  readonly onSchedule: number;
}

export interface ProjectGroup extends ProjectSums {
  readonly key: string;
}

export interface ProjectsNow {
  readonly list: readonly ProjectNow[];
  /** Each package counts as one project. */
  readonly whole: ProjectSums;
  /** Each package is replaced by its parts. */
  readonly byParts: ProjectSums;
  readonly byUnit: readonly ProjectGroup[];
  /** Keys: `implementing/continuing`, `implementing/new`, `prospective`. */
  readonly byCategory: readonly ProjectGroup[];
}

export function projectsNow(
  list: readonly ProjectNow[],
  method: Pick<Method, 'unreported'> = currentMethod,
): ProjectsNow {
  const sums = (of: readonly ProjectNow[]) => sumsOf(of, method);
  const grouped = (keyOf: (project: ProjectNow) => string): ProjectGroup[] =>
    [...new Set(whole.map(keyOf))].sort().map((key) => ({
      key,
      ...sums(whole.filter((project) => keyOf(project) === key)),
    }));
  const packages = new Set(list.flatMap((project) => project.package ?? []));
  const whole = list.filter((project) => project.package === undefined);
  return {
    list,
    whole: sums(whole),
    byParts: sums(list.filter(({ id }) => !packages.has(id))),
    byUnit: grouped(({ unit }) => unit),
    byCategory: grouped((project) => [project.class, project.category].filter(Boolean).join('/')),
  };
}

function sumsOf(list: readonly ProjectNow[], { unreported }: Pick<Method, 'unreported'>): ProjectSums {
  const count = (holds: (project: ProjectNow) => boolean) => list.filter(holds).length;
  const sum = (of: (project: ProjectNow) => string | undefined) =>
    text(list.reduce((total, project) => total.plus(of(project) ?? 0), zero));
  const reporting = count(({ invested }) => invested !== undefined);
  return {
    count: list.length,
    investment: sum(({ investment }) => investment),
    ...((reporting > 0 || unreported === 'zero') && { invested: sum(({ invested }) => invested) }),
    ...(unreported === 'unknown' && { reporting }),
    started: count(({ startedOn }) => startedOn !== undefined),
    completed: count(({ standing }) => standing === 'completed'),
    suspended: count(({ standing }) => standing === 'suspended'),
    cancelled: count(({ standing }) => standing === 'cancelled'),
    judged: count(({ light }) => light !== 'grey'),
    onSchedule: count(({ light }) => light === 'green'),
  };
}
