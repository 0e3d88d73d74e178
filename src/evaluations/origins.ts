import { wholeStream } from '../attribution/events-apart.js';
import type { EventLog } from '../kernel/event-log.js';
import { planStream } from '../plans/plan.events.js';

/** The codes of the units out of which a unit was made, by whatever mergers and splits, nearest first. */
export type Origins = (unit: string) => readonly string[];

/** By all mergers and splits that the log has of a plan, those that were withdrawn since included. */
export async function originsIn(log: EventLog, plan: string): Promise<Origins> {
  const made = (await wholeStream(log, planStream(plan))).flatMap(({ type, data }): [into: string, from: string][] => {
    if (type === 'UnitsMerged') {
      const { units, into } = data as { units: string[]; into: string };
      return units.map((unit) => [into, unit]);
    }
    if (type !== 'UnitSplit') return [];
    const { code, into } = data as { code: string; into: string[] };
    return into.map((part) => [part, code]);
  });
  return (unit) => {
    const found = new Set([unit]);
    for (const each of found) for (const [into, from] of made) if (into === each) found.add(from);
    found.delete(unit);
    return [...found];
  };
}
