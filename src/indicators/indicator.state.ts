import { notFound, type DomainError } from '../kernel/errors.js';
import type { PlanState } from '../plans/plan.state.js';
import type { Referred } from './formula-check.js';
import type { Continuation, Definition, IndicatorDefined } from './indicator.events.js';
import type { Scope } from './scope.js';

export interface Target {
  readonly unit: string;
  readonly period: string;
  readonly value: string;
  readonly targetVersion: number;
  /** The definition under which it was set or revised; absent for the first. */
  readonly definitionVersion?: number;
}

export type Defined = (typeof IndicatorDefined)['example'];

export interface IndicatorState {
  readonly defined?: Defined;
  /** The definition that holds now, and its version. */
  readonly definition?: Definition;
  readonly definitionVersion: number;
  /** The earliest definition whose figures and targets may be compared with those of the present one. */
  readonly comparableSince: number;
  /** By `unit/period`. */
  readonly targets: ReadonlyMap<string, Target>;
  /** Of targets that were withdrawn, the version that they had, by `unit/period`. */
  readonly withdrawn: ReadonlyMap<string, number>;
  /** To which units it does not apply, or applies again, and from when on. */
  readonly scopes: readonly Scope[];
  readonly retiredFrom?: string;
  /** Which indicator of an earlier plan it continues. */
  readonly continues?: Continuation;
}

export const targetKey = (unit: string, period: string) => `${unit}/${period}`;

/** An indicator of an earlier plan, with that plan. */
export interface Former {
  readonly plan: PlanState;
  readonly indicator: IndicatorState;
}

export interface IndicatorKnown {
  readonly plan: PlanState;
  /** Where the command brings a formula: what it leads to. */
  readonly referred?: Referred;
  /** Where the command names an indicator of an earlier plan: that one, as far as there is one. */
  readonly former?: Former;
}

export function unknownIndicator({ plan, code }: { plan: string; code: string }): DomainError {
  const missing = { kind: 'indicator', id: code };
  return notFound('indicator.unknown', `规划 ${plan} 没有指标 ${code}：请核对指标代码`, 'code', missing);
}

export function withTarget(state: IndicatorState, { unit, period, value, targetVersion }: Target): IndicatorState {
  const target = { unit, period, value, targetVersion, ...underDefinition(state.definitionVersion) };
  return { ...state, targets: new Map(state.targets).set(targetKey(unit, period), target) };
}

export const underDefinition = (version: number): Pick<Target, 'definitionVersion'> =>
  version > 1 ? { definitionVersion: version } : {};

/** Whether the target was set under a definition that is incomparable with the present one, and not restated since. */
export const isStale = ({ definitionVersion = 1 }: Target, { comparableSince }: IndicatorState): boolean =>
  definitionVersion < comparableSince;
