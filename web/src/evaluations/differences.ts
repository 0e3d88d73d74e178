import type { Difference, TrailEntry } from '../api/types';

/** Reads a comparison as a person would: by what it is about, and each thing told once. */

/** The same on both sides, and nothing happened between: no difference to a person. */
export const isReal = ({ from, to, because }: Difference) => from !== to || because.length > 0;

/** One event may stand behind several of the figures that a value rests on; it is told once. */
export const once = (entries: readonly TrailEntry[]) => [
  ...new Map(entries.map((entry) => [entry.eventId, entry])).values(),
];

export const programmeAspects = ['promise', 'project', 'policy', 'task', 'finding'] as const;
export type ProgrammeAspect = (typeof programmeAspects)[number];

const isOfProgramme = (aspect: Difference['aspect']): aspect is ProgrammeAspect =>
  programmeAspects.some((name) => name === aspect);

/** An indicator, one kind of thing besides them, or the index and the rules. */
export type Topic = { readonly indicator: string } | { readonly aspect: ProgrammeAspect } | 'index-and-rules';

export interface Grouped {
  readonly key: string;
  readonly topic: Topic;
  readonly entries: readonly Difference[];
}

function topicOf({ indicator, aspect }: Difference): Topic {
  if (isOfProgramme(aspect)) return { aspect };
  return indicator === undefined ? 'index-and-rules' : { indicator };
}

/** Sorts: indicators first, for they explain what follows; then the other things; the index comes last. */
function keyOf(topic: Topic): string {
  if (topic === 'index-and-rules') return '3';
  return 'indicator' in topic ? `1 ${topic.indicator}` : `2 ${programmeAspects.indexOf(topic.aspect)}`;
}

export function grouped(differences: readonly Difference[]): Grouped[] {
  const groups = new Map<string, { topic: Topic; entries: Difference[] }>();
  for (const difference of differences) {
    const topic = topicOf(difference);
    const key = keyOf(topic);
    const group = groups.get(key) ?? { topic, entries: [] };
    group.entries.push(difference);
    groups.set(key, group);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, group]) => ({ key, ...group }));
}

/** A plan's target that holds for all changes for all: one line, not ten. */
export function alike(differences: readonly Difference[]): { difference: Difference; units: string[] }[] {
  const lines = new Map<string, { difference: Difference; units: string[] }>();
  for (const difference of differences) {
    const { aspect, subject, unit, from, to, because } = difference;
    const events = because.map(({ eventId }) => eventId);
    // Values, verdicts and indexes are each unit's own, even where they happen to be equal.
    const own = aspect === 'targets' ? undefined : unit;
    const key = JSON.stringify([aspect, subject, own, from, to, events]);
    const line = lines.get(key) ?? { difference, units: [] };
    if (unit !== undefined) line.units.push(unit);
    lines.set(key, line);
  }
  return [...lines.values()];
}
