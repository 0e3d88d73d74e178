import type { Difference, TrailEntry } from '../api/types';

/** Whether a difference is worth showing: its displayed values differ or events lie between the two states. */
export const isReal = ({ from, to, because }: Difference) => from !== to || because.length > 0;

/** Removes duplicate events: one event may explain several figures from which a value is computed. */
export const once = (entries: readonly TrailEntry[]) => [
  ...new Map(entries.map((entry) => [entry.eventId, entry])).values(),
];

export const programmeAspects = ['promise', 'project', 'policy', 'task', 'finding'] as const;
export type ProgrammeAspect = (typeof programmeAspects)[number];

const isOfProgramme = (aspect: Difference['aspect']): aspect is ProgrammeAspect =>
  programmeAspects.some((name) => name === aspect);

/** The subject of a group of differences: an indicator, a kind of programme item, or index and rules. */
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

/** Sort key: indicators first, because they explain the rest; then programme items; index and rules last. */
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

/** Merges equal target differences of several units, because a target may apply to all units. */
export function alike(differences: readonly Difference[]): { difference: Difference; units: string[] }[] {
  const lines = new Map<string, { difference: Difference; units: string[] }>();
  for (const difference of differences) {
    const { aspect, subject, unit, from, to, because } = difference;
    const events = because.map(({ eventId }) => eventId);
    // Values, judgements and indexes belong to one unit even if they are equal, so they are not merged.
    const own = aspect === 'targets' ? undefined : unit;
    const key = JSON.stringify([aspect, subject, own, from, to, events]);
    const line = lines.get(key) ?? { difference, units: [] };
    if (unit !== undefined) line.units.push(unit);
    lines.set(key, line);
  }
  return [...lines.values()];
}
