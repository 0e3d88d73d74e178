import type { EvaluationRules } from '../plans/evaluation-rules.js';
import { assessOrFault, type Assessment } from '../assessment/assessment.js';
import { assessmentInput } from '../assessment/cell.js';
import { compositeIndex, type CompositeIndex, type IndexEntry } from '../assessment/composite-index.js';
import { decimal, text, zero } from '../assessment/decimals.js';
import { isMeasured, type Finding } from '../assessment/measured.js';
import type { IndexedPlan } from '../overview/overview.js';
import { applied, causes, type Cause, type Facts } from './causes.js';

export interface CausedChange {
  readonly cause: Cause;
  /** Index points, decimal text. */
  readonly change: string;
}

export interface IndexSide {
  readonly period: string;
  /** Absent if no indicator has a score. */
  readonly value?: string;
  readonly coverage: string;
  readonly vetoed: readonly string[];
}

export interface IndicatorShare {
  readonly indicator: string;
  readonly name: string;
  readonly area?: string;
  readonly change: string;
  readonly causes: readonly CausedChange[];
  /** Status and score on each side; absent if the indicator does not exist there. */
  readonly from?: Standing;
  readonly to?: Standing;
}

interface Standing {
  readonly status: Assessment['status'];
  readonly score?: string;
  readonly shown?: string;
}

/** The change of a unit's index between two states of a plan. */
export interface IndexChange {
  readonly unit: string;
  readonly area?: string;
  readonly from: IndexSide;
  readonly to: IndexSide;
  /** Exactly the sum of the parts; absent if one side has no index. */
  readonly change?: string;
  readonly causes: readonly CausedChange[];
  /** The indicators that changed the index, or whose status or score changed; ordered by code. */
  readonly parts: readonly IndicatorShare[];
}

export interface IndexScope {
  readonly unit: string;
  readonly area?: string;
}

/**
 * Decomposes the change of an index by indicator and cause [ours]. Starting from the first state, it applies the causes
 * in the order of `causes`, and for each cause the indicators by code. The change of the index at each step is that
 * indicator's part for that cause. So the parts sum exactly to the change; the order only decides to which part a joint
 * effect is assigned. If the periods differ, a different value belongs to the cause `period`, not `corrected`.
 */
export function indexChange(from: IndexedPlan, to: IndexedPlan, scope: IndexScope): IndexChange {
  const codes = codesIn(scope.area, from, to);
  const facts = new Map(codes.map((code) => [code, factsOf(from, code, scope.unit)]));
  const finals = new Map(codes.map((code) => [code, factsOf(to, code, scope.unit)]));
  const entries = new Map(codes.map((code) => [code, entryOf(code, facts.get(code)!)]));
  const indexNow = (rules: EvaluationRules) =>
    compositeIndex(
      [...entries.values()].flatMap((entry) => entry ?? []),
      rules,
    );

  const before = indexNow(from.rules.rules);
  const moved = new Map<string, CausedChange[]>();
  let value = before.value;
  for (const cause of causes) {
    for (const code of codes) {
      const step = applied(cause, facts.get(code)!, finals.get(code)!);
      facts.set(code, step);
      const entry = entryOf(code, step);
      if (sameEntry(entry, entries.get(code))) continue;
      entries.set(code, entry);
      const next = indexNow(to.rules.rules).value;
      // If no indicator has a score at this step, skip it; a later step compares with the last known value.
      if (value === undefined || next === undefined || next === value) continue;
      moved.set(code, [...(moved.get(code) ?? []), { cause, change: difference(value, next) }]);
      value = next;
    }
  }
  const after = indexNow(to.rules.rules);
  const whole = before.value !== undefined && after.value !== undefined;
  const shares = whole ? moved : new Map<string, CausedChange[]>();
  const parts = codes.flatMap((code) => shareOf(code, from, to, scope.unit, shares.get(code) ?? []));
  return {
    ...scope,
    from: sideOf(from, before),
    to: sideOf(to, after),
    ...(whole && { change: difference(before.value, after.value) }),
    causes: summed([...shares.values()].flat()),
    parts,
  };
}

/** Combines two consecutive changes into the change from the first to the last state. */
export function joined(first: IndexChange, second: IndexChange): IndexChange {
  const codes = [...new Set([...first.parts, ...second.parts].map(({ indicator }) => indicator))].sort();
  const whole = first.change !== undefined && second.change !== undefined;
  const { unit, area, from } = first;
  const parts = codes.map((code): IndicatorShare => {
    const [one, other] = [first, second].map(({ parts: found }) => found.find(({ indicator }) => indicator === code));
    const { name, area: of } = (one ?? other)!;
    const moved = whole ? summed([...(one?.causes ?? []), ...(other?.causes ?? [])]) : [];
    const [start, end] = [one?.from ?? (one ? undefined : other!.from), other?.to ?? (other ? undefined : one!.to)];
    return {
      ...{ indicator: code, name, change: total(moved), causes: moved },
      ...(of !== undefined && { area: of }),
      ...(start && { from: start }),
      ...(end && { to: end }),
    };
  });
  return {
    ...{ unit, from, to: second.to, parts },
    ...(area !== undefined && { area }),
    ...(whole && { change: total([first, second].map(({ change }) => ({ change: change! }))) }),
    causes: whole ? summed([...first.causes, ...second.causes]) : [],
  };
}

/** A change of which everything has one cause. */
export function causedBy(cause: Cause, change: IndexChange): IndexChange {
  const all = (moved: string): CausedChange[] => (moved === '0' ? [] : [{ cause, change: moved }]);
  const parts = change.parts.map((part) => ({ ...part, causes: all(part.change) }));
  return { ...change, causes: all(total(change.causes)), parts };
}

function codesIn(area: string | undefined, ...plans: readonly IndexedPlan[]): string[] {
  const rows = plans.flatMap(({ indicators }) => indicators);
  return [...new Set(rows.filter((row) => area === undefined || row.area === area).map(({ code }) => code))].sort();
}

const noFinding: Finding = { absent: 'not-reported', demo: false };

function factsOf({ indicators, rules, plan }: IndexedPlan, code: string, unit: string): Facts {
  const row = indicators.find((found) => found.code === code);
  const cell = row?.cells.find((found) => found.unit === unit);
  return {
    ...(cell && row && { row }),
    cell: cell ?? { unit, base: noFinding, value: noFinding, targets: [] },
    rules: rules.rules,
    baseline: plan.baseline,
  };
}

function entryOf(code: string, { row, cell, rules, baseline }: Facts): IndexEntry | undefined {
  if (!row) return undefined;
  const { status, score } = assessOrFault(assessmentInput(row, cell, baseline), rules);
  const { weight, attribute } = row;
  return { indicator: code, weight, attribute, status, ...(score !== undefined && { score }) };
}

const sameEntry = (a: IndexEntry | undefined, b: IndexEntry | undefined) =>
  a?.score === b?.score && a?.weight === b?.weight && a?.status === b?.status && a?.attribute === b?.attribute;

function shareOf(
  code: string,
  from: IndexedPlan,
  to: IndexedPlan,
  unit: string,
  moved: readonly CausedChange[],
): IndicatorShare[] {
  const [before, after] = [from, to].map((plan) => standingIn(plan, code, unit));
  const same = before?.status === after?.status && before?.score === after?.score;
  if (moved.length === 0 && same) return [];
  const { name, area } = [to, from].flatMap(({ indicators }) => indicators).find((row) => row.code === code)!;
  return [
    {
      ...{ indicator: code, name, change: total(moved), causes: summed(moved) },
      ...(area !== undefined && { area }),
      ...(before && { from: before }),
      ...(after && { to: after }),
    },
  ];
}

function standingIn({ indicators }: IndexedPlan, code: string, unit: string): Standing | undefined {
  const cell = indicators.find((row) => row.code === code)?.cells.find((found) => found.unit === unit);
  if (!cell) return undefined;
  const { assessment, value } = cell;
  return {
    status: assessment.status,
    ...(assessment.score !== undefined && { score: assessment.score }),
    ...(isMeasured(value) && { shown: value.shown }),
  };
}

function sideOf({ period }: IndexedPlan, { value, coverage, vetoed }: CompositeIndex): IndexSide {
  return { period, ...(value !== undefined && { value }), coverage, vetoed };
}

const difference = (from: string, to: string) => text(decimal(to).minus(decimal(from)));

const total = (changes: readonly { readonly change: string }[]) =>
  text(changes.reduce((sum, { change }) => sum.plus(change), zero));

/** Sums changes by cause, in the order of `causes`. A cause whose sum is 0 is left out. */
function summed(changes: readonly CausedChange[]): CausedChange[] {
  return causes.flatMap((cause) => {
    const own = changes.filter((each) => each.cause === cause);
    const change = total(own);
    return change === '0' ? [] : [{ cause, change }];
  });
}
