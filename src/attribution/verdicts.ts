import type { Overview } from '../overview/overview.js';
import { placeKey, type Place } from './numbers.js';

/** Conclusions of an overview. `veto`: the red 约束性 indicators that veto the index of a unit, by their codes. */
export type Conclusion = 'status' | 'outlook' | 'verdict' | 'veto' | 'state';

export interface PlacedVerdict extends Place {
  readonly of: Conclusion;
  /** The code of a status, outlook, verdict or state; of a veto the codes of the indicators. */
  readonly value: string;
}

/**
 * All conclusions of an overview, by their place. The `state` is that of a promise, the standing of a task or finding, or
 * the timeliness of a policy; a project has a status.
 */
export function verdictsOf({ indicators, indexes, programme }: Overview): ReadonlyMap<string, PlacedVerdict> {
  const verdicts = new Map<string, PlacedVerdict>();
  const add = (of: Conclusion, place: Place, value: string | undefined) => {
    if (value !== undefined && value !== '') verdicts.set(placeKey(place, of), { of, ...place, value });
  };
  for (const { code, cells } of indicators) {
    for (const { unit, assessment } of cells) {
      for (const kind of ['status', 'outlook', 'verdict'] as const) {
        add(kind, { indicator: code, unit }, assessment[kind]);
      }
    }
  }
  for (const { unit, index } of indexes) add('veto', { unit }, index.vetoed.join('、'));
  const { promises, projects, policies, tasks, findings } = programme;
  for (const { id, statement, state } of promises.list) {
    add('state', { resource: 'promise', subject: id, name: statement }, state);
  }
  for (const { id, name, status } of projects.list) add('status', { resource: 'project', subject: id, name }, status);
  for (const { id, name, timeliness } of policies.list) {
    add('state', { resource: 'policy', subject: id, name }, timeliness);
  }
  for (const { id, title, standing, overdue } of tasks.list) {
    add('state', { resource: 'task', subject: id, name: title }, overdue ? 'overdue' : standing);
  }
  for (const { id, title, standing } of findings) {
    add('state', { resource: 'finding', subject: id, name: title }, standing);
  }
  return verdicts;
}
