import { Decimal, text } from '../assessment/decimals.js';
import { lastDayOf, parsePeriod, type Calendar } from '../kernel/period.js';
import { dayAfter, daysBetween } from '../kernel/time.js';
import { isOver } from '../overview/programme/until.js';
import type { ProjectDocument } from '../projects/project.projection.js';
import type { TaskDocument } from '../tasks/task.projection.js';

/** What is expected of a project or a task that is not over, or why nothing is. */
export type ProgrammeExpected = 'on-time' | 'late' | 'standstill' | 'few-reports' | 'not-started' | 'undated' | 'over';

/** 预警: a project or a task that is expected to end after its planned end, or that does not move. */
export interface ProgrammeWarning {
  readonly kind: 'project' | 'task';
  readonly id: string;
  readonly name: string;
  readonly unit?: string;
  /** The period by whose end it is to be finished. */
  readonly due: string;
  readonly expected: 'late' | 'standstill';
  /** Physical progress, percent, and the day of its last report. */
  readonly percent: string;
  readonly on: string;
  /** Percentage points a month on average since the start (of a task: since the first report), 1 decimal. */
  readonly paceSeen: string;
  /** Percentage points a month from the last report to the planned end; absent where that is over. */
  readonly paceNeeded?: string;
  /** The day of the end at the average pace; absent where nothing moves. */
  readonly end?: string;
  /** Days after the planned end. */
  readonly daysLate?: number;
  /** The day of the end at the pace between the last two reports; absent where that is none, or there is one report. */
  readonly endAtLastPace?: string;
  /** Whether the pace of the last two reports ends late, too. */
  readonly certain?: boolean;
  readonly demo: boolean;
}

export interface ProgrammeWarnings {
  /** In the order of their planned ends; those that do not move first. */
  readonly warnings: readonly ProgrammeWarning[];
  /** Projects and tasks that are neither finished nor given up, by what is expected of them. */
  readonly counts: Readonly<Record<'project' | 'task', Readonly<Record<ProgrammeExpected, number>>>>;
}

/** What is known of the progress of one thing by a day. */
interface Progress {
  readonly kind: 'project' | 'task';
  readonly id: string;
  readonly name: string;
  readonly unit?: string | undefined;
  readonly due: string | undefined;
  readonly isBegun: boolean;
  /** In the order of their days, one a day; of a project the start with 0 % first. */
  readonly reports: readonly { readonly on: string; readonly percent: Decimal }[];
  readonly demo: boolean;
}

/** Days of a month, on average over the calendar. */
const monthDays = new Decimal(365.25).div(12);

/**
 * What projects and tasks lead to at the pace of their reports up to a day. A straight line through the start and the
 * last report; the pace between the last two reports is told beside it, because works seldom go on evenly. A pure
 * function.
 */
export function programmeWarnings(
  projects: readonly ProjectDocument[],
  tasks: readonly TaskDocument[],
  until: string,
  calendar: Calendar,
): ProgrammeWarnings {
  const counts = { project: nothing(), task: nothing() };
  const warnings: ProgrammeWarning[] = [];
  const all = [
    ...projects.flatMap((project) => projectProgress(project, until) ?? []),
    ...tasks.flatMap((task) => taskProgress(task, until) ?? []),
  ];
  for (const progress of all) {
    const found = expectationOf(progress, until, calendar);
    counts[progress.kind][found.expected] += 1;
    if ('on' in found) warnings.push(found);
  }
  const order = ({ expected, due, id }: ProgrammeWarning) =>
    [expected === 'standstill' ? 0 : 1, lastDayOf(parsePeriod(due), calendar), id].join(' ');
  return { warnings: warnings.toSorted((a, b) => (order(a) < order(b) ? -1 : 1)), counts };
}

const nothing = (): Record<ProgrammeExpected, number> => ({
  ...{ 'on-time': 0, late: 0, standstill: 0, 'few-reports': 0, 'not-started': 0, undated: 0, over: 0 },
});

function projectProgress(document: ProjectDocument, until: string): Progress | undefined {
  const { id, name, unit, demo, plannedEnd } = document;
  const steps = document.steps.filter(({ on }) => on <= until);
  const standing = steps.at(-1)?.to;
  if (standing === 'completed' || standing === 'cancelled') return undefined;
  const start = steps.find(({ to }) => to === 'started')?.on;
  const told = reportsUntil(document.progress, until);
  const begin =
    start !== undefined && !told.some(({ on }) => on <= start) ? [{ on: start, percent: new Decimal(0) }] : [];
  return {
    ...{ kind: 'project', id, name, unit, demo, isBegun: steps.length > 0 || told.length > 0 },
    due: document.reschedulings.at(-1)?.to ?? plannedEnd,
    reports: told.length > 0 ? [...begin, ...told] : [],
  };
}

function taskProgress({ id, title, owner, due, reports, demo }: TaskDocument, until: string): Progress | undefined {
  const told = reports.filter(({ on }) => on <= until);
  const last = told.findLast(({ what }) => what !== 'progress')?.what;
  if (last === 'completed' || last === 'dropped') return undefined;
  const withPercent = told.flatMap(({ on, percent }) => (percent === undefined ? [] : { on, percent }));
  return {
    ...{ kind: 'task', id, name: title, unit: owner, due, demo, isBegun: told.length > 0 },
    reports: reportsUntil(withPercent, until),
  };
}

/** The last report of each day. */
function reportsUntil(reports: readonly { readonly on: string; readonly percent: string }[], until: string) {
  const byDay = new Map(reports.filter(({ on }) => on <= until).map(({ on, percent }) => [on, percent]));
  return [...byDay]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([on, percent]) => ({ on, percent: new Decimal(percent) }));
}

function expectationOf(
  { kind, id, name, unit, due, isBegun, reports, demo }: Progress,
  until: string,
  calendar: Calendar,
): ProgrammeWarning | { readonly expected: Exclude<ProgrammeExpected, ProgrammeWarning['expected']> } {
  if (due === undefined) return { expected: 'undated' };
  // What is overdue is no forecast: it is among the checks.
  if (isOver(due, until, calendar)) return { expected: 'over' };
  if (!isBegun) return { expected: 'not-started' };
  const [first, last] = [reports[0], reports.at(-1)];
  if (!first || !last || first.on === last.on) return { expected: 'few-reports' };
  const planned = lastDayOf(parsePeriod(due), calendar);
  const average = paceBetween(first, last);
  const end = endAt(average, last);
  if (end !== undefined && end <= planned) return { expected: 'on-time' };
  const before = reports.at(-2)!;
  const lastEnd = before === first ? undefined : endAt(paceBetween(before, last), last);
  const left = daysBetween(last.on, planned);
  return {
    ...{ kind, id, name, ...(unit !== undefined && { unit }), due },
    expected: end === undefined ? 'standstill' : 'late',
    ...{ percent: text(last.percent), on: last.on, paceSeen: shownPace(average) },
    ...(left > 0 && { paceNeeded: shownPace(new Decimal(100).minus(last.percent).div(left)) }),
    ...(end !== undefined && { end, daysLate: daysBetween(planned, end) }),
    ...(lastEnd !== undefined && { endAtLastPace: lastEnd }),
    ...(before !== first && { certain: lastEnd === undefined || lastEnd > planned }),
    demo,
  };
}

type Report = Progress['reports'][number];

/** Percentage points a day. */
const paceBetween = (from: Report, to: Report): Decimal =>
  to.percent.minus(from.percent).div(daysBetween(from.on, to.on));

/** The day on which 100 % is reached at a pace; undefined where it never is. */
function endAt(pace: Decimal, { on, percent }: Report): string | undefined {
  if (!pace.gt(0)) return undefined;
  const days = new Decimal(100).minus(percent).div(pace).ceil();
  // A pace of nearly nothing ends beyond what a calendar says.
  return days.gt(36_525) ? undefined : dayAfter(on, days.toNumber());
}

const shownPace = (aDay: Decimal): string => aDay.times(monthDays).toFixed(1);
