import type { FigureDocument } from '../figures/figure.projection.js';
import { currentDefinition, type IndicatorDocument } from '../indicators/indicator.projection.js';
import { applies } from '../indicators/scope.js';
import {
  endInYears,
  firstDayOf,
  lastDayOf,
  parsePeriod,
  periodsBetween,
  type Calendar,
  type Frequency,
  type Period,
} from '../kernel/period.js';
import { by } from '../kernel/order.js';
import type { Deadlines } from '../plans/plan.events.js';
import { judgedUnits, type PlanDocument } from '../plans/plan.projection.js';
import { dayAfter } from '../kernel/time.js';
import { above, unitsIn, type Unit } from '../plans/units-in-time.js';
import type { PolicyDocument } from '../policies/policy.projection.js';
import type { ProjectDocument } from '../projects/project.projection.js';
import type { TaskDocument } from '../tasks/task.projection.js';

export type ObligationKind = 'indicator' | 'project' | 'policy' | 'task';

/**
 * `owed`: nothing was reported; `reported` waits for approval, or is of a kind that nobody approves; `returned` to the
 * reporter, and owed again; `approved`; `missing`: declared to have no value.
 */
export type ObligationState = 'owed' | 'reported' | 'returned' | 'approved' | 'missing';

/** One thing that a unit owes for a period. */
export interface Obligation {
  readonly kind: ObligationKind;
  readonly code: string;
  readonly name: string;
  readonly state: ObligationState;
  /** Of a returned figure why it was returned, of a missing one why there is none, as far as that was written. */
  readonly note?: string;
  /** It is owed or returned after the due day. */
  readonly overdue?: true;
}

export type StateCounts = Readonly<Record<ObligationState, number>>;

/** What one unit owes for a period. */
export interface UnitObligations {
  readonly unit: string;
  readonly name: string;
  /** The last day on which it is in time, `2023-02-14`; absent where the plan sets no deadline. */
  readonly due?: string;
  /** How many of its obligations are owed or returned after that day. */
  readonly overdue: number;
  readonly totals: StateCounts;
  readonly obligations: readonly Obligation[];
}

export interface Obligations {
  readonly plan: string;
  readonly period: string;
  /** The day as of which this is so. */
  readonly day: string;
  readonly overdue: number;
  readonly totals: StateCounts;
  readonly units: readonly UnitObligations[];
}

/** What obligations are computed from, all of it as of one moment. */
export interface ObligationSight {
  readonly plan: PlanDocument;
  readonly period: Period;
  /** The day as of which something is overdue. */
  readonly day: string;
  readonly indicators: readonly IndicatorDocument[];
  /** The figures of the period, by `code/unit`. */
  readonly figures: ReadonlyMap<string, FigureDocument>;
  readonly projects: readonly ProjectDocument[];
  readonly policies: readonly PolicyDocument[];
  readonly tasks: readonly TaskDocument[];
}

/** What the units of a plan owe for a period; of one unit, where one is given. */
export function obligationsOf(sight: ObligationSight, only?: string): Obligations {
  const { plan, period, day } = sight;
  const units = unitsIn(plan, period);
  const due = dueDay(plan, period);
  const owing = judgedUnits({ units }).filter(({ code }) => only === undefined || code === only);
  const found = owing.map(({ code, name }): UnitObligations => {
    const isLate = due !== undefined && day > due;
    const obligations = [
      ...indicatorsOwed(sight, units, code).map((indicator) => ofIndicator(sight, indicator, code)),
      ...programmeOwed(sight, code),
    ].map((each) => (isLate && isOpen(each) ? { ...each, overdue: true as const } : each));
    const totals = counted(obligations);
    const overdue = obligations.filter((each) => each.overdue).length;
    return { unit: code, name, ...(due !== undefined && { due }), overdue, totals, obligations };
  });
  return {
    plan: plan.plan,
    period: period.text,
    day,
    overdue: found.reduce((sum, { overdue }) => sum + overdue, 0),
    totals: counted(found.flatMap(({ obligations }) => obligations)),
    units: found,
  };
}

/** Whether it is still to be reported. */
export const isOpen = (obligation: Obligation): obligation is Obligation & { readonly state: 'owed' | 'returned' } =>
  obligation.state === 'owed' || obligation.state === 'returned';

/** The periods of a plan that have deadlines, and whose deadlines lie between two days. */
export const periodsDue = (plan: PlanDocument, from = '', to = '9999-12-31'): Period[] =>
  (Object.keys(plan.deadlines?.days ?? {}) as Frequency[])
    .flatMap((frequency) => periodsBetween(frequency, plan.startYear, plan.endYear, plan))
    .filter((period) => {
      const due = dueDay(plan, period)!;
      return from <= due && due <= to;
    });

/** The last day on which a report of the period is in time; undefined where the plan sets no deadline for its frequency. */
export function dueDay(plan: Calendar & { readonly deadlines?: Deadlines }, period: Period): string | undefined {
  const days = plan.deadlines?.days[period.frequency];
  return days === undefined ? undefined : dayAfter(lastDayOf(period, plan), days);
}

/**
 * The indicators of which a unit reports a figure for the period: those of its frequency that apply to it and are not
 * retired, but neither what a formula computes, nor what is added up from the units below it, nor what the unit above all
 * sets for all.
 */
export function indicatorsOwed(
  { indicators, period }: Pick<ObligationSight, 'indicators' | 'period'>,
  units: readonly Unit[],
  unit: string,
): IndicatorDocument[] {
  const hasParts = units.some(({ parent, level }) => parent === unit && level !== 'reference');
  const isTop = units.find(({ code }) => code === unit)?.parent === undefined;
  return indicators.filter((indicator) => {
    const { frequency, scopes = [], retiredFrom } = indicator;
    const { aggregation, measurement } = currentDefinition(indicator).definition;
    if (frequency !== period.frequency || measurement.type === 'formula') return false;
    if (retiredFrom !== undefined && endInYears(period) >= endInYears(parsePeriod(retiredFrom))) return false;
    if (aggregation === 'common' ? !isTop : aggregation !== 'none' && hasParts) return false;
    return applies(scopes, unit, () => above(units, unit), period);
  });
}

function ofIndicator({ figures }: ObligationSight, { code, name }: IndicatorDocument, unit: string): Obligation {
  const { standing = 'withdrawn', note } = figures.get(`${code}/${unit}`) ?? {};
  const about = { kind: 'indicator', code, name } as const;
  if (standing === 'withdrawn') return { ...about, state: 'owed' };
  const isExplained = (standing === 'returned' || standing === 'missing') && note !== undefined;
  return { ...about, state: standing, ...(isExplained && { note }) };
}

function programmeOwed(sight: ObligationSight, unit: string): Obligation[] {
  const { plan, period } = sight;
  const { projects, policies, tasks } = programmeOpen(sight, unit);
  if ((plan.deadlines?.programme ?? period.frequency) !== period.frequency) return [];
  const state = (days: readonly { readonly on: string }[]): ObligationState =>
    days.some(({ on }) => isWithin(on, period, plan)) ? 'reported' : 'owed';
  return [
    ...projects.map(({ id, name, steps, progress, investments }): Obligation => ({
      ...{ kind: 'project', code: id, name },
      state: state([...steps, ...progress, ...investments]),
    })),
    ...policies.map(({ id, steps, planned }): Obligation => ({
      ...{ kind: 'policy', code: id, name: planned.name },
      state: state(steps),
    })),
    ...tasks.map(({ id, title, reports }): Obligation => ({
      ...{ kind: 'task', code: id, name: title },
      state: state(reports),
    })),
  ];
}

type PlannedPolicy = Extract<PolicyDocument, { planned: unknown }>;

/** The projects, policies and tasks of a unit that are not ended before the period, and begin in it at the latest. */
export function programmeOpen(
  { plan, period, projects, policies, tasks }: Omit<ObligationSight, 'indicators' | 'figures' | 'day'>,
  unit: string,
): { projects: readonly ProjectDocument[]; policies: readonly PlannedPolicy[]; tasks: readonly TaskDocument[] } {
  const [first, last] = [firstDayOf(period, plan), lastDayOf(period, plan)];
  const begins = (planned: string | undefined, days: readonly { readonly on: string }[]) =>
    planned === undefined || firstDayOf(parsePeriod(planned), plan) <= last || days.some(({ on }) => on <= last);
  const before = <Step extends { readonly on: string }>(steps: readonly Step[]) =>
    steps
      .filter(({ on }) => on < first)
      .toSorted(by(({ on }) => on))
      .at(-1);
  const isPlanned = (policy: PolicyDocument): policy is PlannedPolicy => 'planned' in policy;
  return {
    projects: projects.filter(({ unit: owner, plannedStart, steps }) => {
      const standing = before(steps)?.to;
      return owner === unit && standing !== 'completed' && standing !== 'cancelled' && begins(plannedStart, steps);
    }),
    policies: policies.filter(isPlanned).filter(({ planned: { owner, from }, steps }) => {
      const standing = before(steps)?.to;
      return owner === unit && (standing === undefined || standing === 'drafted') && begins(from, steps);
    }),
    tasks: tasks.filter(({ owner, reports }) => {
      const ended = before(reports.filter(({ what }) => what !== 'progress'))?.what;
      return owner === unit && ended !== 'completed' && ended !== 'dropped';
    }),
  };
}

const isWithin = (day: string, period: Period, calendar: Calendar): boolean =>
  firstDayOf(period, calendar) <= day && day <= lastDayOf(period, calendar);

function counted(obligations: readonly Obligation[]): StateCounts {
  const counts = { owed: 0, reported: 0, returned: 0, approved: 0, missing: 0 };
  for (const { state } of obligations) counts[state]++;
  return counts;
}
