import type { TrailEntry } from '../audit/trail-entry.js';
import type { Trail } from '../audit/trail.js';
import type { RecordedEvent } from '../kernel/event.js';
import type { Part } from './account.js';
import type { Attributed, Cause } from './attribution.js';
import { difference, moved, type NumberMove, type VerdictMove } from './moves.js';
import { placeKey } from './numbers.js';

/** What one cause moves, in an answer. */
export interface CausedPart extends Part {
  readonly kind: Cause['kind'];
  /** The event, where it is one. */
  readonly entry?: TrailEntry;
  /** The first side knows the event, and the second one does not. */
  readonly taken?: true;
  /** How many events are told together, in the part of the rest. */
  readonly events?: number;
}

/** Whose parts a difference is made of: the places of the causes in the list of parts. */
interface By {
  readonly by: readonly number[];
}

/** The difference of two states, split by its causes. */
export interface Attribution {
  /** The causes in the order in which they are put in. */
  readonly parts: readonly CausedPart[];
  /** Every number that a cause moves; the parts of one that both sides have sum exactly to its `change`. */
  readonly numbers: readonly (NumberMove & By)[];
  /** Every conclusion that differs. */
  readonly verdicts: readonly (VerdictMove & By)[];
}

export async function attributionOf({ ends: [before, after], parts }: Attributed, trail: Trail): Promise<Attribution> {
  const entries = await entriesOf(
    parts.flatMap(({ cause }) => (cause.kind === 'event' ? [cause.event] : [])),
    trail,
  );
  const numbersBy = places(parts.map(({ numbers }) => numbers));
  const verdictsBy = places(parts.map(({ verdicts }) => verdicts));
  return {
    parts: parts.map(({ cause, ...part }): CausedPart => {
      if (cause.kind !== 'event') return { ...cause, ...part };
      const { taken, event, kind } = cause;
      return { kind, entry: entries.get(event.id)!, ...(taken && { taken }), ...part };
    }),
    numbers: [...numbersBy].map(([key, { move, by }]) => {
      const { from: _, to: __, change: ___, alone: ____, together: _____, ...place } = move;
      const [from, to] = [before.numbers.get(key)?.value, after.numbers.get(key)?.value];
      return {
        ...place,
        ...(from !== undefined && { from }),
        ...(to !== undefined && { to }),
        ...(from !== undefined && to !== undefined && { change: difference(from, to) }),
        by,
      };
    }),
    verdicts: [...moved(before.verdicts, after.verdicts)].map(([key, { placed, from, to }]) => {
      const { value: _, ...place } = placed;
      return {
        ...place,
        ...(from !== undefined && { from }),
        ...(to !== undefined && { to }),
        by: verdictsBy.get(key)?.by ?? [],
      };
    }),
  };
}

/** The places in `parts` of those that move each number or conclusion. What an event moves alone only is not counted. */
function places<Move extends NumberMove | VerdictMove>(parts: readonly (readonly Move[])[]) {
  const found = new Map<string, { move: Move; by: number[] }>();
  for (const [at, moves] of parts.entries()) {
    for (const move of moves) {
      if (move.from === move.to) continue;
      const key = placeKey(move, move.of);
      found.set(key, { move, by: [...(found.get(key)?.by ?? []), at] });
    }
  }
  return found;
}

/** The trail entries of events, by their ids. */
async function entriesOf(events: readonly RecordedEvent[], trail: Trail): Promise<ReadonlyMap<string, TrailEntry>> {
  const asked = new Set(events.map(({ id }) => id));
  const streams = new Set(events.map(({ stream }) => stream));
  const entries = await Promise.all([...streams].map((stream) => trail.ofStreams([stream])));
  return new Map(entries.flat().flatMap((entry) => (asked.has(entry.eventId) ? [[entry.eventId, entry]] : [])));
}
