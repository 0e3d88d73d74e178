import { createContext, use } from 'react';
import type { Moment } from '../api/queries';
import type { PlanDocument, Unit } from '../api/types';
import { yearText } from './periods';
import type { UnitThen } from './units-in-time';
import { t } from '../shared/i18n';

/** Selected plan, unit, period and moment, derived from URL and plan and provided to all components of reading pages. */
export interface Scope {
  /** The plan, with its units as they were in the period. */
  readonly plan: PlanDocument;
  readonly period: string;
  readonly unit: Unit;
  readonly moment: Moment;
  /** `2023-06-30` or `今日`. */
  readonly momentText: string;
}

/** The plan as it is today, for all its pages. */
export const PlanContext = createContext<PlanDocument | undefined>(undefined);

export function usePlanHere(): PlanDocument {
  const plan = use(PlanContext);
  if (!plan) throw new Error('usePlanHere must be used within a plan');
  return plan;
}

export const ScopeContext = createContext<Scope | undefined>(undefined);

export function useScope(): Scope {
  const scope = use(ScopeContext);
  if (!scope) throw new Error('useScope must be used within a scope provider');
  return scope;
}

/** Whether the page shows what is known now, so that something may be done about it. Working pages always do. */
export function useIsToday(): boolean {
  const { asOf, atPosition } = use(ScopeContext)?.moment ?? {};
  return asOf === undefined && atPosition === undefined;
}

export const unitName = (units: readonly Unit[], code: string | undefined): string =>
  units.find((unit) => unit.code === code)?.name ?? code ?? '';

/** Short unit name for narrow columns, for example `莲都` or `景宁`. */
export const shortName = (name: string): string => name.replace(/(畲族自治县|自治县|[县区市])$/, '');

/** The units that are judged and exist in the period. */
export const judgedUnits = (units: readonly UnitThen[]): Unit[] =>
  units.filter(({ level, gone }) => level !== 'reference' && gone !== true);

/** The top unit, which is the city. */
export const topUnit = (units: readonly Unit[]): Unit | undefined =>
  judgedUnits(units).find(({ parent }) => parent === undefined);

/** The unit by which a list is narrowed: none for the top unit, of which are all things. */
export const unitBelowTop = ({ code, parent }: Pick<Unit, 'code' | 'parent'>): string | undefined =>
  parent === undefined ? undefined : code;

/** The unit of the amounts of a plan's projects. */
export const moneyUnit = ({ money }: Pick<PlanDocument, 'money'>): string => money?.unit ?? t('万元');

export const periodMark = (
  plan: Pick<PlanDocument, 'midterm' | 'endYear' | 'fiscalYear'>,
  period: string,
): string | undefined =>
  period === plan.midterm ? t('中期') : period === yearText(plan.endYear, plan) ? t('终期') : undefined;

/** `全市` for the city, otherwise the unit's name. */
export function unitLabel(units: readonly Unit[], code: string): string {
  const unit = units.find((enrolled) => enrolled.code === code);
  if (!unit) return code;
  return isWholeCity(units, unit) ? t('全市') : unit.name;
}

/** Short form of `unitLabel` for narrow columns: `全市`, `莲都`. */
export function shortLabel(units: readonly Unit[], code: string): string {
  const unit = units.find((enrolled) => enrolled.code === code);
  const label = unitLabel(units, code);
  return unit && isWholeCity(units, unit) ? label : shortName(label);
}

const isWholeCity = (units: readonly Unit[], { code, level }: Unit) =>
  level === 'city' && topUnit(units)?.code === code;
