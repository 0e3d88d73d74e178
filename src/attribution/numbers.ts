import type { Cell } from '../assessment/cell.js';
import type { CompositeIndex } from '../assessment/composite-index.js';
import { isMeasured, type Finding } from '../assessment/measured.js';
import type { IndicatorRow } from '../overview/indicator-row.js';
import type { Overview, UnitIndex } from '../overview/overview.js';
import type { ProjectNow, ProjectSums } from '../overview/programme/projects.js';
import type { PromiseNow } from '../overview/programme/promises.js';
import type { TaskGroup, TaskNow } from '../overview/programme/tasks.js';

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
  const { indexes, indicators, context, programme } = overview;
  return new Map([
    ...indexes.flatMap((each) => numbersIn(each, ofIndex)),
    ...indicators.flatMap((each) => numbersIn(each, ofRow)),
    ...context.flatMap((each) => numbersIn(each, ofContext)),
    ...ofProgramme(programme),
  ]);
}

type Numbers = readonly (readonly [key: string, number: PlacedNumber])[];
type Add = (of: NumberKind, place: Place, value: string | number | undefined) => void;

const found = new WeakMap<object, Numbers>();

/** The numbers in one thing of an overview. States that are compared have most things in common: each is looked through once. */
function numbersIn<Thing extends object>(thing: Thing, tell: (thing: Thing, add: Add) => void): Numbers {
  const known = found.get(thing);
  if (known) return known;
  const numbers: (readonly [string, PlacedNumber])[] = [];
  tell(thing, (of, place, value) => {
    if (value === undefined || !plain.test(String(value))) return;
    numbers.push([placeKey(place, of), { of, ...place, value: String(value) }]);
  });
  found.set(thing, numbers);
  return numbers;
}

/** What is asked as a range, or by a rule, is no number. */
const plain = /^-?\d+(\.\d+)?$/;

function ofIndex({ unit, index, byArea }: UnitIndex, add: Add): void {
  const indexed = (place: Place, { value, coverage }: CompositeIndex) => {
    add('index', place, value);
    add('coverage', place, coverage);
  };
  indexed({ unit }, index);
  for (const each of byArea) indexed({ unit, area: each.area }, each.index);
}

function ofRow({ code, cells }: IndicatorRow, add: Add): void {
  for (const cell of cells) ofCell(cell, { indicator: code, unit: cell.unit }, add);
}

function ofContext({ code, unit, value }: Overview['context'][number], add: Add): void {
  ofFinding('value', value, { indicator: code, unit }, add);
}

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

function ofProgramme({ promises, projects, policies, tasks }: Overview['programme']): Numbers {
  return [
    ...promises.list.flatMap((each) => numbersIn(each, ofPromise)),
    ...numbersIn(promises.counts, (counts, add) => counted({ resource: 'promise' }, counts, add)),
    ...projects.list.flatMap((each) => numbersIn(each, ofProject)),
    ...numbersIn(projects.whole, ofProjects),
    ...numbersIn(policies.counts, (counts, add) => counted({ resource: 'policy' }, counts, add)),
    ...tasks.list.flatMap((each) => numbersIn(each, ofTask)),
    ...tasks.byActionPlan.flatMap((each) => numbersIn(each, ofActionPlan)),
  ];
}

type Counts = Readonly<Record<string, string | number | undefined>>;

function counted({ group: of, ...place }: Place, counts: Counts, add: Add): void {
  for (const [group, value] of Object.entries(counts)) {
    add('count', { ...place, group: [of, group].filter(Boolean).join('/') }, value);
  }
}

function ofPromise({ id, statement, exact }: PromiseNow, add: Add): void {
  add('promised', { resource: 'promise', subject: id, name: statement }, exact);
}

function ofProject({ id, name, percent, investment, invested, lead }: ProjectNow, add: Add): void {
  const place = { resource: 'project', subject: id, name } as const;
  add('physical', place, percent);
  add('investment', place, investment);
  add('invested', place, invested);
  add('lead', place, lead);
}

function ofProjects({ investment, invested, reporting: _, ...counts }: ProjectSums, add: Add): void {
  add('investment', { resource: 'project' }, investment);
  add('invested', { resource: 'project' }, invested);
  counted({ resource: 'project' }, { ...counts }, add);
}

function ofTask({ id, title, percent }: TaskNow, add: Add): void {
  add('physical', { resource: 'task', subject: id, name: title }, percent);
}

function ofActionPlan({ actionPlan, count, underWay, completed, overdue, dropped }: TaskGroup, add: Add): void {
  counted({ resource: 'task', group: actionPlan }, { count, underWay, completed, overdue, dropped }, add);
}
