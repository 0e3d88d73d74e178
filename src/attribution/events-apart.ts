import { isVisible } from '../audit/trail.js';
import { limits, type EventLog } from '../kernel/event-log.js';
import type { RecordedEvent } from '../kernel/event.js';
import { comparePositions, type Position } from '../kernel/position.js';
import type { AsOf } from '../kernel/versioned-store.js';
import type { MovableDocuments } from './moved-documents.js';
import { type Moved, type Reads } from './moved-documents.js';

/** One event that is known on one side only, with where its stream stands before and after the step. */
export interface Step {
  readonly event: RecordedEvent;
  /** Taken back: the second side does not know it. */
  readonly taken: boolean;
  readonly before: Moved;
  readonly after: Moved;
}

/** All events of a stream, in order. */
export async function wholeStream(log: EventLog, stream: string): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for (;;) {
    const page = await log.readStream(stream, { from: events.length });
    events.push(...page);
    if (page.length < limits.eventsPerRead) return events;
  }
}

/**
 * The streams that have another version of a document in what was read, on one side or the other. A stream is found by
 * the event of the version.
 */
export async function streamsApart(
  log: EventLog,
  [from, to]: readonly [MovableDocuments, MovableDocuments],
  reads: readonly Reads[],
): Promise<string[]> {
  const places = new Set<Position>();
  const compare = (before: Version, after: Version) => {
    if (before?.position !== after?.position) places.add((after ?? before)!.position);
  };
  for (const [projection, { keys, prefixes }] of reads.flatMap((each) => [...each])) {
    for (const key of keys) compare(await from.get(projection, key), await to.get(projection, key));
    for (const prefix of prefixes) {
      const [before, after] = [await from.list(projection, prefix), await to.list(projection, prefix)];
      const versions = new Map(before.map((version) => [version.key, version]));
      for (const version of after) {
        compare(versions.get(version.key), version);
        versions.delete(version.key);
      }
      for (const version of versions.values()) compare(version, undefined);
    }
  }
  const events = await Promise.all([...places].map((place) => log.eventAt(place)));
  return [...new Set(events.flatMap((event) => (event ? [event.stream] : [])))].sort();
}

type Version = { readonly position: Position } | undefined;

/**
 * The steps from one moment to another: first what the second one does not know is taken back, the last known first; then
 * what it knows besides is put in, in the order in which it became known.
 */
export async function stepsBetween(
  log: EventLog,
  streams: readonly string[],
  [from, to]: readonly [AsOf, AsOf],
): Promise<Step[]> {
  const [taken, put]: [Step[], Step[]] = [[], []];
  for (const stream of streams) {
    const events = await wholeStream(log, stream);
    // Along a stream both times only grow: what a moment sees of it are its first events.
    const [first, last] = [from, to].map((moment) => events.filter((event) => isVisible(event, moment)).length) as [
      number,
      number,
    ];
    const at = (count: number): Moved => ({
      between: count < first ? events.slice(count, first) : events.slice(first, count),
      last: events[count - 1],
    });
    for (let count = first; count < last; count++) {
      put.push({ event: events[count]!, taken: false, before: at(count), after: at(count + 1) });
    }
    for (let count = first; count > last; count--) {
      taken.push({ event: events[count - 1]!, taken: true, before: at(count), after: at(count - 1) });
    }
  }
  return [...taken.sort((a, b) => byKnownTime(b.event, a.event)), ...put.sort((a, b) => byKnownTime(a.event, b.event))];
}

export const byKnownTime = (a: Known, b: Known): number =>
  a.knownAt < b.knownAt ? -1 : a.knownAt > b.knownAt ? 1 : comparePositions(a.position, b.position);

type Known = Pick<RecordedEvent, 'knownAt' | 'position'>;
