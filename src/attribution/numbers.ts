import type { Cell } from '../assessment/cell.js';
import type { CompositeIndex } from '../assessment/composite-index.js';
import { isMeasured, type Finding } from '../assessment/measured.js';
import type { Overview } from '../overview/overview.js';

/** What a number of an overview says. `count` counts promises, projects, policies and tasks, by `group`. */
export const numberKinds = [
  ...(['index', 'coverage', 'base', 'value', 'part', 'sum', 'target', 'completion-rate', 'progress'] as const),
  ...(['lead', 'required', 'gap', 'score', 'promised', 'physical', 'investment', 'invested', 'count'] as const),
] as const;
export type NumberKind = (typeof numberKinds)[number];

export type Resource = 'promise' | 'project' | 'policy' | 'task' | 'finding';

/** Where in an overview a number or a verdict stands. */
export interface Place {
  readonly indicator?: string;
  readonly unit?: string;
  readonly area?: string;
  /** Of a target. */
  readonly period?: string;
  /** A part of a breakdown, `sex/f`; or what is counted, `completed`. */
  readonly group?: string;
  readonly resource?: Resource;
  /** Id and name of a promise, project, policy, task or finding. */
  readonly subject?: string;
  readonly name?: string;
}

export interface PlacedNumber extends Place {
  readonly of: NumberKind;
  /** Decimal text with all its digits. */
  readonly value: string;
}

/** The same for the same number in two overviews. A name may change. */
export const placeKey = ({ indicator, unit, area, period, group, resource, subject }: Place, of: string): string =>
  JSON.stringify([of, indicator, unit, area, period, group, resource, subject]);

/** All numbers of an overview that something later may change, by their place. */
export function numbersOf(overview: Overview): ReadonlyMap<string, PlacedNumber> {
  const numbers = new Map<string, PlacedNumber>();
  const add = (of: NumberKind, place: Place, value: string | number | undefined) => {
    if (value !== undefined && plain.test(String(value))) {
      numbers.set(placeKey(place, of), { of, ...place, value: String(value) });
    }
  };
  for (const { unit, index, byArea } of overview.indexes) {
    const indexed = (place: Place, { value, coverage }: CompositeIndex) => {
      add('index', place, value);
      add('coverage', place, coverage);
    };
    indexed({ unit }, index);
    for (const each of byArea) indexed({ unit, area: each.area }, each.index);
  }
  for (const { code, cells } of overview.indicators) {
    for (const cell of cells) ofCell(cell, { indicator: code, unit: cell.unit }, add);
  }
  for (const { code, unit, value } of overview.context) ofFinding('value', value, { indicator: code, unit }, add);
  ofProgramme(overview, add);
  return numbers;
}

type Add = (of: NumberKind, place: Place, value: string | number | undefined) => void;

/** What is asked as a range, or by a rule, is no number. */
const plain = /^-?\d+(\.\d+)?$/;

function ofFinding(of: 'base' | 'value', finding: Finding, place: Place, add: Add): void {
  if (!isMeasured(finding)) return;
  add(of, place, finding.exact);
  if (of === 'base') return;
  for (const { code, parts = [] } of finding.breakdowns ?? []) {
    for (const part of parts) add('part', { ...place, group: `${code}/${part.code}` }, part.exact);
  }
}

function ofCell({ base, value, cumulativeSum, targets, assessment }: Cell, place: Place, add: Add): void {
  ofFinding('base', base, place, add);
  ofFinding('value', value, place, add);
  add('sum', place, cumulativeSum);
  for (const { period, value: asked, rule } of targets) {
    add('target', { ...place, period }, rule ? rule.value : asked.replace(/^[<>]/, ''));
  }
  const { completionRate, progress, lead, requiredNow, gapToTarget, score } = assessment;
  add('completion-rate', place, completionRate);
  add('progress', place, progress);
  add('lead', place, lead);
  add('required', place, requiredNow);
  add('gap', place, gapToTarget);
  add('score', place, score);
}

function ofProgramme(overview: Overview, add: Add): void {
  const { promises, projects, policies, tasks } = overview.programme;
  const counts = (resource: Resource, groups: Readonly<Record<string, string | number | undefined>>) => {
    for (const [group, value] of Object.entries(groups)) add('count', { resource, group }, value);
  };
  for (const { id, statement, exact } of promises.list) {
    add('promised', { resource: 'promise', subject: id, name: statement }, exact);
  }
  counts('promise', promises.counts);
  for (const { id, name, percent, investment, invested, lead } of projects.list) {
    const place = { resource: 'project', subject: id, name } as const;
    add('physical', place, percent);
    add('investment', place, investment);
    add('invested', place, invested);
    add('lead', place, lead);
  }
  const { investment, invested, reporting: _, ...counted } = projects.whole;
  add('investment', { resource: 'project' }, investment);
  add('invested', { resource: 'project' }, invested);
  counts('project', counted);
  counts('policy', policies.counts);
  for (const { id, title, percent } of tasks.list) {
    add('physical', { resource: 'task', subject: id, name: title }, percent);
  }
  for (const { actionPlan, count, underWay, completed, overdue, dropped } of tasks.byActionPlan) {
    const groups = { count, underWay, completed, overdue, dropped };
    for (const [group, value] of Object.entries(groups)) {
      add('count', { resource: 'task', group: [actionPlan, group].filter(Boolean).join('/') }, value);
    }
  }
}
