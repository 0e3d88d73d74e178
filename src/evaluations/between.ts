import { byKnownTime, wholeStream } from '../attribution/events-apart.js';
import { isVisible, type Trail } from '../audit/trail.js';
import type { TrailEntry } from '../audit/trail-entry.js';
import { eventsInUse } from '../figures/figure.projection.js';
import type { EventLog } from '../kernel/event-log.js';
import { parseStreamName } from '../kernel/stream-name.js';
import type { AsOf } from '../kernel/versioned-store.js';

export type Between = (streams: readonly string[], concerns: (entry: TrailEntry) => boolean) => Promise<TrailEntry[]>;

/**
 * Reads what is visible from one side but not from the other. Of a figure only what concerns its value in use: a
 * correction that waits or was returned explains nothing.
 */
export function betweenReader(left: AsOf, right: AsOf, trail: Trail, log: EventLog): Between {
  return async (streams, concerns) => {
    const entries: TrailEntry[] = [];
    for (const stream of new Set(streams)) {
      const seen = (await wholeStream(log, stream)).filter(
        (event) => isVisible(event, left) || isVisible(event, right),
      );
      const used = parseStreamName(stream).category === 'figure' ? eventsInUse(seen) : undefined;
      const apart = new Set(
        seen
          .filter((event) => isVisible(event, left) !== isVisible(event, right))
          .flatMap(({ id }) => (used && !used.has(id) ? [] : [id])),
      );
      if (apart.size === 0) continue;
      const trailed = await trail.ofStreams([stream]);
      entries.push(...trailed.filter((entry) => apart.has(entry.eventId) && concerns(entry)));
    }
    return entries.sort(byKnownTime);
  };
}

/** The events behind several differences, each once, oldest first. */
export function together(differences: readonly { readonly because: readonly TrailEntry[] }[]): TrailEntry[] {
  const entries = new Map(differences.flatMap(({ because }) => because).map((entry) => [entry.eventId, entry]));
  return [...entries.values()].sort(byKnownTime);
}
