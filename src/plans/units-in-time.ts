import { lastDayOf, periodAt, periodsPerYear, type Calendar, type Period } from '../kernel/period.js';
import type { Named } from '../kernel/language.js';
import { by } from '../kernel/order.js';
import type { EventOf } from '../kernel/event.js';
import type { UnitEnrolled } from './plan.events.js';
import type { unitChangeEvents } from './unit-change.events.js';

/** A unit as it is at one time. */
export type Unit = (typeof UnitEnrolled)['example'];

/**
 * A unit through time. `name` and `parent` are the latest ones; `names` and `parents` are the earlier ones, each until
 * the day on which the next one began, oldest first.
 */
export interface UnitInTime extends Unit {
  /** The first day on which it exists no more. */
  readonly until?: string;
  readonly names?: readonly (Named & { readonly until: string })[];
  readonly parents?: readonly { readonly until: string; readonly parent?: string }[];
}

/** A day on which territory passed between units: a merger, a split, an end without a successor. */
export interface TerritoryChange {
  readonly on: string;
  /** The units that had it before. */
  readonly from: readonly string[];
  /** The units that have it since; none after an end. */
  readonly into: readonly string[];
}

/** The units of a plan through time; `territoryChanges` in the order of their days, absent while there are none. */
export interface Units extends Calendar {
  readonly units: readonly UnitInTime[];
  readonly territoryChanges?: readonly TerritoryChange[];
}

/** What a unit is called, in the plan's language and in others. */
export const namingOf = ({ name, translations }: Named): Named => ({ name, ...(translations && { translations }) });

/** The unit as it was on a day; undefined if it did not exist then. */
export function unitOn(unit: UnitInTime, day: string): Unit | undefined {
  if ((unit.from ?? '') > day || (unit.until ?? '9') <= day) return undefined;
  const { until: _, name: __, translations: ___, names = [], parents = [], parent: latest, ...rest } = unit;
  const naming = namingOf(names.find((each) => each.until > day) ?? unit);
  const earlier = parents.find((each) => each.until > day);
  const parent = earlier ? earlier.parent : latest;
  return { ...rest, ...naming, ...(parent !== undefined && { parent }) };
}

/** By the list of units through time and the day: a list is asked for the same few days many times. */
const unitsByDay = new WeakMap<Units['units'], Map<string, readonly Unit[]>>();

/** The units of a period: those that exist at its end, under the names and parents that they had then. */
export function unitsIn({ units, ...calendar }: Pick<Units, 'units' | 'fiscalYear'>, period: Period): readonly Unit[] {
  const day = lastDayOf(period, calendar);
  const known = unitsByDay.get(units) ?? new Map<string, readonly Unit[]>();
  unitsByDay.set(units, known);
  const found = known.get(day) ?? units.flatMap((unit) => unitOn(unit, day) ?? []);
  known.set(day, found);
  return found;
}

/** The first period in which the unit exists, at or after this one: earlier values are those within its borders of then. */
export function firstPeriodOf({ from = '' }: UnitInTime, period: Period, calendar: Calendar): Period {
  let first = period;
  while (lastDayOf(first, calendar) < from) {
    const isLast = first.part === periodsPerYear[first.frequency];
    first = periodAt(first, isLast ? first.year + 1 : first.year, isLast ? 1 : first.part + 1);
  }
  return first;
}

/** The units into which a unit was merged or split, if it ended so. */
export function successorsOf(
  { territoryChanges = [] }: Pick<Units, 'territoryChanges'>,
  unit: UnitInTime,
): readonly string[] {
  const { code, until } = unit;
  return territoryChanges.find(({ on, from }) => on === until && from.includes(code))?.into ?? [];
}

/** The codes of the units above a unit, nearest first. */
export function above(units: readonly Unit[], code: string): string[] {
  const parents = new Map(units.map(({ code: each, parent }) => [each, parent]));
  const found: string[] = [];
  for (let at = parents.get(code); at !== undefined && !found.includes(at); at = parents.get(at)) found.push(at);
  return found;
}

/** The codes of the units above a unit on a day, nearest first. */
export const unitsAbove = ({ units }: Pick<Units, 'units'>, code: string, day: string): string[] =>
  above(
    units.flatMap((unit) => unitOn(unit, day) ?? []),
    code,
  );

/** The unit as it was enrolled, without what changed about it since: not even that it ended on its first day. */
export const asEnrolled = ({ until: _, ...unit }: UnitInTime): Unit => unitOn(unit, unit.from ?? '')!;

/** The first day on which something changed about a unit after its enrolment; undefined if nothing did. */
export function firstChangeOf(
  { code, from, until, names = [], parents = [] }: UnitInTime,
  { territoryChanges = [] }: Pick<Units, 'territoryChanges'>,
): string | undefined {
  const passed = territoryChanges.filter(
    ({ on, ...sides }) => on !== from && [...sides.from, ...sides.into].includes(code),
  );
  const days = [until, names[0]?.until, parents[0]?.until, ...passed.map(({ on }) => on)];
  return days.filter((day) => day !== undefined).sort()[0];
}

/** The unit with what was wrong about it at its first day put right; what changed about it since stays. */
export function correctedUnit(unit: UnitInTime, corrected: Unit): UnitInTime {
  const { name: _, translations: __, parent, ...enrolled } = corrected;
  const { until, names = [], parents = [] } = unit;
  const parentNow = parents.length > 0 ? unit.parent : parent;
  const firstParent = parent !== undefined && { parent };
  return {
    ...enrolled,
    ...namingOf(names.length > 0 ? unit : corrected),
    ...(parentNow !== undefined && { parent: parentNow }),
    ...(until !== undefined && { until }),
    ...(names.length > 0 && { names: names.with(0, { until: names[0]!.until, ...namingOf(corrected) }) }),
    ...(parents.length > 0 && { parents: parents.with(0, { until: parents[0]!.until, ...firstParent }) }),
  };
}

/** What a unit was called, or belonged to, without the change of that day. */
function withoutName(unit: UnitInTime, on: string): UnitInTime {
  const { names = [], name: _, translations: __, ...rest } = unit;
  const at = names.findIndex(({ until }) => until === on);
  if (at < 0) return unit;
  const before = namingOf(names[at]!);
  const others = names.toSpliced(at, 1);
  const next = others[at];
  if (next) return { ...rest, ...namingOf(unit), names: others.with(at, { until: next.until, ...before }) };
  return { ...rest, ...before, ...(others.length > 0 && { names: others }) };
}

function withoutParent({ parents = [], ...unit }: UnitInTime, on: string): UnitInTime {
  const at = parents.findIndex(({ until }) => until === on);
  if (at < 0) return { ...unit, ...(parents.length > 0 && { parents }) };
  const { until: _, ...before } = parents[at]!;
  const others = parents.toSpliced(at, 1);
  const next = others[at];
  if (next) return { ...unit, parents: others.with(at, { until: next.until, ...before }) };
  const { parent: __, ...rest } = unit;
  return { ...rest, ...before, ...(others.length > 0 && { parents: others }) };
}

function stands({ until: _, ...unit }: UnitInTime): UnitInTime {
  return unit;
}

/** The change of territory of a day that concerns the unit. */
export const territoryChangeOf = (
  { territoryChanges = [] }: Pick<Units, 'territoryChanges'>,
  code: string,
  day: string,
): TerritoryChange | undefined =>
  territoryChanges.find(({ on, from, into }) => on === day && [...from, ...into].includes(code));

/** The units after an event. */
export function evolveUnits(
  { units, territoryChanges = [] }: Units,
  event: EventOf<typeof unitChangeEvents>,
): Required<Pick<Units, 'units' | 'territoryChanges'>> {
  const change = (code: string, changed: (unit: UnitInTime) => UnitInTime) =>
    units.map((unit) => (unit.code === code ? changed(unit) : unit));
  const end = (codes: readonly string[], until: string) =>
    units.map((unit) => (codes.includes(unit.code) ? { ...unit, until } : unit));
  const pass = (passed: TerritoryChange) => [...territoryChanges, passed].sort(by(({ on }) => on));
  switch (event.type) {
    case 'UnitRenamed': {
      const { code, on } = event.data;
      const renamed = ({ name, translations, names = [], ...unit }: UnitInTime): UnitInTime => {
        const before = { until: on, ...namingOf({ name, translations }) };
        // The name of that day is stated again: the name before it stays.
        const earlier = names.at(-1)?.until === on ? names : [...names, before];
        return { ...unit, ...namingOf(event.data), names: earlier };
      };
      return { units: change(code, renamed), territoryChanges };
    }
    case 'UnitMoved': {
      const { code, parent, on } = event.data;
      const moved = (unit: UnitInTime): UnitInTime => {
        const { parents = [] } = unit;
        if (parents.at(-1)?.until === on) return { ...unit, parent };
        const before = { until: on, ...(unit.parent !== undefined && { parent: unit.parent }) };
        return { ...unit, parent, parents: [...parents, before] };
      };
      return { units: change(code, moved), territoryChanges };
    }
    case 'UnitsMerged': {
      const { units: merged, into, on } = event.data;
      const ended = merged.filter((code) => code !== into);
      return { units: end(ended, on), territoryChanges: pass({ on, from: merged, into: [into] }) };
    }
    case 'UnitSplit': {
      const { code, into, on } = event.data;
      const ended = into.includes(code) ? [] : [code];
      return { units: end(ended, on), territoryChanges: pass({ on, from: [code], into }) };
    }
    case 'UnitEnded': {
      const { code, on } = event.data;
      return { units: end([code], on), territoryChanges: pass({ on, from: [code], into: [] }) };
    }
    case 'UnitChangeWithdrawn': {
      const { code, on, change: aspect } = event.data;
      if (aspect === 'name') return { units: change(code, (unit) => withoutName(unit, on)), territoryChanges };
      if (aspect === 'parent') return { units: change(code, (unit) => withoutParent(unit, on)), territoryChanges };
      const withdrawn = territoryChangeOf({ territoryChanges }, code, on);
      const ended = withdrawn?.from.filter((each) => !withdrawn.into.includes(each)) ?? [];
      return {
        units: units.map((unit) => (ended.includes(unit.code) ? stands(unit) : unit)),
        territoryChanges: territoryChanges.filter((each) => each !== withdrawn),
      };
    }
  }
}
